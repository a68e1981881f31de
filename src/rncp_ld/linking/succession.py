"""Succession by code: both directions whichever side states it; codes that no source describes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import Facts
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import MentionLink

_ROLES = {"successeur": True, "predecesseur": False}
"""Role of a mention that is about succession → whether it names the newer one."""


def link_succession(
    facts: Sequence[Facts], mentions: Mapping[str, Sequence[MentionLink]]
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]], list[Diagnostic]]:
    """Return who replaces whom and who is replaced by whom, by number, and the one-sided and dangling links.

    A fiche that names itself is reported and not linked.

    Args:
        facts: of all fiches.
        mentions: by fiche number; one of a successor or predecessor that could be resolved is a succession too.
    """
    known = {fact.number: fact for fact in facts}
    replaces: dict[str, set[str]] = defaultdict(set)
    replaced_by: dict[str, set[str]] = defaultdict(set)
    diagnostics: list[Diagnostic] = []
    for fact in facts:
        for newer, stated in ((False, fact.predecessors), (True, fact.successors)):
            for number in stated:
                if number == fact.number:
                    diagnostics.append(_about(fact, "SUCCESSION-CIRCULAIRE", "", number, newer=newer))
                    continue
                new, old = (number, fact.number) if newer else (fact.number, number)
                replaces[new].add(old)
                replaced_by[old].add(new)
                diagnostics += _report(fact, number, known.get(number), newer=newer)
        for mention in mentions.get(fact.number, ()):
            if mention.resolution is Resolution.RESOLVED and mention.role in _ROLES:
                (number,) = mention.numbers
                new, old = (number, fact.number) if _ROLES[mention.role] else (fact.number, number)
                replaces[new].add(old)
                replaced_by[old].add(new)
    return replaces, replaced_by, diagnostics


def _report(fact: Facts, number: str, other: Facts | None, *, newer: bool) -> list[Diagnostic]:
    if other is None:
        return [_about(fact, "SUCCESSION-PENDANTE", "", number, newer=newer)]
    if fact.number not in (other.predecessors if newer else other.successors):
        return [_about(fact, "SUCCESSION-UNILATERALE", f"{number} ne cite pas {fact.number}.", number, newer=newer)]
    return []


def _about(fact: Facts, code: str, detail: str, number: str, *, newer: bool) -> Diagnostic:
    if fact.series is SourceSeries.TEXT:
        path = "Certification suivante" if newer else "Certification précédente"
    else:
        path = "NOUVELLES_CERTIFICATIONS" if newer else "ANCIENNES_CERTIFICATIONS"
    return Diagnostic.of(code, detail, file=fact.file, line=fact.line, fiche=fact.number, path=path, excerpt=number)
