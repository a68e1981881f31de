"""The catalogue: DCAT and VoID that agree with the files and the graph they describe."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, PROV, RDF, VOID, Graph, Literal, URIRef

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
    pages = {s.partition("#")[0].removesuffix(">") for s, _, _ in real_graph}
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


def test_link_sets_count_links_to_other_places(catalogue: Graph) -> None:
    spaces = {
        str(catalogue.value(catalogue.value(part, VOID.objectsTarget), VOID.uriSpace)): int(
            str(catalogue.value(part, VOID.triples))
        )
        for part in catalogue.objects(DATASET, VOID.subset)
    }
    assert spaces["https://www.francecompetences.fr/"] == 16
    assert all(space[-1] == "/" for space in spaces)


def test_no_node_is_blank(catalogue: Graph) -> None:
    assert not [node for triple in catalogue for node in triple if isinstance(node, rdflib.BNode)]
