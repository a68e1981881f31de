"""Maps `rncp:CompetenceBlock` and `rncp:Competence`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rncp_ld.model.fiche import Fiche
from rncp_ld.rdf.certification import map_texts
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, french, integer, string
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL, TITLE

_TEXTS: Mapping[str, str] = {
    "competences_text": "competencesText",
    "assessment_method": "assessmentMethod",
    "entry_prerequisites": "entryPrerequisites",
    "validation_prerequisites": "validationPrerequisites",
}


def map_competence_blocks(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the blocs of a fiche, each a page of its own, and their competences, parts of that page."""
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    for me, block in zip(iris.blocks(fiche), fiche.blocks, strict=True):
        yield certification, rncp.hasBlock, me
        yield me, RDF_TYPE, rncp.CompetenceBlock
        yield me, rncp.blockOf, certification
        yield me, rncp.position, integer(block.position)
        yield me, TITLE, french(block.title)
        yield me, RDFS_LABEL, french(block.title)
        if block.code:
            yield me, rncp.code, string(block.code)
        yield from map_texts(me, block, _TEXTS, iris)
        for competence in block.competences:
            part = iris.competence(me, competence.title)
            yield me, rncp.hasCompetence, part
            yield part, RDF_TYPE, rncp.Competence
            yield part, rncp.position, integer(competence.position)
            yield part, TITLE, french(competence.title)
            if competence.theme is not None:
                yield part, rncp.theme, french(competence.theme)
