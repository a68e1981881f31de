"""From what the user names (files, folders, zips, "-") to fiches, one document after the other.

`SourceReader.batches` gives them unread, for workers; `readings` reads them too.
"""

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
from functools import partial
from typing import IO, Any, TypeVar
from weakref import finalize

from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.archives import open_archive
from rncp_ld.sources.batches import Batch, CsvRows, Record, Unreadable, group_records, place, read_record
from rncp_ld.sources.csv_export import CsvExport
from rncp_ld.sources.decoding import Readable, decide_encoding
from rncp_ld.sources.detection import EXPECTED, Format, detect
from rncp_ld.sources.gzip_stream import GzipStream, unpacked_name
from rncp_ld.sources.nomenclatures import list_of, read_nomenclature
from rncp_ld.sources.source_stream import SourceStream, failures
from rncp_ld.sources.xml_v4 import Irregular, cut_xml, read_xml

STDIN = "-"
LARGEST_TEXT = 16 * 2**20
"""Bytes of a text fiche or a list of codes; the longest real ones have 100 kB and 1 MB, and such a text is read as a whole."""

OUTPUT_MARK = ".rncp-ld"
"""File that marks a folder as an output of rncp-ld (`publish.publication`)."""

_SOURCE_SUFFIXES = (".xml", ".zip", ".txt", ".csv")
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


T = TypeVar("T")

Opener = Callable[[], AbstractContextManager[Any]]
"""Opens something from its start, as often as it is asked to."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something to open, in a folder or a zip."""

    name: str
    size: int
    open: Opener


class SourceReader:
    """Reads sources: files, folders (recursively, hidden files left out), zips, and "-" for standard input.

    In a folder or a zip, what is no source is passed over, unless none is found at all. Neither the order of the
    sources nor a fiche that stands in several of them is judged here. A gzip is read as what it holds. A list of codes gives
    no fiche: it goes to `nomenclatures` as a whole, which whoever reads the fiches merges afterwards.

    Args:
        paths: what to read, as the user names it.
        keep_going: go on with the next source after one that cannot be read to its end; else the error is raised.
        on_error: called with each such error where reading goes on.

    Attributes:
        documents: what was read, complete once `batches` or `readings` has ended, with checksums (none for one that broke off).
        nomenclatures: the lists of codes among them, likewise.
        errors: what could not be read, where reading went on.
        walked: names of documents of which `rest_of` has read the rest; batches that come of them are void.
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
        self._openers: dict[str, Opener] = {}
        self._copies: dict[str, Opener] = {}
        self.documents: list[SourceDocument] = []
        self.nomenclatures: list[NomenclatureEdition] = []
        self.errors: list[SourceError] = []
        self.walked: set[str] = set()

    def again(self) -> SourceReader:
        """Return a reader of the same sources, which reads what can be read: what cannot is known by now."""
        other = SourceReader(self._paths, keep_going=True)
        other._copies = self._copies
        return other

    def readings(self) -> Iterator[Reading]:
        """Yield the readings of all sources, in the order of the paths.

        Raises:
            SourceError: a source cannot be read to its end (not with `keep_going`).
        """
        for batch in self.batches():
            for place_of_record, record in enumerate(batch.records):
                try:
                    reading = read_record(record, batch.document.series)
                except Unreadable:
                    yield from self.rest_of(batch.document, batch.start + place_of_record)
                    break
                yield place(reading, record, batch.document)

    def batches(self) -> Iterator[Batch]:
        """Yield the fiches of all sources, in the order of the paths, not read yet.

        Whoever reads them (`batches.read_record`) and meets one that is `Unreadable` calls `rest_of`.

        Raises:
            SourceError: a source cannot be read to its end (not with `keep_going`).
        """
        for path in self._paths:
            for batch in self._going_on(self._read_path(path)):
                if batch.document.name not in self.walked:
                    yield batch

    def rest_of(self, document: SourceDocument, skip: int) -> Iterator[Reading]:
        """Read a document from one of its records on, by a walk through the whole: it says what is wrong there.

        Args:
            document: as batches name it.
            skip: records that stand before.

        Raises:
            SourceError: the document cannot be read to its end (not with `keep_going`).
        """
        self.walked.add(document.name)
        for record in self._going_on(self._walk(document, skip)):
            if record.reading is not None:
                yield place(record.reading, record, document)

    def _going_on(self, items: Iterator[T]) -> Iterator[T]:
        try:
            yield from items
        except SourceError as error:
            if not self._keep_going:
                raise
            self.errors.append(error)
            if self._on_error is not None:
                self._on_error(error)

    def _read_path(self, path: str) -> Iterator[Batch]:
        if path == STDIN:
            yield from self._read_stream("-", self._copy(sys.stdin.buffer, "-"))
        elif os.path.isdir(path):  # noqa: PTH112  (a Path would rewrite the name that the user gave)
            yield from self._read_all(path, "dossier", _files_below(path))
        elif os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113  (a pipe can be opened only once)
            with _open_file(path) as pipe:
                opener = self._copy(pipe, printable(path))
            yield from self._read_stream(printable(path), opener)
        else:
            yield from self._read_stream(printable(path), partial(_open_file, path))

    def _copy(self, pipe: IO[bytes], name: str) -> Opener:
        """Copy what can be read only once: a zip's directory must be looked up, a document may be walked through again."""
        if name in self._copies:
            return self._copies[name]
        with failures(name):
            file = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the reader, which may read it again until then)
            finalize(self, file.close)
            shutil.copyfileobj(pipe, file, 1 << 20)

        @contextmanager
        def from_start() -> Iterator[IO[bytes]]:
            file.seek(0)
            yield file

        self._copies[name] = from_start
        return from_start

    def _read_stream(
        self, name: str, opener: Opener, tables: dict[str, list[_Entry]] | None = None, *, is_member: bool = False
    ) -> Iterator[Batch]:
        """Read a file; those of a CSV export are put among `tables` by their folder, to be read together."""
        with opener() as stream:
            source = SourceStream(stream, name)
            form = detect(source.head, name)
            if form is Format.CSV and tables is not None:
                tables.setdefault(name.rpartition("/")[0], []).append(_Entry(name, 0, opener))
                return
            if form is Format.CSV:
                message = "un fichier de l'export CSV de France compétences ; attendu : le zip de ses dix fichiers, ou leur dossier"
                raise NotAFicheError(name, message)
            if form is Format.NOMENCLATURE:
                self._read_list(source)
                return
            if form is Format.GZIP:
                packed = partial(_unpacked, opener, name)
                yield from self._read_stream(unpacked_name(name), packed, tables, is_member=True)
                return
            if form is not Format.ZIP:
                self._openers[name] = opener
                yield from self._read_document(source, form)
                return
            if is_member:
                raise NotAFicheError(name, "zip dans un zip ou un gzip ; à décompresser d'abord")
            stream.seek(0)
            with open_archive(stream, name) as members:
                entries = [
                    _Entry(member.name, member.size, partial(_open_member, opener, name, member.name))
                    for member in members
                ]
                yield from self._read_all(name, "zip", entries)

    def _read_all(self, name: str, kind: str, entries: Sequence[_Entry]) -> Iterator[Batch]:
        """Read what a folder or a zip holds."""
        before = len(self.documents) + len(self.errors)
        passed: list[NotAFicheError] = []
        tables: dict[str, list[_Entry]] = {}
        for entry in entries:
            if entry.size or entry.name.lower().endswith(_SOURCE_SUFFIXES):
                stream = self._read_stream(entry.name, entry.open, tables, is_member=kind == "zip")
                yield from self._going_on(_unless_no_fiche(stream, passed))
        for place_of_tables, members in tables.items():
            export = self._read_csv(members, place_of_tables if kind == "dossier" else name)
            yield from self._going_on(_unless_no_fiche(export, passed))
        if len(self.documents) + len(self.errors) == before:
            first = f"{passed[0].file[len(name) + 1 :]} : {passed[0].message}" if passed else f"attendu : {EXPECTED}"
            raise NotAFicheError(name, f"{kind} sans aucune fiche ; {first}")

    def _read_csv(self, members: Sequence[_Entry], name: str) -> Iterator[Batch]:
        export = CsvExport(members, name)
        document = SourceDocument(
            export.main, SourceSeries.CSV, export_date(*reversed(export.main.split("!"))), export.sha256, export.others
        )
        layout = export.layout(document)
        self.documents.append(document)
        yield from group_records(document, (Record(0, CsvRows(layout, rows)) for rows in export.fiches()))

    def _read_document(self, source: SourceStream, form: Format) -> Iterator[Batch]:
        document = SourceDocument(source.name, _SERIES[form], export_date(*reversed(source.name.split("!"))))
        records = _text_records(source) if form is Format.TEXT_FICHE else self._xml_records(source, document)
        try:
            yield from group_records(document, records)
            document = replace(document, sha256=source.sha256())
        finally:
            self.documents.append(document)

    def _read_list(self, source: SourceStream) -> None:
        """Read a list of codes; it says nothing of fiches."""
        encoding = decide_encoding(source.head)
        form = list_of(source.head[encoding.mark :].decode(encoding.name, "replace"))
        if form is None:
            raise NotAFicheError(source.name, f"liste de codes inconnue ; attendu : {EXPECTED}")
        document = SourceDocument(source.name, form.series, export_date(*reversed(source.name.split("!"))))
        try:
            data = _whole(source, "liste de codes")
            edition = read_nomenclature(data, replace(document, sha256=source.sha256()), form)
            self.nomenclatures.append(edition)
            document = edition.document or document
        finally:
            self.documents.append(document)

    def _xml_records(self, source: SourceStream, document: SourceDocument) -> Iterator[Record]:
        """Yield the fiches of an XML document: cut out of it as far as that can be done, the rest read."""
        try:
            for fiche in cut_xml(source, document):
                yield Record(fiche.line, fiche.data, fiche.notes)
        except Irregular as rest:
            yield from self._walk(document, rest.cut)

    def _walk(self, document: SourceDocument, skip: int) -> Iterator[Record]:
        with self._openers[document.name]() as stream:
            for reading in read_xml(SourceStream(stream, document.name), document, skip):
                yield Record(reading.line or 0, b"", reading=reading)


def _unless_no_fiche(batches: Iterator[Batch], passed: list[NotAFicheError]) -> Iterator[Batch]:
    """Pass over what is no fiche."""
    try:
        yield from batches
    except NotAFicheError as error:
        passed.append(error)


def _whole(source: SourceStream, what: str) -> bytes:
    """Return all bytes of a source that is read as a whole."""
    parts: list[bytes] = []
    size = 0
    while part := source.read(1 << 20):
        parts.append(part)
        size += len(part)
        if size > LARGEST_TEXT:
            raise SourceError(source.name, f"{what} de plus de {LARGEST_TEXT // 2**20} Mio")
    return b"".join(parts)


def _text_records(source: SourceStream) -> Iterator[Record]:
    yield Record(1, _whole(source, "fiche texte"))


@contextmanager
def _unpacked(packed: Opener, name: str) -> Iterator[Readable]:
    """Open what a gzip holds."""
    with packed() as stream:
        yield GzipStream(stream, name)


@contextmanager
def _open_member(archive: Opener, name: str, member: str) -> Iterator[IO[bytes]]:
    """Open a zip, and a file in it."""
    with archive() as file, open_archive(file, name) as members:
        found = next(one for one in members if one.name == member)
        with found.open() as stream:
            yield stream


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
    for here, folders, files in os.walk(folder, onerror=refuse):
        if OUTPUT_MARK in files:  # what rncp-ld published is no source
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = os.path.join(here, name)  # noqa: PTH118
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
