"""The ten files of the CSV export: which column stands for which element of the XML export V4.1."""

from __future__ import annotations

from collections.abc import Mapping

KEY = "Numero_Fiche"
"""The column that every file has: which fiche a row is about."""

STANDARD = "Standard"
"""The main file: a fiche is what has a row there."""

ROUTE = "Si_Jury"
"""The column that holds the sentence of an open access route; the other routes are not named."""

SUCCESSION = "Ancienne_Nouvelle_Certification"
"""The file of which a row may name one fiche before and one after: with several of each, a number stands in several rows."""

FILES: Mapping[str, Mapping[str, str]] = {
    STANDARD: {
        "Id_Fiche": "ID_FICHE",
        KEY: "NUMERO_FICHE",
        "Intitule": "INTITULE",
        "Abrege_Libelle": "ABREGE/CODE",
        "Abrege_Intitule": "ABREGE/LIBELLE",
        "Nomenclature_Europe_Niveau": "NOMENCLATURE_EUROPE/NIVEAU",
        "Nomenclature_Europe_Intitule": "NOMENCLATURE_EUROPE/LIBELLE",
        "Accessible_Nouvelle_Caledonie": "ACCESSIBLE_NOUVELLE_CALEDONIE",
        "Accessible_Polynesie_Francaise": "ACCESSIBLE_POLYNESIE_FRANCAISE",
        "Date_dernier_jo": "DATE_DERNIER_JO",
        "Date_Decision": "DATE_DECISION",
        "Date_Fin_Enregistrement": "DATE_FIN_ENREGISTREMENT",
        "Date_Effet": "DATE_EFFET",
        "Type_Enregistrement": "TYPE_ENREGISTREMENT",
        "Validation_Partielle": "VALIDATION_PARTIELLE",
        "Actif": "ACTIF",
    },
    SUCCESSION: {
        "Ancienne_Certification": "ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION",
        "Nouvelle_Certification": "NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION",
    },
    "Nsf": {"Nsf_Code": "CODES_NSF/NSF/CODE", "Nsf_Intitule": "CODES_NSF/NSF/LIBELLE"},
    "Rome": {"Codes_Rome_Code": "CODES_ROME/ROME/CODE", "Codes_Rome_Libelle": "CODES_ROME/ROME/LIBELLE"},
    "Formacode": {
        "Formacode_Code": "FORMACODES/FORMACODE/CODE",
        "Formacode_Libelle": "FORMACODES/FORMACODE/LIBELLE",
    },
    "CCN": {
        f"Ccn_{i}_{column}": f"CCN_{i}/{tag}" for i in (1, 2, 3) for column, tag in (("Numero", "NUMERO"), ("Libelle", "LIBELLE"))
    },
    "Certificateurs": {
        "Siret_Certificateur": "CERTIFICATEURS/CERTIFICATEUR/SIRET_CERTIFICATEUR",
        "Nom_Certificateur": "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR",
    },
    "Partenaires": {
        "Nom_Partenaire": "PARTENAIRES/PARTENAIRE/NOM_PARTENAIRE",
        "Siret_Partenaire": "PARTENAIRES/PARTENAIRE/SIRET_PARTENAIRE",
        "Habilitation_Partenaire": "PARTENAIRES/PARTENAIRE/HABILITATION_PARTENAIRE",
    },
    "Blocs_De_Compétences": {
        "Bloc_Competences_Code": "BLOCS_COMPETENCES/BLOC_COMPETENCES/CODE",
        "Bloc_Competences_Libelle": "BLOCS_COMPETENCES/BLOC_COMPETENCES/LIBELLE",
    },
    "VoixdAccès": {ROUTE: "SI_JURY_*/ACTIF"},
}  # fmt: skip
"""File → column → path below FICHE. A row of a file is one element of each path, but its container ("CODES_NSF") is shared."""

REPEATED_CODES: Mapping[str, str] = {"Nsf_Intitule": "Nsf_Code", "Formacode_Libelle": "Formacode_Code"}
"""Columns whose label starts with the code of another column: "251 : Mécanique générale"."""

WORDS: Mapping[str, Mapping[str, str]] = {"Actif": {"ACTIVE": "Oui", "INACTIVE": "Non"}}
"""Column → its words → those of the XML export."""


def columns_of(file: str) -> frozenset[str]:
    """Return the columns that a file must have.

    >>> sorted(columns_of("Nsf"))
    ['Nsf_Code', 'Nsf_Intitule', 'Numero_Fiche']
    """
    return frozenset({KEY, *FILES[file]})
