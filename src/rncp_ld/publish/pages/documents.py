"""The Turtle and JSON-LD files of a page: exactly what the graph says about it and its parts, and of the file itself its licence and source."""

from __future__ import annotations

from collections.abc import Mapping

from rncp_ld.publish.context import LICENCE
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.jsonld import json_writer
from rncp_ld.rdf.terms import Node, iri
from rncp_ld.rdf.turtle import turtle_writer
from rncp_ld.rdf.vocabulary import PREFIXES

_LICENSE = f"<{PREFIXES['dcterms']}license>"
_SOURCE = f"<{PREFIXES['dcterms']}source>"


def turtle(resource: str, nodes: Mapping[str, Node], source: str, iris: Iris, first: str = "") -> str:
    """Return a page's Turtle; `first` is the subject that it begins with, where that is not the resource itself."""
    return turtle_writer(iris.namespace).write(_with_document(nodes, resource, "ttl", source), first or resource)


def json_ld(resource: str, nodes: Mapping[str, Node], source: str, iris: Iris, first: str = "") -> str:
    """Return a page's JSON-LD; `first` is the subject of the outer object, where that is not the resource itself."""
    return json_writer(iris.namespace).write(_with_document(nodes, resource, "jsonld", source), first or resource)


def _with_document(nodes: Mapping[str, Node], resource: str, suffix: str, source: str) -> Mapping[str, Node]:
    """Add the two triples about a file: its licence, and where it comes from.

    That is the series of sources that a fiche was read from; what fiches share comes from the dataset, which names them all.
    """
    document = f"{resource[:-1]}.{suffix}>"
    return dict(sorted([*nodes.items(), (document, {_LICENSE: [iri(LICENCE)], _SOURCE: [source]})]))
