"""What holds for every graph that is published: what is named is described, and each page has a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rncp_ld.errors import PublicationError
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.terms import Triple, line


def write_graph(path: Path, triples: Iterable[Triple], iris: Iris) -> list[Triple]:
    """Write a whole graph as sorted N-Triples and return it in that order.

    Raises:
        PublicationError: an IRI of ours is named and not described, or two of them share a file on a disk that folds case.
    """
    ordered = sorted(set(triples), key=line)
    ours = f"<{iris.base}"
    described = {s for s, _, _ in ordered}
    named: dict[str, str] = {}
    for s, _, o in ordered:
        if o.startswith(ours) and o not in described:
            named.setdefault(o, s)
    verify_named(named, iris)
    verify_files(sorted({document_of(s) for s in described if s.startswith(ours)}), iris)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line(triple) for triple in ordered)
    return ordered


def verify_named(missing: Mapping[str, str], iris: Iris) -> None:
    """See that nothing of ours is named and nowhere described; the base itself is the site's.

    Args:
        missing: what is named and not described → who names it.
        iris: of this build.

    Raises:
        PublicationError: there is such a thing.
    """
    wrong = sorted(missing.keys() - {iris.path("")})
    if wrong:
        raise PublicationError(
            f"{wrong[0]} is named by {missing[wrong[0]]} and nowhere described ({len(wrong)} such IRIs)"
        )


def verify_files(pages: Iterable[str], iris: Iris) -> None:
    """See that each page has a file of its own, on a disk that folds case too, and beside the indexes of kinds.

    Args:
        pages: of ours, sorted.
        iris: of this build.

    Raises:
        PublicationError: one has not.
    """
    ours = f"<{iris.base}"
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
