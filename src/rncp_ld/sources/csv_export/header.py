"""Which of the ten files a CSV is: by its columns, else by its name."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rncp_ld.errors import SourceError
from rncp_ld.sources.csv_export.files import FILES, KEY, columns_of
from rncp_ld.sources.csv_export.rows import DELIMITER

_OTHER_DELIMITERS = (",", "\t", "|")
_NAME = re.compile(r"_CSV_(.+?)_[0-9]{4}[_-][0-9]{2}[_-][0-9]{2}\.csv", re.IGNORECASE)
_FILE_OF: Mapping[str, str] = {column: file for file, columns in FILES.items() for column in columns if column != KEY}


@dataclass(frozen=True, slots=True)
class Header:
    """The first row of a CSV file.

    Attributes:
        delimiter: between its cells.
        file: key of `FILES`; None where neither columns nor name say which.
    """

    columns: tuple[str, ...]
    delimiter: str
    file: str | None


def read_header(text: str, name: str) -> Header:
    """Read the header of a CSV file.

    Args:
        text: its beginning.
        name: of the file, which counts where its columns do not say what it is.
    """
    line = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    headers = [(_columns(line, delimiter), delimiter) for delimiter in (DELIMITER, *_OTHER_DELIMITERS)]
    columns, delimiter = max(headers, key=lambda one: sum(column == KEY or column in _FILE_OF for column in one[0]))
    files = [_FILE_OF[column] for column in columns if column in _FILE_OF]
    return Header(columns, delimiter, max(files, key=files.count) if files else _by_name(name))


def looks_like_export(text: str) -> bool:
    """Tell whether a text starts as a file of the CSV export does: with the fiche's number, or two of its other columns.

    >>> looks_like_export('"Numero_Fiche";"Si_Jury"'), looks_like_export("Intitule")
    (True, False)
    """
    found = read_header(text, "").columns
    return KEY in found or sum(column in _FILE_OF for column in found) > 1


def check_header(header: Header, name: str) -> None:
    """Refuse a file of the export that cannot be read.

    Raises:
        SourceError: its separator is another one, or a column is missing or there twice.
    """
    file = str(header.file)
    expected = DELIMITER.join((KEY, *FILES[file])) if KEY not in FILES[file] else DELIMITER.join(FILES[file])
    if header.delimiter != DELIMITER:
        shown = "tabulation" if header.delimiter == "\t" else header.delimiter
        raise SourceError(name, f"cellules séparées par « {shown} » ; attendu : « {DELIMITER} »", 1)
    missing = [column for column in expected.split(DELIMITER) if column not in header.columns]
    if missing:
        said = f"colonne absente : {', '.join(missing)} ; attendu : {expected}"
        raise SourceError(name, said, 1)
    twice = [column for column in columns_of(file) if header.columns.count(column) > 1]
    if twice:
        raise SourceError(name, f"colonne présente deux fois : {', '.join(sorted(twice))}", 1)


def _columns(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = line.split(delimiter)
    return tuple(cell.strip() for cell in cells)


def _by_name(name: str) -> str | None:
    """Return the file that a name says; accents may be of one character or of two."""
    found = _NAME.search(unicodedata.normalize("NFC", name))
    return next((file for file in FILES if found and file.casefold() == found[1].casefold()), None)
