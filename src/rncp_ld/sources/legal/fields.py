"""The fields of a fiche, each read once: copies joined, DATE_PUBLICATION_JO judged, what is wrong reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rncp_ld.diagnostics import Diagnostic, Severity
from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal.dates import says_no_century
from rncp_ld.sources.legal.grammar import read_text
from rncp_ld.sources.legal.journal import Verdict, judge
from rncp_ld.sources.legal.keys import canonical
from rncp_ld.sources.legal.records import Citation, CitationField, ReadText
from rncp_ld.sources.legal.tokens import tokenise

_FOUND_IN_PROSE = frozenset({LegalRole.JURY, LegalRole.REGULATION})
"""Roles whose citations are cut from a text that is kept whole elsewhere: a repetition there is no news."""


@dataclass(slots=True, eq=False)
class ReadField:
    """A field with what was read in it.

    Attributes:
        verbatim: white space collapsed.
        roles: two where `_AUTRE` copies `_CREATION`.
        verdict: on its DATE_PUBLICATION_JO.
        keeps_journal_date: that date goes to no act.
        subjects: places of the acts it cites, among all citations of the fiche.
        named: places of the acts that these name.
    """

    source: CitationField
    verbatim: str
    roles: tuple[LegalRole, ...]
    read: ReadText
    verdict: Verdict = field(default_factory=Verdict)
    keeps_journal_date: bool = False
    subjects: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)

    def citations(self) -> tuple[Citation, ...]:
        """Return every citation of the field, the named ones too."""
        return tuple(found for act in self.read.acts for found in (act, *act.named()))


class Fields(list[ReadField]):
    """The fields of a fiche, in order, and the diagnostics about them."""

    def __init__(self, fields: Sequence[CitationField], fiche: str) -> None:
        super().__init__()
        self.fiche = fiche
        self._found: list[tuple[int, Diagnostic]] = []
        for one in fields:
            self._take(one)
        for place in range(len(self)):
            self._judge(place)

    def report(self, place: int, code: str, detail: str = "", *, severity: Severity | None = None) -> None:
        """Keep a diagnostic about a field."""
        one = self[place]
        found = Diagnostic.of(
            code,
            detail,
            severity=severity,
            line=one.source.line,
            fiche=self.fiche,
            path=one.source.source_path,
            excerpt=one.verbatim,
        )
        self._found.append((place, found))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what was reported, in the order of the fields."""
        return tuple(found for _, found in sorted(self._found, key=lambda pair: pair[0]))

    def _take(self, source: CitationField) -> None:
        """Keep a field, unless it is blank or repeats one: the same role and text, or `_AUTRE` that copies `_CREATION`."""
        verbatim = " ".join(source.verbatim.split())
        if not verbatim:
            return
        for place, before in enumerate(self):
            if source.role in before.roles and before.verbatim == verbatim:
                self._join(place, source)
                if source.role not in _FOUND_IN_PROSE:
                    self.report(place, "LIGNE-EN-DOUBLE")
                return
            both = {source.role, *before.roles}
            if both == {LegalRole.CREATION, LegalRole.OTHER} and is_copy(before.verbatim, verbatim):
                self._join(place, source)
                if len(before.roles) == 1:
                    before.roles = (LegalRole.CREATION, LegalRole.OTHER)
                    self.report(place, "ACTE-REPETE")
                return
        self.append(ReadField(source, verbatim, (source.role,), read_text(verbatim)))

    def _join(self, place: int, copy: CitationField) -> None:
        """Join a copy: of two dates, the creation's stays, else the one read first."""
        one = self[place]
        kept, other = one.source, copy
        if copy.role is LegalRole.CREATION and kept.role is LegalRole.OTHER:
            kept, other = copy, kept
        if kept.journal_date is None:
            kept = replace(kept, journal_date=other.journal_date)
        elif other.journal_date not in (None, kept.journal_date):
            detail = f"Le même texte porte aussi le {other.journal_date:%d/%m/%Y} ({other.source_path})."
            self.report(place, "DATE-JO-ECARTEE", detail)
        one.source = kept

    def _judge(self, place: int) -> None:
        """Report what could not be read in a field, and decide on its DATE_PUBLICATION_JO."""
        one = self[place]
        for printed in one.read.impossible:
            reason = "ne dit pas son siècle" if says_no_century(printed) else "n'existe pas"
            self.report(place, "DATE-INVALIDE", f"« {printed} » {reason}.")
        for publication in one.read.early:
            detail = f"Le texte donne le {publication.day:%d/%m/%Y}, avant la signature."
            self.report(place, "DATE-JO-ECARTEE", detail)
        if one.read.is_empty and not one.read.impossible:
            self.report(place, "TEXTE-PROVISOIRE" if is_placeholder(one.verbatim) else "CITATION-NON-LUE")
        for act in one.citations():
            for other in act.others:
                if other.day:
                    detail = (
                        f"Autre publication du même acte, le {other.day:%d/%m/%Y} ; gardée dans le texte seulement."
                    )
                    self.report(place, "DATE-JO-ECARTEE", detail, severity=Severity.INFO)
        day = one.source.journal_date
        if day is None:
            return
        one.verdict = judge(one.read, day)
        if one.verdict.refusal:
            one.keeps_journal_date = True
            self.report(place, "DATE-JO-ECARTEE", f"Le champ porte le {day:%d/%m/%Y}. {one.verdict.refusal}")


@lru_cache(maxsize=4096)
def _normal(verbatim: str) -> str:
    return canonical(tokenise(verbatim))


def is_copy(one: str, other: str) -> bool:
    """Tell whether two texts differ in typography only."""
    return one == other or _normal(one) == _normal(other)
