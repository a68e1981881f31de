"""Citations that stand inside prose: a jury's text, a regulation's, an objective's."""

from __future__ import annotations

import re

from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal.code_shorts import SHORT_NAMES
from rncp_ld.sources.legal.grammar import read_text
from rncp_ld.sources.legal.records import CitationField

_TRIGGER = re.compile(
    r"[rR][rR][êéeèÊÉEÈ]\u0302?[tT]|cret|CRET|\b(?i:lois?|ordonn?ances?|arts?|articles?|codes?)\b"
    rf"|\b(?:{'|'.join(name.upper() for name in SHORT_NAMES)})\b"
)
"""What a text with a citation holds; most texts hold none of it, and are not read further."""


def find_citations(text: str, role: LegalRole, source_path: str) -> tuple[CitationField, ...]:
    """Find the citations inside prose; each becomes a field whose verbatim is its span in the text.

    An act needs its date, number or NOR to be found ("ce décret" is none), an article its code. The sentence around a
    citation is no part of it, and `parse_citations` reads the span as the text did.

    >>> [f.verbatim for f in find_citations("Un jury (Art. R 338-6 du Code de l’Education).", LegalRole.JURY, "SI_JURY_FC")]
    ['Art. R 338-6 du Code de l’Education']
    """
    if not _TRIGGER.search(text):
        return ()
    return tuple(
        CitationField(text[first:after], role, source_path) for first, after in read_text(text, prose=True).spans
    )
