"""What a resource is served as: one table, from which come negotiation, links, media types and the rules for web servers.

Media types are those registered at IANA (https://www.iana.org/assignments/media-types/): unregistered ones break clients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a resource's document.

    Attributes:
        name: for people.
        media_type: registered at IANA; lower case.
        suffix: of the document's file and address, without its dot.
        quality: what decides where a client has no preference, from 0 to 1; HTML has the most.
        others: media types that a client may ask for and that this format satisfies.
        charset: whether the media type has a charset parameter.
        is_on_disk: a file of the publication; else `serve` makes it on request, and static hosts do not offer it.
    """

    name: str
    media_type: str
    suffix: str
    quality: float
    others: tuple[str, ...] = ()
    charset: bool = False
    is_on_disk: bool = True

    @property
    def content_type(self) -> str:
        """The header of a response; everything that is published is UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


HTML: Final = Format("HTML", "text/html", "html", 1.0, charset=True)
# Turtle is N3, and N-Triples was text/plain until 2014: rdflib still asks for the two by these names.
TURTLE: Final = Format("Turtle", "text/turtle", "ttl", 0.9, others=("text/n3",), charset=True)
JSON_LD: Final = Format("JSON-LD", "application/ld+json", "jsonld", 0.8, others=("application/json",))
N_TRIPLES: Final = Format("N-Triples", "application/n-triples", "nt", 0.7, others=("text/plain",), is_on_disk=False)
RDF_XML: Final = Format("RDF/XML", "application/rdf+xml", "rdf", 0.6, is_on_disk=False)

FORMATS: Final = (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
"""All formats, the preferred first."""

BY_SUFFIX: Final = {one.suffix: one for one in FORMATS}

ON_DISK: Final = tuple(one for one in FORMATS if one.is_on_disk)
"""The formats that any web server can offer."""

FULFILLED: Final = frozenset({("charset", "utf-8"), ("profile", "http://www.w3.org/ns/json-ld#compacted")})
"""Parameters that what we serve fulfils: it is UTF-8, and its JSON-LD is compacted. A range with any other one names
something else than what there is."""

GONE: Final = "gone"
"""Suffix of the mark beside a tombstone's files: the one thing that a web server asks to answer 410."""

CONTENT_TYPES: Final = {
    **{one.suffix: one.content_type for one in FORMATS},
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "conf": "text/plain; charset=utf-8",
    "htaccess": "text/plain; charset=utf-8",
    "gz": "application/gzip",
}
"""Suffix of a file of the site → header."""

NAMED_TYPES: Final = {
    "void": TURTLE.content_type,
    "SHA256SUMS": "text/plain; charset=utf-8",
    "Caddyfile": "text/plain; charset=utf-8",
}
"""Name of a file without a suffix → header."""

COMPRESSIBLE: Final = ("text/", "application/ld+json", "application/json", "application/n-triples", "application/rdf+xml", "application/xml", "image/svg+xml")  # fmt: skip
"""Beginnings of the headers of what is compressed on its way; dumps are compressed files already."""

SMALLEST: Final = 1024
"""Bytes below which compression gains nothing: it all fits into one packet."""


def content_type_of(name: str) -> str:
    """Return the header of a file of the site by its name.

    >>> content_type_of("RNCP2383.ttl"), content_type_of("void"), content_type_of("x.bin")
    ('text/turtle; charset=utf-8', 'text/turtle; charset=utf-8', 'application/octet-stream')
    """
    suffix = name.rpartition(".")[2] if "." in name else ""
    return NAMED_TYPES.get(name) or CONTENT_TYPES.get(suffix, "application/octet-stream")
