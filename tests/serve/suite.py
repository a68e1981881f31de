"""The HTTP suite: what a request gets, whichever server answers. One table for `rncp-ld serve`, Apache, nginx and Caddy.

`unless` names the hosts that cannot do it, so that what a host lacks is said here and nowhere else; that it is true is
tested too. No static host makes N-Triples or RDF/XML on request, nor problem details; `Link: rel=alternate` on the page
remains the way to what there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from rncp_ld.headers import EVERYWHERE, PREFLIGHT

SERVE, APACHE, NGINX, CADDY = "serve", "apache", "nginx", "caddy"
HOSTS: Final = (SERVE, APACHE, NGINX, CADDY)
STATIC: Final = frozenset({APACHE, NGINX, CADDY})

ACT = "acte/decret/2016-07-11/2016-954"
INDEX = "organisation/nom-index"
"""An organisation whose name is that of every folder's first page."""

BESIDE = "/niveau/5"
"""An IRI beside a folder of its very name: no build makes one, but a disk may have one."""


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
        bare: hosts that answer this beside their rules, and so without the headers that are on every answer.
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
    bare: frozenset[str] = frozenset()

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
        "vary": re.compile(r"\bAccept(?:,|$)"),
        "cache-control": re.compile("max-age=[1-9]"),
        "access-control-allow-origin": "*",
    }
    return Case(path, 303, accept, location=f"{path}.{suffix}", expected=expected, unless=unless)


ONE, PAGE = "/certification/RNCP2", "/certification/RNCP2.html"
GONE = "/certification/RNCP1"
TURTLE_TYPE = re.compile(r"text/turtle; ?charset=utf-8", re.IGNORECASE)
HTML_TYPE = re.compile(r"text/html; ?charset=utf-8", re.IGNORECASE)

IRIS = [
    see_other(ONE, None, "html"),
    see_other(ONE, "", "html"),
    see_other(ONE, "*/*", "html"),
    see_other(ONE, "text/html", "html"),
    see_other(ONE, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    see_other(ONE, "text/turtle", "ttl"),
    see_other(ONE, "TEXT/TURTLE", "ttl"),
    see_other(ONE, "text/turtle;charset=UTF-8", "ttl"),
    see_other(ONE, "application/ld+json", "jsonld"),
    see_other(ONE, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    see_other(ONE, "application/json", "jsonld"),
    see_other(ONE, "text/html;q=0.5, text/turtle", "ttl"),
    see_other(ONE, "text/turtle ; Q=0.1 , text/html", "html"),
    see_other(ONE, "text/turtle;q=0, */*", "html"),
    see_other(ONE, "text/html;q=0, */*;q=0.2", "ttl"),
    see_other(ONE, "text/*;q=0, */*;q=0.001", "jsonld"),
    see_other(ONE, "*/*;q=0.1, application/*;q=0.2", "jsonld"),
    see_other(ONE, "text/turtle;q=0.8, application/ld+json;q=0.9, text/html;q=0.123", "jsonld"),
    see_other(ONE, "application/rdf+xml,text/turtle,*/*;q=0.1", "ttl"),
    # what is made on request
    see_other(ONE, "application/rdf+xml,text/turtle;q=0.9,*/*;q=0.1", "rdf", unless=STATIC),
    see_other(ONE, "application/rdf+xml,text/turtle;q=0.9,*/*;q=0.1", "ttl", unless=frozenset({SERVE})),
    see_other(ONE, "application/n-triples", "nt", unless=STATIC),
    see_other(ONE, "application/rdf+xml", "rdf", unless=STATIC),
    Case(ONE, 406, "application/rdf+xml", body="text/turtle", unless=frozenset({SERVE})),
    # weights that differ by less than a tenth
    see_other(ONE, "text/html;q=0.85, text/turtle;q=0.89", "ttl", unless=STATIC),
    Case(ONE, 406, "image/png", body="text/turtle", expected={"vary": re.compile("Accept"), "cache-control": "no-cache"}),
    Case(ONE, 406, "text/html;level=1"),
    Case(ONE, 406, "text/html;q=0"),
    # every kind of IRI, those beside a folder of nearly their name too, or of their very name
    *(
        see_other(path, "text/turtle", "ttl")
        for path in (
            "/rome/K1205", "/nsf/332", "/niveau/4", "/niveau/1969-V-bis", "/def", "/def-1.0.0", f"/{ACT}", "/scheme/nsf",
            "/scheme/rome", f"/{INDEX}", "/dataset", "/catalog", "/source/xml-v4-1", BESIDE,
        )
    ),
    # an IRI with one file, and pages that are of no resource
    see_other("/shapes", "text/turtle", "ttl"),
    see_other("/shapes", None, "ttl"),
    see_other("/quality/report", "text/turtle", "ttl"),
    see_other("/organisation/index", None, "html"),
    Case(f"{ONE}?x=1", 303, "text/turtle", expected={"location": re.compile(r"RNCP2\.ttl$")}),
    Case(ONE, 406, "image/png", expected={"link": re.compile(r'^<RNCP2.html>; rel="alternate".*, <https://w3id.org/rncp/certification/RNCP2>; rel="canonical"')}),
    # relative, so that it holds below any prefix and behind any proxy
    Case(ONE, 303, "text/turtle", expected={"location": "RNCP2.ttl"}, unless=frozenset({APACHE})),
]  # fmt: skip

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
    Case(PAGE, 200, expected={"link": re.compile(r'<https://w3id.org/rncp/certification/RNCP2>; rel="canonical", <https://[^>]+>; rel="license"$')}),
    Case(PAGE, 200, expected={"link": re.compile(r'^<RNCP2.ttl>; rel="alternate"; type="text/turtle", <RNCP2.jsonld>')}),
    Case(f"{ONE}.ttl", 200, expected={"link": re.compile(r'^<RNCP2.html>; rel="alternate"; type="text/html", <RNCP2.jsonld>')}),
    Case(ONE, 303, expected={"link": re.compile(r'^<RNCP2.html>; rel="alternate".*<RNCP2.ttl>; rel="describedby"; type="text/turtle"')}),
    Case("/assets/style.css", 200, expected={"link": re.compile(r'^<https://[^>]+>; rel="license"$')}),
    Case(PAGE, 200, expected={"content-location": "RNCP2.html"}),
    Case("/certification/", 200, expected={"content-location": "index.html"}),
    Case(PAGE, 200, expected={"last-modified": "Mon, 17 Aug 2026 00:00:00 GMT"}, unless=STATIC),
    Case(f"{PAGE}?x=1", 200, expected={"content-type": HTML_TYPE}),
    Case("/certification/%52NCP2", 303, "text/turtle", location="/certification/RNCP2.ttl"),
    Case(f"/{INDEX}.html", 200, expected={"content-type": HTML_TYPE}, body="<h1>Index"),
    Case("/organisation/", 200, expected={"content-type": HTML_TYPE}, body="Organismes"),
    Case("/organisation", (301, 308), location="/organisation/"),
    Case("/def-1.0.0.ttl", 200, expected={"content-type": TURTLE_TYPE}),
    Case("/hosting/README.md", 200, expected={"content-type": re.compile("text/markdown")}),
    Case("/hosting/apache.htaccess", 200, expected={"content-type": re.compile("text/plain")}, body="RewriteEngine On"),
    Case("/hosting/Caddyfile", 200, expected={"content-type": re.compile("text/plain")}, unless=frozenset({CADDY})),
    Case("/dumps/rncp.ttl.gz", 200, expected={"content-type": "application/gzip", "content-encoding": None, "content-language": None}),
    *(Case(PAGE, 200, expected={name: value}) for name, value in EVERYWHERE.items()),
]  # fmt: skip

RANGES = [
    Case("/dumps/rncp.nt.gz", 206, headers={"Range": "bytes=0-9"}, expected={"content-length": "10", "content-range": re.compile(r"bytes 0-9/\d+")}),
    Case("/dumps/rncp.nt.gz", 206, headers={"Range": "bytes=-4"}, expected={"content-length": "4"}),
    Case("/dumps/rncp.nt.gz", 416, headers={"Range": "bytes=999999999-"}, expected={"content-range": re.compile(r"bytes \*/\d+")}, unless=frozenset({APACHE}), bare=frozenset({NGINX})),
    Case("/dumps/rncp.nt.gz", 416, headers={"Range": "bytes=999999999-"}, unless=frozenset(), bare=frozenset({NGINX})),
    Case("/dumps/rncp.nt.gz", 416, headers={"Range": "bytes=999999999-"}, expected={"cache-control": "no-cache"}, unless=frozenset({NGINX, CADDY})),
    Case("/dumps/rncp.nt.gz", 416, headers={"Range": "bytes=999999999-"}, expected={"content-location": None}, unless=STATIC, bare=frozenset({NGINX})),
    Case("/dumps/rncp.nt.gz", 200, headers={"Range": "bytes=0-9", "If-Range": '"other"'}),
    Case("/dumps/rncp.nt.gz", 200, headers={"Range": "lines=1-2"}, unless=frozenset({CADDY})),
]  # fmt: skip

CODING = [
    Case(PAGE, 200, headers={"Accept-Encoding": "gzip"}, expected={"content-encoding": "gzip", "vary": re.compile("Accept-Encoding")}),
    Case(PAGE, 200, headers={"Accept-Encoding": "gzip;q=0"}, expected={"content-encoding": None}),
    Case(PAGE, 200, headers={"Accept-Encoding": "identity"}, expected={"content-encoding": None}),
    Case(PAGE, 200, headers={"Accept-Encoding": "gzip;q=0.5, br"}, expected={"content-encoding": "gzip"}),
    Case("/dumps/rncp.nt.gz", 200, headers={"Accept-Encoding": "gzip"}, expected={"content-encoding": None}),
    Case("/assets/style.css", 200, headers={"Accept-Encoding": "gzip"}, expected={"content-encoding": "gzip", "content-type": re.compile("text/css"), "vary": re.compile("Accept-Encoding")}),
    Case("/assets/style.css", 200, headers={"Accept-Encoding": "identity"}, expected={"content-encoding": None}, body="body"),
    # a cache must not give the one to who asked for the other
    *(
        Case(path, 200, headers=headers, expected={"content-encoding": None, "vary": re.compile("Accept-Encoding")})
        for path in (PAGE, f"{ONE}.ttl", "/assets/style.css")
        for headers in ({}, {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip;q=0"})
    ),
]  # fmt: skip

WITHDRAWN = [
    Case(GONE, 410, "text/html", expected={"content-type": HTML_TYPE}, body="n’est plus publiée"),
    Case(GONE, 410, expected={"content-type": HTML_TYPE, "vary": re.compile(r"\bAccept(?:,|$)"), "cache-control": re.compile("max-age=[1-9]")}, body="RNCP2"),
    Case(GONE, 410, "text/turtle", expected={"content-type": TURTLE_TYPE}, body="rncp:Withdrawn"),
    Case(GONE, 410, "application/json", expected={"content-type": re.compile(r"application/ld\+json")}, body='"@context"'),
    Case(GONE, 410, "text/html;q=0.1, text/turtle;q=0.2", expected={"content-type": TURTLE_TYPE}, body="rncp:Withdrawn"),
    Case(GONE, 410, "text/html", headers={"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT", "If-None-Match": "*"}, body="n’est plus publiée"),
    Case(GONE, 410, "text/html", headers={"Range": "bytes=0-9"}, body="n’est plus publiée"),
    Case(f"{GONE}.ttl", 410, expected={"content-type": TURTLE_TYPE}, body="rncp:Withdrawn"),
    Case(GONE, 410, "text/html", expected={"link": re.compile(r'^<RNCP1.html>; rel="alternate".*, <https://w3id.org/rncp/certification/RNCP1>; rel="canonical"')}),
    Case(f"{GONE}.ttl", 410, expected={"link": re.compile(r'^<RNCP1.html>; rel="alternate"')}),
    Case(f"{GONE}.ttl", 410, expected={"vary": re.compile(r"\bAccept(?:,|$)")}, unless=frozenset({SERVE, CADDY})),
    Case(f"{GONE}.ttl", 410, "text/html", expected={"content-type": TURTLE_TYPE}),
    Case(f"{GONE}.html", 410, expected={"content-type": HTML_TYPE}, body="n’est plus publiée"),
    Case(f"{GONE}.jsonld", 410, expected={"content-type": re.compile(r"application/ld\+json")}),
    Case(GONE, 410, "image/png", expected={"content-type": "application/problem+json"}, unless=STATIC),
    Case(GONE, 410, "image/png", expected={"content-type": HTML_TYPE}, unless=frozenset({SERVE})),
    Case(f"{GONE}.gone", 404),
    Case(f"{GONE}/", 404),
    Case(f"{GONE}.csv", 404),
]  # fmt: skip

ASIDE: Final = ("/assets/style.css", "/.well-known/void", "/dumps/SHA256SUMS")
"""Files that some servers have rules of their own for."""

EARLY: Final = frozenset({APACHE})
"""Refused by Apache before it has found any folder, and so any rule."""

ERRORS = [
    Case("/certification/RNCP999", 404, "text/html", expected={"content-type": HTML_TYPE, "cache-control": "no-cache"}, body='href="../assets/style.css"'),
    Case("/x", 404, body='href="assets/style.css"'),
    Case("/acte/decret/2016-07-11/x", 404, body='href="../../../assets/style.css"'),
    Case("/a/b/c/d/e/f/g", 404, expected={"content-type": HTML_TYPE}, body="Page introuvable"),
    Case("/certification/RNCP999", 404, "application/json", expected={"content-type": "application/problem+json"}, body='"status": 404', unless=STATIC),
    Case("/certification/RNCP999", 404, "text/html", body="../certification/RNCP2", unless=STATIC),
    Case("/rome/k1205", 404, "application/json", body="../rome/K1205", unless=STATIC),
    Case("/rome/k1205", 404),
    Case("/Certification/RNCP2", 404),
    Case("/certification/RNCP2/", 404),
    Case("/certification/RNCP2/x", 404),
    Case(f"{PAGE}/", 404),
    Case(f"{PAGE}/x", 404),
    Case("/certification/RNCP2.csv", 404),
    Case("/certification/RNCP%2A", 404),
    Case("/certification/RNCP%5B2%5D", 404),
    Case("/certification/RNCP%3F", 404),
    Case("/certification/RNCP2%5C", 404),
    Case("/certification/%7Bpath%7D", 404),
    # no address of ours; most servers tidy up what they are asked
    *(Case(path, 404, unless=STATIC) for path in ("//rome/K1205", "/rome/./K1205", "/x/../rome/K1205")),
    *(Case(path, 303, unless=frozenset({SERVE})) for path in ("//rome/K1205", "/rome/./K1205", "/x/../rome/K1205")),
    # pages of errors are pages without data, as any other
    *(Case(path, 303, location=f"{path}.html") for path in ("/404", "/hosting/errors/404-1")),
    # dotfiles
    Case("/.htaccess", (403, 404)),
    Case("/hosting/.htaccess", (403, 404)),
    Case("/.git/config", 404),
    Case("/.well-known/", 404),
    Case("/.well-known/.htaccess", (403, 404)),
    Case("/.well-known/.secret/x", (403, 404)),
    Case("/.well-known/.well-known/x", 404),
    Case("/hosting/Caddyfile", 404, expected={"cache-control": "no-cache", "content-location": None}, unless=frozenset({SERVE, APACHE, NGINX})),
    # no folder shows what is in it
    *(Case(path, 404) for path in ("/dumps/", "/assets/", "/acte/decret/", "/hosting/", f"{BESIDE}/")),
    Case("/dumps", (301, 404)),
    # nothing outside of the site
    Case("/certification/../../publication.json", (400, 404)),
    Case("/..%2fpublication.json", (400, 404), bare=EARLY),
    Case("/%2e%2e/publication.json", (400, 404)),
    Case("/..%5cpublication.json", (400, 404)),
    Case("/%00", (400, 404), bare=EARLY),
    Case("/certification/RNCP2.html%00.txt", (400, 404), bare=EARLY),
    Case("/%ff%fe", (400, 404)),
    Case("/" + "a" * 300, (400, 403, 404), bare=EARLY),
    Case("/" + "a/" * 3000, (400, 403, 404, 414), bare=EARLY),
    Case("/certification%2FRNCP2", 404, bare=EARLY),
    Case("/x%0d%0aSet-Cookie:%20a=b", (400, 404), expected={"set-cookie": None}),
    Case("/<script>alert(1)</script>", (400, 404), "text/html"),
    # read only
    *(
        Case(PAGE, 405, "application/json", method=method, expected={"allow": re.compile("^GET, HEAD, OPTIONS$")}, unless=frozenset({APACHE}))
        for method in ("POST", "PUT", "DELETE", "PATCH")
    ),
    Case(PAGE, 405, method="TRACE", unless=frozenset({APACHE}), bare=frozenset({NGINX})),
    *(Case(path, 405, method="POST", expected={"allow": re.compile("^GET, HEAD, OPTIONS$")}, unless=frozenset({APACHE})) for path in (ONE, *ASIDE)),
    # Apache adds a second Allow, of what it would answer without rules: nothing, or TRACE
    *(Case(path, 405, method="POST", expected={"allow": re.compile("^GET, HEAD, OPTIONS(?:,|$)")}, unless=frozenset()) for path in (ONE, *ASIDE)),
    # texts of a server's own
    Case(PAGE, 405, method="POST", expected={"content-type": re.compile("utf-8")}, unless=frozenset({APACHE, CADDY})),
    Case(PAGE, 405, method="POST", expected={"content-type": None}, unless=frozenset({SERVE, APACHE, NGINX})),
    Case("/", 405, method="POST"),
    Case("/nothing", 405, method="DELETE"),
    *(
        Case(path, 204, method="OPTIONS", expected=PREFLIGHT, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
        for path in (ONE, PAGE, "/", "/dumps/rncp.nt.gz", GONE, *ASIDE)
    ),
]  # fmt: skip

SUITE: Final = [*IRIS, *DOCUMENTS, *RANGES, *CODING, *WITHDRAWN, *ERRORS]
