"""What links to a page, grouped by how the property reads from there; parts of pages count as their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rncp_ld.publish.pages.layout import Layout
from rncp_ld.publish.pages.linklists import FIRST, INLINE, LinkList, incoming_path, links_of, more_link
from rncp_ld.publish.pages.literals import write_number
from rncp_ld.publish.pages.names import INVERSE_ORDER, INVERSES, Inverse
from rncp_ld.publish.pages.page import Page
from rncp_ld.publish.pages.views import Incoming
from rncp_ld.rdf.iris import document_of

Key = tuple[str, bool]
"""Prefixed name of a property, and whether its subjects are parts of pages."""


@dataclass(frozen=True, slots=True)
class IncomingLinks:
    """What links here: what the page shows, and the lists that have pages of their own."""

    groups: tuple[Incoming, ...]
    lists: tuple[LinkList, ...]
    count: int


def read_incoming(incoming: Mapping[str, Sequence[str]], page: Page, layout: Layout) -> IncomingLinks:
    """Group the pages that link here.

    Args:
        incoming: predicate → subjects, as the store gives them.
        page: this page; what it links to by the inverse property is not listed again.
        layout: for the names of properties that have no word of their own here.
    """
    lookups = page.linker.lookups
    path = lookups.path(page.resource)
    found = _documents(incoming, page)
    groups: list[Incoming] = []
    lists: list[LinkList] = []
    everyone: set[str] = set()
    for key in sorted(found, key=lambda key: (INVERSE_ORDER.get(key[0], len(INVERSE_ORDER)), key)):
        name, of_parts = key
        inverse = INVERSES.get(name) or Inverse("")
        everyone |= found[key]
        documents = found[key] - _said_elsewhere(inverse, found, page)
        if not documents or (inverse.unless and page.namer.term(inverse.unless) in page.nodes[page.resource]):
            continue
        ordered = tuple(sorted(documents, key=page.linker.order))
        label = (inverse.of_parts if of_parts else "") or inverse.label or _default_label(name, page, layout)
        whole = LinkList(incoming_path(path, name, of_parts=of_parts), label, page.resource, ordered)
        limit = INLINE if inverse.is_tree else FIRST
        is_long = len(ordered) > limit
        if is_long:
            lists.append(whole)
        groups.append(
            Incoming(
                f"section.{whole.path.rpartition('.')[2]}",
                label,
                write_number(str(len(ordered))),
                links_of(ordered if not is_long else ordered[:FIRST], page.linker),
                more_link(whole, page.linker) if is_long else None,
                inverse.is_tree,
            )
        )
    return IncomingLinks(tuple(groups), tuple(lists), len(everyone))


def _documents(incoming: Mapping[str, Iterable[str]], page: Page) -> dict[Key, set[str]]:
    """Return the other pages that link here, by property and by whether they do it in a part of theirs."""
    found: dict[Key, set[str]] = {}
    for predicate, subjects in incoming.items():
        name = page.namer.name(predicate)
        for subject in subjects:
            document = document_of(subject)
            if document != page.resource and document in page.linker.lookups.types:
                found.setdefault((name, "#" in subject), set()).add(document)
    return found


def _said_elsewhere(inverse: Inverse, found: Mapping[Key, set[str]], page: Page) -> set[str]:
    """Return pages that are listed under a plainer property, or that the page names by the inverse one."""
    said = {
        document for name in inverse.covered_by for part in (False, True) for document in found.get((name, part), ())
    }
    if inverse.forward:
        said.update(page.nodes[page.resource].get(page.namer.term(inverse.forward), ()))
    return said


def _default_label(name: str, page: Page, layout: Layout) -> str:
    return f"Par « {layout.name(page.namer.term(name))} »"
