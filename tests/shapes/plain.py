"""What pySHACL finds by itself, with the shapes as they are written: what the faster check is compared with."""

from __future__ import annotations

from pathlib import Path

import pyshacl
from rdflib import RDF, SH, Graph, URIRef

from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple, line
from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.validation.finding import Finding
from rncp_ld.validation.shapes import load_shapes

COMPLETE = Path(__file__).parent / "valid" / "complete.ttl"


def complete() -> list[Triple]:
    return parse_turtle(COMPLETE.read_text(encoding="utf-8"))


def plain(triples: list[Triple]) -> set[tuple[str, ...]]:
    """Return what pySHACL finds with the shapes as they are written, without the closure."""
    written = Graph()
    for triple in load_shapes().graph:
        written.add(triple)
    written.remove((URIRef(f"{DEFAULT_BASE}shapes#Closure"), None, None))
    data = Graph().parse(data="".join(line(t) for t in triples), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=written)
    assert isinstance(report, Graph)
    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
    return {
        tuple(str(report.value(result, key)) for key in keys)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def as_plain(findings: list[Finding]) -> set[tuple[str, ...]]:
    return {
        (f.focus, str(f.path), str(f.value), f.shape, f.constraint, f"{SH}{f.severity.value.capitalize()}")
        for f in findings
    }
