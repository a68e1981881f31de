"""Lists of links as pages: what links to a resource, and the index of each kind, 100 on a page at stable addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rncp_ld.publish.pages.attribution import of_resource
from rncp_ld.publish.pages.kinds import kind
from rncp_ld.publish.pages.linklists import LinkList, links_of, list_address, list_pages, window
from rncp_ld.publish.pages.page import root_of
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.trail import short_link
from rncp_ld.publish.pages.views import Link


def render_list(one: LinkList, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the pages of a resource's long list."""
    root = root_of(one.path)
    linker = site.linkers.at(root)
    about = short_link(one.resource, linker)
    trail = (Link(f"{root}index.html", "Accueil"), about)
    attribution = of_resource(one.resource, site)
    for part in list_pages(one.documents):
        yield (
            list_address(one.path, part.number),
            site.render(
                "list.html",
                root,
                attribution=attribution,
                title=one.label,
                subtitle=" ".join(filter(None, (about.code, about.text))),
                trail=trail,
                links=links_of(part.items, linker),
                total=len(one.documents),
                part=part,
                pager=pager(part.number, part.pages, lambda number: list_address(one.path.rpartition("/")[2], number)),
            ),
        )


def index_address(segment: str, number: int) -> str:
    """Return the file of a page of a kind's index: `certification/index.html`, `certification/index-2.html`."""
    return f"{segment}/index.html" if number == 1 else f"{segment}/index-{number}.html"


def render_index(segment: str, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the pages of a kind's index: active ones first, then by label, or by code where a kind is read so."""
    linker = site.linkers.at("../")
    documents = sorted(site.kinds[segment], key=linker.order)
    trail = (Link("../index.html", "Accueil"),)
    for part in list_pages(documents):
        yield (
            index_address(segment, part.number),
            site.render(
                "list.html",
                "../",
                title=kind(segment).plural,
                subtitle="",
                trail=trail,
                links=links_of(part.items, linker),
                total=len(documents),
                part=part,
                pager=pager(part.number, part.pages, lambda n: index_address(segment, n).rpartition("/")[2]),
            ),
        )


def pager(number: int, pages: int, address: Callable[[int], str]) -> list[tuple[int, str]]:
    """Return (number, address) of what a pager shows; 0 for a gap."""
    return [(one, address(one) if one else "") for one in window(number, pages)]
