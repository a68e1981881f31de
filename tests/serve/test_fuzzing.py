"""Whatever is asked has an answer: hostile paths, headers and methods give no error of ours and nothing from outside the site.

1,000 cases each in CI; `HYPOTHESIS_PROFILE=long` runs 100,000.
"""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.serve.publication import Publication, open_publication
from rncp_ld.serve.site import respond

STATUSES = {200, 204, 206, 301, 303, 304, 404, 405, 406, 410, 416}

PIECES = st.sampled_from(
    [
        "certification", "RNCP1", "RNCP2", "organisation", "nom-index", "index", "def", "dumps", "rncp.nt.gz", "/", "//", "..", "%2e",
        "%2E%2e", "%2f", "%5c", "\\", "%00", ".html", ".ttl", ".nt", ".rdf", ".gone", ".jsonld", "?", "%", "%zz", "%ff", "é", "~", ";",
        "*", "'", '"', "<script>", "%0d%0a", "etc/passwd", ".well-known", "void", "-", "_", "publication.json", "a" * 90,
    ]
)  # fmt: skip
PATHS = st.one_of(
    st.lists(PIECES, max_size=12).map(lambda parts: "/" + "".join(parts)),
    st.text(max_size=300).map(lambda text: f"/{text}"),
    st.text(alphabet=string.printable, max_size=60),
)
HEADERS = st.dictionaries(
    st.sampled_from(["accept", "accept-encoding", "if-none-match", "if-modified-since", "range", "if-range"]),
    st.one_of(
        st.text(alphabet=st.characters(max_codepoint=255), max_size=80),
        st.sampled_from(["*/*", "text/turtle", "gzip", "*", '"x"', "bytes=0-", "bytes=-1", "bytes=5-2", "Mon, 17 Aug 2026 00:00:00 GMT"]),
    ),
)  # fmt: skip
METHODS = st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "PUT", "TRACE", "CONNECT", "get", "\x00"])


@pytest.fixture(scope="module")
def publication(served_build: Path) -> Publication:
    return open_publication(served_build)


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(path=PATHS, headers=HEADERS, method=METHODS)
def test_any_request_has_an_answer(publication: Publication, path: str, headers: dict[str, str], method: str) -> None:
    answer = respond(publication, method, path, headers)
    assert answer.status in STATUSES
    for name, value in answer.all_headers().items():
        assert not set(f"{name}{value}") & set("\r\n\x00"), f"{name}: {value!r}"
        value.encode("latin-1")
    if isinstance(answer.body, bytes):
        assert b"root:" not in answer.body
        if answer.headers.get("Content-Type") == "application/problem+json":
            json.loads(answer.body)


@settings(max_examples=max(1000, settings().max_examples), deadline=None)
@given(path=PATHS)
def test_what_is_asked_is_never_html(publication: Publication, path: str) -> None:
    answer = respond(publication, "GET", f"/<script>x</script>{path}", {"accept": "text/html"})
    assert isinstance(answer.body, bytes)
    assert b"<script>x" not in answer.body
