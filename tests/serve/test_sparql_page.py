"""The SPARQL page as it is sent: questions, tables, downloads, and what is wrong. A browser meets it in tests/browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rncp_ld.store.questions import list_questions
from tests.serve.asking import get, media_type
from tests.serve.hosts import Serve

GRAPH = "CONSTRUCT { ?c a ?k } WHERE { ?c a ?k ; <https://w3id.org/rncp/def#code> 'RNCP2' }"


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build, "--query-result", "1")
    yield one
    assert one.stop() == ""


def page(server: Serve, path: str = "/sparql", **fields: str) -> str:
    response = get(server, "text/html", path, **fields)
    assert media_type(response) == "text/html"
    return response.body.decode()


def test_the_page_offers_every_question_with_its_parameters(server: Serve) -> None:
    text = page(server)
    for question in list_questions():
        assert f'name="question" value="{question.name}"' in text
        for parameter in question.parameters:
            assert f'name="{parameter.name}" value="{parameter.default}"' in text
    assert "<h2>Résultat" not in text
    assert "noindex" not in text


def test_the_page_shows_a_table_whose_iris_lead_to_our_pages(server: Serve) -> None:
    text = page(server, query="SELECT ?c ?t { ?c a <https://w3id.org/rncp/def#Certification> ; <http://purl.org/dc/terms/title> ?t }")  # fmt: skip
    assert (
        '<a href="certification/RNCP2" title="https://w3id.org/rncp/certification/RNCP2">certification/RNCP2</a>'
        in text
    )
    assert "Médiateur &lt;script&gt;alert(1)&lt;/script&gt;" in text  # fmt: skip
    assert "1\xa0ligne</span>" in text
    assert 'format=csv" download="resultat.csv">CSV</a>' in text
    below = page(server, "/sparql/", query="SELECT ?c { ?c a <https://w3id.org/rncp/def#Certification> }")
    assert '<a href="../certification/RNCP2"' in below
    assert 'action="../sparql#page.resultat"' in below


def test_the_downloads_of_the_page_are_what_the_page_shows(server: Serve) -> None:
    text = page(server, question="fiche", fiche="RNCP2")
    link = re.search(r'href="(sparql\?[^"]*format=csv)"', text)
    assert link
    response = server.ask(f"/{link[1].replace('&amp;', '&')}", headers={"Accept": "text/html"})
    assert (media_type(response), "Médiateur" in response.body.decode()) == ("text/csv", True)
    assert '"RNCP2"' in text.replace("&#34;", '"'), "the query is shown with its parameter"


def test_the_page_shows_graphs_and_verdicts(server: Serve) -> None:
    assert "<strong>Oui</strong>" in page(server, query="ASK {}")
    assert "<strong>Non</strong>" in page(server, query="ASK { ?s <x:none> ?o }")
    text = page(server, query=GRAPH)
    assert '<th scope="col">propriété</th>' in text
    assert 'href="def#Certification"' in text
    assert "rdf:type</a>" in text
    assert "aucune ligne" in page(server, query="SELECT * { ?s <x:none> ?o }")


def test_the_page_says_that_there_are_more_rows_than_it_shows(server: Serve) -> None:
    text = page(server, query="SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert text.count("<tr><td") == 1000
    assert "les 1\u202f000 premières lignes, il y en a davantage" in text
    whole = page(server, query="SELECT * { ?a ?b ?c } LIMIT 1000")
    assert whole.count("<tr><td") == 1000
    assert "davantage" not in whole


def test_a_table_of_very_many_columns_has_fewer_rows(server: Serve) -> None:
    columns = " ".join(f"({number} AS ?v{number})" for number in range(500))
    text = page(server, query=f"SELECT {columns} {{ ?s ?p ?o }} LIMIT 200")
    assert text.count("<tr><td") == 40
    assert "il y en a davantage" in text


def test_results_are_of_now(server: Serve) -> None:
    assert get(server, query="SELECT (NOW() AS ?n) {}")["cache-control"] == "no-cache"
    assert "max-age" in (get(server, "text/turtle")["cache-control"] or ""), "the description is the publication's"


def test_the_page_keeps_a_query_that_is_wrong(server: Serve) -> None:
    response = get(server, "text/html", query="SELECT </textarea><script>alert(1)</script>")
    text = response.body.decode()
    assert (response.status, media_type(response)) == (400, "text/html")
    assert "SELECT &lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert 'data-line="1" data-column=' in text
    for query in ("SELECT * { SERVICE <http://x/> {} }", "DELETE WHERE { ?s ?p ?o }"):
        assert get(server, "text/html", query=query).status == 403


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)", "https://w3id.org/rncp/javascript:alert(1)", "https://w3id.org/rncp///evil.example/x",
        "data:text/html,x", "https://w3id.org/rncp/..", "https://w3id.org/rncp/%2e%2e",
    ],
)  # fmt: skip
def test_no_iri_of_a_query_becomes_a_dangerous_link(iri: str, server: Serve) -> None:
    text = page(server, query=f"SELECT (<{iri}> AS ?x) {{}}")
    cell = re.search(r"<tbody>\s*<tr>(.*?)</tr>", text, re.DOTALL)
    assert cell
    link = re.search(r'href="([^"]*)"', cell[1])
    assert link is None or link[1] == iri.replace("&", "&amp;")
    assert link is None or link[1].startswith("https://")


def test_html_is_only_for_those_who_prefer_it(server: Serve) -> None:
    assert media_type(get(server, "text/html")) == "text/html"
    for accept in (None, "*/*", "text/turtle", "text/turtle, text/html;q=0.5"):
        assert media_type(get(server, accept)) == "text/turtle"
    assert media_type(get(server, "application/ld+json")) == "application/ld+json"
    assert get(server, "image/png").status == 406
