"""The HTTP suite (`suite.py`) against each host; a case that a host cannot do is left out for it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.serve.hosts import Response, Serve, ask
from tests.serve.suite import SERVE, SUITE, Case

HOSTS = (SERVE,)


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest, served_build: Path) -> Iterator[tuple[str, int]]:
    """Name and port of a host that serves the build."""
    server = Serve(served_build)
    yield request.param, server.port
    server.stop()


@pytest.mark.parametrize("case", SUITE, ids=str)
def test_the_suite(case: Case, host: tuple[str, int]) -> None:
    name, port = host
    if name in case.unless:
        return
    headers = {**case.headers, **({"Accept": case.accept} if case.accept is not None else {})}
    response = ask(port, case.path, case.method, headers)
    assert response.status in case.statuses, response
    if case.location is not None:
        assert response["location"] is not None
        assert urlsplit(urljoin(f"http://x{case.path}", response["location"])).path == case.location
    for header, expected in case.expected.items():
        assert matches(response[header], expected), f"{header}: {response[header]!r}, expected {expected!r}"
    assert case.body in response.body.decode("utf-8", "replace")
    assert response["x-content-type-options"] == "nosniff" or response.status == 400


def matches(value: str | None, expected: str | re.Pattern[str] | None) -> bool:
    """Tell whether a header is as it should be."""
    return value is not None and bool(expected.search(value)) if isinstance(expected, re.Pattern) else value == expected


@pytest.mark.parametrize("case", [case for case in SUITE if case.method == "GET" and case.statuses != (416,)], ids=str)
def test_head_is_get_without_the_body(case: Case, host: tuple[str, int]) -> None:
    name, port = host
    if name in case.unless:
        return
    headers = {**case.headers, **({"Accept": case.accept} if case.accept is not None else {})}
    got, head = ask(port, case.path, "GET", headers), ask(port, case.path, "HEAD", headers)
    assert (head.status, head.body) == (got.status, b"")
    assert without_clock(head) == without_clock(got)


def without_clock(response: Response) -> dict[str, str]:
    """Return the headers but what a host may leave out of HEAD (RFC 9110, 9.3.2), and the time."""
    left_out = {"date", "content-length", "transfer-encoding", "connection"}
    return {name: value for name, value in response.headers.items() if name not in left_out}


@pytest.mark.parametrize("path", ["/certification/RNCP2.html", "/certification/RNCP2.ttl", "/dumps/rncp.nt.gz", "/"])
def test_what_a_client_has_is_not_sent_again(path: str, host: tuple[str, int]) -> None:
    _, port = host
    first = ask(port, path)
    tag = first["etag"]
    assert tag is not None
    again = ask(port, path, headers={"If-None-Match": tag})
    assert (again.status, again.body, again["etag"]) == (304, b"", tag)
    assert ask(port, path, headers={"If-None-Match": f'"x", {tag}'}).status == 304
    assert ask(port, path, headers={"If-None-Match": "*"}).status in {200, 304}
    assert ask(port, path, headers={"If-None-Match": '"other"'}).status == 200
    assert ask(port, path, headers={"If-Modified-Since": str(first["last-modified"])}).status == 304
    assert ask(port, path, headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}).status == 200


def test_each_variant_and_coding_has_a_tag_of_its_own(host: tuple[str, int]) -> None:
    _, port = host
    tags = [
        ask(port, f"/certification/RNCP2.{suffix}", headers={"Accept-Encoding": coding})["etag"]
        for suffix in ("html", "ttl", "jsonld")
        for coding in ("identity", "gzip")
    ]
    assert len(set(tags)) == len(tags)
