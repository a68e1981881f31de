"""The nomenclatures that the link stage knows: what ships with the project or was given, and what earlier publications described."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from rncp_ld.model.codes import nsf_broader, rome_broader
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.model.register import CodeScheme, Concept

Key: TypeAlias = tuple[CodeScheme, str, bool]
"""Scheme, code, and whether the code of a collective agreement is an IDCC."""

Place: TypeAlias = tuple[str, int | None]
"""File and line."""

BROADER = {CodeScheme.NSF: nsf_broader, CodeScheme.ROME: rome_broader}
"""Schemes whose hierarchy is in the codes themselves."""

REUSED = frozenset({CodeScheme.FORMACODE})
"""Schemes whose codes may mean another thing in another edition: what one says of a code holds as long as it has its label."""


def key_of(concept: Concept) -> Key:
    """Return what identifies a concept."""
    return concept.scheme, concept.code, concept.is_idcc


def key_in(scheme: CodeScheme, code: str) -> Key:
    """Return what identifies a code of a list; conventions collectives are listed by their IDCC."""
    return scheme, code, scheme is CodeScheme.AGREEMENT


def has_official_label(key: Key) -> bool:
    """Tell whether the label of the lists wins over those of exports: ROME, and what the decree says of the NSF."""
    return key[0] is CodeScheme.ROME or (key[0] is CodeScheme.NSF and len(key[1]) < 4)


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """What is known of codes besides what fiches say.

    Attributes:
        concepts: concepts of the code tables and of the lists that were given, their editions merged.
        letters: what the letter of an NSF code means.
        whole: those of `concepts` that are published whether a fiche uses them or not.
        complete: schemes whose tables hold every code that exists.
        former: concepts of earlier publications: a code does not cease to be when no fiche uses it.
        dated: schemes with a whole list of a day; it holds every code that a source of that day or before may use.
        origins: of a concept's labels, which nomenclature and edition each comes from, in French.
        dropped: codes that the newest edition of their nomenclature has no more, with a remark in French.
        places: where a list that was given describes a code.
        editions: what `concepts` was made of.
    """

    concepts: Mapping[Key, Concept] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[Key] = frozenset()
    complete: frozenset[CodeScheme] = frozenset()
    former: tuple[Concept, ...] = ()
    dated: Mapping[CodeScheme, date] = field(default_factory=dict)
    origins: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    dropped: Mapping[Key, str] = field(default_factory=dict)
    places: Mapping[Key, Place] = field(default_factory=dict)
    editions: tuple[NomenclatureEdition, ...] = ()

    def complete_for(self, newest: date | None) -> frozenset[CodeScheme]:
        """Return the schemes of which every code is known, as far as sources use them whose newest is of that day.

        A list that is older than the newest source says nothing of a code that it lacks: a later edition may have it.
        """
        return self.complete | {scheme for scheme, day in self.dated.items() if newest is None or newest <= day}

    def knows(self, scheme: CodeScheme, code: str) -> bool:
        """Tell whether the tables hold a code; a fine NSF code is a group and a letter."""
        if scheme is CodeScheme.NSF and len(code) == 4:
            return (scheme, code[:3], False) in self.concepts and code[3] in self.letters
        return key_in(scheme, code) in self.concepts

    @property
    def schemes(self) -> frozenset[CodeScheme]:
        """The schemes of which there is a list."""
        return frozenset(edition.family.scheme for edition in self.editions)

    def only_used(self) -> Nomenclature:
        """Return the same, of which nothing is published that a fiche does not use."""
        return replace(self, whole=frozenset())

    def remembering(self, former: Iterable[Concept]) -> Nomenclature:
        """Return the same with the concepts of earlier publications."""
        return replace(self, former=tuple(former))
