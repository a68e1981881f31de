"""A publication over HTTP."""
