"""The ontology's files hold the ontology: every term with its alignments, in the order in which it is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDFS, URIRef

from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple, line
from tests.sites import read_html

B = "https://w3id.org/rncp/"
DEF, VERSION = f"{B}def", f"{B}def-1.0.0"


@pytest.fixture(scope="module")
def ontology(real_graph: list[Triple]) -> set[Triple]:
    """What the dump says of the ontology and its terms."""
    return {triple for triple in real_graph if document_of(triple[0]) == f"<{DEF}>"}


def about_file(path: str) -> set[Triple]:
    return {
        (f"<{B}{path}>", f"<{DCTERMS.license}>", "<https://www.etalab.gouv.fr/licence-ouverte-open-licence/>"),
        (f"<{B}{path}>", f"<{DCTERMS.source}>", f"<{B}dataset>"),
    }


def test_def_ttl_holds_what_the_dump_says_and_two_triples_of_its_own(real_build: Path, ontology: set[Triple]) -> None:
    found = set(parse_turtle((real_build / "site" / "def.ttl").read_text(encoding="utf-8")))
    assert found == ontology | about_file("def.ttl")


def test_def_jsonld_says_the_same(real_build: Path, ontology: set[Triple]) -> None:
    found = set(rdflib.Graph().parse(real_build / "site" / "def.jsonld", format="json-ld"))
    triples = ontology | about_file("def.jsonld")
    assert found == set(rdflib.Graph().parse(data="".join(line(one) for one in triples), format="nt"))


def test_alignments_are_among_them(ontology: set[Triple]) -> None:
    certification = f"<{DEF}#Certification>"
    above = {o for s, p, o in ontology if s == certification and p == f"<{RDFS.subClassOf}>"}
    assert "<https://schema.org/EducationalOccupationalCredential>" in above


def test_the_ontology_stands_first_then_its_classes_then_its_properties(real_build: Path) -> None:
    for path in ("def", "def-1.0.0"):
        text = (real_build / "site" / f"{path}.ttl").read_text(encoding="utf-8")
        blocks = text.split("\n\n")[1:]
        subjects = [block.split(" ", 1)[0] for block in blocks]
        ours = [one for one in subjects if one.startswith("rncp:")]
        assert subjects[0] == f"<{DEF}>"
        assert subjects[1:-1][: len(ours)] == ours, path
        assert ours == sorted(ours, key="{}>".format)
        classes = [one for one in ours if one[5].isupper()]
        assert ours[: len(classes)] == classes
        assert "elm:Qualification" in text
        assert all(re.match(r"\S+ (a |dcterms:)", block) for block in blocks), path


def test_the_version_is_a_copy_of_the_ontology_that_says_what_it_is(
    real_build: Path, real_graph: list[Triple], ontology: set[Triple]
) -> None:
    found = set(parse_turtle((real_build / "site" / "def-1.0.0.ttl").read_text(encoding="utf-8")))
    own = {triple for triple in real_graph if triple[0] == f"<{VERSION}>"}
    assert (f"<{VERSION}>", f"<{DCTERMS.isVersionOf}>", f"<{DEF}>") in own
    assert found == ontology | own | about_file("def-1.0.0.ttl")
    graph = rdflib.Graph().parse(real_build / "site" / "def-1.0.0.jsonld", format="json-ld")
    assert len(graph) == len(found)
    assert (URIRef(DEF), OWL.versionIRI, URIRef(VERSION)) in graph


def test_each_page_offers_its_own_files_and_leads_to_the_other(real_build: Path) -> None:
    for path, other in (("def", "def-1.0.0"), ("def-1.0.0", "def")):
        page = read_html(real_build / "site" / f"{path}.html")
        assert f'<link rel="canonical" href="{B}{path}">' in page.raw
        assert {f"{path}.ttl", f"{path}.jsonld", f"{other}.html"} <= set(page.hrefs)
        assert "Certification" in page.ids
