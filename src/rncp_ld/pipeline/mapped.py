"""Records to triples, in workers: what comes of a fiche's own bytes, and of nothing else.

The triples go to a file of the batch, fiche after fiche; what the run must know of a fiche comes back, small. Neither
depends on the file, the line or the day: a fiche whose bytes did not change need not be read again.
"""

from __future__ import annotations

import pickle
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Self

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.choosing import Place, Said, said_by
from rncp_ld.linking.facts import Facts, facts_of
from rncp_ld.model.reading import Activity, Reading, ShareRead, SourceDocument
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.terms import line
from rncp_ld.sources.activity import judge
from rncp_ld.sources.batches import Batch, Record, Unreadable, place_diagnostics, read_record


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines of N-Triples in a file: the triples of one fiche.

    Attributes:
        file: name of the file.
        start: of the first byte.
        length: in bytes.
    """

    file: str
    start: int
    length: int

    def read(self, root: Path) -> bytes:
        """Return the lines; `root` is the folder of a build's cache."""
        with open(f"{root}/fiches/{self.file}", "rb") as part:  # noqa: PTH123 - many thousand times
            part.seek(self.start)
            return part.read(self.length)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the run must know of a record; lines are counted from its own first one.

    Attributes:
        facts: None where the number or title was unusable.
        pages: IRIs of the pages that it describes, as N-Triples text.
        digest: of its triples.
    """

    number: str | None
    line: int | None
    diagnostics: tuple[Diagnostic, ...]
    share: ShareRead
    unread: tuple[tuple[int, str], ...]
    activity: Activity | None
    facts: Facts | None
    pages: tuple[str, ...]
    digest: str

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
    """Records to read and map.

    Attributes:
        document: where they stand.
        places: how many records of the document stand before each.
        records: as they stand there.
        base: of all IRIs.
        folder: for the file of their triples and that of what is known of them, which the task makes.
        name: of these files.
    """

    document: SourceDocument
    places: tuple[int, ...]
    records: tuple[Record, ...]
    base: str
    folder: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """Where what came of a record stands, in the two files of its task; small enough to be kept of all.

    Attributes:
        name: of the files, without `.nt` and `.pickles`.
        triples: start and length in the first.
        mapped: start and length in the second.
    """

    name: str
    triples: tuple[int, int]
    mapped: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MapOutcome:
    """What came of a task.

    Attributes:
        known: for each record that could be parsed.
        is_whole: False where the record after these could not be parsed by itself.
    """

    known: tuple[Known, ...]
    is_whole: bool = True


@cache
def iris_below(base: str) -> Iris:
    """Return the IRIs below a base; made once a process, since they remember the terms that they made."""
    return Iris(base)


class MappedFiles:
    """Writes what comes of records."""

    def __init__(self, folder: str, name: str) -> None:
        self._name = name
        with ExitStack() as files:
            self._triples = files.enter_context(Path(folder, f"{name}.nt").open("wb"))
            self._mapped = files.enter_context(Path(folder, f"{name}.pickles").open("wb"))
            self._files = files.pop_all()

    def write(self, reading: Reading, base: str) -> Known:
        """Map what was read of a record, and write what comes of it."""
        mapped, text = map_reading(reading, base)
        data = pickle.dumps(mapped, pickle.HIGHEST_PROTOCOL)
        known = Known(self._name, (self._triples.tell(), len(text)), (self._mapped.tell(), len(data)))
        self._triples.write(text)
        self._mapped.write(data)
        return known

    def __enter__(self) -> Self:
        """Write for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self._files.close()


def map_batch(task: MapTask) -> MapOutcome:
    """Read and map records."""
    done: list[Known] = []
    with MappedFiles(task.folder, task.name) as files:
        for record in task.records:
            try:
                reading = read_record(record, task.document.series)
            except Unreadable:
                return MapOutcome(tuple(done), is_whole=False)
            done.append(files.write(reading, task.base))
    return MapOutcome(tuple(done))


def map_reading(reading: Reading, base: str) -> tuple[Mapped, bytes]:
    """Map what was read of one record; return what the run must know, and the lines of N-Triples."""
    iris = iris_below(base)
    triples = map_fiche(reading.fiche, iris) if reading.fiche else []
    text = "".join(map(line, triples)).encode()
    mapped = Mapped(
        reading.number,
        reading.line,
        reading.diagnostics,
        reading.share,
        reading.unread,
        reading.activity,
        facts_of(reading, reading.fiche) if reading.fiche else None,
        tuple(dict.fromkeys(document_of(subject) for subject in dict.fromkeys(s for s, _, _ in triples))),
        blake2b(text, digest_size=16).hexdigest(),
    )
    return mapped, text


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


class MappedReader:
    """Reads what came of records.

    Args:
        folder: of the files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = ""
        self._data = b""

    def read(self, known: Known) -> tuple[Mapped, Slice]:
        """Return what the run must know of a record, and where its triples stand; records of one task follow each other."""
        if known.name != self._name:
            self._name = known.name
            self._data = (self._folder / f"{known.name}.pickles").read_bytes()
        start, length = known.mapped
        mapped = pickle.loads(memoryview(self._data)[start : start + length])  # noqa: S301 - a worker of ours made it
        return mapped, Slice(f"{known.name}.nt", *known.triples)
