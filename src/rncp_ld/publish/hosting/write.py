"""Writes the rules and the pages of errors of a site, and compresses its assets beforehand."""

from __future__ import annotations

import gzip
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Final

from rncp_ld.formats import SMALLEST, content_type_of
from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.hosting.apache import render_apache
from rncp_ld.publish.hosting.caddy import render_caddy
from rncp_ld.publish.hosting.error_pages import render_error_pages
from rncp_ld.publish.hosting.nginx import render_nginx
from rncp_ld.publish.hosting.readme import render_readme
from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.w3id import render_w3id
from rncp_ld.publish.pages.attribution import Attribution, of_publication
from rncp_ld.publish.pages.site import indexed_kinds

_TEXTS: Final = ("text/css", "text/javascript")
"""Assets that are compressed; there are no others yet that would gain from it."""

_LEVEL: Final = 9
"""Of gzip: what is compressed once and sent often may cost some time."""


def hosting_files(table: Table, kinds: Container[str], attribution: Attribution) -> Iterator[tuple[str, str]]:
    """Yield every file that web servers ask for: (path below the site, content).

    Args:
        table: of the site.
        kinds: that have an index, for the menu of the pages of errors.
        attribution: that these pages have.
    """
    yield from render_apache(table)
    yield from render_nginx(table)
    yield from render_caddy(table)
    yield from render_w3id(table)
    yield from render_readme(table)
    yield from render_error_pages(table, kinds, attribution)


def write_hosting(site: Path, context: SiteContext) -> None:
    """Write the rules and the pages of errors into a site whose other files are there."""
    for path, text in hosting_files(Table(context.iris.base), indexed_kinds(site), of_publication(context)):
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    for asset in sorted((site / "assets").glob("*")):
        data = asset.read_bytes()
        if len(data) >= SMALLEST and content_type_of(asset.name).startswith(_TEXTS):
            asset.with_name(f"{asset.name}.gz").write_bytes(gzip.compress(data, _LEVEL, mtime=0))
