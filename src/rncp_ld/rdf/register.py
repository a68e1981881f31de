"""The linked register to triples: everything that fiches share, and what the link stage adds to each certification."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.register import Register
from rncp_ld.rdf.act import map_act, map_article, map_code
from rncp_ld.rdf.certification_links import map_certification_links, map_undescribed
from rncp_ld.rdf.concept import map_concept
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.organisation import map_organisations
from rncp_ld.rdf.terms import Triple


def map_register(register: Register, iris: Iris) -> Iterator[Triple]:
    """Map concepts, acts, codes, articles, certifications, codes without description, then organisations."""
    for concept in register.concepts:
        yield from map_concept(concept, iris)
    for act in register.acts:
        yield from map_act(act, iris)
    for code in register.codes:
        yield from map_code(code, iris)
    for article in register.articles:
        yield from map_article(article, iris)
    for links in register.certifications:
        yield from map_certification_links(links, iris)
    for one in register.undescribed:
        yield from map_undescribed(one, iris)
    yield from map_organisations(register.organisations, iris)
