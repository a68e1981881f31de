"""The XML V4.1 reader: every element of the tree to its field, and the real fiches."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import (
    AccessCondition,
    Certifier,
    CertifierStatus,
    Coded,
    CollectiveAgreement,
    Competence,
    Equivalence,
    EquivalenceKind,
    Fiche,
    FicheStatus,
    Habilitation,
    Organisation,
    Partnership,
    PartnershipStatus,
    PromotionStatistics,
    RegistrationType,
    Territory,
)
from rncp_ld.model.legal import LegalRole
from rncp_ld.model.reading import Reading, ShareRead, SourceDocument
from rncp_ld.sources.text_structure import structure_text
from rncp_ld.sources.xml_v4 import read_xml
from rncp_ld.sources.xml_v4.table import V4

DOCUMENT = SourceDocument("export.xml", SourceSeries.XML_V4_1, date(2026, 8, 16))

EVERYTHING = """
<ID_FICHE>7</ID_FICHE>
<NUMERO_FICHE>RNCP 100</NUMERO_FICHE>
<NOUVELLES_CERTIFICATIONS>
  <NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RNCP101</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION>
  <NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RS 5</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION>
</NOUVELLES_CERTIFICATIONS>
<ANCIENNES_CERTIFICATIONS>
  <ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION>RNCP99</ID_FICHE_ANCIENNE_CERTIFICATION></ANCIENNE_CERTIFICATION>
</ANCIENNES_CERTIFICATIONS>
<INTITULE>Médiateur
  social</INTITULE>
<ABREGE><CODE>TP</CODE><LIBELLE>Titre professionnel</LIBELLE></ABREGE>
<ETAT_FICHE>Publiée</ETAT_FICHE>
<FORMACODES><FORMACODE><CODE>44028</CODE><LIBELLE>Action sociale</LIBELLE></FORMACODE></FORMACODES>
<NOMENCLATURE_EUROPE><NIVEAU>NIV4</NIVEAU><LIBELLE>Niveau 4</LIBELLE></NOMENCLATURE_EUROPE>
<CODES_NSF><NSF><CODE>332t</CODE><LIBELLE>Travail social</LIBELLE></NSF></CODES_NSF>
<CCN_1><NUMERO>3109</NUMERO><LIBELLE>Métallurgie</LIBELLE></CCN_1>
<CCN_2><NUMERO>3117</NUMERO></CCN_2>
<CODES_IDCC><IDCC><CODE>1486</CODE><LIBELLE>Bureaux d'études</LIBELLE></IDCC></CODES_IDCC>
<CERTIFICATEURS><CERTIFICATEUR>
  <SIRET_CERTIFICATEUR>11004401300040</SIRET_CERTIFICATEUR><NOM_CERTIFICATEUR>MINISTERE  A</NOM_CERTIFICATEUR>
  <ETAT_CERTIFICATEUR>Inactif</ETAT_CERTIFICATEUR>
  <DATE_DERNIERE_MODIFICATION_ETAT>01/02/2020</DATE_DERNIERE_MODIFICATION_ETAT>
  <NOM_COMMERCIAL>A</NOM_COMMERCIAL><SITE_INTERNET>www.a.fr</SITE_INTERNET>
</CERTIFICATEUR></CERTIFICATEURS>
<EXISTENCE_PARTENAIRES>Oui</EXISTENCE_PARTENAIRES>
<PARTENAIRES><PARTENAIRE>
  <NOM_PARTENAIRE>CFA</NOM_PARTENAIRE><SIRET_PARTENAIRE>81738914100018</SIRET_PARTENAIRE>
  <HABILITATION_PARTENAIRE>HABILITATION_ORGA_FORM</HABILITATION_PARTENAIRE>
  <ETAT_HABILITATION>Supprimé</ETAT_HABILITATION><DATE_ACTIF>03/04/2021</DATE_ACTIF>
  <DATE_DERNIERE_MODIFICATION_ETAT>05/06/2022</DATE_DERNIERE_MODIFICATION_ETAT>
</PARTENAIRE></PARTENAIRES>
<ACTIVITES_VISEES>Il fait :      * ceci      * cela</ACTIVITES_VISEES>
<CAPACITES_ATTESTEES>Capacités</CAPACITES_ATTESTEES>
<SECTEURS_ACTIVITE>Secteurs</SECTEURS_ACTIVITE>
<TYPE_EMPLOI_ACCESSIBLES>Emplois</TYPE_EMPLOI_ACCESSIBLES>
<CODES_ROME><ROME><CODE>K1205</CODE><LIBELLE>Information sociale</LIBELLE></ROME></CODES_ROME>
<REGLEMENTATIONS_ACTIVITES>Décret n° 2017-899 du 9 mai 2017 relatif au repérage.</REGLEMENTATIONS_ACTIVITES>
<SI_JURY_FI><ACTIF>Non</ACTIF></SI_JURY_FI>
<SI_JURY_CA><ACTIF>Oui</ACTIF><COMPOSITION>Deux membres</COMPOSITION>
  <DATE_DERNIERE_MODIFICATION>07/08/2023</DATE_DERNIERE_MODIFICATION></SI_JURY_CA>
<SI_JURY_FC><ACTIF>Oui</ACTIF><COMPOSITION>Idem.</COMPOSITION></SI_JURY_FC>
<SI_JURY_CQ/>
<SI_JURY_CL><ACTIF>Non</ACTIF></SI_JURY_CL>
<SI_JURY_VAE><ACTIF>Oui</ACTIF><COMPOSITION>Art. R 338-6 du Code de l'Education</COMPOSITION></SI_JURY_VAE>
<ACCESSIBLE_NOUVELLE_CALEDONIE>Non</ACCESSIBLE_NOUVELLE_CALEDONIE>
<ACCESSIBLE_POLYNESIE_FRANCAISE>Oui</ACCESSIBLE_POLYNESIE_FRANCAISE>
<PUBLICATION_DECRET_GENERAL><PUBLICATION_JO><TITRE>Décret n°2016-954 du 11 juillet 2016 relatif au titre</TITRE>
  <DATE_PUBLICATION_JO>13/07/2016</DATE_PUBLICATION_JO></PUBLICATION_JO></PUBLICATION_DECRET_GENERAL>
<PUBLICATION_DECRET_CREATION><PUBLICATION_JO><TITRE>Arrêté du 20 juin 2023 relatif au titre</TITRE></PUBLICATION_JO></PUBLICATION_DECRET_CREATION>
<PUBLICATION_DECRET_AUTRE><PUBLICATION_JO><TITRE>Arrêté du 20 juin 2023 relatif au titre</TITRE></PUBLICATION_JO></PUBLICATION_DECRET_AUTRE>
<DATE_DERNIER_JO>01/01/2021</DATE_DERNIER_JO><DATE_DECISION>02/01/2021</DATE_DECISION>
<DUREE_ENREGISTREMENT>5</DUREE_ENREGISTREMENT>
<STATISTIQUES_PROMOTIONS><STATISTIQUES_PROMOTION><ANNEE>2021</ANNEE><NOMBRE_CERTIFIES>10</NOMBRE_CERTIFIES>
  <NOMBRE_CERTIFIES_VAE>1</NOMBRE_CERTIFIES_VAE><TAUX_INSERTION_GLOBAL_6MOIS>90</TAUX_INSERTION_GLOBAL_6MOIS>
  <TAUX_INSERTION_METIER_6MOIS>80 %</TAUX_INSERTION_METIER_6MOIS>
  <TAUX_INSERTION_METIER_2ANS>70</TAUX_INSERTION_METIER_2ANS></STATISTIQUES_PROMOTION></STATISTIQUES_PROMOTIONS>
<ANNEES_PROMOTIONS_NIVEAU><ANNEE>2022</ANNEE><ANNEE>2021</ANNEE></ANNEES_PROMOTIONS_NIVEAU>
<LIEN_URL_DESCRIPTION>https://a.fr/x    www.b.fr</LIEN_URL_DESCRIPTION>
<DATE_FIN_ENREGISTREMENT>16/08/2026</DATE_FIN_ENREGISTREMENT><DATE_EFFET>04/01/2021</DATE_EFFET>
<TYPE_ENREGISTREMENT>Enregistrement sur demande</TYPE_ENREGISTREMENT>
<BLOCS_COMPETENCES><BLOC_COMPETENCES>
  <CODE>RNCP 100 BC01</CODE><LIBELLE>Bloc A</LIBELLE><LISTE_COMPETENCES>Capable de :  - lire    - écrire</LISTE_COMPETENCES>
  <MODALITES_EVALUATION>Épreuve</MODALITES_EVALUATION>
  <PREREQUIS_ENTREE_FORMATION_BLOC>P1</PREREQUIS_ENTREE_FORMATION_BLOC>
  <PREREQUIS_VALIDATION_BLOC>P2</PREREQUIS_VALIDATION_BLOC>
</BLOC_COMPETENCES></BLOCS_COMPETENCES>
<OBJECTIFS_CONTEXTE>Objectifs</OBJECTIFS_CONTEXTE>
<NIVEAU_MAITRISE_COMPETENCES>B2</NIVEAU_MAITRISE_COMPETENCES>
<MODALITES_RENOUVELLEMENT>Renouveler</MODALITES_RENOUVELLEMENT>
<DUREE_VALIDITE>3 ans</DUREE_VALIDITE>
<VALIDATION_PARTIELLE>Oui</VALIDATION_PARTIELLE>
<VALIDATION_PARTIELLE_PERIMETRE>Par bloc</VALIDATION_PARTIELLE_PERIMETRE>
<ACTIF>Oui</ACTIF>
<PREREQUIS_ENTREE_FORMATION>Entrée</PREREQUIS_ENTREE_FORMATION>
<PREREQUIS_VALIDATION_CERTIFICATION>Validation</PREREQUIS_VALIDATION_CERTIFICATION>
<DATE_DE_PUBLICATION>05/01/2021</DATE_DE_PUBLICATION><DATE_LIMITE_DELIVRANCE>06/01/2031</DATE_LIMITE_DELIVRANCE>
<CORRESPONDANCES>
  <CORRESPONDANCE><SOURCE><BLOC_COMPETENCES><CODE>RNCP100BC01</CODE></BLOC_COMPETENCES></SOURCE>
    <DESTINATION><NUMERO_FICHE>RNCP50</NUMERO_FICHE>
      <BLOC_COMPETENCES><CODE>RNCP50BC02</CODE></BLOC_COMPETENCES>
      <BLOC_COMPETENCES><CODE>RNCP50BC01</CODE></BLOC_COMPETENCES>
      <BLOC_COMPETENCES><CODE>RNCP50BC02</CODE></BLOC_COMPETENCES></DESTINATION></CORRESPONDANCE>
  <CORRESPONDANCE><DESTINATION><NUMERO_FICHE>RS51</NUMERO_FICHE></DESTINATION></CORRESPONDANCE>
</CORRESPONDANCES>
"""


def read(inside: str) -> Reading:
    """Read an export with one fiche."""
    xml = f"<FICHES><VERSION_FLUX>4.1</VERSION_FLUX><FICHE>{inside}</FICHE></FICHES>"
    (reading,) = read_xml(io.BytesIO(xml.encode()), DOCUMENT)
    return reading


def fiche(inside: str) -> Fiche:
    found = read(inside).fiche
    assert found is not None
    return found


def test_every_element_of_the_tree_ends_in_its_field() -> None:
    reading = read(EVERYTHING)
    found = reading.fiche
    assert found is not None
    assert reading.share.read == reading.share.total > 800
    assert reading.unread == ()
    assert {d.code for d in reading.diagnostics} == {"ACTE-REPETE"}
    assert (found.number, found.fiche_id, found.title) == ("RNCP100", "7", "Médiateur social")
    assert found.successors == ("RNCP101", "RS5")
    assert found.predecessors == ("RNCP99",)
    assert found.certification_type == Coded("TP", "Titre professionnel")
    assert (found.status, found.level, found.is_active) == (FicheStatus.PUBLISHED, "4", True)
    assert found.nsf == (Coded("332t", "Travail social"),)
    assert found.rome == (Coded("K1205", "Information sociale"),)
    assert found.formacodes == (Coded("44028", "Action sociale"),)
    assert found.collective_agreements == (
        CollectiveAgreement("3109", is_idcc=False, label="Métallurgie"),
        CollectiveAgreement("3117", is_idcc=False),
        CollectiveAgreement("1486", is_idcc=True, label="Bureaux d'études"),
    )
    ministry = Organisation("MINISTERE A", "11004401300040", "A", "http://www.a.fr")
    assert found.certifiers == (Certifier(ministry, CertifierStatus.INACTIVE, date(2020, 2, 1)),)
    assert found.has_partners is True
    assert found.partnerships == (
        Partnership(
            Organisation("CFA", "81738914100018"),
            Habilitation.TRAIN_AND_ASSESS,
            PartnershipStatus.WITHDRAWN,
            date(2021, 4, 3),
            date(2022, 6, 5),
        ),
    )
    assert found.statistics == (PromotionStatistics(2021, 10, 1, 90, 80, 70),)
    assert found.promotion_years == (2022, 2021)
    assert found.pages == ("https://a.fr/x", "http://www.b.fr")
    assert found.page_note is None
    assert found.registration_type is RegistrationType.ON_DEMAND
    assert (found.registration_duration, found.partial_validation) == (5, True)


def test_every_date_goes_to_its_field() -> None:
    found = fiche(EVERYTHING)
    assert (found.last_journal_date, found.decision_date) == (date(2021, 1, 1), date(2021, 1, 2))
    assert (found.effective_date, found.publication_date) == (date(2021, 1, 4), date(2021, 1, 5))
    assert (found.delivery_deadline, found.registration_end) == (date(2031, 1, 6), date(2026, 8, 16))


def test_every_text_goes_to_its_field() -> None:
    texts = fiche(EVERYTHING).texts
    assert texts.targeted_activities == "Il fait :\n\n* ceci\n* cela"
    assert (texts.certified_capacities, texts.sectors, texts.accessible_jobs) == ("Capacités", "Secteurs", "Emplois")
    assert (texts.objectives_and_context, texts.mastery_level, texts.renewal_terms) == ("Objectifs", "B2", "Renouveler")
    assert (texts.validity_duration, texts.partial_validation_scope) == ("3 ans", "Par bloc")
    assert (texts.entry_prerequisites, texts.validation_prerequisites) == ("Entrée", "Validation")
    assert texts.activity_regulation == "Décret n° 2017-899 du 9 mai 2017 relatif au repérage."


def test_a_bloc_has_its_competences_and_what_stands_before_them() -> None:
    (block,) = fiche(EVERYTHING).blocks
    assert (block.code, block.position, block.title) == ("RNCP100BC01", 1, "Bloc A")
    assert block.competences == (Competence(1, "lire"), Competence(2, "écrire"))
    assert block.competences_text == "Capable de :"
    assert (block.assessment_method, block.entry_prerequisites, block.validation_prerequisites) == (
        "Épreuve",
        "P1",
        "P2",
    )


def test_access_routes_and_idem() -> None:
    found = fiche(EVERYTHING)
    assert found.access_conditions == (
        AccessCondition(Route.FI, is_open=False),
        AccessCondition(Route.CA, True, "Deux membres", None, date(2023, 8, 7)),
        AccessCondition(Route.FC, True, "Deux membres", "Idem."),
        AccessCondition(Route.CQ),
        AccessCondition(Route.CL, is_open=False),
        AccessCondition(Route.VAE, True, "Art. R 338-6 du Code de l'Education"),
    )
    assert found.accessible_in == (Territory.FRENCH_POLYNESIA,)
    assert found.not_accessible_in == (Territory.NEW_CALEDONIA,)


def test_correspondences_are_sets_of_blocs() -> None:
    assert fiche(EVERYTHING).equivalences == (
        Equivalence(EquivalenceKind.CORRESPONDENCE, None, ("RNCP100BC01",), "RNCP50", ("RNCP50BC02", "RNCP50BC01")),
        Equivalence(EquivalenceKind.CORRESPONDENCE, target_fiche="RS51"),
    )


def test_citations_carry_role_and_path() -> None:
    mentions = {(m.roles, m.source_path) for m in fiche(EVERYTHING).legal_mentions}
    assert mentions == {
        ((LegalRole.GENERAL,), "PUBLICATION_DECRET_GENERAL"),
        ((LegalRole.CREATION, LegalRole.OTHER), "PUBLICATION_DECRET_CREATION"),
        ((LegalRole.JURY,), "SI_JURY_VAE/COMPOSITION"),
        ((LegalRole.REGULATION,), "REGLEMENTATIONS_ACTIVITES"),
    }


def test_the_table_names_every_element_of_the_documented_tree() -> None:
    shown = {element.tag for element in etree.fromstring(f"<FICHE>{EVERYTHING}</FICHE>")}
    assert set(V4.table) - shown == {"CCN_3"}
    assert "CORRESPONDANCES/CORRESPONDANCE/DESTINATION/BLOC_COMPETENCES" in V4.containers
    assert "ANNEES_PROMOTIONS_NIVEAU/ANNEE" not in V4.containers


def test_the_words_of_2020_are_known() -> None:
    row = "<PARTENAIRE><NOM_PARTENAIRE>A</NOM_PARTENAIRE><HABILITATION_PARTENAIRE>{}</HABILITATION_PARTENAIRE></PARTENAIRE>"
    words = ("Habilitation pour former", "Habilitation pour organiser l’évaluation")
    rows = "".join(row.format(word) for word in words)
    found = fiche(f"<NUMERO_FICHE>RS1</NUMERO_FICHE><INTITULE>A</INTITULE><PARTENAIRES>{rows}</PARTENAIRES>")
    assert [p.habilitation for p in found.partnerships] == [Habilitation.TRAIN, Habilitation.ASSESS]


def test_autre_is_no_type() -> None:
    start = "<NUMERO_FICHE>RS1</NUMERO_FICHE><INTITULE>A</INTITULE>"
    reading = read(f"{start}<ABREGE><CODE>Autre</CODE><LIBELLE>Autre certification</LIBELLE></ABREGE>")
    assert reading.fiche is not None
    assert reading.fiche.certification_type is None
    assert reading.diagnostics == ()


# the real fiches of the export of 2026-08-16


def real(shared: Path, register: str) -> list[Reading]:
    path = shared / "data" / "export" / f"export_fiches_{register}_V4_1_2026-08-16.xml"
    with path.open("rb") as stream:
        return list(read_xml(stream, SourceDocument(path.name, SourceSeries.XML_V4_1, date(2026, 8, 16))))


@pytest.fixture(scope="module")
def readings(shared: Path) -> list[Reading]:
    return [*real(shared, "RNCP"), *real(shared, "RS")]


def test_the_real_fiches_are_read_whole(readings: list[Reading]) -> None:
    share = sum((reading.share for reading in readings), ShareRead())
    assert len(readings) == 15
    assert share.ratio == 1
    assert share.total == 218_826
    assert all(reading.unread == () for reading in readings)


def test_diagnostics_of_the_real_fiches(readings: list[Reading]) -> None:
    """Two prose texts and a placeholder in the URL field, one "sans objet"; the others are those of legal citations."""
    codes = Counter(d.code for reading in readings for d in reading.diagnostics)
    assert codes["URL-INVALIDE"] == 2
    assert codes["TEXTE-PROVISOIRE"] == 2
    assert set(codes) <= {"URL-INVALIDE", "TEXTE-PROVISOIRE", "ACTE-REPETE", "DATE-JO-ECARTEE", "CITATION-NON-LUE"}
    assert all(d.line and d.fiche and d.path for reading in readings for d in reading.diagnostics)


def test_counts_of_the_real_fiches(readings: list[Reading]) -> None:
    found = {r.fiche.number: r.fiche for r in readings if r.fiche}
    competences = {number: [len(b.competences) for b in f.blocks] for number, f in found.items() if f.blocks}
    assert competences == {
        "RNCP34762": [7, 10, 10, 8, 5],
        "RNCP35625": [2, 5, 2, 5, 3, 3, 3, 5, 6, 4],
        "RNCP35419": [5, 4, 4, 5],
        "RNCP37488": [5, 4],
        "RNCP36612": [9, 9, 8, 7],
        "RNCP36490": [10, 9, 12, 12],
        "RNCP35959": [12, 11, 9, 11, 12],
        "RNCP37873": [4, 4, 3],
        "RNCP39568": [2, 4, 5, 3, 2, 3],
    }
    assert len(found["RNCP37873"].partnerships) == 439
    assert len(found["RNCP36490"].equivalences) == 20
    assert len(found["RNCP36612"].pages) == 4
    assert found["RNCP37488"].page_note == "* *"
    assert [c.route.name for c in found["RS6232"].access_conditions] == ["FI", "FC", "CQ", "CL", "VAE"]


def strings(value: Any) -> list[str]:
    """Return all strings, dates (JJ/MM/AAAA) and numbers in a record."""
    if isinstance(value, date):
        return [f"{value:%d/%m/%Y}"]
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in strings(item)]
    if is_dataclass(value):
        return [
            text for field in fields(value) if field.name != "position" for text in strings(getattr(value, field.name))
        ]
    return [] if value is None or isinstance(value, bool | Enum) else [str(value)]


WORDS_OF_TABLES = {
    "ETAT_FICHE", "NIVEAU", "ETAT_CERTIFICATEUR", "EXISTENCE_PARTENAIRES", "HABILITATION_PARTENAIRE", "ETAT_HABILITATION",
    "ACTIF", "ACCESSIBLE_NOUVELLE_CALEDONIE", "ACCESSIBLE_POLYNESIE_FRANCAISE", "TYPE_ENREGISTREMENT",
    "VALIDATION_PARTIELLE", "VERSION_FLUX",
}  # fmt: skip
JOURNAL_DATE = "DATE_PUBLICATION_JO"


def test_every_text_of_the_real_fiches_is_in_the_record(shared: Path, readings: list[Reading]) -> None:
    """Line by line of every element: the text without white space (and without list marks) stands in some field."""
    records = {r.number: r.fiche for r in readings}
    for path in sorted((shared / "data" / "export").glob("*.xml")):
        for element in etree.parse(path).getroot().iter("FICHE"):
            record = records[element.findtext("NUMERO_FICHE")]
            held = squeezed("".join(strings(record)))
            for leaf in element.iter():
                if len(leaf) or not leaf.text or leaf.tag in WORDS_OF_TABLES or leaf.tag == JOURNAL_DATE:
                    continue
                parent = leaf.getparent()
                if parent is not None and parent.tag == "NOMENCLATURE_EUROPE":
                    continue
                for line in structure_text(leaf.text).split("\n"):
                    assert squeezed(line) in held, (record and record.number, leaf.tag, line)


def squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "-*•●")
