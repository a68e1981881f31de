"""What needs the whole register: labels, succession, mentions, inverses and shortcuts."""
