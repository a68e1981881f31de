"""`rncp-ld push` to real stores: what is there afterwards is what was published, and nothing else."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from rncp_ld.rdf.terms import XSD, Triple
from tests.command import Outcome, run, spawn
from tests.push.conftest import TITLE
from tests.push.stores import Oxigraph, Virtuoso, triples_of

GRAPH = "https://w3id.org/rncp/?jour=été#a"
"""With signs that a query string must not take for its own."""


def published(build: Path) -> set[Triple]:
    with gzip.open(build / "site" / "dumps" / "rncp.nt.gz") as dump:
        return triples_of(dump.read())


def push(build: Path, store: str, *options: str) -> Outcome:
    return run("push", "--build", build, "--graph-store", store, *options)


def in_months(triple: Triple) -> Triple:
    """Write a duration as Virtuoso 7 gives it back: years as a number of months."""
    value = re.sub(rf'^"P([0-9]+)Y"\^\^<{XSD}duration>$', lambda m: f'"{int(m[1]) * 12}"^^<{XSD}duration>', triple[2])
    return (*triple[:2], value)


def test_the_builds_have_what_stores_get_wrong(seed_build: Path, other_build: Path) -> None:
    objects = {o for _, _, o in published(seed_build) | published(other_build)}
    text = "\n".join(objects)
    for wanted in (
        '"P5Y"^^', "#date>", "#boolean>", "#integer>", '"@fr', '"@en', "é", "’", '\\"', "\\\\", "\\n", "𝒜",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert any(TITLE.split('"')[0] in o for o in objects)
    assert not published(seed_build) <= published(other_build)
    assert not published(other_build) <= published(seed_build)


@pytest.mark.parametrize("graph", [None, GRAPH])
def test_oxigraph(graph: str | None, oxigraph: Oxigraph, seed_build: Path, other_build: Path) -> None:
    options = [] if graph is None else ["--graph", graph]
    for build in (seed_build, other_build, other_build):
        expected = published(build)
        outcome = push(build, oxigraph.graph_store, *options)
        name = "default graph" if graph is None else f"graph <{graph}>"
        assert (outcome.code, outcome.out, outcome.err) == (
            0,
            "",
            f"sent {len(expected):,} triples to {oxigraph.graph_store}, {name}\n",
        )
        assert oxigraph.count(graph) == len(expected)
        assert oxigraph.triples(graph) == expected


@pytest.mark.usefixtures("as_user")
def test_virtuoso(virtuoso: Virtuoso, seed_build: Path, other_build: Path) -> None:
    for build in (seed_build, other_build, other_build):
        expected = published(build)
        outcome = push(build, virtuoso.graph_store, "--graph", GRAPH, "--sparql-endpoint", virtuoso.endpoint)
        assert (outcome.code, outcome.err) == (
            0,
            f"sent {len(expected):,} triples to {virtuoso.graph_store}, graph <{GRAPH}>; counted there: the same\n",
        )
        assert virtuoso.count(GRAPH) == len(expected)
        assert virtuoso.triples(GRAPH) == {in_months(one) for one in expected}


def test_other_graphs_stay_as_they_are(oxigraph: Oxigraph, seed_build: Path, other_build: Path) -> None:
    assert push(seed_build, oxigraph.graph_store, "--graph", "urn:x:kept").code == 0
    assert push(other_build, oxigraph.graph_store).code == 0
    assert oxigraph.triples("urn:x:kept") == published(seed_build)
    assert oxigraph.triples() == published(other_build)


@pytest.mark.usefixtures("as_user")
def test_the_graph_is_sent_once_although_the_server_asks_for_a_digest(virtuoso: Virtuoso, other_build: Path) -> None:
    outcome = push(other_build, virtuoso.graph_store, "--graph", "urn:x:once", "-v")
    answers = re.findall(r"^(\w+) \S+: ([0-9]+) \(Virtuoso", outcome.err, re.MULTILINE)
    assert (answers[0], answers[-1]) == (("HEAD", "401"), ("PUT", "201"))
    assert [method for method, _ in answers].count("PUT") == 1


def test_a_token_is_no_password(virtuoso: Virtuoso, other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_TOKEN", "s3cret")
    outcome = push(other_build, virtuoso.graph_store, "--graph", "urn:x:token")
    assert (outcome.code, "401 Unauthorized; it refuses this user or token" in outcome.err) == (3, True)
    assert "s3cret" not in outcome.err
    assert virtuoso.count("urn:x:token") == 0


@pytest.mark.usefixtures("as_user")
def test_a_wrong_password_changes_nothing(
    virtuoso: Virtuoso, other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert push(other_build, virtuoso.graph_store, "--graph", "urn:x:safe").code == 0
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", "s3cret")
    outcome = push(other_build, virtuoso.graph_store, "--graph", "urn:x:safe", "-v")
    assert (outcome.code, "401 Unauthorized; it refuses this user or token" in outcome.err) == (3, True)
    assert "s3cret" not in outcome.err
    assert "PUT" not in outcome.err
    assert virtuoso.count("urn:x:safe") == len(published(other_build))


def test_nobody_is_told_how_to_say_who_they_are(virtuoso: Virtuoso, other_build: Path) -> None:
    outcome = push(other_build, virtuoso.graph_store, "--graph", "urn:x:nobody")
    assert (outcome.code, "set RNCP_LD_PUSH_USER and its password, or RNCP_LD_PUSH_TOKEN" in outcome.err) == (3, True)


@pytest.mark.usefixtures("as_user")
def test_the_address_without_authentication_is_said(virtuoso: Virtuoso, other_build: Path) -> None:
    outcome = push(other_build, virtuoso.open_store, "--graph", "urn:x:open")
    assert outcome.code == 3
    assert "403 Forbidden; it has not asked who we are" in outcome.err
    assert "SQ110:SECURITY: Permission denied" in outcome.err


@pytest.mark.usefixtures("as_user")
def test_virtuoso_has_no_default_graph_to_write(virtuoso: Virtuoso, other_build: Path) -> None:
    outcome = push(other_build, virtuoso.graph_store)
    assert (outcome.code, "the endpoint is not configured to have default graph" in outcome.err) == (3, True)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nothing", "404 Not Found; nothing has this address there"),
        ("/query", "it says: PUT /query is not supported by this server"),
    ],
)
def test_an_address_that_is_no_graph_store(path: str, said: str, oxigraph: Oxigraph, other_build: Path) -> None:
    outcome = push(other_build, oxigraph.graph_store.replace("/store", path))
    assert (outcome.code, said in outcome.err) == (3, True), outcome.err


def test_a_store_that_is_read_only(tmp_path: Path, other_build: Path) -> None:
    (tmp_path / "first").mkdir()
    first = Oxigraph(tmp_path / "first")
    first.stop()
    store = Oxigraph(tmp_path / "first", read_only=True)
    outcome = push(other_build, store.graph_store)
    store.stop()
    assert (outcome.code, re.search(r": 40[0-9] ", outcome.err) is not None) == (3, True), outcome.err


def test_a_server_that_is_not_there(other_build: Path) -> None:
    outcome = push(other_build, "http://127.0.0.1:1/store")
    assert (outcome.code, "cannot be reached: [Errno 111] Connection refused" in outcome.err) == (3, True)


@pytest.mark.parametrize("endpoint", ["wrong number", "no endpoint", "no result"])
def test_what_is_counted_afterwards(
    endpoint: str, oxigraph: Oxigraph, seed_build: Path, other_build: Path, tmp_path: Path
) -> None:
    """The endpoint of another store, an address that is none, and one that answers something else."""
    assert push(seed_build, oxigraph.graph_store, "--graph", "urn:x:counted").code == 0
    (tmp_path / "data").mkdir()
    empty = Oxigraph(tmp_path)
    at, said = {
        "wrong number": (empty.endpoint, f"{len(published(other_build)):,} triples were sent, and the graph has 0"),
        "no endpoint": (oxigraph.endpoint.replace("/query", "/nothing"), "404 Not Found"),
        "no result": (oxigraph.endpoint.replace("/query", "/update"), "40"),
    }[endpoint]
    outcome = push(other_build, oxigraph.graph_store, "--graph", "urn:x:counted", "--sparql-endpoint", at)
    empty.stop()
    assert (outcome.code, said in outcome.err) == (3, True), outcome.err
    assert oxigraph.triples("urn:x:counted") == published(other_build)


def test_quiet_says_nothing(oxigraph: Oxigraph, other_build: Path) -> None:
    assert push(other_build, oxigraph.graph_store, "-q") == Outcome(0, "", "")


def test_as_a_process(oxigraph: Oxigraph, other_build: Path) -> None:
    outcome = spawn("push", "--build", other_build, "--graph-store", oxigraph.graph_store, "--graph", "urn:x:process")
    assert (outcome.code, outcome.out) == (0, "")
    assert oxigraph.count("urn:x:process") == len(published(other_build))


def test_a_folder_without_publication(oxigraph: Oxigraph, tmp_path: Path) -> None:
    outcome = push(tmp_path, oxigraph.graph_store)
    assert (outcome.code, "no publication here" in outcome.err) == (3, True)
