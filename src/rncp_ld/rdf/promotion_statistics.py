"""Maps `rncp:PromotionStatistics`: one resource per year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rncp_ld.model.fiche import Fiche
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, integer, year
from rncp_ld.rdf.vocabulary import RDF_TYPE

_FIGURES: Mapping[str, str] = {
    "certified": "certifiedCount",
    "certified_by_vae": "certifiedByVaeCount",
    "overall_insertion_rate_6_months": "overallInsertionRate6Months",
    "job_insertion_rate_6_months": "jobInsertionRate6Months",
    "job_insertion_rate_2_years": "jobInsertionRate2Years",
}


def map_promotion_statistics(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the figures of each year; counts in persons, rates in percent."""
    rncp = iris.rncp
    for row in fiche.statistics:
        me = iris.part(fiche.number, f"statistiques-{row.year}")
        yield iris.certification(fiche.number), rncp.promotionStatistics, me
        yield me, RDF_TYPE, rncp.PromotionStatistics
        yield me, rncp.year, year(row.year)
        for attribute, name in _FIGURES.items():
            value = getattr(row, attribute)
            if value is not None:
                yield me, getattr(rncp, name), integer(value)
