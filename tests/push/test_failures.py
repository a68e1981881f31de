"""What `rncp-ld push` says where a store does not take the graph: one line, exit 3, no secret, no traceback."""

from __future__ import annotations

import base64
import contextlib
import gzip
import os
import pty
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rncp_ld.errors import PublicationError
from rncp_ld.store.challenges import parse_challenges
from rncp_ld.store.credentials import Credentials
from rncp_ld.store.graph_dump import Body, GraphDump
from rncp_ld.store.graph_store import RemoteGraph
from tests.command import Outcome, run
from tests.push.answers import Answer, Request, answering, speaking

DUMP = Path("site") / "dumps" / "rncp.nt.gz"
DIGEST = 'Digest realm="store", nonce="abc", qop="auth", algorithm=MD5'
BASIC = 'Basic realm="store"'
SECRET = "s3cret"


def push(build: Path, store: str, *options: str) -> Outcome:
    return run("push", "--build", build, "--graph-store", store, *options)


def dump_of(build: Path) -> bytes:
    return gzip.decompress((build / DUMP).read_bytes())


def on_put(answer: Answer, otherwise: int = 200) -> Callable[[Request], Answer]:
    """Answer a PUT so, and all else with a status."""
    return lambda request: answer if request.method == "PUT" else Answer(otherwise)


HTML = "<html><head><title>Oops</title></head><body><h1>Oops</h1><p>no space &lt;left&gt;</p></body></html>"

ANSWERS = [
    (Answer(500, HTML), "500 Internal Server Error; it says: Oops no space <left>"),
    (Answer(500), "500 Internal Server Error"),
    (Answer(503, "é" * 5000), "503 Service Unavailable; it says: ééé"),
    (Answer(400, "line 1"), "400 Bad Request; it does not understand the request; it says: line 1"),
    (Answer(400, "\x1b[2Jred\x07\r\nline 2"), "400 Bad Request; it does not understand the request; it says: [2Jred line 2\n"),
    (Answer(403), "403 Forbidden; this user may not do that"),
    (Answer(404), "404 Not Found; nothing has this address there"),
    (Answer(405), "405 Method Not Allowed; this address cannot be written; is it that of the graph store?"),
    (Answer(413), "413 Request Entity Too Large; the graph is too large for it"),
    (Answer(413, is_early=True), "413 Request Entity Too Large; the graph is too large for it"),
    (Answer(415), "415 Unsupported Media Type; it takes neither N-Triples nor Turtle"),
    (Answer(202), "202 Accepted"),
    (Answer(302, headers={"Location": "/login?next=x"}), "302 Found; it leads elsewhere; if that is right, name that address: http"),
    (Answer(0), "the server broke off ("),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "said"), ANSWERS, ids=[said[:40] for _, said in ANSWERS])
def test_an_answer_that_is_not_the_one_hoped_for(answer: Answer, said: str, other_build: Path) -> None:
    with answering(on_put(answer)) as server:
        outcome = push(other_build, server.address)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.replace("Content Too Large", "Request Entity Too Large").startswith(
        f"rncp-ld: {server.address}: {said}"
    )
    assert outcome.err.count("\n") == 1
    assert len(outcome.err) < 500


def test_a_server_that_hangs_up_at_once(other_build: Path) -> None:
    with answering(lambda _: Answer(0)) as server:
        outcome = push(other_build, server.address)
    assert (outcome.code, f"{server.address}: the server broke off (" in outcome.err) == (3, True)


def test_a_server_that_is_too_slow(other_build: Path) -> None:
    def slowly(request: Request) -> Answer:
        if request.method == "PUT" and request.body:
            time.sleep(2)
        return Answer()

    with answering(slowly) as server:
        outcome = push(other_build, server.address, "--timeout", "1")
    assert (
        outcome.code,
        "no answer within 1 s; the store may still be at work: look what the graph holds" in outcome.err,
    ) == (3, True)


@pytest.mark.parametrize("status", [500, 401, 200])
def test_a_server_that_trickles(status: int, other_build: Path) -> None:
    """Each byte comes in time, and their end never does; the status of an error is said all the same."""
    started = time.monotonic()
    with answering(on_put(Answer(status, "o" * 600, pause=0.5))) as server:
        outcome = push(other_build, server.address, "--timeout", "2")
    assert (outcome.code, time.monotonic() - started < 6) == (3, True)
    assert f"{server.address}: {'no answer within 2 s; the store may' if status == 200 else status}" in outcome.err


def test_the_text_of_an_error_is_not_waited_for_long(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rncp_ld.store.exchange._TEXT", 1.0)
    started = time.monotonic()
    with answering(on_put(Answer(500, "o" * 600, pause=0.5))) as server:
        outcome = push(other_build, server.address)
    assert ("; it says: oo" in outcome.err, time.monotonic() - started < 5) == (True, True)


@pytest.mark.parametrize(
    ("words", "pause"), [(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 600, 0.1), (b"", 0), (b"220 ESMTP\r\n", 0), (b"\x00", 0)]
)
def test_nothing_was_sent_where_the_first_answer_fails(words: bytes, pause: float, other_build: Path) -> None:
    started = time.monotonic()
    with speaking(words, pause) as port:
        outcome = push(other_build, f"http://127.0.0.1:{port}/", "--timeout", "2")
    assert (outcome.code, time.monotonic() - started < 6) == (3, True)
    assert outcome.err.endswith("; nothing was sent\n"), outcome.err
    assert "look what" not in outcome.err


def test_a_server_that_trickles_behind_tls(
    certificate: tuple[Path, ssl.SSLContext], other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    started = time.monotonic()
    with answering(on_put(Answer(500, "o" * 600, pause=0.5)), certificate[1]) as server:
        outcome = push(other_build, server.address, "--timeout", "2")
    assert (outcome.code, time.monotonic() - started < 6) == (3, True)
    assert f"{server.address}: 500 " in outcome.err


COUNTS = [
    (Answer(404), "404 Not Found"),
    (Answer(405), "405 Method Not Allowed"),
    (Answer(200, "<html>"), "this answer is no SPARQL result in JSON; is it a SPARQL endpoint?"),
    (Answer(200, "o" * 600, pause=0.5), "no answer within 3 s"),
    (Answer(0), "the server broke off ("),
]


@pytest.mark.parametrize(("answer", "said"), COUNTS, ids=[said[:30] for _, said in COUNTS])
def test_a_graph_that_cannot_be_counted_is_replaced_all_the_same(answer: Answer, said: str, other_build: Path) -> None:
    with answering(lambda request: answer if request.method == "POST" else Answer()) as server:
        outcome = push(other_build, server.address, "--sparql-endpoint", server.address, "--timeout", "3")
    triples = dump_of(other_build).count(b"\n")
    assert outcome.code == 3
    assert f"{server.address}, default graph: replaced (204), {triples:,} triples sent; not counted: " in outcome.err
    assert f"not counted: {server.address}: {said}" in outcome.err
    assert "look what" not in outcome.err


def test_what_is_no_web_server(other_build: Path) -> None:
    with speaking(b"220 mail.example.org ESMTP\r\n") as port:
        outcome = push(other_build, f"http://127.0.0.1:{port}/")
    assert (outcome.code, "the server broke off (" in outcome.err) == (3, True), outcome.err


def test_what_does_not_speak_tls(other_build: Path) -> None:
    with speaking(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        outcome = push(other_build, f"https://127.0.0.1:{port}/")
    assert (outcome.code, "no safe connection: [SSL: WRONG_VERSION_NUMBER]" in outcome.err) == (3, True), outcome.err


def test_a_host_that_is_none(other_build: Path) -> None:
    outcome = push(other_build, "http://nowhere.invalid/data")
    assert (outcome.code, "http://nowhere.invalid/data: cannot be reached: " in outcome.err) == (3, True)


def test_a_redirect_is_named_before_anything_is_sent(other_build: Path) -> None:
    with answering(
        lambda _: Answer(308, headers={"Location": f"https://store.example.org/data?key={SECRET}"})
    ) as server:
        outcome = push(other_build, server.address)
    assert [request.method for request in server.requests] == ["HEAD"]
    assert "name that address: https://store.example.org/data\n" in outcome.err


# What goes over the connection.


def test_the_whole_graph_is_sent_with_its_length(other_build: Path) -> None:
    with answering(lambda _: Answer()) as server:
        outcome = push(
            other_build, f"{server.address}?key={SECRET}", "--graph", "http://example.org/a b".replace(" ", "é&")
        )
    probe, request = server.requests
    assert (outcome.code, SECRET in outcome.err) == (0, False)
    assert request.path == f"/data?key={SECRET}&graph=http%3A%2F%2Fexample.org%2Fa%C3%A9%26b"
    assert (probe.method, probe.path, probe.body) == ("HEAD", request.path, b"")
    assert request.body == dump_of(other_build)
    # Virtuoso takes a body that comes in chunks for an empty one, and empties the graph.
    assert request.headers["Content-Length"] == str(len(request.body))
    assert "Transfer-Encoding" not in request.headers
    assert request.headers["Content-Type"] == "application/n-triples"
    assert "Authorization" not in request.headers


def test_a_server_that_takes_turtle_only_gets_turtle(other_build: Path) -> None:
    def script(request: Request) -> Answer:
        is_wrong = request.method == "PUT" and request.headers["Content-Type"] != "text/turtle"
        return Answer(415, is_early=True) if is_wrong else Answer()

    with answering(script) as server:
        assert push(other_build, server.address).code == 0
    assert server.requests[-1].body == dump_of(other_build)


def challenging(challenge: str, methods: tuple[str, ...] = ("HEAD", "PUT")) -> Callable[[Request], Answer]:
    """Ask for a password where there is none."""
    needed = challenge.partition(" ")[0]

    def script(request: Request) -> Answer:
        given = request.headers.get("Authorization", "").startswith(f"{needed} ")
        if request.method in methods and not given:
            return Answer(401, headers={"WWW-Authenticate": challenge})
        return Answer()

    return script


@pytest.mark.parametrize("challenge", [DIGEST, BASIC])
@pytest.mark.parametrize("methods", [("HEAD", "PUT"), ("PUT",)])
def test_the_password_is_given_as_the_server_asks(
    challenge: str, methods: tuple[str, ...], other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only writing asks for it, the body goes out anew, whole."""
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)
    with answering(challenging(challenge, methods)) as server:
        outcome = push(other_build, server.address, "-v")
    assert (outcome.code, SECRET in outcome.err) == (0, False)
    assert server.requests[-1].body == dump_of(other_build)
    if "HEAD" in methods:
        assert [request.method for request in server.requests].count("PUT") == 1
    given = server.requests[-1].headers["Authorization"]
    expected = f"Basic {base64.b64encode(f'moi:{SECRET}'.encode()).decode()}"
    assert given == expected if challenge == BASIC else 'username="moi"' in given


@pytest.mark.parametrize(
    ("challenges", "scheme"),
    [
        (['Bearer realm="y", Basic realm="x"'], "Basic"),
        ([f'Basic realm="y", {DIGEST}'], "Digest"),
        ([BASIC, DIGEST], "Digest"),
        ([f'{DIGEST}, basic realm="a, Digest b"'], "Digest"),
        ([f"{DIGEST.replace('MD5', 'ROT13')}, {BASIC}"], "Basic"),
        ([f"{DIGEST.replace('MD5', 'ROT13')}, {DIGEST}"], "Digest"),
        (['Negotiate YWJj==, Basic realm="Digest nonce"'], "Basic"),
        (["Negotiate,Basic"], "Basic"),
    ],
)
def test_one_of_several_challenges_is_answered_the_safest_way_first(
    challenges: list[str], scheme: str, other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)

    def script(request: Request) -> Answer:
        if "Authorization" in request.headers:
            return Answer()
        return Answer(401, headers=[("WWW-Authenticate", one) for one in challenges])

    with answering(script) as server:
        outcome = push(other_build, server.address)
    assert outcome.code == 0, outcome.err
    given = server.requests[-1].headers["Authorization"]
    assert given.startswith(f"{scheme} ")
    assert scheme == "Basic" or ('nonce="abc"' in given and "algorithm=MD5" in given)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        (", ,", []),
        ("Basic", [("Basic", {})]),
        ("Negotiate a/b==, Basic", [("Negotiate", {}), ("Basic", {})]),
        ('Basic realm="a\\"b, c" , charset = UTF-8', [("Basic", {"realm": 'a"b, c', "charset": "UTF-8"})]),
        ('A x=1, B y="2", C', [("A", {"x": "1"}), ("B", {"y": "2"}), ("C", {})]),
        ('realm="x", Basic realm="y"', [("Basic", {"realm": "y"})]),
        ('Basic realm="open', [("Basic", {})]),
        ("é, Basic", [("Basic", {})]),
    ],
)
def test_a_header_is_read_as_a_list_of_challenges(line: str, found: list[tuple[str, dict[str, str]]]) -> None:
    assert [(one.scheme, dict(one.parameters)) for one in parse_challenges([line])] == found


def test_a_nonce_that_is_too_old_costs_a_second_upload(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the server restarts between the question and the graph."""
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)

    def script(request: Request) -> Answer:
        nonce = "new" if request.method == "PUT" else "old"
        if f'nonce="{nonce}"' in request.headers.get("Authorization", ""):
            return Answer()
        return Answer(401, headers={"WWW-Authenticate": f'Digest realm="s", nonce="{nonce}", qop="auth", stale="true"'})

    with answering(script) as server:
        assert push(other_build, server.address).code == 0
    assert [one.body for one in server.requests if one.method == "PUT"] == [dump_of(other_build)] * 2


def test_a_password_is_not_given_to_who_does_not_ask(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)
    with answering(lambda _: Answer()) as server:
        assert push(other_build, server.address).code == 0
    assert [request.headers.get("Authorization") for request in server.requests] == [None, None]


WAYS = [
    ("Negotiate", "Negotiate"),
    (DIGEST.replace("MD5", "ROT13"), "Digest with algorithm ROT13"),
    (DIGEST.replace('"auth"', '"auth-int"'), "Digest with qop auth-int"),
    ('Digest realm="x"', "Digest with no nonce"),
    (
        f'Negotiate, {DIGEST.replace("MD5", "ROT13")}, Bearer realm="y"',
        "Bearer, Digest with algorithm ROT13, Negotiate",
    ),
]


def test_a_way_of_authentication_that_we_do_not_have(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)
    for challenge, name in WAYS:
        with answering(challenging(challenge)) as server:
            outcome = push(other_build, server.address)
        assert outcome.code == 3
        assert f"401 Unauthorized; it asks for {name}, which we cannot do\n" in outcome.err


def test_a_token_goes_with_every_request_to_the_store_and_to_no_other(
    other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_TOKEN", SECRET)
    triples = dump_of(other_build).count(b"\n")
    result = f'{{"results": {{"bindings": [{{"n": {{"value": "{triples}"}}}}]}}}}'
    with answering(lambda _: Answer()) as server, answering(lambda _: Answer(200, result)) as elsewhere:
        assert push(other_build, server.address, "--sparql-endpoint", elsewhere.address).code == 0
    assert {request.headers.get("Authorization") for request in server.requests} == {f"Bearer {SECRET}"}
    assert [request.headers.get("Authorization") for request in elsewhere.requests] == [None]
    assert elsewhere.requests[0].body.startswith(b"query=SELECT+")


def test_what_a_server_repeats_of_the_request_holds_no_secret(
    other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_TOKEN", SECRET)
    with answering(
        lambda r: Answer(500 if r.method == "PUT" else 200, f"you said {r.headers['Authorization']}")
    ) as server:
        outcome = push(other_build, server.address, "-v")
    assert (outcome.code, "Bearer …" in outcome.err, SECRET in outcome.err) == (3, True, False)
    assert SECRET not in repr(Credentials("moi", SECRET))
    basic = base64.b64encode(f"moi:{SECRET}".encode()).decode()
    assert Credentials("moi", SECRET).hide(f"Basic {basic} {SECRET}") == "Basic … …"


# Wrong usage.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--graph-store", "store"], "expected an address that starts with http:// or https://"),
        (["--graph-store", ""], "expected an address that starts with http:// or https://"),
        (["--graph-store", "file:///tmp/store"], "expected an address that starts with http:// or https://"),
        (["--graph-store", "http://"], "expected an address that starts with http:// or https://"),
        (["--graph-store", "http://[::1/"], "expected an address that starts with http:// or https://"),
        (["--graph-store", "http://h:99999999/"], "a port is a number up to 65535"),
        (["--graph-store", "http://[bad/"], "expected an address that starts with http:// or https://"),
        (["--graph-store", f"http://moi:{SECRET}@h/"], "an address must hold no user or password"),
        (["--graph-store", f"http://{SECRET}@h/"], "an address must hold no user or password"),
        (["--graph-store", f"http://moi:{SECRET}@[::1/"], "an address must hold no user or password"),
        (["--graph-store", f"moi:{SECRET}@h/"], "an address must hold no user or password"),
        (
            ["--graph-store", f"ftp://h/?key={SECRET}"],
            "'ftp://h/': expected an address that starts with http:// or https://",
        ),
        (["--graph-store", f"http://h/?key={SECRET}#a"], "http://h/: an address has no #fragment here"),
        (["--graph-store", "http://h/data#a"], "has no #fragment"),
        (["--graph-store", "http://h/data?default"], "name the graph with --graph"),
        (["--graph-store", "http://h/data?graph=urn:a"], "name the graph with --graph"),
        (["--graph-store", "http://h/", "--graph", "rncp"], "expected an absolute IRI, or default"),
        (["--graph-store", "http://h/", "--graph", ""], "expected an absolute IRI, or default"),
        (["--graph-store", "http://h/", "--graph", "http://a/b c"], "expected an absolute IRI, or default"),
        (["--graph-store", "http://h/", "--graph", "http://a/> {"], "expected an absolute IRI, or default"),
        (["--graph-store", "http://h/", "--sparql-endpoint", "sparql"], "expected an address that starts with http"),
        (["--graph-store", "http://h/", "--timeout", "0"], "--timeout"),
        (["--graph-store", "http://h/", "--timeout", "inf"], "--timeout"),
        ([], "--graph-store"),
    ],
)
def test_wrong_usage(options: list[str], said: str, other_build: Path) -> None:
    outcome = run("push", "--build", other_build, *options)
    assert (outcome.code, said in outcome.err) == (2, True), outcome.err
    assert SECRET not in outcome.err


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"RNCP_LD_PUSH_USER": "moi"}, "RNCP_LD_PUSH_PASSWORD is not set"),
        ({"RNCP_LD_PUSH_PASSWORD": SECRET}, "RNCP_LD_PUSH_USER is not set"),
        (
            {"RNCP_LD_PUSH_USER": "moi", "RNCP_LD_PUSH_PASSWORD": SECRET, "RNCP_LD_PUSH_TOKEN": SECRET},
            "RNCP_LD_PUSH_USER and RNCP_LD_PUSH_TOKEN are both set",
        ),
        ({"RNCP_LD_PUSH_TOKEN": f"{SECRET}\n"}, "RNCP_LD_PUSH_TOKEN holds a sign"),
        ({"RNCP_LD_PUSH_USER": "a:b", "RNCP_LD_PUSH_PASSWORD": SECRET}, "RNCP_LD_PUSH_USER holds a sign"),
        ({"RNCP_LD_PUSH_USER": 'a"b', "RNCP_LD_PUSH_PASSWORD": SECRET}, "RNCP_LD_PUSH_USER holds a sign"),
        ({"RNCP_LD_PUSH_USER": "é", "RNCP_LD_PUSH_PASSWORD": SECRET}, "RNCP_LD_PUSH_USER holds a sign"),
    ],
)
def test_variables_that_do_not_go_together(
    environment: dict[str, str], said: str, other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outcome = push(other_build, "http://127.0.0.1:1/")
    assert (outcome.code, said in outcome.err, SECRET in outcome.err) == (2, True, False)


def test_an_at_sign_in_a_path_is_no_password() -> None:
    assert str(RemoteGraph.parse("https://h/@moi/data")) == "https://h/@moi/data, default graph"


def test_an_empty_variable_is_none() -> None:
    assert not Credentials.from_environment({"RNCP_LD_PUSH_USER": "", "RNCP_LD_PUSH_TOKEN": ""})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HTTP_PROXY", f"http://moi:{SECRET}@[::1", "the proxy that the environment names cannot be used"),
        ("HTTP_PROXY", f"gopher://moi:{SECRET}@h:1", "the proxy that the environment names cannot be used"),
        ("HTTP_PROXY", f"http://moi:{SECRET}@127.0.0.1:1", "cannot be reached: "),
        ("SSL_CERT_FILE", "/nothing", "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read"),
        ("SSL_CERT_FILE", __file__, "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read"),
    ],
)
def test_an_environment_that_is_wrong(
    name: str, value: str, said: str, other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    outcome = push(other_build, "http://store.invalid/data")
    assert (outcome.code, said in outcome.err, SECRET in outcome.err) == (3, True, False), outcome.err


def test_a_terminal_shows_how_far_it_is(other_build: Path) -> None:
    def slowly(request: Request) -> Answer:
        time.sleep(1 if request.body else 0)
        return Answer()

    control, terminal = pty.openpty()
    with answering(slowly) as server:
        process = subprocess.Popen(
            [sys.executable, "-m", "rncp_ld", "push", "--build", other_build, "--graph-store", server.address],
            stderr=terminal, env={**os.environ, "TERM": "xterm", "COLUMNS": "160"},
        )  # fmt: skip
        os.close(terminal)
        shown = bytearray()
        with contextlib.suppress(OSError):  # the terminal is closed
            while piece := os.read(control, 65536):
                shown += piece
        assert process.wait(30) == 0
    os.close(control)
    assert "the store is loading" in shown.decode()


# The dump.


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200] + bytes(100) + path.read_bytes()[300:])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (Path.unlink, "this publication has no dump; build again"),
        (cut, "this dump cannot be read ("),
        (spoil, "this dump cannot be read ("),
        (lambda path: path.write_bytes(gzip.compress(b"")), "this dump is empty; build again"),
        (lambda path: path.write_text("<a:s> <a:p> <a:o> .\n"), "this dump cannot be read ("),
    ],
)
def test_a_dump_that_is_not_whole_is_not_sent(
    harm: Callable[[Path], None], said: str, other_build: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "build"
    shutil.copytree(other_build, copy, symlinks=True)
    harm(copy / DUMP)
    with answering(lambda _: Answer()) as server:
        outcome = push(copy, server.address)
    assert (outcome.code, said in outcome.err) == (3, True), outcome.err
    assert server.requests == []


def test_a_body_begins_anew_each_time_and_tells_what_it_has_sent(other_build: Path) -> None:
    dump = GraphDump.measure(other_build / DUMP)
    told: list[int] = []
    body = Body(dump, told.append)
    assert b"".join(body) == b"".join(body) == dump_of(other_build)
    assert told[-1] == dump.size == len(dump_of(other_build))


def test_a_folder_in_place_of_the_dump(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="cannot be read"):
        GraphDump.measure(tmp_path)


def test_the_query_that_counts_names_the_graph() -> None:
    assert RemoteGraph.parse("http://h/").count_query == "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert "GRAPH <urn:a> { ?s ?p ?o }" in RemoteGraph.parse("http://h/", "urn:a").count_query
