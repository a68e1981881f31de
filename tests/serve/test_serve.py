"""A publication over HTTP, on a real server and a free port of 127.0.0.1: files, IRIs, and nothing outside the site."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rncp_ld.serve.app import find, media_type_of
from tests.command import run


class Server:
    """`rncp-ld serve` as a process."""

    def __init__(self, build: Path) -> None:
        command = [sys.executable, "-m", "rncp_ld", "serve", str(build), "--port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        self.said = self.process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:[0-9]+/", self.said)
        assert address, self.said
        self.port = urlsplit(address[0]).port

    def ask(self, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
        """Send a path as it is: no client tidies it up."""
        connection = HTTPConnection("127.0.0.1", self.port or 0, timeout=10)
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def server(seed_build: Path) -> Iterator[Server]:
    one = Server(seed_build)
    yield one
    one.stop()


def test_it_says_where_it_listens(server: Server, seed_build: Path) -> None:
    assert server.said == f"serving {seed_build}/site at http://127.0.0.1:{server.port}/ (stop: Ctrl-C)\n"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/certification/RNCP2383.html", "text/html; charset=utf-8"),
        ("/certification/RNCP2383.ttl", "text/turtle; charset=utf-8"),
        ("/certification/RNCP2383.jsonld", "application/ld+json"),
        ("/certification/", "text/html; charset=utf-8"),
        ("/def.ttl", "text/turtle; charset=utf-8"),
        ("/.well-known/void", "text/turtle; charset=utf-8"),
        ("/dumps/rncp.nt.gz", "application/gzip"),
        ("/dumps/SHA256SUMS", "text/plain; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
    ],
)
def test_a_file_has_its_media_type(path: str, media_type: str, server: Server, seed_build: Path) -> None:
    response, body = server.ask(path)
    assert (response.status, response.getheader("content-type")) == (200, media_type)
    assert response.getheader("x-content-type-options") == "nosniff"
    name = f"{path}index.html" if path.endswith("/") else path
    assert body == (seed_build / "site" / name.removeprefix("/")).read_bytes()


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/certification/RNCP2383", "/certification/RNCP2383.html"),
        ("/rome/K1205", "/rome/K1205.html"),
        ("/def", "/def.html"),
        ("/certification", "/certification/"),
        ("/acte/decret/2016-07-11/2016-954", "/acte/decret/2016-07-11/2016-954.html"),
    ],
)
def test_an_iri_is_answered_by_303(path: str, location: str, server: Server) -> None:
    response, _ = server.ask(path)
    assert (response.status, response.getheader("location")) == (303, location)


OUTSIDE = [
    "/../publication.json",
    "/../../../ledger.nt",
    "/../store/CURRENT",
    "/%2e%2e/publication.json",
    "/%2e%2e%2fpublication.json",
    "/..%2fpublication.json",
    "/certification/../../publication.json",
    "/..%5cpublication.json",
    "/..\\publication.json",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/etc/passwd",
    "///etc/passwd",
    "/certification/RNCP2383.html%00.txt",
    "/%00",
    "/" + "a" * 300,
    "/" + "a/" * 3000,
    "/certification/RNCP1",
    "/certification/RNCP2383/",
    "/RNCP2383",
    "/certification/rncp2383",
    "/dumps",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_is_not_in_the_site_is_404(path: str, server: Server) -> None:
    response, body = server.ask(path)
    assert (response.status, response.getheader("content-type")) == (404, "text/plain; charset=utf-8")
    assert body.startswith(b"404: ")
    assert b"root:" not in body
    assert response.getheader("x-content-type-options") == "nosniff"


def test_a_query_string_changes_nothing(server: Server) -> None:
    assert server.ask("/?x=../publication.json")[1] == server.ask("/")[1]


def test_head_is_get_without_the_body(server: Server) -> None:
    for path in ("/certification/RNCP2383.ttl", "/certification/RNCP2383", "/none"):
        got, _ = server.ask(path)
        response, body = server.ask(path, "HEAD")
        assert (response.status, body) == (got.status, b"")
        for header in ("content-type", "content-length", "location"):
            assert response.getheader(header) == got.getheader(header)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_only_reads(method: str, server: Server) -> None:
    assert server.ask("/certification/RNCP2383.html", method)[0].status == 405


def test_a_port_that_is_taken_is_said(seed_build: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = run("serve", seed_build, "--port", port)
    assert (outcome.code, outcome.err) == (
        3,
        f"rncp-ld: cannot listen on 127.0.0.1, port {port}: Address already in use\n",
    )


def test_interrupted_by_ctrl_c_it_ends_in_peace(seed_build: Path) -> None:
    server = Server(seed_build)
    server.ask("/")
    server.process.send_signal(signal.SIGINT)
    _, said = server.process.communicate(timeout=10)
    assert (server.process.returncode, said) == (0, "")


def test_the_next_publication_is_served_without_a_restart(tmp_path: Path) -> None:
    for number in ("1", "2"):
        (tmp_path / "publications" / number / "site").mkdir(parents=True)
        (tmp_path / "publications" / number / "site" / "index.html").write_text(number)
    current = tmp_path / "current"
    current.symlink_to("publications/1")
    server = Server(tmp_path)
    try:
        assert server.ask("/")[1] == b"1"
        current.unlink()
        current.symlink_to("publications/2")
        assert server.ask("/")[1] == b"2"
    finally:
        server.stop()


def test_a_link_that_leaves_the_site_is_not_followed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "dir").symlink_to(tmp_path)
    assert find(site, "out.txt") is None
    assert find(site, "dir/secret.txt") is None


def test_every_file_of_a_site_has_a_media_type(seed_build: Path) -> None:
    files = [path for path in (seed_build / "site").rglob("*") if path.is_file()]
    assert {path.name for path in files if media_type_of(path) == "application/octet-stream"} == set()
