"""The reader of the CNCP's old text fiche ("Résumé descriptif de la certification"), drawn from a PDF.

    lines → sections (rubrics.py: the table of headings) → cells and paragraphs → one reader per kind of rubric → the record

`lines.py`, `headings.py`, `sections.py` and `cells.py` find the form again in the text; `identity.py`, `authorities.py`,
`code_lists.py`, `blocks.py` with `statements.py`, `conditions.py`, `links.py`, `law.py`, `history.py`, `texts.py` and
`small_values.py` read what stands in it; `findings.py` keeps what was not understood; `assembling.py` makes the record.
"""

from rncp_ld.sources.text_fiche.reader import looks_like_text_fiche, read_text_document, read_text_fiche

__all__ = ["looks_like_text_fiche", "read_text_document", "read_text_fiche"]
