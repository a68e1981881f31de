"""Whatever is asked of `/sparql` has an answer. 1,000 cases each in CI; `HYPOTHESIS_PROFILE=long` runs 100,000."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.serve.hosts import Serve


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build, "--query-seconds", "1.5", "--query-memory", "256")
    yield one
    assert one.stop() == ""


PIECES = st.sampled_from(
    [
        "SELECT", "*", "?s", "?p", "?o", "{", "}", "(", ")", "WHERE", "ASK", "CONSTRUCT", "DESCRIBE", "FILTER", "UNION", "OPTIONAL", "a",
        "'", '"', '"""', "<", ">", "<x:y>", "x:y", "PREFIX x: <x:>", ".", ";", ",", "LIMIT 5", "ORDER BY ?s", "#", "\n", "\\u0041", "\\",
        "COUNT(*)", "AS ?n", "GROUP BY ?s", "VALUES", "MINUS", "BIND(1 AS ?x)", "1", "1e400", "true", "@fr", "^^", "|", "/", "+", "é", "\x00",
        "\u2028", "REGEX(?o, '(a+)+$')", "REPLACE('a','.*?','$9')", "INSERT", "GRAPH ?g", "FROM <x:g>", "SERVICE", "EXISTS", "NOT", "IN",
    ]
)  # fmt: skip
ACCEPTS = st.one_of(
    st.sampled_from(
        ["*/*", "text/html", "text/csv", "text/turtle", "application/json", "image/png", "text/csv;q=0, */*"]
    ),
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)
STATUSES = {200, 400, 403, 406, 413, 415, 504}


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(pieces=st.lists(PIECES, max_size=20), accept=ACCEPTS)
def test_any_query_has_an_answer(server: Serve, pieces: list[str], accept: str) -> None:
    response = server.query(" ".join(pieces), accept)
    assert response.status in STATUSES, response
    if response["content-type"] == "application/problem+json":
        json.loads(response.body)


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(body=st.binary(max_size=300), content_type=st.sampled_from(["application/x-www-form-urlencoded", "application/sparql-query", "text/plain", "", "a/b; charset=x"]))  # fmt: skip
def test_any_body_has_an_answer(server: Serve, body: bytes, content_type: str) -> None:
    response = server.ask("/sparql", "POST", {"Content-Type": content_type}, body)
    assert response.status in STATUSES, response
