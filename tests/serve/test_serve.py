"""`rncp-ld serve` as a process: how it starts, what it refuses, how it ends, and how it goes over to the next publication."""

from __future__ import annotations

import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from rncp_ld.formats import content_type_of
from rncp_ld.pipeline import Options, build
from rncp_ld.serve.locate import Missing, locate
from rncp_ld.serve.publication import open_publication
from rncp_ld.serve.site import respond
from tests.command import run
from tests.exports import fiche, write_export
from tests.serve.hosts import Serve, until


@pytest.fixture(scope="module")
def server(seed_build: Path) -> Iterator[Serve]:
    one = Serve(seed_build)
    yield one
    one.stop()


def test_it_says_where_it_listens(server: Serve, seed_build: Path) -> None:
    assert server.said == f"serving {seed_build}/site at http://127.0.0.1:{server.port}/ (stop: Ctrl-C)\n"


def test_every_file_is_served_as_it_is_with_its_media_type(server: Serve, seed_build: Path) -> None:
    site = seed_build / "site"
    for path in ("certification/RNCP2383.html", "def.jsonld", "dumps/rncp.ttl.gz", "assets/style.css", "robots.txt"):
        response = server.ask(f"/{path}")
        assert (response.status, response.body) == (200, (site / path).read_bytes())
        assert response["content-type"] == content_type_of(path.rpartition("/")[2])
    files = [path for path in site.rglob("*") if path.is_file()]
    assert {path.name for path in files if content_type_of(path.name) == "application/octet-stream"} == set()


def test_a_port_that_is_taken_is_said(seed_build: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = run("serve", seed_build, "--port", port)
    assert (outcome.code, outcome.err) == (
        3,
        f"rncp-ld: cannot listen on 127.0.0.1, port {port}: Address already in use\n",
    )


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("current", "no publication here; run `rncp-ld build"),
        ("current/publication.json", "this publication is incomplete; build again"),
        ("current/site/index.html", "this publication is incomplete (site/index.html is missing); build again"),
        ("current/store/CURRENT", "this publication is incomplete (store/CURRENT is missing); build again"),
    ],
)
def test_a_publication_that_is_not_whole_is_said_at_start(
    lost: str, said: str, served_build: Path, tmp_path: Path
) -> None:
    """As after a copy that was broken off."""
    copy = tmp_path / "build"
    shutil.copytree(served_build, copy, symlinks=True)
    (copy / lost).unlink()
    outcome = run("serve", copy, "--port", "0")
    assert (outcome.code, said in outcome.err) == (3, True), outcome.err


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_it_ends_in_peace(name: str, seed_build: Path) -> None:
    server = Serve(seed_build)
    server.ask("/")
    server.process.send_signal(getattr(signal, name))
    said = server.wait()
    assert (server.process.returncode, said) == (0, "")


def test_the_next_publication_is_served_without_a_restart(tmp_path: Path) -> None:
    def publish(title: str, day: str) -> None:
        build([str(write_export(tmp_path, fiche("RNCP1", title), day=day))], tmp_path / "build", Options())

    publish("Ancien", "2026-08-16")
    server = Serve(tmp_path / "build")
    try:
        assert b"Ancien" in server.ask("/certification/RNCP1.html").body
        publish("Nouveau", "2026-08-17")
        until(lambda: b"Nouveau" in server.ask("/certification/RNCP1.html").body)
        assert server.ask("/certification/RNCP1.html")["last-modified"] == "Mon, 17 Aug 2026 00:00:00 GMT"
        title = "SELECT ?t { <https://w3id.org/rncp/certification/RNCP1> <http://purl.org/dc/terms/title> ?t }"
        assert server.query(title, "text/csv").body == b"t\r\nNouveau\r\n", "the store has changed with the site"
        # a publication that is not whole does not take over
        (tmp_path / "build" / "publications" / "9").mkdir()
        (tmp_path / "next").symlink_to("publications/9")
        (tmp_path / "next").rename(tmp_path / "build" / "current")
        until(lambda: server.says("publications/9: this publication is incomplete"))
        assert b"Nouveau" in server.ask("/certification/RNCP1.html").body
    finally:
        server.stop()


def test_a_link_that_leaves_the_site_is_not_followed(tmp_path: Path) -> None:
    site = tmp_path.resolve() / "site"
    site.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "dir").symlink_to(tmp_path)
    assert locate(site, "out.txt") == Missing("out.txt")
    assert locate(site, "dir/secret.txt") == Missing("dir/secret.txt")


def test_sources_without_a_date_have_no_last_modified(seed_build: Path) -> None:
    answer = respond(open_publication(seed_build), "GET", "/certification/RNCP2383.ttl", {})
    assert "Last-Modified" not in answer.headers
