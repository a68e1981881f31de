"""Maps concepts of the nomenclatures: NSF, ROME, Formacode, types, collective agreements."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, french, string
from rncp_ld.rdf.vocabulary import (
    ALT_LABEL,
    BROADER,
    CONCEPT,
    DEFINITION,
    HAS_TOP_CONCEPT,
    HISTORY_NOTE,
    IN_SCHEME,
    NOTATION,
    PREF_LABEL,
    RDF_TYPE,
    RDFS_LABEL,
    RELATED,
    SCOPE_NOTE,
    TOP_CONCEPT_OF,
)


def concept_iri(scheme: CodeScheme, code: str, iris: Iris, *, is_idcc: bool = False) -> str:
    """Return the IRI of a nomenclature's concept."""
    match scheme:
        case CodeScheme.NSF:
            return iris.nsf(code)
        case CodeScheme.ROME:
            return iris.rome(code)
        case CodeScheme.FORMACODE:
            return iris.formacode(code)
        case CodeScheme.TYPE:
            return iris.certification_type(code)
        case CodeScheme.AGREEMENT:
            return iris.agreement(code, is_idcc=is_idcc)


def map_concept(concept: Concept, iris: Iris) -> Iterator[Triple]:
    """Map a concept with its notation, label, hierarchy and scheme; one without a label is labelled by its code."""
    me = concept_iri(concept.scheme, concept.code, iris, is_idcc=concept.is_idcc)
    scheme = iris.scheme(concept.scheme.value)
    yield me, RDF_TYPE, CONCEPT
    yield me, IN_SCHEME, scheme
    yield me, NOTATION, string(concept.code)
    label = french(concept.pref_label or concept.code)
    yield me, PREF_LABEL, label
    yield me, RDFS_LABEL, label
    for other in concept.alt_labels:
        yield me, ALT_LABEL, french(other)
    if concept.definition:
        yield me, DEFINITION, french(concept.definition)
    for note in concept.notes:
        yield me, SCOPE_NOTE, french(note)
    for note in concept.history:
        yield me, HISTORY_NOTE, french(note)
    for code in concept.related:
        yield me, RELATED, concept_iri(concept.scheme, code, iris)
    for code in concept.broader:
        yield me, BROADER, concept_iri(concept.scheme, code, iris)
    if concept.is_placed and not concept.broader:
        yield me, TOP_CONCEPT_OF, scheme
        yield scheme, HAS_TOP_CONCEPT, me
