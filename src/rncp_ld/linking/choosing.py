"""One fiche, several sources: one record describes it whole; what only the others say, or say differently, is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche, Texts
from rncp_ld.model.reading import Reading, SourceDocument

_COMPARED = tuple(f.name for f in fields(Fiche) if f.name not in {"series", "texts"})
_TEXTS = tuple(f.name for f in fields(Texts))

PREFERENCE = (SourceSeries.XML_V4_1, SourceSeries.XML_OLD, SourceSeries.TEXT, SourceSeries.CSV)
"""Which series wins among sources of one date: XML, then text, then CSV."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A record of a fiche, without its content: where it stands, and a number for each field that says something."""

    file: str
    line: int | None
    digest: Mapping[str, int]

    @property
    def place(self) -> str:
        """Where it stands, as compilers say it."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Chooser:
    """Hears all records, then says which one of each fiche is published."""

    def __init__(self) -> None:
        self._heard: dict[str, list[_Heard]] = {}
        self.diagnostics: list[Diagnostic] = []

    def hear(self, reading: Reading, fiche: Fiche) -> bool:
        """Take note of a record; say whether it is the first of its fiche in its document (a second one is reported)."""
        heard = _Heard(reading.document.name, reading.line, _digest(fiche))
        records = self._heard.setdefault(fiche.number, [])
        first = next((one for one in records if one.file == heard.file), None)
        if first is None:
            records.append(heard)
        else:
            self.diagnostics.append(_report("FICHE-EN-DOUBLE", fiche.number, heard, first))
        return first is None

    def dropped(self, documents: Iterable[SourceDocument]) -> set[tuple[str, str]]:
        """Return (document, number) of every record that another source's displaces; each is reported.

        The newest by the date in the file's name wins, then XML over text over CSV, then the content's hash.
        """
        rank = {document.name: _rank(document) for document in documents}
        dropped: set[tuple[str, str]] = set()
        for number, records in sorted(self._heard.items()):
            kept, *others = sorted(records, key=lambda one: rank[one.file])
            for other in others:
                dropped.add((other.file, number))
                self.diagnostics.append(_report("SOURCE-ECARTEE", number, other, kept))
        return dropped


def _rank(document: SourceDocument) -> tuple[int, int, str, str]:
    return -(document.date or date.min).toordinal(), PREFERENCE.index(document.series), document.sha256, document.name


def _report(code: str, number: str, other: _Heard, kept: _Heard) -> Diagnostic:
    """Report a record that is not published; where the other one stands is for those who run the command."""
    only = [name for name in other.digest if name not in kept.digest]
    differ = [name for name, said in other.digest.items() if kept.digest.get(name, said) != said]
    parts = []
    if only:
        parts.append(f"Champs que seule celle-ci donne : {', '.join(only)}.")
    if differ:
        parts.append(f"Champs qui diffèrent : {', '.join(differ)}.")
    return Diagnostic.of(code, " ".join(parts), file=other.file, line=other.line, fiche=number, see=kept.place)


def _digest(fiche: Fiche) -> dict[str, int]:
    """Return a number for each field that says something, enough to tell whether two records of one run say the same.

    Fields are called as the ontology's properties are.
    """
    said = {
        **{name: getattr(fiche, name) for name in _COMPARED},
        **{name: getattr(fiche.texts, name) for name in _TEXTS},
    }
    return {_camel(name): hash(value) for name, value in said.items() if value not in (None, (), "")}


def _camel(name: str) -> str:
    """Write a field's name as the ontology does.

    >>> _camel("level_1969"), _camel("job_summary")
    ('level1969', 'jobSummary')
    """
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
