"""Writes the pages of a publication. A resource's files depend on the store alone, so that lists of them can be shared out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages.dataset import render_dataset
from rncp_ld.publish.pages.home import render_home
from rncp_ld.publish.pages.listing import render_index
from rncp_ld.publish.pages.ontology import ontology_pages, render_ontology
from rncp_ld.publish.pages.quality import render_quality
from rncp_ld.publish.pages.resource import render_resource
from rncp_ld.publish.pages.site import STATIC, Site, open_site
from rncp_ld.publish.pages.sitemap import render_robots, render_sitemaps
from rncp_ld.store.store import GraphStore


def write_pages(store: GraphStore, site: Path, context: SiteContext) -> int:
    """Write every page of a publication, with its Turtle and JSON-LD; return the number of HTML pages.

    Args:
        store: the whole graph: data, ontology and schemes.
        site: the site's folder, which is there.
        context: the publication.
    """
    opened = open_site(store, context)
    return write_files(frame_files(opened), site) + write_resources(resources_of(opened), opened, site)


def resources_of(site: Site) -> list[str]:
    """Return every resource that has a page made by `render_resource`, sorted; the ontology's pages are of its own making."""
    apart = ontology_pages(site)
    return [resource for resource in site.lookups.types if resource not in apart]


def write_resources(resources: Iterable[str], site: Site, folder: Path) -> int:
    """Write the files of some resources; return the number of HTML pages."""
    return sum(write_files(render_resource(resource, site), folder) for resource in resources)


def frame_files(site: Site) -> Iterator[tuple[str, str]]:
    """Yield what is about the publication as a whole: home, indexes, ontology, style, sitemap."""
    yield "index.html", render_home(site)
    yield from render_quality(site)
    yield from render_dataset(site)
    for segment in site.kinds:
        if segment:
            yield from render_index(segment, site)
    yield from render_ontology(site)
    for asset in sorted(STATIC.iterdir()):
        yield f"assets/{asset.name}", asset.read_text(encoding="utf-8")
    base = site.iris.base
    yield from render_sitemaps([base, *(resource[1:-1] for resource in site.lookups.types)], base)
    yield "robots.txt", render_robots(base)


def write_files(files: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write files below a folder; return how many of them are HTML pages."""
    pages = 0
    made: set[Path] = set()
    for path, text in files:
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(text.encode("utf-8"))
        pages += path.endswith(".html")
    return pages
