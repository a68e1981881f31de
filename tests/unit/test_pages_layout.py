"""The shapes lay out the pages: their groups are the sections, their orders the rows."""

from __future__ import annotations

from pathlib import Path

from rncp_ld.publish.pages.layout import OTHERS, Layout, read_layout, read_slots
from rncp_ld.publish.pages.names import FOREIGN, INVERSES, Namer
from rncp_ld.publish.pages.redundant import COVERED, COVERED_VALUES
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.store.store import GraphStore

IRIS = Iris()
RNCP = IRIS.rncp
NAMER = Namer(IRIS.namespace)
HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rncp: <https://w3id.org/rncp/def#> .
@prefix : <https://w3id.org/rncp/shapes#> .
:group-second a sh:PropertyGroup ; rdfs:label "Second"@en , "Seconde"@fr ; sh:order 2 .
:group-first a sh:PropertyGroup ; rdfs:label "L'essentiel"@fr ; sh:order 1 .
"""


def layout(turtle: str) -> Layout:
    return Layout(read_slots(parse_turtle(HEAD + turtle)), NAMER, {RNCP.LegalMention: (RNCP.Mention,)})


def test_sections_follow_groups_and_rows_follow_orders() -> None:
    made = layout("""
        :Certification sh:targetClass rncp:Certification ; sh:property :a , :b , :c , :check .
        :a sh:path rncp:rome ; sh:name "Job"@en , "Métier"@fr ; sh:group :group-second ; sh:order 1 .
        :b sh:path rncp:level ; sh:name "Niveau"@fr ; sh:group :group-first ; sh:order 2 .
        :c sh:path rncp:code ; sh:name "Code"@fr ; sh:group :group-first ; sh:order 1 .
        :check sh:path rncp:sectors ; sh:name "Ne fait que contrôler"@fr ; sh:order 0 .
    """)
    places = made.place([RNCP.Certification], [RNCP.rome, RNCP.level, RNCP.code, RNCP.sectors])
    assert [(p.group.label, p.name) for p in places] == [
        ("L’essentiel", "Code"),
        ("L’essentiel", "Niveau"),
        ("Seconde", "Métier"),
        ("Autres", "Rncp:sectors"),
    ]


def test_of_two_rows_for_one_property_the_first_is_shown() -> None:
    made = layout("""
        :Certification sh:targetClass rncp:Certification ; sh:property :a , :b .
        :a sh:path rncp:rome ; sh:name "Après"@fr ; sh:group :group-second ; sh:order 9 .
        :b sh:path rncp:rome ; sh:name "Avant"@fr ; sh:group :group-first ; sh:order 1 .
    """)
    assert [p.name for p in made.place([RNCP.Certification], [RNCP.rome])] == ["Avant"]


def test_a_class_without_a_row_takes_that_of_the_class_above() -> None:
    made = layout("""
        :Mention sh:targetClass rncp:Mention ; sh:property :a .
        :a sh:path rncp:verbatim ; sh:name "Texte imprimé"@fr ; sh:group :group-first ; sh:order 1 .
    """)
    assert [p.name for p in made.place([RNCP.LegalMention], [RNCP.verbatim])] == ["Texte imprimé"]


def test_shapes_build_on_other_shapes() -> None:
    made = layout("""
        :Common sh:property :a .
        :Mention sh:targetClass rncp:Mention ; sh:node :Common .
        :a sh:path rncp:verbatim ; sh:name "Texte"@fr ; sh:group :group-first ; sh:order 1 .
    """)
    assert [p.group.key for p in made.place([RNCP.Mention], [RNCP.verbatim])] == ["first"]


def test_what_no_shape_lays_out_comes_last_and_is_not_lost() -> None:
    made = layout("")
    places = made.place([], [NAMER.term("skos:altLabel"), "<http://example.org/x>"])
    assert {p.group for p in places} == {OTHERS}
    assert {p.name for p in places} == {FOREIGN["skos:altLabel"], "Http://example.org/x"}


def test_another_base_moves_the_layout() -> None:
    moved = Iris("https://example.org/data/rncp/")
    made = read_layout(moved, Namer(moved.namespace), {}, {})
    assert made.place([moved.rncp.Certification], [moved.rncp.rome])[0].group.key == "fields"


def test_the_shapes_lay_out_every_property_of_the_real_fiches(real_build: Path) -> None:
    store = GraphStore.open(real_build / "store")
    made = read_layout(IRIS, NAMER, {}, {})
    _, rows = store.select(
        "SELECT DISTINCT ?class ?property WHERE { ?s a ?class ; ?property ?o . "
        f"FILTER(STRSTARTS(STR(?s), '{IRIS.base}') && !STRSTARTS(STR(?s), '{IRIS.base}def')) }}"
    )
    lost = {
        (NAMER.name(kind), NAMER.name(slot.path))
        for kind, path in rows
        if kind and path and path != RDF_TYPE
        for slot in made.place([kind], [path])
        if slot.group == OTHERS
    }
    assert lost == set()


def test_tables_name_terms_that_exist() -> None:
    names = {*INVERSES, *COVERED, *COVERED_VALUES, *FOREIGN}
    names |= {
        other
        for inverse in INVERSES.values()
        for other in (*inverse.covered_by, inverse.forward, inverse.unless)
        if other
    }
    names |= {other for others in (*COVERED.values(), *COVERED_VALUES.values()) for other in others}
    ontology = Path(__file__).resolve().parents[2] / "ontology" / "rncp.ttl"
    declared = {s for s, p, _ in parse_turtle(ontology.read_text(encoding="utf-8")) if p == RDF_TYPE}
    assert {name for name in names if name.startswith("rncp:") and NAMER.term(name) not in declared} == set()
