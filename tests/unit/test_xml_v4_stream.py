"""The export as a document: streaming, encodings, versions, and documents that break off or are traps."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources import utf8_stream
from rncp_ld.sources.xml_prolog import read_prolog
from rncp_ld.sources.xml_v4 import read_xml

DOCUMENT = SourceDocument("export.xml", SourceSeries.XML_V4_1)
VERSION = "<VERSION_FLUX>4.1</VERSION_FLUX>"


def fiche(number: int, title: str = "Titre") -> str:
    return f"<FICHE>\n<NUMERO_FICHE>RNCP{number}</NUMERO_FICHE>\n<INTITULE>{title}</INTITULE>\n</FICHE>\n"


def export(*fiches: str, head: str = "<?xml version='1.0' encoding='UTF-8'?>\n", version: str = VERSION) -> str:
    return f"{head}<FICHES>\n{version}\n{''.join(fiches)}</FICHES>\n"


def read(data: bytes) -> list[Reading]:
    return list(read_xml(io.BytesIO(data), DOCUMENT))


def codes(reading: Reading) -> list[str]:
    return [d.code for d in reading.diagnostics]


def test_fiches_come_one_by_one_with_their_lines() -> None:
    readings = read(export(fiche(1), fiche(2)).encode())
    assert [(r.number, r.line) for r in readings] == [("RNCP1", 4), ("RNCP2", 8)]
    assert all(r.diagnostics == () and r.share.ratio == 1 for r in readings)


def test_lines_after_65535_are_known_too() -> None:
    """Libxml2 keeps 16 bits for the line of an element; leaves are exact, what holds elements points at its first leaf."""
    bad = "<FICHE>\n<NUMERO_FICHE>RNCP3</NUMERO_FICHE>\n<INTITULE>a\nb</INTITULE>\n<ACTIF>x</ACTIF>\n</FICHE>"
    lines = 70_000
    reading = read(export(fiche(1), "\n" * lines, bad).encode())[1]
    assert reading.line == lines + 9
    assert [d.line for d in reading.diagnostics] == [lines + 12]


class _Endless:
    """An export of many fiches that is made while it is read."""

    def __init__(self, fiches: int) -> None:
        self._parts = self._make(fiches)

    def _make(self, fiches: int) -> Iterator[bytes]:
        yield f"<FICHES>{VERSION}".encode()
        for number in range(1, fiches + 1):
            yield fiche(number, "x" * 10_000).encode()
        yield b"</FICHES>"

    def read(self, size: int = -1, /) -> bytes:
        del size
        return next(self._parts, b"")


def test_memory_does_not_grow_with_the_export() -> None:
    def peak(fiches: int) -> int:
        tracemalloc.start()
        count = sum(1 for _ in read_xml(_Endless(fiches), DOCUMENT))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == fiches
        return top

    peak(50)
    assert peak(2_000) < 2 * peak(200)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (
            "<FICHE><NUMERO_FICHE>RNCP3</NUME",
            "export.xml:8: XML tronqué : le fichier s'arrête au milieu d'un élément (",
        ),
        ("", "export.xml:8: XML tronqué : le fichier s'arrête au milieu d'un élément"),
        ("<FICHE></FICHES>", "export.xml:8: XML mal formé : balise fermante qui ne répond pas à la balise ouverte"),
        ("<FICHE>&eacute;</FICHE></FICHES>", "export.xml:8: XML mal formé : entité qui n'existe pas en XML"),
        ("</FICHES>x", "export.xml:8: XML mal formé : contenu après la fin du document"),
        ("<FICHE>&#1;</FICHE></FICHES>", "export.xml:8: XML mal formé : caractère interdit en XML"),
    ],
)
def test_a_document_that_breaks_off_gives_what_came_before(end: str, message: str) -> None:
    start = export(fiche(1)).removesuffix("</FICHES>\n")
    readings = read_xml(io.BytesIO((start + end).encode()), DOCUMENT)
    assert next(readings).number == "RNCP1"
    with pytest.raises(SourceError) as caught:
        next(readings)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE FICHES [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE FICHES SYSTEM "http://localhost:1/x.dtd">',
        '<!DOCTYPE FICHES [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!-- <FICHES> -->\n<!DOCTYPE FICHES>",
    ],
)
def test_document_types_are_refused_before_they_are_parsed(doctype: str) -> None:
    data = export(fiche(1, "&b;"), head=f"<?xml version='1.0'?>\n{doctype}\n")
    with pytest.raises(SourceError, match="déclaration DOCTYPE refusée") as caught:
        read(data.encode())
    assert caught.value.line == 2 + doctype.count("\n")


def test_a_prolog_is_read_without_a_parser() -> None:
    assert read_prolog("\n<?pi ?><!-- <a> --><b:c x='1'>").root == "b:c"
    assert read_prolog("<!-- never closed").root is None
    assert read_prolog("plain text").root is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "export.xml: fichier vide"),
        (b" \n", "export.xml: fichier vide"),
        (b"<html><body/></html>", "export.xml: la racine est <html> ; attendu : <FICHES>"),
        (b"plain", "export.xml: pas de racine XML"),
        (b"<FICHES></FICHES>", "export.xml: export XML sans aucune FICHE"),
    ],
)
def test_what_is_no_export(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, NotAFicheError) == ("racine" in message)


def test_a_fiche_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8_stream, "LONGEST_FICHE", 2**20)
    with pytest.raises(SourceError, match="plus de 1 Mio sans la fin d'une FICHE : refusé"):
        read(export(fiche(1, "x" * 2**21)).encode())


@pytest.mark.parametrize(
    ("version", "detail"),
    [
        ("", "VERSION_FLUX est absent, comme dans des exports d'avant la V4."),
        ("<VERSION_FLUX>5.0</VERSION_FLUX>", "VERSION_FLUX dit « 5.0 »."),
    ],
)
def test_an_unknown_version_is_reported_once(version: str, detail: str) -> None:
    readings = read(export(fiche(1), fiche(2), version=version).encode())
    assert [codes(r) for r in readings] == [["VERSION-INCONNUE"], []]
    assert detail in readings[0].diagnostics[0].message


@pytest.mark.parametrize("version", ["1", "2.0", "3_0", "3.1", "4.0", "4.2"])
def test_known_versions_are_nothing_to_report(version: str) -> None:
    readings = read(export(fiche(1), version=f"<VERSION_FLUX>{version}</VERSION_FLUX>").encode())
    assert codes(readings[0]) == []


def test_what_stands_between_the_fiches_is_reported_with_a_fiche_beside_it() -> None:
    data = export("<DATE>2026</DATE>", fiche(1), "stray", fiche(2), "<FIN>9</FIN>")
    first, second = read(data.encode())
    assert codes(first) == ["ELEMENT-INCONNU"]
    assert first.unread[0][1] == "2026"
    assert codes(second) == ["ELEMENT-INCONNU", "TEXTE-NON-LU"]
    assert {text for _, text in second.unread} == {"stray", "9"}
    assert second.share.read < second.share.total


def test_one_fiche_may_be_the_root() -> None:
    (reading,) = read(fiche(1).encode())
    assert (reading.number, codes(reading)) == ("RNCP1", ["VERSION-INCONNUE"])


TITLE = "Médiateur « été » – œuvre"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (export(fiche(1, TITLE)).encode(), []),
        (b"\xef\xbb\xbf" + export(fiche(1, TITLE)).encode(), []),
        (export(fiche(1, TITLE), head="<?xml version='1.0' encoding='UTF-16'?>\n").encode("utf-16"), []),
        (export(fiche(1, TITLE), head="").encode("utf-16-be"), []),
        (export(fiche(1, TITLE), head="<?xml version='1.0' encoding='windows-1252'?>\n").encode("cp1252"), []),
        (export(fiche(1, TITLE), head="<?xml version='1.0' encoding='ISO-8859-1'?>\n").encode("cp1252"), []),
        (export(fiche(1, TITLE), head="<?xml version='1.0' encoding='UTF-16'?>\n").encode(), ["ENCODAGE"]),
        (export(fiche(1, TITLE), head="<?xml version='1.0' encoding='x-none'?>\n").encode(), ["ENCODAGE"]),
        (export(fiche(1, TITLE), head="<?xml version='1.0' encoding='ISO-8859-1'?>\n").encode(), ["ENCODAGE"]),
        (export(fiche(1, TITLE)).encode("cp1252"), ["ENCODAGE"]),
    ],
    ids=[
        "utf-8",
        "bom",
        "utf-16",
        "utf-16 bare",
        "cp1252",
        "latin-1",
        "not utf-16",
        "unknown",
        "not latin-1",
        "not utf-8",
    ],
)
def test_the_bytes_decide_the_encoding(data: bytes, found: list[str]) -> None:
    (reading,) = read(data)
    assert reading.fiche is not None
    assert reading.fiche.title == TITLE
    assert codes(reading) == found


def test_bytes_that_are_no_utf8_far_from_the_head_are_read_as_cp1252() -> None:
    start = export(fiche(1, "é" * 60_000)).removesuffix("</FICHES>\n").encode()
    readings = read(start + fiche(2, "été").encode("cp1252") + b"</FICHES>")
    assert readings[1].fiche is not None
    assert readings[1].fiche.title == "été"
    (found,) = [d for reading in readings for d in reading.diagnostics if d.code == "ENCODAGE"]
    assert "Octets qui ne sont pas de l'UTF-8, lus comme du cp1252." in found.message
    assert found.line == 10


def test_nul_and_control_characters_are_replaced_and_reported() -> None:
    (reading,) = read(export(fiche(1, "a\0b\x0bc")).encode())
    assert reading.fiche is not None
    assert reading.fiche.title == "a\ufffdb\ufffdc"
    assert [(d.code, d.line) for d in reading.diagnostics] == [("CARACTERE", 6), ("CARACTERE", 6)]


WHOLE = export(fiche(1, TITLE), fiche(2), "<!-- x --><FICHE><CODES_ROME><ROME/></CODES_ROME></FICHE>").encode()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_bytes_give_readings_or_a_source_error(start: int, length: int, instead: bytes) -> None:
    damaged = WHOLE[:start] + instead + WHOLE[start + length :]
    try:
        for reading in read_xml(io.BytesIO(damaged), DOCUMENT):
            assert reading.share.read <= reading.share.total
    except SourceError as error:
        assert str(error).startswith("export.xml")  # noqa: PT017
