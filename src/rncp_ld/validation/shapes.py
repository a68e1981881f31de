"""Loads `shapes/` once: as they are written, as pySHACL reads them, and as the prefilter's tests."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.errors import ReportableRuntimeError
from pyshacl.shapes_graph import ShapesGraph
from rdflib import SH, Graph, URIRef
from rdflib.plugins.sparql.parser import parseQuery

from rncp_ld.errors import CheckError
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.resources import DEFAULT_BASE, files, read_rdf
from rncp_ld.validation.closure import declared_terms, is_declared
from rncp_ld.validation.graph import Term, data_graph, iris_of
from rncp_ld.validation.prefilter import Prefilter

LOG = logging.getLogger("rncp_ld.validation")
"""Given to pySHACL, which else makes a logger that writes to stderr."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes, ready to check.

    Attributes:
        base: of our IRIs.
        graph: the shapes as they are written.
        prepared: the same as pySHACL reads them, without the closure shape.
        prefilter: says which resources pySHACL is to look at.
        messages: shape or SPARQL constraint → its message in French and in English.
        targets: classes that some shape targets, as N-Triples text.
        declared: terms that the ontology declares, as N-Triples text.
        terms: IRIs of the shapes, by their N-Triples text.
    """

    base: str
    graph: Graph
    prepared: ShapesGraph
    prefilter: Prefilter
    messages: Mapping[str, tuple[str, str]]
    targets: frozenset[str]
    declared: frozenset[str]
    terms: Mapping[str, Term]


def load_shapes(base: str = DEFAULT_BASE) -> Shapes:
    """Load the shapes and the ontology's terms, with their IRIs under `base`.

    Raises:
        CheckError: no shape is there, or the shapes are broken.
    """
    triples = [triple for path in files("shapes", "*.ttl") for triple in parse_turtle(read_rdf(path, base))]
    return make_shapes(triples, base, declared_terms(base))


def make_shapes(triples: list[Triple], base: str, declared: frozenset[str]) -> Shapes:
    """Make shapes of the triples of a shapes graph.

    Raises:
        CheckError: the graph holds no shape with a target, or a broken one.
    """
    graph = data_graph(triples)
    _require_whole(graph)
    targets = frozenset(f"<{cls}>" for cls in graph.objects(None, SH.targetClass))
    if not targets:
        raise CheckError("the shapes graph is empty: pySHACL would call any data conforming")
    mutable = Graph(bind_namespaces="none")
    for triple in graph:
        # `closure` does its work.
        if triple[0] != URIRef(f"{base}shapes#Closure"):
            mutable.add(triple)
    try:
        prepared = ShapesGraph(mutable, logger=LOG)
        _require_readable(prepared)
        prefilter = Prefilter(prepared, is_declared(base, declared))
    except (ReportableRuntimeError, re.error) as error:
        raise CheckError(f"the shapes are broken: {error}") from error
    return Shapes(base, graph, prepared, prefilter, _messages(graph), targets, declared, iris_of(graph))


def _require_readable(shapes: ShapesGraph) -> None:
    """Have pySHACL read all constraints now: it reads them when it looks at a focus node, which may be never."""
    for shape in shapes.shapes:
        for parameter in {*shapes.graph.predicates(shape.node)} & CONSTRAINT_PARAMETERS_MAP.keys():
            CONSTRAINT_PARAMETERS_MAP[parameter](shape)


def _require_whole(graph: Graph) -> None:
    """Refuse what pySHACL passes over in silence: property shapes that are named and not there, unreadable queries."""
    for node, shape in graph.subject_objects(SH.property):
        if graph.value(shape, SH.path) is None:
            raise CheckError(f"the shapes are broken: {node} names {shape}, which is no property shape")
    for node, query in graph.subject_objects(SH.select):
        try:
            parseQuery(str(query))
        except Exception as error:  # what rdflib's parser raises belongs to a library below it
            raise CheckError(f"the shapes are broken: the query of {node} cannot be read: {error}") from error


def _messages(graph: Graph) -> Mapping[str, tuple[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node, message in graph.subject_objects(SH.message):
        found.setdefault(str(node), {})[getattr(message, "language", None) or ""] = str(message)
    return {node: (texts.get("fr", ""), texts.get("en", "")) for node, texts in found.items()}
