"""The reader of France compétences' XML export V4.1: one `Reading` per FICHE, streaming.

`table.py` says which element goes to which field; `values.py`, `rows.py`, `blocks.py`, `access.py` and `citations.py`
convert; `fiche.py` puts one fiche together; `stream.py` walks through the document.
"""

from rncp_ld.sources.xml_v4.stream import read_xml

__all__ = ["read_xml"]
