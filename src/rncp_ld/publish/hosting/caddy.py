"""The rules for Caddy: a snippet that a site imports, or the `handle_path` of a folder below it."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.templates import render


def render_caddy(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the file: (path below the site, content)."""
    yield "hosting/Caddyfile", render("Caddyfile", table)
