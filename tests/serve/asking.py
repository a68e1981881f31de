"""Asks `/sparql`, and reads what comes back; queries that cost more than they may."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from tests.serve.hosts import Response, Serve

FORM = "application/x-www-form-urlencoded"

RUNAWAY = (
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j)) = 'none') }"
)
"""A join of everything with everything that yields no row: the engine's own timeout never looks at it."""

GREEDY = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?g), STR(?i))) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""A text that grows without end."""


def get(server: Serve, accept: str | None = None, path: str = "/sparql", **fields: str) -> Response:
    query = urlencode({name.replace("_", "-"): value for name, value in fields.items()})
    return server.ask(f"{path}?{query}" if query else path, headers={} if accept is None else {"Accept": accept})


def post(server: Serve, body: bytes, content_type: str = FORM, accept: str = "*/*", path: str = "/sparql") -> Response:
    return server.ask(path, "POST", {"Content-Type": content_type, "Accept": accept}, body)


def media_type(response: Response) -> str:
    return (response["content-type"] or "").partition(";")[0]


def kind(response: Response) -> str:
    """Return the kind of problem that a response tells."""
    assert response["content-type"] == "application/problem+json", response
    return str(json.loads(response.body)["type"]).rpartition(":")[2]
