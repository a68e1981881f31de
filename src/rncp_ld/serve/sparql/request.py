"""What a request of the SPARQL 1.1 Protocol asks (https://www.w3.org/TR/sparql11-protocol/#query-operation)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from rncp_ld.serve.problems import Problem
from rncp_ld.serve.sparql.guard import READ_ONLY

METHODS: Final = "GET, HEAD, POST, OPTIONS"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MOST_FIELDS: Final = 200
_ONCE: Final = ("query", "question", "format")
_KNOWN: Final = {*_ONCE, "default-graph-uri", "named-graph-uri"}


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query and the dataset that it is asked of.

    Attributes:
        query: SPARQL.
        default_graphs, named_graphs: IRIs; both empty: the dataset of the store, or what FROM says.
        form: name of the format that is asked for by the parameter `format`, "" where there is none.
        question: name of a competency question, whose query it is; "" where there is none.
        parameters: fields that are not the protocol's: a question's parameters.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str = ""
    question: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


def _bad(detail: str, status: int = 400) -> Problem:
    return Problem(status, "Requête mal formée", detail, kind="malformed-request")


def parse_request(method: str, query_string: bytes, content_type: str, body: bytes) -> SparqlRequest | Problem:
    """Read a request; one without a query has an empty one.

    Args:
        method: GET, HEAD or POST.
        query_string: of the address, as it is sent.
        content_type: header of a POST.
        body: of a POST.
    """
    fields = _fields(query_string)
    if isinstance(fields, Problem):
        return fields
    if method == "POST":
        posted = _posted(content_type, body)
        if isinstance(posted, Problem):
            return posted
        fields = [*fields, *posted]
    return _request(fields)


def _posted(content_type: str, body: bytes) -> list[tuple[str, str]] | Problem:
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [value.strip("\"'") for name, _, value in (p.partition("=") for p in parameters) if name == "charset"]
    if media_type == UPDATE:
        return READ_ONLY
    if media_type not in {FORM, DIRECT}:
        return replace(_bad(f"Un POST porte {DIRECT} ou {FORM}.", 415), headers={"Accept-Post": f"{DIRECT}, {FORM}"})
    if any(charset not in {"utf-8", "utf8", "us-ascii"} for charset in charsets):
        return _bad("Une requête est écrite en UTF-8.", 415)
    if media_type == FORM:
        return _fields(body)
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError:
        return _bad("Le corps n'est pas de l'UTF-8.")


def _fields(encoded: bytes) -> list[tuple[str, str]] | Problem:
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        return _bad("Un champ n'est pas de l'UTF-8 sous forme codée (%C3%A9).")
    except ValueError:
        return _bad(f"Plus de {_MOST_FIELDS} champs.")


def _request(fields: list[tuple[str, str]]) -> SparqlRequest | Problem:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for field, value in fields if field == name)

    if values("update"):
        return READ_ONLY
    for name in _ONCE:
        if len(values(name)) > 1:
            return _bad(f"Le champ « {name} » figure plusieurs fois.")
    if any(not query.strip() for query in values("query")) and not values("question"):
        return _bad("Le champ « query » est vide.")
    query, question, form = (next(iter(values(name)), "") for name in _ONCE)
    if query and question:
        return _bad("« query » et « question » ne vont pas ensemble.")
    return SparqlRequest(
        query,
        values("default-graph-uri"),
        values("named-graph-uri"),
        form,
        question,
        tuple((name, value) for name, value in fields if name not in _KNOWN),
    )
