"""One segment of the graph, in a worker: its triples are put together, checked, counted, and compressed for the dumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from rncp_ld.pipeline.mapped import Slice, iris_below
from rncp_ld.publish.counts import Counts, count
from rncp_ld.publish.dumps import Part, make_parts
from rncp_ld.publish.ledger import ledger_lines
from rncp_ld.publish.pages.lookups import Entries, entries_of
from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.terms import Triple
from rncp_ld.validation.check import ChunkOutcome, check_chunk
from rncp_ld.validation.shapes import Shapes, load_shapes


@dataclass(frozen=True, slots=True)
class Segment:
    """Where the triples of a segment are.

    Attributes:
        name: as `publish.partition` calls it.
        fiches: what its fiches say, sorted by number.
        numbers: of these fiches.
        links: file of what the link stage says of its pages; "" where it says nothing.
        digest: of all that.
    """

    name: str
    fiches: tuple[Slice, ...] = ()
    numbers: tuple[str, ...] = ()
    links: str = ""
    digest: str = ""

    def blocks(self) -> Iterator[bytes]:
        """Yield all lines, in blocks; a line may come twice."""
        for one in self.fiches:
            yield one.read()
        if self.links:
            yield Path(self.links).read_bytes()

    def lines(self) -> list[str]:
        """Return all lines without their ends, sorted, each once."""
        lines = sorted(set(b"".join(self.blocks()).decode().split("\n")))
        return lines[1:] if lines and not lines[0] else lines


@dataclass(frozen=True, slots=True)
class SegmentTask:
    """A segment to check, and the folder for its compressed parts; None where nothing is to be published."""

    segment: Segment
    base: str
    folder: str | None


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
    """

    parts: tuple[Part, ...]
    counts: Counts
    entries: Entries
    ledger: dict[str, str]
    named: dict[str, str]
    pages: tuple[str, ...]


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


def make_segment(task: SegmentTask) -> SegmentOutcome:
    """Check a segment; where it is to be published, compress it and count what it says."""
    iris = iris_below(task.base)
    lines = task.segment.lines()
    triples = parse_lines(lines)
    checked = check_chunk(triples, shapes_below(task.base))
    if task.folder is None:
        return SegmentOutcome(checked, None)
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    pages = tuple(dict.fromkeys(document_of(subject) for subject in nodes if subject.startswith(f"<{iris.base}")))
    return SegmentOutcome(
        checked,
        Published(
            make_parts([f"{line}\n" for line in lines], triples, Path(task.folder) / f"{task.segment.name}.gz", iris),
            count(nodes, pages, iris),
            entries_of(triples, iris),
            ledger_lines(triples, iris),
            _named(triples, nodes.keys(), f"<{iris.base}"),
            pages,
        ),
    )


def _named(triples: Sequence[Triple], described: Iterable[str], ours: str) -> dict[str, str]:
    """Return the resources of ours that are named here and described elsewhere, or nowhere; each with one that names it."""
    here = set(described)
    named: dict[str, str] = {}
    for subject, _, value in triples:
        if value.startswith(ours) and value not in here:
            named.setdefault(value, subject)
    return named
