"""The rules for nginx: maps for its `http` block, and the rules themselves for a `server` or a `location`.

Maps (http://nginx.org/en/docs/http/ngx_http_map_module.html) are reckoned only where they are asked for: a document costs
no look at the Accept header. In the rules `if` does nothing but `set` and `return`, which is what it is safe for.
"""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.templates import render


def render_nginx(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the files: (path below the site, content)."""
    yield "hosting/nginx-http.conf", render("nginx-http.conf", table)
    yield "hosting/nginx-site.conf", render("nginx-site.conf", table)
