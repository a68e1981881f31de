"""Maps `rncp:ChangeEvent`: the history of a certification, with its predecessor and successor mentions."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.fiche import Fiche
from rncp_ld.model.slug import hash8
from rncp_ld.rdf.equivalence import certification_mention_iri, map_certification_mention
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.legal_mention import legal_mention_iri
from rncp_ld.rdf.terms import Triple, day, french
from rncp_ld.rdf.vocabulary import DATE, RDF_TYPE


def map_change_events(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the events and the mentions of earlier certifications."""
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    for event in fiche.change_events:
        me = iris.part(fiche.number, f"changement-{hash8(event.verbatim)}")
        yield certification, rncp.changeEvent, me
        yield me, RDF_TYPE, rncp.ChangeEvent
        yield me, rncp.changeType, iris.concept("changement", event.type.value)
        yield me, rncp.eventText, french(event.verbatim)
        if event.new_title is not None:
            yield me, rncp.newTitle, french(event.new_title)
        if event.date is not None:
            yield me, DATE, day(event.date)
        if event.legal_mention is not None:
            yield me, rncp.legalMention, legal_mention_iri(event.legal_mention, fiche.number, iris)
        if event.successor is not None:
            yield (
                me,
                rncp.successorMention,
                certification_mention_iri(event.successor, "successeur", fiche.number, iris),
            )
            yield from map_certification_mention(event.successor, "successeur", fiche.number, iris)
    for mention in fiche.predecessor_mentions:
        yield (
            certification,
            rncp.predecessorMention,
            certification_mention_iri(mention, "predecesseur", fiche.number, iris),
        )
        yield from map_certification_mention(mention, "predecesseur", fiche.number, iris)
