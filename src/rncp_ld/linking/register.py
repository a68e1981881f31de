"""The link stage: facts of all fiches → what only the whole register knows."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.acts import link_acts, link_articles
from rncp_ld.linking.concepts import link_concepts
from rncp_ld.linking.facts import CORRESPONDENCES, Facts
from rncp_ld.linking.mentions import link_all_mentions
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.organisations import index_names, link_authorities, link_organisations
from rncp_ld.linking.succession import Succession, link_succession
from rncp_ld.model.codes import fiche_of_block
from rncp_ld.model.legal import LegalRole
from rncp_ld.model.register import (
    AuthorityLink,
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
    with _no_collection():
        return _link(sorted(facts, key=lambda fact: fact.number), nomenclature)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for circles of objects: there are none, and it looks through all facts again and again.

    Measured on 30,475 fiches: more than half of the time of the stage.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _link(ordered: Sequence[Facts], nomenclature: Nomenclature) -> tuple[Register, list[Diagnostic]]:
    concepts, no_concepts, diagnostics = link_concepts(ordered, nomenclature)
    acts, about_acts = link_acts(ordered)
    articles, codes = link_articles(ordered)
    mentions, about_mentions = link_all_mentions(ordered)
    succession, about_succession = link_succession(ordered, mentions)
    diagnostics += about_acts + about_mentions + about_succession
    organisations = link_organisations(ordered)
    names = index_names(organisations)
    certifications = [
        _links(fact, succession, mentions[fact.number], link_authorities(fact, names)) for fact in ordered
    ]
    undescribed = [*no_concepts, *_undescribed(ordered, succession)]
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
    fact: Facts, succession: Succession, mentions: Sequence[MentionLink], authorities: tuple[AuthorityLink, ...]
) -> CertificationLinks:
    roles = [(role, use) for use in fact.legal for role in use.roles if role in SHORTCUT_ROLES]
    return CertificationLinks(
        fact.number,
        replaces=tuple(sorted(succession.replaces.get(fact.number, ()))),
        replaced_by=tuple(sorted(succession.replaced_by.get(fact.number, ()))),
        active_successors=tuple(sorted(succession.active_ends.get(fact.number, ()))),
        open_routes=fact.open_routes,
        closed_routes=fact.closed_routes,
        acts=tuple((role, act) for role, use in roles for act in use.acts),
        articles=tuple((role, article) for role, use in roles for article in use.articles),
        codes=tuple((role, code) for role, use in roles for code, _ in use.codes),
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
        mentions=tuple(mentions),
        authorities=authorities,
    )


def _undescribed(facts: Sequence[Facts], succession: Succession) -> list[Undescribed]:
    """Return the certifications and blocs that fiches name and none describes."""
    replaces, replaced_by = succession.replaces, succession.replaced_by
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
