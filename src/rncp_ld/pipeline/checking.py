"""Linked and checked: link all fiches, check every segment, take out what may not be published, until nothing more must go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rncp_ld import resources
from rncp_ld.diagnostics import Diagnostic, sort_diagnostics
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.register import Register as Linked
from rncp_ld.pipeline.kept import Cache
from rncp_ld.pipeline.mapped import Slice
from rncp_ld.pipeline.options import Options
from rncp_ld.pipeline.reading import Register
from rncp_ld.pipeline.routing import Router
from rncp_ld.pipeline.segments import (
    Segment,
    SegmentOutcome,
    SegmentsTask,
    bundles,
    digest_of,
    make_segments,
    parse_lines,
)
from rncp_ld.publish.ledger import Ledger, Stones, inverse_successions, tombstones
from rncp_ld.publish.partition import segment_of
from rncp_ld.publish.report import Report
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL
from rncp_ld.validation.checked import findings_of, rejected_of
from rncp_ld.validation.finding import Finding, diagnostics_of
from rncp_ld.validation.shared import broken_resources, fiches_that_name
from rncp_ld.validation.twins import without_twins


@dataclass(slots=True)
class Checked:
    """The graph as it may be published, and all that is known of it.

    Attributes:
        segments: by name.
        outcomes: of each segment.
        rejected: numbers of fiches that are kept out.
        gone: tombstones.
        linked: diagnostics of the link stage.
    """

    segments: dict[str, Segment] = field(default_factory=dict)
    outcomes: dict[str, SegmentOutcome] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    gone: Stones = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class Checker:
    """Links and checks.

    Attributes:
        register: all fiches.
        known: nomenclatures.
        ledger: what was ever published; {} where nothing is to be published.
        cache: for files, and what is known from an earlier build.
        options: how to run.
        publishes: whether anything is to be published.
    """

    register: Register
    known: Nomenclature
    ledger: Ledger
    cache: Cache
    options: Options
    publishes: bool
    _done: dict[tuple[str, str], SegmentOutcome] = field(default_factory=dict)

    def run(self, report: Report) -> Checked:
        """Return what may be published.

        Raises:
            CheckError: the shapes find nothing to look at, or are broken.
        """
        rejected: frozenset[str] = frozenset()
        named: list[Diagnostic] = []
        broken_stones: frozenset[str] = frozenset()
        findings: set[Finding] = set()
        while True:
            checked = self._link(rejected, broken_stones)
            self._check(checked)
            found = [outcome.checked for outcome in checked.outcomes.values()]
            findings.update(findings_of(found))
            stones = frozenset(page for page in broken_resources(found) if page in checked.gone)
            more = rejected_of(found) - rejected
            common = {} if more else self._that_name(checked, broken_resources(found) - stones)
            named += [
                Diagnostic.of("RESSOURCE-COMMUNE", fiche=number, path=page[1:-1].removeprefix(self.options.base))
                for page, numbers in common.items()
                for number in sorted(numbers)
            ]
            more = more.union(*common.values())
            if not more and stones <= broken_stones:
                break
            rejected |= more
            broken_stones |= stones
        self._report(checked, findings, named, broken_stones, report)
        return checked

    def _link(self, rejected: frozenset[str], broken_stones: frozenset[str]) -> Checked:
        """Link the fiches that are not kept out, and put what comes of it with what they say into segments."""
        iris = Iris(self.options.base)
        facts = [fact for number, fact in self.register.facts.items() if number not in rejected]
        linked, diagnostics = link(facts, self.known)
        living = {page for fact in facts for page in self.register.pages[fact.number]}
        router = Router(self.cache.links, iris.base)
        if not self.publishes:
            router.add(map_register(linked, iris))
            gone: Stones = {}
        else:
            gone = self._route(linked, living, broken_stones, router, iris)
        fiches: dict[str, list[tuple[str, Slice]]] = {}
        for fact in facts:
            name = segment_of(iris.certification(fact.number), iris.base)
            fiches.setdefault(name, []).append((fact.number, self.register.triples[fact.number]))
        links = router.write()
        checked = Checked(rejected=rejected, gone=gone, diagnostics=diagnostics)
        for name in sorted({*fiches, *links}):
            file, size, digest = links.get(name, ("", 0, ""))
            numbers, slices = zip(*fiches[name], strict=True) if name in fiches else ((), ())
            size += sum(one.length for one in slices)
            whole = digest_of([digest, *(self.register.digests[number] for number in numbers)])
            checked.segments[name] = Segment(name, slices, numbers, file, size, whole)
        return checked

    def _route(
        self, linked: Linked, living: set[str], broken_stones: frozenset[str], router: Router, iris: Iris
    ) -> Stones:
        """Route what the link stage says, the vocabulary and the tombstones; return these."""
        only_named: set[str] = set()
        undescribed = iris.rncp.UndescribedResource

        def noted(triples: Iterable[Triple]) -> Iterator[Triple]:
            for triple in triples:
                if "#" not in triple[0]:
                    living.add(triple[0])
                    if triple[1] == RDF_TYPE and triple[2] == undescribed:
                        only_named.add(triple[0])
                yield triple

        router.add(noted(map_register(linked, iris)))
        for path in (*resources.files("ontology", "*.ttl"), *resources.files("ontology", "schemes/*.ttl")):
            router.add(noted(parse_turtle(resources.read_rdf(path, iris.base))))
        gone = tombstones(self.ledger, living, only_named, iris)
        gone = {page: about for page, about in gone.items() if page not in broken_stones}
        # That a withdrawn resource is not described, and the label it has as such, are not said; links from it stay.
        router.leave_out(gone, (RDF_TYPE, RDFS_LABEL))
        for about in gone.values():
            router.add(about)
        router.add(inverse_successions(gone, living))
        return gone

    def _check(self, checked: Checked) -> None:
        """Have the segments checked that were not yet, as they are."""
        for name, segment in checked.segments.items():
            before = self.cache.before.segments.get(name)
            if before and before.segment.digest == segment.digest and (name, segment.digest) not in self._done:
                self._done[name, segment.digest] = before.outcome
                self.cache.keep(segment)
        todo = [one for one in checked.segments.values() if (one.name, one.digest) not in self._done]
        root, base = self.cache.root, self.options.base
        tasks = (SegmentsTask(bundle, root, base, self.publishes) for bundle in bundles(todo))
        fiches = 0
        for task, outcomes in self.options.workers.map(make_segments, tasks):
            for segment, outcome in zip(task.segments, outcomes, strict=True):
                self._done[segment.name, segment.digest] = outcome
                fiches += len(segment.fiches)
            self.options.tell("check", fiches)
        checked.outcomes = {name: self._done[name, segment.digest] for name, segment in checked.segments.items()}

    def _that_name(self, checked: Checked, broken: frozenset[str]) -> Mapping[str, frozenset[str]]:
        """Say which fiches name a resource that is not conforming."""
        if not broken:
            return {}

        def graph() -> Iterator[Triple]:
            for segment in checked.segments.values():
                yield from parse_lines(segment.lines(self.cache.root))

        found = fiches_that_name(broken, graph, self.options.base)
        return {page: numbers - checked.rejected for page, numbers in found.items() if numbers - checked.rejected}

    def _report(
        self,
        checked: Checked,
        findings: Iterable[Finding],
        named: Iterable[Diagnostic],
        broken_stones: frozenset[str],
        report: Report,
    ) -> None:
        """Tell what was found, each thing where it was read."""
        facts = self.register.facts
        places = {number: (fact.file, fact.line) for number, fact in facts.items()}
        found = [
            diagnostics_of(one).at(file="ledger.nt" if document_of(f"<{one.focus}>") in broken_stones else None)
            for one in sorted(findings, key=Finding.sort_key)
        ]
        placed = [
            d.at(file=places[d.fiche][0], line=places[d.fiche][1]) if d.fiche in places else d for d in (*found, *named)
        ]
        report.rejected, report.fiches = tuple(sorted(checked.rejected)), len(facts) - len(checked.rejected)
        files = {other: document.name for document in report.documents for other in document.others}
        said = without_twins(placed, [*report.diagnostics, *checked.diagnostics], files)
        report.diagnostics = list(sort_diagnostics(said))
