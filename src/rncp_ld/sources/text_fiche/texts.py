"""The long texts of a fiche."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import Texts
from rncp_ld.sources.text_fiche.contents import Contents
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open, starts_low
from rncp_ld.sources.text_fiche.paragraphs import blocks_of, has_mark, structured_paragraphs, structured_text
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric

TEXT_FIELDS: Mapping[str, Rubric] = {
    "job_summary": Rubric.SUMMARY,
    "components_description": Rubric.COMPONENTS,
    "certification_places": Rubric.CERTIFICATION_PLACES,
    "preparation_places": Rubric.PREPARATION_PLACES,
    "international_agreements": Rubric.AGREEMENTS,
    "statistics_note": Rubric.STATISTICS,
}
"""Attribute of `Texts` → the rubric that it holds whole."""

_LONGEST_PLACEHOLDER = 60
_LISTS = frozenset({Rubric.CERTIFICATION_PLACES, Rubric.PREPARATION_PLACES})
"""Rubrics whose lines are items: two long ones below each other are two places."""


def read_texts(contents: Contents, regulation: Sequence[Piece], closure_note: str | None, findings: Findings) -> Texts:
    """Read all texts; the lines of the regulation come without the ROME codes that may stand among them."""
    sectors, jobs = _sectors_and_jobs(contents, findings)
    texts = {name: _text(contents.body(rubric), rubric, findings) for name, rubric in TEXT_FIELDS.items()}
    return Texts(
        sectors=_text(sectors, Rubric.SECTORS, findings),
        accessible_jobs=_text(jobs, Rubric.JOBS, findings),
        activity_regulation=_text(regulation, Rubric.REGULATION, findings),
        closure_note=closure_note,
        **texts,
    )


def _text(body: Sequence[Piece], rubric: Rubric, findings: Findings) -> str | None:
    body = [_with_bars(piece) for piece in body] if rubric is Rubric.STATISTICS else body
    text = structured_text(body, by_width=rubric not in _LISTS)
    if text and len(text) <= _LONGEST_PLACEHOLDER and is_placeholder(text):
        line = next(piece.line for piece in body if not piece.is_blank)
        findings.report("TEXTE-PROVISOIRE", line, rubric, excerpt=text)
    return text


def _with_bars(piece: Piece) -> Piece:
    """Keep the cells of a table of figures apart: "2009 | 1 204 | 988"."""
    cells = [cell.strip() for cell in piece.text.split("\t") if cell.strip()]
    return Piece(piece.line, " | ".join(cells)) if len(cells) > 1 and cells[0][0].isalnum() else piece


def _sectors_and_jobs(contents: Contents, findings: Findings) -> tuple[list[Piece], list[Piece]]:
    """Part the rubric that prints two fields one after the other.

    With labels of their own ("Types d'emplois accessibles :") they are told apart. Without, two paragraphs are one of each;
    any other number stays together as sectors.
    """
    both = contents.body(Rubric.SECTORS_AND_JOBS)
    sectors, jobs = contents.body(Rubric.SECTORS), contents.body(Rubric.JOBS)
    if any(not piece.is_blank for piece in (*sectors, *jobs)):
        return [*both, *sectors], jobs
    found = _groups(both)
    if len(found) == 1 and len(structured_paragraphs(found[0])) == len(found[0]) == 2:
        found = [[piece] for piece in found[0]]
    if len(found) == 2:
        return found[0], found[1]
    if len(found) > 2:
        detail = f"{len(found)} paragraphes."
        findings.report("RUBRIQUE-AMBIGUE", found[0][0].line, Rubric.SECTORS_AND_JOBS, detail=detail)
    return both, []


def _groups(body: Sequence[Piece]) -> list[list[Piece]]:
    """Return the blocks of lines, an introduction with its list and a list with itself, though blank lines part them."""
    groups: list[list[Piece]] = []
    for block in blocks_of(body):
        last = groups[-1][-1].text.rstrip() if groups else ""
        goes_on = groups and (
            last.endswith(":")
            or (has_mark(last) and has_mark(block[0].text))
            or ((last.endswith(";") or is_open(last)) and starts_low(block[0].text))
        )
        if goes_on:
            groups[-1] += block
        else:
            groups.append(block)
    return groups
