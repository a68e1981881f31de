"""What is handed to a worker: some fiches of one document as they stand there, not read yet.

A `Record` is one fiche's own bytes, and nothing of what surrounds it: the same bytes are read to the same `Reading` in any
process, on any day, wherever they stand. What depends on the place (file, line) is put in afterwards by `place`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.errors import SourceError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.activity import judge
from rncp_ld.sources.csv_export import FicheRows, Layout, read_rows
from rncp_ld.sources.text_fiche import read_text_document
from rncp_ld.sources.xml_v4 import read_xml_fiche

FICHES: Final = 100
BYTES: Final = 4 * 2**20
"""Of a batch, at most: enough to make up for handing it over, few enough for all workers to have some to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One fiche in a document.

    Attributes:
        line: where it starts, from 1.
        data: its bytes, UTF-8 for XML; all of the document for a text fiche; its rows for CSV.
        notes: what belongs to the document and to no fiche, and is told with this one; lines are the document's.
        reading: what it was read to already, where only a walk through the whole document could read it.
    """

    line: int
    data: bytes | CsvRows
    notes: tuple[Diagnostic, ...] = ()
    reading: Reading | None = None

    def key(self, series: SourceSeries) -> bytes | None:
        """Return what the record is known by, whenever and wherever it stands: a hash of what it is made of.

        Returns:
            None where what comes of it depends on its place.
        """
        if self.reading is not None or isinstance(self.data, CsvRows):
            return None
        return blake2b(self.data, digest_size=16, person=series.value.encode()[:16]).digest()

    @property
    def lines_before(self) -> int:
        """How many lines of the document stand before those that are counted in it."""
        return 0 if self.reading is not None or isinstance(self.data, CsvRows) else self.line - 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of one document.

    Attributes:
        start: how many records of the document stand before.
        document: where they stand; its checksum is not known yet.
    """

    document: SourceDocument
    start: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a fiche, which stand in ten files: what comes of them has its place already."""

    layout: Layout
    rows: FicheRows

    def __len__(self) -> int:
        """Return about how many bytes they are."""
        return sum(len(text) for runs in self.rows.runs.values() for _, text in runs)


class Unreadable(Exception):  # noqa: N818 - not an error: the walk through the whole document says what is wrong
    """A record that was cut out of its document cannot be parsed."""


_READERS: Final[Mapping[SourceSeries, Callable[[bytes, SourceDocument], Reading | None]]] = {
    SourceSeries.XML_V4_1: read_xml_fiche,
    SourceSeries.XML_OLD: read_xml_fiche,
    SourceSeries.TEXT: read_text_document,
}
"""Series → reads the bytes of one fiche; None where they are not well-formed."""


def read_record(record: Record, series: SourceSeries) -> Reading:
    """Read one record, as if it were a document of its own that has no name.

    Raises:
        Unreadable: it is not well-formed by itself.
    """
    if record.reading is not None:
        return record.reading
    if isinstance(record.data, CsvRows):
        return read_rows(record.data.layout, record.data.rows)
    reading = _READERS[series](record.data, SourceDocument("", series))
    if reading is None:
        raise Unreadable
    return reading


def place(reading: Reading, record: Record, document: SourceDocument) -> Reading:
    """Return what was read of a record where it stands: with its file and lines, what is told with it, and judged on its day."""
    by = record.lines_before
    found = place_diagnostics(reading.diagnostics, document.name, by)
    activity = reading.activity and replace(reading.activity, line=_shift(reading.activity.line, by))
    judged = judge(activity, document.date, file=document.name, fiche=reading.number)
    return replace(
        reading,
        document=document,
        line=_shift(reading.line, by),
        diagnostics=(*record.notes, *found, *judged),
        unread=tuple((line and line + by, text) for line, text in reading.unread),
        activity=activity,
    )


def place_diagnostics(diagnostics: Iterable[Diagnostic], file: str, by: int) -> Iterator[Diagnostic]:
    """Give diagnostics their file, and move their lines."""
    for one in diagnostics:
        yield replace(one, file=one.file or file, line=_shift(one.line, by))


def _shift(line: int | None, by: int) -> int | None:
    return None if line is None else line + by


def group_records(document: SourceDocument, records: Iterable[Record]) -> Iterator[Batch]:
    """Put records together to batches."""
    start, size = 0, 0
    waiting: list[Record] = []
    try:
        for record in records:
            waiting.append(record)
            size += len(record.data)
            if len(waiting) == FICHES or size >= BYTES:
                yield Batch(document, start, tuple(waiting))
                start, size, waiting = start + len(waiting), 0, []
    except SourceError:
        if waiting:
            yield Batch(document, start, tuple(waiting))
        raise
    if waiting:
        yield Batch(document, start, tuple(waiting))
