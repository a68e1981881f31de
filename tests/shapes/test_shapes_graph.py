"""The shapes themselves: whole, named in both languages, and able to lay out a page of every class."""

from __future__ import annotations

from collections import Counter, defaultdict

import pyshacl
import pytest
from rdflib import DCTERMS, FOAF, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from rncp_ld.diagnostics import Severity
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.resources import DEFAULT_BASE, files, read_rdf
from rncp_ld.validation.check import check_graph
from rncp_ld.validation.graph import data_graph
from rncp_ld.validation.shapes import Shapes, load_shapes
from tests.properties.samples import FULL_FICHE
from tests.shapes.cases import members

ONTOLOGY = f"{DEFAULT_BASE}def#"


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture(scope="module")
def graph(shapes: Shapes) -> Graph:
    return shapes.graph


def checking(graph: Graph) -> set[Node]:
    """Return the shapes that may report: all but groups of properties and members of a sh:or."""
    kinds = {SH.PropertyShape, SH.NodeShape}
    layout = {node for node in graph.subjects(SH.property) if graph.value(node, SH["or"]) is None}
    return {s for kind in kinds for s in graph.subjects(RDF.type, kind)} - members(graph) - layout


def languages(graph: Graph, node: Node, predicate: URIRef) -> Counter[str | None]:
    return Counter(getattr(o, "language", None) for o in graph.objects(node, predicate))


def test_no_blank_node(graph: Graph) -> None:
    assert [t for t in graph if any(isinstance(term, BNode) for term in t)] == []


def test_each_term_is_described_in_one_file() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for path in files("shapes", "*.ttl"):
        for subject, _, _ in parse_turtle(read_rdf(path)):
            seen[subject].add(path.name)
    assert {subject: names for subject, names in seen.items() if len(names) > 1} == {}


@pytest.mark.parametrize("predicate", [SH.name, SH.message], ids=["name", "message"])
def test_one_text_in_each_language(graph: Graph, predicate: URIRef) -> None:
    wrong = {s for s in checking(graph) if languages(graph, s, predicate) != {"fr": 1, "en": 1}}
    assert wrong == set()


def test_planted_fault_a_missing_language_is_seen() -> None:
    shape = URIRef("https://example.org/shape")
    text = '<https://example.org/shape> <http://www.w3.org/ns/shacl#name> "Nom"@fr .'
    assert languages(data_graph(parse_turtle(text)), shape, SH.name) != {"fr": 1, "en": 1}


def test_severities_are_known(graph: Graph) -> None:
    assert set(graph.objects(None, SH.severity)) <= {SH.Warning, SH.Info}, "sh:Violation goes without saying"


def test_groups_have_labels_and_their_own_order(graph: Graph) -> None:
    groups = set(graph.subjects(RDF.type, SH.PropertyGroup))
    assert set(graph.objects(None, SH.group)) == groups
    assert [g for g in groups if languages(graph, g, RDFS.label) != {"fr": 1, "en": 1}] == []
    assert len({graph.value(g, SH.order) for g in groups}) == len(groups)


def test_layout_each_property_once_each_place_once(graph: Graph) -> None:
    for node in set(graph.subjects(SH.property)):
        shown = [p for p in graph.objects(node, SH.property) if graph.value(p, SH.group) is not None]
        paths = Counter(graph.value(p, SH.path) for p in shown)
        places = Counter(graph.value(p, SH.order) for p in shown)
        assert (node, max(paths.values()), max(places.values())) == (node, 1, 1)
        assert languages(graph, node, RDFS.label) == {"fr": 1, "en": 1}
        hidden = set(graph.objects(node, SH.property)) - set(shown)
        assert {graph.value(p, SH.path) for p in hidden} <= set(paths), "what is checked is shown"
        assert all(graph.value(p, SH.severity) for p in hidden), "a second shape of a path is milder"


def test_property_shapes_belong_to_a_class(graph: Graph) -> None:
    all_of_them = set(graph.subjects(RDF.type, SH.PropertyShape))
    assert all_of_them == set(graph.objects(None, SH.property)) | members(graph)


def test_every_term_of_shapes_is_declared(shapes: Shapes) -> None:
    used = {term for t in shapes.graph for term in t if isinstance(term, URIRef) and str(term).startswith(ONTOLOGY)}
    assert {f"<{term}>" for term in used} - shapes.declared == set()


def test_every_declared_term_has_its_place(shapes: Shapes) -> None:
    paths = {f"<{p}>" for p in shapes.graph.objects(None, SH.path)}
    mention = f"<{ONTOLOGY}Mention>"
    assert shapes.declared - paths - shapes.targets == {mention}, "the superclass, whose kinds have shapes"


def full_graph() -> list[Triple]:
    """Return the triples of a fiche in which every field says something, linked."""
    iris = Iris()
    reading = Reading(SourceDocument("fiche.txt", SourceSeries.TEXT), FULL_FICHE, FULL_FICHE.number)
    register, _ = link([facts_of(reading, FULL_FICHE)], Nomenclature())
    schemes = [t for path in files("ontology", "schemes/*.ttl") for t in parse_turtle(read_rdf(path))]
    return [*map_fiche(FULL_FICHE, iris), *map_register(register, iris), *schemes]


def test_every_property_of_a_resource_can_be_shown(graph: Graph) -> None:
    shown: dict[str, set[str]] = defaultdict(set)
    for node, cls in graph.subject_objects(SH.targetClass):
        for p in graph.objects(node, SH.property):
            if graph.value(p, SH.group) is not None:
                shown[f"<{cls}>"].add(f"<{graph.value(p, SH.path)}>")
    triples = full_graph()
    types: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples:
        if predicate == RDF_TYPE:
            types[subject].add(value)
    # Territories and publishers: we only say what they are called.
    foreign = {f"<{cls}>" for cls in (DCTERMS.Location, FOAF.Agent)}
    lacking = {
        (cls, predicate)
        for subject, predicate, _ in triples
        for cls in types[subject]
        if predicate != RDF_TYPE and predicate not in shown[cls]
    }
    assert {(cls, predicate) for cls, predicate in lacking if cls not in foreign} == set(), "these have no page"


def test_a_fiche_that_says_everything_is_not_kept_out(shapes: Shapes) -> None:
    assert [f for f in check_graph(full_graph(), shapes) if f.severity is Severity.VIOLATION] == []


def test_conforms_to_the_shapes_of_shacl(graph: Graph) -> None:
    """SHACL's own shapes (https://www.w3.org/TR/shacl/#shacl-shacl); pySHACL raises where they are not met."""
    conforms, _, _ = pyshacl.validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms


def test_every_parameter_is_a_term_of_shacl(graph: Graph) -> None:
    """A misspelt parameter is no error to pySHACL: it constrains nothing."""
    used = {str(p) for p in graph.predicates() if str(p).startswith(str(SH))}
    assert {p for p in used if p not in SH} == set()
    assert f"{SH}maxcount" not in SH
