"""Organisations as all fiches name them: one preferred name, the others kept; same names are candidates, never a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rncp_ld.linking.facts import Facts, siret_of
from rncp_ld.linking.labels import choose_label
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import AuthorityLink, LinkedOrganisation
from rncp_ld.model.slug import slug


def link_organisations(facts: Sequence[Facts]) -> list[LinkedOrganisation]:
    """Return every organisation that fiches name, by its key."""
    names: dict[str, list[tuple[date | None, str]]] = defaultdict(list)
    trade_names: dict[str, set[str]] = defaultdict(set)
    websites: dict[str, set[str]] = defaultdict(set)
    keys: set[str] = set()
    trains: dict[str, list[str]] = defaultdict(list)
    assesses: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        for key, name, trade_name, website in fact.organisations:
            keys.add(key)
            if name:
                names[key].append((fact.age, name))
            if trade_name:
                trade_names[key].add(trade_name)
            if website:
                websites[key].add(website)
        for key in fact.trains:
            trains[key].append(fact.number)
        for key in fact.assesses:
            assesses[key].append(fact.number)
    labels = {key: choose_label(names[key]) for key in keys}
    known = _by_name({key: names[key] for key in keys if siret_of(key)})
    return [
        LinkedOrganisation(
            key,
            siret_of(key),
            labels[key][0],
            tuple(sorted({*labels[key][1], *trade_names.get(key, ())} - {labels[key][0] or ""})),
            websites=tuple(sorted(websites.get(key, ()))),
            candidates=() if siret_of(key) else tuple(sorted(known.get(key.removeprefix("nom-"), ()))),
            trains_for=tuple(sorted(trains.get(key, ()))),
            assesses_for=tuple(sorted(assesses.get(key, ()))),
        )
        for key in sorted(keys)
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


def _by_name(names: Mapping[str, Sequence[tuple[date | None, str]]]) -> Mapping[str, set[str]]:
    """Return keys of establishments by the slug of each of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, uses in names.items():
        for name in {name for _, name in uses}:
            found[slug(name)].add(key)
    return found
