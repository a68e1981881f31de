"""Maps `rncp:Fiche`: the document that describes a certification, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.fiche import Fiche
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, day, string
from rncp_ld.rdf.vocabulary import DERIVED_FROM, IS_PRIMARY_TOPIC_OF, PRIMARY_TOPIC, RDF_TYPE


def map_fiche_document(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the fiche as a document (`#fiche`): its id, status, dates and the series of sources it was read from."""
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    me = iris.fiche(fiche.number)
    yield me, RDF_TYPE, rncp.Fiche
    yield me, PRIMARY_TOPIC, certification
    yield certification, IS_PRIMARY_TOPIC_OF, me
    yield me, DERIVED_FROM, iris.source(fiche.series)
    if fiche.fiche_id is not None:
        yield me, rncp.ficheId, string(fiche.fiche_id)
    if fiche.status is not None:
        yield me, rncp.ficheStatus, iris.concept("etat-fiche", fiche.status.value)
    if fiche.publication_date is not None:
        yield me, rncp.publicationDate, day(fiche.publication_date)
