"""The legal citations of a fiche: a small grammar over tokens, and what its acts come to within the fiche.

`parse_citations` reads the printed paragraphs (fields) that cite acts; `find_citations` finds the citations that stand
inside prose, as fields for `parse_citations`. The way of a text:

    tokens (`tokens.py`, with the table of forms in `forms.py`)
    → leads, header, parts, publication, objects, acts, articles, grammar: what one text cites, whatever fiche it stands in
    → clusters, journal, within_fiche: which citations of a fiche are one act, and when DATE_PUBLICATION_JO counts

A new word goes into `forms.py`, a name of a code into `code_names.py` or `code_shorts.py`; a new order of parts into the grammar's modules.
An act or article inside the object of another act ("visés à l'article R. 338-8 du code de l'éducation") is what that act
is about, and no text on which the certification rests: it stays in the title, and is not cited by the mention. Only
what an act says to change ("modifiant l'arrêté du…") is named by it.
"""

from __future__ import annotations

from rncp_ld.sources.legal.prose import find_citations
from rncp_ld.sources.legal.records import CitationField, CitationResult
from rncp_ld.sources.legal.within_fiche import parse_citations

__all__ = ["CitationField", "CitationResult", "find_citations", "parse_citations"]
