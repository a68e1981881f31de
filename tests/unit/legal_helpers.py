"""How the tests of the citations read and write: one text in, acts and mentions as short lines out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rncp_ld.model.legal import ActId, LegalAct, LegalMention, LegalRole
from rncp_ld.sources.legal import CitationField, CitationResult, parse_citations

FICHE = "RNCP1"


def field(text: str, role: LegalRole = LegalRole.GENERAL, journal: date | None = None) -> CitationField:
    """Make a field."""
    return CitationField(text, role, f"rubrique {role.value}", journal)


def read(*texts: str, journal: date | None = None) -> CitationResult:
    """Read texts as general references; `journal` is the DATE_PUBLICATION_JO of the first."""
    return parse_citations(
        [field(text, journal=journal if place == 0 else None) for place, text in enumerate(texts)], FICHE
    )


def shown(act: LegalAct) -> str:
    """Write an act as a line: type, date, number, NOR, «object», gazette and date."""
    published = [
        act.gazette.value.upper() if act.gazette else "",
        f"n°{act.gazette_number}" if act.gazette_number else "",
        f"{act.publication_date}" if act.publication_date else "",
    ]
    parts = [
        act.type.value,
        f"{act.signature_date}",
        act.number or "",
        act.nor or "",
        f"«{act.title}»" if act.title else "",
    ]
    return " ".join(part for part in parts + published if part)


def acts(*texts: str) -> list[str]:
    """Read texts of one fiche into lines of acts."""
    return [shown(act) for act in read(*texts).acts]


def only(found: Iterable[LegalMention]) -> LegalMention:
    """Return the only mention."""
    (mention,) = found
    return mention


def dates(ids: Iterable[ActId]) -> list[str]:
    """Return types and dates of acts."""
    return [f"{one.type.value} {one.signature_date}" for one in ids]


def codes_of(result: CitationResult) -> list[str]:
    """Return the codes of the diagnostics, in order."""
    return [found.code for found in result.diagnostics]
