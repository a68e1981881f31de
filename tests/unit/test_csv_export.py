"""The CSV export: ten files become fiches; every oddity of its writing (notes on the input formats, section 2) and what is said of it."""

from __future__ import annotations

import hashlib
import pickle
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import (
    AccessCondition,
    Coded,
    CollectiveAgreement,
    CompetenceBlock,
    Fiche,
    Habilitation,
    Organisation,
    Partnership,
    RegistrationType,
    Territory,
)
from rncp_ld.model.reading import Reading
from rncp_ld.sources.csv_export import CsvExport, Layout, read_rows
from rncp_ld.sources.csv_export.files import FILES, KEY, columns_of
from rncp_ld.sources.reading import SourceReader
from tests.csv_exports import COLUMNS, InMemory, Rows, csv_files, standard, write_csv_folder, write_csv_zip

SIRET = "11004401300040"


def read(folder: Path, rows: Rows) -> list[Reading]:
    return list(SourceReader([str(write_csv_zip(folder, rows))]).readings())


def only(folder: Path, rows: Rows) -> tuple[Fiche, list[tuple[str, str | None, str | None]]]:
    """Read an export of one fiche; return it with code, path and excerpt of what was said."""
    (reading,) = read(folder, rows)
    assert reading.fiche is not None
    return reading.fiche, [(d.code, d.path, d.excerpt) for d in reading.diagnostics]


def test_the_table_has_the_columns_of_the_export() -> None:
    assert {file: set(columns) for file, columns in COLUMNS.items()} == {file: set(columns_of(file)) for file in FILES}
    assert all(columns[0] == KEY for file, columns in COLUMNS.items() if file != "Standard")


def test_the_main_file(tmp_path: Path) -> None:
    row = standard(
        "RNCP509", "Agent vérificateur", Id_Fiche="14791", Abrege_Libelle="CAP",
        Abrege_Intitule="Certificat d'aptitude professionnelle", Accessible_Nouvelle_Caledonie="Non",
        Accessible_Polynesie_Francaise="Oui", Date_dernier_jo="25/01/2002", Date_Decision="26/01/2002",
        Date_Fin_Enregistrement="31/12/2006", Date_Effet="27/01/2002", Type_Enregistrement="Enregistrement de droit",
        Validation_Partielle="Non", Actif="INACTIVE",
    )  # fmt: skip
    fiche, said = only(tmp_path, {"Standard": [row]})
    assert fiche == Fiche(
        "RNCP509", SourceSeries.CSV, "Agent vérificateur", "14791",
        certification_type=Coded("CAP", "Certificat d'aptitude professionnelle"), is_active=False, level="4",
        accessible_in=(Territory.FRENCH_POLYNESIA,), not_accessible_in=(Territory.NEW_CALEDONIA,),
        last_journal_date=date(2002, 1, 25), decision_date=date(2002, 1, 26), registration_end=date(2006, 12, 31),
        effective_date=date(2002, 1, 27), registration_type=RegistrationType.BY_RIGHT, partial_validation=False,
    )  # fmt: skip
    assert said == []


def test_the_other_files(tmp_path: Path) -> None:
    fiche, said = only(tmp_path, {
        "Standard": [standard()],
        "CCN": [("RNCP1", "3117", "Boulangerie", "", "", "16", "Transports routiers")],
        "Nsf": [("RNCP1", "332t", "332t : Aide, écoute"), ("RNCP1", "114b", "114b : Modèles ; Informatique")],
        "Formacode": [("RNCP1", "42872", "42872 : Sécurité incendie")],
        "Rome": [("RNCP1", "K1205", "Information sociale")],
        "Certificateurs": [("RNCP1", f"\t{SIRET}", "MINISTERE")],
        "Partenaires": [("RNCP1", "ALYRA", f"\t{SIRET}", "HABILITATION_ORGA_FORM"), ("RNCP1", "ORSYS", "", "HABILITATION_FORMER")],
        "Blocs_De_Compétences": [("RNCP1", "RNCP1BC02", "Deux"), ("RNCP1", "RNCP1BC01", "Un")],
        "Ancienne_Nouvelle_Certification": [("RNCP1", "RNCP9", "RS6117"), ("RNCP1", "RNCP8", "")],
    })  # fmt: skip
    assert fiche.collective_agreements == (
        CollectiveAgreement("3117", False, "Boulangerie"), CollectiveAgreement("16", False, "Transports routiers"),
    )  # fmt: skip
    assert fiche.nsf == (Coded("332t", "Aide, écoute"), Coded("114b", "Modèles ; Informatique"))
    assert (fiche.formacodes, fiche.rome) == (
        (Coded("42872", "Sécurité incendie"),), (Coded("K1205", "Information sociale"),),
    )  # fmt: skip
    assert [c.organisation for c in fiche.certifiers] == [Organisation("MINISTERE", SIRET)]
    assert fiche.partnerships == (
        Partnership(Organisation("ALYRA", SIRET), Habilitation.TRAIN_AND_ASSESS),
        Partnership(Organisation("ORSYS"), Habilitation.TRAIN),
    )
    assert fiche.blocks == (CompetenceBlock("RNCP1BC02", 1, "Deux"), CompetenceBlock("RNCP1BC01", 2, "Un"))
    assert (fiche.predecessors, fiche.successors) == (("RNCP9", "RNCP8"), ("RS6117",))
    assert said == []


def test_routes_are_sentences_and_only_the_open_ones_are_named(tmp_path: Path) -> None:
    sentences = ("Par expérience", "En contrat d’apprentissage", "APRES UN PARCOURS DE FORMATION CONTINUE")
    fiche, said = only(tmp_path, {"Standard": [standard()], "VoixdAccès": [("RNCP1", one) for one in sentences]})
    assert fiche.access_conditions == tuple(AccessCondition(route, True) for route in (Route.CA, Route.FC, Route.VAE))
    assert said == []


def test_a_sentence_that_names_no_route_is_kept(tmp_path: Path) -> None:
    rows = [("RNCP1", "Par correspondance"), ("RNCP1", "Par expérience"), ("RNCP1", "Par expérience")]
    (reading,) = read(tmp_path, {"Standard": [standard()], "VoixdAccès": rows})
    said = [(d.code, d.path, d.line, d.excerpt) for d in reading.diagnostics]
    assert said == [
        ("VALEUR-INCONNUE", "VoixdAccès/Si_Jury", 2, "Par correspondance"),
        ("LIGNE-EN-DOUBLE", "VoixdAccès/Si_Jury", 4, "Par expérience"),
    ]
    assert reading.unread == ((0, "Par correspondance"),)
    assert reading.share.total - reading.share.read == len("Parcorrespondance")


def test_doubled_apostrophes_are_single_ones_and_said_once_per_file(tmp_path: Path) -> None:
    fiche, said = only(tmp_path, {
        "Standard": [standard()],
        "Rome": [("RNCP1", "H1102", "Management et ingénierie d''affaires"), ("RNCP1", "K1205", "L''aide d''autrui")],
        "Certificateurs": [("RNCP1", "", r"L\'école ''Alpha''")],
    })  # fmt: skip
    assert [one.label for one in fiche.rome] == ["Management et ingénierie d'affaires", "L'aide d'autrui"]
    assert fiche.certifiers[0].organisation.name == "L'école ''Alpha''"  # quotation marks are none
    assert said == [("APOSTROPHE", None, None)] * 2


def test_a_label_that_starts_with_another_code_is_not_the_label_of_this_one(tmp_path: Path) -> None:
    fiche, said = only(tmp_path, {
        "Standard": [standard()],
        "Nsf": [("RNCP1", "332t", "333 : Enseignement"), ("RNCP1", "114B", "114b : Modèles"), ("RNCP1", "326", "Informatique : réseaux")],
    })  # fmt: skip
    assert fiche.nsf == (Coded("332t"), Coded("114b", "Modèles"), Coded("326", "Informatique : réseaux"))
    assert said == [("VALEUR-INCONNUE", "Nsf/Nsf_Intitule", "333 : Enseignement")]


def test_newlines_and_quotes_inside_a_title(tmp_path: Path) -> None:
    rows: Rows = {
        "Standard": [standard("RNCP1", 'Chef\r\nde "projet"\nweb'), standard("RNCP2")],
        "Nsf": [("RNCP2", "xyz", "")],
    }
    first, second = read(tmp_path, rows)
    assert first.fiche is not None
    assert first.fiche.title == 'Chef de "projet" web'
    assert [(first.line, second.line)] == [(2, 5)]
    assert first.diagnostics == ()


def test_places_are_files_lines_and_columns(tmp_path: Path) -> None:
    rows: Rows = {
        "Standard": [standard("RNCP1", Date_Effet="31/02/2020"), standard("RNCP2", "")],
        "Rome": [("RNCP2", "K1205", ""), ("RNCP1", "H12", "Vente"), ("RNCP1", "K1205", ""), ("RNCP1", "K1205", "")],
        "Partenaires": [("RNCP1", "A", "\t123", "HABILITATION_FORMER"), ("RNCP1", "", "", "HABILITATION_FORMER")],
        "CCN": [("RNCP1", "a1", "Métallurgie", "", "", "", "")],
    }
    said = [d for reading in read(tmp_path, rows) for d in reading.diagnostics]
    assert {(d.code, d.path, (d.file or "").rpartition("_CSV_")[2].removesuffix("_2026_08_16.csv"), d.line) for d in said} == {
        ("DATE-INVALIDE", "Standard/Date_Effet", "Standard", 2),
        ("TITRE-ABSENT", "Standard", "Standard", 3),
        ("CODE-INVALIDE", "Rome", "Rome", 3),
        ("LIGNE-EN-DOUBLE", "Rome", "Rome", 5),
        ("SIRET-INVALIDE", "Partenaires/Siret_Partenaire", "Partenaires", 2),
        ("TEXTE-NON-LU", "Partenaires", "Partenaires", 3),
        ("CODE-INVALIDE", "CCN", "CCN", 2),
    }  # fmt: skip


def test_rows_of_a_fiche_may_stand_anywhere(tmp_path: Path) -> None:
    rows: Rows = {
        "Standard": [standard("RNCP2"), standard("RNCP1")],
        "Rome": [("RNCP1", "K1205", ""), ("RNCP2", "K1206", ""), ("RNCP 1", "K1207", "")],
    }
    found = [(r.number, [c.code for c in r.fiche.rome] if r.fiche else None) for r in read(tmp_path, rows)]
    assert found == [("RNCP2", ["K1206"]), ("RNCP1", ["K1205", "K1207"])]


def test_successions_of_several_fiches_are_each_said_once(tmp_path: Path) -> None:
    pairs = [("RNCP1", old, new) for old in ("RNCP8", "RNCP9") for new in ("RNCP2", "RNCP3")]
    fiche, said = only(tmp_path, {"Standard": [standard()], "Ancienne_Nouvelle_Certification": [*pairs, pairs[0]]})
    assert (fiche.predecessors, fiche.successors) == (("RNCP8", "RNCP9"), ("RNCP2", "RNCP3"))
    assert [code for code, _, _ in said] == ["LIGNE-EN-DOUBLE"]


def test_the_document_is_all_ten_files(tmp_path: Path) -> None:
    files = csv_files({"Standard": [standard()]}, day="2026_08_15")
    path = write_csv_zip(tmp_path, files)
    reader = SourceReader([str(path)])
    (reading,) = reader.readings()
    (document,) = reader.documents
    assert document.name == f"{path}!export_fiches_CSV_Standard_2026_08_15.csv"
    assert (document.series, document.date) == (
        SourceSeries.CSV,
        date(2026, 8, 15),
    )  # of the files, a day before the zip
    assert document.sha256 == hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()
    assert set(document.others) == {f"{path}!{name}" for name in files} - {document.name}
    assert reading.document == document


def test_active_is_judged_on_the_day_of_the_export(tmp_path: Path) -> None:
    _, said = only(tmp_path, {"Standard": [standard(Date_Fin_Enregistrement="15/08/2026")]})
    assert said == [("ACTIVE-EXPIREE", "Standard/Actif", None)]


def test_a_folder_of_the_ten_files_is_read_too(tmp_path: Path) -> None:
    files = csv_files({"Standard": [standard("RNCP5")]})
    write_csv_folder(tmp_path / "a", files)
    write_csv_folder(tmp_path / "b", {unicodedata.normalize("NFD", name): data for name, data in files.items()})
    (tmp_path / "a" / "notes.csv").write_text("nom;prénom\n")
    reader = SourceReader([str(tmp_path)])
    assert [(r.number, r.document.name) for r in reader.readings()] == [
        ("RNCP5", f"{tmp_path}/{folder}/export_fiches_CSV_Standard_2026_08_16.csv") for folder in "ab"
    ]


def test_files_are_told_by_their_columns_whatever_they_are_called(tmp_path: Path) -> None:
    files = csv_files({"Standard": [standard("RNCP5")], "Nsf": [("RNCP5", "332", "332 : Travail social")]})
    path = write_csv_zip(tmp_path, {f"{i}.csv": data for i, data in enumerate(files.values())})
    (reading,) = SourceReader([str(path)]).readings()
    assert reading.fiche is not None
    assert reading.fiche.nsf == (Coded("332", "Travail social"),)


@pytest.mark.parametrize("codec", ["cp1252", "utf-8-sig", "utf-16"])
def test_other_encodings(codec: str, tmp_path: Path) -> None:
    files = csv_files({"Standard": [standard("RNCP1", "Médiateur")]})
    main = "export_fiches_CSV_Standard_2026_08_16.csv"
    (reading,) = SourceReader(
        [str(write_csv_zip(tmp_path, {**files, main: files[main].decode().encode(codec)}))]
    ).readings()
    assert reading.fiche is not None
    assert reading.fiche.title == "Médiateur"
    assert [(d.code, d.line) for d in reading.diagnostics] == ([("ENCODAGE", 1)] if codec == "cp1252" else [])


def test_odd_characters_are_kept_and_said(tmp_path: Path) -> None:
    fiche, said = only(tmp_path, {"Standard": [standard("RNCP1", "M\ufffddiateur \x01")]})
    assert fiche.title == "M\ufffddiateur \ufffd"
    assert said == [("CARACTERE", None, None), ("CARACTERE", "Standard/Intitule", "M\ufffddiateur \ufffd")]


def test_rows_travel_to_another_process(tmp_path: Path) -> None:
    """What a parallel build does: records of rows are pickled, and read elsewhere."""
    rows: Rows = {"Standard": [standard("RNCP1"), standard("RNCP2")], "Rome": [("RNCP2", "K1205", "Aide")]}
    path = write_csv_zip(tmp_path, rows)
    here = list(SourceReader([str(path)]).readings())
    with_rows = CsvExport([InMemory(name, data) for name, data in csv_files(rows).items()], "x")
    layout, sent = pickle.loads(pickle.dumps((with_rows.layout(here[0].document), list(with_rows.fiches()))))
    assert isinstance(layout, Layout)
    there = [read_rows(layout, one) for one in sent]
    assert [r.fiche for r in there] == [r.fiche for r in here]


def test_the_content_of_rows_does_not_tell_where_they_stand() -> None:
    """What an incremental build knows a fiche by."""
    alone: Rows = {"Standard": [standard("RNCP1")], "Rome": [("RNCP1", "K1205", "Aide")]}
    among: Rows = {
        "Standard": [standard("RNCP2"), standard("RNCP1")],
        "Rome": [("RNCP2", "K1206", ""), ("RNCP1", "K1205", "Aide")],
    }
    other: Rows = {**alone, "Rome": [("RNCP1", "K1205", "Aides")]}
    contents = []
    for rows in (alone, among, other):
        export = CsvExport([InMemory(name, data) for name, data in csv_files(rows).items()], "x")
        contents += [one.content for one in export.fiches() if one.number == "RNCP1"]
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]
