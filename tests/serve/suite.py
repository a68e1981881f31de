"""The HTTP suite: what a request gets, whichever server answers. One table for `rncp-ld serve`, Apache, nginx and Caddy.

`unless` names the hosts that cannot do it, so that what a static host lacks is said here and nowhere else: most cannot weigh
q-values, and none makes N-Triples or RDF/XML on request. `Link: rel=alternate` on the page remains the way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SERVE, APACHE, NGINX, CADDY = "serve", "apache", "nginx", "caddy"
STATIC: Final = frozenset({APACHE, NGINX, CADDY})

ACT = "acte/decret/2016-07-11/2016-954"
INDEX = "organisation/nom-index"
"""An organisation whose name is that of every folder's first page."""


@dataclass(frozen=True)
class Case:
    """A request and what it gets.

    Attributes:
        path: as it is sent.
        status: one or several that are right.
        accept: the header; None: it is not sent.
        location: of the redirect, resolved against the request.
        expected: headers with their values; a pattern where it is one; None: absent.
        body: text that the body holds.
        headers: more of the request.
        unless: hosts that cannot do it.
    """

    path: str
    status: int | tuple[int, ...]
    accept: str | None = None
    method: str = "GET"
    location: str | None = None
    expected: Mapping[str, str | re.Pattern[str] | None] = field(default_factory=dict)
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    unless: frozenset[str] = frozenset()

    @property
    def statuses(self) -> tuple[int, ...]:
        """The statuses that are right."""
        return self.status if isinstance(self.status, tuple) else (self.status,)

    def __str__(self) -> str:
        """Name the case in a report."""
        return f"{self.method} {self.path[:60]} {self.accept or ''}".strip()


def see_other(path: str, accept: str | None, suffix: str, unless: frozenset[str] = frozenset()) -> Case:
    """An IRI: 303 to one of its documents."""
    expected: Mapping[str, str | re.Pattern[str] | None] = {
        "vary": re.compile(r"\bAccept\b"),
        "access-control-allow-origin": "*",
    }
    return Case(path, 303, accept, location=f"{path}.{suffix}", expected=expected, unless=unless)


ONE, PAGE = "/certification/RNCP2", "/certification/RNCP2.html"
GONE = "/certification/RNCP1"
TURTLE_TYPE = re.compile(r"text/turtle; ?charset=utf-8", re.IGNORECASE)
HTML_TYPE = re.compile(r"text/html; ?charset=utf-8", re.IGNORECASE)

IRIS = [
    see_other(ONE, None, "html"),
    see_other(ONE, "*/*", "html"),
    see_other(ONE, "text/html", "html"),
    see_other(ONE, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    see_other(ONE, "text/turtle", "ttl"),
    see_other(ONE, "TEXT/TURTLE", "ttl"),
    see_other(ONE, "application/ld+json", "jsonld"),
    see_other(ONE, "application/json", "jsonld"),
    see_other(ONE, "application/rdf+xml,text/turtle,*/*;q=0.1", "ttl"),
    see_other(ONE, "application/rdf+xml,text/turtle;q=0.9,*/*;q=0.1", "rdf", unless=STATIC),
    see_other(ONE, "application/n-triples", "nt", unless=STATIC),
    see_other(ONE, "application/rdf+xml", "rdf", unless=STATIC),
    see_other(ONE, "text/html;q=0.5, text/turtle", "ttl", unless=STATIC),
    see_other(ONE, "text/turtle;q=0.1, text/html", "html", unless=STATIC),
    see_other(ONE, "text/turtle;q=0, */*", "html", unless=STATIC),
    Case(ONE, 406, "image/png", unless=STATIC, body="text/turtle", expected={"vary": re.compile("Accept")}),
    # every kind of IRI, those beside a folder of nearly their name too
    *(
        see_other(path, "text/turtle", "ttl")
        for path in ("/rome/K1205", "/nsf/332", "/niveau/4", "/def", f"/{ACT}", "/scheme/nsf", f"/{INDEX}", "/dataset")
    ),
    see_other("/shapes", "text/turtle", "ttl"),
]

DOCUMENTS = [
    Case("/", 200, expected={"content-type": HTML_TYPE, "x-content-type-options": "nosniff"}, body="<!doctype html>"),
    Case(PAGE, 200, expected={"content-type": HTML_TYPE, "cache-control": re.compile("max-age=[1-9]"), "etag": re.compile(r'".+"')}, body="RNCP2"),
    # a document is what it is, whatever is accepted
    Case(PAGE, 200, "text/turtle", expected={"content-type": HTML_TYPE}),
    Case(f"{ONE}.ttl", 200, expected={"content-type": TURTLE_TYPE, "access-control-allow-origin": "*"}, body="rncp:Certification"),
    Case(f"{ONE}.jsonld", 200, expected={"content-type": re.compile(r"application/ld\+json")}, body='"@context"'),
    Case(f"{ONE}.nt", 200, expected={"content-type": "application/n-triples"}, body="<https://w3id.org/rncp/certification/RNCP2> <", unless=STATIC),
    Case(f"{ONE}.rdf", 200, expected={"content-type": "application/rdf+xml"}, body="rdf:RDF", unless=STATIC),
    Case("/certification/", 200, expected={"content-type": HTML_TYPE}),
    Case("/certification", (301, 308), location="/certification/"),
    Case("/def.ttl", 200, expected={"content-type": TURTLE_TYPE}, body="owl:Ontology"),
    Case("/.well-known/void", 200, expected={"content-type": TURTLE_TYPE}, body="void:Dataset"),
    Case("/catalog.ttl", 200, expected={"content-type": TURTLE_TYPE}),
    Case("/sitemap.xml", 200, expected={"content-type": re.compile("application/xml|text/xml")}),
    Case("/robots.txt", 200, expected={"content-type": re.compile("text/plain")}),
    Case("/assets/style.css", 200, expected={"content-type": re.compile("text/css")}),
    Case("/dumps/rncp.nt.gz", 200, expected={"content-type": re.compile("application/(x-)?gzip"), "content-encoding": None, "accept-ranges": "bytes"}),
    Case("/dumps/SHA256SUMS", 200, expected={"content-type": re.compile("text/plain")}, body="rncp.nt.gz"),
    Case("/quality/", 200, expected={"content-type": HTML_TYPE}),
    Case(PAGE, 200, expected={"link": re.compile(r'rel="?alternate"?; type="?text/turtle"?')}),
    Case(PAGE, 200, expected={"link": re.compile(r'rel="?(license|canonical)"?')}, unless=STATIC),
    Case(PAGE, 200, expected={"last-modified": "Mon, 17 Aug 2026 00:00:00 GMT", "content-location": "RNCP2.html"}, unless=STATIC),
    Case(f"{PAGE}?x=1", 200, expected={"content-type": HTML_TYPE}),
    Case("/certification/%52NCP2", 303, "text/turtle", location="/certification/RNCP2.ttl"),
]  # fmt: skip

RANGES = [
    Case("/dumps/rncp.nt.gz", 206, headers={"Range": "bytes=0-9"}, expected={"content-length": "10", "content-range": re.compile(r"bytes 0-9/\d+")}),
    Case("/dumps/rncp.nt.gz", 206, headers={"Range": "bytes=-4"}, expected={"content-length": "4"}),
    Case("/dumps/rncp.nt.gz", 416, headers={"Range": "bytes=999999999-"}, expected={"content-range": re.compile(r"bytes \*/\d+")}),
    Case("/dumps/rncp.nt.gz", 200, headers={"Range": "bytes=0-9", "If-Range": '"other"'}),
    Case("/dumps/rncp.nt.gz", 200, headers={"Range": "lines=1-2"}),
]  # fmt: skip

CODING = [
    Case(PAGE, 200, headers={"Accept-Encoding": "gzip"}, expected={"content-encoding": "gzip", "vary": re.compile("Accept-Encoding")}),
    Case(PAGE, 200, headers={"Accept-Encoding": "gzip;q=0"}, expected={"content-encoding": None}, unless=frozenset({APACHE, NGINX})),
    Case(PAGE, 200, headers={"Accept-Encoding": "identity"}, expected={"content-encoding": None}),
    Case("/dumps/rncp.nt.gz", 200, headers={"Accept-Encoding": "gzip"}, expected={"content-encoding": None}),
]  # fmt: skip

WITHDRAWN = [
    Case(GONE, 410, "text/html", expected={"content-type": HTML_TYPE}, body="n’est plus publiée"),
    Case(GONE, 410, expected={"content-type": HTML_TYPE}, body="RNCP2"),
    Case(GONE, 410, "text/turtle", expected={"content-type": TURTLE_TYPE}, body="rncp:Withdrawn", unless=STATIC),
    Case(f"{GONE}.ttl", 410, unless=frozenset()),
    Case(f"{GONE}.html", 410, body="n’est plus publiée"),
    Case(GONE, 410, "image/png", expected={"content-type": "application/problem+json"}, unless=STATIC),
    Case(f"{GONE}.gone", 404),
]

ERRORS = [
    Case("/certification/RNCP999", 404, "text/html", expected={"content-type": HTML_TYPE}),
    Case("/certification/RNCP999", 404, "application/json", expected={"content-type": "application/problem+json"}, body='"status": 404', unless=STATIC),
    Case("/certification/RNCP999", 404, "text/html", body="../certification/RNCP2", unless=STATIC),
    Case("/rome/k1205", 404, "application/json", body="../rome/K1205", unless=STATIC),
    Case("/certification/RNCP2/", 404),
    Case("/certification/RNCP2.csv", 404),
    Case("/certification/../../publication.json", (400, 404)),
    Case("/..%2fpublication.json", (400, 404)),
    Case("/%2e%2e/publication.json", (400, 404)),
    Case("/..%5cpublication.json", (400, 404)),
    Case("/%00", (400, 404)),
    Case("/certification/RNCP2.html%00.txt", (400, 404)),
    Case("/%ff%fe", (400, 404)),
    Case("/" + "a" * 300, (400, 403, 404)),
    Case("/" + "a/" * 3000, (400, 403, 404, 414)),
    Case("/certification%2FRNCP2", 404, unless=frozenset({NGINX, CADDY})),
    Case("/x%0d%0aSet-Cookie:%20a=b", (400, 404), expected={"set-cookie": None}),
    Case("/<script>alert(1)</script>", (400, 404), "text/html"),
    *(
        Case(PAGE, 405, "application/json", method=method, expected={"allow": re.compile("GET")}, unless=frozenset({NGINX, CADDY}))
        for method in ("POST", "PUT", "DELETE", "PATCH")
    ),
    Case(ONE, 204, method="OPTIONS", expected={"access-control-allow-methods": re.compile("GET")}),
]  # fmt: skip

SUITE: Final = [*IRIS, *DOCUMENTS, *RANGES, *CODING, *WITHDRAWN, *ERRORS]
