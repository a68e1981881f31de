"""Breadcrumbs: from the home page by the kind's index, then by what a resource is part of or narrower than."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from rncp_ld.diagnostics import shorten
from rncp_ld.publish.pages.kinds import kind, kind_of_path
from rncp_ld.publish.pages.lookups import nearest
from rncp_ld.publish.pages.page import MAX_NAME, Linker, Page
from rncp_ld.publish.pages.views import Link

_UP: Final = ("rncp:blockOf", "rncp:ofCertification", "org:unitOf", "eli:is_part_of")
"""Properties that lead from a resource to what it belongs to; that belongs to nothing else."""

_BROADER: Final = "skos:broader"
"""Leads up by any number of steps."""

_DEPTH = 6
"""Steps up at most: no hierarchy of ours is deeper, and a circle ends."""


def make_trail(page: Page, mother: str | None = None) -> tuple[Link, ...]:
    """Return the links above a page's title.

    Args:
        page: this page.
        mother: what it belongs to where no property of its own says so (a bloc that only its certification names).
    """
    linker = page.linker
    lookups = linker.lookups
    segment = kind_of_path(lookups.path(page.resource))
    above: list[str] = []
    current = _above(page) or mother
    while current and current != page.resource and current not in above and len(above) < _DEPTH:
        above.append(current)
        current = lookups.broader.get(current)
    return (*_start(linker.root, segment), *(short_link(one, linker) for one in reversed(above)))


@cache
def _start(root: str, segment: str) -> tuple[Link, ...]:
    """Return the home page and the index of a kind."""
    home = Link(f"{root}index.html", "Accueil")
    return (home, Link(f"{root}{segment}/index.html", kind(segment).plural)) if segment else (home,)


def _above(page: Page) -> str | None:
    node = page.nodes[page.resource]
    for name in (_BROADER, *_UP):
        shown = [one for one in node.get(page.namer.term(name), ()) if one in page.linker.lookups.types]
        if shown:
            return nearest(page.resource, shown)
    return None


@lru_cache(maxsize=20_000)
def short_link(resource: str, linker: Linker) -> Link:
    """Return a link that is short enough for a trail: a fiche's number, else code and label."""
    lookups = linker.lookups
    code = lookups.code(resource)
    is_fiche = kind_of_path(lookups.path(resource)) == "certification"
    text = code if code and is_fiche else shorten(lookups.label(resource), MAX_NAME)
    return Link(linker.href(resource) or "", text, "" if text == code else code)
