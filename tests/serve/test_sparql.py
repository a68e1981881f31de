"""`/sparql` as programs meet it: every way to ask, every format, the questions, and one clear answer to what is wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from rdflib import Graph

from rncp_ld.store.questions import list_questions
from tests.command import run
from tests.serve.asking import FORM, get, media_type, post
from tests.serve.hosts import Serve

TITLES = "SELECT ?n ?t { ?c <https://w3id.org/rncp/def#code> ?n ; <http://purl.org/dc/terms/title> ?t } ORDER BY ?n"
GRAPH = "CONSTRUCT { ?c a ?k } WHERE { ?c a ?k ; <https://w3id.org/rncp/def#code> 'RNCP2' }"


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build, "--query-result", "1")
    yield one
    assert one.stop() == ""


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (TITLES, None, "application/sparql-results+json"),
        (TITLES, "*/*", "application/sparql-results+json"),
        (TITLES, "application/json", "application/sparql-results+json"),
        (TITLES, "application/sparql-results+xml", "application/sparql-results+xml"),
        (TITLES, "text/csv", "text/csv"),
        (TITLES, "text/tab-separated-values", "text/tab-separated-values"),
        (TITLES, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        (TITLES, "text/turtle, application/sparql-results+json;q=0.5", "application/sparql-results+json"),
        (TITLES, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("ASK {}", None, "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (GRAPH, None, "text/turtle"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <https://w3id.org/rncp/certification/RNCP2>", "application/n-triples", "application/n-triples"),
        ("PREFIX select: <x:> # ask\nCONSTRUCT {?s select:ask ?o} {?s ?p ?o} LIMIT 1", None, "text/turtle"),
    ],
)
def test_every_format(query: str, accept: str | None, expected: str, server: Serve) -> None:
    response = get(server, accept, query=query)
    assert (response.status, media_type(response)) == (200, expected), response.body
    assert response["vary"] is not None
    assert response["access-control-allow-origin"] == "*"
    assert response["x-content-type-options"] == "nosniff"


def test_each_format_holds_the_same_rows(server: Serve) -> None:
    rows = [("RNCP1", None), ("RNCP2", "Médiateur <script>alert(1)</script>")]
    found = json.loads(get(server, query=TITLES).body)["results"]["bindings"]
    assert ("RNCP2", rows[1][1]) in [(one["n"]["value"], one["t"]["value"]) for one in found]
    text = get(server, "text/csv", query=TITLES).body.decode()
    assert ["RNCP2", str(rows[1][1])] in list(csv.reader(io.StringIO(text)))
    assert len(text.splitlines()) == len(found) + 1
    assert get(server, "text/tab-separated-values", query=TITLES).body.count(b"\n") == len(found) + 1


def test_every_graph_format_holds_the_same_triples(server: Serve) -> None:
    readers = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/n-triples": "nt", "application/rdf+xml": "xml"}  # fmt: skip
    graphs = [set(Graph().parse(data=get(server, accept, query=GRAPH).body, format=reader)) for accept, reader in readers.items()]  # fmt: skip
    assert graphs[0]
    assert all(graph == graphs[0] for graph in graphs)


def test_every_way_to_ask_is_one(server: Serve) -> None:
    """GET, both forms of POST, with and without the last slash, and fields in the address of a POST."""
    expected = get(server, query=TITLES).body
    fields = urlencode({"query": TITLES}).encode()
    answers = [
        get(server, path="/sparql/", query=TITLES),
        post(server, fields),
        post(server, fields, f"{FORM}; charset=UTF-8"),
        post(server, TITLES.encode(), "application/sparql-query"),
        post(server, TITLES.encode(), "Application/SPARQL-Query;charset=utf-8", path="/sparql/"),
        server.ask(f"/sparql?{urlencode({'query': TITLES})}", "POST", {"Content-Type": FORM}, b""),
    ]
    assert [one.status for one in answers] == [200] * len(answers)
    assert {one.body for one in answers} == {expected}
    head = server.ask(f"/sparql?query={quote(TITLES)}", "HEAD")
    assert (head.status, head.body, media_type(head)) == (200, b"", "application/sparql-results+json")


def test_the_parameter_format_goes_before_accept(server: Serve) -> None:
    for name, expected in [("csv", "text/csv"), ("xml", "application/sparql-results+xml"), ("text/csv", "text/csv")]:
        assert media_type(get(server, "text/html", query=TITLES, format=name)) == expected
    assert media_type(get(server, query=GRAPH, format="rdf")) == "application/rdf+xml"
    assert get(server, query=TITLES, format="ttl").status == 406
    assert get(server, "image/png", query=TITLES).status == 406


def test_results_are_compressed_for_those_who_take_it(server: Serve) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 200"
    plain = get(server, query=query)
    coded = server.ask(f"/sparql?query={quote(query)}", headers={"Accept-Encoding": "gzip"})
    assert coded["content-encoding"] == "gzip"
    assert len(coded.body) < len(plain.body) / 3
    assert "Accept-Encoding" in (plain["vary"] or "")


def test_graphs_of_the_protocol(server: Serve) -> None:
    """There are no named graphs; one that is named all the same is an empty one."""
    ask = "ASK { ?s ?p ?o }"
    assert json.loads(get(server, query=ask).body)["boolean"] is True
    assert json.loads(get(server, query=ask, default_graph_uri="urn:x:unknown").body)["boolean"] is False
    assert json.loads(get(server, query="ASK { GRAPH ?g { ?s ?p ?o } }", named_graph_uri="urn:x:g").body)["boolean"] is False  # fmt: skip
    refused = get(server, query=ask, default_graph_uri="not an IRI")
    assert (refused.status, media_type(refused)) == (400, "application/problem+json")


MALFORMED = [
    ("SELECT ?s WHERE {\n  ?s a ;\n}", 3, 2),
    ("SELEKT * {}", 1, None),
    ("", 1, None),
    ("{", 1, None),
    ('SELECT * { ?s ?p "é }', 1, None),
    ("SELECT * { FILTER(?x = 1 }", 1, None),
    ("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("query", "line", "column"), MALFORMED)
def test_what_is_no_sparql_is_told_with_its_place(
    query: str, line: int | None, column: int | None, server: Serve
) -> None:
    response = post(server, query.encode(), "application/sparql-query")
    assert (response.status, media_type(response)) == (400, "application/problem+json")
    problem = json.loads(response.body)
    assert problem["status"] == 400
    if not query:
        assert "Le champ « query » est vide" in problem["detail"].replace("\xa0", " ")
    elif line is not None:
        assert problem["line"] == line
        assert column is None or problem["column"] == column
        assert f"Ligne {line}, colonne {problem['column']}" in problem["detail"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        (b"query=ASK%7B%7D&format=csv&format=json", FORM, 400),
        (b"query=%FF", FORM, 400),
        (b"query=\xff", FORM, 400),
        (bytes(range(256)), FORM, 400),
        (bytes(range(256)), "application/sparql-query", 400),
        (bytes(range(256)), "application/octet-stream", 415),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        ("ASK {}".encode("utf-16"), "application/sparql-query; charset=utf-16", 415),
        (b"\x00" * 1000, "application/sparql-query", 400),
        (b"&" * 100_000, FORM, 400),
        (b"a=1&" * 1000, FORM, 400),
        (b"query=ASK%7B%7D&question=fiche", FORM, 400),
        (b"nothing=1", FORM, 400),
        (b"query=+", FORM, 400),
        (b"ASK {} #" + b"x" * (1 << 20), "application/sparql-query", 413),
        (b"query=" + b"x" * (1 << 20), FORM, 413),
    ],
)
def test_a_bad_request_is_told(body: bytes, content_type: str, status: int, server: Serve) -> None:
    response = post(server, body, content_type)
    assert (response.status, media_type(response)) == (status, "application/problem+json"), response.body
    assert json.loads(response.body)["status"] == status


def test_an_empty_query_is_none(server: Serve) -> None:
    response = get(server, query="")
    assert (response.status, "est vide" in response.body.decode()) == (400, True)
    refused = post(server, b"ASK {}", "text/plain")
    assert (refused.status, refused["accept-post"]) == (
        415,
        "application/sparql-query, application/x-www-form-urlencoded",
    )


def test_an_address_that_is_too_long_is_told(server: Serve) -> None:
    """A query of a megabyte by GET, and header fields of a megabyte: not read on, and the connection is closed."""
    response = get(server, query="ASK {} #" + "x" * (1 << 20))
    assert (response.status, response["connection"]) == (414, "close")
    many = server.ask("/sparql", headers={f"X-{number}": "x" * 1000 for number in range(90)})
    assert many.status == 431
    assert get(server, query="ASK {} #" + "x" * 50_000).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(method: str, server: Serve) -> None:
    response = server.ask("/sparql?query=ASK%7B%7D", method)
    assert (response.status, response["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_a_browser_elsewhere_may_ask(server: Serve) -> None:
    response = server.ask(
        "/sparql", "OPTIONS", {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert response.status == 204
    assert "POST" in (response["access-control-allow-methods"] or "")
    assert "Content-Type" in (response["access-control-allow-headers"] or "")


def test_a_result_that_is_too_large_is_an_error_never_a_part(server: Serve) -> None:
    """The limit of this server is 1 MiB."""
    cross = "SELECT * { ?a a ?x . ?b a ?y . ?c a ?z }"
    response = get(server, "text/csv", query=cross)
    assert (response.status, media_type(response)) == (400, "application/problem+json")
    assert json.loads(response.body)["type"] == "urn:rncp-ld:problem:result-too-large"
    assert get(server, "text/csv", query=f"{cross} LIMIT 10").status == 200


def test_an_engine_that_fails_in_the_middle_gives_no_half_result(server: Serve) -> None:
    """It has said 200 when it finds that JSON-LD cannot hold a triple within a triple."""
    query = "CONSTRUCT { <x:a> <x:b> ?t } { BIND(TRIPLE(<x:a>, <x:b>, <x:c>) AS ?t) }"
    response = get(server, "application/ld+json", query=query)
    assert (response.status, media_type(response)) == (502, "application/problem+json")
    for accept in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"):
        assert get(server, accept, query="CONSTRUCT { ?s ?p ?o } { ?s <x:none> ?o ; ?p ?o }").status == 200


# Questions


@pytest.mark.parametrize("name", [one.name for one in list_questions()])
def test_every_question_answers_as_the_command_does(name: str, server: Serve, served_build: Path) -> None:
    response = get(server, question=name, format="csv")
    assert response.status == 200
    expected = run("query", f"@{name}", "--build", served_build, "--format", "csv").out
    assert response.body.decode().splitlines() == expected.splitlines()


def test_a_question_takes_parameters(server: Serve) -> None:
    rows = get(server, "text/csv", question="fiche", fiche="rncp2").body.decode()
    assert "Médiateur" in rows
    assert get(server, "text/csv", question="fiche", fiche="RNCP999").body.decode().splitlines()[1:] == []
    injected = get(server, question="competences-mot", mot='x" } # ?s ?p ?o')
    assert (injected.status, json.loads(injected.body)["results"]["bindings"]) == (200, [])


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"question": "nothing"}, 404, "Il n'y a pas de question « nothing »"),
        ({"question": "fiche", "fiche": "x"}, 400, "« fiche » : numéro de la fiche"),
        ({"question": "fiche", "fich": "RNCP2"}, 400, "« fich » n'est pas un paramètre de cette question"),
    ],
)
def test_a_question_that_is_asked_wrongly(fields: dict[str, str], status: int, said: str, server: Serve) -> None:
    response = get(server, **fields)
    assert response.status == status
    assert said in json.loads(response.body)["detail"].replace("\xa0", " ")
