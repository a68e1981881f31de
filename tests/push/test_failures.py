"""What `rncp-ld push` says where a store does not take the graph: one line, exit 3, no secret, no traceback."""

from __future__ import annotations

import ssl
import time
from pathlib import Path

import pytest

from tests.push.answers import Answer, Request, answering, speaking
from tests.push.pushing import SECRET, dump_of, on_put, push

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
