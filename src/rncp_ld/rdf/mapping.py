"""One record to triples: pure, no disk, no clock, no blank node, no other fiche; so fiches can be mapped in any process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rncp_ld.model.fiche import Fiche
from rncp_ld.rdf.access_condition import map_access_conditions
from rncp_ld.rdf.certification import map_certification
from rncp_ld.rdf.change_event import map_change_events
from rncp_ld.rdf.competence_block import map_competence_blocks
from rncp_ld.rdf.equivalence import map_equivalences
from rncp_ld.rdf.fiche import map_fiche_document
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.legal_mention import map_legal_mentions
from rncp_ld.rdf.organisation_role import map_certifiers, map_partnerships
from rncp_ld.rdf.promotion_statistics import map_promotion_statistics
from rncp_ld.rdf.terms import Triple

_MAPPINGS: tuple[Callable[[Fiche, Iris], Iterator[Triple]], ...] = (
    map_certification,
    map_fiche_document,
    map_competence_blocks,
    map_access_conditions,
    map_certifiers,
    map_partnerships,
    map_promotion_statistics,
    map_legal_mentions,
    map_equivalences,
    map_change_events,
)


def map_fiche(fiche: Fiche, iris: Iris) -> list[Triple]:
    """Map one fiche to the triples about its own resources; a triple may come twice.

    What it says about resources that fiches share (labels of codes, names of organisations, acts) is for the link
    stage, which hears all fiches before it chooses: see `linking`.
    """
    return [triple for mapping in _MAPPINGS for triple in mapping(fiche, iris)]
