"""Maps what the link stage adds to a certification: inverses, shortcuts, resolved mentions; and codes without description."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.legal import LegalRole, Resolution
from rncp_ld.model.register import CertificationLinks, MentionLink, Undescribed, UndescribedKind
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, day, french, string
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL

_SHORTCUTS = {LegalRole.CREATION: "creationAct", LegalRole.GENERAL: "generalAct", LegalRole.VAE: "vaeAct"}


def map_certification_links(links: CertificationLinks, iris: Iris) -> Iterator[Triple]:
    """Map the shortcuts that make common queries short; each equals its long path (tests/unit/test_shortcuts.py)."""
    rncp = iris.rncp
    me = iris.certification(links.number)
    for predicate, numbers in (
        (rncp.replaces, links.replaces),
        (rncp.replacedBy, links.replaced_by),
        (rncp.activeSuccessor, links.active_successors),
    ):
        for number in numbers:
            yield me, predicate, iris.certification(number)
    for predicate, routes in ((rncp.openRoute, links.open_routes), (rncp.closedRoute, links.closed_routes)):
        for route in routes:
            yield me, predicate, iris.route(route)
    yield from _legal_shortcuts(links, me, iris)
    if links.valid_from:
        yield me, rncp.validFrom, day(links.valid_from)
    if links.valid_until:
        yield me, rncp.validUntil, day(links.valid_until)
    for mention in links.mentions:
        yield from _mention(mention, links.number, iris)
    for authority in links.authorities:
        part = iris.mention(links.number, "certificateur", authority.verbatim)
        yield part, rncp.resolution, iris.concept("resolution", authority.resolution.value)
        for key in authority.keys:
            yield part, rncp.candidate, iris.organisation(key)


def _legal_shortcuts(links: CertificationLinks, me: str, iris: Iris) -> Iterator[Triple]:
    cited = [
        *((role, iris.act(act)) for role, act in links.acts),
        *((role, iris.article(article)) for role, article in links.articles),
        *((role, iris.code(code)) for role, code in links.codes),
    ]
    for role, resource in cited:
        yield me, getattr(iris.rncp, _SHORTCUTS[role]), resource


def _mention(mention: MentionLink, number: str, iris: Iris) -> Iterator[Triple]:
    rncp = iris.rncp
    me = iris.mention(number, mention.role, mention.verbatim)
    yield me, rncp.resolution, iris.concept("resolution", mention.resolution.value)
    predicate = rncp.refersTo if mention.resolution is Resolution.RESOLVED else rncp.candidate
    for other in mention.numbers:
        yield me, predicate, iris.certification(other)


def map_undescribed(one: Undescribed, iris: Iris) -> Iterator[Triple]:
    """Map a code that sources only name: its code, its label if any, and never the class of what it may be."""
    rncp = iris.rncp
    mint = {
        UndescribedKind.CERTIFICATION: iris.certification,
        UndescribedKind.BLOCK: lambda code: iris.cited_block(code, one.fiche),
        UndescribedKind.NSF: iris.nsf,
        UndescribedKind.ROME: iris.rome,
        UndescribedKind.FORMACODE: iris.formacode,
    }[one.kind]
    me = mint(one.code)
    yield me, RDF_TYPE, rncp.UndescribedResource
    yield me, rncp.code, string(one.code)
    yield me, RDFS_LABEL, french(f"{one.code} {one.label}" if one.label else one.code)
    for predicate, numbers in ((rncp.replaces, one.replaces), (rncp.replacedBy, one.replaced_by)):
        for number in numbers:
            yield me, predicate, iris.certification(number)
    for key in one.candidates:
        yield me, rncp.candidate, iris.block_key(key)
