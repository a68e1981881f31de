"""Sources → mapped records: documents are cut here, records are read and mapped by workers, what comes back is kept in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rncp_ld.errors import SourceError
from rncp_ld.linking.choosing import Place, Said, choose
from rncp_ld.linking.choosing import Record as Heard
from rncp_ld.linking.facts import Facts
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.model.reading import ShareRead
from rncp_ld.pipeline.mapped import MapOutcome, Mapped, MapTask, Slice, map_batch, map_reading, read_mapped, say
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
        nomenclatures: lists of codes among the sources.
    """

    facts: dict[str, Facts] = field(default_factory=dict)
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    triples: dict[str, Slice] = field(default_factory=dict)
    nomenclatures: tuple[NomenclatureEdition, ...] = ()


def read_register(sources: Sequence[str], work: Path, report: Report, options: Options) -> Register:
    """Read and map all sources; of the records of one fiche keep the one that describes it.

    Args:
        sources: as the user names them.
        work: folder for the files of triples.
        report: takes what was read and found.
        options: how to run.

    Raises:
        SourceError: a source cannot be read to its end (not with `keep_going`).
    """

    def on_error(error: SourceError) -> None:
        report.errors.append(str(error))

    reader = SourceReader(tuple(dict.fromkeys(sources)), keep_going=options.keep_going, on_error=on_error)
    reading = _Reading(reader, work, options)
    reading.run()
    return _chosen(reading, reader, sources, report, options)


@dataclass(slots=True)
class _Reading:
    """The records of a run, by place."""

    reader: SourceReader
    work: Path
    options: Options
    records: dict[Place, tuple[Mapped, Slice]] = field(default_factory=dict)

    def run(self) -> None:
        """Have all records read."""
        for task, outcome in self.options.hands().map(map_batch, self._tasks()):
            if task.batch.document.name not in self.reader.walked:
                self._take(task.batch, outcome, task.part)

    def _tasks(self) -> Iterator[MapTask]:
        for number, batch in enumerate(self.reader.batches()):
            yield MapTask(batch, self.options.base, str(self.work / f"{number:05}.nt"))

    def _take(self, batch: Batch, outcome: MapOutcome, part: str) -> None:
        for at, (mapped, place) in enumerate(read_mapped(outcome.fiches, part)):
            self._keep(batch, at, batch.records[at], mapped, place)
        if not outcome.is_whole:
            self._walk(batch, len(outcome.fiches))
        self.options.tell("read and map", len(self.records))

    def _walk(self, batch: Batch, skip: int) -> None:
        """Read the rest of a document here, since one of its records could not be parsed by itself."""
        part = self.work / f"rest-{len(self.reader.walked)}.nt"
        with part.open("wb") as out:
            for at, reading in enumerate(self.reader.rest_of(batch, skip), skip):
                mapped, text = map_reading(reading, self.options.base)
                self._keep(batch, at, Record(1, b""), mapped, Slice(str(part), out.tell(), len(text)))
                out.write(text)

    def _keep(self, batch: Batch, at: int, record: Record, mapped: Mapped, place: Slice) -> None:
        placed = mapped.placed(batch.document, record.lines_before, record.notes)
        self.records[batch.document.name, batch.start + at] = placed, place


def _chosen(
    reading: _Reading, reader: SourceReader, sources: Sequence[str], report: Report, options: Options
) -> Register:
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
    said = _said(several, sources, options) if several else {}
    choice = choose(several, reader.documents, said)
    report.diagnostics += choice.diagnostics
    files = {document.name: (document.name, *document.others) for document in reader.documents}
    report.displaced = frozenset((file, number) for name, number in choice.displaced for file in files[name])
    register = Register(nomenclatures=tuple(reader.nomenclatures))
    for number in sorted(heard):
        place = choice.kept.get(number, heard[number][0].place)
        mapped, triples = reading.records[place]
        if mapped.facts is not None:
            register.facts[number] = mapped.facts
            register.pages[number] = mapped.pages
            register.triples[number] = triples
    return register


def _said(several: dict[str, list[Heard]], sources: Sequence[str], options: Options) -> dict[Place, Said]:
    """Have the records of fiches that have several read once more, for what each says: that is not worth keeping of all."""
    wanted = {record.place for records in several.values() for record in records}
    said: dict[Place, Said] = {}
    # What could not be read is known by now.
    reader = SourceReader(tuple(dict.fromkeys(sources)), keep_going=True)
    batches = (_only(batch, wanted) for batch in reader.batches())
    for _, found in options.hands().map(say, (batch for batch in batches if batch.records)):
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
