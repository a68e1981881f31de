"""Pages of a segment, and parts of the frame around all pages, in workers that open the store for reading."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.pipeline.segments import Segment, parse_lines
from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages import Inputs, Site, open_site, render_frame, render_page, write_files
from rncp_ld.publish.pages.lookups import Lookups
from rncp_ld.publish.pages.ontology import ontology_pages
from rncp_ld.publish.report import Rows, write_found, write_quality_report
from rncp_ld.rdf.iris import document_of
from rncp_ld.store.store import GraphStore


@dataclass(frozen=True, slots=True)
class Place:
    """Where a publication is made.

    Attributes:
        folder: of the publication: `store` is there, `site` is filled.
        shared: file with what all pages share.
        found: file with the diagnostics: those of the run, and those that are published.
    """

    folder: str
    shared: str
    found: str

    @property
    def site(self) -> Path:
        """Folder of the pages."""
        return Path(self.folder) / "site"


@dataclass(frozen=True, slots=True)
class PagesTask:
    """The pages of a segment, and what was found wrong with its fiches, by number."""

    place: Place
    segment: Segment
    findings: Mapping[str, tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class FrameTask:
    """A part of the frame, by its name."""

    place: Place
    name: str


def write_shared(place: Place, context: SiteContext, lookups: Lookups) -> None:
    """Put down what all pages share, for the workers."""
    with Path(place.shared).open("wb") as out:
        pickle.dump((context, lookups), out, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=1)
def _site(folder: str, shared: str) -> Site:
    """Open a publication; once a process, and no more than one."""
    with Path(shared).open("rb") as file:
        context, lookups = pickle.load(file)  # noqa: S301 - our own run wrote it
    return open_site(GraphStore.open(Path(folder) / "store"), context, lookups)


def write_segment(task: PagesTask) -> int:
    """Write the pages of a segment; return the number of HTML pages."""
    site = _site(task.place.folder, task.place.shared)
    near = replace(site, context=replace(site.context, findings=task.findings))
    pages = group_by_page(task.segment.lines())
    parts = {subject: node for nodes in pages.values() for subject, node in nodes.items()}
    apart = ontology_pages(site)
    written = 0
    for page, nodes in pages.items():
        if page in site.lookups.types and page not in apart:
            inputs = Inputs(page, nodes, site.store.incoming(page), lambda subject: parts.get(subject, {}))
            written += write_files(render_page(inputs, near), task.place.site)
    return written


def group_by_page(lines: Iterable[str]) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Group triples by page, subject and property, in their order.

    Args:
        lines: of N-Triples, sorted, each once.
    """
    pages: dict[str, dict[str, dict[str, list[str]]]] = {}
    before, node = "", dict[str, list[str]]()
    for subject, predicate, value in parse_lines(lines):
        if subject != before:
            before, node = subject, {}
            pages.setdefault(document_of(subject), {})[subject] = node
        node.setdefault(predicate, []).append(value)
    return pages


def write_frame(task: FrameTask) -> int:
    """Write a part of the frame; return the number of HTML pages."""
    site = _site(task.place.folder, task.place.shared)
    if task.name == "quality":
        with Path(task.place.found).open("rb") as file:
            _, published = pickle.load(file)  # noqa: S301 - our own run wrote it
        site = replace(site, context=replace(site.context, diagnostics=published))
        write_quality_report(published, task.place.site, site.iris)
    return write_files(render_frame(task.name, site), task.place.site)


def write_rows(task: FrameTask) -> Rows:
    """Write what the report says of the diagnostics."""
    site = _site(task.place.folder, task.place.shared)
    with Path(task.place.found).open("rb") as file:
        found, _ = pickle.load(file)  # noqa: S301 - our own run wrote it
    return write_found(found, Path(task.place.folder), site.iris)
