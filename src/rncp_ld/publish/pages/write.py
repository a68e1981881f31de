"""Writes the pages of a publication. A resource's files depend on the store alone, so that lists of them can be shared out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages.dataset import render_dataset
from rncp_ld.publish.pages.home import render_home
from rncp_ld.publish.pages.listing import render_index
from rncp_ld.publish.pages.ontology import ontology_pages, render_ontology
from rncp_ld.publish.pages.quality import render_quality
from rncp_ld.publish.pages.resource import render_resource
from rncp_ld.publish.pages.since import put_dates
from rncp_ld.publish.pages.site import STATIC, Site, open_site
from rncp_ld.publish.pages.sitemap import render_robots, render_sitemaps
from rncp_ld.store.store import GraphStore

Files = Iterator[tuple[str, str]]


def write_pages(store: GraphStore, site: Path, context: SiteContext) -> int:
    """Write every page of a publication, with its Turtle and JSON-LD; return the number of HTML pages.

    Args:
        store: the whole graph: data, ontology and schemes.
        site: the site's folder, which is there.
        context: the publication.
    """
    opened = open_site(store, context)
    frame = sum(write_files(render_frame(name, opened), site) for name in frame_names(opened.kinds))
    return frame + write_resources(resources_of(opened), opened, site)


def resources_of(site: Site) -> list[str]:
    """Return every resource that has a page made by `render_resource`, sorted; the ontology's pages are of its own making."""
    apart = ontology_pages(site)
    return [resource for resource in site.lookups.types if resource not in apart]


def write_resources(resources: Iterable[str], site: Site, folder: Path) -> int:
    """Write the files of some resources; return the number of HTML pages."""
    export = site.context.export_date
    return sum(
        write_files(put_dates(render_resource(resource, site), None, export)[0], folder) for resource in resources
    )


def _home(site: Site) -> Files:
    yield "index.html", render_home(site)


def _assets(_: Site) -> Files:
    for asset in sorted(STATIC.iterdir()):
        yield f"assets/{asset.name}", asset.read_text(encoding="utf-8")


def _sitemap(site: Site) -> Files:
    base = site.iris.base
    yield from render_sitemaps([base, *(resource[1:-1] for resource in site.lookups.types)], base)
    yield "robots.txt", render_robots(base)


_FRAME: Final[Mapping[str, Callable[[Site], Files]]] = {
    "quality": render_quality,
    "sitemap": _sitemap,
    "home": _home,
    "dataset": render_dataset,
    "ontology": render_ontology,
    "assets": _assets,
}
"""What is about the publication as a whole, beside the indexes of kinds."""


def frame_names(kinds: Iterable[str]) -> list[str]:
    """Return the names of what is about the publication as a whole; each can be rendered by itself."""
    return [*_FRAME, *(f"index {segment}" for segment in kinds if segment)]


def render_frame(name: str, site: Site) -> Files:
    """Yield the files of one part of the frame."""
    first, _, segment = name.partition(" ")
    render = partial(render_index, segment) if segment else _FRAME[first]
    yield from render(site)


def write_files(files: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write files below a folder; return how many of them are HTML pages."""
    pages = 0
    made: set[str] = set()
    for path, text in files:
        target = f"{folder}/{path}"
        parent = os.path.dirname(target)  # noqa: PTH120 - hundreds of thousands of times
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        with open(target, "wb") as out:  # noqa: PTH123
            out.write(text.encode("utf-8"))
        pages += path.endswith(".html")
    return pages
