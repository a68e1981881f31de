"""The nomenclatures that the link stage knows: what ships with the project, and what earlier publications described."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from rncp_ld.model.codes import nsf_broader, rome_broader
from rncp_ld.model.register import CodeScheme, Concept

Key: TypeAlias = tuple[CodeScheme, str, bool]
"""Scheme, code, and whether the code of a collective agreement is an IDCC."""

BROADER = {CodeScheme.NSF: nsf_broader, CodeScheme.ROME: rome_broader}
"""Schemes whose hierarchy is in the codes themselves."""


class Entry(Protocol):
    """An entry of a hierarchical code table."""

    @property
    def code(self) -> str:
        """Code."""

    @property
    def label(self) -> str:
        """French label."""


class LabelledEntry(Entry, Protocol):
    """An entry with more than one label: a type of certification, a job."""

    @property
    def other_labels(self) -> tuple[str, ...]:
        """Other labels."""


class LetterEntry(Protocol):
    """The letter that ends an NSF code."""

    @property
    def letter(self) -> str:
        """Letter."""

    @property
    def label(self) -> str:
        """What it means."""


def key_of(concept: Concept) -> Key:
    """Return what identifies a concept."""
    return concept.scheme, concept.code, concept.is_idcc


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """What is known of codes besides what fiches say.

    Attributes:
        shipped: concepts of the code tables.
        letters: what the letter of an NSF code means.
        whole: those of `shipped` that are published whether a fiche uses them or not.
        complete: schemes whose tables hold every code that exists.
        former: concepts of earlier publications: a code does not cease to be when no fiche uses it.
    """

    shipped: Mapping[Key, Concept] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[Key] = frozenset()
    complete: frozenset[CodeScheme] = frozenset()
    former: tuple[Concept, ...] = ()

    def knows(self, scheme: CodeScheme, code: str) -> bool:
        """Tell whether a well-formed code exists, as far as the tables can say; a fine NSF code is a group and a letter."""
        if scheme not in self.complete:
            return True
        if scheme is CodeScheme.NSF and len(code) == 4:
            return (scheme, code[:3], False) in self.shipped and code[3] in self.letters
        return (scheme, code, False) in self.shipped

    def only_used(self) -> Nomenclature:
        """Return the same, of which nothing is published that a fiche does not use."""
        return replace(self, whole=frozenset())

    def remembering(self, former: Iterable[Concept]) -> Nomenclature:
        """Return the same with the concepts of earlier publications."""
        return replace(self, former=tuple(former))


def nomenclature(
    nsf: Iterable[Entry],
    rome: Iterable[Entry],
    jobs: Iterable[LabelledEntry],
    types: Iterable[LabelledEntry],
    letters: Iterable[LetterEntry],
) -> Nomenclature:
    """Make the nomenclatures of the code tables; NSF and the upper levels of ROME are published as wholes."""
    whole = [
        *(Concept(CodeScheme.NSF, entry.code, entry.label) for entry in nsf),
        *(Concept(CodeScheme.ROME, entry.code, entry.label) for entry in rome),
    ]
    others = [
        Concept(scheme, one.code, one.label, one.other_labels)
        for scheme, entries in ((CodeScheme.ROME, jobs), (CodeScheme.TYPE, types))
        for one in entries
    ]
    return Nomenclature(
        {key_of(one): one for one in (*whole, *others)},
        {entry.letter: entry.label for entry in letters},
        frozenset(map(key_of, whole)),
        frozenset({CodeScheme.NSF, CodeScheme.ROME}),
    )
