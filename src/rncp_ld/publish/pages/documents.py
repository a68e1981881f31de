"""The Turtle and JSON-LD files of a page: exactly what the graph says about it and its parts, and of the file itself its licence and source."""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.publish.context import LICENCE
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import to_jsonld, to_turtle
from rncp_ld.rdf.terms import Triple, iri
from rncp_ld.rdf.vocabulary import PREFIXES

_LICENSE = f"<{PREFIXES['dcterms']}license>"
_SOURCE = f"<{PREFIXES['dcterms']}source>"


def about_document(resource: str, suffix: str, source: str) -> list[Triple]:
    """Return the two triples about a file: its licence, and where it comes from.

    That is the series of sources that a fiche was read from; what fiches share comes from the dataset, which names them all.
    """
    document = f"{resource[:-1]}.{suffix}>"
    return [(document, _LICENSE, iri(LICENCE)), (document, _SOURCE, source)]


def turtle(resource: str, triples: Sequence[Triple], source: str, iris: Iris, first: str = "") -> str:
    """Return a page's Turtle; `first` is the subject that it begins with, where that is not the resource itself."""
    return to_turtle([*triples, *about_document(resource, "ttl", source)], iris.namespace, first or resource)


def json_ld(resource: str, triples: Sequence[Triple], source: str, iris: Iris, first: str = "") -> str:
    """Return a page's JSON-LD; `first` is the subject of the outer object, where that is not the resource itself."""
    return to_jsonld([*triples, *about_document(resource, "jsonld", source)], iris.namespace, first or resource)
