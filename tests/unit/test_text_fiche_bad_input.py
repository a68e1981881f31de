"""Bad fiches and what is no fiche: a diagnostic with its line, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from rncp_ld.diagnostics import Severity
from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.text_fiche import looks_like_text_fiche, read_text_fiche

FICHES = Path(__file__).parent / "fiches"
HEAD = "Résumé descriptif de la certification Code RNCP: 77\n\n### Intitulé\n\nTP: Titre professionnel Essai\n\n"


def read(text: str) -> Reading:
    return read_text_fiche(text, SourceDocument("x.txt", SourceSeries.TEXT))


def found(reading: Reading) -> set[tuple[str, int | None, str | None]]:
    return {(diagnostic.code, diagnostic.line, diagnostic.excerpt) for diagnostic in reading.diagnostics}


NO_FICHES = {
    "empty": "",
    "blank": " \n\t\n",
    "prose": "Le jury se réunit une fois par an.\nIl statue à la majorité.\n" * 40,
    "binary": "\x00\x01PK\x03\x04" * 50,
    "XML": '<?xml version="1.0"?>\n<FICHES><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE></FICHE></FICHES>',
    "CSV": "Id_Fiche;Numero_Fiche;Intitule\n1;RNCP1;Essai\n",
    "JSON": '{"Code RNCP": 2383, "Intitulé": "x"}',
    "one heading": "Statistiques :\n12 %\n",
    "one long line": "a" * 200_000,
}


@pytest.mark.parametrize("kind", NO_FICHES)
def test_no_fiche(kind: str) -> None:
    assert not looks_like_text_fiche(NO_FICHES[kind])
    reading = read(NO_FICHES[kind])
    assert reading.fiche is None
    assert reading.number is None
    assert [diagnostic.code for diagnostic in reading.diagnostics] == ["NUMERO-INVALIDE"]
    assert reading.diagnostics[0].severity is Severity.VIOLATION
    assert reading.share.read == 0


@pytest.mark.parametrize("number", ["../../x", "0", "RNCP", "12 34x", "99999999", "RNCP../etc"])
def test_a_bad_number_is_never_used(number: str) -> None:
    text = HEAD.replace("77", number)
    assert looks_like_text_fiche(text)
    reading = read(text)
    assert reading.fiche is None
    assert reading.number is None
    assert found(reading) == {("NUMERO-INVALIDE", 1, number)}


def test_without_number() -> None:
    reading = read(HEAD.replace("Code RNCP: 77", "") + "### Statistiques :\n\n12 %")
    assert reading.fiche is None
    assert [diagnostic.code for diagnostic in reading.diagnostics] == ["NUMERO-INVALIDE"]


def test_number_of_the_other_register() -> None:
    assert read(HEAD.replace("Code RNCP: 77", "Code RS : 5077")).number == "RS5077"


def test_without_title() -> None:
    reading = read(HEAD.replace("TP: Titre professionnel Essai", ""))
    assert (reading.fiche, reading.number) == (None, "RNCP77")
    assert found(reading) == {("TITRE-ABSENT", 1, None)}


def test_another_number_on_a_later_page() -> None:
    reading = read(HEAD + "Code RNCP : 78\n")
    assert reading.number == "RNCP77"
    assert found(reading) == {("TEXTE-NON-LU", 7, "78")}


def test_a_title_of_5000_characters() -> None:
    reading = read(HEAD.replace("Essai", "Essai " * 833))
    assert reading.fiche is not None
    assert len(reading.fiche.title) > 4900
    assert [diagnostic.code for diagnostic in reading.diagnostics] == ["TITRE-LONG"]


def test_faults_are_reported_with_line_and_excerpt() -> None:
    reading = read((FICHES / "fautes.txt").read_text(encoding="utf-8"))
    assert found(reading) == {
        ("HTML", 5, "<script>alert(1)</script> de nuit"),
        ("TYPE-INCONNU", 5, "XYZ: Titre mystère Veilleur <script>alert(1)</script> de nuit"),
        ("TEXTE-NON-LU", 7, "Une ligne de trop sous l'intitulé"),
        ("VALEUR-INCONNUE", 11, "IX (Nomenclature de 1969)"),
        ("VALEUR-INCONNUE", 13, "9 (Nomenclature Europe)"),
        ("CODE-INVALIDE", 17, "999z"),
        ("CODE-INVALIDE", 17, "33"),
        ("CODE-INVALIDE", 19, "123"),
        ("CODE-INVALIDE", 23, "M1700"),
        ("CODE-INVALIDE", 24, "K12"),
        ("CODE-BLOC", 29, "RNCP9301BC01"),
        ("CODE-BLOC", 30, "RNCP9301BC01"),
        ("VALEUR-INCONNUE", 32, "jusqu'à la retraite"),
        ("VALEUR-INCONNUE", 35, "En contrat d'apprentissage"),
        ("TEXTE-NON-LU", 36, "Par tirage au sort X"),
        ("VALEUR-INCONNUE", 37, "Idem"),
        ("DATE-INVALIDE", 39, "31/02/2020"),
        ("TEXTE-NON-LU", 41, "Rubrique que personne ne connaît"),
        ("TEXTE-NON-LU", 43, "Un texte sans rubrique."),
        ("URL-INVALIDE", 47, "Voir l'accueil"),
    }
    assert {text for _, text in reading.unread} == {
        "Une ligne de trop sous l'intitulé",
        "IX (Nomenclature de 1969)",
        "9 (Nomenclature Europe)",
        "jusqu'à la retraite",
        "Par tirage au sort X",
        "31/02/2020",
        "Rubrique que personne ne connaît",
        "Un texte sans rubrique.",
    }


def test_what_is_bad_is_not_published_but_codes_are_kept() -> None:
    fiche = read((FICHES / "fautes.txt").read_text(encoding="utf-8")).fiche
    assert fiche is not None
    assert fiche.title == "XYZ: Titre mystère Veilleur <script>alert(1)</script> de nuit"
    assert fiche.certification_type is None
    assert (fiche.level, fiche.level_1969, fiche.component_validity, fiche.decision_date) == (None, None, None, None)
    assert [coded.code for coded in (*fiche.nsf, *fiche.rome, *fiche.formacodes)] == [
        "999z",
        "33",
        "M1700",
        "K12",
        "123",
    ]
    assert [(item.route, item.is_open) for item in fiche.access_conditions] == [(Route.CA, None), (Route.VAE, True)]
    assert fiche.page_note == "Voir l'accueil"


def test_an_unmarked_link_is_no_equivalence() -> None:
    reading = read(HEAD + "## Liens avec d'autres certifications\n\nBTS Essai\n")
    assert reading.fiche is not None
    assert reading.fiche.equivalences == ()
    assert found(reading) == {("TEXTE-NON-LU", 9, "BTS Essai")}


def test_a_mark_without_a_column_is_no_answer() -> None:
    header = "CONDITIONS D'INSCRIPTION À LA CERTIFICATION OUI NON COMPOSITION DES JURYS\n"
    reading = read(f"{HEAD}{header}En contrat d'apprentissage X Le jury.\nPar expérience Oui Le jury.\n")
    assert reading.fiche is not None
    conditions = reading.fiche.access_conditions
    assert [(item.is_open, item.jury_composition) for item in conditions] == [(None, "Le jury."), (True, "Le jury.")]
    assert found(reading) == {("VALEUR-INCONNUE", 8, "En contrat d'apprentissage")}
