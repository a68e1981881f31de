"""What the ontology borrows exists: every external IRI is looked up in the stored copies of its vocabulary.

Terms of owl, rdf, rdfs, skos, dcterms, xsd, foaf and vann are checked against the lists that rdflib carries, the others against
the files beside the project; those tests are skipped where the files are absent.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rdflib import FOAF, OWL, RDF, RDFS, SKOS, VANN, XSD, Graph, URIRef
from rdflib.namespace import DCTERMS, DefinedNamespace

from rncp_ld.resources import DEFAULT_BASE, files, folder

LISTED: tuple[type[DefinedNamespace], ...] = (OWL, RDF, RDFS, SKOS, DCTERMS, XSD, FOAF, VANN)
FILES = ("elm/ELM.ttl", "schema/schemaorg-30.0-all-https.ttl", "w3c/org.ttl", "w3c/prov-o.ttl")
ELI = "http://data.europa.eu/eli/ontology#"
CTDL = "https://purl.org/ctdl/terms/"
DOCUMENTS = (
    "http://publications.europa.eu/resource/authority/country/",  # the model's `Territory` is the check there
    "https://www.etalab.gouv.fr/",
    "https://www.data.gouv.fr/",
    # sites of those who publish nomenclatures
    "https://www.francecompetences.fr/",
    "https://www.francetravail.fr/",
    "https://www.insee.fr/",
    "https://www.centre-inffo.fr/",
    "https://travail-emploi.gouv.fr/",
    "http://www.cncp.gouv.fr/",
)
"""Addresses of documents and authority tables: no terms of a vocabulary."""


@pytest.fixture(scope="module")
def ours() -> Graph:
    graph = Graph()
    for path in (*files("ontology", "*.ttl"), *files("ontology", "schemes/*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(folder("ontology") / "alignments.ttl")


@pytest.fixture(scope="session")
def vocabularies(shared: Path) -> Graph:
    """ELM, schema.org, ORG and PROV-O in one graph."""
    graph = Graph()
    for name in FILES:
        graph.parse(shared / "vocab" / name)
    return graph


@pytest.fixture(scope="session")
def known(shared: Path, vocabularies: Graph) -> set[str]:
    """Every IRI that the stored copies describe."""
    vocab = shared / "vocab"
    iris = {str(s) for s in vocabularies.subjects()}
    ctdl = json.loads((vocab / "ctdl" / "CTDL.json").read_text(encoding="utf-8"))
    iris |= {CTDL + str(entry["@id"]).removeprefix("ceterms:") for entry in ctdl["@graph"]}
    eli = (vocab / "eli_terms.txt").read_text(encoding="utf-8")
    iris |= {ELI + word for line in eli.splitlines() if not line.startswith("#") for word in line.split()}
    for name in ("eqf.xsd", "nqf.xsd"):
        iris |= set(re.findall(r'enumeration value="([^"]+)"', (vocab / "elm" / name).read_text(encoding="utf-8")))
    return iris


def external(graph: Graph) -> set[str]:
    """Return the IRIs of a graph that are neither ours nor addresses of documents."""
    nodes = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    return {iri for iri in nodes if not iri.startswith((DEFAULT_BASE, *DOCUMENTS))}


def listed(iri: str) -> bool | None:
    """Tell whether rdflib's list of a namespace has the term; None where it has no such list."""
    for namespace in LISTED:
        if iri.startswith(str(namespace)):
            return URIRef(iri) in namespace
    return None


def test_terms_of_the_core_vocabularies_exist(ours: Graph) -> None:
    assert {iri for iri in external(ours) if listed(iri) is False} == set()


def test_every_other_external_iri_exists(ours: Graph, known: set[str]) -> None:
    assert {iri for iri in external(ours) if listed(iri) is None} - known == set()


@pytest.mark.parametrize(
    "invented",
    [
        "http://www.w3.org/2002/07/owl#subClassOf",  # stands in published ontologies all the same
        "http://www.w3.org/2004/02/skos/core#preflabel",
        "http://purl.org/dc/terms/License",
        "http://data.europa.eu/snb/model/elm/awardedQualification",
        "http://data.europa.eu/eli/ontology#date_signature",
        "https://schema.org/EducationalCredential",
        "https://purl.org/ctdl/terms/replacedBy",
        "http://data.europa.eu/snb/eqf/9",
    ],
)
def test_an_invented_term_is_found(known: set[str], invented: str) -> None:
    graph = Graph().add((URIRef(f"{DEFAULT_BASE}def#code"), RDFS.seeAlso, URIRef(invented)))
    assert invented in {
        iri for iri in external(graph) if listed(iri) is False or (not listed(iri) and iri not in known)
    }


def test_only_our_terms_are_aligned(alignments: Graph, ours: Graph) -> None:
    aligned = set(alignments.subjects(RDFS.seeAlso)) | set(alignments.subjects(RDFS.subClassOf))
    aligned |= set(alignments.subjects(RDFS.subPropertyOf))
    assert all(str(s).startswith(f"{DEFAULT_BASE}def#") and (s, RDFS.isDefinedBy, None) in ours for s in aligned)
    assert not [
        p for p in alignments.predicates() if str(p).startswith(str(SKOS)) or p in {OWL.sameAs, OWL.equivalentClass}
    ]


def test_super_terms_are_of_the_right_kind(alignments: Graph, ours: Graph, vocabularies: Graph) -> None:
    both = {p: {str(t) for t in vocabularies.subjects(RDF.type, p)} for p in (RDFS.Class, OWL.Class, RDF.Property)}
    for sub, sup in alignments.subject_objects(RDFS.subClassOf):
        assert (sub, RDF.type, OWL.Class) in ours
        assert listed(str(sup)) or str(sup) in both[RDFS.Class] | both[OWL.Class]
    for sub, sup in alignments.subject_objects(RDFS.subPropertyOf):
        assert (sub, RDF.type, OWL.Class) not in ours
        if (sup, RDF.type, OWL.DatatypeProperty) in vocabularies:
            assert (sub, RDF.type, OWL.DatatypeProperty) in ours
        assert (sup, RDF.type, OWL.Class) not in vocabularies


def test_no_super_property_is_symmetric(alignments: Graph, vocabularies: Graph) -> None:
    """ELM declares elm:hasPart symmetric: below it, a bloc would have its certification as a part."""
    symmetric = set(vocabularies.subjects(RDF.type, OWL.SymmetricProperty))
    assert URIRef("http://data.europa.eu/snb/model/elm/hasPart") in symmetric
    assert symmetric & set(alignments.objects(None, RDFS.subPropertyOf)) == set()


def test_every_class_of_others_that_we_use_is_declared(ours: Graph, alignments: Graph) -> None:
    includes = [URIRef(f"https://schema.org/{side}Includes") for side in ("domain", "range")]
    used = {str(o) for p in (RDFS.domain, RDFS.range, *includes, RDFS.subClassOf) for o in ours.objects(None, p)}
    classes = {c for c in used if not c.startswith((DEFAULT_BASE, str(XSD), str(RDF)))}
    assert classes <= {str(s) for s in alignments.subjects(RDF.type, OWL.Class)}
