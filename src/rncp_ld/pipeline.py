"""The way of the data: source bytes → records → triples → linked → checked → store, dumps, pages.

`build` reads as that way, one line per stage. The triples of fiches go to part files as they are made, and what the link stage
needs of a fiche is small (`linking.facts`): up to the check, memory does not grow with the long texts. Publishing holds the whole
graph.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rncp_ld import resources
from rncp_ld.diagnostics import Diagnostic, Severity, render_line, sort_diagnostics
from rncp_ld.errors import NoFicheError, SourceError
from rncp_ld.linking.choosing import Chooser
from rncp_ld.linking.facts import Facts, facts_of
from rncp_ld.linking.nomenclature import Nomenclature, nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.reading import Reading, ShareRead
from rncp_ld.publish.catalogue import write_catalogue
from rncp_ld.publish.context import SiteContext, newest_export
from rncp_ld.publish.dumps import write_dumps
from rncp_ld.publish.hosting import write_hosting
from rncp_ld.publish.ledger import (
    Ledger,
    former_concepts,
    inverse_successions,
    ledger_entries,
    next_ledger,
    read_ledger,
    tombstones,
    without_withdrawn,
    write_ledger,
)
from rncp_ld.publish.pages import write_pages
from rncp_ld.publish.publication import PublicationFacts, new_publication, write_facts
from rncp_ld.publish.report import Report, group_by_fiche, without_places, write_quality_report, write_report
from rncp_ld.publish.shapes_file import write_shapes
from rncp_ld.rdf.iris import Iris, document_of, fiche_of
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.sources import code_tables
from rncp_ld.sources.reading import SourceReader
from rncp_ld.store.graph_files import read_part, write_graph, write_part
from rncp_ld.store.store import GraphStore
from rncp_ld.validation.check import check_chunk
from rncp_ld.validation.checked import CheckedGraph, accept, rejected_of
from rncp_ld.validation.finding import diagnostics_of
from rncp_ld.validation.shapes import load_shapes
from rncp_ld.validation.shared import broken_resources, fiches_that_name
from rncp_ld.validation.twins import without_twins

CHUNK = 200
"""Fiches that are mapped to one part file and checked together: enough to spread the cost of starting pySHACL."""

SHARED_CHUNK = 20_000
"""Triples of shared resources that are checked together."""

SHOWN = 5
"""Violations that are shown where none of the fiches can be published."""

Progress = Callable[[str, int], None]
"""Told the stage and how many fiches it has done."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        base: base of all IRIs.
        keep_going: publish what could be read although a source could not.
        progress: called now and then; None where nobody watches.
    """

    base: str = resources.DEFAULT_BASE
    keep_going: bool = False
    progress: Progress | None = None


def shipped_nomenclature() -> Nomenclature:
    """Return the nomenclatures of the code tables."""
    return nomenclature(
        code_tables.nsf_groups(),
        code_tables.rome_upper_levels(),
        code_tables.rome_jobs(),
        code_tables.certification_types(),
        code_tables.nsf_letters(),
    )


@dataclass(slots=True)
class _Mapped:
    """What reading and mapping left: part files of triples (each of one document), and what the link stage is to know."""

    parts: list[tuple[Path, str]] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    known: Nomenclature = field(default_factory=shipped_nomenclature)

    def without(self, numbers: frozenset[str]) -> list[Facts]:
        """Return the facts of the other fiches."""
        return [fact for fact in self.facts if fact.number not in numbers]


@dataclass(frozen=True, slots=True)
class _Linked:
    """The linked register as triples: by fiche what is about its own resources; what is about shared ones, by page."""

    by_fiche: dict[str, list[Triple]]
    shared: list[Triple]
    diagnostics: list[Diagnostic]


def build(sources: Sequence[str], out: Path, options: Options) -> Report:
    """Read, map, link, check and publish.

    Args:
        sources: files, folders, zips, or "-" for standard input.
        out: the output folder; its last publication stays as it is unless this one is whole.
        options: how to run.

    Returns:
        What was done and found. The caller turns it into an exit code.

    Raises:
        RncpError: a source could not be read to its end, the output is not ours, the shapes are empty.
    """
    iris, report = Iris(options.base), Report()
    with new_publication(out) as folder:
        ledger = read_ledger(out / "ledger.nt")
        work = folder / "work"
        work.mkdir()
        with _stage(report, "read and map"):
            mapped = _read_and_map(sources, work, iris, report, options)
        with _stage(report, "link"):
            mapped.known = shipped_nomenclature().remembering(former_concepts(ledger, iris))
            linked = _link(mapped, iris)
        with _stage(report, "check"):
            checked = _check(mapped, linked, iris, report, options)
        _require_fiches(report)
        _publish(checked, ledger, folder, iris, report)
        shutil.rmtree(work)
        write_facts(folder, PublicationFacts(iris.base, newest_export(report.documents)))
        write_report(report, folder, iris)
    return report


def _require_fiches(report: Report) -> None:
    """Refuse to publish a register without a fiche: it would turn all that was published into tombstones.

    Raises:
        NoFicheError: every fiche was kept out; the message shows why.
    """
    if report.fiches == 0:
        why = [render_line(d) for d in report.diagnostics if d.severity is Severity.VIOLATION]
        more = [f"({len(why) - SHOWN} more)"] if len(why) > SHOWN else []
        said = "no fiche is fit to publish; the last publication is unchanged"
        raise NoFicheError("\n".join((said, *why[:SHOWN], *more)))


def check(sources: Sequence[str], options: Options) -> Report:
    """Do the same up to the check; nothing is published."""
    iris, report = Iris(options.base), Report()
    with TemporaryDirectory(prefix="rncp-ld-") as work:
        with _stage(report, "read and map"):
            mapped = _read_and_map(sources, Path(work), iris, report, options)
        with _stage(report, "link"):
            linked = _link(mapped, iris)
        with _stage(report, "check"):
            _check(mapped, linked, iris, report, options)
    return report


def convert(sources: Sequence[str], options: Options, report: Report) -> Iterator[tuple[str, list[Triple]]]:
    """Map fiche by fiche, without what only the whole register knows; yield for each its IRI and triples.

    The codes, organisations and acts that a fiche names are described as this fiche describes them. What is found goes
    into the report.
    """
    iris = Iris(options.base)
    known = shipped_nomenclature().only_used()
    reader = _reader(sources, options, report)
    for reading in reader.readings():
        report.diagnostics += reading.diagnostics
        if reading.fiche is None:
            continue
        register, _ = link([facts_of(reading, reading.fiche)], known)
        shared = replace(register, certifications=(), undescribed=())
        yield iris.certification(reading.fiche.number), [*map_fiche(reading.fiche, iris), *map_register(shared, iris)]


def _reader(sources: Sequence[str], options: Options, report: Report) -> SourceReader:
    """Make the reader of the sources, each once; what it cannot read to its end, where it goes on, goes into the report."""

    def on_error(error: SourceError) -> None:
        report.errors.append(str(error))

    return SourceReader(tuple(dict.fromkeys(sources)), keep_going=options.keep_going, on_error=on_error)


@contextmanager
def _stage(report: Report, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    report.seconds[name] = report.seconds.get(name, 0.0) + time.perf_counter() - start


def _read_and_map(sources: Sequence[str], work: Path, iris: Iris, report: Report, options: Options) -> _Mapped:
    """Read all sources, map each fiche to a part file of its chunk, then drop the records that another source displaces."""
    mapped, chunk, chooser = _Mapped(), _Chunk(), Chooser()
    reader = _reader(sources, options, report)
    for reading in reader.readings():
        report.diagnostics += reading.diagnostics
        _account(reading, report)
        fiche = reading.fiche
        if fiche is None or not chooser.hear(reading, fiche):
            continue
        if chunk.fiches == CHUNK or chunk.document != reading.document.name:
            chunk.write(work, mapped)
            chunk = _Chunk(reading.document.name)
            if options.progress:
                options.progress("read and map", len(mapped.facts))
        chunk.triples += map_fiche(fiche, iris)
        chunk.fiches += 1
        mapped.facts.append(facts_of(reading, fiche))
    chunk.write(work, mapped)
    dropped = chooser.dropped(reader.documents)
    for part, document in mapped.parts if dropped else ():
        without = {number for file, number in dropped if file == document}
        if without:
            write_part(part, (t for t in read_part(part) if fiche_of(t[0], iris.base) not in without))
    mapped.facts = [fact for fact in mapped.facts if (fact.file, fact.number) not in dropped]
    report.diagnostics += chooser.diagnostics
    report.displaced = frozenset(dropped)
    # By what is published of them: the folders on this disk must not show.
    report.documents = tuple(sorted(reader.documents, key=lambda d: (d.name.rpartition("/")[2], d.sha256, d.name)))
    return mapped


@dataclass(slots=True)
class _Chunk:
    """Fiches of one document that go to one part file."""

    document: str = ""
    triples: list[Triple] = field(default_factory=list)
    fiches: int = 0

    def write(self, work: Path, mapped: _Mapped) -> None:
        """Write the part file, unless there is nothing to write."""
        if self.triples:
            part = write_part(work / f"{len(mapped.parts):05}.nt", self.triples)
            mapped.parts.append((part, self.document))


def _account(reading: Reading, report: Report) -> None:
    """Add what was read of a fiche, and what was not, to the report; one without a usable number or title counts too."""
    number = reading.number or "sans numéro"
    report.share += reading.share
    report.shares[number] = report.shares.get(number, ShareRead()) + reading.share
    report.unread += [(reading.document.name, number, at, text) for at, text in reading.unread]
    report.unusable += reading.fiche is None


def _link(mapped: _Mapped, iris: Iris, rejected: frozenset[str] = frozenset()) -> _Linked:
    """Link the fiches that are not kept out; sort what comes of it into what belongs to a fiche and what fiches share."""
    facts = mapped.without(rejected)
    register, diagnostics = link(facts, mapped.known)
    numbers = {fact.number for fact in facts}
    by_fiche: dict[str, list[Triple]] = {number: [] for number in sorted(numbers)}
    shared: list[Triple] = []
    for triple in map_register(register, iris):
        owner = fiche_of(triple[0], iris.base)
        (by_fiche[owner] if owner in numbers else shared).append(triple)
    shared.sort(key=lambda triple: (document_of(triple[0]), triple))
    return _Linked(by_fiche, shared, diagnostics)


def _check(mapped: _Mapped, linked: _Linked, iris: Iris, report: Report, options: Options) -> CheckedGraph:
    """Check chunk by chunk; what a violation keeps out is taken out, and the others linked again without it."""
    shapes = load_shapes(iris.base)
    outcomes = [check_chunk(chunk, shapes) for chunk in _chunks_of_fiches(mapped, linked, iris, options)]
    rejected, named, final = rejected_of(outcomes), list[Diagnostic](), linked
    if rejected:
        final = _link(mapped, iris, rejected)
    while True:
        about_shared = [check_chunk(chunk, shapes) for chunk in _chunks_of_shared(final)]
        outcomes += about_shared
        graph = partial(_triples, mapped, final, iris, rejected)
        more = fiches_that_name(broken_resources(about_shared), graph, iris.base)
        named += [_names_broken(number, page, iris) for page, numbers in more.items() for number in sorted(numbers)]
        if not any(more.values()):
            break
        rejected = rejected.union(*more.values())
        final = _link(mapped, iris, rejected)
    checked = accept(lambda out: _triples(mapped, final, iris, out), outcomes, rejected)
    report.rejected, report.fiches = tuple(sorted(rejected)), len(mapped.without(rejected))
    places = {fact.number: (fact.file, fact.line) for fact in mapped.facts}
    found = [*map(diagnostics_of, checked.findings), *named]
    placed = [d.at(file=places[d.fiche][0], line=places[d.fiche][1]) if d.fiche in places else d for d in found]
    report.diagnostics = list(sort_diagnostics(without_twins(placed, [*report.diagnostics, *final.diagnostics])))
    return checked


def _names_broken(number: str, page: str, iris: Iris) -> Diagnostic:
    return Diagnostic.of("RESSOURCE-COMMUNE", fiche=number, path=page[1:-1].removeprefix(iris.base))


def _chunks_of_fiches(mapped: _Mapped, linked: _Linked, iris: Iris, options: Options) -> Iterator[list[Triple]]:
    """Yield the fiches of each part file with their links."""
    done = 0
    for part, _ in mapped.parts:
        triples = read_part(part)
        owners = sorted({owner for s, _, _ in triples if (owner := fiche_of(s, iris.base))})
        for owner in owners:
            triples += linked.by_fiche.get(owner, [])
        yield triples
        done += len(owners)
        if options.progress:
            options.progress("check", done)


def _chunks_of_shared(linked: _Linked) -> Iterator[list[Triple]]:
    """Yield what fiches share."""
    for start in range(0, len(linked.shared), SHARED_CHUNK):
        yield _whole_subjects(linked.shared, start)


def _triples(mapped: _Mapped, linked: _Linked, iris: Iris, rejected: frozenset[str]) -> Iterator[Triple]:
    """Yield the triples of all fiches but the rejected ones, with what the link stage added."""
    for part, _ in mapped.parts:
        yield from (t for t in read_part(part) if not rejected or fiche_of(t[0], iris.base) not in rejected)
    for links in linked.by_fiche.values():
        yield from links
    yield from linked.shared


def _whole_subjects(triples: Sequence[Triple], start: int) -> list[Triple]:
    """Return a chunk of triples (sorted by page) that begins and ends between two pages."""

    def boundary(at: int) -> int:
        while 0 < at < len(triples) and document_of(triples[at][0]) == document_of(triples[at - 1][0]):
            at += 1
        return min(at, len(triples))

    return list(triples[boundary(start) : boundary(start + SHARED_CHUNK)])


def _publish(checked: CheckedGraph, ledger: Ledger, folder: Path, iris: Iris, report: Report) -> None:
    """Write store, dumps, pages, catalogue and ledger of one publication."""
    site = folder / "site"
    site.mkdir()
    context = SiteContext(iris, report.documents, rejected=report.rejected)
    with _stage(report, "graph"):
        vocabulary = [
            triple
            for path in (*resources.files("ontology", "*.ttl"), *resources.files("ontology", "schemes/*.ttl"))
            for triple in parse_turtle(resources.read_rdf(path, iris.base))
        ]
        living = [*checked.triples(), *vocabulary]
        now = ledger_entries(living, iris, context.export_date)
        gone = _sound_tombstones(tombstones(ledger, now, iris), iris, report)
        stones = [triple for about in gone.values() for triple in about]
        stones += inverse_successions(gone, now, iris)
        triples = write_graph(folder / "graph.nt", [*without_withdrawn(living, gone), *stones], iris)
        write_ledger(folder / "ledger.nt", next_ledger(ledger, now, gone, iris))
    found = without_places(report.about_what_is_published())
    context = replace(context, findings=group_by_fiche(found), diagnostics=found)
    with _stage(report, "store"):
        store = GraphStore.build(folder / "store", [folder / "graph.nt"])
    with store:
        with _stage(report, "dumps"):
            dumps = write_dumps(triples, site / "dumps", iris)
            write_catalogue(triples, dumps, site, context)
            write_shapes(site, iris)
        with _stage(report, "pages"):
            pages = write_pages(store, site, replace(context, dumps=dumps))
            write_quality_report(found, site, iris)
            write_hosting(site, context)
    (folder / "graph.nt").unlink()
    report.counts = {"triples": len(triples), "pages": pages}


def _sound_tombstones(stones: Ledger, iris: Iris, report: Report) -> Ledger:
    """Check the tombstones; one that the ledger describes wrongly is reported and not published; the ledger keeps it."""
    if not stones:
        return stones
    outcome = check_chunk([triple for about in stones.values() for triple in about], load_shapes(iris.base))
    found = [diagnostics_of(finding).at(file="ledger.nt") for finding in outcome.findings]
    report.diagnostics = list(sort_diagnostics([*report.diagnostics, *found]))
    broken = broken_resources([outcome])
    return {resource: about for resource, about in stones.items() if resource not in broken}
