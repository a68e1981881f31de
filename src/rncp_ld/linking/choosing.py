"""One fiche, several sources: one record describes it whole; what only the others say, or say differently, is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeAlias
from zlib import crc32

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche, Texts
from rncp_ld.model.reading import SourceDocument

_COMPARED = tuple(f.name for f in fields(Fiche) if f.name not in {"series", "texts"})
_TEXTS = tuple(f.name for f in fields(Texts))

PREFERENCE = (SourceSeries.XML_V4_1, SourceSeries.XML_OLD, SourceSeries.TEXT, SourceSeries.CSV)
"""Which series wins among sources of one date: XML, then text, then CSV."""

_IN_CSV: Mapping[str, Callable[[Fiche], Iterable[object]]] = {
    "certifiers": lambda fiche: (one.organisation for one in fiche.certifiers),
    "partnerships": lambda fiche: ((one.organisation, one.habilitation) for one in fiche.partnerships),
    "access_conditions": lambda fiche: (one.route for one in fiche.access_conditions if one.is_open),
    "blocks": lambda fiche: ((one.code, one.title) for one in fiche.blocks),
}
"""What the CSV export says of fields of which others say more: no states, no closed routes, no competences."""


Place: TypeAlias = tuple[str, int]
"""Name of a document, and how many records stand before in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says, enough to tell whether two say the same; the same numbers in any process.

    Attributes:
        digest: a number for each field that says something; fields are called as the ontology's properties are.
        in_csv: the same of what the CSV export would say of fields of which it says less.
        is_csv: the record comes from there.
    """

    digest: Mapping[str, int] = field(default_factory=dict)
    in_csv: Mapping[str, int] = field(default_factory=dict)
    is_csv: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a fiche, without its content: its place, and the line where it starts."""

    place: Place
    line: int | None

    @property
    def shown(self) -> str:
        """Where it stands, as compilers say it."""
        return f"{self.place[0]}:{self.line}" if self.line else self.place[0]


@dataclass(slots=True)
class Choice:
    """Which record of each fiche is published.

    Attributes:
        kept: fiche → place of its record.
        displaced: (document, fiche) of every record that another source's displaces.
        diagnostics: what the others say.
    """

    kept: dict[str, Place] = field(default_factory=dict)
    displaced: set[tuple[str, str]] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def choose(
    several: Mapping[str, Sequence[Record]], documents: Iterable[SourceDocument], said: Mapping[Place, Said]
) -> Choice:
    """Choose one of the records of each fiche.

    In a document the first one counts. Among documents the newest by the date in the file's name wins, then XML over text
    over CSV, then the content's hash.

    Args:
        several: records of each fiche that has more than one, in the order of the sources.
        documents: all that were read.
        said: what each of these records says.
    """
    rank = {document.name: _rank(document) for document in documents if not document.series.is_nomenclature}
    choice = Choice()
    for number, records in sorted(several.items()):
        first: dict[str, Record] = {}
        for record in records:
            before = first.setdefault(record.place[0], record)
            if before is not record:
                choice.diagnostics.append(_report("FICHE-EN-DOUBLE", number, record, before, said))
        kept, *others = sorted(first.values(), key=lambda one: rank[one.place[0]])
        choice.kept[number] = kept.place
        for other in others:
            choice.displaced.add((other.place[0], number))
            choice.diagnostics.append(_report("SOURCE-ECARTEE", number, other, kept, said))
    return choice


def _rank(document: SourceDocument) -> tuple[int, int, str, str]:
    return -(document.date or date.min).toordinal(), PREFERENCE.index(document.series), document.sha256, document.name


_NOTHING = Said()


def _report(code: str, number: str, other: Record, kept: Record, said: Mapping[Place, Said]) -> Diagnostic:
    """Report a record that is not published; where the other one stands is for those who run the command."""
    one, two = said.get(other.place, _NOTHING), said.get(kept.place, _NOTHING)
    only = [name for name in one.digest if name not in two.digest]
    differ = [name for name in one.digest if name in two.digest and _differs(one, two, name)]
    parts = []
    if only:
        parts.append(f"Champs que seule celle-ci donne : {', '.join(only)}.")
    if differ:
        parts.append(f"Champs qui diffèrent : {', '.join(differ)}.")
    return Diagnostic.of(code, " ".join(parts), file=other.place[0], line=other.line, fiche=number, see=kept.shown)


def _differs(one: Said, other: Said, name: str) -> bool:
    """Tell whether two records say something different; beside a CSV export, only what that could say counts."""
    if (one.is_csv or other.is_csv) and (name in one.in_csv or name in other.in_csv):
        return one.in_csv.get(name) != other.in_csv.get(name)
    return one.digest[name] != other.digest[name]


def said_by(fiche: Fiche) -> Said:
    """Return what a record says. What has an order says so itself; that of codes, partners and the like in a source means nothing."""
    fields_of = {
        **{name: getattr(fiche, name) for name in _COMPARED},
        **{name: getattr(fiche.texts, name) for name in _TEXTS},
    }
    in_csv = {name: tuple(get(fiche)) for name, get in _IN_CSV.items()}
    return Said(
        {_camel(name): _number(value) for name, value in fields_of.items() if value not in (None, (), "")},
        {_camel(name): _number(value) for name, value in in_csv.items() if value},
        fiche.series is SourceSeries.CSV,
    )


def _number(value: object) -> int:
    """Return a number for a value; not `hash`, which differs from process to process."""
    parts = sorted({repr(one) for one in value}) if isinstance(value, tuple) else [repr(value)]
    return crc32("\x1f".join(parts).encode())


def _camel(name: str) -> str:
    """Write a field's name as the ontology does.

    >>> _camel("level_1969"), _camel("job_summary")
    ('level1969', 'jobSummary')
    """
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
