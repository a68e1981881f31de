"""What to do with the rules, server by server, and what each cannot do."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.templates import render


def render_readme(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the file: (path below the site, content)."""
    yield "hosting/README.md", render("README.md", table)
