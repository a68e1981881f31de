"""The link stage: facts of all fiches → what only the whole register knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.acts import link_acts, link_articles
from rncp_ld.linking.concepts import link_concepts
from rncp_ld.linking.facts import CORRESPONDENCES, Facts
from rncp_ld.linking.mentions import link_all_mentions
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.organisations import index_names, link_authorities, link_organisations
from rncp_ld.linking.succession import link_succession
from rncp_ld.model.codes import fiche_of_block
from rncp_ld.model.legal import LegalRole
from rncp_ld.model.register import (
    CertificationLinks,
    MentionLink,
    Register,
    Undescribed,
    UndescribedKind,
)

SHORTCUT_ROLES = (LegalRole.CREATION, LegalRole.GENERAL, LegalRole.VAE)
"""Roles with a shortcut of their own: `creationAct`, `generalAct`, `vaeAct`."""


def link(facts: Iterable[Facts], nomenclature: Nomenclature) -> tuple[Register, list[Diagnostic]]:
    """Link all fiches; the result does not depend on the order of `facts`.

    Args:
        facts: one for each fiche that is published, each number once.
        nomenclature: what is known of codes besides what fiches say.
    """
    ordered = sorted(facts, key=lambda fact: fact.number)
    concepts, no_concepts, diagnostics = link_concepts(ordered, nomenclature)
    acts, about_acts = link_acts(ordered)
    articles, codes = link_articles(ordered)
    mentions, about_mentions = link_all_mentions(ordered)
    replaces, replaced_by, about_succession = link_succession(ordered, mentions)
    diagnostics += about_acts + about_mentions + about_succession
    organisations = link_organisations(ordered)
    names = index_names(organisations)
    certifications = [
        replace(
            _links(fact, replaces.get(fact.number, set()), replaced_by.get(fact.number, set()), mentions[fact.number]),
            authorities=link_authorities(fact, names),
        )
        for fact in ordered
    ]
    undescribed = [*no_concepts, *_undescribed(ordered, replaces, replaced_by)]
    diagnostics += _cited_in_vain(ordered, {one.code for one in undescribed})
    register = Register(
        concepts=tuple(concepts),
        organisations=tuple(organisations),
        acts=tuple(acts),
        codes=tuple(codes),
        articles=tuple(articles),
        certifications=tuple(certifications),
        undescribed=tuple(sorted(undescribed, key=lambda one: (one.kind.value, one.code, one.fiche))),
    )
    return register, diagnostics


def _links(
    fact: Facts, replaces: set[str], replaced_by: set[str], mentions: Sequence[MentionLink]
) -> CertificationLinks:
    roles = [(role, mention) for mention in fact.legal_mentions for role in mention.roles if role in SHORTCUT_ROLES]
    return CertificationLinks(
        fact.number,
        replaces=tuple(sorted(replaces)),
        replaced_by=tuple(sorted(replaced_by)),
        open_routes=fact.open_routes,
        closed_routes=fact.closed_routes,
        acts=tuple((role, act) for role, mention in roles for act in mention.acts),
        articles=tuple((role, article) for role, mention in roles for article in mention.articles),
        codes=tuple((role, code) for role, mention in roles for code, _ in mention.codes),
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
        mentions=tuple(mentions),
    )


def _undescribed(
    facts: Sequence[Facts], replaces: Mapping[str, set[str]], replaced_by: Mapping[str, set[str]]
) -> list[Undescribed]:
    """Return the certifications and blocs that fiches name and none describes."""
    numbers = {fact.number for fact in facts}
    blocks = {code for fact in facts for code in fact.own_blocks}
    named = {*replaces, *replaced_by, *(number for fact in facts for number, _ in fact.cited_fiches)}
    others: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        for code, key in fact.other_blocks:
            others[fact.number, code].add(key)
    # A well-formed code says itself whose bloc it is; a bare one belongs to the fiche that it is cited with.
    cited = {(fiche_of_block(code) or fiche, code) for fact in facts for fiche, code in fact.cited_blocks}
    return [
        *(
            Undescribed(
                UndescribedKind.CERTIFICATION,
                number,
                replaces=tuple(sorted(replaces.get(number, ()))),
                replaced_by=tuple(sorted(replaced_by.get(number, ()))),
            )
            for number in named - numbers
        ),
        *(
            Undescribed(UndescribedKind.BLOCK, code, fiche=fiche, candidates=tuple(sorted(others[fiche, code])))
            for fiche, code in cited
            if code not in blocks
        ),
    ]


def _cited_in_vain(facts: Sequence[Facts], undescribed: set[str]) -> list[Diagnostic]:
    """Report the certifications and blocs that a fiche names by their codes and no source describes."""
    return [
        Diagnostic.of(
            "CODE-SANS-DESCRIPTION",
            file=fact.file,
            line=fact.line,
            fiche=fact.number,
            path=path,
            excerpt=code,
        )
        for fact in facts
        for code, path in (*fact.cited_fiches, *((code, CORRESPONDENCES) for _, code in fact.cited_blocks))
        if code in undescribed
    ]
