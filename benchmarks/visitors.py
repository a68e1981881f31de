"""What visitors of a served publication do: readers, programs, and those that no server wishes for."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from rncp_ld.store.questions import list_questions

_JSON: Final = {"Accept": "application/sparql-results+json"}
_PAGE: Final = {"Accept": "text/html", "Accept-Encoding": "gzip"}
_QUERY: Final = {"Content-Type": "application/sparql-query"}
_COUNT: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://www.w3.org/2004/02/skos/core#ConceptScheme> }"

RUNAWAY: Final = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?a), STR(?f), STR(?h))) < 0) }"
"""A join without rows, which no engine ends by itself."""

_HUNGRY: Final = "SELECT ?a ?f WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 1"
_LONG: Final = f"SELECT * WHERE {{ {' UNION '.join(['{ ?a ?b ?c }'] * 20)} }}"
"""A result that is long on any publication, and that begins at once."""

QUESTIONS: Final = ("rome-vae", "blocs-et-competences", "suites", "groupe-nsf", "partenaires-formateurs")
"""Competency questions that many would ask."""

_TEXTS: Final = [one.text for one in list_questions() if one.name in QUESTIONS]

LONGEST_WAIT: Final = 60.0
"""Seconds after which a request counts as one without an answer."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of a visit.

    Attributes:
        kind: of visit.
        start, end: by the monotonic clock.
        status: of the answer, 0 where the visitor left on purpose.
        retry_after: header of the answer, "" where there is none.
        fault: what is wrong with it beside its status: no answer, or another one than before.
    """

    kind: str
    start: float
    end: float
    status: int = 0
    retry_after: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Visitor(threading.Thread):
    """Visits until told to stop, over a connection that it keeps.

    Args:
        port: of 127.0.0.1.
        paths: of documents, as they stay in each publication.
        tell: told of each visit.
        stop: set when it is enough.
        seed: of its choices.
    """

    def __init__(
        self, port: int, paths: list[str], tell: Callable[[Visit], None], stop: threading.Event, seed: int
    ) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.paths = paths
        self.random = random.Random(seed)
        self.count: int | None = None
        self._tell = tell
        self._stop_now = stop
        self._connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)

    def run(self) -> None:
        """Visit, again and again."""
        for kind in self._kinds():
            if self._stop_now.is_set():
                break
            self._visit(kind)
            time.sleep(self.random.random() / 50)
        self._connection.close()

    def _kinds(self) -> Iterator[str]:
        """Yield each kind once, so that none is missed in a short time, then as often as their weights say."""
        names, weights = list(KINDS), [one.weight for one in KINDS.values()]
        yield from self.random.sample(names, len(names))
        while True:
            yield self.random.choices(names, weights)[0]

    def _visit(self, kind: str) -> None:
        start = time.monotonic()
        try:
            answer = KINDS[kind].visit(self)
        except (OSError, HTTPException, WrongAnswerError) as error:
            self._connection.close()
            self._tell(Visit(kind, start, time.monotonic(), fault=f"{type(error).__name__}: {error}"))
            return
        status, retry_after = (answer.status, answer.headers.get("retry-after", "")) if answer else (0, "")
        self._tell(Visit(kind, start, time.monotonic(), status, retry_after))

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: str | None = None
    ) -> Answer:
        """Send a request and read the whole answer."""
        self._connection.request(method, path, None if body is None else body.encode(), dict(headers or {}))
        response = self._connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())

    def post(self, query: str) -> Answer:
        """Send a query as programs do."""
        return self.ask("/sparql", {**_JSON, **_QUERY}, "POST", query)

    def leave(self, request: bytes) -> None:
        """Send a request and go, before or while it is answered."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT) as connection:
            connection.sendall(request)
            time.sleep(self.random.random() / 5)
            connection.setblocking(False)
            with contextlib.suppress(OSError):  # nothing has come yet
                connection.recv(self.random.choice((1, 1000)))

    def choose_path(self) -> str:
        """Choose a document."""
        return self.random.choice(self.paths)


class WrongAnswerError(Exception):
    """It says 200 and something that is not so."""


def _document(visitor: Visitor) -> Answer:
    stem, _, _ = visitor.choose_path().rpartition(".")
    suffix = visitor.random.choice(("html", "ttl", "jsonld", "nt", "rdf"))
    headers = {"Accept-Encoding": "gzip"} if visitor.random.random() < 0.5 else {}
    answer = visitor.ask(f"{stem}.{suffix}", headers)
    if answer.status == 200 and len(answer.body) < 100:
        raise WrongAnswerError(f"{stem}.{suffix}: {answer.body!r}")
    return answer


def _known_document(visitor: Visitor) -> Answer:
    path = visitor.choose_path()
    tag = visitor.ask(path).headers.get("etag", '"none"')
    return visitor.ask(path, {"If-None-Match": tag})


def _iri(visitor: Visitor) -> Answer:
    accept = visitor.random.choice(("text/html", "text/turtle", "application/ld+json;q=0.9, */*;q=0.1", "*/*"))
    return visitor.ask(visitor.choose_path().rpartition(".")[0], {"Accept": accept})


def _part_of_a_dump(visitor: Visitor) -> Answer:
    return visitor.ask("/dumps/rncp.ttl.gz", {"Range": "bytes=1000-200999"})


def _get(visitor: Visitor) -> Answer:
    """Ask what has one answer, whichever publication and engine gives it: half of an answer would show."""
    answer = visitor.ask(f"/sparql?query={quote(_COUNT)}", _JSON)
    if answer.status == 200:
        count = int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])
        if visitor.count not in {None, count}:
            raise WrongAnswerError(f"{count} schemes, and {visitor.count} before")
        visitor.count = count
    return answer


def _post(visitor: Visitor) -> Answer:
    return visitor.post(visitor.random.choice(_TEXTS))


def _form(visitor: Visitor) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/turtle"}
    query = "CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/title> ?o } LIMIT 100"
    return visitor.ask("/sparql", headers, "POST", urlencode({"query": query}))


def _page(visitor: Visitor) -> Answer:
    return visitor.ask(visitor.random.choice(("/sparql", "/sparql?question=rome-vae&rome=K")), _PAGE)


def _leaving(visitor: Visitor) -> None:
    host = f"Host: 127.0.0.1:{visitor.port}\r\n"
    query = visitor.random.choice((RUNAWAY, _LONG))
    requests = (
        f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{host}\r\n",
        f"GET /dumps/rncp.nt.gz HTTP/1.1\r\n{host}\r\n",
        f"POST /sparql HTTP/1.1\r\n{host}Content-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nSELECT",
        f"GET {visitor.choose_path()} HTTP/1.1\r\n{host}",
    )
    visitor.leave(visitor.random.choice(requests).encode())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of visit.

    Attributes:
        weight: how often, among all kinds.
        statuses: with which it may be answered while no engine is killed.
        visit: does it; returns None where the visitor has left.
    """

    weight: int
    statuses: frozenset[int]
    visit: Callable[[Visitor], Answer | None]


KINDS: Final[Mapping[str, Kind]] = {
    "document": Kind(300, frozenset({200}), _document),
    "document again": Kind(100, frozenset({200, 304}), _known_document),
    "negotiated IRI": Kind(200, frozenset({303}), _iri),
    "part of a dump": Kind(20, frozenset({206}), _part_of_a_dump),
    "no such path": Kind(20, frozenset({404}), lambda visitor: visitor.ask("/certification/RNCP0")),
    "query by GET": Kind(150, frozenset({200}), _get),
    "question by POST": Kind(150, frozenset({200}), _post),
    "CONSTRUCT by form": Kind(50, frozenset({200}), _form),
    "SPARQL page": Kind(50, frozenset({200}), _page),
    "no SPARQL": Kind(20, frozenset({400}), lambda visitor: visitor.post("SELECT WHERE")),
    "SERVICE": Kind(10, frozenset({403}), lambda visitor: visitor.post("ASK { SERVICE <http://localhost/> {} }")),
    "result too large": Kind(10, frozenset({400, 504}), lambda visitor: visitor.post(_LONG)),
    "memory too large": Kind(5, frozenset({400, 504}), lambda visitor: visitor.post(_HUNGRY)),
    "runaway query": Kind(10, frozenset({504}), lambda visitor: visitor.post(RUNAWAY)),
    "client leaves": Kind(20, frozenset({0}), _leaving),
}
"""A runaway takes two seconds where a document takes three milliseconds: they are few, and yet one burns at most times."""


def documents_of(site: Path, most: int = 2000) -> list[str]:
    """Return paths of documents of resources that have each format."""
    found = sorted(
        f"/{path.relative_to(site)}"
        for path in site.glob("*/*.ttl")
        if path.with_suffix(".html").is_file() and path.with_suffix(".jsonld").is_file()
    )
    return random.Random(0).sample(found, min(most, len(found)))
