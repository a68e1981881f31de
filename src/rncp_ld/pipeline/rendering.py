"""Pages of segments, and parts of the frame around all pages, in workers."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import uuid4

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.formats import HTML, JSON_LD, TURTLE
from rncp_ld.pipeline.edges import EdgesIn
from rncp_ld.pipeline.segments import Segment, parse_lines
from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages import Inputs, Site, open_site, render_frame, render_page, write_files
from rncp_ld.publish.pages.lookups import Lookups
from rncp_ld.publish.pages.ontology import ontology_pages
from rncp_ld.publish.pages.since import Since, put_dates
from rncp_ld.publish.report import Rows, write_found, write_quality_report
from rncp_ld.rdf.iris import document_of
from rncp_ld.store.links import link
from rncp_ld.store.store import GraphStore

_USUAL: Final = (HTML.suffix, TURTLE.suffix, JSON_LD.suffix)
"""Files that each resource has."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a publication is made.

    Attributes:
        folder: of the publication: `store` is there, `site` is filled.
        root: of the cache, with the triples of segments.
        shared: file with what all pages share.
        found: file with the diagnostics: those of the run, and those that are published.
        before: `site` of the publication before; None where nothing of it can be used.
        run: tells this publication from another one of the same names, which a process may have seen.
    """

    folder: Path
    root: Path
    shared: Path
    found: Path
    before: Path | None = None
    run: str = field(default_factory=lambda: uuid4().hex)

    @property
    def site(self) -> Path:
        """Folder of the pages."""
        return self.folder / "site"


@dataclass(frozen=True, slots=True)
class SegmentPages:
    """The pages of a segment.

    Attributes:
        segment: where their triples are.
        pages: all of them.
        changed: those that must be written; the others are those of the publication before.
        findings: what was found wrong with the segment's fiches, by number.
        since: by page, what the ledger knows of it.
        lists: by page that is not written, the files of its long lists.
        edges: links to them.
    """

    segment: Segment
    pages: tuple[str, ...]
    changed: frozenset[str]
    findings: Mapping[str, tuple[Diagnostic, ...]]
    since: Mapping[str, Since]
    lists: Mapping[str, tuple[str, ...]]
    edges: EdgesIn


@dataclass(frozen=True, slots=True)
class PagesTask:
    """Pages of some segments."""

    place: Place
    segments: tuple[SegmentPages, ...]


@dataclass(slots=True)
class Written:
    """What was written of a segment.

    Attributes:
        html: number of HTML pages, those of the publication before among them.
        since: by page that was written, what the ledger is to know of it.
        lists: by page, the files of its long lists.
    """

    html: int
    since: dict[str, Since]
    lists: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FrameTask:
    """A part of the frame, by its name."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class RowsTask:
    """What the report says of the diagnostics."""

    place: Place


Task = PagesTask | FrameTask | RowsTask


def render(task: Task) -> list[Written] | int | Rows:
    """Do a task of any kind, so that all of them can be handed out together."""
    match task:
        case PagesTask():
            return write_segments(task)
        case FrameTask():
            return write_frame(task)
        case RowsTask():
            return write_rows(task)


def write_shared(place: Place, context: SiteContext, lookups: Lookups) -> None:
    """Put down what all pages share, for the workers."""
    with place.shared.open("wb") as out:
        pickle.dump((context, lookups), out, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=1)
def _site(place: Place) -> Site:
    """Open a publication; once a process, and no more than one."""
    with place.shared.open("rb") as file:
        context, lookups = pickle.load(file)  # noqa: S301 - our own run wrote it
    return open_site(GraphStore.open(place.folder / "store"), context, lookups)


def let_go() -> None:
    """Close the publication that this process has opened."""
    _site.cache_clear()


def write_segments(task: PagesTask) -> list[Written]:
    """Write the pages of some segments."""
    site = _site(task.place)
    return [_write(segment, task.place, site) for segment in task.segments]


def _write(todo: SegmentPages, place: Place, site: Site) -> Written:
    written = Written(0, {}, {})
    apart = ontology_pages(site)
    kept = [page for page in todo.pages if page not in todo.changed and page not in apart]
    if kept and place.before:
        written.html += _keep(kept, todo.lists, place, site.lookups)
        written.lists |= {page: todo.lists[page] for page in kept if page in todo.lists}
    if len(kept) == len(todo.pages):
        return written
    near = replace(site, context=replace(site.context, findings=todo.findings))
    graph = group_by_page(todo.segment.lines(place.root))
    parts = {subject: node for nodes in graph.values() for subject, node in nodes.items()}
    incoming = todo.edges.read(place.root)
    export = site.context.export_date
    for page, nodes in graph.items():
        if page not in todo.changed or page not in site.lookups.types or page in apart:
            continue
        inputs = Inputs(page, nodes, incoming.get(page, {}), lambda subject: parts.get(subject, {}))
        files, since = put_dates(render_page(inputs, near), todo.since.get(page), export)
        written.html += write_files(files, place.site)
        if since is not None:
            written.since[page] = since
        if len(files) > len(_USUAL):
            path = site.lookups.path(page)
            written.lists[page] = tuple(name for name, _ in files if name.removeprefix(f"{path}.") not in _USUAL)
    return written


def _keep(pages: Iterable[str], lists: Mapping[str, tuple[str, ...]], place: Place, lookups: Lookups) -> int:
    """Give the pages of the publication before a second name in this one; return how many HTML pages they are."""
    made: set[str] = set()
    html = 0
    for page in pages:
        path = lookups.path(page)
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(place.site / folder, exist_ok=True)  # noqa: PTH103 - hundreds of thousands of times
            made.add(folder)
        for name in (*(f"{path}.{suffix}" for suffix in _USUAL), *lists.get(page, ())):
            link(f"{place.before}/{name}", f"{place.site}/{name}")
            html += name.endswith(f".{HTML.suffix}")
    return html


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
    site = _site(task.place)
    if task.name == "quality":
        with task.place.found.open("rb") as file:
            _, published = pickle.load(file)  # noqa: S301 - our own run wrote it
        site = replace(site, context=replace(site.context, diagnostics=published))
        write_quality_report(published, task.place.site, site.iris)
    return write_files(render_frame(task.name, site), task.place.site)


def write_rows(task: RowsTask) -> Rows:
    """Write what the report says of the diagnostics."""
    site = _site(task.place)
    with task.place.found.open("rb") as file:
        found, _ = pickle.load(file)  # noqa: S301 - our own run wrote it
    return write_found(found, task.place.folder, site.iris)
