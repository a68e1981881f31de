"""The table of the access routes with its marks under OUI and NON, and that of the two territories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rncp_ld.model.codes import Route, is_placeholder
from rncp_ld.model.fiche import AccessCondition, Territory
from rncp_ld.sources.folding import fold, squeeze
from rncp_ld.sources.text_fiche.cells import TABLES, Column, Grid
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.paragraphs import structured_text
from rncp_ld.sources.text_fiche.pieces import Piece, Section
from rncp_ld.sources.text_fiche.row_labels import Match, label_before, match_label
from rncp_ld.sources.text_fiche.rubrics import Rubric

_WORDS = frozenset({"oui", "non"})
_BEFORE_TEXT = frozenset("xχх×✓✔") | _WORDS
_MARKS = _BEFORE_TEXT | frozenset("✗✘☑☒■●•*1") | {"vrai", "true"}
"""Latin x, Greek khi, Cyrillic kha and other signs that say "here", folded."""

_EMPTY = frozenset({"", "☐", "□", "-", "–", "/", "0"})
_SAYS = {
    (Column.OPEN, "non"): {False},
    (Column.CLOSED, "oui"): {True, False},
}
"""What the words oui and non say in the column of the other one; every other mark says what its column does."""

_DITTO = frozenset({'"', '" "', "''"})
_IDEM = re.compile(r"(?:idem|id|ibid(?:em)?|voir|meme)\b[\w\s,.'-]*")
_IDEM_FILLERS = re.compile(r"\b(?:idem|ibidem|ibid|id|voir|meme|jury|composition|que|pour|la|le|les|du|de|en|l'|d'|ligne|route|"
                           r"ci|dessus|dessous|precedent|precedente|supra|infra|celui|celle|contrat|formation|par|voie)\b|[,.\s-]")  # fmt: skip
_NAMED_ROUTES = {
    "apprentissage": Route.CA, "continue": Route.FC, "professionnalisation": Route.CQ, "candidature": Route.CL,
    "individuelle": Route.CL, "experience": Route.VAE, "vae": Route.VAE, "eleve": Route.FI, "etudiant": Route.FI,
    "initiale": Route.FI,
}  # fmt: skip
_PLAIN = Grid.plain(next(table for table in TABLES if table.rubric is Rubric.CONDITIONS))


@dataclass(frozen=True, slots=True)
class Access:
    """What the two tables say."""

    conditions: tuple[AccessCondition, ...] = ()
    accessible_in: tuple[Territory, ...] = ()
    not_accessible_in: tuple[Territory, ...] = ()


@dataclass(slots=True)
class _Row:
    """A row of the table, whose label and jury may run over several lines."""

    line: int
    label: str
    target: Route | Territory | None = None
    marks: dict[Column, str] = field(default_factory=dict)
    jury: list[Piece] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)
    is_certain: bool = True


def read_access(sections: Sequence[Section], findings: Findings) -> Access:
    """Read the access routes, their jury and the territories."""
    rows = [row for section in sections for row in _rows(section, findings)]
    seen: dict[Route | Territory, bool | None] = {}
    conditions: list[tuple[AccessCondition, _Row]] = []
    for row in rows:
        if row.target is None:
            for piece in row.lines:
                findings.leave(piece, Rubric.CONDITIONS, detail="Ligne sans voie d'accès connue.")
        elif row.target in seen:
            for piece in row.lines:
                findings.leave(piece, Rubric.CONDITIONS, detail="Cette ligne a été lue plus haut.")
        else:
            seen[row.target] = answer = _answer(row, findings)
            if isinstance(row.target, Route):
                conditions.append((AccessCondition(row.target, answer, structured_text(row.jury)), row))
            else:
                for piece in row.jury:
                    findings.leave(piece, Rubric.CONDITIONS)
    return Access(
        tuple(_resolve_idem(conditions, findings)),
        tuple(place for place, answer in seen.items() if isinstance(place, Territory) and answer is True),
        tuple(place for place, answer in seen.items() if isinstance(place, Territory) and answer is False),
    )


def _rows(section: Section, findings: Findings) -> list[_Row]:
    """Gather the lines of each row: a label may go on below its marks, a jury below its label."""
    grid = section.grid or _PLAIN
    rows: list[_Row] = []
    for piece in section.body:
        cells = grid.cells(piece.text)
        if not cells:
            continue
        row = rows[-1] if rows else None
        label = squeeze(cells.pop(Column.CONDITION, ""))
        certain = grid.shows_columns(piece.text)
        if label and not cells and match_label(label)[0] is Match.NONE:
            split = label_before(label)
            if split is not None:
                label, cells, certain = split[0], {Column.JURY: split[1]}, False
        if label:
            row = _row_of(label, row, rows, piece)
        if row is None:
            findings.leave(piece, Rubric.CONDITIONS)
            continue
        row.lines.append(piece)
        _add_cells(row, cells, piece, findings, certain=certain)
    return rows


def _row_of(label: str, row: _Row | None, rows: list[_Row], piece: Piece) -> _Row:
    """Return the row to which a left cell belongs: the one above where it goes on there, or a new one."""
    if row is not None:
        match, target = match_label(f"{row.label} {label}")
        if match is not Match.NONE:
            row.label, row.target = f"{row.label} {label}", target or row.target
            return row
        if match_label(label)[0] is Match.NONE and row.jury and "\t" not in piece.text:
            row.jury.append(Piece(piece.line, label))  # a line break inside the jury's cell
            return row
    new = _Row(piece.line, label, match_label(label)[1])
    rows.append(new)
    return new


def _add_cells(row: _Row, cells: dict[Column, str], piece: Piece, findings: Findings, *, certain: bool) -> None:
    """Add marks and jury text to a row; text in a column of marks is the jury's, unless a mark stands before it."""
    for column, cell in cells.items():
        in_one_cell = column is Column.JURY and not certain and not row.marks
        mark, rest = _part_mark(cell) if column is not Column.JURY or in_one_cell else ("", cell)
        if mark:
            row.marks[Column.OPEN if in_one_cell else column] = mark
            row.is_certain = row.is_certain and (certain or mark in _WORDS)
        if rest and mark and not in_one_cell:
            findings.leave(piece, Rubric.CONDITIONS, text=rest)
        elif rest:
            row.jury.append(Piece(piece.line, rest))


def _part_mark(cell: str) -> tuple[str, str]:
    """Return the mark of a cell, "" where it has none, and the text beside it."""
    whole = _bare(cell)
    if whole in _MARKS or whole in _EMPTY:
        return (whole if whole in _MARKS else ""), ""
    first, _, rest = cell.strip().partition(" ")
    return (_bare(first), rest.strip()) if _bare(first) in _BEFORE_TEXT else ("", cell)


def _bare(text: str) -> str:
    return fold(squeeze(text)).strip(" .,;:()[]")


def _answer(row: _Row, findings: Findings) -> bool | None:
    """Return what the marks say: a mark under OUI, one under NON, neither, or both (then nothing, and it is reported)."""
    said: set[bool] = set()
    for column, mark in row.marks.items():
        said |= _SAYS.get((column, mark), {column is Column.OPEN})
    if len(said) == 1 and row.is_certain:
        return said.pop()
    if said:
        detail = "OUI et NON sont cochés." if len(said) > 1 else "Rien ne dit sous quelle colonne est la marque."
        findings.report("VALEUR-INCONNUE", row.line, Rubric.CONDITIONS, detail=detail, excerpt=row.label)
    return None


def _resolve_idem(conditions: Sequence[tuple[AccessCondition, _Row]], findings: Findings) -> list[AccessCondition]:
    """Give "Idem" the text of the row that it refers to: the one it names, else the last one above (or below) that has one."""
    texts = {known.route: known.jury_composition for known, _ in conditions}
    resolved: list[AccessCondition] = []
    for place, (condition, row) in enumerate(conditions):
        word = condition.jury_composition
        named = _referred(word) if word else None
        if word is None or named is None:
            if word and is_placeholder(word):
                findings.report("TEXTE-PROVISOIRE", row.line, Rubric.CONDITIONS, excerpt=word)
            resolved.append(condition)
            continue
        final = {other.route: other.jury_composition for other in resolved}
        below = [texts[other.route] for other, _ in conditions[place + 1 :]]
        above = [other.jury_composition for other in reversed(resolved)]
        nearest = below if "dessous" in fold(word) else above
        # The row that is named may itself say "Idem", and be resolved above.
        sources = [final.get(named), texts.get(named)] if isinstance(named, Route) else nearest
        texts_of_own = (text for text in sources if text and _referred(text) is None and not is_placeholder(text))
        text = next(texts_of_own, None)
        if text is None:
            detail = "Aucun jury auquel ce mot renvoie."
            findings.report("VALEUR-INCONNUE", row.line, Rubric.CONDITIONS, detail=detail, excerpt=word)
        resolved.append(AccessCondition(condition.route, condition.is_open, text, word))
    return resolved


def _referred(text: str) -> Route | bool | None:
    """Return the route that a jury text refers to, True for the nearest one, None where it is a text of its own."""
    folded = fold(text).strip(" .")
    if folded in _DITTO:
        return True
    if not _IDEM.fullmatch(folded) or len(folded) > 80:
        return None
    rest = [word for word in _IDEM_FILLERS.sub(" ", folded).split() if word]
    routes = {_NAMED_ROUTES.get(word) for word in rest}
    if not rest:
        return True
    return routes.pop() if len(routes) == 1 else None
