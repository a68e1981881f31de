"""The closure of the vocabulary: the SHACL shape, for others, and its fast twin, for the build, find the same."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple, line
from rncp_ld.resources import DEFAULT_BASE, files, read_rdf
from rncp_ld.validation.check import check_chunk
from rncp_ld.validation.closure import declared_terms, undeclared_terms
from rncp_ld.validation.graph import index_of
from rncp_ld.validation.shapes import load_shapes
from tests.shapes.cases import CASES, CLOSURE
from tests.shapes.plain import complete

NAMESPACE = f"{DEFAULT_BASE}def#"
SHAPE = URIRef(f"{DEFAULT_BASE}shapes#Closure")


def by_shacl(triples: list[Triple]) -> list[str]:
    """Check the triples together with the ontology, with the one shape."""
    ontology = [t for path in files("ontology", "*.ttl") for t in parse_turtle(read_rdf(path))]
    data = Graph().parse(data="".join(line(t) for t in [*triples, *ontology]), format="nt")
    closure = Graph().parse(data=read_rdf(next(p for p in files("shapes", "closure.ttl"))), format="turtle")
    header = Graph().parse(data=read_rdf(next(p for p in files("shapes", "shapes.ttl"))), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=closure + header)
    assert isinstance(report, Graph)
    results = list(report.subjects(RDF.type, SH.ValidationResult))
    assert {report.value(result, SH.sourceShape) for result in results} <= {SHAPE}
    return sorted(str(report.value(result, SH.value)) for result in results)


CASE = next(case for case in CASES if case.name.startswith(CLOSURE))
UNKNOWN = [f"{NAMESPACE}{name}" for name in ("Certificate", "jobSumary", "nothing")]


@pytest.mark.parametrize(
    ("triples", "expected"),
    [(complete(), []), (parse_turtle(CASE.path.read_text(encoding="utf-8")), UNKNOWN)],
    ids=["declared", "undeclared"],
)
def test_shape_and_twin_agree(triples: list[Triple], expected: list[str]) -> None:
    assert by_shacl(triples) == expected
    assert undeclared_terms(index_of(triples), DEFAULT_BASE, declared_terms(DEFAULT_BASE)) == expected
    # The prefilter leaves out only what is declared.
    found = [f.value for f in check_chunk(triples, load_shapes()).findings if f.shape == str(SHAPE)]
    assert found == expected


def test_a_text_about_the_namespace_is_no_term() -> None:
    triple = ("<a:s>", "<a:p>", f'"<{NAMESPACE}nothing>"')
    assert undeclared_terms(index_of([triple]), DEFAULT_BASE, frozenset()) == []
