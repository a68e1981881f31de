"""Checked segments → store, dumps, pages, catalogue, ledger and report of one publication."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rncp_ld.pipeline.checking import Checked
from rncp_ld.pipeline.options import Options
from rncp_ld.pipeline.rendering import FrameTask, PagesTask, Place, write_frame, write_rows, write_segment, write_shared
from rncp_ld.pipeline.segments import Published, Segment, SegmentOutcome
from rncp_ld.publish.catalogue import write_catalogue
from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.counts import Counts
from rncp_ld.publish.dumps import join_dumps
from rncp_ld.publish.hosting import write_hosting
from rncp_ld.publish.ledger import Ledger, next_ledger, write_ledger
from rncp_ld.publish.pages import frame_names
from rncp_ld.publish.pages.kinds import kind_of_path
from rncp_ld.publish.pages.lookups import Lookups, make_lookups
from rncp_ld.publish.report import Report, Rows, group_by_fiche, without_places
from rncp_ld.publish.shapes_file import write_shapes
from rncp_ld.rdf.iris import Iris
from rncp_ld.store.graph_files import verify_files, verify_named
from rncp_ld.store.store import GraphStore


@dataclass(frozen=True, slots=True)
class Publisher:
    """Writes one publication.

    Attributes:
        checked: what may be published.
        ledger: what was ever published before.
        folder: of the publication.
        work: for files that are not published.
        report: takes numbers and times.
        options: how to run.
    """

    checked: Checked
    ledger: Ledger
    folder: Path
    work: Path
    report: Report
    options: Options

    def publish(self) -> Rows:
        """Write all but the report; return what that says of the diagnostics.

        Raises:
            PublicationError: an IRI of ours is named and not described, or two pages would share a file.
        """
        iris, report, site = Iris(self.options.base), self.report, self.folder / "site"
        site.mkdir()
        published = [_published(outcome) for outcome in self.checked.outcomes.values()]
        counts = Counts()
        for one in published:
            counts += one.counts
        with report.stage("store"):
            self._verify(published, iris)
            self._load(published, iris)
        context = SiteContext(
            iris,
            report.documents,
            rejected=report.rejected,
            triples=counts.triples,
            example=_example(self.checked, iris),
        )
        with report.stage("dumps"):
            dumps = join_dumps((part for one in published for part in one.parts), site / "dumps")
            context = replace(context, dumps=dumps)
            write_catalogue(counts, dumps, site, context)
            write_shapes(site, iris)
            now = {page: entry for one in published for page, entry in one.ledger.items()}
            after = next_ledger(self.ledger, now, self.checked.gone, context.export_date, iris)
            write_ledger(self.folder / "ledger.nt", after)
        with report.stage("pages"):
            lookups = make_lookups((one.entries for one in published), iris)
            rows, pages = self._write_pages(context, lookups)
            write_hosting(site, context)
        report.counts = {"triples": counts.triples, "pages": pages}
        return rows

    def _verify(self, published: Iterable[Published], iris: Iris) -> None:
        pages = sorted(page for one in published for page in one.pages)
        verify_files(pages, iris)

    def _load(self, published: Iterable[Published], iris: Iris) -> None:
        """Load the store, and see that it describes what is named from elsewhere."""
        with GraphStore.build(self.folder / "store", self._batches()) as store:
            pages = {page for one in published for page in one.pages}
            missing = {term: by for one in published for term, by in one.named.items() if term not in pages}
            verify_named({term: by for term, by in missing.items() if not store.about(term)}, iris)

    def _batches(self) -> Iterator[Iterator[bytes]]:
        yield (block for segment in self.checked.segments.values() for block in segment.blocks())

    def _write_pages(self, context: SiteContext, lookups: Lookups) -> tuple[Rows, int]:
        """Have all pages written, the frame around them and the report's rows; return these and the number of pages."""
        place = Place(str(self.folder), str(self.work / "shared.pickle"), str(self.work / "found.pickle"))
        write_shared(place, context, lookups)
        published = without_places(self.report.about_what_is_published())
        with Path(place.found).open("wb") as out:
            pickle.dump((self.report.diagnostics, published), out, pickle.HIGHEST_PROTOCOL)
        findings = group_by_fiche(published)
        hands = self.options.hands()
        kinds = sorted({kind_of_path(lookups.path(page)) for page in lookups.types})
        frame = [FrameTask(place, name) for name in frame_names(kinds)]
        segments = [
            PagesTask(place, segment, {number: findings[number] for number in segment.numbers if number in findings})
            for segment in self._heaviest_first()
        ]
        pages = 0
        done = 0
        ((_, rows),) = hands.map(write_rows, [FrameTask(place, "")])
        for _, number in hands.map(write_frame, frame):
            pages += number
        for task, number in hands.map(write_segment, segments):
            pages += number
            done += len(task.segment.fiches)
            self.options.tell("pages", done)
        return rows, pages

    def _heaviest_first(self) -> list[Segment]:
        """Return the segments, those first whose pages have long lists of what links to them, then the largest."""
        return sorted(self.checked.segments.values(), key=lambda one: (bool(one.fiches), -len(one.fiches), one.name))


_EXAMPLE: Final = "RNCP2383"


def _example(checked: Checked, iris: Iris) -> str:
    """Return a certification that shows well what a page is."""
    numbers = {number for segment in checked.segments.values() for number in segment.numbers}
    return iris.certification(_EXAMPLE if _EXAMPLE in numbers else min(numbers))


def _published(outcome: SegmentOutcome) -> Published:
    assert outcome.published is not None  # asked for by whoever publishes
    return outcome.published
