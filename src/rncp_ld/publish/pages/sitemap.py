"""`sitemap.xml` (https://www.sitemaps.org/protocol.html) and `robots.txt`: every resource by its IRI."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

LIMIT: Final = 50_000
"""Addresses in one file at most; more make an index of parts."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemaps(addresses: Sequence[str], base: str, limit: int = LIMIT) -> Iterator[tuple[str, str]]:
    """Yield the sitemap of a site, in parts under an index where it is long.

    Args:
        addresses: of all pages, sorted.
        base: of the site; ends in "/".
        limit: addresses in one file.
    """
    if len(addresses) <= limit:
        yield "sitemap.xml", _list("urlset", "url", addresses)
        return
    parts = [addresses[start : start + limit] for start in range(0, len(addresses), limit)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _list("sitemapindex", "sitemap", [f"{base}{name}" for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _list("urlset", "url", part)


def _list(outer: str, inner: str, addresses: Sequence[str]) -> str:
    lines = "".join(f"<{inner}><loc>{escape(address)}</loc></{inner}>\n" for address in addresses)
    return f'{_HEAD}<{outer} xmlns="{_SCHEMA}">\n{lines}</{outer}>\n'


def render_robots(base: str) -> str:
    """Return `robots.txt`: everything may be read."""
    return f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"
