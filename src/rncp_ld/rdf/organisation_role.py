"""Maps what organisations do for a certification: `rncp:CertifierRole`, `rncp:Partnership`, and mentions of authorities."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.fiche import CertifierStatus, Fiche
from rncp_ld.rdf.iris import Iris, organisation_key
from rncp_ld.rdf.terms import Triple, boolean, day, french, integer, string
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL


def map_certifiers(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the certifiers: a row is a role; an inactive one is a former certifier."""
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    for me, row in zip(iris.certifier_roles(fiche), fiche.certifiers, strict=True):
        organisation = iris.organisation(organisation_key(row.organisation))
        former = row.status is CertifierStatus.INACTIVE
        yield certification, rncp.formerCertifier if former else rncp.certifier, organisation
        yield certification, rncp.certifierRole, me
        yield me, RDF_TYPE, rncp.CertifierRole
        yield me, rncp.organisation, organisation
        if row.organisation.name:
            yield me, rncp.verbatim, french(row.organisation.name)
        if row.status is not None:
            yield me, rncp.certifierStatus, iris.concept("etat-certificateur", row.status.value)
        if row.status_date is not None:
            yield me, rncp.statusDate, day(row.status_date)
    for mention in fiche.certifier_mentions:
        part = iris.mention(fiche.number, "certificateur", mention.verbatim)
        yield certification, rncp.certifierMention, part
        yield part, RDF_TYPE, rncp.OrganisationMention
        yield part, rncp.verbatim, french(mention.verbatim)
        yield part, rncp.position, integer(mention.position)
        yield part, rncp.sourcePath, string(mention.source_path)
        yield part, rncp.isTruncated, boolean(mention.is_truncated)


def map_partnerships(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the partners, on a page of their own: some certifications have 3,000."""
    if not fiche.partnerships:
        return
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    page = iris.partnerships(fiche.number)
    yield certification, rncp.partnerships, page
    yield page, RDF_TYPE, rncp.PartnershipList
    yield page, RDFS_LABEL, french(f"Partenaires de {fiche.number} : {fiche.title}")
    yield page, rncp.ofCertification, certification
    for me, row in zip(iris.partnership_parts(fiche), fiche.partnerships, strict=True):
        yield page, rncp.hasPartnership, me
        yield me, RDF_TYPE, rncp.Partnership
        yield me, rncp.ofCertification, certification
        yield me, rncp.partner, iris.organisation(organisation_key(row.organisation))
        if row.organisation.name:
            yield me, rncp.verbatim, french(row.organisation.name)
        if row.habilitation is not None:
            yield me, rncp.habilitation, iris.concept("habilitation", row.habilitation.value)
        if row.status is not None:
            yield me, rncp.partnershipStatus, iris.concept("etat-habilitation", row.status.value)
        if row.active_since is not None:
            yield me, rncp.activeSince, day(row.active_since)
        if row.status_date is not None:
            yield me, rncp.statusDate, day(row.status_date)
