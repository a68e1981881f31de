"""Long lists of links: a page shows the first ones, pages of their own all of them, 100 each, at stable addresses.

A list of `rome/M1805` has the address `rome/M1805.liens-rome-1.html`: segments of IRIs hold no ".", so it is never that
of a resource, and a list does not move when another one grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from rncp_ld.publish.pages.literals import NBSP, write_number
from rncp_ld.publish.pages.markup import Content, values
from rncp_ld.publish.pages.page import Linker
from rncp_ld.publish.pages.views import Link, Plain, Value

FIRST: Final = 20
"""Links that a resource's page shows of a long list."""

PER_PAGE: Final = 100
"""Links on a page of a list."""

INLINE: Final = 100
"""Values of one property that a page shows all together."""


@dataclass(frozen=True, slots=True)
class LinkList:
    """A list of pages that has pages of its own.

    Attributes:
        path: of its pages, without the number: `rome/M1805.liens-rome`.
        label: what the list holds, seen from `resource`.
        documents: in the order of the list.
    """

    path: str
    label: str
    resource: str
    documents: tuple[str, ...]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list: numbers count from 1."""

    number: int
    pages: int
    start: int
    items: Sequence[T]


def _key(name: str) -> str:
    return name.removeprefix("rncp:").replace(":", "-")


def incoming_path(path: str, name: str, *, of_parts: bool) -> str:
    """Return the path of the list of what links to a page by a property (prefixed name)."""
    return f"{path}.liens-{_key(name)}{'-parties' if of_parts else ''}"


def outgoing_path(path: str, name: str) -> str:
    """Return the path of the list of a property's values."""
    return f"{path}.valeurs-{_key(name)}"


def list_address(path: str, number: int) -> str:
    """Return the file of a page of a list."""
    return f"{path}-{number}.html"


def list_pages(items: Sequence[T]) -> Iterator[ListPage[T]]:
    """Split a list, of links or of anything else, into its pages."""
    count = -(-len(items) // PER_PAGE)
    for number in range(1, count + 1):
        start = (number - 1) * PER_PAGE
        yield ListPage(number, count, start + 1, items[start : start + PER_PAGE])


def links_of(documents: Sequence[str], linker: Linker) -> list[Link]:
    """Return links to pages of the graph."""
    return [link for document in documents if isinstance(link := linker.link(document), Link)]


def more_link(everything: LinkList, linker: Linker) -> Link:
    """Return the link from a page to the whole of one of its lists."""
    count = write_number(str(len(everything.documents)))
    return Link(f"{linker.root}{list_address(everything.path, 1)}", f"Voir les {count.replace(' ', NBSP)}")


def preview(everything: LinkList, linker: Linker) -> Content:
    """Write the first values of a long list, and the way to all."""
    first: Sequence[Value] = links_of(everything.documents[:FIRST], linker)
    return values(first or [Plain("—", dim=True)], more_link(everything, linker))


def window(number: int, pages: int) -> list[int]:
    """Return the numbers that a pager shows: first, last, and those around; 0 stands for a gap.

    >>> window(7, 40), window(1, 3)
    ([1, 0, 5, 6, 7, 8, 9, 0, 40], [1, 2, 3])
    """
    shown = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    out: list[int] = []
    for one in shown:
        if out and one != out[-1] + 1:
            out.append(0)
        out.append(one)
    return out
