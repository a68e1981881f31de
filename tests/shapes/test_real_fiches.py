"""Real fiches: every shape looks at something in them, and the check agrees with plain pySHACL about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF

from rncp_ld.diagnostics import Severity
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.register import link
from rncp_ld.pipeline import shipped_nomenclature
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.resources import DEFAULT_BASE, files, read_rdf
from rncp_ld.sources.reading import read_sources
from rncp_ld.validation.check import check_graph
from rncp_ld.validation.finding import Finding
from rncp_ld.validation.shapes import Shapes, load_shapes
from tests.shapes.plain import as_plain, plain

ELSEWHERE = {
    f"<{DEFAULT_BASE}def#Withdrawn>": "tombstones are made from the ledger of earlier builds",
    "<http://www.w3.org/ns/org#Organization>": "all certifiers and partners of these 16 fiches have a SIRET",
}
"""Target classes that no fiche has, and why."""


@pytest.fixture(scope="module")
def triples(shared: Path, project: Path) -> list[Triple]:
    """The linked graph of the 15 fiches of the export and the seed, with our small schemes."""
    iris = Iris()
    readings = list(read_sources([str(shared / "data" / "export"), str(project / "data" / "fiches")]))
    fiches = [(reading, reading.fiche) for reading in readings if reading.fiche is not None]
    assert len(fiches) == 16
    register, _ = link([facts_of(reading, fiche) for reading, fiche in fiches], shipped_nomenclature())
    schemes = [t for path in files("ontology", "schemes/*.ttl") for t in parse_turtle(read_rdf(path))]
    return [*(t for _, fiche in fiches for t in map_fiche(fiche, iris)), *map_register(register, iris), *schemes]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture(scope="module")
def findings(triples: list[Triple], shapes: Shapes) -> list[Finding]:
    return check_graph(triples, shapes)


def test_every_shape_has_focus_nodes(triples: list[Triple], shapes: Shapes) -> None:
    types = {value for _, predicate, value in triples if predicate == f"<{RDF.type}>"}
    assert shapes.targets - types == set(ELSEWHERE)


def test_no_real_fiche_is_kept_out(findings: list[Finding]) -> None:
    assert [f for f in findings if f.severity is Severity.VIOLATION] == []


def test_the_truncated_authority_of_the_seed_is_reported(findings: list[Finding]) -> None:
    about = [f for f in findings if f.shape.endswith("#OrganisationMention-isTruncated-whole")]
    assert [f.fiche for f in about] == ["RNCP2383"]


def test_agrees_with_plain_pyshacl(triples: list[Triple], findings: list[Finding]) -> None:
    assert as_plain(findings) == plain(triples)


def test_agrees_with_plain_pyshacl_when_titles_are_missing(triples: list[Triple], shapes: Shapes) -> None:
    untitled = [t for t in triples if not (t[1].endswith("/title>") and "/certification/RS" in t[0])]
    found = check_graph(untitled, shapes)
    assert {f.fiche for f in found if f.severity is Severity.VIOLATION} == {
        "RS5000",
        "RS5568",
        "RS6232",
        "RS6604",
        "RS7423",
        "RS7485",
    }
    assert as_plain(found) == plain(untitled)
