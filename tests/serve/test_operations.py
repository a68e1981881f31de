"""Running `rncp-ld serve`: health, access log, proxies in front, another endpoint behind, the end, and the next publication under load."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from rncp_ld.pipeline import Options, build
from rncp_ld.serve.answer import Answer
from rncp_ld.serve.sparql.engine import program
from rncp_ld.serve.writing import CHUNK, send_answer
from tests.command import run
from tests.exports import fiche, write_export
from tests.serve.asking import RUNAWAY
from tests.serve.hosts import Response, Serve, ask, free_port, until


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Serve]:
    one = Serve(folder, *options)
    try:
        yield one
    finally:
        one.stop()


# Health


def test_health(served_build: Path) -> None:
    with serving(served_build) as server:
        response = server.ask("/health")
        assert (response.status, response["content-type"], response["cache-control"]) == (
            200,
            "application/json",
            "no-store",
        )
        assert json.loads(response.body) == {"status": "ok", "publication": "2", "exported": "2026-08-17", "queries": 0}


def test_health_says_when_no_query_can_be_answered(served_build: Path) -> None:
    with serving(served_build, "--sparql-endpoint", f"http://127.0.0.1:{free_port()}/") as server:
        response = server.ask("/health")
        assert (response.status, json.loads(response.body)["status"]) == (503, "down")


def test_health_says_when_the_store_is_gone(served_build: Path, tmp_path: Path) -> None:
    copy = tmp_path / "build"
    shutil.copytree(served_build, copy, symlinks=True)
    with serving(copy) as server:
        assert server.ask("/health").status == 200
        shutil.rmtree((copy / "store").resolve())
        for pid in server.engines():
            os.kill(pid, signal.SIGKILL)
        until(lambda: server.ask("/health").status == 503)


def test_health_says_when_there_is_no_place(served_build: Path) -> None:
    with serving(served_build, "--queries", "1", "--query-seconds", "2") as server, ThreadPoolExecutor(1) as threads:

        def insist() -> Response:
            """Ask again where /health itself has the only place for a moment."""
            while (response := server.query(RUNAWAY)).status == 503:
                pass
            return response

        asked = threads.submit(insist)
        until(lambda: server.ask("/health").status == 503)
        response = server.ask("/health")
        assert (json.loads(response.body)["status"], response["retry-after"]) == ("busy", "1")
        assert asked.result().status == 504
        assert server.ask("/health").status == 200


# Access log

LINE = re.compile(
    r'127\.0\.0\.1 - - \[\d\d/[A-Z][a-z][a-z]/\d{4}:\d\d:\d\d:\d\d \+0000\] "(\S+) (\S+) HTTP/1\.1" (\d+) (\d+) "([^"]*)" "([^"]*)" \d+\.\d{3}'
)


def test_the_access_log_has_a_line_for_each_request(served_build: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with serving(served_build, "--access-log", str(log)) as server:
        page = server.ask(
            "/certification/RNCP2.html", headers={"User-Agent": "test/1", "Referer": "https://example.org/"}
        )
        server.ask(f"/sparql?query={quote('ASK {}')}", "HEAD")
        server.ask("/nothing", headers={"User-Agent": '"\\ é [fake]'})
        until(lambda: log.read_text(encoding="ascii").count("\n") == 3)
        log.rename(tmp_path / "access.log.1")  # as a log rotation does
        server.ask("/robots.txt")
        until(log.exists)
    lines = (tmp_path / "access.log.1").read_text(encoding="ascii").splitlines()
    found = [match.groups() if (match := LINE.fullmatch(line)) else line for line in lines]
    assert found == [
        ("GET", "/certification/RNCP2.html", "200", str(len(page.body)), "https://example.org/", "test/1"),
        ("HEAD", "/sparql?query=ASK%20%7B%7D", "200", "0", "-", "-"),
        ("GET", "/nothing", "404", found[2][3], "-", "\\x22\\x5c \\xe9 [fake]"),
    ]
    assert '"GET /robots.txt HTTP/1.1" 200' in log.read_text(encoding="ascii")


def test_an_access_log_that_cannot_be_written_is_said(served_build: Path, tmp_path: Path) -> None:
    outcome = run("serve", served_build, "--port", "0", "--access-log", tmp_path / "none" / "access.log")
    assert outcome.code == 3
    assert "access.log: the access log cannot be written (No such file or directory)" in outcome.err


# Proxies in front

FORWARDED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "rncp.example.org"}  # fmt: skip


@pytest.mark.parametrize(
    ("trusted", "client", "endpoint"),
    [
        ((), "127.0.0.1", "http://127.0.0.1:{port}/sparql"),
        (("--trusted-proxy", "10.0.0.0/8"), "127.0.0.1", "http://127.0.0.1:{port}/sparql"),
        (("--trusted-proxy", "127.0.0.1"), "198.51.100.7", "https://rncp.example.org/sparql"),
        (("--trusted-proxy", "127.0.0.0/8", "--trusted-proxy", "198.51.100.7"), "203.0.113.9", "https://rncp.example.org/sparql"),
    ],
)  # fmt: skip
def test_only_a_trusted_proxy_says_who_asks(
    trusted: tuple[str, ...], client: str, endpoint: str, served_build: Path, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    with serving(served_build, "--access-log", str(log), *trusted) as server:
        text = server.ask("/sparql", headers={**FORWARDED, "Accept": "application/n-triples"}).body.decode()
        assert f"service-description#endpoint> <{endpoint.format(port=server.port)}>" in text
    assert log.read_text(encoding="ascii").startswith(f"{client} - - [")


@pytest.mark.parametrize("value", ["x y", "<script>", "a\tb", "[::1", "example.org/path", "é.org", ""])
def test_a_forwarded_host_that_is_none_is_not_repeated(value: str, served_build: Path) -> None:
    headers = {"X-Forwarded-Host": value, "X-Forwarded-Proto": "javascript", "Accept": "application/n-triples"}
    with serving(served_build, "--trusted-proxy", "127.0.0.1") as server:
        text = server.ask("/sparql", headers=headers).body.decode()
        assert re.search(r"#endpoint> <http://(localhost|127\.0\.0\.1:\d+)/sparql> ", text)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--trusted-proxy", "proxy.example.org", "expected an address (10.0.0.1) or a network (10.0.0.0/8)"),
        ("--sparql-endpoint", "ftp://x", "expected an address that starts with http:// or https://"),
        ("--sparql-endpoint", "http://[bad/", "expected an address that starts with http:// or https://"),
        ("--sparql-endpoint", "http://127.0.0.1:99999/x", "a port is a number up to 65535"),
        ("--sparql-endpoint", "http://u:p@host/", "an address must hold no user or password"),
        ("--query-seconds", "0", "0.0 is not in the range 0<x<=86400"),
        ("--query-seconds", "nan", "nan: expected a number of seconds"),
        ("--query-seconds", "inf", "inf is not in the range 0<x<=86400"),
        ("--host", "", "it is empty; name an address, such as 127.0.0.1"),
        ("--queries", "0", "0 is not in the range x>=1"),
        ("--query-memory", "10", "10 is not in the range x>=256"),
    ],
)
def test_a_wrong_option_is_said(option: str, value: str, said: str, served_build: Path) -> None:
    outcome = run("serve", served_build, option, value)
    assert outcome.code == 2
    assert said in outcome.err


# Another endpoint behind


def test_an_endpoint_that_is_there_already_answers(served_build: Path) -> None:
    port = free_port()
    command = [program(), "serve-read-only", "--location", str(served_build / "store"), "--bind", f"127.0.0.1:{port}"]
    address = f"http://127.0.0.1:{port}/query"
    with serving(served_build, "--sparql-endpoint", address, "--query-seconds", "5") as server:
        lost = server.query("ASK {}")
        assert (lost.status, lost["retry-after"]) == (503, "1"), "it does not run yet"
        engine = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            until(lambda: server.query("ASK {}").status == 200)
            assert server.engines() == []
            for accept in ("text/csv", "text/html"):
                assert "RNCP2" in server.query('SELECT ?c { ?c ?p "RNCP2" }', accept).body.decode()
            assert server.query("SELEC").status == 400
            assert server.query("SELECT * { SERVICE <http://x/> {} }").status == 403
        finally:
            engine.kill()
            engine.wait()


ODD = [
    ((b"500 Internal Server Error", b"text/plain", b"boom"), 502, "boom"),
    ((b"301 Moved Permanently", b"text/plain", b""), 502, "Il répond 301."),
    ((b"401 Unauthorized", b"text/plain", b"who?"), 502, "who?"),
    ((b"404 Not Found", b"text/plain", b""), 502, "Il répond 404."),
    ((b"429 Too Many Requests", b"text/plain", b""), 503, "Toutes les places"),
    ((b"503 Service Unavailable", b"text/plain", b""), 503, "Toutes les places"),
    ((b"400 Bad Request", b"text/plain", b"no query"), 400, "no query"),
    ((b"200 OK", b"text/html", b"<p>hello"), 502, "Il répond par text/html."),
    ((b"200 OK\r\nContent-Encoding: gzip", b"application/sparql-results+json", b"no gzip"), 503, "Le moteur"),
]
"""What another server may answer: status line, media type, body; and what is told of it."""


@pytest.mark.parametrize(("answer", "told", "said"), ODD)
def test_an_endpoint_that_is_odd_is_not_blamed_on_the_client(
    answer: tuple[bytes, bytes, bytes], told: int, said: str, served_build: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def give() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                    connection.sendall(head % (*answer[:2], len(answer[2])) + answer[2])

        threading.Thread(target=give, daemon=True).start()
        with serving(served_build, "--sparql-endpoint", f"http://127.0.0.1:{listening.getsockname()[1]}/") as server:
            response = server.query("ASK {}")
            assert (response.status, said in json.loads(response.body)["detail"]) == (told, True), response.body
            assert server.query("ASK {}", "text/html").status == told
        listening.shutdown(socket.SHUT_RDWR)


# The end


def test_a_query_that_runs_is_answered_before_the_end(served_build: Path) -> None:
    server = Serve(served_build, "--query-seconds", "2")
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.query, RUNAWAY)
        until(lambda: json.loads(server.ask("/health").body)["queries"] == 1)
        assert server.stop() == ""
        assert asked.result().status == 504
    assert server.process.returncode == 0


def engines_on(folder: Path) -> list[int]:
    """Return the processes of engines on a build, whoever started them."""
    store = str((folder / "store").resolve()).encode()
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = command.read_bytes().split(b"\0")
            if store in words and b"serve-read-only" in words:
                found.append(int(command.parent.name))
    return found


@pytest.mark.parametrize("name", ["TERM", "KILL"])
def test_a_signal_during_the_start_ends_it(name: str, served_build: Path) -> None:
    """Whenever it comes, before or after the address is said, the process ends, and no engine stays."""
    import sys

    for wait in (0.0, 0.3, 0.6, 0.9, 1.2):
        command = [sys.executable, "-m", "rncp_ld", "serve", str(served_build), "--port", "0"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        time.sleep(wait)
        process.send_signal(getattr(signal, f"SIG{name}"))
        _, said = process.communicate(timeout=20)
        assert "Traceback" not in said or process.returncode != 0  # Python itself, before our code runs
        until(lambda: not engines_on(served_build))


# The next publication


def test_the_next_publication_takes_over_without_dropping_a_request(tmp_path: Path) -> None:
    """Documents and queries under load while three publications follow each other: every answer is 200, of one of them."""

    def publish(number: int) -> None:
        build(
            [str(write_export(tmp_path, fiche("RNCP1", f"Titre {number}"), day=f"2026-08-1{number}"))],
            tmp_path / "build",
            Options(),
        )

    publish(0)
    statuses: Counter[tuple[str, int]] = Counter()
    seen: set[str] = set()
    is_over = threading.Event()
    title = "SELECT ?t { <https://w3id.org/rncp/certification/RNCP1> <http://purl.org/dc/terms/title> ?t }"

    def load(port: int, kind: str) -> None:
        while not is_over.is_set():
            path = "/certification/RNCP1.ttl" if kind == "document" else f"/sparql?query={quote(title)}&format=csv"
            response = ask(port, path)
            statuses[kind, response.status] += 1
            seen.update(re.findall(r"Titre \d", response.body.decode()))

    with serving(tmp_path / "build") as server, ThreadPoolExecutor(4) as threads:
        loads = [threads.submit(load, server.port, kind) for kind in ("document", "query") * 2]
        for number in range(1, 4):
            publish(number)
            folder = (tmp_path / "build" / "current").readlink().name
            until(lambda folder=folder: json.loads(server.ask("/health").body)["publication"] == folder)  # type: ignore[misc]
        is_over.set()
        for one in loads:
            one.result()
        assert "Titre 3" in ask(server.port, "/certification/RNCP1.ttl").body.decode()
    assert set(statuses) == {("document", 200), ("query", 200)}, statuses
    assert "Titre 3" in seen


def test_a_copy_that_is_completed_later_takes_over_then(tmp_path: Path) -> None:
    """A publisher who copies the folder may have `current` there before what it leads to."""
    for day, title in (("2026-08-16", "Ancien"), ("2026-08-17", "Nouveau")):
        build([str(write_export(tmp_path, fiche("RNCP1", title), day=day))], tmp_path / "build", Options())
    newest = tmp_path / "build" / "publications" / "2"
    (tmp_path / "link").symlink_to("publications/1")
    (tmp_path / "link").rename(tmp_path / "build" / "current")
    (newest / "site" / "index.html").rename(tmp_path / "index.html")
    with serving(tmp_path / "build") as server:
        (tmp_path / "link").symlink_to("publications/2")
        (tmp_path / "link").rename(tmp_path / "build" / "current")
        until(lambda: server.says("the next publication cannot be served, the last one stays"))
        assert b"Ancien" in server.ask("/certification/RNCP1.html").body
        (tmp_path / "index.html").rename(newest / "site" / "index.html")
        until(lambda: b"Nouveau" in server.ask("/certification/RNCP1.html").body)


def test_it_listens_on_this_machine_only_unless_told(served_build: Path) -> None:
    with serving(served_build) as server:
        listening = Path("/proc/net/tcp").read_text(encoding="ascii")
        assert f"0100007F:{server.port:04X} 00000000:0000 0A" in listening
        assert f"00000000:{server.port:04X} 00000000:0000 0A" not in listening


def test_a_request_names_its_host_once(served_build: Path) -> None:
    with serving(served_build) as server:
        for head in (b"", b"Host: a\r\nHost: b\r\n"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
                client.sendall(b"GET /health HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n")
                assert client.recv(1000).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_what_a_method_is_for(served_build: Path) -> None:
    with serving(served_build) as server:
        assert (server.ask("/health", "DELETE").status, server.ask("/health", "POST")["allow"]) == (405, "GET, HEAD")
        whole = server.ask("/dumps/rncp.nt.gz", "HEAD", {"Range": "bytes=0-9"})
        assert (whole.status, whole["content-range"]) == (200, None)


def test_a_signal_to_the_whole_group_lets_queries_end(served_build: Path) -> None:
    """As Ctrl-C in a terminal sends it."""
    server = Serve(served_build, "--query-seconds", "2", group=True)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.query, RUNAWAY)
        until(lambda: json.loads(server.ask("/health").body)["queries"] == 1)
        os.killpg(server.process.pid, signal.SIGTERM)
        assert asked.result().status == 504
    server.wait()


def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(served_build: Path) -> None:
    heads = [b"", b"GET / HT", b"GET /sparql HTTP/1.1\r\nHost: x\r\nX: "]
    with serving(served_build) as server, ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60)) for _ in heads]
        for client, head in zip(clients, heads, strict=True):
            client.sendall(head)
        for client in clients:
            assert client.recv(1000).startswith(b"HTTP/1.1 408 Request Timeout\r\n")


@pytest.mark.parametrize(
    "request_line", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_http_is_told(request_line: bytes, served_build: Path) -> None:
    with serving(served_build) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
            client.sendall(request_line + b"\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 400 Bad Request\r\n")
        assert server.ask("/health").status == 200


# Clients that do not read


def test_answers_that_are_not_read_do_not_fill_the_memory(served_build: Path) -> None:
    """Thirty clients ask for megabytes and read nothing: those beyond the bound are asked to come back, and others are answered."""
    query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10000")
    line = f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with serving(served_build, "--query-result", "8", "--queries", "4") as server, ExitStack() as stack:
        length = len(server.ask(f"/sparql?query={query}").body)
        assert length > 4 << 20
        clients = []
        for _ in range(30):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.settimeout(20)
            client.connect(("127.0.0.1", server.port))
            client.sendall(line)
            clients.append(client)
        until(lambda: server.ask(f"/sparql?query={query}").status == 503)
        assert server.ask(f"/sparql?query={query}")["retry-after"] == "1"
        assert server.query("ASK {}").status in {200, 503}
        for client in clients:
            client.close()
        until(lambda: server.ask(f"/sparql?query={query}").status == 200)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_a_body_is_sent_whole_in_parts(length: int) -> None:
    body = bytes(index % 251 for index in range(length))
    sent: list[Mapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(send_answer(Answer(200, {}, body), "GET", send))
    parts = sent[1:]
    assert b"".join(one["body"] for one in parts) == body
    assert [one.get("more_body", False) for one in parts] == [True] * (len(parts) - 1) + [False]
    assert all(len(one["body"]) <= CHUNK for one in parts)
