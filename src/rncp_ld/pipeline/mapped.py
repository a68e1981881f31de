"""Records to triples, in workers: what comes of a fiche's own bytes, and of nothing else.

The triples go to a file of the batch, fiche after fiche; what the run must know of a fiche comes back, small. Neither
depends on the file, the line or the day: a fiche whose bytes did not change need not be read again.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.choosing import Place, Said, said_by
from rncp_ld.linking.facts import Facts, facts_of
from rncp_ld.model.reading import Activity, Reading, ShareRead, SourceDocument
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.terms import line
from rncp_ld.sources.activity import judge
from rncp_ld.sources.batches import Batch, Unreadable, place_diagnostics, read_record


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines of N-Triples in a file: the triples of one fiche."""

    file: str
    start: int
    length: int

    def read(self) -> bytes:
        """Return the lines."""
        with open(self.file, "rb") as part:  # noqa: PTH123 - many thousand times
            part.seek(self.start)
            return part.read(self.length)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the run must know of a record; lines are counted from its own first one.

    Attributes:
        facts: None where the number or title was unusable.
        pages: IRIs of the pages that it describes, as N-Triples text.
    """

    number: str | None
    line: int | None
    diagnostics: tuple[Diagnostic, ...]
    share: ShareRead
    unread: tuple[tuple[int, str], ...]
    activity: Activity | None
    facts: Facts | None
    pages: tuple[str, ...]

    def placed(self, document: SourceDocument, by: int, notes: tuple[Diagnostic, ...]) -> Mapped:
        """Return the same where it stands.

        Args:
            document: its file.
            by: lines of the file that stand before the record's own first one.
            notes: what is told with it of the file.
        """
        activity = self.activity and replace(self.activity, line=self.activity.line and self.activity.line + by)
        found = (
            *notes,
            *place_diagnostics(self.diagnostics, document.name, by),
            *judge(activity, document.date, file=document.name, fiche=self.number),
        )
        at = None if self.line is None else self.line + by
        return replace(
            self,
            line=at,
            diagnostics=found,
            unread=tuple((line and line + by, text) for line, text in self.unread),
            activity=activity,
            facts=self.facts and replace(self.facts, file=document.name, line=at, age=document.date),
        )


@dataclass(frozen=True, slots=True)
class MapTask:
    """A batch to read and map; `part` is the file for its triples, which the task makes."""

    batch: Batch
    base: str
    part: str


@dataclass(frozen=True, slots=True)
class MapOutcome:
    """What came of a batch.

    Attributes:
        fiches: for each record `Mapped`, pickled, and where its triples stand in the part file (start, length).
        is_whole: False where the record after these could not be parsed by itself.
    """

    fiches: tuple[tuple[bytes, int, int], ...]
    is_whole: bool = True


@cache
def iris_below(base: str) -> Iris:
    """Return the IRIs below a base; made once a process, since they remember the terms that they made."""
    return Iris(base)


def map_batch(task: MapTask) -> MapOutcome:
    """Read and map the records of a batch."""
    done: list[tuple[bytes, int, int]] = []
    series = task.batch.document.series
    is_whole = True
    with Path(task.part).open("wb") as part:
        for record in task.batch.records:
            try:
                reading = read_record(record, series)
            except Unreadable:
                is_whole = False
                break
            mapped, text = map_reading(reading, task.base)
            done.append((pickle.dumps(mapped, pickle.HIGHEST_PROTOCOL), part.tell(), len(text)))
            part.write(text)
    return MapOutcome(tuple(done), is_whole)


def map_reading(reading: Reading, base: str) -> tuple[Mapped, bytes]:
    """Map what was read of one record; return what the run must know, and the lines of N-Triples."""
    iris = iris_below(base)
    triples = map_fiche(reading.fiche, iris) if reading.fiche else []
    mapped = Mapped(
        reading.number,
        reading.line,
        reading.diagnostics,
        reading.share,
        reading.unread,
        reading.activity,
        facts_of(reading, reading.fiche) if reading.fiche else None,
        tuple(dict.fromkeys(document_of(subject) for subject in dict.fromkeys(s for s, _, _ in triples))),
    )
    return mapped, "".join(map(line, triples)).encode()


def say(batch: Batch) -> list[tuple[Place, Said]]:
    """Return what each record of a batch says, for comparing it with others; empty ones are not asked for."""
    found: list[tuple[Place, Said]] = []
    for at, record in enumerate(batch.records):
        if record.data or record.reading:
            try:
                fiche = read_record(record, batch.document.series).fiche
            except Unreadable:
                continue
            if fiche:
                found.append(((batch.document.name, batch.start + at), said_by(fiche)))
    return found


def read_mapped(outcomes: Iterable[tuple[bytes, int, int]], file: str) -> Iterator[tuple[Mapped, Slice]]:
    """Yield what came of the records of a batch."""
    for data, start, length in outcomes:
        yield pickle.loads(data), Slice(file, start, length)  # noqa: S301 - our own worker made it
