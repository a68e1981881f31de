"""The small concept schemes: SKOS integrity, labels, and one concept for each value of the model's enums.

The integrity conditions are those of the SKOS Reference (https://www.w3.org/TR/skos-reference/): S13 labels are
disjoint, S14 one preferred label per language, S27 related and broader are disjoint, S46 exact and broad matches are disjoint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum

import pyoxigraph as ox
import pytest
from rdflib import FOAF, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from rncp_ld.model.codes import LEVELS_1969, LEVELS_EUROPE, Register, Route, SourceSeries
from rncp_ld.model.fiche import (
    CertifierStatus,
    ChangeType,
    EquivalenceKind,
    FicheStatus,
    Habilitation,
    PartnershipStatus,
    RegistrationType,
    Territory,
)
from rncp_ld.model.legal import ActType, Gazette, LegalRole, Resolution
from rncp_ld.model.register import CodeScheme
from rncp_ld.resources import DEFAULT_BASE, files

RANK = URIRef(f"{DEFAULT_BASE}def#rank")
SOURCE_SERIES = URIRef(f"{DEFAULT_BASE}def#SourceSeries")
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
PAGES = sorted(files("ontology", "schemes/*.ttl"))


def values(enum: type[Enum]) -> set[str]:
    return {str(member.value) for member in enum}


EXPECTED: dict[str, set[str]] = {
    "changement": values(ChangeType),
    "etat-certificateur": values(CertifierStatus),
    "etat-fiche": values(FicheStatus),
    "etat-habilitation": values(PartnershipStatus),
    "habilitation": values(Habilitation),
    "journal": values(Gazette),
    "niveau": set(LEVELS_EUROPE.values()),
    "niveau-1969": {f"1969-{segment}" for segment in LEVELS_1969.values()},
    "repertoire": {member.value.lower() for member in Register},
    "resolution": values(Resolution),
    "role-legal": values(LegalRole),
    "type-acte": values(ActType) | {"code"},  # a code is cited as a whole, and is no act that a citation dates
    "type-enregistrement": values(RegistrationType),
    "type-equivalence": values(EquivalenceKind),
    "voie": values(Route),
}
"""Scheme → last segments of its concepts' IRIs."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    whole = Graph()
    for page in PAGES:
        whole.parse(page)
    return whole


def faults_of(graph: Graph) -> list[str]:
    """Return everything that breaks SKOS integrity or our own rules, as `{rule}: {IRI}`, sorted."""
    faults = [f"blank node: {s}" for s in graph.all_nodes() if isinstance(s, BNode)]
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for scheme in schemes:
        if _languages(graph, scheme, DCTERMS.title) != ["en", "fr"]:
            faults.append(f"title: {scheme}")
        faults += [
            f"top: {c}"
            for c in graph.objects(scheme, SKOS.hasTopConcept)
            if (c, SKOS.topConceptOf, scheme) not in graph
        ]
        notations = [n for c in graph.subjects(SKOS.inScheme, scheme) for n in graph.objects(c, SKOS.notation)]
        faults += [f"notation twice: {n}" for n, count in Counter(notations).items() if count > 1]
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        faults += [f"{rule}: {concept}" for rule in (*_labels(graph, concept), *_places(graph, concept, schemes))]
    return sorted(set(faults))


def _languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, Literal))


def _labels(graph: Graph, concept: Node) -> Iterator[str]:
    if _languages(graph, concept, SKOS.prefLabel) != ["en", "fr"]:
        yield "prefLabel (S14)"
    if _languages(graph, concept, SKOS.definition) != ["en", "fr"]:
        yield "definition"
    preferred = set(graph.objects(concept, SKOS.prefLabel))
    if preferred & set(graph.objects(concept, SKOS.altLabel)):
        yield "altLabel (S13)"
    if set(graph.objects(concept, RDFS.label)) != {
        o for o in preferred if isinstance(o, Literal) and o.language == "fr"
    }:
        yield "label"
    for notation in graph.objects(concept, SKOS.notation):
        if not isinstance(notation, Literal) or notation.language or notation.datatype not in {None, XSD.string}:
            yield "notation"


def _places(graph: Graph, concept: Node, schemes: set[Node]) -> Iterator[str]:
    within = set(graph.objects(concept, SKOS.inScheme))
    if len(within) != 1 or not within <= schemes:
        yield "inScheme"
    broader = set(graph.objects(concept, SKOS.broader))
    tops = set(graph.objects(concept, SKOS.topConceptOf))
    if bool(broader) == bool(tops):
        yield "top or broader"
    if any((scheme, SKOS.hasTopConcept, concept) not in graph for scheme in tops):
        yield "top"
    if any((b, RDF.type, SKOS.Concept) not in graph for b in broader):
        yield "broader"
    above = {a for b in broader for a in graph.transitive_objects(b, SKOS.broader)}
    if concept in above:
        yield "cycle"
    if above & set(graph.objects(concept, SKOS.related)):
        yield "related and broader (S27)"
    yield from _matches(graph, concept)


def _matches(graph: Graph, concept: Node) -> Iterator[str]:
    exact = set(graph.objects(concept, SKOS.exactMatch))
    others = {o for p in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch) for o in graph.objects(concept, p)}
    if exact & others:
        yield "exactMatch and broadMatch (S46)"
    for predicate, inverse in _INVERSES.items():
        for other in graph.objects(concept, predicate):
            if str(other).startswith(DEFAULT_BASE) and (other, inverse, concept) not in graph:
                yield "one-sided match"


_INVERSES = {
    SKOS.closeMatch: SKOS.closeMatch,
    SKOS.exactMatch: SKOS.exactMatch,
    SKOS.broadMatch: SKOS.narrowMatch,
    SKOS.narrowMatch: SKOS.broadMatch,
}


def test_the_schemes_have_no_fault(graph: Graph) -> None:
    assert faults_of(graph) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_rdflib_and_oxigraph_read_the_same(page: object) -> None:
    assert sum(1 for _ in ox.parse(path=str(page))) == len(Graph().parse(str(page))) > 0


@pytest.mark.parametrize("scheme", EXPECTED)
def test_a_scheme_has_one_concept_for_each_value(graph: Graph, scheme: str) -> None:
    concepts = set(graph.subjects(SKOS.inScheme, URIRef(f"{DEFAULT_BASE}scheme/{scheme}")))
    folder = "niveau" if scheme == "niveau-1969" else scheme
    assert concepts == {URIRef(f"{DEFAULT_BASE}{folder}/{value}") for value in EXPECTED[scheme]}


def test_there_is_no_other_scheme(graph: Graph) -> None:
    nomenclatures = values(CodeScheme)
    schemes = {str(s).removeprefix(f"{DEFAULT_BASE}scheme/") for s in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == set(EXPECTED) | nomenclatures
    assert not any(list(graph.subjects(SKOS.inScheme, URIRef(f"{DEFAULT_BASE}scheme/{n}"))) for n in nomenclatures)


def test_notations_of_levels_are_the_words_of_the_sources(graph: Graph) -> None:
    for words, prefix in ((LEVELS_EUROPE, ""), (LEVELS_1969, "1969-")):
        for word, segment in words.items():
            assert (URIRef(f"{DEFAULT_BASE}niveau/{prefix}{segment}"), SKOS.notation, Literal(word)) in graph


def test_levels_have_ranks_from_low_to_high(graph: Graph) -> None:
    def ranks(prefix: str, *segments: str) -> list[int]:
        return [int(str(graph.value(URIRef(f"{DEFAULT_BASE}niveau/{prefix}{s}"), RANK))) for s in segments]

    assert ranks("", *"12345678") == list(range(1, 9))
    assert ranks("1969-", "VI", "V-bis", "V", "IV", "III", "II", "I") == list(range(1, 8))
    assert graph.value(URIRef(f"{DEFAULT_BASE}niveau/aucun"), RANK) is None


def test_levels_of_1969_lead_to_those_of_2019(graph: Graph) -> None:
    """DESIGN: level I maps by narrowMatch to two levels; the others as LHEO's table has them (I→7 or 8, … V bis and VI→2)."""
    found = {}
    for segment in LEVELS_1969.values():
        level = URIRef(f"{DEFAULT_BASE}niveau/1969-{segment}")
        matches = {(p, o) for p in (SKOS.closeMatch, SKOS.narrowMatch) for o in graph.objects(level, p)}
        found[segment] = {
            (str(p).rpartition("#")[2], str(o).rpartition("/")[2]) for p, o in matches if DEFAULT_BASE in str(o)
        }
    assert found == {
        "I": {("narrowMatch", "7"), ("narrowMatch", "8")},
        "II": {("closeMatch", "6")},
        "III": {("closeMatch", "5")},
        "IV": {("closeMatch", "4")},
        "V": {("closeMatch", "3")},
        "V-bis": {("closeMatch", "2")},
        "VI": {("closeMatch", "2")},
    }


@pytest.mark.parametrize("scheme", sorted({*EXPECTED, *values(CodeScheme)}))
def test_a_scheme_says_its_source(graph: Graph, scheme: str) -> None:
    assert list(graph.objects(URIRef(f"{DEFAULT_BASE}scheme/{scheme}"), DCTERMS.source))


def test_publishers_are_agents_with_a_name(graph: Graph) -> None:
    publishers = set(graph.objects(None, DCTERMS.publisher))
    assert publishers == set(graph.subjects(RDF.type, FOAF.Agent))
    for publisher in publishers:
        names = {str(name) for name in graph.objects(publisher, FOAF.name)}
        assert names == {str(label) for label in graph.objects(publisher, RDFS.label)} != set()


def test_both_may_do_each(graph: Graph) -> None:
    both = URIRef(f"{DEFAULT_BASE}habilitation/former-et-organiser")
    assert {str(o).rpartition("/")[2] for o in graph.objects(both, SKOS.broader)} == {"former", "organiser"}


def test_territories_and_sources_are_those_of_the_model(graph: Graph) -> None:
    assert set(graph.subjects(RDF.type, DCTERMS.Location)) == {URIRef(COUNTRY + t.value) for t in Territory}
    sources = set(graph.subjects(RDF.type, SOURCE_SERIES))
    assert sources == {URIRef(f"{DEFAULT_BASE}source/{s.value}") for s in SourceSeries}
    for resource in (*graph.subjects(RDF.type, DCTERMS.Location), *sources):
        assert _languages(graph, resource, RDFS.label) == ["en", "fr"]
    for source in sources:
        assert _languages(graph, source, SKOS.definition) == ["en", "fr"]
        assert graph.value(source, DCTERMS.publisher) is not None


PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @base <https://w3id.org/rncp/> .
<scheme/x> a skos:ConceptScheme ; dcterms:title "X"@fr, "X"@en ; skos:hasTopConcept <x/a> .
"""
LABELS = 'skos:prefLabel "a"@fr, "a"@en ; rdfs:label "a"@fr ; skos:definition "d"@fr, "d"@en ;'
TOP = "skos:topConceptOf <scheme/x> ; skos:inScheme <scheme/x> ."
A = f"<x/a> a skos:Concept ; {LABELS} {TOP} "
B = f"<x/b> a skos:Concept ; {LABELS} skos:inScheme <scheme/x> ; skos:broader <x/a> . "


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (A + B, []),
        (A + '<x/a> skos:prefLabel "b"@fr .', ["label", "prefLabel (S14)"]),
        (A + '<x/a> skos:altLabel "a"@fr .', ["altLabel (S13)"]),
        (A.replace('skos:definition "d"@fr, "d"@en', 'skos:definition "d"@fr'), ["definition"]),
        (A.replace('rdfs:label "a"@fr', 'rdfs:label "b"@fr'), ["label"]),
        (A + '<x/a> skos:notation "A"@fr .', ["notation"]),
        (A + B + '<x/a> skos:notation "A" . <x/b> skos:notation "A" .', ["notation twice"]),
        (A.replace("skos:inScheme <scheme/x>", "skos:inScheme <scheme/y>"), ["inScheme"]),
        (A.replace("skos:topConceptOf <scheme/x> ;", ""), ["top", "top or broader"]),
        (A + B + "<scheme/x> skos:hasTopConcept <x/b> .", ["top"]),
        (A + B.replace("broader <x/a>", "broader <x/c>"), ["broader"]),
        (A + B + "<x/b> skos:broader <x/b> .", ["cycle"]),
        (A + B + "<x/b> skos:related <x/a> .", ["related and broader (S27)"]),
        (A + "<x/a> skos:exactMatch <y:e> ; skos:broadMatch <y:e> .", ["exactMatch and broadMatch (S46)"]),
        (A + B + "<x/b> skos:narrowMatch <x/a> .", ["one-sided match"]),
        (A + "<x/a> skos:note [ ] .", ["blank node"]),
        (A + '<scheme/x> dcterms:title "Y"@fr .', ["title"]),
    ],
)
def test_a_planted_fault_is_found(turtle: str, expected: list[str]) -> None:
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    assert sorted({fault.partition(":")[0] for fault in faults_of(graph)}) == sorted(expected)
