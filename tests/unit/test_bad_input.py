"""Bad input through the command: each has its message, its exit code, and no traceback (issue 2, "Bad input").

A bad value or fiche is a diagnostic and the rest is fit to publish; a source that cannot be read to its end is exit 3.
The readers have tests of their own; a full disk and a damaged ledger are in test_publication and test_ledger.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.command import run
from tests.exports import export, fiche


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def blocks(*codes: str) -> dict[str, Any]:
    rows = [{"CODE": code, "LIBELLE": f"Bloc {i}", "LISTE_COMPETENCES": "Savoir"} for i, code in enumerate(codes)]
    return {"BLOCS_COMPETENCES": {"BLOC_COMPETENCES": rows}}


def certifier(siret: str) -> dict[str, Any]:
    return {
        "CERTIFICATEURS": {
            "CERTIFICATEUR": {"SIRET_CERTIFICATEUR": siret, "NOM_CERTIFICATEUR": "École", "ETAT_CERTIFICATEUR": "Actif"}
        }
    }


GOOD = export(fiche("RNCP1"))
BOMB = '<!DOCTYPE FICHES [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@dataclass(frozen=True)
class Refused:
    """A source that cannot be read to its end: name and bytes; the message begins with the name as the user gave it."""

    name: str
    data: bytes
    message: str


REFUSED = {
    "not a fiche": Refused(
        "lettre.txt", b"Bonjour,\nmerci de votre lettre.\n", "lettre.txt: format inconnu ; attendu : un export XML"
    ),
    "a picture": Refused(
        "photo.xml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "photo.xml: format inconnu ; attendu : un export XML"
    ),
    "a PDF": Refused("fiche.pdf", b"%PDF-1.7\n", "fiche.pdf: fichier PDF ; en tirer d'abord le texte (pdftotext)"),
    "another XML": Refused(
        "x.xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.xml: XML dont la racine est <svg>"
    ),
    "an export as CSV": Refused(
        "x.csv",
        b'"Id_Fiche";"Numero_Fiche"\r\n',
        "x.csv: un fichier de l'export CSV de France compétences ; attendu : le zip",
    ),
    "empty": Refused("vide.xml", b"", "vide.xml: fichier vide"),
    "blank": Refused("blanc.txt", b" \n\n", "blanc.txt: fichier vide"),
    "truncated XML": Refused(
        "t.xml", GOOD.encode()[:-30], "t.xml:13: XML tronqué : le fichier s'arrête au milieu d'un élément"
    ),
    "no fiche in it": Refused("s.xml", export().encode(), "s.xml: export XML sans aucune FICHE"),
    "broken XML": Refused(
        "m.xml", GOOD.replace("</INTITULE>", "</TITRE>").encode(), "m.xml:7: XML mal formé : balise fermante"
    ),
    "a broken zip": Refused("e.zip", zipped("e.xml", GOOD.encode())[:-30], "e.zip: zip abîmé ou tronqué"),
    "no zip at all": Refused("e.zip", b"not a zip", "e.zip: ce n'est pas un zip, ou son début est abîmé"),
    "a zip of something else": Refused(
        "e.zip", zipped("lettre.txt", b"Bonjour"), "e.zip: zip sans aucune fiche ; lettre.txt : format inconnu"
    ),
    "a zip in a zip": Refused(
        "e.zip",
        zipped("i.zip", zipped("e.xml", GOOD.encode())),
        "e.zip: zip sans aucune fiche ; i.zip : zip dans un zip",
    ),
    "a truncated member": Refused("e.zip", zipped("e.xml", GOOD.encode()[:-30]), "e.zip!e.xml:13: XML tronqué"),
    "entities": Refused(
        "b.xml", GOOD.replace("<FICHES>", f"{BOMB}<FICHES>").encode(), "b.xml:2: déclaration DOCTYPE refusée"
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_source_that_cannot_be_read_to_its_end(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    Path(case.name).write_bytes(case.data)
    outcome = run("check", case.name)
    assert outcome.code == 3
    assert outcome.err.startswith(f"rncp-ld: {case.message}")
    assert outcome.err.count("\n") == 1
    assert outcome.out == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("absent.xml", "absent.xml: fichier introuvable"),
        ("dossier", "dossier: dossier sans aucune fiche ; attendu : un export XML"),
        ("lettres", "lettres: dossier sans aucune fiche ; a.txt : format inconnu"),
    ],
)
def test_a_place_without_a_fiche(source: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dossier").mkdir()
    Path("lettres").mkdir()
    Path("lettres/a.txt").write_text("Bonjour")
    outcome = run("check", source)
    assert (outcome.code, outcome.err.startswith(f"rncp-ld: {message}")) == (3, True), outcome.err


@dataclass(frozen=True)
class Diagnosed:
    """A bad value or fiche: what `check` prints after the file, its exit code, and what of it is published."""

    source: str | bytes
    said: str
    code: int = 0
    published: Mapping[str, str] = field(default_factory=dict)
    """SPARQL ASK → yes or no, of the publication."""


def ask(pattern: str) -> str:
    return f"PREFIX rncp: <https://w3id.org/rncp/def#> ASK {{ {pattern} }}"


ME = "<https://w3id.org/rncp/certification/RNCP1>"
AND_ANOTHER = fiche("RNCP9")

DIAGNOSED = {
    "a wrong declaration": Diagnosed(
        GOOD.replace('"UTF-8"', '"UTF-16"'),
        "1: warning ENCODAGE .* Le fichier se déclare UTF-16 ; ses octets sont de l'UTF-8.",
    ),
    "cp1252": Diagnosed(
        export(fiche("RNCP1", "Médiateur")).encode("cp1252"),
        "1: warning ENCODAGE .* Texte déclaré UTF-8 ; les octets ne sont pas de l'UTF-8, lus comme du cp1252.",
        published={ask(f'{ME} rncp:code "RNCP1" ; ?p "Médiateur"@fr'): "yes"},
    ),
    "an unknown version": Diagnosed(
        export(fiche("RNCP1"), version="9.7"),
        r" warning VERSION-INCONNUE \[VERSION_FLUX\] .* VERSION_FLUX dit « 9.7 »\.",
    ),
    "the same number twice": Diagnosed(
        export(fiche("RNCP1", "Un"), fiche("RNCP1", "Autre")),
        r"15: warning FICHE-EN-DOUBLE \[RNCP1\] .* Champs qui diffèrent : title\. \(voir source\.xml:4\)",
        published={ask(f'{ME} ?p "Un"@fr'): "yes", ask('?s ?p "Autre"@fr'): "no"},
    ),
    "an unknown NIVEAU": Diagnosed(
        export(fiche("RNCP1", NOMENCLATURE_EUROPE={"NIVEAU": "NIV12"})),
        "10: warning VALEUR-INCONNUE \\[RNCP1 NOMENCLATURE_EUROPE/NIVEAU\\] .* « NIV12 »",
        published={ask(f"{ME} rncp:level ?l"): "no"},
    ),
    "an unknown value of a route": Diagnosed(
        export(fiche("RNCP1", SI_JURY_VAE={"ACTIF": "Peut-être"})),
        r"warning VALEUR-INCONNUE \[RNCP1 SI_JURY_VAE/ACTIF\] .* « Peut-être »",
        published={ask("?a rncp:isOpen ?open"): "no"},
    ),
    "an impossible date": Diagnosed(
        export(fiche("RNCP1", DATE_EFFET="31/02/2020")),
        r"warning DATE-INVALIDE \[RNCP1 DATE_EFFET\] .* Attendu : JJ/MM/AAAA. « 31/02/2020 »",
        published={ask("?s rncp:effectiveDate ?d"): "no"},
    ),
    "an upper level of the ROME": Diagnosed(
        export(fiche("RNCP1", CODES_ROME={"ROME": [{"CODE": "K"}, {"CODE": "H12"}]})),
        r"warning CODE-INVALIDE \[RNCP1 CODES_ROME/ROME\] .* Niveau supérieur ; attendu : une lettre et quatre chiffres \(K1205\)\. « H12 »",
        published={
            ask(
                "?s rncp:rome <https://w3id.org/rncp/rome/H12> . <https://w3id.org/rncp/rome/H12> a <http://www.w3.org/2004/02/skos/core#Concept>"
            ): "yes"
        },
    ),
    "a code that is none": Diagnosed(
        export(fiche("RNCP1", CODES_ROME={"ROME": [{"CODE": "M1700", "LIBELLE": "Vieux"}]})),
        r"warning CODE-INVALIDE \[RNCP1 CODES_ROME/ROME\] .* « M1700 »",
        published={ask("<https://w3id.org/rncp/rome/M1700> a rncp:UndescribedResource"): "yes"},
    ),
    "a bloc's code that is none": Diagnosed(
        export(fiche("RNCP34160", **blocks("RNCP34160BCRNCP34160BC01"))),
        r"warning CODE-BLOC \[RNCP34160 .*\] .* « RNCP34160BCRNCP34160BC01 »",
        published={ask('?b rncp:code "RNCP34160BCRNCP34160BC01"'): "yes"},
    ),
    "a bloc's code twice": Diagnosed(
        export(fiche("RNCP34305", **blocks("RNCP34305BC04", "RNCP34305BC04"))),
        r"warning CODE-BLOC \[RNCP34305 .*\] .* « RNCP34305BC04 »",
        published={ask('?a rncp:code "RNCP34305BC04" . ?b rncp:code "RNCP34305BC04" FILTER(?a != ?b)'): "yes"},
    ),
    "a SIRET of 13 digits": Diagnosed(
        export(fiche("RNCP1", **certifier("1100440130004"))),
        r"warning SIRET-INVALIDE \[RNCP1 CERTIFICATEURS/CERTIFICATEUR/SIRET_CERTIFICATEUR\] .* « 1100440130004 »",
        published={
            ask("?s rncp:siret ?n"): "no",
            ask("?s rncp:certifier <https://w3id.org/rncp/organisation/nom-ecole>"): "yes",
        },
    ),
    "a SIRET with a wrong key": Diagnosed(
        export(fiche("RNCP1", **certifier("11004401300041"))), "warning SIRET-INVALIDE .* « 11004401300041 »"
    ),
    "markup in a title": Diagnosed(
        export(fiche("RNCP1", "<b>Chef</b> <script>alert(1)</script>")),
        r"7: info HTML \[RNCP1 INTITULE\] .* « <b>Chef</b> <script>alert\(1\)</script> »",
        published={ask(f'{ME} ?p "Chef <script>alert(1)</script>"@fr'): "yes"},
    ),
    "a title of 5,000 characters": Diagnosed(
        export(fiche("RNCP1", "x" * 5000)),
        r"7: warning TITRE-LONG \[RNCP1 INTITULE\] Intitulé de plus de 1000 caractères. Il en a 5000. « x{199}… »",
        published={ask(f"{ME} <http://purl.org/dc/terms/title> ?t FILTER(STRLEN(?t) = 5000)"): "yes"},
    ),
    "a number that is a path": Diagnosed(
        export(fiche("../../x"), AND_ANOTHER),
        r"6: violation NUMERO-INVALIDE \[NUMERO_FICHE\] .* « \.\./\.\./x »",
        code=1,
        published={ask('?s ?p "../../x"'): "no", ask('?s rncp:code "RNCP9"'): "yes"},
    ),
    "no title": Diagnosed(
        export(fiche("RNCP1", ""), AND_ANOTHER),
        r"violation TITRE-ABSENT \[RNCP1 .*\] Fiche sans intitulé",
        code=1,
        published={ask(f"{ME} ?p ?o"): "no", ask('?s rncp:code "RNCP9"'): "yes"},
    ),
    "it follows itself": Diagnosed(
        export(
            fiche(
                "RNCP1",
                NOUVELLES_CERTIFICATIONS={"NOUVELLE_CERTIFICATION": {"ID_FICHE_NOUVELLE_CERTIFICATION": "RNCP1"}},
            )
        ),
        r"4: warning SUCCESSION-CIRCULAIRE \[RNCP1 NOUVELLES_CERTIFICATIONS\] .* « RNCP1 »",
    ),
}


@pytest.mark.parametrize("name", DIAGNOSED)
def test_a_value_or_fiche_that_is_bad_is_said_and_the_rest_is_published(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = DIAGNOSED[name]
    monkeypatch.chdir(tmp_path)
    Path("source.xml").write_bytes(case.source if isinstance(case.source, bytes) else case.source.encode())
    outcome = run("build", "source.xml", "-o", "build", "-v") if case.published else run("check", "source.xml")
    assert outcome.code == case.code, outcome.err
    lines = [
        line
        for line in (outcome.out + outcome.err).splitlines()
        if re.match(rf"source\.xml:(?:\d+: )?{case.said}", line)
    ]
    assert lines, outcome.err
    for query, expected in case.published.items():
        assert run("query", query).out == f"{expected}\n", query
    assert not (tmp_path.parent / "x.html").exists()


def test_every_item_of_the_table_is_another() -> None:
    assert len({case.data + case.name.encode() for case in REFUSED.values()}) == len(REFUSED)
    assert len({str(case.source) for case in DIAGNOSED.values()}) == len(DIAGNOSED)


def test_markup_and_long_titles_on_pages(tmp_path: Path) -> None:
    source = tmp_path / "source.xml"
    titles = ("<script>alert(1)</script>", "x" * 5000, "Chef\u202e gnp.exe", "[/b] {{ 7*7 }} {% raw %}")
    source.write_text(export(*(fiche(f"RNCP{i}", title) for i, title in enumerate(titles, 1))), encoding="utf-8")
    assert run("build", source, "-o", tmp_path / "build", "-q").code == 0
    for path in (tmp_path / "build" / "site").rglob("*.html"):
        assert "<script>alert(1)" not in path.read_text(encoding="utf-8"), path
    page = (tmp_path / "build" / "site" / "certification" / "RNCP1.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    page = (tmp_path / "build" / "site" / "certification" / "RNCP4.html").read_text(encoding="utf-8")
    assert "[/b] {{ 7*7 }} {% raw %}" in page


def test_only_bad_fiches_are_no_publication(tmp_path: Path) -> None:
    source = tmp_path / "source.xml"
    source.write_text(export(fiche("../../x"), fiche("RNCP1", "")), encoding="utf-8")
    outcome = run("build", source, "-o", tmp_path / "build")
    assert outcome.code == 1
    said = outcome.err.splitlines()
    assert said[0] == "rncp-ld: no fiche is fit to publish; the last publication is unchanged"
    assert [re.search(r"violation ([A-Z-]+)", line)[1] for line in said[1:]] == ["NUMERO-INVALIDE", "TITRE-ABSENT"]  # type: ignore[index]
    assert not (tmp_path / "build" / "current").exists()
    assert run("check", source).code == 1


def test_an_output_that_is_not_ours(tmp_path: Path) -> None:
    source = tmp_path / "source.xml"
    source.write_text(GOOD, encoding="utf-8")
    (tmp_path / "these").mkdir()
    (tmp_path / "these" / "chapitre-1.odt").write_text("x")
    for out, message in (
        (tmp_path / "these", "this folder is not empty and was not made by rncp-ld; name another one with -o"),
        (source, "this is a file; the output must be a folder"),
    ):
        outcome = run("build", source, "-o", out)
        assert (outcome.code, outcome.err) == (3, f"rncp-ld: {out}: {message}\n")
    assert [path.name for path in (tmp_path / "these").iterdir()] == ["chapitre-1.odt"]


MUST_NOT_END_THE_RUN = {
    # What no IRI may be is prose in a field of addresses; the store would refuse it.
    "an impossible address": export(fiche("RNCP1", LIEN_URL_DESCRIPTION="http://example.org/%zz http://example.org:port/")),
    # Two codes that differ by case are two resources, and two files on a disk that folds case.
    "a type in two writings": export(
        fiche("RNCP1", ABREGE={"CODE": "TP"}), fiche("RNCP2", ABREGE={"CODE": "Tp"})
    ),
    "a cited bloc in two writings": export(
        fiche("RNCP1", CORRESPONDANCES={"CORRESPONDANCE": [
            {"DESTINATION": {"NUMERO_FICHE": "RNCP7", "BLOC_COMPETENCES": {"CODE": code}}} for code in ("RNCP7BC01", "rncp7bc01")
        ]})
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUST_NOT_END_THE_RUN)
def test_a_bad_value_does_not_end_the_run(name: str, tmp_path: Path) -> None:
    (tmp_path / "source.xml").write_text(MUST_NOT_END_THE_RUN[name], encoding="utf-8")
    outcome = run("build", tmp_path / "source.xml", "-o", tmp_path / "build", "-q")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / os.fsdecode(b"fich\xe9.xml")).write_text(GOOD, encoding="utf-8")
    assert run("build", folder, "-o", tmp_path / "build", "-q").code == 0
