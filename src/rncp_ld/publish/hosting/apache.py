"""The rules for Apache: an `.htaccess` that works where it lies, below any prefix, with the modules that hosts have.

It stands at the root of the site, so that copying the site is publishing it, and beside the other rules to be read.
Everything is guarded by its module: what a host lacks is left out, and the pages are there all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.templates import render


def render_apache(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the files: (path below the site, content)."""
    text = render("apache.htaccess", table)
    yield ".htaccess", text
    yield "hosting/apache.htaccess", text
