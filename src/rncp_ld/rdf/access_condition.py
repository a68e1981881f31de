"""Maps `rncp:AccessCondition`: what a fiche says about each access route."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.fiche import Fiche
from rncp_ld.rdf.certification import map_placeholder
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, boolean, day, french
from rncp_ld.rdf.vocabulary import RDF_TYPE


def map_access_conditions(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the access conditions; a route without yes or no has no `rncp:isOpen`."""
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    for condition in fiche.access_conditions:
        me = iris.access(fiche.number, condition.route)
        yield certification, rncp.accessCondition, me
        yield me, RDF_TYPE, rncp.AccessCondition
        yield me, rncp.accessRoute, iris.route(condition.route)
        if condition.is_open is not None:
            yield me, rncp.isOpen, boolean(condition.is_open)
        if condition.jury_composition is not None:
            yield me, rncp.juryComposition, french(condition.jury_composition)
            yield from map_placeholder(me, "juryComposition", condition.jury_composition, iris)
        if condition.jury_word is not None:
            yield me, rncp.juryWord, french(condition.jury_word)
        if condition.last_modified is not None:
            yield me, rncp.lastModified, day(condition.last_modified)
