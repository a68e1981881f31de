"""Durations, dates and web addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rncp_ld.model.codes import is_placeholder, parse_date
from rncp_ld.sources.folding import fold, squeeze
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.paragraphs import without_mark
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.web_addresses import read_addresses

_NUMBERS = {
    word: number
    for number, word in enumerate(("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"), 1)
} | {"une": 1}
_UNITS = {"an": "Y", "annee": "Y", "mois": "M"}
_DURATION = re.compile(
    r"(?P<count>\d{1,3}|[a-z]+)(?:\s*\(\s*\d{1,3}\s*\))?\s*(?P<unit>annee|an|mois)(?:\(s\)|s)?\s*[.;]?"
)
_UNLIMITED = re.compile(
    r"(?:duree\s+)?(?:illimitee?s?|non limitee?)|sans limit(?:e|ation)(?: de (?:temps|duree))?|permanente?"
)
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_WRITTEN_DATE = re.compile(r"(?:le\s+)?(?P<day>\d{1,2}|1er)\s+(?P<month>[a-z]+)\s+(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses, and what stands among them and is none."""

    pages: tuple[str, ...] = ()
    note: str | None = None


def parse_duration(text: str) -> str | None:
    """Return an ISO 8601 duration for "5 an(s)", "trois ans", "24 mois"; None for anything else.

    >>> parse_duration("5 an(s)"), parse_duration("trois (3) ans"), parse_duration("24 mois"), parse_duration("illimitée")
    ('P5Y', 'P3Y', 'P24M', None)
    """
    match = _DURATION.fullmatch(fold(squeeze(text)))
    if match is None:
        return None
    count = int(match["count"]) if match["count"].isdigit() else _NUMBERS.get(match["count"])
    return f"P{count}{_UNITS[match['unit']]}" if count else None


def parse_written_date(text: str) -> date | None:
    """Return the date of "05/08/2004" or "5 août 2004"; None for another form or an impossible date.

    >>> parse_written_date("1er octobre 2001"), parse_written_date("31 février 2020")
    (datetime.date(2001, 10, 1), None)
    """
    bare = squeeze(text).strip(" .")
    match = _WRITTEN_DATE.fullmatch(fold(bare))
    if match is None or match["month"] not in _MONTHS:
        return parse_date(bare)
    day = int(match["day"].removesuffix("er"))
    try:
        return date(int(match["year"]), _MONTHS.index(match["month"]) + 1, day)
    except ValueError:
        return None


def read_validity(body: Sequence[Piece], findings: Findings) -> tuple[str | None, bool | None]:
    """Read "Validité des composantes acquises": (duration, True where it is unlimited)."""
    for piece, text in _first(body, Rubric.COMPONENT_VALIDITY, findings):
        duration = parse_duration(text)
        if duration:
            return duration, None
        if _UNLIMITED.fullmatch(fold(text).strip(" .")):
            return None, True
        findings.leave(
            piece, Rubric.COMPONENT_VALIDITY, code="VALEUR-INCONNUE", detail="Attendu : « 5 an(s) » ou « illimitée »."
        )
    return None, None


def read_years(body: Sequence[Piece], rubric: Rubric, findings: Findings) -> int | None:
    """Read a number of years."""
    for piece, text in _first(body, rubric, findings):
        duration = f"P{text}Y" if text.isdigit() and len(text) < 3 else parse_duration(text)
        if duration and duration.endswith("Y"):
            return int(duration[1:-1])
        findings.leave(piece, rubric, code="NOMBRE-INVALIDE", detail="Attendu : un nombre d'années.")
    return None


def read_date(body: Sequence[Piece], rubric: Rubric, findings: Findings) -> date | None:
    """Read a date."""
    for piece, text in _first(body, rubric, findings):
        found = parse_written_date(text)
        if found:
            return found
        findings.leave(piece, rubric, code="DATE-INVALIDE", detail="Attendu : JJ/MM/AAAA.")
    return None


def read_pages(body: Sequence[Piece], findings: Findings) -> Pages:
    """Read the addresses of the web; a line that holds more than addresses is a note as a whole."""
    pages: dict[str, None] = {}
    notes: list[str] = []
    for piece in (piece for piece in body if not piece.is_blank):
        text = without_mark(squeeze(re.sub(r"[<>\[\]()]", " ", piece.text) if "](" in piece.text else piece.text))
        found = read_addresses(text)
        pages |= dict.fromkeys(found.pages)
        if not found.is_plain:
            notes.append(text)
            code = "TEXTE-PROVISOIRE" if is_placeholder(text) else "URL-INVALIDE"
            findings.report(code, piece.line, Rubric.PAGES, excerpt=text)
    return Pages(tuple(pages), "\n".join(notes) or None)


def _first(body: Sequence[Piece], rubric: Rubric, findings: Findings) -> list[tuple[Piece, str]]:
    """Return the first line of a rubric of one value; the others are left, a placeholder is no value."""
    pieces = [piece for piece in body if not piece.is_blank]
    for piece in pieces[1:]:
        findings.leave(piece, rubric)
    if pieces and is_placeholder(pieces[0].text):
        findings.report("TEXTE-PROVISOIRE", pieces[0].line, rubric, excerpt=pieces[0].text)
        return []
    return [(piece, squeeze(piece.text)) for piece in pieces[:1]]
