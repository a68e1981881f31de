"""Content codings: whether a client takes gzip (RFC 9110, 12.5.3), and what is worth being compressed."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from typing import Final

from rncp_ld.formats import COMPRESSIBLE, SMALLEST

_CODING: Final = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)

_COMPRESSIBLE: Final = (*COMPRESSIBLE, "application/sparql-results+")
"""What the files of a site are, and results of queries."""

LEVEL: Final = 5
"""Of gzip: a page of 30 kB takes a third of a millisecond and comes to a fifth."""


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
