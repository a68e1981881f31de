"""Bad CSV exports: what ends the run names the file and what was expected; what is one row's fault is that row's alone."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rncp_ld.diagnostics import Severity
from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.reading import Reading
from rncp_ld.sources import archives
from rncp_ld.sources.csv_export import text
from rncp_ld.sources.reading import SourceReader
from tests.command import run
from tests.csv_exports import csv_files, csv_row, standard, write_csv_folder, write_csv_zip

GOOD = csv_files(
    {
        "Standard": [standard("RNCP1"), standard("RNCP2")],
        "Nsf": [("RNCP1", "332t", "332t : Aide")],
        "Rome": [("RNCP1", "K1205", "Information"), ("RNCP2", "K1206", "Intervention")],
    }
)


def name_of(file: str) -> str:
    return f"export_fiches_CSV_{file}_2026_08_16.csv"


def changed(file: str, data: bytes | None) -> dict[str, bytes]:
    """Return the good export with one file changed, or without it."""
    files = {**GOOD, name_of(file): data or b""}
    return files if data is not None else {name: one for name, one in files.items() if name != name_of(file)}


def without_column(file: str, column: str) -> bytes:
    rows = [line.split(";") for line in GOOD[name_of(file)].decode().splitlines()]
    at = rows[0].index(f'"{column}"')
    return "".join(";".join([*row[:at], *row[at + 1 :]]) + "\r\n" for row in rows).encode()


NSF = GOOD[name_of("Nsf")]
REFUSED: Mapping[str, tuple[dict[str, bytes], str]] = {
    "a missing file": (
        changed("Nsf", None),
        ": export CSV incomplet : il manque le fichier Nsf (colonnes Numero_Fiche;Nsf_Code;Nsf_Intitule)",
    ),
    "no main file": (changed("Standard", None), ": export CSV incomplet : il manque le fichier Standard (colonnes "),
    "a missing column": (
        changed("Nsf", without_column("Nsf", "Nsf_Intitule")),
        "!export_fiches_CSV_Nsf_2026_08_16.csv:1: colonne absente : Nsf_Intitule ; attendu : Numero_Fiche;Nsf_Code;Nsf_Intitule",
    ),
    "rows without their fiche": (
        changed("Nsf", without_column("Nsf", "Numero_Fiche")),
        "!export_fiches_CSV_Nsf_2026_08_16.csv:1: colonne absente : Numero_Fiche ; attendu : ",
    ),
    "a column twice": (
        changed("Nsf", NSF.replace(b'"Nsf_Code"', b'"Nsf_Code";"Nsf_Code"')),
        "!export_fiches_CSV_Nsf_2026_08_16.csv:1: colonne présente deux fois : Nsf_Code",
    ),
    "commas": (
        changed("Nsf", NSF.replace(b";", b",")),
        "!export_fiches_CSV_Nsf_2026_08_16.csv:1: cellules séparées par « , » ; attendu : « ; »",
    ),
    "the same file twice": (
        {**GOOD, "autre.csv": NSF},
        "!export_fiches_CSV_Nsf_2026_08_16.csv: deuxième fichier Nsf de l'export CSV (le premier : ",
    ),
    "an empty file": (changed("Nsf", b""), "!export_fiches_CSV_Nsf_2026_08_16.csv: fichier vide"),
    "no fiche": (
        changed("Standard", GOOD[name_of("Standard")].split(b"\n")[0] + b"\n"),
        "!export_fiches_CSV_Standard_2026_08_16.csv: export CSV sans aucune fiche",
    ),
    "cut inside a cell": (
        changed("Rome", GOOD[name_of("Rome")][:-6]),
        "!export_fiches_CSV_Rome_2026_08_16.csv:3: CSV tronqué : le fichier s'arrête au milieu de sa dernière ligne",
    ),
    "cut between cells": (
        changed("Rome", GOOD[name_of("Rome")][: -len('"Intervention"\r\n') - 1]),
        "!export_fiches_CSV_Rome_2026_08_16.csv:3: CSV tronqué",
    ),
    "a quote that is never closed": (
        changed("Rome", GOOD[name_of("Rome")].replace(b'Intervention"', b"Intervention")),
        "!export_fiches_CSV_Rome_2026_08_16.csv:3: guillemet ouvert et jamais fermé",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_export_that_cannot_be_read(case: str, tmp_path: Path) -> None:
    files, message = REFUSED[case]
    path = write_csv_zip(tmp_path, files)
    outcome = run("check", path)
    assert outcome.err.startswith(f"rncp-ld: {path}{message}"), outcome.err
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)


def test_a_file_of_the_export_alone_says_what_is_expected(tmp_path: Path) -> None:
    path = write_csv_folder(tmp_path, GOOD) / name_of("Standard")
    with pytest.raises(NotAFicheError, match="attendu : le zip de ses dix fichiers, ou leur dossier"):
        list(SourceReader([str(path)]).readings())


def test_a_folder_without_one_of_the_files(tmp_path: Path) -> None:
    folder = write_csv_folder(tmp_path / "csv", changed("Rome", None))
    with pytest.raises(SourceError) as caught:
        list(SourceReader([str(tmp_path)]).readings())
    assert str(caught.value).startswith(f"{folder}: export CSV incomplet : il manque le fichier Rome (")


def test_a_table_of_ones_own_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "mes-fiches.csv").write_text("Numero_Fiche;remarque\nRNCP1;à voir\n", encoding="utf-8")
    (tmp_path / "titres.csv").write_text("Intitule\nLuthier\n", encoding="utf-8")
    with pytest.raises(NotAFicheError) as caught:
        list(SourceReader([str(tmp_path)]).readings())
    assert "titres.csv : format inconnu" in str(caught.value)
    write_csv_folder(tmp_path / "export", GOOD)
    assert [r.number for r in SourceReader([str(tmp_path)]).readings()] == ["RNCP1", "RNCP2"]


def test_a_truncated_zip(tmp_path: Path) -> None:
    path = write_csv_zip(tmp_path, GOOD)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="zip abîmé ou tronqué"):
        list(SourceReader([str(path)]).readings())


def test_a_damaged_member(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in GOOD.items():
            archive.writestr(name, data)
    path.write_bytes(path.read_bytes().replace(b"332t : Aide", b"332t : Aidx"))
    with pytest.raises(SourceError) as caught:
        list(SourceReader([str(path)]).readings())
    assert str(caught.value).startswith(f"{path}!{name_of('Nsf')}: zip abîmé ou tronqué (Bad CRC-32")


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv_zip(tmp_path, GOOD)
    monkeypatch.setattr(text, "LARGEST_FILE", 40)
    with pytest.raises(SourceError, match=r"fichier CSV de plus de 0 Mio : refusé"):
        list(SourceReader([str(path)]).readings())
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 10)
    with pytest.raises(SourceError, match="zip piégé"):
        list(SourceReader([str(path)]).readings())


def test_going_on_after_an_export_that_cannot_be_read(tmp_path: Path) -> None:
    broken = write_csv_zip(tmp_path, changed("Nsf", None))
    good = write_csv_zip(tmp_path, GOOD, day="2026-08-17")
    reader = SourceReader([str(broken), str(good)], keep_going=True)
    assert [r.number for r in reader.readings()] == ["RNCP1", "RNCP2"]
    assert [error.file for error in reader.errors] == [str(broken)]
    assert len(reader.documents) == 1


def read(folder: Path, file: str, data: bytes) -> list[Reading]:
    return list(SourceReader([str(write_csv_zip(folder, changed(file, data)))]).readings())


def said(readings: list[Reading]) -> list[tuple[str, int | None, str | None, str]]:
    return [(d.code, d.line, d.fiche, d.message.partition("gardée ici. ")[2]) for r in readings for d in r.diagnostics]


@pytest.mark.parametrize(
    ("row", "detail"),
    [
        (b'"RNCP1";"K1205"\r\n', "2 cellules ; attendu : 3."),
        (b'"RNCP1";"K1205";"Information";"de trop"\r\n', "4 cellules ; attendu : 3."),
        (b'"RNCP1";"K1205";"Infor"mation"\r\n', "guillemets mal fermés ; attendu : 3."),
        (b'"RNCP1";"K1205";"Information\r\n', "guillemets mal fermés ; attendu : 3."),
    ],
)
def test_a_bad_row_is_kept_and_the_others_are_read(row: bytes, detail: str, tmp_path: Path) -> None:
    header, *rows = GOOD[name_of("Rome")].splitlines(keepends=True)
    more = csv_row(("RNCP1", "K1207", "Suite")).encode()
    first, second = read(tmp_path, "Rome", b"".join((header, row, *rows, more)))
    assert first.fiche is not None
    assert [c.code for c in first.fiche.rome] == ["K1205", "K1207"]
    assert second.fiche is not None
    assert second.fiche.rome
    assert said([first, second]) == [("LIGNE-INVALIDE", 2, "RNCP1", detail)]
    assert [kept for _, kept in first.unread] == [row.decode().strip()]
    assert first.share.total - first.share.read == len("".join(row.decode().split()))


def test_blank_cells_that_are_too_many_and_blank_rows_say_nothing(tmp_path: Path) -> None:
    data = GOOD[name_of("Rome")].replace(b'"Information"', b'"Information";;""') + b"\r\n;;\r\n"
    readings = read(tmp_path, "Rome", data)
    assert [(len(r.fiche.rome) if r.fiche else 0, r.diagnostics) for r in readings] == [(1, ()), (1, ())]


def test_a_bad_row_of_the_main_file_keeps_its_fiche_out(tmp_path: Path) -> None:
    header, first, second = GOOD[name_of("Standard")].splitlines(keepends=True)
    path = write_csv_zip(tmp_path, changed("Standard", header + first[:-40] + b"\r\n" + second))
    lost, kept = SourceReader([str(path)]).readings()
    assert kept.fiche is not None
    assert (lost.fiche, lost.number) == (None, "RNCP1")
    assert [(d.code, d.severity, d.line) for d in lost.diagnostics] == [("LIGNE-INVALIDE", Severity.VIOLATION, 2)]
    assert {text for _, text in lost.unread} == {
        first[:-40].decode(),
        '"RNCP1";"332t";"332t : Aide"',
        '"RNCP1";"K1205";"Information"',
    }
    assert lost.share.read == 0
    assert run("check", path, "-q").code == 1


def test_rows_of_a_fiche_that_the_main_file_lacks_are_kept(tmp_path: Path) -> None:
    data = GOOD[name_of("Rome")] + b'"RNCP7";"K1207";"Autre"\r\n"RNCP7";"K1208";""\r\n"??";"K1209";""\r\n'
    readings = read(tmp_path, "Rome", data)
    assert [r.number for r in readings] == ["RNCP1", "RNCP2"]
    found = [(d.code, d.line, d.fiche, d.path, d.excerpt) for d in readings[-1].diagnostics]
    assert found == [
        ("LIGNE-ORPHELINE", 4, "RNCP7", "Rome", '"RNCP7";"K1207";"Autre"'),
        ("LIGNE-ORPHELINE", 6, None, "Rome", '"??";"K1209";""'),
    ]
    assert "2 dans ce fichier ; ici la première." in readings[-1].diagnostics[0].message
    assert len(readings[-1].unread) == 3
    assert readings[-1].share.total - readings[-1].share.read == sum(
        map(len, ('"RNCP7";"K1207";"Autre"', '"RNCP7";"K1208";""', '"??";"K1209";""'))
    )


def test_a_number_that_is_none(tmp_path: Path) -> None:
    rows = {"Standard": [standard("../../x"), standard("", Id_Fiche="7"), standard("RNCP3")]}
    bad, none, good = SourceReader([str(write_csv_zip(tmp_path, rows))]).readings()
    assert [(r.fiche, r.number) for r in (bad, none)] == [(None, None)] * 2
    assert [(d.code, d.path, d.line, d.excerpt) for r in (bad, none) for d in r.diagnostics] == [
        ("NUMERO-INVALIDE", "Standard/Numero_Fiche", 2, "../../x"),
        ("NUMERO-INVALIDE", "Standard", 3, None),
    ]
    assert good.number == "RNCP3"


def test_the_same_fiche_twice_in_the_main_file(tmp_path: Path) -> None:
    twice = standard("RNCP1", "Titre")
    rows = {"Standard": [twice, twice, standard("RNCP1", "Autre", Actif="INACTIVE")]}
    (reading,) = SourceReader([str(write_csv_zip(tmp_path, rows))]).readings()
    assert reading.fiche is not None
    assert reading.fiche.title == "Titre"
    assert [(d.code, d.line) for d in reading.diagnostics] == [("LIGNE-EN-DOUBLE", 3), ("FICHE-EN-DOUBLE", 4)]
    assert "Colonnes qui diffèrent : Intitule, Actif." in reading.diagnostics[1].message
    assert [text for _, text in reading.unread] == ["1 RNCP1 Autre NIV4 Niveau 4 INACTIVE"]


def test_a_column_and_a_file_that_nobody_knows(tmp_path: Path) -> None:
    data = b"".join(
        line.replace(b"\r\n", b';"' + more + b'"\r\n')
        for line, more in zip(GOOD[name_of("Rome")].splitlines(keepends=True), (b"Neuf", b"a", b"b"), strict=True)
    )
    files = {
        **changed("Rome", data),
        "export_fiches_CSV_Neuf_2026_08_16.csv": b'"Numero_Fiche";"Neuf"\r\n"RNCP1";"x"\r\n',
    }
    first, second = SourceReader([str(write_csv_zip(tmp_path, files))]).readings()
    assert [(d.code, d.path, d.line, d.excerpt) for d in (*first.diagnostics, *second.diagnostics)] == [
        ("FICHIER-INCONNU", None, 1, "Numero_Fiche;Neuf"),
        ("ELEMENT-INCONNU", "Rome/Neuf", 2, "a"),
        ("ELEMENT-INCONNU", "Rome/Neuf", 3, "b"),
    ]
    assert (first.unread, second.unread) == (((0, "a"),), ((0, "b"),))


def test_wrong_words_and_damaged_copies(tmp_path: Path) -> None:
    """A copy in circulation is of cp1252 with m/d/yy dates and triplicated rows (notes, section 5)."""
    row = standard("RNCP1", "Métiers", Actif="PEUT-ETRE", Date_Effet="8/16/26", Nomenclature_Europe_Niveau="NIV99")
    files = csv_files({"Standard": [row] * 3, "Rome": [("RNCP1", "K1205", "")] * 3})
    damaged = {name: data.decode().encode("cp1252") for name, data in files.items()}
    (reading,) = SourceReader([str(write_csv_zip(tmp_path, damaged))]).readings()
    assert reading.fiche is not None
    assert reading.fiche.title == "Métiers"
    assert sorted(d.code for d in reading.diagnostics) == [
        "DATE-INVALIDE", "ENCODAGE", *["LIGNE-EN-DOUBLE"] * 4, "VALEUR-INCONNUE", "VALEUR-INCONNUE", "VALEUR-INCONNUE",
    ]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(sorted(GOOD)),
    start=st.integers(0, 200),
    length=st.integers(0, 12),
    instead=st.binary(max_size=6),
)
def test_a_damaged_file_gives_readings_or_a_source_error(
    file: str, start: int, length: int, instead: bytes, tmp_path: Path
) -> None:
    data = GOOD[file]
    path = write_csv_zip(tmp_path, {**GOOD, file: data[:start] + instead + data[start + length :]})
    try:
        readings = list(SourceReader([str(path)]).readings())
    except SourceError as error:
        assert str(error).startswith(str(path))  # noqa: PT017
    else:
        assert all(r.share.read <= r.share.total for r in readings)
        assert all(r.share.read >= 0 for r in readings)
        for r in readings:
            assert (r.share.read == r.share.total) == (not r.unread), r
