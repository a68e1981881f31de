"""The CSV export beside the XML export: the same value gives the same triples, and of one fiche in both the record is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.reading import Reading
from rncp_ld.pipeline import Options, build, check
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.terms import Triple
from rncp_ld.sources.reading import SourceReader
from rncp_ld.store.store import GraphStore
from tests.csv_exports import Rows, standard, write_csv_zip
from tests.exports import Element, fiche, write_export

IRIS = Iris()
SIRET = "11004401300040"
DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"


def triples(*readings: Reading) -> set[Triple]:
    """Everything that the graph says of fiches, but from which series they were read."""
    facts = [facts_of(reading, reading.fiche) for reading in readings if reading.fiche]
    register, _ = link(facts, Nomenclature())
    said = [t for reading in readings if reading.fiche for t in map_fiche(reading.fiche, IRIS)]
    return {t for t in (*said, *map_register(register, IRIS)) if t[1] != DERIVED}


def coded(*pairs: tuple[str, str]) -> list[dict[str, Element]]:
    return [{"CODE": code, "LIBELLE": label} for code, label in pairs]


IN_XML: dict[str, Element] = {
    "ABREGE": {"CODE": "TP", "LIBELLE": "Titre professionnel"},
    "NOMENCLATURE_EUROPE": {"NIVEAU": "NIV4", "LIBELLE": "Niveau 4"},
    "ACCESSIBLE_NOUVELLE_CALEDONIE": "Non",
    "ACCESSIBLE_POLYNESIE_FRANCAISE": "Oui",
    "DATE_DERNIER_JO": "25/01/2002",
    "DATE_DECISION": "26/01/2002",
    "DATE_FIN_ENREGISTREMENT": "31/12/2006",
    "DATE_EFFET": "31/02/2002",
    "TYPE_ENREGISTREMENT": "Enregistrement sur demande",
    "VALIDATION_PARTIELLE": "Oui",
    "ACTIF": "Non",
    "CCN_1": {"NUMERO": "3109", "LIBELLE": "Métallurgie"},
    "CCN_2": {"NUMERO": "0018", "LIBELLE": "Convention collective nationale des industries textiles"},
    "CODES_NSF": {"NSF": coded(("332t", "Aide, écoute"), ("33", "Services aux personnes"))},
    "FORMACODES": {"FORMACODE": coded(("42872", "Sécurité incendie"), ("x1", "Rien"))},
    "CODES_ROME": {"ROME": coded(("H1102", "Management et ingénierie d'affaires"), ("M1700", "Vieux"))},
    "CERTIFICATEURS": {
        "CERTIFICATEUR": [
            {"SIRET_CERTIFICATEUR": SIRET, "NOM_CERTIFICATEUR": "MINISTERE"},
            {"SIRET_CERTIFICATEUR": "123", "NOM_CERTIFICATEUR": "L'école & Cie"},
        ]
    },
    "PARTENAIRES": {
        "PARTENAIRE": [
            {"NOM_PARTENAIRE": "ALYRA", "SIRET_PARTENAIRE": SIRET, "HABILITATION_PARTENAIRE": "HABILITATION_ORGA_FORM"},
            {"NOM_PARTENAIRE": "ORSYS", "HABILITATION_PARTENAIRE": "HABILITATION_FORMER"},
        ]
    },
    "BLOCS_COMPETENCES": {"BLOC_COMPETENCES": coded(("RNCP1BC02", "Deux"), ("RNCP1BC01", "Un"), ("01", "/"))},
    "ANCIENNES_CERTIFICATIONS": {"ANCIENNE_CERTIFICATION": {"ID_FICHE_ANCIENNE_CERTIFICATION": "RNCP9"}},
    "NOUVELLES_CERTIFICATIONS": {"NOUVELLE_CERTIFICATION": {"ID_FICHE_NOUVELLE_CERTIFICATION": "RS7"}},
    "SI_JURY_CA": {"ACTIF": "Oui"},
    "SI_JURY_VAE": {"ACTIF": "Oui"},
}
IN_CSV: Rows = {
    "Standard": [
        standard(
            "RNCP1", "Luthier", Id_Fiche="1", Abrege_Libelle="TP", Abrege_Intitule="Titre professionnel",
            Accessible_Nouvelle_Caledonie="Non", Accessible_Polynesie_Francaise="Oui", Date_dernier_jo="25/01/2002",
            Date_Decision="26/01/2002", Date_Fin_Enregistrement="31/12/2006", Date_Effet="31/02/2002",
            Type_Enregistrement="Enregistrement sur demande", Validation_Partielle="Oui", Actif="INACTIVE",
        )
    ],
    "CCN": [("RNCP1", "3109", "Métallurgie", "0018", "Convention collective nationale des industries textiles", "", "")],
    "Nsf": [("RNCP1", "33", "33 : Services aux personnes"), ("RNCP1", "332t", "332t : Aide, écoute")],
    "Formacode": [("RNCP1", "42872", "42872 : Sécurité incendie"), ("RNCP1", "x1", "x1 : Rien")],
    "Rome": [("RNCP1", "H1102", "Management et ingénierie d''affaires"), ("RNCP1", "M1700", "Vieux")],
    "Certificateurs": [("RNCP1", f"\t{SIRET}", "MINISTERE"), ("RNCP1", "\t123", "L'école & Cie")],
    "Partenaires": [
        ("RNCP1", "ORSYS", "", "HABILITATION_FORMER"),
        ("RNCP1", "ALYRA", f"\t{SIRET}", "HABILITATION_ORGA_FORM"),
    ],
    "Blocs_De_Compétences": [("RNCP1", "RNCP1BC02", "Deux"), ("RNCP1", "RNCP1BC01", "Un"), ("RNCP1", "01", "/")],
    "Ancienne_Nouvelle_Certification": [("RNCP1", "RNCP9", "RS7")],
    "VoixdAccès": [("RNCP1", "Par expérience"), ("RNCP1", "En contrat d’apprentissage")],
}  # fmt: skip


def without(what: str) -> dict[str, Element]:
    return {tag: content for tag, content in IN_XML.items() if tag != what}


def test_a_fiche_in_both_forms_gives_the_same_triples(tmp_path: Path) -> None:
    of_fiche = {"ETAT_FICHE": ""}  # the one element of the small fiche that the CSV has no column for
    (xml,) = SourceReader([str(write_export(tmp_path, fiche("RNCP1", "Luthier", **of_fiche, **IN_XML)))]).readings()
    (csv,) = SourceReader([str(write_csv_zip(tmp_path, IN_CSV))]).readings()
    assert triples(csv) == triples(xml)
    assert len(triples(csv)) > 120
    apostrophe = {"APOSTROPHE"}
    assert sorted(d.code for d in csv.diagnostics if d.code not in apostrophe) == sorted(
        d.code for d in xml.diagnostics
    )


@pytest.mark.parametrize("tag", IN_XML)
def test_the_comparison_can_fail(tag: str, tmp_path: Path) -> None:
    path = write_export(tmp_path, fiche("RNCP1", "Luthier", **{"ETAT_FICHE": "", **without(tag)}))
    (xml,) = SourceReader([str(path)]).readings()
    (csv,) = SourceReader([str(write_csv_zip(tmp_path, IN_CSV))]).readings()
    may_be_equal = {"NOMENCLATURE_EUROPE", "DATE_EFFET"}  # the small fiche has the level; the date is impossible
    assert (triples(csv) == triples(xml)) == (tag in may_be_equal)


def test_the_real_fiche_that_is_in_both_exports(shared: Path) -> None:
    """RS5000 in the CSV of 2024 and the XML of 2026: what the CSV says is what the XML says, but for what changed since."""
    csv, xml = (
        next(r for r in SourceReader([str(shared / "data" / where)]).readings() if r.number == "RS5000")
        for where in ("csv", "export")
    )
    assert csv.fiche is not None
    assert xml.fiche is not None
    only_csv = {
        (p.rpartition("#")[2][:-1], o) for s, p, o in {*map_fiche(csv.fiche, IRIS)} - {*map_fiche(xml.fiche, IRIS)}
    }
    assert {name for name, _ in only_csv} == {"wasDerivedFrom", "decisionDate", "isActive", "notAccessibleIn"}


def sources(folder: Path, *, csv_day: str, xml_day: str) -> list[str]:
    in_xml = fiche("RNCP1", "Luthier", **IN_XML, SI_JURY_FI={"ACTIF": "Non"}, ACTIVITES_VISEES="Il répare.")
    return [
        str(write_csv_zip(folder, IN_CSV, day=csv_day)),
        str(write_export(folder, in_xml, day=xml_day)),
    ]


@pytest.mark.parametrize(
    ("csv_day", "xml_day", "kept"),
    [
        ("2026-08-16", "2026-08-16", "xml-v4-1"),  # of one day: XML over CSV
        ("2026-08-15", "2026-08-16", "xml-v4-1"),
        ("2026-08-17", "2026-08-16", "csv"),  # the newest first
    ],
)
def test_which_record_describes_the_fiche(csv_day: str, xml_day: str, kept: str, tmp_path: Path) -> None:
    out = tmp_path / "build"
    for order in (slice(None), slice(None, None, -1)):
        report = build(sources(tmp_path, csv_day=csv_day, xml_day=xml_day)[order], out, Options())
        store = GraphStore.open(out / "store")
        about = store.describe("<https://w3id.org/rncp/certification/RNCP1>")
        assert {o for _, p, o in about if p == DERIVED} == {f"<https://w3id.org/rncp/source/{kept}>"}
        (said,) = [d for d in report.diagnostics if d.code == "SOURCE-ECARTEE"]
        fields = said.message.partition("n'a pas servi.")[2].strip()
        expected = "Champs que seule celle-ci donne : status, targetedActivities." if kept == "csv" else ""
        assert fields == expected, "the CSV says less of routes and partners, and nothing else"


def test_what_differs_beside_a_csv_is_what_it_could_say(tmp_path: Path) -> None:
    csv, xml = sources(tmp_path, csv_day="2026-08-16", xml_day="2026-08-16")
    rows: Rows = {
        **IN_CSV,
        "Partenaires": IN_CSV["Partenaires"][:1],
        "VoixdAccès": [],
        "Rome": [("RNCP1", "K1205", "")],
    }
    write_csv_zip(tmp_path, rows)
    (said,) = [d for d in check([csv, xml], Options()).diagnostics if d.code == "SOURCE-ECARTEE"]
    assert said.message.endswith("Champs qui diffèrent : rome, partnerships.")


def test_the_page_does_not_show_what_is_wrong_with_the_rows_of_the_other_record(tmp_path: Path) -> None:
    """What was said of the CSV's ten files is of the record that was put aside."""
    out = tmp_path / "build"
    report = build(sources(tmp_path, csv_day="2026-08-15", xml_day="2026-08-16"), out, Options())
    in_csv = [d for d in report.diagnostics if d.file and "_CSV_Formacode_" in d.file]
    assert [d.code for d in in_csv] == ["CODE-INVALIDE"]
    assert in_csv[0] not in set(report.about_what_is_published())


def test_a_defect_that_a_shape_sees_too_is_said_once(tmp_path: Path) -> None:
    rows: Rows = {"Standard": [standard()], "Rome": [("RNCP1", "H12", "Vente")]}
    path = write_csv_zip(tmp_path, rows)
    found = [d for d in check([str(path)], Options()).diagnostics if "H12" in (d.excerpt or "")]
    assert [(d.code, d.path, d.result is not None) for d in found] == [("CODE-INVALIDE", "Rome", True)]


def test_the_catalogue_names_the_series_and_its_day(tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([str(write_csv_zip(tmp_path, IN_CSV))], out, Options())
    home = (out / "site" / "index.html").read_text(encoding="utf-8")
    assert "Export CSV du RNCP et du RS" in home or "export CSV du RNCP et du RS" in home
    assert 'datetime="2026-08-16"' in home
    (document,) = json.loads((out / "report.json").read_text(encoding="utf-8"))["documents"]
    assert document["name"].endswith("export-fiches-csv-2026-08-16.zip!export_fiches_CSV_Standard_2026_08_16.csv")
