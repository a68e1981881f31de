"""The reader of France compétences' CSV export: ten files of one zip or folder, one `Reading` per fiche.

The files say what the XML export says, in other words and without the long texts. So a row becomes the elements of V4.1 that
it stands for, and the rules of the XML reader read these: the same value gives the same triples.

`files.py` says which column is which element; `export.py` finds the ten files and groups their rows by fiche, as small records
that can go to another process; `fiche.py` turns such a record into a `Reading`, with the help of `elements.py`; `rows.py` knows
how CSV is written, `findings.py` where an element stood.
"""

from rncp_ld.sources.csv_export.export import CsvExport, FicheRows, Layout
from rncp_ld.sources.csv_export.fiche import read_rows
from rncp_ld.sources.csv_export.header import looks_like_export

__all__ = ["CsvExport", "FicheRows", "Layout", "looks_like_export", "read_rows"]
