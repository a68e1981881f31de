"""The ten files together: found, checked, and their rows grouped by fiche.

The rows of a fiche stand in ten files and in no common order, so that all are read before the first fiche is complete. What is
kept is their text as it is (some 80 MB for the whole register); it is taken apart fiche by fiche, in any process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Protocol

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.codes import parse_fiche_number
from rncp_ld.model.reading import SourceDocument
from rncp_ld.sources.csv_export.files import FILES, KEY, STANDARD
from rncp_ld.sources.csv_export.header import Header, check_header, read_header
from rncp_ld.sources.csv_export.rows import (
    DELIMITER,
    Run,
    Shape,
    escaped_apostrophes,
    is_whole,
    key_cell,
    split_rows,
)
from rncp_ld.sources.csv_export.text import Hash, read_text


class Member(Protocol):
    """A file of a zip or a folder: its name, as the user named it, and how it is opened."""

    @property
    def name(self) -> str: ...  # noqa: D102  (said above)

    @property
    def open(self) -> Callable[[], AbstractContextManager[IO[bytes]]]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Layout:
    """What all fiches of an export share; small, and can be sent to another process.

    Attributes:
        document: what the readings are of; its name is that of the main file.
        files: file → its name, as the user named it, and its columns.
        suspect: characters were seen that are worth a look at each text.
    """

    document: SourceDocument
    files: Mapping[str, tuple[str, tuple[str, ...]]]
    suspect: bool


@dataclass(frozen=True, slots=True)
class FicheRows:
    """The rows of one fiche as they stand in the files; small, and can be sent to another process.

    Attributes:
        number: of the fiche, as printed.
        runs: file → its rows; that of the main file first.
        notes: what is to be said about the export as a whole; with its first fiche.
        orphans: rows of fiches that the main file does not have; with its last fiche.
    """

    number: str
    runs: Mapping[str, tuple[Run, ...]]
    notes: tuple[Diagnostic, ...] = ()
    orphans: tuple[FicheRows, ...] = ()

    @property
    def content(self) -> bytes:
        """What the rows say, wherever they stand: the same for the same rows in another export."""
        parts = (f"{file}\n{text}" for file, runs in self.runs.items() for _, text in runs)
        return "\n\n".join(parts).encode()


class CsvExport:
    """An export whose ten files were found and read.

    Attributes:
        main: name of the main file.
        others: names of the nine others.
        sha256: of the bytes of all files, one after the other in the order of their names: `cat *.csv | sha256sum`.
    """

    def __init__(self, members: Sequence[Member], place: str) -> None:
        """Read the files.

        Args:
            members: the CSV files of one zip or folder.
            place: name of that, for messages.

        Raises:
            NotAFicheError: none of them is one of the export.
            SourceError: a file or a column is missing or there twice, a file is truncated or cannot be read.
        """
        hasher = hashlib.sha256()
        self._files: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._groups: dict[str, dict[str, list[Run]]] = {}
        self._notes: list[Diagnostic] = []
        self._suspect = False
        for member in sorted(members, key=lambda one: one.name):
            self._read(member, hasher)
        if not self._files:
            raise NotAFicheError(members[0].name, "aucun des dix fichiers de l'export CSV de France compétences")
        missing = [file for file in FILES if file not in self._files]
        if missing:
            said = ", ".join(f"{file} (colonnes {DELIMITER.join((KEY, *FILES[file]))})" for file in missing)
            raise SourceError(place, f"export CSV incomplet : il manque le fichier {said}")
        self.main = self._files[STANDARD][0]
        self.others = tuple(sorted(name for file, (name, _) in self._files.items() if file != STANDARD))
        self.sha256 = hasher.hexdigest()
        if not self._groups[STANDARD]:
            raise SourceError(self.main, "export CSV sans aucune fiche")

    def layout(self, document: SourceDocument) -> Layout:
        """Return what the fiches share, as parts of a document."""
        return Layout(document, {file: self._files[file] for file in FILES}, self._suspect)

    def fiches(self) -> Iterator[FicheRows]:
        """Yield the rows of each fiche, in the order of the main file; what was yielded is no longer kept."""
        notes = tuple(self._notes)
        numbers = list(self._groups[STANDARD])
        for number in numbers[:-1]:
            yield FicheRows(number, self._take(number), notes)
            notes = ()
        last = self._take(numbers[-1])
        others = dict.fromkeys(number for groups in self._groups.values() for number in groups)
        orphans = tuple(FicheRows(number, self._take(number)) for number in others)
        yield FicheRows(numbers[-1], last, notes, orphans)

    def _take(self, number: str) -> dict[str, tuple[Run, ...]]:
        found = ((file, self._groups[file].pop(number, ())) for file in FILES)
        return {file: tuple(runs) for file, runs in found if runs}

    def _read(self, member: Member, hasher: Hash) -> None:
        text = read_text(member.name, member.open, hasher)
        header = read_header(text.text, member.name)
        if header.file is None:
            self._notes.append(
                Diagnostic.of("FICHIER-INCONNU", file=member.name, line=1, excerpt=";".join(header.columns))
            )
            return
        if header.file in self._files:
            other = self._files[header.file][0]
            raise SourceError(member.name, f"deuxième fichier {header.file} de l'export CSV (le premier : {other})")
        check_header(header, member.name)
        self._files[header.file] = (member.name, header.columns)
        self._notes += text.diagnostics
        self._suspect |= text.suspect
        count, line = escaped_apostrophes(text.text)
        if count:
            self._notes.append(Diagnostic.of("APOSTROPHE", f"{count} dans ce fichier.", file=member.name, line=line))
        self._groups[header.file] = _grouped(text.text, header, member.name)


def _grouped(text: str, header: Header, name: str) -> dict[str, list[Run]]:
    """Return the rows of each fiche, those that follow one another as one text.

    Raises:
        SourceError: the file ends in the middle of its last row.
    """
    shape = Shape.of(header.columns.index(KEY))
    groups: dict[str, list[Run]] = {}
    rows = split_rows(text, shape)
    next(rows, None)  # the header
    run: list[str] = []
    first = following = 0
    current: str | None = None
    before = ""
    line, row = 0, ""
    for line, row in rows:
        number = current if before and row.startswith(before) else _number(key_cell(row, shape))
        if number != current or line != following:
            _keep(groups, current, first, run)
            current, first, run = number, line, []
            before = shape.beginning(row)
        run.append(row)
        following = line + row.count("\n") + 1
    _keep(groups, current, first, run)
    if row and not text.endswith("\n") and not is_whole(row, len(header.columns)):
        raise SourceError(name, "CSV tronqué : le fichier s'arrête au milieu de sa dernière ligne", line)
    if row.count('"') % 2:
        raise SourceError(name, "guillemet ouvert et jamais fermé", line)
    return groups


def _keep(groups: dict[str, list[Run]], number: str | None, first: int, run: list[str]) -> None:
    if number is not None:
        groups.setdefault(number, []).append((first, "\n".join(run)))


@lru_cache(maxsize=65_536)
def _number(printed: str) -> str:
    """Return the number of a fiche as others print it; what is none stays as it is."""
    return parse_fiche_number(printed) or printed
