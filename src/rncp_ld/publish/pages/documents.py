"""The Turtle and JSON-LD files of a page: exactly what the graph says about it and its parts, and of the file itself its licence and source."""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.publish.context import LICENCE
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import to_jsonld, to_turtle
from rncp_ld.rdf.terms import Triple, iri
from rncp_ld.rdf.vocabulary import DERIVED_FROM, PREFIXES

_LICENSE = f"<{PREFIXES['dcterms']}license>"
_SOURCE = f"<{PREFIXES['dcterms']}source>"


def about_document(resource: str, suffix: str, triples: Sequence[Triple], iris: Iris) -> list[Triple]:
    """Return the two triples about a file: its licence, and where it comes from.

    That is the series of sources where the page says it; what fiches share comes from the dataset, which names them all.
    """
    document = f"{resource[:-1]}.{suffix}>"
    source = min((o for _, p, o in triples if p == DERIVED_FROM), default=iris.path("dataset"))
    return [(document, _LICENSE, iri(LICENCE)), (document, _SOURCE, source)]


def turtle(resource: str, triples: Sequence[Triple], iris: Iris) -> str:
    """Return a page's Turtle."""
    return to_turtle([*triples, *about_document(resource, "ttl", triples, iris)], iris.namespace, resource)


def json_ld(resource: str, triples: Sequence[Triple], iris: Iris) -> str:
    """Return a page's JSON-LD."""
    return to_jsonld([*triples, *about_document(resource, "jsonld", triples, iris)], iris.namespace, resource)
