"""What no query may do: call another server, change anything, read a file; with a real server that would be called."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.serve.sparql.client import EngineRefusedError
from rncp_ld.serve.sparql.engine import Engine, program
from rncp_ld.serve.sparql.guard import refusal
from rncp_ld.serve.sparql.limits import DEFAULTS
from tests.serve.asking import kind
from tests.serve.hosts import Serve, free_port, until


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build)
    yield one
    assert one.stop() == ""


class Called(BaseHTTPRequestHandler):
    """A SPARQL endpoint that counts who calls it."""

    calls: list[str]

    def do_GET(self) -> None:
        self.calls.append(self.path)
        body = b'{"head": {"vars": []}, "results": {"bindings": [{}]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the names are http.server's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing."""


@contextmanager
def callee() -> Iterator[tuple[str, list[str]]]:
    calls: list[str] = []
    handler = type("Handler", (Called,), {"calls": calls})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{one.server_port}/", calls
        one.shutdown()


SERVICES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service <URL> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * {SERVICE<URL>{?s ?p ?o}}",
    "SELECT * { SERVICE#comment\n<URL> { ?s ?p ?o } }",
    "SELECT * { # '\nSERVICE <URL> { ?s ?p ?o } # '\n}",
    "SELECT * { ?s ?p ?o . SERVICE\t\r\n SILENT\n<URL> { } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053\\U00000045RVIC\\u0065 <URL> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\"" . SERVICE <URL> { } }',
    "SELECT * { ?s ?p '''a'b''' . SERVICE <URL> { } }",
    'SELECT * { ?s ?p """a""b""" . SERVICE <URL> { } }',
    'SELECT * { ?s ?p "\\\\" SERVICE <URL> { } }',
    "SELECT * { BIND(1<2 AS ?x) SERVICE <URL> { } }",
    "SELECT * { FILTER(?a < ?b) SERVICE <URL> { } FILTER(?a > ?b) }",
    "SELECT * { FILTER(1 <SERVICE> 2) SERVICE <URL> { } }",
    "SELECT * { ?s ?p \\u0022x\\u0022 . SERVICE <URL> { } }",
    'SELECT * { ?s ?p "x"@fr SERVICE <URL> { } }',
    "SELECT * { ?s ?p 1.SERVICE <URL> { } }",
    "SELECT * { ?s ?p true.SERVICE <URL> { } }",
    "PREFIX : <x:> SELECT * { ?s ?p : SERVICE <URL> { } }",
    "SELECT * { ?s ?p []SERVICE <URL> { } }",
    "SELECT * { ?s ?p _:b SERVICE <URL> { } }",
    "PREFIX x: <URL> SELECT * { SERVICEx: { } }",
    "PREFIX x: <URL> SELECT * { serviceX:y { } }",
    "PREFIX : <URL> SELECT * { SERVICE:y { } }",
    "PREFIX : <URL> PREFIX service: <x:> SELECT * { service:y { } }",
    "PREFIX x: <URL> SELECT * { SERVICESILENTx:y { } }",
    "SELECT * { ?s ?p 1e5SERVICE<URL>{ } }",
    "SELECT * { ?s ?p 1.5SERVICE<URL>{ } }",
    "SELECT * { ?s ?p trueSERVICE<URL>{ } }",
    "PREFIX x: <x:> SELECT * { ?s ?p x:.SERVICE<URL>{ } }",
    "PREFIX x: <x:> SELECT * { ?s ?p x:a\U0001f600\\' . SERVICE <URL> { } ?s ?p '' }",
    "SELECT * { ?s ?p <x:\\u0041'> . SERVICE <URL> { } ?s ?p '' }",
    "SELECT * { ?s ?p \"\\u0022'\" . SERVICE <URL> { } ?s ?p '' }",
    "SELECT * { ?s ?p \"\\u0022'\" . ?s ?p <x:\\u0041'> . ?s ?p '\\u0027' . SERVICE <URL> { } ?s ?p '' }",
    "SELECT * { ?s ?p 'x'@en--ltrSERVICE<URL>{ } }",
    "SELECT * { ?s ?p ?o\u00b7SERVICE<URL>{ } }",
    "SELECT * { \u017fERVICE <URL> { } }",
]  # fmt: skip
"""Ways of writing a call to another server: keywords in any case, comments and texts beside them, escapes, subqueries."""

HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
    "SELECT * { ?s ?p 'it is a service' }",
    'SELECT * { ?s ?p """a "SERVICE" b""" }',
    "SELECT * { ?service ?SERVICE $Service }",
    "SELECT * { ?s a <http://example.org/SERVICE> }",
    "PREFIX x: <x:> SELECT * { ?s x:SERVICE ?o }",
    "PREFIX s: <x:> SELECT * { ?s s:service-x ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/>",
    "SELECT * { _:service ?p ?o }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT ?services { ?services ?p ?o }",
    'SELECT * { ?s ?p "\\u0053ERVICE" }',
    "PREFIX a: <x:> SELECT * { ?s a:b.service ?o }",
    "PREFIX x: <x:> SELECT * { ?s ?p x:y.SERVICE }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_no_query_calls_another_server(query: str, server: Serve) -> None:
    with callee() as (address, calls):
        text = query.replace("URL", address)
        response = server.query(text)
        assert (response.status, kind(response)) == (403, "service-refused")
        assert server.ask(f"/sparql?query={quote(text)}").status == 403
        assert calls == []


SLY = [
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<=2)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    'SELECT * { VALUES ?x {""" a" } SERVICE <URL> { ?s ?p ?o } #\\z """\n }',
    "SELECT * { VALUES ?x {''' a' } SERVICE <URL> { ?s ?p ?o } #\\z '''\n }",
]
"""What only the engine's own parser reads as a call."""


@pytest.mark.parametrize("query", SLY)
def test_what_passes_the_guard_is_refused_by_the_system(query: str, server: Serve) -> None:
    with callee() as (address, calls):
        for accept in ("application/sparql-results+json", "text/csv", "text/html"):
            assert server.query(query.replace("URL", address), accept).status == 502
        assert calls == []


def test_an_engine_calls_nobody_whatever_it_is_asked(served_build: Path) -> None:
    """Without the guard: the engine itself, started as the server starts it."""

    async def ask() -> None:
        engine = await Engine.start(served_build / "store", DEFAULTS.memory)
        try:
            for query in (SERVICES[0], *SLY):
                with contextlib.suppress(EngineRefusedError):
                    await engine.ask([("query", query.replace("URL", address))], "text/csv", 10_000)
            assert await engine.ask([("query", "ASK {}")], "text/csv", 10_000) == b"true"
        finally:
            await engine.end()

    with callee() as (address, calls):
        asyncio.run(ask())
        assert calls == []


def test_the_engine_alone_would_call_it(served_build: Path) -> None:
    """What the guard refuses is a danger: without it, the server is called."""
    import subprocess

    port = free_port()
    command = [program(), "serve-read-only", "--location", str(served_build / "store"), "--bind", f"127.0.0.1:{port}"]
    engine = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        with callee() as (address, calls):

            def was_called() -> bool:
                try:
                    httpx.post(f"http://127.0.0.1:{port}/query", data={"query": SERVICES[0].replace("URL", address)})
                except httpx.TransportError:
                    return False
                return calls != []

            until(was_called)
    finally:
        engine.kill()
        engine.wait()


@pytest.mark.parametrize("query", HARMLESS)
def test_a_word_that_only_looks_like_it_passes(query: str, server: Serve) -> None:
    assert refusal(query) is None
    assert server.query(query).status in {200, 400}, "400 where the engine finds it no SPARQL"


BLANKS = st.sampled_from([" ", "\n", "\t", "\r\n", "#x\n", "# ' \" <\n"])


@st.composite
def keyword(draw: st.DrawFn) -> str:
    """Write the keyword in any case, each letter plain or as an escape."""
    written = []
    for letter in "SERVICE":
        one = draw(st.sampled_from([letter, letter.lower()]))
        form = draw(st.sampled_from(["{}", "{}", "\\u{:04X}", "\\u{:04x}", "\\U{:08X}"]))
        written.append(form.format(one) if form == "{}" else form.format(ord(one)))
    return "".join(written)


BEFORE = st.sampled_from(
    [
        "SELECT * {", "SELECT * { ?s ?p 'x' .", 'ASK { ?s ?p "a\\"b" .', "SELECT * { ?s ?p '''it's''' .", "SELECT * { ?s ?p <x:#a> .",
        "CONSTRUCT WHERE { { ?s ?p ?o }", "SELECT * { FILTER(?x < 3)", 'SELECT * { ?s ?p """a""b""" .', "SELECT * { ?s ?p 'a'@fr .",
        "# SERVICE '\nSELECT * {", "SELECT * { ?s <x:p'> 1 .", "SELECT * { ?s ?p '\\\\' .",
    ]
)  # fmt: skip


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(before=BEFORE, word=keyword(), blanks=st.lists(BLANKS, min_size=1, max_size=3))
def test_however_it_is_written_it_is_refused(before: str, word: str, blanks: list[str]) -> None:
    problem = refusal(f"{before} {word}{''.join(blanks)}<http://x/> {{}} }}")
    assert problem is not None
    assert problem.kind == "service-refused"


CALLEE = "http://127.0.0.1:1/"
"""An address that the engine refuses to call: so that a query that would call is told, and none is called."""

TOKENS = st.sampled_from(
    [
        f"SERVICE <{CALLEE}>", f"SERVICE<{CALLEE}>", "SERVICE", "service", "Service x:", "SERVICEx:y", "SERVICE:y", "SILENT", "{}", "{", "}",
        f"SERVICE <{CALLEE}> {{}}", f"SERVICE<{CALLEE}>{{}}", "SERVICEx:y{}", "SERVICE:{}", "?s ?p ?o", "?s", "x:p", ":p", "x:.", "x:a.",
        "_:b", "_:b.", "'", '"', "'''", '"""', "'a'", '"b"', "\\'", '\\"', "\\u0027", "\\u0022", "\\u0041", "\\u005C", "\\\\", "<x:a>",
        "<x:'>", "<x:\\u0041'>", "<", ">", "#", "\n", "\r", " ", " ", ".", ";", ",", "1", "1.5", "1e5", "true", "a", "@en", "^^x:d", "x:a\\'",
        "x:\U0001f600", "x:%41", "·", "-", "UNION", "OPTIONAL", "MINUS", "FILTER(1<2)", "FILTER(?s>1)", "BIND(1 AS ?x)", "VALUES ?v {1}", "$v",
    ]
)  # fmt: skip


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(tokens=st.lists(TOKENS, min_size=1, max_size=12))
def test_what_the_guard_lets_through_does_not_call(tokens: list[str]) -> None:
    """The engine's own parser reads the same text: where it would call a server, the guard has refused."""
    query = f"PREFIX : <{CALLEE}> PREFIX x: <{CALLEE}> SELECT * {{ {''.join(tokens)} }}"
    if refusal(query) is None:
        assert not would_call(query), query


def would_call(query: str) -> bool:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("o")))
    try:
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        list(solutions)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError) as error:
        return "port" in str(error).lower() or "HTTP" in str(error)
    return False


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <URL> {} }", "PREFIX x: <URL> SELECT * { SERVICEx:y{} }"])
def test_a_query_that_would_call_is_seen_to(query: str) -> None:
    assert would_call(query.replace("URL", CALLEE))


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(text=st.text(max_size=200))
def test_the_guard_reads_anything(text: str) -> None:
    refusal(text)


@pytest.mark.parametrize(
    "piece",
    ["a.", "a-", "a", ":", ":.", "a:", "x:a.", ".", "<a", "<", "'", '"', "'''", "'''a", "'\\n", "\\", "\\'", '""', '"a', "@a-", "%4", "_", "_:", "#", "?a", "1a"],
)  # fmt: skip
def test_no_text_makes_the_guard_slow(piece: str) -> None:
    """As long as a request may be. Where time grew with the square of the length, this would take an hour."""
    refusal(piece * ((512 << 10) // len(piece)))
    refusal(f"'''{piece}" * ((512 << 10) // (len(piece) + 3)))


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }", "DELETE WHERE { ?s ?p ?o }", "DROP ALL", "CLEAR DEFAULT", "LOAD <http://x/>",
        "PREFIX x: <x:> INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CREATE GRAPH <x:g>", "COPY DEFAULT TO <x:g>", "# a\ninsert data {}", "\\u0049NSERT DATA {}",
    ],
)  # fmt: skip
def test_nothing_can_be_changed(update: str, server: Serve) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = server.query(count).body
    for response in (
        server.query(update),
        server.ask(f"/sparql?update={quote(update)}"),
        server.ask("/sparql", "POST", {"Content-Type": "application/sparql-update"}, update.encode()),
        server.ask("/sparql", "POST", {"Content-Type": "application/x-www-form-urlencoded"}, f"update={quote(update)}".encode()),
        server.ask("/update", "POST", {"Content-Type": "application/sparql-update"}, update.encode()),
        server.ask("/store?default", "PUT", {"Content-Type": "text/turtle"}, b"<x:a> <x:b> <x:c> ."),
    ):  # fmt: skip
        assert response.status in {403, 404, 405}
    assert server.query(count).body == before


def test_no_file_is_read(server: Serve) -> None:
    for query in (
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }",
    ):
        assert json.loads(server.query(query).body)["results"]["bindings"] == []
    response = server.ask("/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D&default-graph-uri=file:///etc/passwd")
    assert json.loads(response.body)["boolean"] is False
