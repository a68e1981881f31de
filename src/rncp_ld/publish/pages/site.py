"""All that pages of one publication share: read once, then only read."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from rncp_ld.errors import PublicationError
from rncp_ld.publish.context import LICENCE, LICENCE_NAME, PUBLISHER, SiteContext
from rncp_ld.publish.pages.attribution import Attribution, of_publication
from rncp_ld.publish.pages.kinds import KINDS, kind_of_path
from rncp_ld.publish.pages.layout import Layout, read_layout
from rncp_ld.publish.pages.literals import NBSP, write_number
from rncp_ld.publish.pages.lookups import Lookups, read_lookups
from rncp_ld.publish.pages.names import Namer
from rncp_ld.rdf.iris import Iris
from rncp_ld.store.store import GraphStore

_INDEX = re.compile(r"(?:^|/)index(?:-[0-9]+)?$", re.IGNORECASE)
"""Paths of index pages, on a disk that folds case."""

_FOLDER = Path(__file__).resolve().parents[1]
TEMPLATES = _FOLDER / "templates"
STATIC = _FOLDER / "static"


@dataclass(frozen=True, slots=True)
class Site:
    """One publication's pages.

    Attributes:
        kinds: all pages by kind, for indexes and counts.
        common: what the frame of every page says.
        attribution: of the pages that belong to no fiche.
    """

    store: GraphStore
    context: SiteContext
    lookups: Lookups
    layout: Layout
    namer: Namer
    kinds: Mapping[str, tuple[str, ...]]
    common: Mapping[str, object]
    attribution: Attribution

    @property
    def iris(self) -> Iris:
        """The IRIs of this publication."""
        return self.context.iris

    def render(self, template: str, root: str, **values: object) -> str:
        """Render a page; `root` is the way from it to the site's root. What names no attribution has the publication's."""
        frame = {"root": root, "common": self.common, "attribution": self.attribution}
        return environment().get_template(template).render(frame | values)


_MENU = ("certification", "bloc", "rome", "nsf", "formacode", "organisation", "acte")
"""Kinds that the menu of every page names."""


@cache
def environment() -> jinja2.Environment:
    """Return the templates, compiled once a process; all values are escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    made.filters["number"] = lambda value: write_number(str(value))
    made.globals["nbsp"] = NBSP
    return made


def open_site(store: GraphStore, context: SiteContext, lookups: Lookups | None = None) -> Site:
    """Read what the pages of a publication share.

    Args:
        store: the whole graph.
        context: the publication.
        lookups: of the whole graph; read from the store where they are not at hand.

    Raises:
        PublicationError: the file of a resource would be that of an index.
    """
    iris = context.iris
    lookups = lookups or read_lookups(store, iris)
    namer = Namer(iris.namespace)
    terms = {term: label for term, label in lookups.labels.items() if term.startswith(f"<{iris.namespace}")}
    kinds: dict[str, list[str]] = {}
    for resource in lookups.types:
        if _INDEX.search(lookups.path(resource)):
            raise PublicationError(f"{resource} would share its file with an index page")
        kinds.setdefault(kind_of_path(lookups.path(resource)), []).append(resource)
    return Site(
        store,
        context,
        lookups,
        read_layout(iris, namer, lookups.superclasses, terms),
        namer,
        {segment: tuple(kinds[segment]) for segment in sorted(kinds)},
        frame(kinds),
        of_publication(context),
    )


def indexed_kinds(site: Path) -> frozenset[str]:
    """Return the kinds that have an index page in a site."""
    return frozenset(path.parent.name for path in site.glob("*/index.html"))


def frame(kinds: Container[str]) -> dict[str, object]:
    """Return what the frame of every page says: publisher, licence, kinds in the menu."""
    return {
        "publisher": PUBLISHER,
        "licence": LICENCE,
        "licence_name": LICENCE_NAME,
        "menu": [(segment, KINDS[segment].plural) for segment in _MENU if segment in kinds],
    }
