"""Who links to the pages of a segment: written by the segments that the links come from, read by the one that they lead to.

The store can be asked the same, at 15 to 250 microseconds a link where most of the register is on disk: two minutes of all pages' time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rncp_ld.publish.partition import segment_of
from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.terms import Triple

FOLDER = "edges"


@dataclass(frozen=True, slots=True)
class Edges:
    """Links of one segment to another one: lines `target property subject` in a file of the first.

    Attributes:
        to: the segment that they lead to.
        start: of the first byte.
        length: in bytes.
    """

    to: str
    start: int
    length: int


def write_edges(triples: Iterable[Triple], path: Path, base: str) -> tuple[Edges, ...]:
    """Write the links of a segment to pages.

    A page that links to another one several times by one property counts once, and once more if a part of it does.

    Args:
        triples: of the segment, sorted.
        path: the file.
        base: of our IRIs.
    """
    ours = f"<{base}"
    found: dict[str, dict[str, None]] = {}
    segments: dict[str, str] = {}
    seen: set[tuple[str, str, str, bool]] = set()
    for subject, predicate, value in triples:
        if not value.startswith(ours) or "#" in value:
            continue
        page = document_of(subject)
        key = (value, predicate, page, page is subject)
        if page == value or key in seen:
            continue
        seen.add(key)
        to = segments.get(value)
        if to is None:
            to = segments[value] = segment_of(value, base)
        found.setdefault(to, {})[f"{value} {predicate} {subject}\n"] = None
    edges: list[Edges] = []
    with path.open("wb") as out:
        for to in sorted(found):
            data = "".join(found[to]).encode()
            edges.append(Edges(to, out.tell(), len(data)))
            out.write(data)
    return tuple(edges)


@dataclass(frozen=True, slots=True)
class EdgesIn:
    """Links to one segment, in the files of those that they come from: (file, start, length)."""

    places: tuple[tuple[str, int, int], ...] = ()

    def read(self, root: Path) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Return for each page property → subjects, in order of text; `root` is the folder of a build's cache."""
        lines: list[str] = []
        for name, start, length in self.places:
            with open(f"{root}/{FOLDER}/{name}", "rb") as file:  # noqa: PTH123 - many thousand times
                file.seek(start)
                lines += file.read(length).decode().split("\n")
        found: dict[str, dict[str, list[str]]] = {}
        for line in sorted(filter(None, lines)):
            target, predicate, subject = line.split(" ")
            found.setdefault(target, {}).setdefault(predicate, []).append(subject)
        return found
