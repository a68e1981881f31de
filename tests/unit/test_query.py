"""Questions, parameters and results of `query`: no value becomes query text, no text becomes markup."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.errors import PublicationError, UsageError
from rncp_ld.store.query import run_query
from rncp_ld.store.questions import bind, list_questions, load_query
from rncp_ld.store.store import GraphStore
from tests.command import run

NAMESPACE = "https://w3id.org/rncp/def#"
QUERY = 'SELECT ?x WHERE {\n  VALUES ?x { "a" } # param\n}'


def answer(store: GraphStore, query: str, form: str = "csv") -> str:
    out = io.BytesIO()
    run_query(store, query, form, out, NAMESPACE)
    return out.getvalue().decode()


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_a_value_stays_a_value(value: str) -> None:
    (solution,) = ox.Store().query(bind(QUERY, {"x": value}))  # type: ignore[misc]
    assert solution["x"].value == value


INJECTIONS = [
    'a" } ?s ?p ?o . VALUES ?y { "b',
    'a" } # ',
    "a\\",
    'a\\" } ?s ?p ?o #',
    'a"@fr',
    "a\n} } INSERT DATA {",
    'a" UNDEF "b',
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_an_attempt_to_add_query_text(value: str, seed_build: Path) -> None:
    store = GraphStore.open(seed_build / "store")
    assert len(list(csv.reader(io.StringIO(answer(store, bind(QUERY, {"x": value})))))) == 2


def test_language_and_datatype_of_the_default_stay() -> None:
    text = 'VALUES ?jour { "2024-01-01"^^xsd:date } # param'
    assert bind(text, {"jour": "2026-08-16"}) == 'VALUES ?jour { "2026-08-16"^^xsd:date } # param'
    assert bind('VALUES ?mot { "x"@fr } # param', {"mot": "été"}) == 'VALUES ?mot { "été"@fr } # param'


def test_a_line_that_is_no_parameter_is_left() -> None:
    text = 'VALUES ?x { "a" }'
    assert bind(text, {}) == text
    with pytest.raises(UsageError, match="this query has no parameter 'x'; it has: none"):
        bind(text, {"x": "b"})


def test_an_unknown_parameter_is_said_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="@rome-vae has no parameter 'naf'; it has: rome"):
        load_query("@rome-vae", {"naf": "x"})


def test_an_unknown_question() -> None:
    with pytest.raises(UsageError, match=r"there is no question @nope; `rncp-ld query --list` shows them"):
        load_query("@nope", {})


@pytest.mark.parametrize("name", ["../questions/fiche", "fiche.rq", "", "/etc/passwd"])
def test_a_question_s_name_is_no_path(name: str) -> None:
    with pytest.raises(UsageError, match="there is no question"):
        load_query(f"@{name}", {})


def test_a_query_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(QUERY, encoding="utf-8")
    assert '"b"' in load_query(str(path), {"x": "b"})
    with pytest.raises(UsageError, match="this query file cannot be read"):
        load_query(str(tmp_path / "none.rq"), {})
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="this query file cannot be read"):
        load_query(str(path), {})


def test_questions_move_to_another_base() -> None:
    base = "https://example.org/data/rncp/"
    for question in list_questions(base):
        assert "w3id.org" not in question.text
        assert question.text == load_query(f"@{question.name}", {}, base)


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    """A store of one title that looks like markup, and one with everything that CSV quotes."""
    path = tmp_path / "graph.nt"
    path.write_text(
        '<https://w3id.org/rncp/x> <http://purl.org/dc/terms/title> "[/b] [red]rouge[/red] :warning: é"@fr .\n'
        '<https://w3id.org/rncp/y> <http://purl.org/dc/terms/title> "a, \\"b\\"\\nc"@fr .\n',
        encoding="utf-8",
    )
    return GraphStore.build(tmp_path / "store", [[path.read_bytes()]])


TITLES = "SELECT ?t WHERE { ?s <http://purl.org/dc/terms/title> ?t } ORDER BY ?s"


def test_a_table_shows_texts_as_they_are(store: GraphStore) -> None:
    table = answer(store, TITLES, "table")
    assert "[/b] [red]rouge[/red] :warning: é" in table
    assert 'a, "b"' in table
    assert table.endswith("2 rows\n")


def test_csv_and_json_read_back(store: GraphStore) -> None:
    expected = ["[/b] [red]rouge[/red] :warning: é", 'a, "b"\nc']
    assert [row[0] for row in csv.reader(io.StringIO(answer(store, TITLES), newline=""))] == ["t", *expected]
    told = json.loads(answer(store, TITLES, "json"))
    assert [row["t"]["value"] for row in told["results"]["bindings"]] == expected


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE <https://w3id.org/rncp/x> <https://w3id.org/rncp/y>"],
)
@pytest.mark.parametrize(("form", "syntax"), [("table", "turtle"), ("ttl", "turtle"), ("json", "json-ld")])
def test_a_graph_is_written_as_turtle_or_jsonld(query: str, form: str, syntax: str, store: GraphStore) -> None:
    text = answer(store, query, form)
    assert len(rdflib.Graph().parse(data=text, format=syntax)) == 2
    assert ("@prefix dcterms:" in text) == (syntax == "turtle")


@pytest.mark.parametrize(("form", "said"), [("table", "yes\n"), ("csv", "true\n")])
def test_a_yes_or_no(form: str, said: str, store: GraphStore) -> None:
    assert answer(store, "ASK { ?s ?p ?o }", form) == said


def test_one_row(store: GraphStore) -> None:
    assert answer(store, f"{TITLES} LIMIT 1", "table").endswith("1 row\n")
    assert answer(store, "ASK { ?s <http://purl.org/dc/terms/none> ?o }", "table") == "no\n"


@pytest.mark.parametrize(
    ("query", "form", "message"),
    [
        ("SELECT ?x WHERE {", "csv", "this is no SPARQL query: error at 1:18"),
        ("hello", "csv", "this is no SPARQL query"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "csv", "this is no SPARQL query"),
        ("DROP ALL", "csv", "this is no SPARQL query"),
        ("SELECT ?\udcff {}", "csv", "this is no SPARQL query: it is not UTF-8"),
        (TITLES, "ttl", "Turtle is for CONSTRUCT and DESCRIBE; ask for table, csv or json"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "csv", "CSV is for SELECT and ASK; ask for ttl or json"),
    ],
)
def test_what_cannot_be_answered(query: str, form: str, message: str, store: GraphStore) -> None:
    with pytest.raises(UsageError) as caught:
        answer(store, query, form)
    assert str(caught.value).startswith(message)
    assert len(str(caught.value)) < 300


def test_a_store_that_is_not_there_or_broken(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="no store here; run `rncp-ld build` first"):
        GraphStore.open(tmp_path / "none")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("x")
    with pytest.raises(PublicationError, match="this store cannot be read"):
        GraphStore.open(tmp_path / "store")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("@valides-le", "jour=31/12/2023"), "jour='31/12/2023': expected a day, AAAA-MM-JJ, for example 2024-01-01"),
        (("@fiche", "fiche=2383"), "fiche='2383': expected a fiche number, for example RNCP2383 or RS5000"),
        (("@rome-vae", "rome=K12O5"), "rome='K12O5': expected a ROME code of any depth"),
        (("@non-accessibles", "territoire=XX"), "territoire='XX': expected NCL (Nouvelle-Calédonie) or PYF"),
        (("@groupe-nsf", "nsf=532"), "nsf='532': expected an NSF code of any depth"),
    ],
)
def test_a_value_that_its_parameter_cannot_have_is_refused(
    arguments: tuple[str, str], expected: str, seed_build: Path
) -> None:
    outcome = run("query", *arguments, "--build", seed_build)
    assert (outcome.code, expected in outcome.err) == (2, True), outcome.err


@pytest.mark.parametrize(
    ("arguments", "row"),
    [
        (("@fiche", "fiche=rncp 2383"), "Technicien(ne) médiation services"),
        (("@groupe-nsf", "nsf=332T"), "RNCP2383"),
    ],
)
def test_case_and_spaces_of_a_code_do_not_matter(arguments: tuple[str, str], row: str, seed_build: Path) -> None:
    assert row in run("query", *arguments, "--build", seed_build, "--format", "csv").out


def test_a_rome_domain_finds_its_jobs(real_build: Path) -> None:
    job, domain = (
        run("query", "@rome-vae", f"rome={code}", "--build", real_build, "--format", "csv").out.splitlines()
        for code in ("M1805", "M18")
    )
    assert len(job) > 1
    assert set(job) <= set(domain)
