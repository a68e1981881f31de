"""Rules for web servers, so that any of them serves a site as `rncp-ld serve` does, as far as it can.

`table.Table` says what is served how, from the tables of `rncp_ld.formats` and `rncp_ld.headers`; `apache`, `nginx`, `caddy`
and `w3id` write it down in each server's language. One suite of requests (tests/serve) is held against all of them.
"""

from rncp_ld.publish.hosting.table import Table
from rncp_ld.publish.hosting.write import hosting_files, write_hosting

__all__ = ["Table", "hosting_files", "write_hosting"]
