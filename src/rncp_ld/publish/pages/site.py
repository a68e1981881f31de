"""All that pages of one publication share: read once, then only read."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

import jinja2
from markupsafe import Markup

from rncp_ld.errors import PublicationError
from rncp_ld.publish.context import LICENCE, LICENCE_NAME, PUBLISHER, SiteContext
from rncp_ld.publish.pages.attribution import Attribution, SourceLine, of_publication, of_shared, sources_by_series
from rncp_ld.publish.pages.kinds import KINDS, kind_of_path
from rncp_ld.publish.pages.layout import Layout, read_layout
from rncp_ld.publish.pages.literals import NBSP, write_number
from rncp_ld.publish.pages.lookups import Lookups, read_lookups
from rncp_ld.publish.pages.names import Namer
from rncp_ld.publish.pages.page import Linkers
from rncp_ld.rdf.iris import Iris
from rncp_ld.store.store import GraphStore

_INDEX = re.compile(r"(?:^|/)index(?:-[0-9]+)?$", re.IGNORECASE)
"""Paths of index pages, on a disk that folds case."""

_FOLDER = Path(__file__).resolve().parents[1]
TEMPLATES = _FOLDER / "templates"
STATIC = _FOLDER / "static"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of every page says.

    Attributes:
        menu: kinds that it names, each with what it is called.
    """

    menu: tuple[tuple[str, str], ...]
    publisher: str = PUBLISHER
    licence: str = LICENCE
    licence_name: str = LICENCE_NAME


@dataclass(frozen=True, slots=True)
class Site:
    """One publication's pages.

    Attributes:
        kinds: all pages by kind, for indexes and counts.
        common: what the frame of every page says.
        attribution: of the pages about the publication.
        shared: of the pages of what fiches share.
        sources: by series, what the footer of the pages of its fiches names.
    """

    store: GraphStore
    context: SiteContext
    lookups: Lookups
    layout: Layout
    namer: Namer
    kinds: Mapping[str, tuple[str, ...]]
    common: Frame
    attribution: Attribution
    shared: Attribution
    sources: Mapping[str, tuple[SourceLine, ...]]
    linkers: Linkers

    @property
    def iris(self) -> Iris:
        """The IRIs of this publication."""
        return self.context.iris

    def render(self, template: str, root: str, **values: object) -> str:
        """Render a page; `root` is the way from it to the site's root. What names no attribution has the publication's."""
        shared = {"root": root, "common": self.common, "attribution": self.attribution}
        return environment().get_template(template).render(shared | values)


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
    made.globals |= {"nbsp": NBSP, "header": _header, "footer": _footer}
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
        of_shared(context),
        sources_by_series(context),
        Linkers(lookups),
    )


def shared_by_pages(context: SiteContext, lookups: Lookups) -> str:
    """Return a digest of what the pages of all resources say beside what is particular to each."""
    kinds = sorted({kind_of_path(lookups.path(page)) for page in lookups.types})
    said = (
        frame(kinds),
        of_shared(context),
        sources_by_series(context),
        context.iris.base,
        context.export_date is None,
    )
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


def indexed_kinds(site: Path) -> frozenset[str]:
    """Return the kinds that have an index page in a site."""
    return frozenset(path.parent.name for path in site.glob("*/index.html"))


def frame(kinds: Container[str]) -> Frame:
    """Return what the frame of every page says, of a publication that has pages of these kinds."""
    return Frame(tuple((segment, KINDS[segment].plural) for segment in _MENU if segment in kinds))


@lru_cache(maxsize=64)
def _header(root: str, common: Frame) -> Markup:
    """Return what stands above every page of a depth."""
    return Markup(environment().get_template("header.html").render(root=root, common=common))  # noqa: S704 - a template's


@lru_cache(maxsize=1024)
def _footer(root: str, common: Frame, attribution: Attribution) -> Markup:
    """Return what stands below every page of a depth that has the same sources: the pages of a fiche follow each other."""
    template = environment().get_template("footer.html")
    return Markup(template.render(root=root, common=common, attribution=attribution))  # noqa: S704 - a template's
