"""Mentions of certifications by their titles: candidates, and a link only where everything agrees.

A title alone never makes a link: titles recur in 1,220 groups of the real register (2020). What else must agree stands in the
tables of `linking.agreement`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.agreement import RULES, Naming, is_said_by_code, names_back
from rncp_ld.linking.facts import Facts
from rncp_ld.linking.stated import stated_by_code
from rncp_ld.linking.titles import index_titles
from rncp_ld.model.fiche import CertificationMention
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import MentionLink


def link_all_mentions(facts: Sequence[Facts]) -> tuple[dict[str, list[MentionLink]], list[Diagnostic]]:
    """Resolve the mentions of all fiches; return them by fiche number, with what is to be reported."""
    index = index_titles(facts) if any(fact.mentions for fact in facts) else {}
    stated = stated_by_code(facts)
    found: dict[str, list[MentionLink]] = {}
    diagnostics: list[Diagnostic] = []
    for fact in facts:
        found[fact.number] = links = []
        for role, mention, when in fact.mentions:
            if mention.is_generic or mention.number:
                continue
            naming = Naming(fact, role, mention, when, stated)
            link, doubts = link_mention(naming, index)
            links.append(link)
            if link.resolution in {Resolution.CANDIDATE, Resolution.AMBIGUOUS}:
                diagnostics.append(_candidates(naming, link, doubts))
    return found, diagnostics


def link_mention(naming: Naming, index: Mapping[str, Sequence[Facts]]) -> tuple[MentionLink, tuple[str, ...]]:
    """Resolve a mention as far as both fiches allow; say in French what does not agree with an only candidate.

    Those that something speaks against are candidates only where nothing else is left.
    """
    titled = _titled(naming, index)
    rules = RULES[naming.role]
    said = [other for other in titled if is_said_by_code(naming, other)]
    possible = said or [other for other in titled if not any(rule(naming, other) for rule in rules.against.values())]
    mutual = [other for other in possible if names_back(naming, other)]
    left = mutual or possible or titled
    numbers = tuple(sorted(other.number for other in left))
    doubts: tuple[str, ...] = ()
    if not left:
        resolution = Resolution.UNRESOLVED
    elif len(left) > 1:
        resolution = Resolution.AMBIGUOUS
    elif said:
        resolution = Resolution.RESOLVED
    else:
        doubts = tuple(name for name, rule in rules.agree.items() if not rule(naming, left[0]))
        resolution = Resolution.CANDIDATE if doubts or not possible else Resolution.RESOLVED
    return MentionLink(naming.role, naming.mention.verbatim, resolution, numbers), doubts


def _titled(naming: Naming, index: Mapping[str, Sequence[Facts]]) -> list[Facts]:
    """Return the other fiches that have the title; a mention of another type names none of them."""
    found = {
        other.number: other
        for title in naming.titles
        for other in index.get(title, ())
        if other.number != naming.fact.number and _may_be_of_type(naming.mention, other)
    }
    return list(found.values())


def _may_be_of_type(mention: CertificationMention, other: Facts) -> bool:
    return mention.certification_type is None or other.certification_type in {None, mention.certification_type}


def _candidates(naming: Naming, link: MentionLink, doubts: tuple[str, ...]) -> Diagnostic:
    says = f"Candidats : {', '.join(link.numbers)}."
    if doubts:
        says += f" Rien ne confirme : {' ; '.join(doubts)}."
    return Diagnostic.of(
        "MENTION-CANDIDATE",
        says,
        file=naming.fact.file,
        fiche=naming.fact.number,
        path=naming.mention.source_path,
        excerpt=naming.mention.verbatim,
    )
