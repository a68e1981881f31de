"""Limits that hold: what a query may cost, with real engines that are ended, killed and replaced."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serve.asking import GREEDY, RUNAWAY, kind
from tests.serve.hosts import Serve, until

SECONDS = 1.5
QUERIES = 6


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build, "--query-seconds", str(SECONDS), "--query-memory", "256", "--queries", str(QUERIES))
    yield one
    assert one.stop() == ""


def is_burning(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_query_is_ended_after_its_seconds(server: Serve) -> None:
    before = time.monotonic()
    response = server.query(RUNAWAY)
    assert (response.status, kind(response)) == (504, "timeout")
    assert SECONDS <= time.monotonic() - before < SECONDS + 10
    assert "1.5 secondes" in json.loads(response.body)["detail"]


def test_the_engine_of_a_query_that_was_ended_burns_no_longer(server: Serve) -> None:
    """Its process is gone, and another waits in its place."""
    server.query("ASK {}")
    before = set(server.engines())
    assert server.query(RUNAWAY).status == 504
    until(lambda: len(server.engines()) >= 2 and len(before - set(server.engines())) >= 1)


def test_a_query_that_asks_for_too_much_memory_is_ended_cleanly(server: Serve) -> None:
    response = server.query(GREEDY)
    assert kind(response) in {"out-of-memory", "timeout"}
    assert response.status in {400, 504}
    assert server.query("ASK {}").status == 200


def test_memory_is_capped(served_build: Path) -> None:
    """With enough seconds it is the memory that ends the greedy query; that it is too little for any shows the cap is real."""
    one = Serve(served_build, "--query-seconds", "60", "--query-memory", "256")
    try:
        response = one.query(GREEDY)
        assert (response.status, kind(response)) == (400, "out-of-memory")
        assert "256 Mio" in json.loads(response.body)["detail"]
    finally:
        one.stop()


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {'{' * 100_000}{'}' * 100_000}",
        f"SELECT * {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}",
        f"SELECT * {{ FILTER({'!' * 100_000}1) }}",
    ],
    ids=["groups", "parentheses", "negations"],
)
def test_a_query_deeper_than_the_engine_can_parse_is_told(query: str, server: Serve) -> None:
    assert server.query(query).status in {200, 400}
    assert server.query("ASK {}").status == 200


def test_queries_beyond_the_places_are_asked_to_come_back(server: Serve) -> None:
    with ThreadPoolExecutor(QUERIES + 4) as threads:
        answers = list(threads.map(lambda _: server.query(RUNAWAY), range(QUERIES + 4)))
    busy = [one for one in answers if one.status == 503]
    assert sorted({one.status for one in answers}) == [503, 504]
    assert len(busy) == 4
    assert all((one["retry-after"], kind(one)) == ("1", "busy") for one in busy)
    assert server.query("ASK {}").status == 200


def test_a_trivial_query_is_answered_while_others_burn(server: Serve) -> None:
    """Four runaway queries; how long an answer takes is measured by the benchmark, not here."""
    with ThreadPoolExecutor(4) as threads:
        burning = [threads.submit(server.query, RUNAWAY) for _ in range(4)]
        answers = [server.query("ASK {}").status for _ in range(20)]
        assert set(answers) == {200}
        assert {one.result().status for one in burning} == {504}


def test_a_client_that_leaves_takes_its_query_with_it(served_build: Path) -> None:
    one = Serve(served_build, "--query-seconds", "600")
    try:
        with socket.create_connection(("127.0.0.1", one.port)) as client:
            client.sendall(f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            until(lambda: json.loads(one.ask("/health").body)["queries"] == 1)
        until(lambda: json.loads(one.ask("/health").body)["queries"] == 0)
    finally:
        one.stop()


def test_an_engine_that_is_killed_is_replaced(server: Serve) -> None:
    server.query("ASK {}")
    for pid in server.engines():
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(server.engines()) >= 2 and server.query("ASK {}").status == 200)


def test_a_query_whose_engine_is_killed_is_asked_to_come_back(served_build: Path) -> None:
    one = Serve(served_build, "--query-seconds", "60")
    try:
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(one.query, RUNAWAY)
            until(lambda: json.loads(one.ask("/health").body)["queries"] == 1)
            for pid in one.engines():
                os.kill(pid, signal.SIGKILL)
            response = asked.result()
        assert (response.status, response["retry-after"], kind(response)) == (503, "1", "engine-lost")
        until(lambda: one.query("ASK {}").status == 200)
    finally:
        one.stop()


def test_engines_end_with_the_server_however_it_ends(served_build: Path) -> None:
    one = Serve(served_build)
    engines = one.engines()
    assert len(engines) >= 2
    one.process.kill()
    one.wait()
    until(lambda: not any(is_burning(pid) for pid in engines))
