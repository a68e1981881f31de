"""Sources → mapped records: documents are cut here, records are read and mapped by workers, what comes back is kept in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rncp_ld.errors import SourceError
from rncp_ld.linking.choosing import Place, Said, choose
from rncp_ld.linking.choosing import Record as Heard
from rncp_ld.linking.facts import Facts
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.model.reading import ShareRead, SourceDocument
from rncp_ld.pipeline.kept import KeptFiches
from rncp_ld.pipeline.mapped import (
    Known,
    MapOutcome,
    Mapped,
    MappedFiles,
    MappedReader,
    MapTask,
    Slice,
    map_batch,
    say,
)
from rncp_ld.pipeline.options import Options
from rncp_ld.publish.report import Report
from rncp_ld.sources.batches import Batch, Record
from rncp_ld.sources.reading import SourceReader


@dataclass(slots=True)
class Register:
    """All fiches that one record each describes.

    Attributes:
        facts: by number, sorted.
        pages: by number: IRIs that the fiche describes.
        triples: by number: where they are.
        digests: by number: of its triples.
        nomenclatures: lists of codes among the sources.
        known: by key: where what came of each record is, for the next build.
    """

    facts: dict[str, Facts] = field(default_factory=dict)
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    triples: dict[str, Slice] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    nomenclatures: tuple[NomenclatureEdition, ...] = ()
    known: dict[bytes, Known] = field(default_factory=dict)


def read_register(sources: Sequence[str], fiches: KeptFiches, report: Report, options: Options) -> Register:
    """Read and map all sources; of the records of one fiche keep the one that describes it.

    Args:
        sources: as the user names them.
        fiches: where triples go, and what is known from an earlier build.
        report: takes what was read and found.
        options: how to run.

    Raises:
        SourceError: a source cannot be read to its end (not with `keep_going`).
    """

    def on_error(error: SourceError) -> None:
        report.errors.append(str(error))

    reader = SourceReader(tuple(dict.fromkeys(sources)), keep_going=options.keep_going, on_error=on_error)
    reading = _Reading(reader, fiches, MappedReader(fiches.folder), options)
    reading.run()
    return _chosen(reading, reader, report, options)


@dataclass(slots=True)
class _Reading:
    """The records of a run, by place."""

    reader: SourceReader
    fiches: KeptFiches
    mapped: MappedReader
    options: Options
    records: dict[Place, tuple[Mapped, Slice]] = field(default_factory=dict)
    known: dict[bytes, Known] = field(default_factory=dict)

    def run(self) -> None:
        """Have all records read that are not known."""
        for task, outcome in self.options.workers.map(map_batch, self._tasks()):
            if task.document.name not in self.reader.walked:
                self._take(task, outcome)

    def _tasks(self) -> Iterator[MapTask]:
        for number, batch in enumerate(self.reader.batches()):
            unknown: list[int] = []
            for at, record in enumerate(batch.records):
                known = self.fiches.known(record.key(batch.document.series))
                if known is None:
                    unknown.append(at)
                else:
                    self._keep(batch.document, batch.start + at, record, known)
            if unknown:
                yield MapTask(
                    batch.document,
                    tuple(batch.start + at for at in unknown),
                    tuple(batch.records[at] for at in unknown),
                    self.options.base,
                    str(self.fiches.folder),
                    self.fiches.name(number),
                )

    def _take(self, task: MapTask, outcome: MapOutcome) -> None:
        for place, record, known in zip(task.places, task.records, outcome.known, strict=False):
            self._keep(task.document, place, record, known)
        if not outcome.is_whole:
            self._walk(task.document, task.places[len(outcome.known)])
        self.options.tell("read and map", len(self.records))

    def _walk(self, document: SourceDocument, skip: int) -> None:
        """Read the rest of a document here, since one of its records could not be parsed by itself."""
        for place in [place for place in self.records if place[0] == document.name and place[1] >= skip]:
            del self.records[place]
        name = self.fiches.name(-len(self.reader.walked) - 1)
        found: list[tuple[int, Record, Known]] = []
        with MappedFiles(str(self.fiches.folder), name) as files:
            for at, reading in enumerate(self.reader.rest_of(document, skip), skip):
                found.append((at, Record(1, b"", reading=reading), files.write(reading, self.options.base)))
        for at, record, known in found:
            self._keep(document, at, record, known)

    def _keep(self, document: SourceDocument, place: int, record: Record, known: Known) -> None:
        mapped, triples = self.mapped.read(known)
        self.records[document.name, place] = mapped.placed(document, record.lines_before, record.notes), triples
        key = record.key(document.series)
        if key is not None:
            self.known[key] = known


def _chosen(reading: _Reading, reader: SourceReader, report: Report, options: Options) -> Register:
    """Account for all records, and choose one for each fiche."""
    # By what is published of them: the folders on this disk must not show.
    report.documents = tuple(sorted(reader.documents, key=lambda d: (d.name.rpartition("/")[2], d.sha256, d.name)))
    order = {document.name: number for number, document in enumerate(reader.documents)}
    places = sorted(reading.records, key=lambda place: (order[place[0]], place[1]))
    heard: dict[str, list[Heard]] = {}
    for place in places:
        mapped = reading.records[place][0]
        _account(mapped, place[0], report)
        if mapped.facts is not None:
            heard.setdefault(mapped.facts.number, []).append(Heard(place, mapped.line))
    several = {number: records for number, records in heard.items() if len(records) > 1}
    said = _said(several, reader, options) if several else {}
    choice = choose(several, reader.documents, said)
    report.diagnostics += choice.diagnostics
    files = {document.name: (document.name, *document.others) for document in reader.documents}
    report.displaced = frozenset((file, number) for name, number in choice.displaced for file in files[name])
    register = Register(nomenclatures=tuple(reader.nomenclatures), known=reading.known)
    for number in sorted(heard):
        place = choice.kept.get(number, heard[number][0].place)
        mapped, triples = reading.records[place]
        if mapped.facts is not None:
            register.facts[number] = mapped.facts
            register.pages[number] = mapped.pages
            register.triples[number] = triples
            register.digests[number] = mapped.digest
    return register


def _said(several: dict[str, list[Heard]], reader: SourceReader, options: Options) -> dict[Place, Said]:
    """Have the records of fiches that have several read once more, for what each says: that is not worth keeping of all."""
    wanted = {record.place for records in several.values() for record in records}
    said: dict[Place, Said] = {}
    batches = (_only(batch, wanted) for batch in reader.again().batches())
    for _, found in options.workers.map(say, (batch for batch in batches if batch.records)):
        said.update(found)
    return said


def _only(batch: Batch, wanted: set[Place]) -> Batch:
    """Return a batch without the records that are not wanted, which keep their places."""
    places = [(batch.document.name, batch.start + at) for at in range(len(batch.records))]
    if not any(place in wanted for place in places):
        return replace(batch, records=())
    return replace(
        batch,
        records=tuple(
            record if place in wanted else Record(0, b"") for place, record in zip(places, batch.records, strict=True)
        ),
    )


def _account(mapped: Mapped, document: str, report: Report) -> None:
    """Add what was read of a record, and what was not, to the report; one without a usable number or title counts too."""
    number = mapped.number or "sans numéro"
    report.diagnostics += mapped.diagnostics
    report.share += mapped.share
    report.shares[number] = report.shares.get(number, ShareRead()) + mapped.share
    report.unread += [(document, number, at, text) for at, text in mapped.unread]
    report.unusable += mapped.facts is None
