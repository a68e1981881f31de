"""Formats and encodings are told by content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.sources.decoding import HEAD, Encoding, decide_encoding, decode_text
from rncp_ld.sources.detection import Format, detect

V4 = "<FICHES><VERSION_FLUX>4.1</VERSION_FLUX><FICHE>"


def a_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.xml", V4)
    return data.getvalue()


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (V4.encode(), Format.XML_V4),
        (f"\ufeff<?xml version='1.0'?>\n<!-- x -->{V4}".encode(), Format.XML_V4),
        (V4.encode("utf-16"), Format.XML_V4),
        (b"<?xml version='1.0' encoding='UTF-16'?><FICHES><FICHE>", Format.XML_OTHER),
        (b"<FICHES><VERSION_FLUX>3.0</VERSION_FLUX>", Format.XML_OTHER),
        (b"<FICHE><NUMERO_FICHE>", Format.XML_OTHER),
        (b"<!DOCTYPE FICHES [<!ENTITY a 'a'>]><FICHES>", Format.XML_OTHER),
        (a_zip(), Format.ZIP),
        (b'"Id_Fiche";"Numero_Fiche";"Intitule"\r\n', Format.CSV),
        (b"Numero_Fiche;Si_Jury\n", Format.CSV),
        (b"\x1f\x8b\x08", Format.GZIP),
        (b'"code_rome","code_ogr","libelle_rome","code_rome_parent"\n', Format.NOMENCLATURE),
        ("\ufeffIDCC;Opérateur de compétences;Libellé;obs\r\n".encode(), Format.NOMENCLATURE),
        (b"code;level;parent;label_decree_or_lheo;label_in_rncp_export_2020;fiches_2020\n", Format.NOMENCLATURE),
        (b"letter;family;label\n", Format.NOMENCLATURE),
        (b"11001;THEORIE GRAPHES;th\xc3\xa9orie graphes;DOM;110 MATHEMATIQUES;;;;;;;;;;\n", Format.NOMENCLATURE),
        (b"99001;INTER-REGIONALE;inter-r\xc3\xa9gionale;OUT$AIR", Format.NOMENCLATURE),
        (b"<?xml version='1.0' encoding='iso-8859-15'?>\n<ogr>\n<item_arborescence>", Format.NOMENCLATURE),
    ],
)
def test_formats(head: bytes, form: Format) -> None:
    assert detect(head, "whatever.bin") is form


def test_the_text_fiche_that_ships_with_the_project(project: Path) -> None:
    data = (project / "data" / "fiches" / "rncp2383.txt").read_bytes()
    assert detect(data, "x") is Format.TEXT_FICHE
    assert detect(data.decode().encode("utf-16"), "x") is Format.TEXT_FICHE


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"<html><body>", "XML dont la racine est <html> ; attendu : un export XML de France compétences"),
        (b"<!DOCTYPE html><html>", "page HTML ou XML sans racine reconnue ; attendu :"),
        (b"%PDF-1.7", "fichier PDF ; en tirer d'abord le texte (pdftotext) ; attendu :"),
        (b"Bonjour,\nvoici autre chose.\n", "format inconnu ; attendu : un export XML de France compétences"),
        (b'{"a": 1}', "format inconnu ; attendu :"),
        (b"niveau_europe;code_export;niveau_1969;exemple\n", "correspondance de niveaux, qui n'est pas une liste"),
        (b"code;label;n_2020-09;n_2021-01\n", "types de certification observés, qui ne sont pas une nomenclature"),
        (b"code;label;broader;source\n3;Services;;x\n", "format inconnu ; attendu :"),
        (b'"code_ogr","libelle_appellation_long","code_rome"\n', "format inconnu ; attendu :"),
        (bytes(range(256)), "format inconnu ; attendu :"),
    ],
)
def test_what_is_no_fiche_says_what_was_expected(head: bytes, message: str) -> None:
    with pytest.raises(NotAFicheError) as caught:
        detect(head, "dossier/x")
    assert str(caught.value).startswith(f"dossier/x: {message}")


@pytest.mark.parametrize(("head", "name", "message"), [
    (b"", "x.xml", "x.xml: fichier vide"),
    (b"\n \n", "x.txt", "x.txt: fichier vide"),
    (b"no zip", "x.ZIP", "x.ZIP: ce n'est pas un zip, ou son début est abîmé"),
])  # fmt: skip
def test_what_is_damaged(head: bytes, name: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        detect(head, name)
    assert str(caught.value) == message
    assert not isinstance(caught.value, NotAFicheError)


@given(st.binary(max_size=200))
def test_any_bytes_have_a_format_or_a_message(head: bytes) -> None:
    try:
        assert detect(head, "x") in Format
    except SourceError as error:
        assert str(error).startswith("x: ")  # noqa: PT017


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"abc", Encoding("utf-8")),
        ("é".encode(), Encoding("utf-8")),
        (b"x" * (HEAD - 1) + b"\xc3", Encoding("utf-8")),  # a character cut by the end of the head
        (b"\xef\xbb\xbfabc", Encoding("utf-8", 3)),
        (b"\xff\xfea\0", Encoding("utf-16-le", 2)),
        (b"\xff\xfe\0\0", Encoding("utf-32-le", 4)),
        (b"<\0a\0", Encoding("utf-16-le")),
        (b"<?xml version='1.0' encoding='iso-8859-1'?>\xe9", Encoding("cp1252")),
        (b"<?xml version='1.0' encoding='iso-8859-15'?>\xa4", Encoding("iso8859-15")),
    ],
)
def test_encodings_without_a_problem(head: bytes, encoding: Encoding) -> None:
    assert decide_encoding(head) == encoding


@pytest.mark.parametrize(
    ("head", "name", "problem"),
    [
        (
            b"<?xml version='1.0' encoding='UTF-16'?>",
            "utf-8",
            "Le fichier se déclare UTF-16 ; ses octets sont de l'UTF-8.",
        ),
        (b"<?xml version='1.0' encoding='hex'?>", "utf-8", "Le fichier se déclare hex ; ses octets sont de l'UTF-8."),
        (
            b"caf\xe9 cr\xe8me",
            "cp1252",
            "Texte sans déclaration ; les octets ne sont pas de l'UTF-8, lus comme du cp1252.",
        ),
        (
            b"<?xml version='1.0' encoding='utf-8'?>\xe9<",
            "cp1252",
            "Texte déclaré utf-8 ; les octets ne sont pas de l'UTF-8",
        ),
    ],
)
def test_encodings_with_a_problem(head: bytes, name: str, problem: str) -> None:
    found = decide_encoding(head)
    assert found.name == name
    assert (found.problem or "").startswith(problem)


def test_a_text_in_cp1252_is_read_and_reported() -> None:
    decoded = decode_text("Médiateur – « œuvre »\r\nsuite\r".encode("cp1252"), "a.txt")
    assert decoded.text == "Médiateur – « œuvre »\nsuite\n"
    assert [(d.code, d.file) for d in decoded.diagnostics] == [("ENCODAGE", "a.txt")]


def test_odd_characters_of_a_text_are_reported_with_their_lines() -> None:
    decoded = decode_text("a\nb\ufffd\ufffd\0\n\x81".encode(), "a.txt")
    assert [(d.code, d.line) for d in decoded.diagnostics] == [("CARACTERE", 2), ("CARACTERE", 3)]
    assert "U+FFFD ×2, U+0000." in decoded.diagnostics[0].message
    assert "\0" in decoded.text


@given(st.binary(max_size=300))
def test_any_bytes_decode_to_text(data: bytes) -> None:
    assert isinstance(decode_text(data, "x").text, str)
