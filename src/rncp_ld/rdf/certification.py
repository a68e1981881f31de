"""Maps `rncp:Certification`: what a fiche says about the certification itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from rncp_ld.model.codes import is_placeholder, parse_formacode, parse_nsf, parse_rome
from rncp_ld.model.fiche import Fiche
from rncp_ld.rdf.iris import Iris, web_iri
from rncp_ld.rdf.terms import Triple, boolean, day, duration, french, iri, string, year
from rncp_ld.rdf.vocabulary import ALT_LABEL, COUNTRY_AUTHORITY, PAGE, RDF_TYPE, RDFS_LABEL, RDFS_SEE_ALSO, TITLE

Writer = Callable[[Any], str]

_VALUES: Mapping[str, tuple[str, Writer]] = {
    "is_active": ("isActive", boolean),
    "has_partners": ("hasPartners", boolean),
    "partial_validation": ("partialValidation", boolean),
    "validity_unlimited": ("validityUnlimited", boolean),
    "component_validity": ("componentValidity", duration),
    "registration_duration": ("registrationDuration", lambda years: duration(f"P{years}Y")),
    "registration_end": ("registrationEnd", day),
    "decision_date": ("decisionDate", day),
    "effective_date": ("effectiveDate", day),
    "last_journal_date": ("lastJournalDate", day),
    "delivery_deadline": ("deliveryDeadline", day),
    "elaboration_body": ("elaborationBody", french),
    "page_note": ("pageNote", french),
}
"""Attribute of `Fiche` with one value → property and how to write it."""

_TEXTS: Mapping[str, str] = {
    "job_summary": "jobSummary",
    "targeted_activities": "targetedActivities",
    "certified_capacities": "certifiedCapacities",
    "objectives_and_context": "objectivesAndContext",
    "sectors": "sectors",
    "accessible_jobs": "accessibleJobs",
    "activity_regulation": "activityRegulation",
    "components_description": "componentsDescription",
    "entry_prerequisites": "entryPrerequisites",
    "validation_prerequisites": "validationPrerequisites",
    "mastery_level": "masteryLevel",
    "renewal_terms": "renewalTerms",
    "validity_duration": "validityDuration",
    "partial_validation_scope": "partialValidationScope",
    "certification_places": "certificationPlaces",
    "preparation_places": "preparationPlaces",
    "international_agreements": "internationalAgreements",
    "statistics_note": "statisticsNote",
    "closure_note": "closureNote",
}
"""Attribute of `Texts` → property; one literal per field."""

_OFFICIAL_PAGE = "https://www.francecompetences.fr/recherche/{register}/{digits}/"


def official_page(number: str) -> str:
    """Return the address of a fiche's official page.

    >>> official_page("RNCP2383"), official_page("RS5000")
    ('https://www.francecompetences.fr/recherche/rncp/2383/', 'https://www.francecompetences.fr/recherche/rs/5000/')
    """
    digits = number.lstrip("RNCPS")
    return _OFFICIAL_PAGE.format(register=number.removesuffix(digits).lower(), digits=digits)


def map_certification(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the fields of the certification that are values, texts and codes; its parts have modules of their own."""
    rncp = iris.rncp
    me = iris.certification(fiche.number)
    yield me, RDF_TYPE, rncp.Certification
    yield me, rncp.code, string(fiche.number)
    yield me, rncp.register, iris.register(fiche.register)
    yield me, TITLE, french(fiche.title)
    yield me, RDFS_LABEL, french(fiche.title)
    if fiche.printed_title is not None:
        yield me, ALT_LABEL, french(fiche.printed_title)
    for attribute, (name, write) in _VALUES.items():
        value = getattr(fiche, attribute)
        if value is not None:
            yield me, getattr(rncp, name), write(value)
    if fiche.page_note is not None:
        yield from map_placeholder(me, "pageNote", fiche.page_note, iris)
    yield from map_texts(me, fiche.texts, _TEXTS, iris)
    yield from _codes(fiche, me, iris)
    for signatory in fiche.signatories:
        yield me, rncp.signatory, french(signatory)
    yield from _relations(fiche, me, iris)
    yield me, RDFS_SEE_ALSO, iri(official_page(fiche.number))


def _relations(fiche: Fiche, me: str, iris: Iris) -> Iterator[Triple]:
    rncp = iris.rncp
    for territory in fiche.accessible_in:
        yield me, rncp.accessibleIn, iri(COUNTRY_AUTHORITY + territory.value)
    for territory in fiche.not_accessible_in:
        yield me, rncp.notAccessibleIn, iri(COUNTRY_AUTHORITY + territory.value)
    for value in fiche.promotion_years:
        yield me, rncp.promotionYear, year(value)
    for page in fiche.pages:
        address = web_iri(page)
        yield (me, PAGE, address) if address else (me, rncp.pageNote, french(page))
    for predicate, numbers in ((rncp.replaces, fiche.predecessors), (rncp.replacedBy, fiche.successors)):
        for number in numbers:
            if number != fiche.number:  # a fiche that names itself is reported (SUCCESSION-CIRCULAIRE), not linked
                yield me, predicate, iris.certification(number)


def _codes(fiche: Fiche, me: str, iris: Iris) -> Iterator[Triple]:
    rncp = iris.rncp
    if fiche.certification_type:
        yield me, rncp.certificationType, iris.certification_type(fiche.certification_type.code)
    if fiche.level is not None:
        yield me, rncp.level, iris.level(fiche.level)
    if fiche.level_1969 is not None:
        yield me, rncp.level1969, iris.level(f"1969-{fiche.level_1969}")
    if fiche.registration_type is not None:
        yield me, rncp.registrationType, iris.concept("type-enregistrement", fiche.registration_type.value)
    for nsf in fiche.nsf:
        yield me, rncp.nsf, iris.nsf(parse_nsf(nsf.code) or nsf.code)
    for rome in fiche.rome:
        yield me, rncp.rome, iris.rome(parse_rome(rome.code) or rome.code)
    for formacode in fiche.formacodes:
        yield me, rncp.formacode, iris.formacode(parse_formacode(formacode.code) or formacode.code)
    for agreement in fiche.collective_agreements:
        yield me, rncp.collectiveAgreement, iris.agreement(agreement.number, is_idcc=agreement.is_idcc)


def map_texts(subject: str, holder: object, table: Mapping[str, str], iris: Iris) -> Iterator[Triple]:
    """Map the text attributes of a record by a table attribute → property; placeholders are marked."""
    for attribute, text in zip(table, attrgetter(*table)(holder), strict=True):
        if text is not None:
            yield subject, getattr(iris.rncp, table[attribute]), french(text)
            yield from map_placeholder(subject, table[attribute], text, iris)


def map_placeholder(subject: str, name: str, text: str, iris: Iris) -> Iterator[Triple]:
    """Name the property whose text is no content ("Néant.", "Sans objet"): pages do not show it as one."""
    if len(text) < 40 and is_placeholder(text):
        yield subject, iris.rncp.placeholderProperty, getattr(iris.rncp, name)
