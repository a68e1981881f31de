"""Where a page comes from and what stands above it in law: its sources, and the official fiche.

A page of a fiche (certification, blocs, partners) comes from the series that its fiche was read from, and leads to its
official page. What fiches share, and the pages about the publication, come from all series that it was made from, and
lead to the search of the official register. The day of each export stands on the pages about the publication only; a page
of a resource says since which export it has not changed (`since`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from rncp_ld.model.codes import SourceSeries
from rncp_ld.publish.context import OFFICIAL_REGISTER, SiteContext
from rncp_ld.publish.pages.literals import write_date
from rncp_ld.publish.pages.lookups import WITHDRAWN
from rncp_ld.publish.pages.since import MARK
from rncp_ld.publish.series import Source, source_of, sources_of
from rncp_ld.rdf.certification import official_page
from rncp_ld.rdf.iris import fiche_of

if TYPE_CHECKING:  # a site holds the attribution of the pages that are about all of it
    from rncp_ld.publish.pages.site import Site


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A series of sources in the footer; the date only where it is an export's."""

    path: str
    publisher: str
    name: str
    date: str
    date_iso: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the footer of a page says.

    Attributes:
        series: IRI of what the page's files name as their source: one series, or the dataset, which names them all.
        official: address of what is authentic: the fiche's official page, else the official register's search.
        number: of the fiche that owns the page, "" for what fiches share.
        is_former: the page is about what left the register, which none of today's sources says anything of.
        since: where the page is to say since when it has not changed.
    """

    sources: tuple[SourceLine, ...]
    series: str
    official: str = OFFICIAL_REGISTER
    number: str = ""
    is_former: bool = False
    since: Markup | None = None


def of_publication(context: SiteContext) -> Attribution:
    """Return the attribution of pages about the publication: all series that were read, with the dates of their exports."""
    return Attribution(_lines(sources_of(context.documents).values()), context.iris.path("dataset"))


def of_shared(context: SiteContext) -> Attribution:
    """Return the attribution of pages of what fiches share."""
    lines = _lines(replace(one, exported=None) for one in sources_of(context.documents).values())
    return Attribution(lines, context.iris.path("dataset"), since=Markup(MARK))  # noqa: S704 - a constant of ours


def of_resource(resource: str, site: Site) -> Attribution:
    """Return the attribution of a resource's page."""
    number = fiche_of(resource, site.iris.base)
    common = site.shared
    if site.lookups.states.get(resource) == WITHDRAWN:
        common = replace(common, sources=(), is_former=True)
    if number is None:
        return common
    derived = site.lookups.series.get(site.iris.fiche(number), "")
    # A fiche that others only name was read from no series.
    sources, series = (site.sources[derived], derived) if derived in site.sources else (common.sources, common.series)
    return replace(common, sources=sources, series=series, official=official_page(number), number=number)


def sources_by_series(context: SiteContext) -> dict[str, tuple[SourceLine, ...]]:
    """Return what the footer says of each series of sources, by its IRI."""
    return {context.iris.source(one): _lines([source_of(one)]) for one in SourceSeries}


def _lines(sources: Iterable[Source]) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(
            one.path,
            one.publisher,
            one.name,
            write_date(one.exported.isoformat()) if one.exported else "",
            one.exported.isoformat() if one.exported else "",
        )
        for one in sources
    )
