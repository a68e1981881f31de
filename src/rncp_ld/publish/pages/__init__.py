"""Pages: one HTML page, Turtle and JSON-LD file for each resource, indexes, home page, ontology.

The way of a page: triples about a resource and what links to it (`resource.Inputs`, `page.Page`) → sections and rows, laid
out by the shapes (`layout`, `sections`) → values that know their HTML and what holds them (`views`, `markup`) → the templates.
"""

from rncp_ld.publish.pages.resource import Inputs, render_page, render_resource
from rncp_ld.publish.pages.site import Site, open_site, shared_by_pages
from rncp_ld.publish.pages.write import (
    frame_names,
    render_frame,
    resources_of,
    write_files,
    write_pages,
    write_resources,
)

__all__ = [
    "Inputs",
    "Site",
    "frame_names",
    "open_site",
    "render_frame",
    "render_page",
    "render_resource",
    "resources_of",
    "shared_by_pages",
    "write_files",
    "write_pages",
    "write_resources",
]
