"""The reader of France compétences' XML exports, V1 to V4.1: one `Reading` per FICHE, streaming.

`table.py` says for each version which element goes to which field; `values.py`, `rows.py`, `blocks.py`, `access.py` and
`citations.py` convert; `fiche.py` puts one fiche together; `stream.py` walks through the document, or has it cut into its fiches
(`cutting.py`), which are read one by one.
"""

from rncp_ld.sources.xml_v4.cutting import Irregular
from rncp_ld.sources.xml_v4.stream import cut_xml, read_xml, read_xml_fiche

__all__ = ["Irregular", "cut_xml", "read_xml", "read_xml_fiche"]
