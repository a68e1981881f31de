"""The HTTP suite (`suite.py`) against each host; a case that a host cannot do must fail there, else the table is stale."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from rncp_ld.formats import FORMATS, ON_DISK
from rncp_ld.publish.hosting.accept import choose
from rncp_ld.serve.negotiation import negotiate
from tests.serve.hosts import STATIC_HOSTS, Response, Serve, ask
from tests.serve.suite import HOSTS, NGINX, SERVE, SUITE, Case
from tests.serve.test_negotiation import CASES


@contextmanager
def started(name: str, build: Path, published: Path) -> Iterator[int]:
    """Start a host; yield its port."""
    if name == SERVE:
        served = Serve(build)
        yield served.port
        served.stop()
    else:
        work = published / f"work-{name}"
        work.mkdir(exist_ok=True)
        server = STATIC_HOSTS[name](published / "rncp", work).start()
        yield server.port
        server.stop()


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest, served_build: Path, published: Path) -> Iterator[tuple[str, int]]:
    """Name and port of a host that serves the build."""
    with started(request.param, served_build, published) as port:
        yield request.param, port


def faults(case: Case, host: str, port: int) -> list[str]:
    """Ask, and return what is not as the case says."""
    headers = {**case.headers, **({"Accept": case.accept} if case.accept is not None else {})}
    response = ask(port, case.path, case.method, headers)
    found = [] if response.status in case.statuses else [f"status {response.status}"]
    if case.location is not None:
        to = response["location"]
        leads = None if to is None else urlsplit(urljoin(f"http://x{case.path}", to)).path
        found += [] if leads == case.location else [f"location {to}"]
    found += [
        f"{header}: {response[header]!r}, expected {expected!r}"
        for header, expected in case.expected.items()
        if not matches(response[header], expected)
    ]
    found += [] if case.body in response.body.decode("utf-8", "replace") else [f"no {case.body!r} in the body"]
    # What is no HTTP is answered before any rule is read.
    is_beside = host in case.bare or response.status in {400, 414}
    is_safe = is_beside or response["x-content-type-options"] == "nosniff"
    return found if is_safe else [*found, "not everywhere: X-Content-Type-Options"]


@pytest.mark.parametrize("case", SUITE, ids=str)
def test_the_suite(case: Case, host: tuple[str, int]) -> None:
    name, port = host
    found = faults(case, name, port)
    if name in case.unless:
        assert found, f"{name} can do it: the table says that it cannot"
    else:
        assert found == []


def matches(value: str | None, expected: str | re.Pattern[str] | None) -> bool:
    """Tell whether a header is as it should be."""
    return value is not None and bool(expected.search(value)) if isinstance(expected, re.Pattern) else value == expected


@pytest.mark.parametrize(
    "case", [case for case in SUITE if case.method == "GET" and "Range" not in case.headers], ids=str
)
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


@pytest.mark.parametrize("path", ["/certification/RNCP2.ttl", "/dumps/rncp.nt.gz"])
def test_a_client_may_want_no_other_version(path: str, host: tuple[str, int]) -> None:
    name, port = host
    tag = str(ask(port, path)["etag"])
    assert ask(port, path, headers={"If-Match": '"other"'}).status == 412
    assert ask(port, path, headers={"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}).status == 412
    if not tag.startswith("W/"):
        assert ask(port, path, headers={"If-Match": f'"x", {tag}'}).status == 200
    if name == SERVE:  # a date of the data is a day's: two publications of one day have it
        dated = {"Range": "bytes=0-9", "If-Range": "Mon, 17 Aug 2026 00:00:00 GMT"}
        assert ask(port, path, headers=dated).status == 200


def test_each_variant_and_coding_has_a_tag_of_its_own(host: tuple[str, int]) -> None:
    _, port = host
    tags = [
        ask(port, f"/certification/RNCP2.{suffix}", headers={"Accept-Encoding": coding})["etag"]
        for suffix in ("html", "ttl", "jsonld")
        for coding in ("identity", "gzip")
    ]
    assert len(set(tags)) == len(tags)


def test_a_header_on_two_lines_is_one(host: tuple[str, int]) -> None:
    name, port = host
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("GET", "/certification/RNCP2")
    for one in ("image/png", "text/turtle"):
        connection.putheader("Accept", one)
    connection.endheaders()
    response = connection.getresponse()
    response.read()
    connection.close()
    # nginx before 1.23 reads the first line alone
    assert response.status == 303 or (name == NGINX and response.status == 406)


@pytest.mark.parametrize("path", ["/certification/RNCP2.html", "/certification/RNCP2.ttl", "/assets/style.css"])
def test_what_a_client_has_in_gzip_is_not_sent_again(path: str, host: tuple[str, int]) -> None:
    name, port = host
    first = ask(port, path, headers={"Accept-Encoding": "gzip"})
    assert first["content-encoding"] == "gzip"
    again = ask(port, path, headers={"Accept-Encoding": "gzip", "If-None-Match": str(first["etag"])})
    assert (again.status, again.body) == (304, b"")
    # nginx makes a tag weak as it compresses, so not here
    tags = [str(one["etag"]).removeprefix("W/" if name == NGINX else "") for one in (first, again)]
    assert tags[0] == tags[1]
    assert "Accept-Encoding" in str(again["vary"])


def test_a_coding_has_no_case(host: tuple[str, int]) -> None:
    _, port = host
    plain = ask(port, "/certification/RNCP2.html")
    for coding in ("GZIP", "br, GZip;q=0.5"):
        coded = ask(port, "/certification/RNCP2.html", headers={"Accept-Encoding": coding})
        assert (coded["content-encoding"] == "gzip") == (coded["etag"] != plain["etag"])


@pytest.mark.parametrize("path", ["/certification/RNCP2.html", "/certification/RNCP2.ttl", "/assets/style.css"])
def test_what_is_sent_in_gzip_is_the_document(path: str, host: tuple[str, int], published: Path) -> None:
    _, port = host
    body = ask(port, path, headers={"Accept-Encoding": "gzip"}).body
    assert gzip.decompress(body) == (published / f"rncp{path}").read_bytes()


@pytest.mark.parametrize("accept", sorted({accept for accept, _ in CASES if accept is not None}))
def test_a_web_server_chooses_as_its_rules_say(accept: str, host: tuple[str, int]) -> None:
    name, port = host
    expected = negotiate(accept, FORMATS) if name == SERVE else choose(accept.strip(), ON_DISK)
    response = ask(port, "/certification/RNCP2", headers={"Accept": accept})
    leads = str(response["location"]).rpartition("/")[2]
    assert (response.status, leads) == ((303, f"RNCP2.{expected.suffix}") if expected else (406, "None"))
