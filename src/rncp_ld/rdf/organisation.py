"""Maps organisations: an establishment (SIRET) is a unit of its legal entity (SIREN); one without SIRET is known by its name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rncp_ld.model.register import LinkedOrganisation
from rncp_ld.rdf.iris import Iris, web_iri
from rncp_ld.rdf.terms import Triple, french, string
from rncp_ld.rdf.vocabulary import (
    ALT_LABEL,
    IDENTIFIER,
    NOTATION,
    ORGANIZATION,
    ORGANIZATIONAL_UNIT,
    PAGE,
    PREF_LABEL,
    RDF_TYPE,
    RDFS_LABEL,
    REGISTERED_ORGANIZATION,
    REGISTRATION,
    SCHEMA_AGENCY,
    UNIT_OF,
)


def map_organisations(organisations: Iterable[LinkedOrganisation], iris: Iris) -> Iterator[Triple]:
    """Map all organisations, then the legal entities of those with a SIRET, named as their first establishment is."""
    entities: dict[str, list[LinkedOrganisation]] = defaultdict(list)
    for organisation in organisations:
        yield from _map_one(organisation, iris)
        if organisation.siret:
            entities[organisation.siret[:9]].append(organisation)
    for siren, units in sorted(entities.items()):
        yield from _map_entity(siren, units, iris)


def _map_one(organisation: LinkedOrganisation, iris: Iris) -> Iterator[Triple]:
    rncp = iris.rncp
    me = iris.organisation(organisation.key)
    if organisation.siret:
        yield me, RDF_TYPE, ORGANIZATIONAL_UNIT
        yield me, rncp.siret, string(organisation.siret)
        yield me, UNIT_OF, iris.organisation(f"siren-{organisation.siret[:9]}")
    else:
        yield me, RDF_TYPE, ORGANIZATION
    yield from _labels(me, organisation.pref_label or organisation.siret or organisation.key, organisation.alt_labels)
    for website in organisation.websites:
        address = web_iri(website)
        if address:
            yield me, PAGE, address
    for candidate in organisation.candidates:
        yield me, rncp.candidate, iris.organisation(candidate)
    for number in organisation.trains_for:
        yield me, rncp.trainsFor, iris.certification(number)
    for number in organisation.assesses_for:
        yield me, rncp.assessesFor, iris.certification(number)


def _map_entity(siren: str, units: list[LinkedOrganisation], iris: Iris) -> Iterator[Triple]:
    me = iris.organisation(f"siren-{siren}")
    registration = f"{me[:-1]}#registration>"
    names = Counter(unit.pref_label for unit in units if unit.pref_label)
    chosen = min(names, key=lambda name: (-names[name], name), default=siren)
    yield me, RDF_TYPE, REGISTERED_ORGANIZATION
    yield me, iris.rncp.siren, string(siren)
    yield from _labels(me, chosen, sorted(set(names) - {chosen}))
    yield me, REGISTRATION, registration
    yield registration, RDF_TYPE, IDENTIFIER
    yield registration, NOTATION, string(siren)
    yield registration, SCHEMA_AGENCY, french("Insee (SIREN)")


def _labels(me: str, chosen: str, others: Iterable[str]) -> Iterator[Triple]:
    yield me, PREF_LABEL, french(chosen)
    yield me, RDFS_LABEL, french(chosen)
    for other in others:
        yield me, ALT_LABEL, french(other)
