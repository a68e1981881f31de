"""Whatever is done to a chunk that conforms, the check finds in it what pySHACL finds alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.rdf.terms import XSD, Triple, text_of
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.validation.check import check_chunk
from rncp_ld.validation.closure import undeclared_terms
from rncp_ld.validation.graph import index_of
from rncp_ld.validation.shapes import load_shapes
from tests.shapes.odd_terms import LANGUAGES, LEXICAL, TERMS
from tests.shapes.plain import CLOSURE, as_plain, complete, plain

CHUNK = complete()
SHAPES = load_shapes()
TYPES = sorted({value for _, predicate, value in CHUNK if predicate == RDF_TYPE})
PREDICATES = [*sorted({predicate for _, predicate, _ in CHUNK}), f"<{DEFAULT_BASE}def#nothing>"]
VALUES = [*sorted({value for _, _, value in CHUNK}), *TERMS]
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"

Change = Callable[[list[Triple]], list[Triple]]
"""Makes of some triples others."""

at = st.integers(0, len(CHUNK) - 1)


def on(where: int, change: Callable[[Triple], list[Triple]]) -> Change:
    """Return the change of one triple, which becomes none, one or more."""

    def apply(triples: list[Triple]) -> list[Triple]:
        if not triples:
            return triples
        place = where % len(triples)
        return [*triples[:place], *change(triples[place]), *triples[place + 1 :]]

    return apply


def retagged(value: str, tag: str) -> str:
    """Return the same text with another language or datatype, or as an IRI."""
    body = value[1:-1] if value.startswith("<") else value[1 : value.rindex('"')]
    return f'"{body}"{tag}' if tag != "<>" else f"<{text_of(value).replace(' ', '')}>"


def reworded(value: str, sign: str, place: int) -> str:
    """Return the value with one more sign in its lexical form or address."""
    end = len(value) - 1 if value.startswith("<") else value.rindex('"')
    cut = 1 + place % max(1, end)
    return f"{value[:cut]}{sign}{value[cut:]}" if "\\" not in value else value


tags = st.sampled_from(["", "<>", *(f"@{tag}" for tag in LANGUAGES), *(f"^^<{XSD}{kind}>" for kind in LEXICAL)])
signs = st.sampled_from(["0", "5", "-", " ", "é", "１", "/", "#", "A", "\\n", "\\u0041"])
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(on, at, st.just(lambda _: [])),
    st.builds(on, at, st.just(lambda t: [t, t])),
    st.builds(on, at, st.sampled_from(VALUES).map(lambda value: lambda t: [(t[0], t[1], value)])),
    st.builds(on, at, st.sampled_from(VALUES).map(lambda value: lambda t: [t, (t[0], t[1], value)])),
    st.builds(on, at, tags.map(lambda tag: lambda t: [(t[0], t[1], retagged(t[2], tag))])),
    st.builds(on, at, tags.map(lambda tag: lambda t: [t, (t[0], t[1], retagged(t[2], tag))])),
    st.builds(on, at, st.tuples(signs, at).map(lambda more: lambda t: [(t[0], t[1], reworded(t[2], *more))])),
    st.builds(on, at, st.sampled_from(PREDICATES).map(lambda predicate: lambda t: [t, (t[0], predicate, t[2])])),
    st.builds(on, at, st.sampled_from(TYPES).map(lambda cls: lambda t: [t, (t[0], RDF_TYPE, cls)])),
    st.tuples(at, st.sampled_from(TYPES)).map(
        lambda more: (
            lambda triples: (
                [t if t[1] != RDF_TYPE or t[2] != more[1] else (t[0], t[1], "<x:Sub>") for t in triples]
                + [("<x:Sub>", SUBCLASS, more[1])]
            )
        )
    ),
    at.map(
        lambda where: (
            lambda triples: [t for t in triples if t[1] != RDF_TYPE or t[0] != triples[where % len(triples)][0]]
        )
    ),
    st.tuples(at, at).map(lambda ends: lambda triples: [*triples[max(ends) :], *triples[: min(ends)]] or triples),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(changes, min_size=1, max_size=40))
def test_finds_what_pyshacl_finds(made: list[Change]) -> None:
    triples = CHUNK
    for change in made:
        triples = change(triples)
    try:
        expected = plain(triples)
    except TypeError:  # pySHACL's sh:lessThanOrEquals of a date and a text
        with pytest.raises(TypeError, match="not supported between instances of 'Literal' and 'Literal'"):
            check_chunk(triples, SHAPES)
        return
    found = check_chunk(triples, SHAPES).findings
    assert as_plain(found) == expected
    assert [f.value for f in found if f.shape == CLOSURE] == undeclared_terms(
        index_of(triples), DEFAULT_BASE, SHAPES.declared
    )
