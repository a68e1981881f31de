"""The French national register of professional certifications (RNCP and RS) as linked data."""

__version__ = "0.1.0"
