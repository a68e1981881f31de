"""One segment of the graph, in a worker: its triples are put together, checked, counted, and compressed for the dumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from rncp_ld.pipeline.edges import FOLDER as EDGES
from rncp_ld.pipeline.edges import Edges, write_edges
from rncp_ld.pipeline.mapped import Slice, iris_below
from rncp_ld.publish.counts import Counts, count
from rncp_ld.publish.dumps import Part, make_parts
from rncp_ld.publish.ledger import ledger_lines
from rncp_ld.publish.pages.lookups import Entries, entries_of
from rncp_ld.publish.partition import segment_of
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.terms import Triple
from rncp_ld.validation.check import ChunkOutcome, check_chunk
from rncp_ld.validation.shapes import Shapes, load_shapes


@dataclass(frozen=True, slots=True)
class Segment:
    """Where the triples of a segment are, below the folder of a build's cache.

    Attributes:
        name: as `publish.partition` calls it.
        fiches: what its fiches say, sorted by number.
        numbers: of these fiches.
        links: file of what the link stage says of its pages; "" where it says nothing.
        size: bytes, about.
        digest: of all that it holds.
    """

    name: str
    fiches: tuple[Slice, ...] = ()
    numbers: tuple[str, ...] = ()
    links: str = ""
    size: int = 0
    digest: str = ""

    def blocks(self, root: Path) -> Iterator[bytes]:
        """Yield all lines, in blocks; a line may come twice."""
        for one in self.fiches:
            yield one.read(root)
        if self.links:
            yield (root / "links" / self.links).read_bytes()

    def lines(self, root: Path) -> list[str]:
        """Return all lines without their ends, sorted, each once."""
        lines = sorted(set(b"".join(self.blocks(root)).decode().split("\n")))
        return lines[1:] if lines and not lines[0] else lines

    @property
    def edges(self) -> str:
        """Name of the file of its links to pages."""
        return f"{self.name}-{self.digest[:8]}.edges"

    @property
    def part(self) -> str:
        """Name of the file of its compressed parts."""
        return f"{self.name}-{self.digest[:8]}.gz"


BUNDLE: Final = 4 * 2**20
"""Bytes of segments that are handed to a worker together."""


def bundles(segments: Iterable[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Put segments together."""
    size, waiting = 0, list[Segment]()
    for segment in segments:
        waiting.append(segment)
        size += segment.size
        if size >= BUNDLE:
            yield tuple(waiting)
            size, waiting = 0, []
    if waiting:
        yield tuple(waiting)


@dataclass(frozen=True, slots=True)
class SegmentsTask:
    """Segments to check.

    Attributes:
        segments: some of them.
        root: folder of the cache; compressed parts go there.
        base: of all IRIs.
        publishes: whether anything is to be published.
    """

    segments: tuple[Segment, ...]
    root: Path
    base: str
    publishes: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of a segment that is to be published.

    Attributes:
        parts: of the dumps.
        counts: for the catalogue.
        entries: for links from other pages.
        ledger: by page the lines of its entry, in no order and without a date.
        named: resources of ours that it names and does not describe itself, each with one subject that names it.
        pages: that it describes.
        edges: its links to pages.
    """

    parts: tuple[Part, ...]
    counts: Counts
    entries: Entries
    ledger: dict[str, str]
    named: dict[str, str]
    pages: tuple[str, ...]
    edges: tuple[Edges, ...]


@dataclass(frozen=True, slots=True)
class SegmentOutcome:
    """What came of a segment."""

    checked: ChunkOutcome
    published: Published | None


def digest_of(parts: Iterable[str]) -> str:
    """Return a digest of some texts."""
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


@cache
def shapes_below(base: str) -> Shapes:
    """Return the shapes; loaded once a process."""
    return load_shapes(base)


def parse_lines(lines: Iterable[str]) -> list[Triple]:
    """Return the triples of lines of N-Triples as `rdf.terms.line` writes them, without their line ends."""
    # Subject and predicate hold no blank; " ." ends the line.
    return [(s, p, o[:-2]) for s, p, o in (line.split(" ", 2) for line in lines)]


def make_segments(task: SegmentsTask) -> list[SegmentOutcome]:
    """Check some segments; where they are to be published, compress them and count what they say."""
    iris = iris_below(task.base)
    texts = [segment.lines(task.root) for segment in task.segments]
    graphs = [parse_lines(lines) for lines in texts]
    # Together, since starting pySHACL costs more than what it has to look at.
    checked = check_chunk([triple for graph in graphs for triple in graph], shapes_below(task.base))
    return [
        SegmentOutcome(
            _of_segment(checked, segment.name, task.base),
            _publish(segment, lines, triples, task.root, iris) if task.publishes else None,
        )
        for segment, lines, triples in zip(task.segments, texts, graphs, strict=True)
    ]


def _of_segment(checked: ChunkOutcome, name: str, base: str) -> ChunkOutcome:
    """Return what was found in one segment; that something was looked at, holds for all of them together."""
    found = tuple(one for one in checked.findings if segment_of(document_of(f"<{one.focus}>"), base) == name)
    return replace(checked, findings=found)


def _publish(segment: Segment, lines: Sequence[str], triples: Sequence[Triple], root: Path, iris: Iris) -> Published:
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    pages = tuple(dict.fromkeys(document_of(subject) for subject in nodes if subject.startswith(f"<{iris.base}")))
    return Published(
        make_parts([f"{line}\n" for line in lines], triples, root / "parts" / segment.part, iris),
        count(nodes, pages),
        entries_of(triples, iris),
        ledger_lines(triples, iris),
        _named(triples, nodes.keys(), f"<{iris.base}"),
        pages,
        write_edges(triples, root / EDGES / segment.edges, iris.base),
    )


def _named(triples: Sequence[Triple], described: Iterable[str], ours: str) -> dict[str, str]:
    """Return the resources of ours that are named here and described elsewhere, or nowhere; each with one that names it."""
    here = set(described)
    named: dict[str, str] = {}
    for subject, _, value in triples:
        if value.startswith(ours) and value not in here:
            named.setdefault(value, subject)
    return named
