"""The ontology itself: every term is declared, labelled and defined in French and English, and nothing else stands there.

`faults_of` is what holds for `ontology/rncp.ttl`; the planted faults at the end show that each check can fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SDO, SKOS, VANN, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, Namespace
from rdflib.term import Node

from rncp_ld.resources import DEFAULT_BASE, folder

ONTOLOGY = URIRef(f"{DEFAULT_BASE}def")
RNCP = Namespace(f"{DEFAULT_BASE}def#")
RNCP_TTL = folder("ontology") / "rncp.ttl"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
UNWANTED = (OWL.imports, OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs)
DOMAIN_INCLUDES = URIRef("https://schema.org/domainIncludes")
RANGE_INCLUDES = URIRef("https://schema.org/rangeIncludes")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(RNCP_TTL)


def terms_of(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(RNCP)}


def of_kind(graph: Graph, *kinds: URIRef) -> set[URIRef]:
    return {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def name(term: Node) -> str:
    return str(term).removeprefix(RNCP)


def faults_of(graph: Graph) -> list[str]:
    """Return everything that is wrong, as `{rule}: {term}`, sorted."""
    terms = terms_of(graph)
    faults: list[str] = [f"blank node: {s}" for s in graph.all_nodes() if isinstance(s, BNode)]
    faults += [f"unwanted: {p}" for p in UNWANTED for _ in graph.subject_objects(p)]
    faults += [
        f"undeclared: {name(o)}"
        for o in graph.objects()
        if isinstance(o, URIRef) and o.startswith(RNCP) and o not in terms
    ]
    for term in terms:
        faults += [f"{rule}: {name(term)}" for rule in _faults_of_term(graph, term)]
    faults += [f"case: {n}" for kinds in (KINDS[:1], KINDS[1:]) for n in _same_but_case(of_kind(graph, *kinds))]
    for kinds in (KINDS[:1], KINDS[1:]):
        labels = [(str(o), s) for s in of_kind(graph, *kinds) for o in graph.objects(s, RDFS.label) if _lang(o) == "fr"]
        faults += [f"same label: {name(s)}" for text, s in labels if [t for t, _ in labels].count(text) > 1]
    return sorted(set(faults))


def _lang(node: Node) -> str | None:
    return node.language if isinstance(node, Literal) else None


def _faults_of_term(graph: Graph, term: URIRef) -> Iterator[str]:
    kinds = [kind for kind in KINDS if (term, RDF.type, kind) in graph]
    if len(kinds) != 1:
        yield "kind"
    if list(graph.objects(term, RDFS.isDefinedBy)) != [ONTOLOGY]:
        yield "isDefinedBy"
    for rule, predicate in (("label", RDFS.label), ("definition", SKOS.definition), ("example", SKOS.example)):
        if sorted(str(_lang(o)) for o in graph.objects(term, predicate)) != ["en", "fr"]:
            yield rule
    if kinds and kinds[0] is not OWL.Class:
        yield from _faults_of_property(graph, term, kinds[0])
    if any(term in graph.transitive_objects(o, p) for p in _HIERARCHIES for o in graph.objects(term, p)):
        yield "cycle"


_HIERARCHIES = (RDFS.subClassOf, RDFS.subPropertyOf)


def _faults_of_property(graph: Graph, term: URIRef, kind: URIRef) -> Iterator[str]:
    for rule, one, several in (
        ("domain", RDFS.domain, DOMAIN_INCLUDES),
        ("range", RDFS.range, RANGE_INCLUDES),
    ):
        single, many = list(graph.objects(term, one)), list(graph.objects(term, several))
        if (len(single), len(many)) != (1, 0) and not (not single and len(many) > 1):
            yield rule
    for target in (*graph.objects(term, RDFS.range), *graph.objects(term, RANGE_INCLUDES)):
        is_datatype = str(target).startswith(str(XSD)) or target == RDF.langString
        if is_datatype != (kind is OWL.DatatypeProperty):
            yield "kind of range"
    for inverse in graph.objects(term, OWL.inverseOf):
        if (inverse, OWL.inverseOf, term) not in graph:
            yield "inverse"


def _same_but_case(terms: Iterable[URIRef]) -> list[str]:
    names = [name(t) for t in terms]
    folded = [n.casefold() for n in names]
    return [n for n in names if folded.count(n.casefold()) > 1]


def test_the_ontology_has_no_fault(graph: Graph) -> None:
    assert faults_of(graph) == []


def test_the_ontology_says_what_it_is(graph: Graph) -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in graph
    version = str(graph.value(ONTOLOGY, OWL.versionInfo))
    assert graph.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}-{version}")
    assert str(graph.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "rncp"
    assert str(graph.value(ONTOLOGY, VANN.preferredNamespaceUri)) == str(RNCP)
    for predicate in (DCTERMS.title, DCTERMS.description, RDFS.label):
        assert sorted(str(_lang(o)) for o in graph.objects(ONTOLOGY, predicate)) == ["en", "fr"]
    for predicate in (DCTERMS.creator, DCTERMS.publisher, DCTERMS.license, DCTERMS.created, DCTERMS.modified):
        assert graph.value(ONTOLOGY, predicate) is not None


def test_rdflib_and_oxigraph_read_the_same(graph: Graph) -> None:
    assert sum(1 for _ in ox.parse(path=str(RNCP_TTL))) == len(graph)


def test_every_term_of_the_design_is_declared(graph: Graph, shared: Path) -> None:
    """The table of DESIGN.md, "Ontology": bare names in backticks are ours, those in brackets or with a prefix are not."""
    text = (shared / "DESIGN.md").read_text(encoding="utf-8")
    table = text.partition("| class | own properties")[2].partition("\n\n")[0]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    named = {n for row in rows for n in re.findall(r"(?<!\[)`([A-Za-z0-9]+)`(?!\])", row)}
    assert len(rows) == 11
    assert named - {name(t) for t in terms_of(graph)} == {"false"}  # "NON is `false`" is a value


def test_every_term_that_the_code_writes_is_declared(graph: Graph, project: Path) -> None:
    source = project / "src" / "rncp_ld"
    modules = sorted((*source.glob("rdf/*.py"), *source.glob("publish/*.py"), *source.glob("linking/*.py")))
    pattern = re.compile(r'(?<![\w/"])(?:iris\.)?rncp\.([A-Za-z]\w*)')  # not the file names "dumps/rncp.nt"
    written = {n for module in modules for n in pattern.findall(module.read_text(encoding="utf-8"))}
    assert len(written) > 50
    assert written <= {name(t) for t in terms_of(graph)}


PREFIXES = """
@prefix rncp: <https://w3id.org/rncp/def#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix schema: <https://schema.org/> .
"""
GOOD = """ rdfs:label "x {n}"@fr, "x {n}"@en ; skos:definition "d"@fr, "d"@en ; skos:example "e"@fr, "e"@en ;
    rdfs:isDefinedBy <https://w3id.org/rncp/def> . """


def _good(term: str, kind: str, more: str = "") -> str:
    return f"rncp:{term} a {kind} ; {more}" + GOOD.replace("{n}", term)


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (_good("Thing", "owl:Class"), []),
        ('rncp:Thing a owl:Class ; rdfs:label "x"@fr .', ["label", "definition", "example", "isDefinedBy"]),
        (_good("Thing", "owl:Class, owl:ObjectProperty"), ["kind"]),
        (_good("Thing", "owl:Class", "rdfs:subClassOf rncp:Other ;"), ["undeclared"]),
        (_good("Thing", "owl:Class", "rdfs:subClassOf [ a owl:Class ] ;"), ["blank node"]),
        (_good("Thing", "owl:Class", "rdfs:subClassOf rncp:Thing ;"), ["cycle"]),
        (_good("Thing", "owl:Class", "owl:equivalentClass skos:Concept ;"), ["unwanted"]),
        (_good("Thing", "owl:Class") + _good("thing", "owl:Class"), ["case"]),
        (_good("Thing", "owl:Class") + _good("Other", "owl:Class").replace("x Other", "x Thing"), ["same label"]),
        (_good("p", "owl:ObjectProperty", "rdfs:range skos:Concept ;"), ["domain"]),
        (_good("p", "owl:ObjectProperty", "rdfs:domain skos:Concept, owl:Thing ; rdfs:range owl:Thing ;"), ["domain"]),
        (_good("p", "owl:ObjectProperty", "schema:domainIncludes owl:Thing ; rdfs:range owl:Thing ;"), ["domain"]),
        (_good("p", "owl:ObjectProperty", "rdfs:domain owl:Thing ; rdfs:range xsd:date ;"), ["kind of range"]),
        (_good("p", "owl:DatatypeProperty", "rdfs:domain owl:Thing ; rdfs:range owl:Thing ;"), ["kind of range"]),
        (
            _good("p", "owl:ObjectProperty", "rdfs:domain owl:Thing ; rdfs:range owl:Thing ; owl:inverseOf rncp:q ;")
            + _good("q", "owl:ObjectProperty", "rdfs:domain owl:Thing ; rdfs:range owl:Thing ;"),
            ["inverse"],
        ),
    ],
)
def test_a_planted_fault_is_found(turtle: str, expected: list[str]) -> None:
    graph = Graph().parse(data=PREFIXES + turtle)
    assert sorted({fault.partition(":")[0] for fault in faults_of(graph)}) == sorted(expected)


def test_schema_org_is_written_with_https(graph: Graph) -> None:
    assert {str(p) for p in graph.predicates() if "schema.org" in str(p)} == {str(DOMAIN_INCLUDES), str(RANGE_INCLUDES)}
    assert str(SDO).startswith("https://schema.org/")
