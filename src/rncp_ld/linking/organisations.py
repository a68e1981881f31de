"""Organisations as all fiches name them: one preferred name, the others kept; same names are candidates, never a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rncp_ld.linking.facts import Facts
from rncp_ld.linking.labels import choose_label
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import AuthorityLink, LinkedOrganisation
from rncp_ld.model.slug import slug
from rncp_ld.rdf.iris import organisation_key


def link_organisations(facts: Sequence[Facts]) -> list[LinkedOrganisation]:
    """Return every organisation that fiches name, by its key."""
    names: dict[str, list[tuple[date | None, str]]] = defaultdict(list)
    trade_names: dict[str, set[str]] = defaultdict(set)
    websites: dict[str, set[str]] = defaultdict(set)
    sirets: dict[str, str | None] = {}
    trains: dict[str, list[str]] = defaultdict(list)
    assesses: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        for organisation in fact.organisations:
            key = organisation_key(organisation)
            sirets[key] = organisation.siret
            if organisation.name:
                names[key].append((fact.age, organisation.name))
            if organisation.trade_name:
                trade_names[key].add(organisation.trade_name)
            if organisation.website:
                websites[key].add(organisation.website)
        for key in fact.trains:
            trains[key].append(fact.number)
        for key in fact.assesses:
            assesses[key].append(fact.number)
    labels = {key: choose_label(names[key]) for key in sirets}
    known = _by_name(names, sirets)
    return [
        LinkedOrganisation(
            key,
            siret,
            labels[key][0],
            tuple(sorted({*labels[key][1], *trade_names[key]} - {labels[key][0] or ""})),
            websites=tuple(sorted(websites[key])),
            candidates=() if siret else tuple(sorted(known.get(key.removeprefix("nom-"), ()))),
            trains_for=tuple(sorted(set(trains[key]))),
            assesses_for=tuple(sorted(set(assesses[key]))),
        )
        for key, siret in sorted(sirets.items())
    ]


def index_names(organisations: Sequence[LinkedOrganisation]) -> Mapping[str, set[str]]:
    """Return keys of organisations by the slug of each of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in organisations:
        for name in (one.pref_label, *one.alt_labels):
            if name:
                found[slug(name)].add(one.key)
    return found


def link_authorities(fact: Facts, names: Mapping[str, set[str]]) -> tuple[AuthorityLink, ...]:
    """Name the candidates of the authorities that a fiche prints; a name that the source cuts has none."""
    links = []
    for mention in fact.authorities:
        keys = () if mention.is_truncated else tuple(sorted(names.get(slug(mention.verbatim), ())))
        several = Resolution.AMBIGUOUS if len(keys) > 1 else Resolution.CANDIDATE
        links.append(AuthorityLink(mention.verbatim, several if keys else Resolution.UNRESOLVED, keys))
    return tuple(links)


def _by_name(names: dict[str, list[tuple[date | None, str]]], sirets: dict[str, str | None]) -> dict[str, set[str]]:
    """Return keys of establishments by the slug of each of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, siret in sirets.items():
        if siret:
            for _, name in names[key]:
                found[slug(name)].add(key)
    return found
