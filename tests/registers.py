"""Small registers for tests of the link stage: fiches as records, linked without a disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import Facts, facts_of
from rncp_ld.linking.nomenclature import Nomenclature, key_of
from rncp_ld.linking.register import link
from rncp_ld.model.codes import SourceSeries, is_rome_job
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.model.register import CertificationLinks, CodeScheme, Concept, Register

OLD, NEW = date(2024, 2, 22), date(2026, 8, 16)
"""Dates of two exports."""

XML = SourceSeries.XML_V4_1


def fiche(number: str = "RNCP1", title: str = "Titre", **fields: object) -> Fiche:
    """Make a record of an export."""
    return replace(Fiche(number, XML, title), **fields)  # type: ignore[arg-type]


def facts(record: Fiche, day: date | None = NEW, file: str = "export.xml", line: int = 1) -> Facts:
    """Say what a record tells the link stage, read from a file of that day."""
    return facts_of(Reading(SourceDocument(file, record.series, day), record, record.number, line), record)


@dataclass(frozen=True)
class Linked:
    """A linked register and what was found."""

    register: Register
    diagnostics: tuple[Diagnostic, ...]

    def of(self, number: str) -> CertificationLinks:
        """Return what the link stage adds to one certification."""
        return next(links for links in self.register.certifications if links.number == number)

    def codes(self) -> list[str]:
        """Return the codes of the diagnostics, in order."""
        return [diagnostic.code for diagnostic in self.diagnostics]


def known(*shipped: Concept, complete: Iterable[CodeScheme] = (), former: Iterable[Concept] = ()) -> Nomenclature:
    """Make a small nomenclature: all but types and jobs are published as wholes."""
    small = frozenset(key_of(one) for one in shipped if one.scheme is not CodeScheme.TYPE and not is_rome_job(one.code))
    return Nomenclature(
        {key_of(one): one for one in shipped}, {"t": "services"}, small, frozenset(complete), tuple(former)
    )


def linked(*about: Fiche | Facts, nomenclature: Nomenclature | None = None) -> Linked:
    """Link records; those that are given as they are stand in the newest export."""
    register, found = link([facts(one) if isinstance(one, Fiche) else one for one in about], nomenclature or known())
    return Linked(register, tuple(found))
