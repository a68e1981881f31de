"""Wrong usage, variables of the environment, what a terminal shows, and dumps that are not whole."""

from __future__ import annotations

import contextlib
import gzip
import os
import pty
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rncp_ld.errors import PublicationError
from rncp_ld.store.credentials import Credentials
from rncp_ld.store.graph_dump import Body, GraphDump
from rncp_ld.store.graph_store import RemoteGraph
from tests.command import run
from tests.push.answers import Answer, Request, answering
from tests.push.pushing import DUMP, SECRET, dump_of, push


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
