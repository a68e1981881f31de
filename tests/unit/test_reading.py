"""Files, folders, zips and standard input; what cannot be read to its end, and going on after it."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rncp_ld.errors import SourceError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.sources import archives, reading
from rncp_ld.sources.reading import SourceReader, export_date, read_sources


def fiche(number: int) -> str:
    return f"<FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE><INTITULE>Titre</INTITULE></FICHE>"


def export(*numbers: int) -> str:
    return f"<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>{''.join(map(fiche, numbers))}</FICHES>"


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def numbers(*paths: str) -> list[str | None]:
    return [found.number for found in read_sources(paths)]


def failure(*paths: str) -> str:
    with pytest.raises(SourceError) as caught:
        list(read_sources(paths))
    return str(caught.value)


def test_a_file_and_its_document(tmp_path: Path) -> None:
    path = write(tmp_path, "export_fiches_RNCP_V4_1_2026-08-16.xml", export(1, 2))
    reader = SourceReader([path])
    found = list(reader.readings())
    assert [r.number for r in found] == ["RNCP1", "RNCP2"]
    assert {(r.document.name, r.document.date) for r in found} == {(path, date(2026, 8, 16))}
    (document,) = reader.documents
    assert (document.name, document.series) == (path, SourceSeries.XML_V4_1)
    assert document.sha256 == hashlib.sha256(export(1, 2).encode()).hexdigest()


def test_a_text_fiche_and_an_old_export(project: Path, tmp_path: Path) -> None:
    old = write(tmp_path, "old.xml", f"<FICHES>{fiche(3)}</FICHES>")
    text = str(project / "data" / "fiches" / "rncp2383.txt")
    reader = SourceReader([text, old])
    assert [r.number for r in reader.readings()] == ["RNCP2383", "RNCP3"]
    assert [d.series for d in reader.documents] == [SourceSeries.TEXT, SourceSeries.XML_OLD]
    assert reader.documents[0].sha256 == hashlib.sha256(Path(text).read_bytes()).hexdigest()


def test_a_text_fiche_in_cp1252_is_reported(project: Path, tmp_path: Path) -> None:
    text = (project / "data" / "fiches" / "rncp2383.txt").read_text(encoding="utf-8")
    path = write(tmp_path, "a.txt", text.encode("cp1252", "replace"))
    (found,) = read_sources([path])
    assert found.number == "RNCP2383"
    assert (found.diagnostics[0].code, found.diagnostics[0].file) == ("ENCODAGE", path)


def test_a_folder_is_read_by_name_and_below(tmp_path: Path) -> None:
    write(tmp_path, "b.xml", export(2))
    write(tmp_path, "a/z.xml", export(1))
    write(tmp_path, "c.zip", zipped({"x.xml": export(3)}))
    write(tmp_path, ".hidden.xml", "<broken")
    write(tmp_path, ".git/x.xml", "<broken")
    write(tmp_path, "README.md", "# Rien ici")
    write(tmp_path, "vide.log", "")
    assert numbers(str(tmp_path)) == ["RNCP1", "RNCP2", "RNCP3"]


def test_a_folder_without_any_fiche(tmp_path: Path) -> None:
    assert failure(str(tmp_path)) == (
        f"{tmp_path}: dossier sans aucune fiche ; attendu : un export XML de France compétences (racine <FICHES>) ou un zip qui le "
        "contient, le zip de l'export CSV, une fiche texte du RNCP, ou une liste de codes (ROME, NSF, Formacode, IDCC)"
    )
    write(tmp_path, "README.md", "# Rien ici")
    said = failure(str(tmp_path))
    assert said.startswith(f"{tmp_path}: dossier sans aucune fiche ; README.md : format inconnu ; attendu :")


def test_an_empty_or_damaged_source_in_a_folder_is_no_stranger(tmp_path: Path) -> None:
    write(tmp_path, "a.xml", export(1))
    write(tmp_path, "b.xml", "")
    assert failure(str(tmp_path)) == f"{tmp_path}/b.xml: fichier vide"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "fichier vide"),
        ("Bonjour", "format inconnu ; attendu : un export XML"),
        ("<FICHES></FICHES>", "export XML sans aucune FICHE"),
        (f"<FICHES>{fiche(1)}<FICHE>", "XML tronqué"),
        (
            "Id_Fiche;Numero_Fiche\n",
            "un fichier de l'export CSV de France compétences ; attendu : le zip de ses dix fichiers",
        ),
        (zipped({}), "zip sans aucune fiche"),
        (
            zipped({"a.csv": "Id_Fiche;Numero_Fiche\n"}),
            "colonne absente : Intitule, Abrege_Libelle, ",
        ),
        (zipped({"a.txt": "Bonjour"}), "zip sans aucune fiche ; a.txt : format inconnu"),
        (zipped({"a.zip": zipped({"a.xml": export(1)})}), "zip sans aucune fiche ; a.zip : zip dans un zip"),
        (zipped({"a.xml": export(1) * 50})[:200], "zip abîmé ou tronqué"),
        (b"PK\x03\x04" + b"x" * 100, "zip abîmé ou tronqué"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = write(tmp_path, "source", content)
    place, said = failure(path).split(": ", 1)
    assert place.split(":")[0].split("!")[0] == path
    assert said.startswith(message)


def test_a_missing_file(tmp_path: Path) -> None:
    assert failure(str(tmp_path / "absent.xml")) == f"{tmp_path}/absent.xml: fichier introuvable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "folder/a.xml", export(1))
    Path(path).chmod(0)
    assert failure(path) == f"{path}: lecture refusée (droits insuffisants)"
    Path(path).parent.chmod(0)
    try:
        assert failure(str(tmp_path / "folder")) == f"{tmp_path}/folder: lecture refusée (droits insuffisants)"
    finally:
        Path(path).parent.chmod(0o755)


def test_a_folder_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert failure(str(tmp_path)) == f"{tmp_path}: lecture refusée (droits insuffisants)"


def test_a_disk_that_fails_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.xml", export(1))

    class _Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, f"Input/output error after {size}")

    monkeypatch.setattr("builtins.open", lambda *_: _Failing())
    assert failure(path) == f"{path}: erreur de lecture du disque"


# zips


def test_members_of_a_zip_are_read_by_name_and_dated_by_their_own_name(tmp_path: Path) -> None:
    members = {
        "b_2026-08-15.xml": export(2),
        "a/x.xml": export(1),
        "__MACOSX/._x.xml": "<broken",
        ".cache/x.xml": "<broken",
        "README.md": "rien",
    }
    path = write(tmp_path, "export-fiches-rncp-v4-1-2026-08-16.zip", zipped(members))
    reader = SourceReader([path])
    assert [r.number for r in reader.readings()] == ["RNCP1", "RNCP2"]
    assert [(d.name, d.date) for d in reader.documents] == [
        (f"{path}!a/x.xml", date(2026, 8, 16)),
        (f"{path}!b_2026-08-15.xml", date(2026, 8, 15)),
    ]


def test_names_in_a_zip_are_never_used_on_the_disk(tmp_path: Path) -> None:
    path = write(
        tmp_path, "in/a.zip", zipped({"../../evil.xml": export(1), "/abs.xml": export(2), "a\nb.xml": export(3)})
    )
    reader = SourceReader([path])
    assert [r.number for r in reader.readings()] == ["RNCP1", "RNCP2", "RNCP3"]
    assert [d.name for d in reader.documents] == [f"{path}!../../evil.xml", f"{path}!/abs.xml", f"{path}!a\ufffdb.xml"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xml": export(1)}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path = write(tmp_path, "a.zip", bytes(data))
    assert failure(path) == f"{path}!a.xml: protégé par un mot de passe"


def test_a_wrong_checksum_is_met_at_the_end(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xml": export(1)}, zipfile.ZIP_STORED))
    place = data.index(b"Titre")
    data[place] = ord("t")
    path = write(tmp_path, "a.zip", bytes(data))
    assert failure(path).startswith(f"{path}!a.xml: zip abîmé ou tronqué (Bad CRC-32")


def test_damaged_compressed_data(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xml": export(*range(1, 500))}))
    data[60:80] = bytes(20)
    path = write(tmp_path, "a.zip", bytes(data))
    assert failure(path).startswith(f"{path}!a.xml: zip abîmé ou tronqué")


def test_a_zip_bomb_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SUSPECT_SIZE", 2**20)
    path = write(tmp_path, "a.zip", zipped({"a.xml": b"<FICHES>" + b" " * 2**22}))
    assert failure(path).startswith(f"{path}!a.xml: refusé : 4 Mio pour ")
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 10)
    assert failure(write(tmp_path, "b.zip", zipped({"a.xml": export(1)}))).endswith("c'est sans doute un zip piégé")


def test_a_text_that_is_too_long_for_a_fiche(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_TEXT", 2**20)
    text = (project / "data" / "fiches" / "rncp2383.txt").read_text(encoding="utf-8")
    assert failure(write(tmp_path, "a.txt", text + "x" * 2**20)).endswith("fiche texte de plus de 1 Mio")


# standard input, pipes


@pytest.mark.parametrize("data", [export(1).encode(), zipped({"a.xml": export(1)})], ids=["xml", "zip"])
@pytest.mark.parametrize("is_pipe", [True, False])
def test_standard_input(data: bytes, is_pipe: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class _Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return not is_pipe

        def seek(self, offset: int, whence: int = 0, /) -> int:
            if is_pipe:
                raise OSError(29, "Illegal seek")
            return super().seek(offset, whence)

    class _Stdin:
        buffer = _Pipe(data)

    monkeypatch.setattr("sys.stdin", _Stdin)
    reader = SourceReader(["-"])
    assert [r.number for r in reader.readings()] == ["RNCP1"]
    assert reader.documents[0].name.startswith("-")
    assert reader.documents[0].sha256 == hashlib.sha256(export(1).encode()).hexdigest()


def test_a_fifo() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, export(7).encode())
    os.close(write_end)
    try:
        assert numbers(f"/dev/fd/{read_end}") == ["RNCP7"]
    finally:
        os.close(read_end)


# going on


def test_going_on_after_a_source_that_breaks_off(tmp_path: Path) -> None:
    broken = write(tmp_path, "a.xml", f"<FICHES>{fiche(1)}<FICHE>")
    absent = str(tmp_path / "absent.xml")
    good = write(tmp_path, "c.xml", export(2))
    told: list[SourceError] = []
    reader = SourceReader([broken, absent, good], keep_going=True, on_error=told.append)
    assert [r.number for r in reader.readings()] == ["RNCP1", "RNCP2"]
    assert told == reader.errors
    assert [error.file for error in told] == [broken, absent]
    assert [(d.name, bool(d.sha256)) for d in reader.documents] == [(broken, False), (good, True)]


def test_going_on_inside_a_folder_and_a_zip(tmp_path: Path) -> None:
    write(tmp_path, "a.xml", "<FICHES><FICHE>")
    write(tmp_path, "b.zip", zipped({"a.xml": "<FICHES>", "b.xml": export(2)}))
    reader = SourceReader([str(tmp_path)], keep_going=True)
    assert [r.number for r in reader.readings()] == ["RNCP2"]
    assert [error.file for error in reader.errors] == [f"{tmp_path}/a.xml", f"{tmp_path}/b.zip!a.xml"]


def test_without_it_the_first_error_ends_the_run(tmp_path: Path) -> None:
    good = write(tmp_path, "a.xml", export(1))
    found = read_sources([good, str(tmp_path / "absent.xml")])
    assert next(found).number == "RNCP1"
    with pytest.raises(SourceError, match="fichier introuvable"):
        next(found)


def test_the_same_fiche_in_two_sources_is_given_twice_with_its_places(tmp_path: Path) -> None:
    paths = [write(tmp_path, "a.xml", export(1, 1)), write(tmp_path, "b.xml", "\n" + export(1))]
    assert [(r.number, r.document.name, r.line) for r in read_sources(paths)] == [
        ("RNCP1", paths[0], 1),
        ("RNCP1", paths[0], 1),
        ("RNCP1", paths[1], 2),
    ]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("export_fiches_RNCP_V4_1_2026-08-16.xml",), date(2026, 8, 16)),
        (("2026-08-16/a.xml",), None),
        (("export_fiches_CSV_Rome_2024_02_22.csv",), date(2024, 2, 22)),
        (("2026-13-40_2025-01-02.xml",), date(2025, 1, 2)),
        (("a.xml", "x-2020-01-01.zip"), date(2020, 1, 1)),
        (("12026-08-167.xml",), None),
    ],
)
def test_dates_in_names(names: tuple[str, ...], found: date | None) -> None:
    assert export_date(*names) == found


ZIP = zipped({"a.xml": export(1, 2), "b.xml": export(3)})


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, len(ZIP)), length=st.integers(0, 30), instead=st.binary(max_size=8))
def test_a_damaged_zip_gives_readings_or_a_source_error(
    tmp_path: Path, start: int, length: int, instead: bytes
) -> None:
    path = write(tmp_path, "a.zip", ZIP[:start] + instead + ZIP[start + length :])
    try:
        list(read_sources([path]))
    except SourceError as error:
        assert str(error).startswith(path)  # noqa: PT017


# the real inputs


def test_the_real_folders(shared: Path) -> None:
    reader = SourceReader([str(shared / "data" / "export"), str(shared / "data" / "older-xml")], keep_going=True)
    found = list(reader.readings())
    assert len([r for r in found if r.fiche]) == 15
    old = [r for r in found if r.document.series is SourceSeries.XML_OLD]
    assert [[d.code for d in r.diagnostics] for r in old] == [["ENCODAGE", "VERSION-INCONNUE", "NUMERO-INVALIDE"]] * 3
    (broken,) = reader.errors
    assert broken.file.endswith("rncp-invalid.xml")
    assert "XML mal formé" in broken.message


def test_the_real_csv_export(shared: Path) -> None:
    reader = SourceReader([str(shared / "data" / "csv")])
    found = list(reader.readings())
    assert [r.number for r in found] == [
        "RNCP509", "RNCP1197", "RNCP4049", "RNCP22094", "RNCP28155", "RNCP30271", "RS5000", "RNCP19468", "RS6117",
    ]  # fmt: skip
    assert [r.line for r in found] == [*range(2, 11)]
    assert {r.document.date for r in found} == {date(2024, 2, 22)}
    assert [d.series for d in reader.documents] == [SourceSeries.CSV]


def test_standard_input_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fiches say that stand twice is compared after all were read."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(export(1).encode())))
    reader = SourceReader(["-"])
    first = [record.data for batch in reader.batches() for record in batch.records]
    assert first
    assert [record.data for batch in reader.again().batches() for record in batch.records] == first
