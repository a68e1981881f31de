"""Loads `shapes/` once, in the form in which pySHACL checks many resources fast.

pySHACL evaluates a property shape that a node shape names (`sh:property`) anew for each focus node, but one that has a
target of its own once for all. Both say the same: the results of `sh:property` are those of the property shape for each
value node, and the value node of a node shape is its focus node
(https://www.w3.org/TR/shacl/#PropertyConstraintComponent). So the property shapes are given the targets of the node
shapes that name them; for sh:or see `conditions`. tests/shapes shows that the findings are equal.

Measured on 200 generated fiches of 287 triples: 3.2 ms a fiche; pySHACL on the same 200 with the shapes as written 38 ms,
and fiche by fiche 119 ms. A chunk of one fiche costs 25 ms, so chunks should have a hundred or more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyshacl.errors import ReportableRuntimeError
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, Graph, URIRef
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

from rncp_ld.errors import CheckError
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.resources import DEFAULT_BASE, files, read_rdf
from rncp_ld.validation.closure import declared_terms
from rncp_ld.validation.conditions import Condition, conditions_of
from rncp_ld.validation.graph import Term, data_graph, iris_of

LOG = logging.getLogger("rncp_ld.validation")
"""Given to pySHACL, which else makes a logger that writes to stderr."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes, ready to check.

    Attributes:
        base: of our IRIs.
        graph: the shapes as they are written.
        prepared: the same for pySHACL, with the targets moved, without the closure shape.
        messages: shape or SPARQL constraint → its message in French and in English.
        targets: classes that some shape targets, as N-Triples text.
        declared: terms that the ontology declares, as N-Triples text.
        terms: IRIs of the shapes, by their N-Triples text.
        conditions: shapes that are checked beside `prepared`.
    """

    base: str
    graph: Graph
    prepared: ShapesGraph
    messages: Mapping[str, tuple[str, str]]
    targets: frozenset[str]
    declared: frozenset[str]
    terms: Mapping[str, Term]
    conditions: tuple[Condition, ...] = ()


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
    conditions = conditions_of(graph)
    apart = {URIRef(f"{base}shapes#Closure"), *(condition.shape for condition in conditions)}
    prepared = ShapesGraph(prepare(graph, apart), logger=LOG)
    targets = frozenset(f"<{cls}>" for cls in graph.objects(None, SH.targetClass))
    if not targets:
        raise CheckError("the shapes graph is empty: pySHACL would call any data conforming")
    try:
        # Reading the shapes is lazy in pySHACL; what is wrong with them must show here.
        _ = prepared.shapes
    except ReportableRuntimeError as error:
        raise CheckError(f"the shapes are broken: {error}") from error
    return Shapes(base, graph, prepared, _messages(graph), targets, declared, iris_of(prepared.graph), conditions)


def prepare(graph: Graph, apart: Iterable[Node] = ()) -> Graph:
    """Return the shapes with the targets of node shapes moved to their property shapes.

    Args:
        graph: the shapes as they are written.
        apart: shapes to leave out, since `closure` and `conditions` do their work.
    """
    moved = Graph(bind_namespaces="none")
    for triple in graph:
        moved.add(triple)
    for node, shape in graph.subject_objects(SH.property):
        for cls in graph.objects(node, SH.targetClass):
            moved.add((shape, SH.targetClass, cls))
            moved.remove((node, SH.property, shape))
    for node in set(graph.subjects(SH.property)):
        if not _parameters(moved, node):
            moved.remove((node, SH.targetClass, None))
    for node in apart:
        moved.remove((node, None, None))
    return moved


_NO_PARAMETERS = frozenset(
    {RDF.type, SH.targetClass, SH.name, SH.message, SH.severity, SH.group, SH.order, SH.description}
)


def _parameters(graph: Graph, node: object) -> set[object]:
    """Return what a shape constrains by: its SHACL predicates that are no target and no remark."""
    return {p for p in graph.predicates(node) if str(p).startswith(str(SH)) and p not in _NO_PARAMETERS}  # type: ignore[arg-type]


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
