"""Tests of shapes/ and of the check."""
