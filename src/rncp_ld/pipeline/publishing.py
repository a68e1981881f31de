"""Checked segments → store, dumps, pages, catalogue, ledger and report of one publication.

What did not change since the publication before is taken from it; what comes out is the same as if nothing were.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.pipeline.changes import Diff, DiffTask, diff_segment, pages_to_write
from rncp_ld.pipeline.checking import Checked
from rncp_ld.pipeline.edges import EdgesIn
from rncp_ld.pipeline.kept import Cache, Kept, KeptSegment
from rncp_ld.pipeline.options import Options
from rncp_ld.pipeline.rendering import (
    FrameTask,
    PagesTask,
    Place,
    RowsTask,
    SegmentPages,
    Task,
    Written,
    let_go,
    render,
    write_shared,
)
from rncp_ld.pipeline.segments import BUNDLE, Published, SegmentOutcome, digest_of
from rncp_ld.pipeline.storing import StoreTask, make_store
from rncp_ld.publish.catalogue import write_catalogue
from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.counts import Counts
from rncp_ld.publish.dumps import join_dumps
from rncp_ld.publish.hosting import write_hosting
from rncp_ld.publish.ledger import Ledger, next_ledger, since_of, write_ledger
from rncp_ld.publish.pages import frame_names, shared_by_pages
from rncp_ld.publish.pages.kinds import kind_of_path
from rncp_ld.publish.pages.lookups import Lookups, make_lookups
from rncp_ld.publish.report import Report, Rows, group_by_fiche, without_places
from rncp_ld.publish.shapes_file import write_shapes
from rncp_ld.rdf.iris import Iris
from rncp_ld.store.graph_files import verify_files, verify_named
from rncp_ld.store.store import GraphStore

MOST: Final = 0.2
"""Share of the segments of a publication that may change for its store to be made from the one before."""

MANY: Final = 40
"""Segments that are handed out together although their pages are all known."""

_EXAMPLE: Final = "RNCP2383"


@dataclass(slots=True)
class Publisher:
    """Writes one publication.

    Attributes:
        checked: what may be published.
        ledger: what was ever published before.
        folder: of the publication.
        before: of the publication before; None where there is none.
        cache: of the output folder.
        report: takes numbers and times.
        options: how to run.
    """

    checked: Checked
    ledger: Ledger
    folder: Path
    before: Path | None
    cache: Cache
    report: Report
    options: Options
    _published: dict[str, Published] = field(default_factory=dict)
    _said: tuple[Diagnostic, ...] = ()

    def publish(self) -> tuple[Rows, Kept]:
        """Write all but the report; return what that says of the diagnostics, and what the next build is to know.

        Raises:
            PublicationError: an IRI of ours is named and not described, or two pages would share a file.
        """
        iris, report, site = Iris(self.options.base), self.report, self.folder / "site"
        site.mkdir()
        self._published = {name: _published(outcome) for name, outcome in self.checked.outcomes.items()}
        self._said = without_places(self.report.about_what_is_published())
        published = self._published.values()
        counts = Counts()
        for one in published:
            counts += one.counts
        with report.stage("store"):
            verify_files(sorted(page for one in published for page in one.pages), iris)
            diffs = self._diffs()
            self.options.workers.apart(make_store, self._store_task(diffs))
            store = GraphStore.open(self.folder / "store")
        context = SiteContext(
            iris, report.documents, rejected=report.rejected, triples=counts.triples, example=self._example(iris)
        )
        with report.stage("dumps"):
            parts = (part for one in published for part in one.parts)
            dumps = join_dumps(parts, self.cache.parts, site / "dumps")
            context = replace(context, dumps=dumps)
            write_catalogue(counts, dumps, site, context)
            write_shapes(site, iris)
        with report.stage("pages"):
            lookups = make_lookups((one.entries for one in published), iris)
            with store:
                self._verify(store, iris)
                changed = self._changed(diffs, lookups, context, store, iris)
            del store
            rows, written = self._write_pages(context, lookups, changed)
            write_hosting(site, context)
        with report.stage("ledger"):
            now = {page: entry for one in published for page, entry in one.ledger.items()}
            since = {page: one for part in written.values() for page, one in part.since.items()}
            after = next_ledger(self.ledger, now, since, self.checked.gone, export=context.export_date, iris=iris)
            write_ledger(self.folder / "ledger.nt", after)
        return rows, self._kept(written, lookups, context)

    def _diffs(self) -> list[Diff] | None:
        """Return what changed since the publication before; None where too much did, or nothing is known of it."""
        before = self.cache.before.segments
        names = [
            name
            for name in sorted(before.keys() | self.checked.segments.keys())
            if name not in before
            or name not in self.checked.segments
            or before[name].segment.digest != self.checked.segments[name].digest
        ]
        if self.before is None or not before or len(names) > MOST * len(before):
            return None
        tasks = [
            DiffTask(
                before[name].segment if name in before else None,
                self.checked.segments.get(name),
                self.cache.before_root,
                self.cache.root,
            )
            for name in names
        ]
        return [diff for _, diff in self.options.workers.map(diff_segment, tasks)]

    def _store_task(self, diffs: list[Diff] | None) -> StoreTask:
        """Say how the store is made: from the one before, where that is known."""
        folder, root = self.folder / "store", self.cache.root
        if diffs is None or self.before is None:
            return StoreTask(folder, root, tuple(self.checked.segments.values()))
        return StoreTask(folder, root, before=self.before / "store", diffs=tuple(diffs))

    def _verify(self, store: GraphStore, iris: Iris) -> None:
        """See that what segments name from elsewhere is described there."""
        pages = {page for one in self._published.values() for page in one.pages}
        missing = {term: by for one in self._published.values() for term, by in one.named.items() if term not in pages}
        verify_named({term: by for term, by in missing.items() if not store.about(term)}, iris)

    def _changed(
        self, diffs: list[Diff] | None, lookups: Lookups, context: SiteContext, store: GraphStore, iris: Iris
    ) -> frozenset[str] | None:
        """Return the pages that must be written; None for all."""
        kept = self.cache.before
        if diffs is None or kept.lookups is None or kept.shared != shared_by_pages(context, lookups):
            return None
        found = self._found()
        numbers = [one for one in kept.findings.keys() | found.keys() if kept.findings.get(one) != found.get(one)]
        return pages_to_write(diffs, numbers, kept.lookups, lookups, store=store, iris=iris)

    def _found(self) -> dict[str, str]:
        """Return a digest of what was found of each fiche, as its page says it."""
        return {number: digest_of(map(repr, found)) for number, found in group_by_fiche(self._said).items()}

    def _write_pages(
        self, context: SiteContext, lookups: Lookups, changed: frozenset[str] | None
    ) -> tuple[Rows, dict[str, Written]]:
        """Have all pages written, the frame around them and the report's rows; return these, and what was written by segment."""
        root = self.cache.root
        before = self.before / "site" if self.before and changed is not None else None
        place = Place(self.folder, root, root / "shared.pickle", root / "found.pickle", before)
        write_shared(place, context, lookups)
        with place.found.open("wb") as out:
            pickle.dump((self.report.diagnostics, self._said), out, pickle.HIGHEST_PROTOCOL)
        kinds = sorted({kind_of_path(lookups.path(page)) for page in lookups.types})
        # What takes longest by itself goes first.
        tasks: Iterator[Task] = chain(
            [RowsTask(place)],
            (FrameTask(place, name) for name in frame_names(kinds)),
            self._page_tasks(place, group_by_fiche(self._said), changed),
        )
        rows, pages, fiches = Rows("", ""), 0, 0
        written: dict[str, Written] = {}
        for task, found in self.options.workers.map(render, tasks):
            if isinstance(found, Rows):
                rows = found
            elif isinstance(found, int):
                pages += found
            elif isinstance(task, PagesTask):
                for segment, one in zip(task.segments, found, strict=True):
                    written[segment.segment.name] = one
                    pages += one.html
                    fiches += len(segment.segment.fiches)
                self.options.tell("pages", fiches)
        let_go()
        self.report.counts = {"triples": context.triples, "pages": pages}
        return rows, written

    def _page_tasks(
        self, place: Place, findings: Mapping[str, tuple[Diagnostic, ...]], changed: frozenset[str] | None
    ) -> Iterator[PagesTask]:
        """Yield the pages of all segments, those of what fiches share first, since they have the longest lists."""
        size, waiting = 0, list[SegmentPages]()
        edges = self._edges()
        for segment in sorted(self.checked.segments.values(), key=lambda one: (bool(one.fiches), one.name)):
            pages = self._published[segment.name].pages
            before = self.cache.before.segments.get(segment.name)
            todo = frozenset(pages) if changed is None else changed.intersection(pages)
            lists = before.lists if before and changed is not None else {}
            known = ((page, since_of(self.ledger.get(page, ""))) for page in todo)
            waiting.append(
                SegmentPages(
                    segment,
                    pages,
                    todo,
                    {number: findings[number] for number in segment.numbers if number in findings},
                    {page: since for page, since in known if since},
                    {page: lists[page] for page in pages if page in lists},
                    EdgesIn(tuple(edges.get(segment.name, ())) if todo else ()),
                )
            )
            size += segment.size if todo else 0
            if size >= BUNDLE or len(waiting) >= MANY:
                yield PagesTask(place, tuple(waiting))
                size, waiting = 0, []
        if waiting:
            yield PagesTask(place, tuple(waiting))

    def _edges(self) -> Mapping[str, list[tuple[str, int, int]]]:
        """Return where the links to each segment are."""
        found: dict[str, list[tuple[str, int, int]]] = {}
        for name, one in self._published.items():
            file = self.checked.segments[name].edges
            for edges in one.edges:
                found.setdefault(edges.to, []).append((file, edges.start, edges.length))
        return found

    def _kept(self, written: Mapping[str, Written], lookups: Lookups, context: SiteContext) -> Kept:
        """Return what the next build is to know."""
        segments = {
            name: KeptSegment(segment, self.checked.outcomes[name], written[name].lists)
            for name, segment in self.checked.segments.items()
        }
        shared = shared_by_pages(context, lookups)
        return Kept(self.cache.version, {}, segments, self._found(), shared, lookups)

    def _example(self, iris: Iris) -> str:
        """Return a certification that shows well what a page is."""
        numbers = {number for segment in self.checked.segments.values() for number in segment.numbers}
        return iris.certification(_EXAMPLE if _EXAMPLE in numbers else min(numbers))


def _published(outcome: SegmentOutcome) -> Published:
    assert outcome.published is not None  # asked for by whoever publishes
    return outcome.published
