"""Every constraint of the shapes is tripped by a file that names it; without the constraint, that file's test fails."""

from __future__ import annotations

import pytest
from rdflib import SH, Graph, URIRef

from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.validation.check import check_graph
from rncp_ld.validation.finding import Finding
from rncp_ld.validation.shapes import Shapes, load_shapes, make_shapes
from tests.shapes.cases import CASES, CLOSURE, LOCAL, Case, by_case, faults, members, triples_of
from tests.shapes.plain import shapes_triples

PARAMETERS: dict[str, URIRef] = {
    name: SH[name]
    for name in (
        "minCount", "maxCount", "datatype", "nodeKind", "class", "pattern", "languageIn", "uniqueLang", "minLength", "maxLength",
        "minInclusive", "maxInclusive", "lessThanOrEquals", "disjoint", "in", "or", "sparql",
    )
}  # fmt: skip
"""The SHACL parameters that constrain; the component of each is its name and `ConstraintComponent`."""


def component(name: str) -> str:
    special = {"sparql": "SPARQL"}
    return f"{SH}{special.get(name, name[0].upper() + name[1:])}ConstraintComponent"


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture(scope="module")
def found(shapes: Shapes) -> dict[str, list[Finding]]:
    return by_case(check_graph(triples_of(LOCAL), shapes))


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case.name)
def test_file_trips_its_shape(case: Case, found: dict[str, list[Finding]]) -> None:
    assert faults(case, found.get(case.name, [])) == []


def test_closure_file_trips_the_closure(shapes: Shapes) -> None:
    (case,) = (case for case in CASES if case.name.startswith(CLOSURE))
    assert faults(case, check_graph(case.triples(), shapes)) == []


def test_file_is_named_by_its_shape() -> None:
    assert [case.name for case in CASES if case.name.partition("--")[0] != case.shape.partition("#")[2]] == []


def constraints_of(graph: Graph) -> set[tuple[str, str]]:
    """Return (shape, component) for everything that may fire."""
    return {
        (str(shape), component(name))
        for name, parameter in PARAMETERS.items()
        for shape in set(graph.subjects(parameter)) - members(graph)
    }


def test_every_constraint_has_a_file(shapes: Shapes) -> None:
    covered = {(case.shape, constraint) for case in CASES for constraint in case.constraints}
    assert constraints_of(shapes.graph) - covered == set()
    assert covered - constraints_of(shapes.graph) == set()


def test_no_constraint_is_of_a_kind_unknown_here(shapes: Shapes) -> None:
    remarks = {"targetClass", "targetNode", "targetSubjectsOf", "property", "path", "name", "message", "severity", "group",
               "order", "hasValue", "declare", "prefix", "namespace", "prefixes", "select"}  # fmt: skip
    used = {str(p).removeprefix(str(SH)) for p in shapes.graph.predicates() if str(p).startswith(str(SH))}
    assert used - remarks == set(PARAMETERS)


@pytest.mark.parametrize("name", PARAMETERS)
def test_planted_fault_without_the_constraint_its_files_fail(name: str, shapes: Shapes) -> None:
    spared = {f"<{shape}>" for shape in members(shapes.graph)}
    written = shapes_triples()
    kept = [t for t in written if t[1] != f"<{PARAMETERS[name]}>" or t[0] in spared]
    assert kept != written
    less = make_shapes(kept, DEFAULT_BASE, shapes.declared)
    cases = [case for case in LOCAL if component(name) in case.constraints]
    assert cases
    found = by_case(check_graph(triples_of(cases), less))
    assert [case.name for case in cases if not faults(case, found.get(case.name, []))] == []
