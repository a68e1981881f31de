"""Organisations as all fiches name them: one preferred name, the others kept; same names are candidates, never a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from rncp_ld.linking.facts import Facts
from rncp_ld.linking.labels import choose_label
from rncp_ld.model.register import LinkedOrganisation
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


def _by_name(names: dict[str, list[tuple[date | None, str]]], sirets: dict[str, str | None]) -> dict[str, set[str]]:
    """Return keys of establishments by the slug of each of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, siret in sirets.items():
        if siret:
            for _, name in names[key]:
                found[slug(name)].add(key)
    return found
