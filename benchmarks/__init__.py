"""Measurements: how fast each stage is, and how that compares with the plain way."""
