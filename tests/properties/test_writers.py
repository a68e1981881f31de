"""Our writers against others' work: Turtle is pyoxigraph's to the byte, JSON is Python's, and nothing is left out."""

from __future__ import annotations

import json

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.rdf.serialise import prefixes, to_jsonld, to_turtle
from rncp_ld.rdf.terms import XSD, Triple, group_triples, line, string, text_of
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE

NAMESPACE = "https://w3id.org/rncp/def#"
SPACES = (NAMESPACE, PREFIXES["skos"], PREFIXES["schema"], PREFIXES["rdf"], "https://w3id.org/rncp/rome/", "urn:x:")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
# Local names with every sign that an IRI may hold: some must be escaped, some cannot be prefixed at all.
LOCALS = st.text(st.sampled_from("azAZ09_-.:/~!$&'()*+,;=?@%·é中"), max_size=6).map(
    lambda text: text.replace("%", "%2F")
)
IRIS = st.builds(lambda space, local: f"<{space}{local}>", st.sampled_from(SPACES), LOCALS)
NUMBERS = st.sampled_from(
    ["1", "007", "+1", "-12", "1.5", "1.", ".5", "1e5", "1.0E0", "INF", "true", "false", "0", "x"]
)
LITERALS = st.one_of(
    TEXTS.map(string),
    TEXTS.map(lambda text: f"{string(text)}@fr"),
    TEXTS.map(lambda text: f"{string(text)}@en"),
    st.builds(
        lambda text, datatype: f'"{text}"^^<{datatype}>',
        NUMBERS,
        st.sampled_from([f"{XSD}{name}" for name in ("boolean", "integer", "decimal", "double", "gYear")] + ["urn:y"]),
    ),
)
SUBJECTS = st.sampled_from(
    ["<https://w3id.org/rncp/rome/K1205>", "<https://w3id.org/rncp/rome/K1205#a>", f"<{NAMESPACE}rome>", "<urn:z>"]
)
PREDICATES = st.sampled_from(
    [RDF_TYPE, f"<{NAMESPACE}rome>", f"<{NAMESPACE}text>", f"<{PREFIXES['skos']}notation>", f"<{PREFIXES['skos']}note>"]
)
TRIPLES = st.lists(
    st.one_of(
        st.tuples(SUBJECTS, PREDICATES.filter(lambda p: p != RDF_TYPE), st.one_of(LITERALS, IRIS, SUBJECTS)),
        st.tuples(SUBJECTS, st.just(RDF_TYPE), IRIS),
    ),
    max_size=12,
)


@given(TEXTS)
def test_a_literal_is_written_as_the_store_gives_it_back(text: str) -> None:
    assert string(text) == str(ox.Literal(text))
    assert text_of(string(text)) == text


@given(TRIPLES)
def test_turtle_is_that_of_pyoxigraph(triples: list[Triple]) -> None:
    ordered = sorted(set(triples), key=lambda one: (one[0], one[1] != RDF_TYPE, one[1], one[2]))
    parsed = ox.parse("".join(map(line, ordered)), ox.RdfFormat.N_TRIPLES)
    data = ox.serialize((q.triple for q in parsed), format=ox.RdfFormat.TURTLE, prefixes=prefixes(NAMESPACE))
    assert data is not None
    declared, body = _split(data.decode())
    ours, written = _split(to_turtle(triples, NAMESPACE))
    assert written == body
    # Only the prefixes that are used are declared, in the same order.
    assert ours == [one for one in declared if one in ours]
    assert set(ox.parse(to_turtle(triples, NAMESPACE), ox.RdfFormat.TURTLE)) == set(
        ox.parse("".join(map(line, triples)), ox.RdfFormat.N_TRIPLES)
    )


def _split(turtle: str) -> tuple[list[str], str]:
    lines = turtle.splitlines(keepends=True) if turtle.isascii() else turtle.replace("\n", "\n\0").split("\0")
    heads = [one for one in lines if one.startswith("@prefix ")]
    return heads, "".join(one for one in lines if one not in heads and one != "\n")


@given(TRIPLES, SUBJECTS)
def test_json_ld_is_json_as_python_writes_it_and_holds_every_subject(triples: list[Triple], subject: str) -> None:
    text = to_jsonld(triples, NAMESPACE, subject)
    again = json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    assert text.replace("\\u007F", "\x7f").casefold() == again.casefold()  # hexadecimal digits aside
    nodes = group_triples(triples)
    assert {node["@id"] for node in _objects(json.loads(text)) if len(node) > 1} >= {one[1:-1] for one in nodes}


def _objects(value: object) -> list[dict[str, object]]:
    """Return all objects of a document that are nodes."""
    if isinstance(value, list):
        return [one for item in value for one in _objects(item)]
    if not isinstance(value, dict):
        return []
    inner = [one for key, item in value.items() if key != "@context" for one in _objects(item)]
    return [value, *inner] if "@id" in value else inner
