"""Frozen records of the register: a fiche and its parts, codes, legal acts. No disk, no network, no RDF."""
