"""From what the user names (files, folders, zips, "-") to readings, one document after the other."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, cast

from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.archives import open_archive
from rncp_ld.sources.decoding import decode_text
from rncp_ld.sources.detection import EXPECTED, Format, detect
from rncp_ld.sources.source_stream import SourceStream, failures
from rncp_ld.sources.text_fiche import read_text_fiche
from rncp_ld.sources.xml_v4 import read_xml

STDIN = "-"
LARGEST_TEXT = 16 * 2**20
"""Bytes of a text fiche; the longest real ones have some 100 kB, and a text is read as a whole."""

OUTPUT_MARK = ".rncp-ld"
"""File that marks a folder as an output of rncp-ld (`publish.publication`)."""

_SPOOLED = 64 * 2**20
_SOURCE_SUFFIXES = (".xml", ".zip", ".txt")
_DATE = re.compile(r"(?<![0-9])([0-9]{4})[-_]([0-9]{2})[-_]([0-9]{2})(?![0-9])")
_SERIES = {
    Format.XML_V4: SourceSeries.XML_V4_1,
    Format.XML_OTHER: SourceSeries.XML_OLD,
    Format.TEXT_FICHE: SourceSeries.TEXT,
}


def read_sources(
    paths: Sequence[str], *, keep_going: bool = False, on_error: Callable[[SourceError], None] | None = None
) -> Iterator[Reading]:
    """Read all sources; see `SourceReader`, which also knows the documents afterwards."""
    return SourceReader(paths, keep_going=keep_going, on_error=on_error).readings()


def export_date(*names: str) -> date | None:
    """Return the first date AAAA-MM-JJ (or with `_`) in the names of files.

    >>> export_date("export_fiches_RNCP_V4_1_2026-08-16.xml")
    datetime.date(2026, 8, 16)
    """
    for name in names:
        for match in _DATE.finditer(name.rsplit("/", 1)[-1]):
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return None


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something to open, in a folder or a zip."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


class SourceReader:
    """Reads sources: files, folders (recursively, hidden files left out), zips, and "-" for standard input.

    In a folder or a zip, what is no fiche is passed over, unless no fiche is found at all. Neither the order of the
    sources nor a fiche that stands in several of them is judged here.

    Args:
        paths: what to read, as the user names it.
        keep_going: go on with the next source after one that cannot be read to its end; else the error is raised.
        on_error: called with each such error where reading goes on.

    Attributes:
        documents: what was read, complete once `readings` has ended, with checksums (none for one that broke off).
        errors: what could not be read, where reading went on.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        keep_going: bool = False,
        on_error: Callable[[SourceError], None] | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._keep_going = keep_going
        self._on_error = on_error
        self.documents: list[SourceDocument] = []
        self.errors: list[SourceError] = []

    def readings(self) -> Iterator[Reading]:
        """Yield the readings of all sources, in the order of the paths.

        Raises:
            SourceError: a source cannot be read to its end (not with `keep_going`).
        """
        for path in self._paths:
            yield from self._going_on(self._read_path(path))

    def _going_on(self, readings: Iterator[Reading]) -> Iterator[Reading]:
        try:
            yield from readings
        except SourceError as error:
            if not self._keep_going:
                raise
            self.errors.append(error)
            if self._on_error is not None:
                self._on_error(error)

    def _read_path(self, path: str) -> Iterator[Reading]:
        if path == STDIN:
            yield from self._read_stream(sys.stdin.buffer, "-")
        elif os.path.isdir(path):  # noqa: PTH112  (a Path would rewrite the name that the user gave)
            yield from self._read_all(path, "dossier", _files_below(path))
        else:
            with _open_file(path) as stream:
                yield from self._read_stream(stream, printable(path))

    def _read_stream(self, stream: IO[bytes], name: str, *, is_member: bool = False) -> Iterator[Reading]:
        source = SourceStream(stream, name)
        form = detect(source.head, name)
        if form is Format.CSV:
            message = "export CSV de France compétences : pas encore lu dans cette version ; prendre l'export XML V4.1"
            raise NotAFicheError(name, message)
        if form is not Format.ZIP:
            yield from self._read_document(source, form)
        elif is_member:
            raise NotAFicheError(name, "zip dans un zip ; à décompresser d'abord")
        else:
            with _seekable(source, stream) as file, open_archive(file, name) as members:
                entries = [_Entry(member.name, member.size, member.open) for member in members]
                yield from self._read_all(name, "zip", entries)

    def _read_all(self, name: str, kind: str, entries: Sequence[_Entry]) -> Iterator[Reading]:
        """Read what a folder or a zip holds."""
        before = len(self.documents) + len(self.errors)
        passed: list[NotAFicheError] = []
        for entry in entries:
            if entry.size or entry.name.lower().endswith(_SOURCE_SUFFIXES):
                yield from self._going_on(self._read_entry(entry, passed, is_member=kind == "zip"))
        if len(self.documents) + len(self.errors) == before:
            first = f"{passed[0].file[len(name) + 1 :]} : {passed[0].message}" if passed else f"attendu : {EXPECTED}"
            raise NotAFicheError(name, f"{kind} sans aucune fiche ; {first}")

    def _read_entry(self, entry: _Entry, passed: list[NotAFicheError], *, is_member: bool) -> Iterator[Reading]:
        try:
            with entry.open() as stream:
                yield from self._read_stream(stream, entry.name, is_member=is_member)
        except NotAFicheError as error:
            passed.append(error)

    def _read_document(self, source: SourceStream, form: Format) -> Iterator[Reading]:
        document = SourceDocument(source.name, _SERIES[form], export_date(*reversed(source.name.split("!"))))
        try:
            if form is Format.TEXT_FICHE:
                yield _read_text(source, document)
            else:
                yield from read_xml(source, document)
            document = replace(document, sha256=source.sha256())
        finally:
            self.documents.append(document)


def _read_text(source: SourceStream, document: SourceDocument) -> Reading:
    parts: list[bytes] = []
    while part := source.read(1 << 20):
        parts.append(part)
        if sum(map(len, parts)) > LARGEST_TEXT:
            raise SourceError(document.name, f"fiche texte de plus de {LARGEST_TEXT // 2**20} Mio")
    decoded = decode_text(b"".join(parts), document.name)
    reading = read_text_fiche(decoded.text, document)
    return replace(reading, diagnostics=(*decoded.diagnostics, *reading.diagnostics))


@contextmanager
def _open_file(path: str) -> Iterator[IO[bytes]]:
    with failures(path):
        file = open(path, "rb")  # noqa: PTH123, SIM115  (closed below; failures of reading have their own place)
    with file:
        yield file


def _files_below(folder: str) -> list[_Entry]:
    """List the files of a folder and those below it, by name; hidden ones and what is no file are left out."""

    def refuse(error: OSError) -> None:
        with failures(str(error.filename)):
            raise error

    found = []
    for place, folders, files in os.walk(folder, onerror=refuse):
        if OUTPUT_MARK in files:  # what rncp-ld published is no source
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = os.path.join(place, name)  # noqa: PTH118
            if not name.startswith("."):
                with failures(path):
                    status = os.stat(path)  # noqa: PTH116
                if stat.S_ISREG(status.st_mode):
                    found.append(_entry(path, status.st_size))
    return sorted(found, key=lambda entry: entry.name)


def _entry(path: str, size: int) -> _Entry:
    return _Entry(printable(path), size, lambda: _open_file(path))


def printable(path: str) -> str:
    """Return a path as it can be written: a name that is not UTF-8 has U+FFFD where it is not."""
    return os.fsencode(path).decode("utf-8", "replace")


@contextmanager
def _seekable(source: SourceStream, stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a stream in which a zip's directory can be looked up: the file itself, or a copy of a pipe."""
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_SPOOLED) as copy:
        with failures(source.name):
            shutil.copyfileobj(cast("IO[bytes]", source), copy, 1 << 20)
            copy.seek(0)
        yield cast("IO[bytes]", copy)
