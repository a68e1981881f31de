"""Breadcrumbs: from the home page by the kind's index, then by what a resource is part of or narrower than."""

from __future__ import annotations

from typing import Final

from rncp_ld.diagnostics import shorten
from rncp_ld.publish.pages.kinds import kind, kind_of_path
from rncp_ld.publish.pages.page import MAX_NAME, Linker, Page
from rncp_ld.publish.pages.views import Link
from rncp_ld.store.store import GraphStore

_UP: Final = ("skos:broader", "rncp:blockOf", "rncp:ofCertification", "org:unitOf", "eli:is_part_of")
"""Properties that lead from a resource to what it belongs to."""

_DEPTH = 6
"""Steps up at most: no hierarchy of ours is deeper, and a circle ends."""


def make_trail(page: Page, store: GraphStore, mother: str | None = None) -> tuple[Link, ...]:
    """Return the links above a page's title.

    Args:
        page: this page.
        store: for the steps above the first.
        mother: what it belongs to where no property of its own says so (a bloc that only its certification names).
    """
    linker = page.linker
    path = linker.lookups.path(page.resource)
    segment = kind_of_path(path)
    trail = [Link(f"{linker.root}index.html", "Accueil")]
    if segment:
        trail.append(Link(f"{linker.root}{segment}/index.html", kind(segment).plural))
    above: list[str] = []
    current = _above(page, page.resource, store) or mother
    while current and current != page.resource and current not in above and len(above) < _DEPTH:
        above.append(current)
        current = _above(page, current, store)
    return (*trail, *(short_link(one, linker) for one in reversed(above)))


def _above(page: Page, resource: str, store: GraphStore) -> str | None:
    for name in _UP:
        predicate = page.namer.term(name)
        if resource == page.resource:
            found = page.nodes[resource].get(predicate, [None])[0]
        else:
            found = store.value(resource, predicate)
        if found and found in page.linker.lookups.types:
            return found
    return None


def short_link(resource: str, linker: Linker) -> Link:
    """Return a link that is short enough for a trail: a fiche's number, else code and label."""
    lookups = linker.lookups
    code = lookups.code(resource)
    is_fiche = kind_of_path(lookups.path(resource)) == "certification"
    text = code if code and is_fiche else shorten(lookups.label(resource), MAX_NAME)
    return Link(linker.href(resource) or "", text, "" if text == code else code)
