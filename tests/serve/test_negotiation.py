"""Content negotiation: the table of Accept headers and what they get (RFC 9110, 12.5.1), and what is never broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.formats import FORMATS, HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from rncp_ld.serve.negotiation import negotiate, parse_accept

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/rdf+n3,application/xhtml+xml,text/turtle,application/n-triples;q=0.9,*/*;q=0.1"
JENA = (
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,"
    "text/trig,application/n-quads;q=0.9,*/*;q=0.5"
)

CASES: list[tuple[str | None, Format | None]] = [
    # nothing said, or everything welcome: HTML
    (None, HTML),
    ("", HTML),
    ("*/*", HTML),
    (" , ,", HTML),
    (CHROMIUM, HTML),
    # one format each, by each of its names
    ("text/html", HTML),
    ("text/turtle", TURTLE),
    ("application/ld+json", JSON_LD),
    ("application/json", JSON_LD),
    ("application/n-triples", N_TRIPLES),
    ("application/rdf+xml", RDF_XML),
    # names that older clients have for them, as rdflib sends them
    ("text/n3, */*;q=0.1", TURTLE),
    ("text/plain, */*;q=0.1", N_TRIPLES),
    # which change nothing for those that want something else
    ("application/json, text/plain, */*", HTML),
    ("text/html, text/plain", HTML),
    ("text/turtle, text/plain", TURTLE),
    # case does not matter, nor white space
    ("TEXT/Turtle", TURTLE),
    ("text/turtle ; Q=1 , text/html ; q=0.5", TURTLE),
    ("\ttext/turtle\t", TURTLE),
    # weights
    ("text/html;q=0.5, text/turtle", TURTLE),
    ("text/turtle;q=0.5, application/ld+json;q=0.6", JSON_LD),
    ("text/turtle;q=0.001, application/ld+json;q=0.002", JSON_LD),
    ("text/turtle;q=1.000, text/html;q=0.999", TURTLE),
    (RDFLIB, TURTLE),
    (JENA, TURTLE),
    # a tie: the order of the table
    ("text/turtle, text/html", HTML),
    ("application/rdf+xml, application/n-triples", N_TRIPLES),
    ("text/*", HTML),
    ("application/*", JSON_LD),
    # the most specific range gives the weight
    ("*/*;q=1, text/html;q=0.1", TURTLE),
    ("text/*;q=0.9, text/html;q=0.1, */*;q=0.5", TURTLE),
    ("text/html;q=0.1, text/*;q=0.9", TURTLE),
    ("*/*;q=0.1, application/*;q=0.2", JSON_LD),
    ("text/turtle;charset=utf-8;q=0.9, text/turtle;q=0.1, text/html;q=0.5", TURTLE),
    # q=0 excludes
    ("text/html;q=0, */*", TURTLE),
    ("text/*;q=0, */*", JSON_LD),
    ("text/html;q=0", None),
    ("*/*;q=0", None),
    ("text/turtle;q=0.000", None),
    ("application/ld+json;q=0, application/json", JSON_LD),
    ("application/ld+json;q=0, */*;q=0.5, text/*;q=0, application/n-triples;q=0.1", RDF_XML),
    # parameters
    ("text/turtle;charset=UTF-8", TURTLE),
    ('text/turtle; charset="utf-8"', TURTLE),
    ("text/turtle;charset=iso-8859-1", None),
    ("text/html;level=1", None),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', None),
    ('text/turtle;a="x, text/html"', None),
    # nothing that there is
    ("image/png", None),
    ("text/csv", None),
    ("application/sparql-results+json", None),
    # what is malformed is passed over; where nothing is left, nothing was said
    ("text", HTML),
    ("nonsense, text/turtle", TURTLE),
    ("text/turtle;q=2", HTML),
    ("text/turtle;q=-1, text/html;q=0.1", HTML),
    ("text/turtle;q=0.1234, application/ld+json", JSON_LD),
    ("text/turtle;q=, application/ld+json", JSON_LD),
    ("*/turtle, application/ld+json", JSON_LD),
    ("text/turtle;;q=0.5, text/html;q=0.4", TURTLE),
    ('text/turtle;a="unclosed, text/html', HTML),
    ("text/turtle;q=0.5;ext=1, text/html;q=0.4", TURTLE),
]


@pytest.mark.parametrize(("accept", "expected"), CASES)
def test_the_table(accept: str | None, expected: Format | None) -> None:
    assert negotiate(accept, FORMATS) is expected


def test_only_what_is_offered_is_chosen() -> None:
    assert negotiate("application/n-triples", (HTML, TURTLE, JSON_LD)) is None
    assert negotiate("*/*", (TURTLE, N_TRIPLES)) is TURTLE  # the shapes have no page
    assert negotiate("text/html", (TURTLE,)) is None
    assert negotiate(None, ()) is None


MEDIA_TYPES = [name for one in FORMATS for name in (one.media_type, *one.others)]


@given(st.text(max_size=200))
def test_any_text_has_an_answer(accept: str) -> None:
    assert negotiate(accept, FORMATS) in {None, *FORMATS}


@given(st.lists(st.tuples(st.sampled_from([*MEDIA_TYPES, "text/*", "*/*"]), st.integers(0, 1000)), min_size=1))
def test_order_and_case_do_not_matter(ranges: list[tuple[str, int]]) -> None:
    """For ranges that differ: of two equal ones the first counts."""
    ranges = list(dict(ranges).items())
    parts = [f"{name};q={weight / 1000:.3f}" for name, weight in ranges]
    chosen = negotiate(", ".join(parts), FORMATS)
    assert negotiate(",".join(reversed(parts)), FORMATS) is chosen
    assert negotiate(", ".join(parts).upper(), FORMATS) is chosen
    if chosen is not None:
        exact = dict(ranges)
        assert any(exact.get(name) != 0 for name in (chosen.media_type, *chosen.others))


@given(st.sampled_from(FORMATS), st.sampled_from(["*/*", "text/*, application/*", "text/html, */*;q=0.9"]))
def test_what_is_excluded_is_never_chosen(excluded: Format, rest: str) -> None:
    header = ", ".join([rest, *(f"{name};q=0" for name in (excluded.media_type, *excluded.others))])
    if excluded is HTML:
        header = header.replace("text/html, ", "")
    assert negotiate(header, FORMATS) is not excluded


@pytest.mark.parametrize("piece", ["text/turtle,", ";", '"', 'a/b;c="', "*/*;q=0.1,", "a" * 10, '"\\'])
def test_a_hostile_header_costs_little(piece: str) -> None:
    """Were the time to grow faster than the length, this would not end: a server lets in 60,000 characters at most."""
    assert len(parse_accept(piece * (60_000 // len(piece)))) < 60_000
