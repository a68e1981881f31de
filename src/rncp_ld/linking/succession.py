"""Succession: both directions whichever side states it, where chains lead to, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.chains import active_ends, circles, strong_components
from rncp_ld.linking.facts import Facts
from rncp_ld.linking.stated import stated_by_code
from rncp_ld.model.codes import SourceSeries, register_of
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import MentionLink

_ROLES = {"successeur": True, "predecesseur": False}
"""Role of a mention that is about succession → whether it names the newer one."""

_SHOWN = 8
"""Fiches of a circle that a message names."""


@dataclass(frozen=True, slots=True)
class Succession:
    """Who follows whom, by number.

    Attributes:
        replaces: what a certification replaces.
        replaced_by: what replaces it.
        active_ends: for certifications that are not active: the active ones that `replaced_by` leads to, step by step.
    """

    replaces: Mapping[str, set[str]]
    replaced_by: Mapping[str, set[str]]
    active_ends: Mapping[str, frozenset[str]]


def link_succession(
    facts: Sequence[Facts], mentions: Mapping[str, Sequence[MentionLink]]
) -> tuple[Succession, list[Diagnostic]]:
    """Link the whole register, and report what one side only says, what nobody describes, what changes the register, and circles.

    A fiche that names itself is not linked; a longer circle is, as each fiche in it says something of another.

    Args:
        facts: of all fiches.
        mentions: by fiche number; one of a successor or predecessor that could be resolved is a succession too.
    """
    known = {fact.number: fact for fact in facts}
    found = stated_by_code(facts)
    diagnostics: list[Diagnostic] = []
    for fact in facts:
        for newer, stated in ((False, fact.predecessors), (True, fact.successors)):
            for number in stated:
                diagnostics += _report(fact, number, known.get(number), newer=newer)
        for mention in mentions.get(fact.number, ()):
            if mention.resolution is Resolution.RESOLVED and mention.role in _ROLES:
                (number,) = mention.numbers
                found.add(*((fact.number, number) if _ROLES[mention.role] else (number, fact.number)))
    components = strong_components(found.replaced_by)
    for circle in circles(found.replaced_by, components):
        diagnostics += _in_circle(circle, known)
    active = {fact.number for fact in facts if fact.is_active is True}
    ends = active_ends(found.replaced_by, components, active)
    return Succession(
        found.replaces, found.replaced_by, {number: ends[number] for number in known.keys() - active if number in ends}
    ), diagnostics


def _report(fact: Facts, number: str, other: Facts | None, *, newer: bool) -> Iterator[Diagnostic]:
    if number == fact.number:
        yield _about(fact, "SUCCESSION-CIRCULAIRE", "", number, newer=newer)
        return
    if register_of(number) is not register_of(fact.number):
        yield _about(fact, "SUCCESSION-ENTRE-REPERTOIRES", "", number, newer=newer)
    if other is None:
        yield _about(fact, "SUCCESSION-PENDANTE", "", number, newer=newer)
    elif fact.number not in (other.predecessors if newer else other.successors):
        yield _about(fact, "SUCCESSION-UNILATERALE", f"{number} ne cite pas {fact.number}.", number, newer=newer)


def _in_circle(circle: tuple[str, ...], known: Mapping[str, Facts]) -> Iterator[Diagnostic]:
    """Report a circle at each fiche in it that is described, from there on."""
    for place, number in enumerate(circle):
        if number in known:
            way = [circle[(place + step) % len(circle)] for step in range(min(len(circle), _SHOWN))]
            if len(circle) > _SHOWN:
                way.append(f"… ({len(circle)} fiches)")
            way.append(number)
            after = circle[(place + 1) % len(circle)]
            yield _about(known[number], "SUCCESSION-EN-BOUCLE", f"{' → '.join(way)}.", after, newer=True)


def _about(fact: Facts, code: str, detail: str, number: str, *, newer: bool) -> Diagnostic:
    if fact.series is SourceSeries.TEXT:
        path = "Certification suivante" if newer else "Certification précédente"
    else:
        path = "NOUVELLES_CERTIFICATIONS" if newer else "ANCIENNES_CERTIFICATIONS"
    return Diagnostic.of(code, detail, file=fact.file, line=fact.line, fiche=fact.number, path=path, excerpt=number)
