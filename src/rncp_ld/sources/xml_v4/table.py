"""Which element of a FICHE goes to which field: a table for V4, and one for the versions before it.

V4 is the whole V4.1 tree, also what only the documentation names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rncp_ld.model.codes import Route
from rncp_ld.model.fiche import Territory
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.xml_v4 import rows as row
from rncp_ld.sources.xml_v4.access import access_route, access_route_before_v4, jury_before_v4
from rncp_ld.sources.xml_v4.blocks import BLOCKS, IN_CORRESPONDENCE, correspondence
from rncp_ld.sources.xml_v4.citations import publications, reference, regulation
from rncp_ld.sources.xml_v4.draft import Rule, long_text, rows, value
from rncp_ld.sources.xml_v4.partners import PARTNERS
from rncp_ld.sources.xml_v4.values import count, day, identifier, level, number, territory, title, word, yes_no
from rncp_ld.sources.xml_v4.vocabulary import FICHE_STATUS, REGISTRATION_TYPE
from rncp_ld.sources.xml_v4.web import pages

Table = Mapping[str, Rule]

_V4: Table = {
    # the fiche
    "ID_FICHE": value("fiche_id", identifier),
    "NUMERO_FICHE": value("number", number),
    "INTITULE": value("title", title),
    "ABREGE": Rule(row.certification_type, ("",)),
    "ETAT_FICHE": value("status", word(FICHE_STATUS)),
    "ACTIF": value("is_active", yes_no),
    "DATE_DE_PUBLICATION": value("publication_date", day),
    "NOUVELLES_CERTIFICATIONS": rows(
        "successors", "NOUVELLE_CERTIFICATION", row.other_fiche("ID_FICHE_NOUVELLE_CERTIFICATION")
    ),
    "ANCIENNES_CERTIFICATIONS": rows(
        "predecessors", "ANCIENNE_CERTIFICATION", row.other_fiche("ID_FICHE_ANCIENNE_CERTIFICATION")
    ),
    # codes
    "NOMENCLATURE_EUROPE": level("LIBELLE"),
    "CODES_NSF": rows("nsf", "NSF", row.nsf),
    "CODES_ROME": rows("rome", "ROME", row.rome),
    "FORMACODES": rows("formacodes", "FORMACODE", row.formacode),
    "CODES_IDCC": rows("collective_agreements", "IDCC", row.idcc),
    **{f"CCN_{i}": Rule(row.numbered_agreement, ("",)) for i in (1, 2, 3)},
    # organisations
    "CERTIFICATEURS": rows("certifiers", "CERTIFICATEUR", row.certifier),
    "EXISTENCE_PARTENAIRES": value("has_partners", yes_no),
    "PARTENAIRES": PARTNERS,
    # texts
    "OBJECTIFS_CONTEXTE": long_text("objectives_and_context"),
    "ACTIVITES_VISEES": long_text("targeted_activities"),
    "CAPACITES_ATTESTEES": long_text("certified_capacities"),
    "SECTEURS_ACTIVITE": long_text("sectors"),
    "TYPE_EMPLOI_ACCESSIBLES": long_text("accessible_jobs"),
    "REGLEMENTATIONS_ACTIVITES": Rule(regulation),
    "PREREQUIS_ENTREE_FORMATION": long_text("entry_prerequisites"),
    "PREREQUIS_VALIDATION_CERTIFICATION": long_text("validation_prerequisites"),
    "NIVEAU_MAITRISE_COMPETENCES": long_text("mastery_level"),
    "MODALITES_RENOUVELLEMENT": long_text("renewal_terms"),
    "DUREE_VALIDITE": long_text("validity_duration"),
    "VALIDATION_PARTIELLE": value("partial_validation", yes_no),
    "VALIDATION_PARTIELLE_PERIMETRE": long_text("partial_validation_scope"),
    "LIEN_URL_DESCRIPTION": Rule(pages),
    # blocs
    "BLOCS_COMPETENCES": BLOCKS,
    "CORRESPONDANCES": rows("equivalences", "CORRESPONDANCE", correspondence, IN_CORRESPONDENCE),
    # access
    **{f"SI_JURY_{route.name}": access_route(route) for route in Route},
    "ACCESSIBLE_NOUVELLE_CALEDONIE": territory(Territory.NEW_CALEDONIA),
    "ACCESSIBLE_POLYNESIE_FRANCAISE": territory(Territory.FRENCH_POLYNESIA),
    # legal texts, registration
    "PUBLICATION_DECRET_GENERAL": publications(LegalRole.GENERAL),
    "PUBLICATION_DECRET_CREATION": publications(LegalRole.CREATION),
    "PUBLICATION_DECRET_AUTRE": publications(LegalRole.OTHER),
    "TYPE_ENREGISTREMENT": value("registration_type", word(REGISTRATION_TYPE)),
    "DUREE_ENREGISTREMENT": value("registration_duration", count),
    "DATE_DERNIER_JO": value("last_journal_date", day),
    "DATE_DECISION": value("decision_date", day),
    "DATE_EFFET": value("effective_date", day),
    "DATE_FIN_ENREGISTREMENT": value("registration_end", day),
    "DATE_LIMITE_DELIVRANCE": value("delivery_deadline", day),
    # figures
    "STATISTIQUES_PROMOTIONS": rows("statistics", "STATISTIQUES_PROMOTION", row.statistics),
    "ANNEES_PROMOTIONS_NIVEAU": rows("promotion_years", "ANNEE", row.promotion_year, are_texts=True),
}

_BEFORE_V4: Table = {
    **_V4,
    "NOUVELLE_CERTIFICATION": row.other_fiche_before_v4("successors", "ID_FICHE_NOUVELLE_CERTIFICATION"),
    "ANCIENNE_CERTIFICATION": row.other_fiche_before_v4("predecessors", "ID_FICHE_ANCIENNE_CERTIFICATION"),
    "NOMENCLATURE_EUROPE": level("LIBELLE", "INTITULE"),
    "CODES_NSF": rows("nsf", "NSF", row.nsf_before_v4),
    "CERTIFICATEURS": rows("certifiers", "CERTIFICATEUR", row.certifier_before_v4),
    **{f"SI_JURY_{route.name}": access_route_before_v4(route) for route in Route},
    **{f"JURY_{route.name}": jury_before_v4(route) for route in Route},
    "REFERENCE_DECRET_CREATION": reference(LegalRole.CREATION),
    "LIEN_STATIQUES": long_text("statistics_note"),  # sic
}
"""V1 to V3, and what does not say its version: what these versions write otherwise, beside all that V4 has."""


@dataclass(frozen=True, slots=True)
class Version:
    """How a version of the export is read.

    Attributes:
        table: element below FICHE → its rule.
        containers: paths of the elements that hold elements only: text beside these is text in no field.
        has_html: its texts are HTML, so that HTML in them is nothing to report.
    """

    table: Table
    containers: frozenset[str]
    has_html: bool = False


def _containers(table: Table) -> frozenset[str]:
    inside = {f"{tag}/{path}".rstrip("/") for tag, rule in table.items() for path in rule.inside}
    return frozenset({"FICHE"} | inside)


V4 = Version(_V4, _containers(_V4))
BEFORE_V4 = Version(_BEFORE_V4, _containers(_BEFORE_V4), has_html=True)
