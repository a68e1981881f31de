"""What speaks for and against a certification being the one that another names by its title.

Two tables for each role. What is *against* takes a certification out of those that can be meant; of those that are left there must be
one only, and everything that is to *agree* must. Each rule knows what both fiches say, and no more; what a fiche does not say
neither agrees nor contradicts. `docs/linking.md` has the figures that the tables were chosen by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rncp_ld.linking.facts import Facts, siret_of
from rncp_ld.linking.stated import Stated
from rncp_ld.linking.titles import normalise_title, titles_of
from rncp_ld.model.codes import NO_TYPE, register_of
from rncp_ld.model.fiche import CertificationMention
from rncp_ld.model.register import CodeScheme
from rncp_ld.model.slug import slug

_NEAR = timedelta(days=366)
"""How far one certification may begin from where the other ends, or from the act that made the change."""

NATIONAL_TITLES = frozenset({"LICENCE", "Licence Professionnelle", "MASTER"})
"""Types whose titles are those of a national list, which each university registers for itself ("Mention Droit")."""

_COMMON = frozenset(
    {"association", "aux", "centre", "charge", "des", "ecole", "education", "enseignement", "formation", "groupe", "institut", "les",
     "ministere", "ministre", "national", "nationale", "par", "pour", "professionnelle", "superieur", "superieure", "sur", "universite"}
)  # fmt: skip
"""Words that the names of many bodies have in common."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A fiche that names a certification by its title.

    Attributes:
        role: `successeur`, `predecesseur` or `equivalence`.
        when: date of the act that made the change, where it is said.
        stated: what all fiches say by codes.
    """

    fact: Facts
    role: str
    mention: CertificationMention
    when: date | None
    stated: Stated

    @property
    def titles(self) -> frozenset[str]:
        """What it may be the title of, normalised."""
        return titles_of(self.mention)

    @property
    def expected_type(self) -> str | None:
        """The type that is named, else the fiche's own: None for those registered on demand, which have none."""
        return self.mention.certification_type or _type_of(self.fact)

    def in_order(self, other: Facts) -> tuple[Facts, Facts]:
        """Return the two fiches, the older one first."""
        return (other, self.fact) if self.role == "predecesseur" else (self.fact, other)


Rule = Callable[[Naming, Facts], bool]


def _is_of_another_type(naming: Naming, other: Facts) -> bool:
    return _type_of(other) != naming.expected_type


def _has_numbers_the_other_way(naming: Naming, other: Facts) -> bool:
    """Numbers of a register are given in the order in which certifications enter it."""
    old, new = naming.in_order(other)
    return register_of(old.number) is register_of(new.number) and _digits(new) < _digits(old)


def _begins_or_ends_before(naming: Naming, other: Facts) -> bool:
    old, new = naming.in_order(other)
    return _is_before(new.valid_from, old.valid_from) or _is_before(new.valid_until, old.valid_until)


def _outlives(naming: Naming, other: Facts) -> bool:
    old, new = naming.in_order(other)
    return old.is_active is True and new.is_active is False


def _is_said_the_other_way(naming: Naming, other: Facts) -> bool:
    """A code that makes the newer one the older one is no guess."""
    old, new = naming.in_order(other)
    return new.number in naming.stated.replaces.get(old.number, ())


def _is_level_equal(naming: Naming, other: Facts) -> bool:
    """Two certifications without a level, or whose level is not determined, do not agree on one."""
    level = naming.fact.level
    return level is not None and level.isdigit() and level == other.level


def _is_turn_equal(naming: Naming, other: Facts) -> bool:
    """Tell whether one begins about when the other ends or the change was made.

    Where one of these dates is not known, the order of numbers, which nothing contradicts here, takes its place; then the body that
    certifies must be the same, or the subject, or both must name each other.
    """
    old, new = naming.in_order(other)
    turns = [turn for turn in (naming.when, old.valid_until) if turn is not None]
    if turns and new.valid_from is not None:
        return any(abs(new.valid_from - turn) <= _NEAR for turn in turns)
    if register_of(old.number) is not register_of(new.number):
        return False
    return names_back(naming, other) or _is_body_equal(naming.fact, other) or _is_subject_equal(naming.fact, other)


def _is_university_equal(naming: Naming, other: Facts) -> bool:
    """Tell whether one university certifies both, where title, level and dates of many are the same by law."""
    is_national = naming.expected_type in NATIONAL_TITLES
    return not is_national or names_back(naming, other) or _is_body_equal(naming.fact, other)


def _is_body_equal(one: Facts, other: Facts) -> bool:
    """Tell whether a body certifies both: one legal entity, or names that share a word which is not everybody's."""
    return bool(_sirens(one) & _sirens(other)) or bool(_words(one) & _words(other))


def _is_subject_equal(one: Facts, other: Facts) -> bool:
    """Tell whether group of training and job are the same."""
    return all(_codes(one, scheme) & _codes(other, scheme) for scheme in (CodeScheme.NSF, CodeScheme.ROME))


def _names_its_type(naming: Naming, _other: Facts) -> bool:
    return naming.mention.certification_type is not None


def _are_apart(naming: Naming, other: Facts) -> bool:
    """Tell whether one ended before the other began."""
    fact = naming.fact
    return _is_before(fact.valid_until, other.valid_from) or _is_before(other.valid_until, fact.valid_from)


def _are_known_together(naming: Naming, other: Facts) -> bool:
    """Tell whether dates show that both were valid at a time, as far as `_are_apart` has compared any."""
    fact = naming.fact
    return None not in (fact.valid_until, other.valid_from) or None not in (other.valid_until, fact.valid_from)


def _names_another_back(naming: Naming, other: Facts) -> bool:
    """Tell whether codes tie the other one to what came before or after it, or it names that by titles, and it is not this fiche.

    Of two namesakes that follow each other, the one that comes next is meant: the other one comes after that.
    """
    known = naming.stated.replaces if naming.role == "successeur" else naming.stated.replaced_by
    codes = known.get(other.number)
    if codes:
        return naming.fact.number not in codes
    named = _titles_back(naming, other)
    return bool(named) and normalise_title(naming.fact.title) not in named


def names_back(naming: Naming, other: Facts) -> bool:
    """Tell whether the other one names this fiche by its title, the other way round."""
    return normalise_title(naming.fact.title) in _titles_back(naming, other)


def is_said_by_code(naming: Naming, other: Facts) -> bool:
    """Tell whether one of the two fiches says by a code what the mention says by a title."""
    if naming.role not in _OPPOSITE:
        return False
    old, new = naming.in_order(other)
    return new.number in naming.stated.replaced_by.get(old.number, ())


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides for one role; each rule with French words for what it looks at."""

    against: Mapping[str, Rule]
    agree: Mapping[str, Rule]


_OPPOSITE: Mapping[str, str] = {"successeur": "predecesseur", "predecesseur": "successeur"}

_SUCCESSION = Rules(
    {
        "le type": _is_of_another_type,
        "l'ordre des numéros": _has_numbers_the_other_way,
        "l'ordre des dates": _begins_or_ends_before,
        "l'ordre des fins": _outlives,
        "un code qui dit l'inverse": _is_said_the_other_way,
        "la certification qu'elle nomme en retour": _names_another_back,
    },
    {
        "le niveau": _is_level_equal,
        "l'université": _is_university_equal,
        "les dates, l'organisme ou la spécialité": _is_turn_equal,
    },
)

RULES: Mapping[str, Rules] = {
    "successeur": _SUCCESSION,
    "predecesseur": _SUCCESSION,
    "equivalence": Rules(
        {"le type": _is_of_another_type, "des périodes séparées": _are_apart},
        {"le type": _names_its_type, "le niveau": _is_level_equal, "les dates": _are_known_together},
    ),
}
"""Role of a mention → what decides which certification it names."""


def _titles_back(naming: Naming, other: Facts) -> frozenset[str]:
    opposite = _OPPOSITE.get(naming.role)
    return frozenset(
        title
        for role, mention, _ in other.mentions
        if role == opposite and not mention.number and not mention.is_generic
        for title in titles_of(mention)
    )


def _type_of(fact: Facts) -> str | None:
    return None if fact.certification_type == NO_TYPE else fact.certification_type


def _digits(fact: Facts) -> int:
    return int(fact.number.removeprefix(register_of(fact.number).value))


def _is_before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _sirens(fact: Facts) -> set[str]:
    return {siret[:9] for one in fact.organisations[: fact.certifiers] if (siret := siret_of(one.key))}


def _words(fact: Facts) -> set[str]:
    names = [one.name for one in fact.organisations[: fact.certifiers]]
    names += [mention.verbatim for mention in fact.authorities]
    return {word for name in names for word in slug(name, limit=2000).split("-") if len(word) > 2} - _COMMON


def _codes(fact: Facts, scheme: CodeScheme) -> set[str]:
    """Return its jobs, or its groups of training (an NSF code without its letter)."""
    size = 3 if scheme is CodeScheme.NSF else 5
    return {use.code[:size] for use in fact.codes if use.scheme is scheme and use.is_valid and len(use.code) >= size}
