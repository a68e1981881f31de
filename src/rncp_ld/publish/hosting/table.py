"""What every server's rules are made from: the tables of `formats` and `headers`, and the layout of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from rncp_ld.formats import COMPRESSIBLE, CONTENT_TYPES, GONE, NAMED_TYPES, ON_DISK, TURTLE, Format
from rncp_ld.headers import CACHE, EVERYWHERE, METHODS, PREFLIGHT
from rncp_ld.publish.context import LICENCE

CACHED: Final = (200, 206, 301, 303, 304, 308, 410)
"""Statuses that a cache may keep; errors are asked for again (416 of nginx and Caddy excepted: no rule of theirs sees it)."""

NEGOTIATED: Final = (303, 406, 410)
"""Statuses that depend on the Accept header."""

ERROR_PAGES: Final = (404, 406)
"""Statuses that have a page of ours."""

DEEPEST: Final = 4
"""Folders above an address for which there is an error page with links that fit; resources have three at most."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a site is served with; each server's rules are a function of this.

    Attributes:
        base: of the IRIs.
        formats: of resources, the preferred first; each is a file of the site.
        types: suffix of a file → Content-Type.
        named: name of a file without a suffix → Content-Type.
        gone: suffix of the mark that turns a resource into a tombstone.
        everywhere: headers of every response.
        cache: Cache-Control of what may be kept.
        preflight: headers of the answer to OPTIONS; `Allow` is that of 405 too.
        methods: that are answered.
        licence: of the data.
        data: the format that describes a resource; where its file is, there are all others.
    """

    base: str
    formats: tuple[Format, ...] = ON_DISK
    types: Mapping[str, str] = field(default_factory=lambda: CONTENT_TYPES)
    named: Mapping[str, str] = field(default_factory=lambda: NAMED_TYPES)
    gone: str = GONE
    everywhere: Mapping[str, str] = field(default_factory=lambda: EVERYWHERE)
    cache: str = CACHE
    preflight: Mapping[str, str] = field(default_factory=lambda: PREFLIGHT)
    methods: tuple[str, ...] = METHODS
    licence: str = LICENCE
    data: Format = TURTLE

    @property
    def suffixes(self) -> str:
        """The suffixes of resources' documents, as alternatives of a regular expression."""
        return "|".join(one.suffix for one in self.formats)

    @property
    def compressible(self) -> tuple[str, ...]:
        """Media types that are compressed on their way, without their charset."""
        return tuple(dict.fromkeys(_bare(one) for one in self._headers() if one.startswith(COMPRESSIBLE)))

    @property
    def with_charset(self) -> tuple[str, ...]:
        """Media types that say that they are UTF-8."""
        return tuple(dict.fromkeys(_bare(one) for one in self._headers() if ";" in one))

    def _headers(self) -> Iterator[str]:
        yield from self.types.values()
        yield from self.named.values()

    @property
    def named_by_type(self) -> Mapping[str, tuple[str, ...]]:
        """Content-Type → names of files without a suffix."""
        return {
            header: tuple(name for name, its in self.named.items() if its == header)
            for header in dict.fromkeys(self.named.values())
        }

    def links(self, name: str, canonical: str, without: Format | None = None) -> str:
        """Return the Link header (RFC 8288) of a resource or of its document in one format, as `serve` has it.

        Args:
            name: what stands in the server's language for the last segment of the resource.
            canonical: the same for its path below the base.
            without: the format of the document that the header goes with.
        """
        links = [
            f'<{name}.{one.suffix}>; rel="alternate"; type="{one.media_type}"'
            for one in self.formats
            if one is not without
        ]
        links.append(f'<{name}.{self.data.suffix}>; rel="describedby"; type="{self.data.media_type}"')
        return ", ".join([*links, f'<{self.base}{canonical}>; rel="canonical"', self.license_link])

    @property
    def license_link(self) -> str:
        """The Link header of what belongs to no resource."""
        return f'<{self.licence}>; rel="license"'


def _bare(header: str) -> str:
    return header.partition(";")[0]


def alternatives(names: Iterable[object]) -> str:
    """Return names or numbers as alternatives of a regular expression."""
    return "|".join(re.escape(str(name)) for name in names)


def error_page(status: int, depth: int) -> str:
    """Return the path of the error page for an address below so many folders: its links are relative, from there."""
    return f"hosting/errors/{status}-{depth}.html"
