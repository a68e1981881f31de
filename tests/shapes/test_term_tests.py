"""The prefilter's tests of terms: where one is sure, pySHACL has no result; what our mapping writes, each is sure of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, XSD, Literal

from rncp_ld.rdf.terms import FALSE, TRUE, french, integer, iri, string
from rncp_ld.rdf.terms import XSD as XSD_NAMESPACE
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.validation.graph import data_graph, parse_term
from rncp_ld.validation.shape_tests import PropertyTest, ShapeTests
from tests.shapes.odd_terms import LANGUAGES, TERMS, TEXTS
from tests.shapes.plain import plain, rdflib_graph

SHAPE, CLASS, PATH, OTHER = "<x:shape>", "<x:Class>", "<x:path>", "<x:other>"
LISTS = [
    ("<x:fr-en>", f"<{RDF.first}>", '"fr"'),
    ("<x:fr-en>", f"<{RDF.rest}>", "<x:en>"),
    ("<x:en>", f"<{RDF.first}>", '"EN"'),
    ("<x:en>", f"<{RDF.rest}>", f"<{RDF.nil}>"),
    ("<x:values>", f"<{RDF.first}>", FALSE),
    ("<x:values>", f"<{RDF.rest}>", "<x:text>"),
    ("<x:text>", f"<{RDF.first}>", '"été"@fr'),
    ("<x:text>", f"<{RDF.rest}>", f"<{RDF.nil}>"),
]


def day(text: str) -> str:
    return f'"{text}"^^<{XSD_NAMESPACE}date>'


def shape(parameter: str, value: str) -> list[tuple[str, str, str]]:
    sh = str(SH)
    return [
        *LISTS,
        (SHAPE, RDF_TYPE, f"<{sh}PropertyShape>"),
        (SHAPE, f"<{sh}targetClass>", CLASS),
        (SHAPE, f"<{sh}path>", PATH),
        (SHAPE, f"<{sh}{parameter}>", value),
    ]


KNOWN: list[tuple[str, str, list[str]]] = [
    ("nodeKind", iri(f"{SH}IRI"), ["<https://example.org/>"]),
    ("nodeKind", iri(f"{SH}Literal"), [french("été"), string("a"), TRUE]),
    ("datatype", iri(str(XSD.string)), [string("RNCP1"), string("")]),
    ("datatype", iri(str(RDF.langString)), [french("été")]),
    ("datatype", iri(str(XSD.boolean)), [TRUE, FALSE]),
    ("datatype", iri(str(XSD.date)), [day("2024-01-31"), day("2024-06-30"), day("2024-02-28"), day("1999-12-01")]),
    ("datatype", iri(str(XSD.duration)), [f'"P5Y"^^<{XSD.duration}>']),
    ("datatype", iri(str(XSD.gYear)), [f'"2024"^^<{XSD.gYear}>']),
    ("datatype", iri(str(XSD.integer)), [integer(0), integer(-12), integer(10**17)]),
    ("languageIn", "<x:fr-en>", ['"été"@fr', '"summer"@en']),
    ("in", "<x:values>", [FALSE, '"été"@fr']),
    ("pattern", string("^[0-9]{9}$"), [string("123456789")]),
    ("pattern", string("/voie/(FI|VAE)$"), ["<https://w3id.org/rncp/voie/VAE>"]),
    ("pattern", string("été"), ["<http://example.org/été>", string("l'été")]),
    ("minLength", integer(1), [french("a"), string("a")]),
    ("minLength", integer(4), [string("RNCP1")]),
    ("maxLength", integer(1000), [french("a"), string("x" * 990)]),
    ("minInclusive", integer(1), [integer(1), integer(7)]),
    ("maxInclusive", integer(100), [integer(100), integer(-7)]),
]
"""Parameter, its value, and terms that a test must be sure of, for else the prefilter would spare nothing."""


def sure_of(test: PropertyTest, term: str) -> bool:
    about = {PATH: [term]}
    return test(about, {"<x:focus>": about})


def made(parameter: str, value: str) -> PropertyTest:
    ((_, test),) = ShapeTests(data_graph(shape(parameter, value))).of(parse_term(SHAPE))
    assert isinstance(test, PropertyTest), f"sh:{parameter} {value} is not known"
    return test


def conforming(parameter: str, value: str, terms: list[str]) -> set[str]:
    """Return the terms that pySHACL has no result for."""
    data = [t for at, term in enumerate(terms) for t in ((f"<x:{at}>", RDF_TYPE, CLASS), (f"<x:{at}>", PATH, term))]
    found = plain(data, ShapesGraph(rdflib_graph(shape(parameter, value))))
    failed = {int(focus.removeprefix("x:")) for focus, *_ in found}
    return {term for at, term in enumerate(terms) if at not in failed}


@pytest.mark.parametrize(("parameter", "value", "canonical"), KNOWN)
def test_sure_only_of_what_conforms(parameter: str, value: str, canonical: list[str]) -> None:
    test = made(parameter, value)
    sure = {term for term in (*TERMS, *canonical) if sure_of(test, term)}
    assert set(canonical) <= sure
    assert sure <= conforming(parameter, value, [*TERMS, *canonical])


@pytest.mark.parametrize("kind", ["boolean", "date", "duration", "gYear", "integer"])
def test_every_form_that_is_sure_is_well_typed(kind: str) -> None:
    datatype = f"{XSD_NAMESPACE}{kind}"
    test = made("datatype", f"<{datatype}>")
    pattern = test.values[0].__self__.pattern  # type: ignore[attr-defined]  # the bound method of a compiled pattern

    @settings(deadline=None, max_examples=300)
    @given(st.from_regex(pattern.partition('"')[2].partition('"')[0], fullmatch=True))
    def holds(form: str) -> None:
        term = parse_term(f'"{form}"^^<{datatype}>')
        assert isinstance(term, Literal)
        assert not term.ill_typed
        assert kind == "gYear" or term.value is not None

    holds()


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("datatype", iri(str(XSD.decimal))),
        ("nodeKind", iri(f"{SH}BlankNodeOrIRI")),
        ("minCount", integer(2)),
        ("minInclusive", '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("uniqueLang", FALSE),
        ("flags", string("i")),
        ("lessThan", OTHER),
        ("equals", OTHER),
        ("node", "<x:anything>"),
        ("deactivated", TRUE),
        ("nothingOfThisName", TRUE),
    ],
)
def test_unknown_is_never_sure(parameter: str, value: str) -> None:
    ((_, test),) = ShapeTests(data_graph(shape(parameter, value))).of(parse_term(SHAPE))
    assert not isinstance(test, PropertyTest)
    assert not test({PATH: [string("a")]}, {})


PAIRS = [
    day("2024-01-31"),
    day("2024-02-29"),
    day("2023-12-31"),
    integer(5),
    integer(40),
    string("a"),
    '"a"@fr',
    '"a"@FR',
    "<x:a>",
]


@pytest.mark.parametrize("parameter", ["lessThanOrEquals", "disjoint"])
def test_pairs(parameter: str) -> None:
    """Two properties compared: as pySHACL has it, and sure of dates, integers and IRIs."""
    test = made(parameter, OTHER)
    pairs = [(first, last) for first in PAIRS for last in PAIRS]
    data = [
        triple
        for at, (first, last) in enumerate(pairs)
        for triple in ((f"<x:{at}>", RDF_TYPE, CLASS), (f"<x:{at}>", PATH, first), (f"<x:{at}>", OTHER, last))
    ]
    failed = {focus for focus, *_ in plain(data, ShapesGraph(rdflib_graph(shape(parameter, OTHER))))}
    sure = {at for at, (first, last) in enumerate(pairs) if test({PATH: [first], OTHER: [last]}, {})}
    assert {at for at in sure if f"x:{at}" in failed} == set()
    wanted = {"lessThanOrEquals": [(2, 0), (0, 0), (3, 4)], "disjoint": [(8, 0), (8, 5)]}[parameter]
    assert {first * len(PAIRS) + last for first, last in wanted} <= sure
    assert test({PATH: [day("2024-01-31")]}, {}), "nothing to compare with"


@pytest.mark.parametrize("value", [string("a"), "<x:a>"])
def test_has_value(value: str) -> None:
    test = made("hasValue", value)
    assert test({PATH: ["<x:b>", value]}, {})
    assert not test({PATH: ["<x:b>"]}, {})
    assert not test({}, {})


def test_unique_language() -> None:
    test = made("uniqueLang", TRUE)
    assert test({PATH: ['"a"@fr', '"b"@en']}, {})
    for other in LANGUAGES[1:3]:
        assert not test({PATH: ['"a"@fr', f'"b"@{other}']}, {})
    assert all(not test({PATH: [f'"{text}"@fr', '"b"@fr']}, {}) for text in TEXTS)


def test_class_is_of_the_same_chunk() -> None:
    test = made("class", "<x:Kind>")
    about = {PATH: ["<x:value>"]}
    assert test(about, {"<x:value>": {RDF_TYPE: ["<x:Other>", "<x:Kind>"]}})
    assert not test(about, {"<x:value>": {RDF_TYPE: ["<x:Other>"]}})
    assert not test(about, {})
    assert not test({PATH: ['"<x:value>"']}, {"<x:value>": {RDF_TYPE: ["<x:Kind>"]}})
