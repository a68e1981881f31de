"""The catalogue: DCAT and VoID that agree with the files and the graph they describe."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, SH, VOID, Graph, Literal, URIRef

from rncp_ld.publish.linksets import TARGETS
from rncp_ld.rdf.terms import Triple

B = "https://w3id.org/rncp/"
DATASET = URIRef(f"{B}dataset")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def catalogue(real_build: Path) -> Graph:
    return Graph().parse(real_build / "site" / "catalog.ttl", format="turtle")


def test_void_stands_at_its_well_known_place(real_build: Path) -> None:
    site = real_build / "site"
    assert (site / ".well-known" / "void").read_bytes() == (site / "dataset.ttl").read_bytes()


def test_each_dump_is_a_distribution_with_its_count(catalogue: Graph, real_build: Path) -> None:
    dumps = real_build / "site" / "dumps"
    urls = {str(url) for url in catalogue.objects(None, DCAT.downloadURL)}
    assert urls == {f"{B}dumps/{path.name}" for path in dumps.glob("*.gz")}
    (whole,) = catalogue.subjects(DCAT.downloadURL, URIRef(f"{B}dumps/rncp.nt.gz"))
    lines = gzip.decompress((dumps / "rncp.nt.gz").read_bytes()).count(b"\n")
    assert [count.toPython() for count in catalogue.objects(whole, VOID.triples) if isinstance(count, Literal)] == [
        lines
    ]
    for distribution in catalogue.subjects(RDF.type, DCAT.Distribution):
        assert len(list(catalogue.objects(distribution, DCTERMS.license))) == 1
        assert len(list(catalogue.objects(distribution, DCAT.mediaType))) == 1


def test_each_source_has_its_name_date_and_checksum_and_not_its_path(
    catalogue: Graph, exports: tuple[Path, ...], project: Path
) -> None:
    seed = project / "data" / "fiches" / "rncp2383.txt"
    expected = {
        (path.name, "2026-08-16" if path in exports else None, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in (*exports, seed)
    }
    found = set()
    for source in catalogue.objects(DATASET, PROV.wasDerivedFrom):
        (name,) = catalogue.objects(source, DCTERMS.title)
        (checksum,) = catalogue.objects(source, SPDX.checksum)
        (digest,) = catalogue.objects(checksum, SPDX.checksumValue)
        issued = catalogue.value(source, DCTERMS.issued)
        found.add((str(name), None if issued is None else str(issued), str(digest).lower()))
    assert found == expected
    assert str(project) not in catalogue.serialize(format="nt")
    assert catalogue.value(DATASET, DCTERMS.modified) == Literal("2026-08-16", datatype=rdflib.XSD.date)


def test_the_counts_are_those_of_the_graph(catalogue: Graph, real_graph: list[Triple]) -> None:
    assert catalogue.value(DATASET, VOID.triples) == Literal(len(real_graph))
    pages = {s.partition("#")[0].removesuffix(">") for s, _, _ in real_graph if s.startswith(f"<{B}")}
    assert catalogue.value(DATASET, VOID.documents) == Literal(len(pages))
    classes = Counter(o[1:-1] for _, p, o in real_graph if p == f"<{RDF.type}>")
    stated = {
        str(catalogue.value(part, VOID["class"])): int(str(catalogue.value(part, VOID.entities)))
        for part in catalogue.objects(DATASET, VOID.classPartition)
    }
    assert stated == dict(classes)
    assert stated[f"{B}def#Certification"] == 16
    properties = Counter(p[1:-1] for _, p, _ in real_graph)
    stated = {
        str(catalogue.value(part, VOID.property)): int(str(catalogue.value(part, VOID.triples)))
        for part in catalogue.objects(DATASET, VOID.propertyPartition)
    }
    assert stated == dict(properties)


def test_the_vocabularies_are_those_that_are_used(catalogue: Graph) -> None:
    used = {str(one) for one in catalogue.objects(DATASET, VOID.vocabulary)}
    assert {f"{B}def#", "http://www.w3.org/2004/02/skos/core#", "http://data.europa.eu/eli/ontology#"} <= used
    assert "http://www.w3.org/ns/dcat#" not in used


def test_link_sets_count_links_to_other_data(catalogue: Graph, real_graph: list[Triple]) -> None:
    """Vocabularies whose terms are used, and web pages of schools, are no other data."""
    spaces = {
        str(catalogue.value(catalogue.value(part, VOID.objectsTarget), VOID.uriSpace)): int(
            str(catalogue.value(part, VOID.triples))
        )
        for part in catalogue.objects(DATASET, VOID.subset)
    }
    assert spaces == {space: sum(o.startswith(f"<{space}") for _, _, o in real_graph) for space in TARGETS}
    assert spaces["https://www.francecompetences.fr/recherche/"] == 16
    vocabularies = {str(one) for one in catalogue.objects(DATASET, VOID.vocabulary)}
    assert not [space for space in spaces if space.startswith(tuple(vocabularies))]
    assert all(catalogue.value(other, DCTERMS.title) for other in catalogue.objects(None, VOID.objectsTarget))


def test_the_pattern_of_iris_matches_ours_alone(catalogue: Graph, real_graph: list[Triple]) -> None:
    pattern = re.compile(str(catalogue.value(DATASET, VOID.uriRegexPattern)))
    assert {bool(pattern.match(s[1:-1])) for s, _, _ in real_graph if s.startswith(f"<{B}")} == {True}
    assert not pattern.match("https://w3idxorg/rncp/certification/RNCP1")


@pytest.mark.parametrize("name", ["catalog.ttl", "dataset.ttl"])
def test_publishers_are_resources(name: str, real_build: Path, real_graph: list[Triple]) -> None:
    """dcterms:publisher has the range dcterms:Agent."""
    described = Graph().parse(real_build / "site" / name, format="turtle")
    publishers = set(described.objects(None, DCTERMS.publisher))
    assert publishers
    assert all((publisher, RDF.type, FOAF.Agent) in described for publisher in publishers)
    ontology = f"<{B}def>"
    named = {o for s, p, o in real_graph if p == f"<{DCTERMS.publisher}>" and s != ontology}
    agents = {s for s, p, o in real_graph if p == f"<{RDF.type}>" and o == f"<{FOAF.Agent}>"}
    assert named == agents != set()


def test_the_catalogue_is_dcat_ap(catalogue: Graph, shared: Path) -> None:
    """DCAT-AP 3.0.1; what the catalogue only names (media types, licences) is described elsewhere."""
    shapes = Graph().parse(shared / "vocab" / "dcatap" / "dcat-ap-3.0.1-shapes.ttl")
    _, found, text = pyshacl.validate(catalogue, shacl_graph=shapes)
    assert isinstance(found, Graph)
    results = {
        (str(found.value(one, SH.resultPath)), str(found.value(one, SH.sourceConstraintComponent)).rpartition("#")[2])
        for one in found.subjects(SH.resultSeverity, SH.Violation)
    }
    assert results == set(), text


def test_no_node_is_blank(catalogue: Graph) -> None:
    assert not [node for triple in catalogue for node in triple if isinstance(node, rdflib.BNode)]
