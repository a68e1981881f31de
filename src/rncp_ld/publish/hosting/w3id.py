"""The rules for w3id.org, where the base of the IRIs may be: https://github.com/perma-id/w3id.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.templates import render

PLACEHOLDER: Final = "https://www.example.org/rncp/"
"""Stands for the address of the site, which a publication does not know; whoever registers the base writes it once."""

_BASE = re.compile(r"https?://w3id\.org/([^/]+)/(.*)")


def render_w3id(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the files, where the base is one of w3id.org: (path below the site, content)."""
    match = _BASE.fullmatch(table.base)
    if match is None:
        return
    values = {"folder": match[1], "below": match[2], "site": PLACEHOLDER}
    yield "hosting/w3id/w3id.htaccess", render("w3id.htaccess", table, **values)
    yield "hosting/w3id/README.md", render("w3id.md", table, **values)
