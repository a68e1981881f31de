"""Types of certifications at the start of titles."""

from __future__ import annotations

import pytest

from rncp_ld.model.fiche import Coded
from rncp_ld.sources.certification_titles import parse_certification_mention, split_labelled_line, split_title_line
from rncp_ld.sources.code_tables import certification_types


@pytest.mark.parametrize(
    ("line", "code", "label", "title"),
    [
        ("TP: Titre professionnel Technicien(ne)", "TP", "Titre professionnel", "Technicien(ne)"),
        ("tp : TITRE PROFESSIONNEL Soudeur", "TP", "TITRE PROFESSIONNEL", "Soudeur"),
        ("TP: Soudeur", "TP", None, "Soudeur"),
        ("Licence Professionnelle : Licence professionnelle X : Y", "Licence Professionnelle", "Licence professionnelle", "X : Y"),
        ("BTSA: Brevet de technicien supérieur agricole Vigne", "BTSA", "Brevet de technicien supérieur agricole", "Vigne"),
        ("BP: Brevet professionnel de la jeunesse", "BP", "Brevet professionnel", "de la jeunesse"),
        ("MC5: Mention complémentaire Vendeur", "MC5", "Mention complémentaire", "Vendeur"),
        ("CAPD: Capacité en droit", "CAPD", "Capacité en droit", "Capacité en droit"),
        ("BPJEPS : Brevet professionnel de la jeunesse, de l'éducation populaire et du sport, spécialité voile", "BPJEPS",
         "Brevet professionnel de la jeunesse, de l'éducation populaire et du sport", "spécialité voile"),
        ("Autre: Autre certification professionnelle de droit Pilote", "Autre",
         "Autre certification professionnelle de droit", "Pilote"),
        ("Licence Pro : Licence professionnelle X", "Licence Professionnelle", "Licence professionnelle", "X"),
        ("Bac pro: Baccalauréat professionnel Cuisine", "BAC PRO", "Baccalauréat professionnel", "Cuisine"),
        ("CQP : Certificat de qualification professionnelle (CQP) Vendeur", "CQP", "Certificat de qualification professionnelle",
         "Vendeur"),
    ],
)  # fmt: skip
def test_title_lines(line: str, code: str, label: str | None, title: str) -> None:
    assert split_title_line(line) == (Coded(code, label), title)


@pytest.mark.parametrize("line", ["", "Soudeur", "XYZ: Soudeur", "Manager : conseil", "TP:", ": x", "TP Soudeur"])
def test_lines_without_a_known_type(line: str) -> None:
    assert split_title_line(line) is None


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("LP : Licence professionnelle X", ("LP", Coded("Licence Professionnelle", "Licence professionnelle"), "X")),
        ("DEASS: Diplôme d'État de soutien", ("DEASS", Coded("DE", "Diplôme d'État"), "de soutien")),
        ("MAST : Master Histoire", ("MAST", Coded("MASTER", "Master"), "Histoire")),
        ("Expert : Master class", None),
        ("MC : Mention complémentaire Vendeur", None),
        ("XYZ: Titre mystère", None),
        ("LP : Licence professionnelle", None),
        ("Une abréviation qui n'en est pas une : Licence professionnelle X", None),
        ("Licence professionnelle X", None),
    ],
)
def test_an_unknown_abbreviation_before_a_known_label(line: str, split: tuple[str, Coded, str] | None) -> None:
    assert split_title_line(line) is None
    assert split_labelled_line(line) == split


def test_every_type_is_split_from_its_own_line() -> None:
    for entry in certification_types():
        assert split_title_line(f"{entry.code}: {entry.label} Essai") == (Coded(entry.code, entry.label), "Essai")


@pytest.mark.parametrize(
    ("verbatim", "kind", "title", "is_generic"),
    [
        ("Baccalauréat professionnel « services de proximité »", "BAC PRO", "services de proximité", False),
        ("BAC PRO Services", "BAC PRO", "Services", False),
        ("Bac pro services", "BAC PRO", "services", False),
        ("BPJEPS toutes spécialités", "BPJEPS", None, True),
        ("BPJEPS, toutes les mentions", "BPJEPS", None, True),
        ("Tous les BTS", "BTS", None, True),
        ("Tout baccalauréat professionnel", "BAC PRO", None, True),
        ("BTS", "BTS", None, True),
        ("Licence professionnelle Métiers du livre", "Licence Professionnelle", "Métiers du livre", False),
        ("Licences professionnelles", "Licence Professionnelle", None, True),
        ("Licence de droit", "LICENCE", "de droit", False),
        ("Diplôme d'État de moniteur-éducateur", "DE", "de moniteur-éducateur", False),
        ("Brevet professionnel agricole Vigne", "BPA", "Vigne", False),
        ("Mention complémentaire Vendeur", None, "Vendeur", False),
        ("Master2 informatique", None, "Master2 informatique", False),
        ("Médiateur(trice) social(e)", None, "Médiateur(trice) social(e)", False),
        ("RNCP28288 - TP Médiateur", "TP", "Médiateur", False),
        ("Autre certification professionnelle de droit Pilote", None, "Pilote", False),
        ("Autre diplôme", None, "Autre diplôme", False),
    ],
)
def test_mentions(verbatim: str, kind: str | None, title: str | None, *, is_generic: bool) -> None:
    mention = parse_certification_mention(verbatim, 3, "Certification suivante")
    assert (mention.verbatim, mention.position, mention.source_path) == (verbatim, 3, "Certification suivante")
    assert (mention.certification_type, mention.title, mention.is_generic) == (kind, title, is_generic)
