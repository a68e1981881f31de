"""What every page, dump and catalogue of one publication needs to know about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.reading import SourceDocument
from rncp_ld.rdf.iris import Iris

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
"""Licence Ouverte 2.0 of Etalab, under which the register is published, and so is this graph."""

LICENCE_NAME = "Licence Ouverte 2.0 (Etalab)"

PUBLISHER = "France compétences"
"""Who keeps the register, and whose fiches are the authentic ones, wherever ours were read."""

OFFICIAL_REGISTER = "https://www.francecompetences.fr/recherche_certificationprofessionnelle/"
"""The search of the official register, where what belongs to no single fiche can be looked up."""


def newest_export(documents: Iterable[SourceDocument]) -> date | None:
    """Return the date of the newest export among some sources; None where none has a date. A list of codes is no export."""
    dates = (document.date for document in documents if document.date and not document.series.is_nomenclature)
    return max(dates, default=None)


@dataclass(frozen=True, slots=True)
class SiteContext:
    """One publication.

    Attributes:
        documents: the sources that were read, sorted by name.
        findings: by fiche number, what was found wrong with it; its page shows them.
        rejected: numbers of fiches that the check kept out.
        diagnostics: everything that was found, without file and line, which would churn.
        dumps: number of triples by file of `dumps/`.
        triples: of the graph; 0 where nobody has counted them.
        example: a page that shows well what there is, as N-Triples text; "" where nobody has chosen one.
    """

    iris: Iris
    documents: tuple[SourceDocument, ...] = ()
    findings: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    rejected: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    dumps: Mapping[str, int] = field(default_factory=dict)
    triples: int = 0
    example: str = ""

    @property
    def export_date(self) -> date | None:
        """Date of the newest export among the sources: the date of the data. There is no other clock in a publication."""
        return newest_export(self.documents)
