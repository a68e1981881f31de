"""Tables of codes with a header: columns by name, rows with their lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from rncp_ld.errors import SourceError
from rncp_ld.sources.folding import key
from rncp_ld.sources.nomenclatures.gathering import Gathering

_DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells stripped, by the column's name as it is asked for, those of other columns by the name they have."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def columns_of(text: str) -> frozenset[str]:
    """Return the columns that the first line of a table names, as `key` folds them."""
    return frozenset(key(name) for name in _split(text)[1])


def has_columns(text: str, *columns: str) -> bool:
    """Tell whether the first line of a text names these columns, among others."""
    return {key(name) for name in columns} <= columns_of(text)


def _split(text: str) -> tuple[str, list[str]]:
    """Return the delimiter and the columns of the first line: those of the delimiter that parts it into most."""
    first = text.partition("\n")[0]
    try:
        cuts = [(one, next(csv.reader([first], delimiter=one), [])) for one in _DELIMITERS]
    except csv.Error:
        return ";", []
    return max(cuts, key=lambda cut: len(cut[1]))


def read_rows(text: str, columns: Sequence[str], gathering: Gathering) -> Iterator[Row]:
    """Yield the rows of a table that hold anything; one with too few or too many cells is reported.

    Args:
        text: the whole table, with its header.
        columns: those that must be there.
        gathering: what is reported goes there.

    Raises:
        SourceError: a column is missing or there twice, or the table ends within a row.
    """
    delimiter, found = _split(text)
    names = {key(name): name for name in columns}
    header = [names.get(key(name), name.strip()) for name in found]
    for name in columns:
        if header.count(name) != 1:
            what = "absente" if name not in header else "en double"
            said = f"colonne « {name} » {what} ; attendu : {', '.join(columns)} ; lu : {', '.join(header)}"
            raise SourceError(gathering.file, said, 1)
    for line, cells, is_last in split_rows(text, delimiter, gathering.file):
        if line > 1 and any(cells):
            if len(cells) == len(header):
                yield Row(line, dict(zip(header, cells, strict=True)))
            else:
                refuse_row(cells, line, f"{len(header)} colonnes attendues", gathering, is_last=is_last)


def refuse_row(cells: Sequence[str], line: int, expected: str, gathering: Gathering, *, is_last: bool) -> None:
    """Report a row with a wrong number of cells.

    Raises:
        SourceError: it is the last one, and its line does not end: the table was cut there.
    """
    said = f"{expected}, {len(cells)} lues"
    if is_last:
        raise SourceError(gathering.file, f"table tronquée : {said}, et la dernière ligne n'a pas de fin", line)
    gathering.report("TEXTE-NON-LU", f"{said}.", line=line, excerpt=";".join(cells))


def split_rows(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the rows of a table: the line where each ends, its cells stripped, and whether it is an unfinished last line.

    Raises:
        SourceError: a quote is never closed, or what follows one is no delimiter.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    last = text.count("\n") + 1
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells], reader.line_num == last
    except csv.Error as error:
        cut = "tronquée : un guillemet n'est pas fermé" if "unexpected end" in str(error) else f"mal formée ({error})"
        raise SourceError(file, f"table {cut}", reader.line_num) from None
