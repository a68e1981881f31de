r"""How the CSV export is written: `;` between cells, cells in double quotes where they are not empty, CRLF at the end of rows.

A row ends where its quotes are closed, so that a title may hold newlines. Where a quote is left open, the row ends before the
next line that starts as a row does: the damage is that row's alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import NamedTuple

DELIMITER = ";"

Run = tuple[int, str]
"""Line of the first one, and rows that follow one another, as they are."""

_CELL = r'(?:\s*"(?:[^"]|"")*"\s*|[^;"\n]*)'
_BLANKS = ' ;"\t'
_ESCAPED = re.compile(r"(?<=\w)''(?=\w)|\\'")


class Row(NamedTuple):
    """A row; `cells` is None where its quotes are wrong."""

    line: int
    text: str
    cells: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a file start.

    Attributes:
        key: matches a row up to the cell that names its fiche, which is its only group.
        start: matches a line that starts a row, as far as one can tell.
        is_first: the fiche stands in the first cell.
    """

    key: re.Pattern[str]
    start: re.Pattern[str]
    is_first: bool

    @classmethod
    @cache
    def of(cls, column: int) -> Shape:
        """Return the shape of a file whose fiche stands in the column of that place, from 0."""
        before = rf"(?:{_CELL};){{{column}}}"
        key = re.compile(rf"{before}({_CELL})(?:;|$)")
        return cls(key, re.compile(rf'{before}\s*"?\s*(?:RNCP|RS)\s*[0-9]+\s*"?\s*(?:;|$)'), column == 0)

    def beginning(self, row: str) -> str:
        """Return how rows of the same fiche begin; "" where other cells stand before it."""
        found = self.key.match(row) if self.is_first else None
        return found[0] if found and found[0].endswith(DELIMITER) else ""


def split_rows(text: str, shape: Shape) -> Iterator[Run]:
    """Yield line and text of each row; blank rows are left out."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        first, row = at + 1, lines[at]
        at += 1
        if row.count('"') % 2:
            parts, is_open = [row], True
            while is_open and at < len(lines) and shape.start.match(lines[at]) is None:
                is_open = lines[at].count('"') % 2 == 0
                parts.append(lines[at])
                at += 1
            row = "\n".join(parts)
        if row.strip(_BLANKS):
            yield first, row


def parse_run(run: Run, shape: Shape) -> list[Row]:
    """Return the rows of a run; one whose quotes are wrong does not spoil the others."""
    first, text = run
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=DELIMITER, strict=True)
        starts, rows = [0], []
        for cells in reader:
            starts.append(reader.line_num)
            rows.append(tuple(cells))
    except csv.Error:
        return [Row(first + line - 1, row, _cells(row)) for line, row in split_rows(text, shape)]
    lines = text.split("\n")
    if len(rows) == len(lines):
        return [Row(line, row, cells) for line, (row, cells) in enumerate(zip(lines, rows, strict=True), first)]
    return [
        Row(first + start, "\n".join(lines[start:end]), cells)
        for start, end, cells in zip(starts[:-1], starts[1:], rows, strict=True)
    ]


def _cells(row: str) -> tuple[str, ...] | None:
    try:
        (cells,) = csv.reader([row], delimiter=DELIMITER, strict=True)
    except (csv.Error, ValueError):
        return None
    return tuple(cells)


def key_cell(row: str, shape: Shape) -> str:
    """Return the cell that says which fiche a row is about, "" where it cannot be told.

    >>> key_cell('"14791";"RNCP509";"Agent"', Shape.of(1))
    'RNCP509'
    """
    found = shape.key.match(row)
    return found[1].strip().strip('"').strip() if found else ""


def is_whole(row: str, columns: int) -> bool:
    """Tell whether the last row of a file has all its cells, and its quotes closed."""
    cells = _cells(row)
    return cells is not None and len(cells) >= columns


def clean_cell(cell: str) -> str:
    r"""Return a cell without blanks around it (a TAB stands before each SIRET) and with single apostrophes.

    >>> clean_cell("\tManagement et ingénierie d''affaires")
    "Management et ingénierie d'affaires"
    """
    bare = cell.strip()
    return _ESCAPED.sub("'", bare) if "'" in bare else bare


def escaped_apostrophes(text: str) -> tuple[int, int]:
    """Return how many apostrophes of a file are doubled or have a backslash before them, and the line of the first (0: none)."""
    if "''" not in text and "\\'" not in text:
        return 0, 0
    found = [match.start() for match in _ESCAPED.finditer(text)]
    return len(found), text.count("\n", 0, found[0]) + 1 if found else 0
