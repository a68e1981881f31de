"""Pages: one HTML page, Turtle and JSON-LD file for each resource, indexes, home page, ontology.

The way of a page: the store's triples about a resource (`page.Page`) → sections and rows, laid out by the shapes
(`layout`, `sections`) → plain records (`views`) → the templates, which hold all of the HTML.
"""

from rncp_ld.publish.pages.resource import render_resource
from rncp_ld.publish.pages.site import Site, open_site
from rncp_ld.publish.pages.write import (
    frame_names,
    render_frame,
    resources_of,
    write_files,
    write_pages,
    write_resources,
)

__all__ = [
    "Site",
    "frame_names",
    "open_site",
    "render_frame",
    "render_resource",
    "resources_of",
    "write_files",
    "write_pages",
    "write_resources",
]
