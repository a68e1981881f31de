"""The legal rubrics: each printed paragraph is one citation field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import AccessCondition
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.folding import fold
from rncp_ld.sources.legal import CitationField, find_citations
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open
from rncp_ld.sources.text_fiche.paragraphs import split_items
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric

ROLES: Mapping[Rubric, LegalRole] = {
    Rubric.LAW_GENERAL: LegalRole.GENERAL,
    Rubric.LAW_CREATION: LegalRole.CREATION,
    Rubric.LAW_VAE: LegalRole.VAE,
    Rubric.LAW_OTHER: LegalRole.OTHER,
}
"""What the citations under a heading do for the certification."""

_ACT = re.compile(r"(?:arrete|decret|loi|ordonnance|code|articles?|art|circulaire|instruction|decision|avis)\b")


def read_citations(body: Sequence[Piece], rubric: Rubric, findings: Findings) -> list[CitationField]:
    """Read one legal rubric."""
    fields = []
    for item in split_items(body, _starts_act):
        if is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, rubric, excerpt=item.text)
        else:
            fields.append(CitationField(item.text, ROLES[rubric], rubric.value, line=item.line))
    return fields


def jury_citations(conditions: Sequence[AccessCondition], line: int | None) -> list[CitationField]:
    """Find the citations in the jury texts, once in each distinct one."""
    texts = dict.fromkeys(condition.jury_composition for condition in conditions if condition.jury_composition)
    return prose_citations(texts, LegalRole.JURY, Rubric.CONDITIONS, line)


def prose_citations(
    texts: Sequence[str] | Mapping[str, None], role: LegalRole, rubric: Rubric, line: int | None
) -> list[CitationField]:
    """Find the citations that stand inside prose."""
    found = [citation for text in texts for citation in find_citations(text, role, rubric.value)]
    return [replace(citation, line=citation.line or line) for citation in found]


def _starts_act(text: str, line: str) -> bool:
    """A line starts another paragraph where it starts with the name of an act and the one above does not wait for it."""
    return line[:1].isupper() and _ACT.match(fold(line)) is not None and not is_open(text)
