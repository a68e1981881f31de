"""What pySHACL finds by itself, with the shapes as they are written: what the faster check is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import RDF, SH, Graph, URIRef

from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.resources import DEFAULT_BASE, files, read_rdf
from rncp_ld.validation.finding import Finding
from rncp_ld.validation.graph import parse_term

COMPLETE = Path(__file__).parent / "valid" / "complete.ttl"
CLOSURE = f"{DEFAULT_BASE}shapes#Closure"


def complete() -> list[Triple]:
    return parse_turtle(COMPLETE.read_text(encoding="utf-8"))


def shapes_triples() -> list[Triple]:
    """Return the shapes as they are written."""
    return [triple for path in files("shapes", "*.ttl") for triple in parse_turtle(read_rdf(path))]


def rdflib_graph(triples: Iterable[Triple]) -> Graph:
    """Return a graph of rdflib's own; literals keep their lexical form, which rdflib's parser would change."""
    graph = Graph(bind_namespaces="none")
    for subject, predicate, value in triples:
        graph.add((parse_term(subject), parse_term(predicate), parse_term(value)))
    return graph


@cache
def _written() -> ShapesGraph:
    graph = rdflib_graph(shapes_triples())
    graph.remove((URIRef(CLOSURE), None, None))
    return ShapesGraph(graph)


def plain(triples: Iterable[Triple], shapes: ShapesGraph | None = None) -> set[tuple[str, ...]]:
    """Return what pySHACL finds, by default with the shapes as they are written, without the closure."""
    shapes = shapes or _written()
    validator = Validator(DataGraph.from_rdflib(rdflib_graph(triples)), shacl_graph=shapes.graph)
    validator.shacl_graph = shapes  # read once
    _, report, _ = validator.run()  # type: ignore[no-untyped-call]  # pySHACL's
    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
    return {
        tuple(str(report.value(result, key)) for key in keys)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def as_plain(findings: Iterable[Finding]) -> set[tuple[str, ...]]:
    return {
        (f.focus, str(f.path), str(f.value), f.shape, f.constraint, f"{SH}{f.severity.value.capitalize()}")
        for f in findings
        if f.shape != CLOSURE
    }
