"""The tables of the form: their header lines, and the cells of their rows.

The text keeps a table as lines whose cells are parted by tabs; another conversion may leave runs of spaces or pipes. With
spaces the header says where the columns are: either every tab became the same number of spaces, or the columns stand below
their labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from rncp_ld.sources.folding import fold, squeeze
from rncp_ld.sources.text_fiche.joining import join
from rncp_ld.sources.text_fiche.rubrics import Rubric, pattern_of


class Column(Enum):
    """What a column of one of the form's tables holds."""

    AUTHORITY = auto()
    SIGNATORY = auto()
    BLOCK_TITLE = auto()
    BLOCK_TEXT = auto()
    CONDITION = auto()
    OPEN = auto()
    CLOSED = auto()
    JURY = auto()
    LINK = auto()
    AGREEMENT = auto()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form: its rubric, and the writings of its columns' labels."""

    rubric: Rubric
    columns: tuple[tuple[Column, tuple[str, ...]], ...]


TABLES: tuple[Table, ...] = (
    Table(
        Rubric.AUTHORITY,
        (
            (Column.AUTHORITY, ("Autorité responsable de la certification", "Autorité responsable")),
            (Column.SIGNATORY, ("Qualité du(es) signataire(s) de la certification", "Qualité du(es) signataire(s)")),
        ),
    ),
    Table(
        Rubric.BLOCKS,
        (
            (Column.BLOCK_TITLE, ("Intitulé", "Intitulé du bloc", "N° et intitulé du bloc", "Bloc de compétence")),
            (
                Column.BLOCK_TEXT,
                ("Descriptif et modalités d'évaluation", "Descriptif", "Liste de compétences", "Compétences"),
            ),
        ),
    ),
    Table(
        Rubric.CONDITIONS,
        (
            (Column.CONDITION, ("Conditions d'inscription à la certification", "Conditions d'inscription")),
            (Column.OPEN, ("Oui",)),
            (Column.CLOSED, ("Non",)),
            (Column.JURY, ("Composition des jurys", "Composition du jury")),
        ),
    ),
    Table(
        Rubric.LINKS,
        (
            (Column.LINK, ("Liens avec d'autres certifications",)),
            (Column.AGREEMENT, ("Accords européens ou internationaux",)),
        ),
    ),
)

_RUN = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[\s|:+=-]*-{3}[\s|:+=-]*")
_LABELS = {
    (table.rubric, column): re.compile(rf"(?:{'|'.join(map(pattern_of, writings))})\s*:?")
    for table in TABLES
    for column, writings in table.columns
}


@dataclass(frozen=True, slots=True)
class Grid:
    """How the rows of one table are cut.

    Attributes:
        table: which table.
        columns: the column at each place of the header.
        starts: where each label starts, in a header laid out with spaces; else empty.
        step: number of spaces that stand for a tab; 0 where they do not.
        tabbed: the header's cells are parted by tabs or pipes, so that a line without them is one cell.
    """

    table: Table
    columns: tuple[Column, ...]
    starts: tuple[int, ...] = ()
    step: int = 0
    tabbed: bool = False

    @classmethod
    def plain(cls, table: Table) -> Grid:
        """The grid of a table whose header is missing, or shows no columns."""
        return cls(table, tuple(column for column, _ in table.columns))

    def cells(self, text: str) -> dict[Column, str]:
        """Return the cells of a row that are not empty; what stands beyond the last column belongs to it."""
        found: dict[Column, str] = {}
        if _RULE.fullmatch(text):
            return found
        for place, cell in self._places(text):
            if cell:
                column = self.columns[min(place, len(self.columns) - 1)]
                found[column] = join(found.get(column, ""), cell)
        return found

    def shows_columns(self, text: str) -> bool:
        """Tell whether a row's cells can be told apart by place: an "X" under OUI from one under NON."""
        return has_separators(text) or bool(self.starts or self.step)

    def _places(self, text: str) -> list[tuple[int, str]]:
        if has_separators(text):
            return list(enumerate(split_cells(text)))
        if self.tabbed:
            return [(0, squeeze_cell(text))]
        runs = [(match.start(), match.end()) for match in _RUN.finditer(text)]
        steps = self._by_step(runs)
        if steps is None:
            steps = [self._nearest(start, end) if self.starts else place for place, (start, end) in enumerate(runs)]
        return [(place, text[start:end]) for place, (start, end) in zip(steps, runs, strict=True)]

    def _by_step(self, runs: Sequence[tuple[int, int]]) -> list[int] | None:
        """Count the tabs before each run of text, where every gap is a whole number of steps."""
        if not self.step:
            return None
        places, place, position = [], 0, 0
        for start, end in runs:
            gap, rest = divmod(start - position, self.step)
            place += gap
            if rest or place >= len(self.columns) + 2:
                return None
            places.append(place)
            position = end
        return places

    def _nearest(self, start: int, end: int) -> int:
        """Return the column whose label starts nearest; for a mark, the one whose label is centred nearest."""
        is_mark = end - start <= 4
        middle = (start + end) / 2

        def distance(place: int) -> float:
            return abs(self.starts[place] + 1.5 - middle) if is_mark and place else abs(self.starts[place] - start)

        return min(range(len(self.starts)), key=distance)


def has_separators(text: str) -> bool:
    """Tell whether tabs or pipes part the cells of a line."""
    return "\t" in text or (text.lstrip().startswith("|") and text.count("|") > 1)


def split_cells(text: str) -> list[str]:
    """Cut a line at its tabs, its pipes or, where it has neither, its runs of spaces."""
    if "\t" in text:
        return [squeeze_cell(cell) for cell in text.split("\t")]
    if has_separators(text):
        return [squeeze_cell(cell) for cell in text.strip().removeprefix("|").removesuffix("|").split("|")]
    indent = [""] if text.startswith("  ") else []
    return indent + [match[0] for match in _RUN.finditer(text)]


def squeeze_cell(cell: str) -> str:
    """Strip a cell, but keep the double spaces inside it: they part two statements."""
    return re.sub(r"\s{2,}", "  ", cell.strip())


def find_header(texts: Sequence[str]) -> tuple[Grid, int] | None:
    """Return the table whose header starts at the first of these lines, and how many lines it takes (one to three)."""
    rows = [split_cells(text) for text in texts[:3]]
    if sum(map(bool, rows[0])) < 2:
        return _run_together(texts[0])
    for count in range(len(rows), 0, -1):
        width = max(map(len, rows[:count]))
        merged = [
            " ".join(row[place] for row in rows[:count] if place < len(row) and row[place]) for place in range(width)
        ]
        grid = _match_header(merged, texts[0])
        if grid is not None:
            return grid, count
    return _run_together(texts[0])


def _match_header(labels: Sequence[str], text: str) -> Grid | None:
    """Return the grid whose labels these are: two at least, all of one table."""
    if sum(map(bool, labels)) < 2:
        return None
    for table in TABLES:
        columns = [_column(table, label) if label else None for label in labels]
        if any(label and not column for label, column in zip(labels, columns, strict=True)):
            continue
        return _grid(table, columns, text)
    return None


def _grid(table: Table, columns: Sequence[Column | None], text: str) -> Grid:
    last = max(place for place, column in enumerate(columns) if column)
    first = table.columns[0][0]
    named: list[Column] = []
    for column in columns[: last + 1]:
        named.append(column or (named[-1] if named else first))
    lost_indent = table.rubric is Rubric.CONDITIONS and named[0] is Column.OPEN
    if lost_indent:
        named.insert(0, first)
    if has_separators(text):
        return Grid(table, tuple(named), tabbed=True)
    runs = [(match.start(), match.end()) for match in _RUN.finditer(text)]
    places = runs if runs[0][0] == 0 else [(0, 0), *runs]
    gaps = {after[0] - before[1] for before, after in pairwise(places)}
    step = gaps.pop() if len(gaps) == 1 else 0
    return Grid(table, tuple(named), () if lost_indent else tuple(start for start, _ in places), step)


def _column(table: Table, label: str) -> Column | None:
    matches = (column for column, _ in table.columns if _LABELS[table.rubric, column].fullmatch(fold(squeeze(label))))
    return next(matches, None)


def _run_together(text: str) -> tuple[Grid, int] | None:
    """Recognise a header whose labels are parted by single spaces; its columns have no place."""
    for table in TABLES:
        pattern = r"\s+".join(_LABELS[table.rubric, column].pattern for column, _ in table.columns)
        if re.fullmatch(rf"\s*{pattern}\s*", fold(text)):
            return Grid.plain(table), 1
    return None
