"""The prefilter spares what cannot fail, leaves to pySHACL all that it does not know, and so changes no finding."""

from __future__ import annotations

import pytest
from pyshacl.shape import Shape
from pyshacl.shapes_graph import ShapesGraph
from rdflib import SH

from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.validation import plan, term_tests
from rncp_ld.validation.check import check_chunk
from rncp_ld.validation.graph import index_of
from rncp_ld.validation.shapes import Shapes, load_shapes, make_shapes
from tests.properties.samples import FULL_FICHE
from tests.shapes.cases import LOCAL, members, triples_of
from tests.shapes.plain import as_plain, complete, plain, rdflib_graph

FORMER = f"<{DEFAULT_BASE}def#level1969>"
NAMES = f"""
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <https://example.org/shapes#> .
@prefix rncp: <{DEFAULT_BASE}def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <{SH}> .
"""


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def test_what_conforms_is_not_looked_at(shapes: Shapes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Shape, *_: object, **__: object) -> None:
        raise AssertionError(f"{self} was asked")

    monkeypatch.setattr(Shape, "validate", refuse)
    conforming = [t for t in complete() if t[1] != FORMER]  # the levels are compared by a query
    outcome = check_chunk(conforming, shapes)
    assert outcome.findings == ()
    assert outcome.focus_nodes == len(shapes.targets)
    with pytest.raises(AssertionError, match="was asked"):
        check_chunk([t for t in conforming if not t[1].endswith("/title>")], shapes)


def test_what_is_looked_at_has_results(shapes: Shapes) -> None:
    """Of the files that trip a shape, pySHACL is shown little else."""
    triples = triples_of(LOCAL)
    suspects = shapes.prefilter.suspects(index_of(triples)).nodes
    asked = {(str(shape), node[1:-1]) for shape, nodes in suspects.items() for node in nodes}
    found = {(f.shape, f.focus) for f in check_chunk(triples, shapes).findings}
    assert found - asked == {(shape, focus) for shape, focus in found if shape.endswith("#Closure")}
    assert len(asked - found) <= len(found) // 50


def test_no_shape_of_ours_is_unknown_but_the_query(shapes: Shapes) -> None:
    """A shape that the prefilter does not know would cost pySHACL's time for every fiche."""
    asked = shapes.prefilter.suspects(index_of(complete())).nodes
    assert {str(shape).partition("#")[2] for shape in asked} == {"Certification-level-agreement"}
    assert shapes.prefilter.always == ()


LIST = ":L rdf:first :N ; rdf:rest :R . :R rdf:first :M ; rdf:rest rdf:nil ."
OF_CERTIFICATION = ":S a sh:PropertyShape ; sh:targetClass rncp:Certification ; sh:path"
NO_CODE = ":P a sh:PropertyShape ; sh:path rncp:code ; sh:maxCount 0 ."
UNKNOWN = {
    "parameter": (f"{OF_CERTIFICATION} rncp:code ; sh:not :N . :N a sh:NodeShape ; sh:minLength 1 .", True),
    "flags": (f'{OF_CERTIFICATION} rncp:code ; sh:pattern "^rncp" ; sh:flags "i" .', False),
    "flags that do not help": (f'{OF_CERTIFICATION} rncp:code ; sh:pattern "^rs" ; sh:flags "i" .', True),
    "count of 2": (f"{OF_CERTIFICATION} rncp:code ; sh:minCount 2 .", True),
    "value of a parameter": (f"{OF_CERTIFICATION} rncp:rome ; sh:nodeKind sh:BlankNodeOrLiteral .", True),
    "nested shape": (f"{OF_CERTIFICATION} rncp:hasBlock ; sh:property :P . {NO_CODE}", True),
    "path that describes itself": (
        f"{OF_CERTIFICATION} :path ; sh:minCount 1 . :path sh:inversePath rncp:hasBlock .",
        True,
    ),
    "parameter of a node shape": (
        f":S a sh:NodeShape ; sh:targetClass rncp:Certification ; sh:closed true ; sh:property :P . {NO_CODE}",
        True,
    ),
    "list of node shapes": (
        f"""{LIST} :S a sh:NodeShape ; sh:targetClass rncp:Fiche ; sh:or :L .
        :N a sh:NodeShape ; sh:nodeKind sh:Literal . :M a sh:NodeShape ; sh:minLength 1000 .""",
        True,
    ),
    "parameter of a member": (
        f"""{LIST} :S a sh:NodeShape ; sh:targetClass rncp:Certification ; sh:or :L .
        :N a sh:PropertyShape ; sh:path rncp:code ; sh:pattern "^rncp" ; sh:flags "i" . :M a sh:NodeShape ; sh:minLength 1000 .""",
        False,
    ),
    "target node": (f":P sh:targetNode <{DEFAULT_BASE}certification/RNCP1> . {NO_CODE}", True),
    "target objects": (f":P sh:targetObjectsOf rncp:hasBlock . {NO_CODE}", True),
    "target node beside a node shape": (
        f""":S a sh:NodeShape ; sh:targetClass rncp:CompetenceBlock ; sh:property :P . {NO_CODE}
        :P sh:targetNode <{DEFAULT_BASE}certification/RNCP1> .""",
        True,
    ),
    "class that is a shape": (f"rncp:Certification a sh:NodeShape , rdfs:Class ; sh:property :P . {NO_CODE}", True),
    "deactivated": (
        f":S a sh:NodeShape ; sh:deactivated true ; sh:targetClass rncp:Certification ; sh:property :P . {NO_CODE}",
        False,
    ),
    "two targets": (":P sh:targetClass rncp:Fiche ; sh:targetSubjectsOf rncp:code . " + NO_CODE, True),
}
"""What the tables do not know, and whether pySHACL finds something with it in `sample`."""


def sample() -> list[Triple]:
    return [*complete(), *map_fiche(FULL_FICHE, Iris())]


@pytest.mark.parametrize(("text", "has_results"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_is_left_to_pyshacl(text: str, has_results: bool) -> None:
    triples = parse_turtle(f"{NAMES} {text} :T a sh:PropertyShape ; sh:targetClass rncp:Fiche ; sh:path rncp:nothing .")
    found = as_plain(check_chunk(sample(), make_shapes(triples, DEFAULT_BASE, frozenset())).findings)
    assert found == plain(sample(), ShapesGraph(rdflib_graph(triples)))
    assert bool(found) == has_results


def test_instances_of_a_subclass_are_focus_nodes(shapes: Shapes) -> None:
    certification = f"<{DEFAULT_BASE}def#Certification>"
    subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    triples = [
        ("<x:1>", RDF_TYPE, "<x:Sub>"),
        ("<x:Sub>", subclass, "<x:Middle>"),
        ("<x:Middle>", subclass, certification),
        ("<x:Middle>", subclass, "<x:Sub>"),
    ]
    outcome = check_chunk(triples, shapes)
    assert outcome.focus_nodes == 1
    assert as_plain(outcome.findings) == plain(triples) != set()


def test_a_term_that_is_not_declared_is_found_in_every_chunk(shapes: Shapes) -> None:
    nothing = f"<{DEFAULT_BASE}def#nothing>"
    for triple in (("<x:1>", nothing, '"a"'), ("<x:1>", "<x:p>", nothing)):
        for _ in range(2):
            assert [f.value for f in check_chunk([triple], shapes).findings] == [nothing[1:-1]]


def test_what_is_remembered_is_bounded(shapes: Shapes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "_REMEMBERED", 3)
    triples = triples_of(LOCAL)
    assert check_chunk(triples, load_shapes()) == check_chunk(triples, shapes)


SURE = ("nodeKind", "datatype", "languageIn", "in", "pattern", "maxLength", "minInclusive", "maxInclusive")


@pytest.mark.parametrize("parameter", SURE)
def test_planted_fault_a_test_that_is_always_sure_loses_findings(
    parameter: str, shapes: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    always = {**term_tests.VALUE_TESTS, SH[parameter]: lambda _graph, _value: lambda _text: True}
    monkeypatch.setattr("rncp_ld.validation.shape_tests.VALUE_TESTS", always)
    triples = triples_of(LOCAL)
    assert set(check_chunk(triples, load_shapes()).findings) < set(check_chunk(triples, shapes).findings)


def test_members_of_a_list_report_nothing(shapes: Shapes) -> None:
    asked = shapes.prefilter.suspects(index_of(triples_of(LOCAL))).nodes
    assert set(asked).isdisjoint(members(shapes.graph))
