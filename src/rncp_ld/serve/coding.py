"""Content codings: whether a client takes gzip (RFC 9110, 12.5.3), and what is worth being compressed."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from typing import Final

_CODING: Final = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)

LEVEL: Final = 5
"""Of gzip: a page of 30 kB takes a third of a millisecond and comes to a fifth."""

SMALLEST: Final = 1024
"""Bytes below which compression gains nothing: it all fits into one packet."""

_COMPRESSIBLE: Final = ("text/", "application/ld+json", "application/json", "application/n-triples", "application/rdf+xml", "application/xml", "application/sparql-results+", "image/svg+xml")  # fmt: skip


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str | None) -> bool:
    """Tell whether gzip may be sent, and is not less welcome than what is not compressed.

    >>> takes_gzip("br, gzip;q=0.8"), takes_gzip("gzip;q=0"), takes_gzip("*"), takes_gzip(None)
    (True, False, True, False)
    """
    weights: dict[str, float] = {}
    for part in (accept_encoding or "").split(","):
        match = _CODING.fullmatch(part)
        if match:
            weights.setdefault(match[1].lower(), float(match[2] or 1))
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return weight > 0 and weight >= weights.get("identity", 0.0)


def is_compressible(content_type: str, length: int) -> bool:
    """Tell whether a document is compressed as it is sent; dumps are compressed files already."""
    return length >= SMALLEST and content_type.startswith(_COMPRESSIBLE)


def compress(body: bytes) -> bytes:
    """Return the gzip of a document, the same bytes each time; small ones, which are most, are kept for a while."""
    return _compress_small(body) if len(body) <= _SMALL else gzip.compress(body, LEVEL, mtime=0)


_SMALL: Final = 64 * 1024
"""Bytes of a document whose gzip is kept: 256 of them, so that no client can make the cache take more than some megabytes."""


@lru_cache(maxsize=256)
def _compress_small(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
