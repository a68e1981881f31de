"""Part files of triples, and the whole graph put together from them: sorted, each triple once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rncp_ld.errors import PublicationError
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.serialise import parse_line
from rncp_ld.rdf.terms import Triple, line


def write_part(path: Path, triples: Iterable[Triple]) -> Path:
    """Write the triples of some fiches, in the order they were made."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line(triple) for triple in triples)
    return path


def read_part(path: Path) -> list[Triple]:
    """Read back a part file."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [parse_line(text) for text in lines]


def write_graph(path: Path, triples: Iterable[Triple], iris: Iris) -> list[Triple]:
    """Write the whole graph as sorted N-Triples and return it in that order.

    Raises:
        PublicationError: an IRI of ours is named and not described, or two of them share a file on a disk that folds case.
    """
    ordered = sorted(set(triples), key=line)
    _verify(ordered, iris)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line(triple) for triple in ordered)
    return ordered


def _verify(triples: Iterable[Triple], iris: Iris) -> None:
    ours = f"<{iris.base}"
    described: set[str] = set()
    named: dict[str, str] = {}
    for s, _, o in triples:
        described.add(s)
        if o.startswith(ours):
            named.setdefault(o, s)
    missing = sorted(set(named) - described - {ours + ">"})
    if missing:
        raise PublicationError(
            f"{missing[0]} is named by {named[missing[0]]} and nowhere described ({len(missing)} such IRIs)"
        )
    _verify_files(sorted({document_of(s) for s in described if s.startswith(ours)}), ours)


def _verify_files(pages: Iterable[str], ours: str) -> None:
    """See that each page has a file of its own, on a disk that folds case too, and beside the indexes of kinds."""
    folded: dict[str, str] = {}
    folders: dict[str, str] = {}
    for page in pages:
        other = folded.setdefault(page.casefold(), page)
        if other != page:
            raise PublicationError(f"{other} and {page} would share a file on a disk that folds case")
        *above, name = page.casefold().removeprefix(ours.casefold()).removesuffix(">").split("/")
        if name == "index":
            raise PublicationError(f"{page} would take the place of the index of its kind")
        for depth in range(1, len(above) + 1):
            folders.setdefault(f"{ours.casefold()}{'/'.join(above[:depth])}>", page)
    both = sorted(folders.keys() & folded.keys())
    if both:
        raise PublicationError(f"{folded[both[0]]} would be both a page and the folder of {folders[both[0]]}")
