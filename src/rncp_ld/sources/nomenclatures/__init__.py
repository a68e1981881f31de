"""Reads the lists of codes of nomenclatures: ROME V3 and 4.0, NSF, Formacode, IDCC; one module for each format.

A list is small (some thousands of codes) and is read as a whole. `formats` tells them apart by content.
"""

from rncp_ld.sources.nomenclatures.formats import list_of, read_nomenclature, refusal_of

__all__ = ["list_of", "read_nomenclature", "refusal_of"]
