"""One resource to its files: the page, its Turtle and JSON-LD, and the pages of its long lists. Pure, given the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rncp_ld.diagnostics import Diagnostic, shorten
from rncp_ld.formats import GONE, HTML, JSON_LD, TURTLE
from rncp_ld.publish.pages.attribution import of_resource
from rncp_ld.publish.pages.badges import make_badges
from rncp_ld.publish.pages.banners import make_banners, make_findings
from rncp_ld.publish.pages.documents import json_ld, turtle
from rncp_ld.publish.pages.incoming import IncomingLinks, read_incoming
from rncp_ld.publish.pages.kinds import kind, kind_of_path
from rncp_ld.publish.pages.linklists import LinkList
from rncp_ld.publish.pages.listing import render_list
from rncp_ld.publish.pages.lookups import WITHDRAWN
from rncp_ld.publish.pages.page import Linker, Page, find_owners, group_triples, root_of
from rncp_ld.publish.pages.schema_org import schema_org
from rncp_ld.publish.pages.sections import SectionMaker
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.trail import make_trail
from rncp_ld.publish.pages.views import Link, PageView, Section
from rncp_ld.rdf.iris import fiche_of
from rncp_ld.rdf.vocabulary import RDF_TYPE

_HAS_BLOCK: Final = "rncp:hasBlock"
_BY_CLASS: Final = {
    "rncp:UndescribedResource": "Ressource citée, non décrite",
    "rncp:Withdrawn": "Ressource retirée",
    "org:OrganizationalUnit": "Établissement",
    "rov:RegisteredOrganization": "Entité légale",
}
"""What stands above the title where the class says more than the kind."""

_MAX_DESCRIPTION: Final = 155
"""Characters of the description in the page's head: what search engines show."""


def render_resource(resource: str, site: Site) -> Iterator[tuple[str, str]]:
    """Yield every file of a resource: (path below the site's folder, text)."""
    triples = site.store.describe(resource)
    path = site.lookups.path(resource)
    view, lists = make_page(resource, site, triples)
    attribution = of_resource(resource, site)
    yield f"{path}.{HTML.suffix}", site.render("resource.html", view.root, page=view, attribution=attribution)
    yield f"{path}.{TURTLE.suffix}", turtle(resource, triples, attribution.series, site.iris)
    yield f"{path}.{JSON_LD.suffix}", json_ld(resource, triples, attribution.series, site.iris)
    if site.lookups.states.get(resource) == WITHDRAWN:
        yield f"{path}.{GONE}", ""
    for one in lists:
        yield from render_list(one, site)


def make_page(
    resource: str, site: Site, triples: Sequence[tuple[str, str, str]]
) -> tuple[PageView, tuple[LinkList, ...]]:
    """Return a resource's page and the long lists that it only begins."""
    lookups = site.lookups
    path = lookups.path(resource)
    nodes = group_triples(triples)
    nodes.setdefault(resource, {})
    page = Page(resource, nodes, find_owners(resource, nodes), Linker(lookups, root_of(path)), site.namer)
    title, code = lookups.label(resource), lookups.code(resource)
    maker = SectionMaker(page, site.layout, site.store, title, code)
    sections = maker.sections()
    subjects = site.store.incoming(resource)
    links = read_incoming(subjects, page, site.layout)
    mothers = subjects.get(site.namer.term(_HAS_BLOCK), [None])
    findings = make_findings(_findings(resource, site))
    view = PageView(
        iri=resource[1:-1],
        file=path.rpartition("/")[2],
        root=root_of(path),
        title=title,
        kind=_kind_name(page, path, code),
        code=code,
        trail=make_trail(page, site.store, mothers[0]),
        badges=make_badges(page),
        banners=make_banners(page, links.count),
        sections=sections,
        incoming=links.groups,
        findings=findings,
        description=_description(title, code, path),
        schema_org=schema_org(page, title),
        contents=_contents(sections, links, findings=bool(findings)),
    )
    return view, (*maker.lists, *links.lists)


def _findings(resource: str, site: Site) -> Sequence[Diagnostic]:
    number = fiche_of(resource, site.iris.base)
    is_certification = kind_of_path(site.lookups.path(resource)) == "certification"
    return site.context.findings.get(number, ()) if number and is_certification else ()


def _kind_name(page: Page, path: str, code: str) -> str:
    types = [page.namer.name(one) for one in page.nodes[page.resource].get(RDF_TYPE, ())]
    special = next((_BY_CLASS[one] for one in types if one in _BY_CLASS), None)
    segment = kind_of_path(path)
    if special or not segment:
        return special or ""
    return dict(kind(segment).by_length).get(len(code), kind(segment).singular)


def _description(title: str, code: str, path: str) -> str:
    segment = kind_of_path(path)
    what = " ".join(filter(None, (kind(segment).singular if segment else "", code)))
    return shorten(f"{what} : {title}" if what else title, _MAX_DESCRIPTION)


def _contents(sections: Sequence[Section], links: IncomingLinks, *, findings: bool) -> tuple[Link, ...]:
    """Return the page's table of contents; a short page needs none."""
    found = [Link(f"#{section.id}", section.label) for section in sections]
    found += [Link(f"#{group.id}", group.label) for group in links.groups if group.is_tree]
    if any(not group.is_tree for group in links.groups):
        found.append(Link("#section.entrants", "Ce qui pointe ici"))
    if findings:
        found.append(Link("#section.controle", "Contrôle"))
    return tuple(found) if len(found) > 4 else ()
