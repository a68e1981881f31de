"""Each shortcut says what its long path says, no more and no less: asked of the graph of the real fiches and the seed."""

from __future__ import annotations

from collections import Counter

import pytest

from rncp_ld.rdf.terms import Triple
from rncp_ld.rdf.vocabulary import RDFS_LABEL
from rncp_ld.store.store import GraphStore

PREFIXES = """
PREFIX rncp: <https://w3id.org/rncp/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rov: <http://www.w3.org/ns/regorg#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
ROLE = "<https://w3id.org/rncp/role-legal/{}>"
ACTIVE = "<https://w3id.org/rncp/etat-habilitation/actif>"


def may(what: str) -> str:
    both = "<https://w3id.org/rncp/habilitation/former-et-organiser>"
    return f"""?row rncp:partner ?s ; rncp:ofCertification ?o ; rncp:partnershipStatus {ACTIVE} ; rncp:habilitation ?h .
        FILTER(?h IN (<https://w3id.org/rncp/habilitation/{what}>, {both})) ?o rncp:isActive true ."""


def act(role: str) -> str:
    return f"?s rncp:legalMention ?m . ?m rncp:legalRole {ROLE.format(role)} ; rncp:refersTo ?o ."


SHORTCUTS = {
    "openRoute": "?s rncp:accessCondition ?c . ?c rncp:isOpen true ; rncp:accessRoute ?o .",
    "closedRoute": "?s rncp:accessCondition ?c . ?c rncp:isOpen false ; rncp:accessRoute ?o .",
    "trainsFor": may("former"),
    "assessesFor": may("organiser"),
    "creationAct": act("creation"),
    "generalAct": act("general"),
    "vaeAct": act("vae"),
    "validUntil": "?s rncp:registrationEnd ?o .",
    "validFrom": """?s a rncp:Certification .
        OPTIONAL { ?s rncp:effectiveDate ?from } OPTIONAL { ?s rncp:decisionDate ?decided }
        BIND(COALESCE(?from, ?decided) AS ?o) FILTER(BOUND(?o))""",
    "replacedBy": "?o rncp:replaces ?s .",
    "activeSuccessor": """?s a rncp:Certification ; rncp:replacedBy+ ?o . ?o rncp:isActive true .
        FILTER NOT EXISTS { ?s rncp:isActive true }""",
    "replaces": "?o rncp:replacedBy ?s .",
    "blockOf": "?o rncp:hasBlock ?s .",
    "siren": "?s rov:registration/skos:notation ?o .",
    "siret": """?s org:unitOf ?e . BIND(STRAFTER(STR(?s), "siret-") AS ?o)""",
    "rank": """?s skos:inScheme <https://w3id.org/rncp/scheme/niveau> ; skos:notation ?n . FILTER(STRSTARTS(?n, "NIV"))
        BIND(<http://www.w3.org/2001/XMLSchema#integer>(SUBSTR(?n, 4)) AS ?o)""",
    "legalBasis": "{ ?s rncp:creationAct ?o } UNION { ?s rncp:generalAct ?o } UNION { ?s rncp:vaeAct ?o } UNION { "
    + act("autre")
    + " }",
}
"""Property → where its subject ?s and object ?o come from."""


def pairs(store: GraphStore, pattern: str) -> set[tuple[str | None, ...]]:
    _, rows = store.select(f"{PREFIXES} SELECT DISTINCT ?s ?o WHERE {{ {pattern} }}")
    return set(rows)


@pytest.mark.parametrize("name", sorted(SHORTCUTS))
def test_a_shortcut_equals_its_long_path(name: str, real_store: GraphStore) -> None:
    # The ranks of the nomenclature of 1969 are its own order, which no code shows (tests/ontology).
    only = "FILTER(!STRSTARTS(STR(?s), 'https://w3id.org/rncp/niveau/1969'))" if name == "rank" else ""
    short = pairs(real_store, f"?s rncp:{name} ?o {only}")
    assert short, f"no fiche has {name}: the comparison would show nothing"
    assert short == pairs(real_store, SHORTCUTS[name])


def test_every_page_has_one_french_label(real_graph: list[Triple]) -> None:
    pages = {s for s, _, _ in real_graph if s.startswith("<https://w3id.org/rncp/") and "#" not in s}
    labels = Counter(s for s, p, o in real_graph if p == RDFS_LABEL and o.endswith('"@fr'))
    assert len(pages) > 1000
    assert {page: labels[page] for page in pages if labels[page] != 1} == {}
