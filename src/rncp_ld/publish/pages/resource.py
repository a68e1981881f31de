"""One resource to its files: the page, its Turtle and JSON-LD, and the pages of its long lists. Pure, given its inputs.

What the files of a page depend on, and nothing else (tests/unit/test_pages_inputs.py holds the list):

1. the triples about the resource and its parts (`Inputs.nodes`);
2. what links to it (`Inputs.incoming`): by property, which pages, and whether from a part of theirs; never from which part;
3. of the resource itself, of each IRI in its triples, of each page that links to it, and of each page above it in its trail:
   whether it has a page (`Lookups.types`), its label, code and state, and for an organisation whether others share its label
   (`Lookups.ambiguous`). Order, notes and details of links follow from these;
4. the chain of `Lookups.broader` from the page that its first `skos:broader` names;
5. of a page of a fiche, the series that the fiche was read from (`Lookups.series`);
6. of a certification, the properties of its blocs and of their competences, and how many partnerships its list of partners
   has (`Inputs.node_of`): those are pages of the same fiche; and what the check found about the fiche (`SiteContext.findings`);
7. what all pages share: the layout (shapes, labels of the ontology), the kinds that the menu names, the sources of the
   publication with their dates, the base of the IRIs, and the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.diagnostics import Diagnostic, shorten
from rncp_ld.formats import GONE, HTML, JSON_LD, TURTLE
from rncp_ld.publish.pages.attribution import of_resource
from rncp_ld.publish.pages.badges import make_badges
from rncp_ld.publish.pages.banners import make_banners, make_findings
from rncp_ld.publish.pages.blocks import NodeOf
from rncp_ld.publish.pages.documents import json_ld, turtle
from rncp_ld.publish.pages.incoming import IncomingLinks, read_incoming
from rncp_ld.publish.pages.kinds import kind, kind_of_path
from rncp_ld.publish.pages.linklists import LinkList
from rncp_ld.publish.pages.listing import render_list
from rncp_ld.publish.pages.lookups import WITHDRAWN
from rncp_ld.publish.pages.page import Page, find_owners, root_of
from rncp_ld.publish.pages.schema_org import schema_org
from rncp_ld.publish.pages.sections import SectionMaker
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.trail import make_trail
from rncp_ld.publish.pages.views import Link, PageView, Section
from rncp_ld.rdf.iris import fiche_of
from rncp_ld.rdf.terms import Node, group_triples
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


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a page is made of, beside what all pages share.

    Attributes:
        nodes: the resource and its parts: subject → property → values, in order of text (`rdf.terms.group_triples`).
        incoming: property → the subjects that link here, pages or parts of pages, in order of text.
        node_of: gives the properties of a subject that is described on another page of the same fiche.
    """

    resource: str
    nodes: Mapping[str, Node]
    incoming: Mapping[str, Sequence[str]]
    node_of: NodeOf


def render_resource(resource: str, site: Site) -> Iterator[tuple[str, str]]:
    """Yield every file of a resource, read from the store: (path below the site's folder, text)."""
    store = site.store

    def node_of(subject: str) -> Node:
        return group_triples(store.about(subject)).get(subject, {})

    nodes = group_triples(store.describe(resource))
    yield from render_page(Inputs(resource, nodes, store.incoming(resource), node_of), site)


def render_page(inputs: Inputs, site: Site) -> Iterator[tuple[str, str]]:
    """Yield every file of a resource: (path below the site's folder, text)."""
    resource, nodes = inputs.resource, inputs.nodes
    path = site.lookups.path(resource)
    view, lists = make_page(inputs, site)
    attribution = of_resource(resource, site)
    yield f"{path}.{HTML.suffix}", site.render("resource.html", view.root, page=view, attribution=attribution)
    yield f"{path}.{TURTLE.suffix}", turtle(resource, nodes, attribution.series, site.iris)
    yield f"{path}.{JSON_LD.suffix}", json_ld(resource, nodes, attribution.series, site.iris)
    if site.lookups.states.get(resource) == WITHDRAWN:
        yield f"{path}.{GONE}", ""
    for one in lists:
        yield from render_list(one, site)


def make_page(inputs: Inputs, site: Site) -> tuple[PageView, tuple[LinkList, ...]]:
    """Return a resource's page and the long lists that it only begins."""
    lookups, resource = site.lookups, inputs.resource
    path = lookups.path(resource)
    root = root_of(path)
    nodes = inputs.nodes if resource in inputs.nodes else {**inputs.nodes, resource: {}}
    page = Page(resource, nodes, find_owners(resource, nodes), site.linkers.at(root), site.namer)
    title, code = lookups.label(resource), lookups.code(resource)
    maker = SectionMaker(page, site.layout, inputs.node_of, title, code)
    sections = maker.sections()
    links = read_incoming(inputs.incoming, page, site.layout)
    mothers = inputs.incoming.get(site.namer.term(_HAS_BLOCK), [None])
    findings = make_findings(_findings(resource, site))
    view = PageView(
        iri=resource[1:-1],
        file=path.rpartition("/")[2],
        root=root,
        title=title,
        kind=_kind_name(page, path, code),
        code=code,
        trail=make_trail(page, mothers[0]),
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
    found = [(section.id, section.label) for section in sections]
    found += [(group.id, group.label) for group in links.groups if group.is_tree]
    if any(not group.is_tree for group in links.groups):
        found.append(("section.entrants", "Ce qui pointe ici"))
    if findings:
        found.append(("section.controle", "Contrôle"))
    return tuple(Link(f"#{name}", label) for name, label in found) if len(found) > 4 else ()
