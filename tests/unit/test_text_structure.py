"""Paragraphs and list items from runs of spaces; competences from lists. Phrases are of our own, forms of real fiches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.sources.competence_lists import ListSplit, split_list
from rncp_ld.sources.text_structure import collapse, structure_text


@pytest.mark.parametrize(
    ("raw", "structured"),
    [
        # soft wraps of a word processor
        ("des idées   dans le cadre", "des idées dans le cadre"),
        ("un séjour à   Paris   et à l'   ENSATT", "un séjour à Paris et à l' ENSATT"),
        ("des notes  360° et   2 avis", "des notes 360° et 2 avis"),
        ("le choix  (option web)  ; la suite", "le choix (option web) ; la suite"),
        # runs of four and more, newlines
        ("Un.    deux      trois", "Un.\n\ndeux\n\ntrois"),
        ("Un.\ndeux\r\ntrois\n\n\nquatre", "Un.\n\ndeux\n\ntrois\n\nquatre"),
        # runs of two before a capital, or a digit after the end of a clause
        ("une année  Double diplôme  Filière", "une année\n\nDouble diplôme\n\nFilière"),
        ("trois.  2 membres", "trois.\n\n2 membres"),
        ("Le jury.   « Expert »", "Le jury.\n\n« Expert »"),
        # list marks
        ("Il fait :        * ceci ;      * cela", "Il fait :\n\n* ceci ;\n* cela"),
        ("Composé de :  - un président  - deux membres", "Composé de :\n\n- un président\n- deux membres"),
        ("● Un    ● Deux    Enfin, trois", "● Un\n● Deux\n\nEnfin, trois"),
        ("o un  o deux", "o un\no deux"),
        ("A1C1. Évaluer    A1C2.Apprécier", "A1C1. Évaluer\nA1C2.Apprécier"),
        ("C.1. Organiser      C.10. Conduire", "C.1. Organiser\nC.10. Conduire"),
        ("A5.C1. Un    A4C1 Deux    A1 – Trois", "A5.C1. Un\nA4C1 Deux\nA1 – Trois"),
        ("1.1 Recueillir    1.1.1 Auditer", "1.1 Recueillir\n1.1.1 Auditer"),
        ("1) un    2) deux    a) trois", "1) un\n2) deux\na) trois"),
        ("1° De professeurs ;    2° De membres", "1° De professeurs ;\n2° De membres"),
        # a mark and its own item
        ("- un    -   Conduire une analyse", "- un\n- Conduire une analyse"),
        ("* C1. Un      * C2.  Développer", "* C1. Un\n* C2. Développer"),
        ("3.1  Organiser    3.1.2. Configurer", "3.1 Organiser\n3.1.2. Configurer"),
        ("- un  -  Deux", "- un\n- Deux"),
        # a list after a phrase that no full stop ends
        ("Bonjour   - un   - deux", "Bonjour\n\n- un\n- deux"),
        ("Il sait   – lire   – écrire   – compter", "Il sait\n\n– lire\n– écrire\n– compter"),
        ("Le stage   – obligatoire   – dure un mois", "Le stage – obligatoire – dure un mois"),
        ("Bac + 2   - admission   Concours   - sur titre", "Bac + 2 - admission\n\nConcours - sur titre"),
        # codes without a sign after them: a list where the text has two of a family
        ("C1 Analyser  C2 Mettre en œuvre", "C1 Analyser\nC2 Mettre en œuvre"),
        ("Il faut le   C1 Analyser   C2 Mettre", "Il faut le\n\nC1 Analyser\nC2 Mettre"),
        ("C1\nAnalyser\nC2\nMettre", "C1 Analyser\nC2 Mettre"),
        ("B2 Anglais    Permis de conduire", "B2 Anglais\n\nPermis de conduire"),
        ("Compétence 1 : lire    Compétence 2 : écrire", "Compétence 1 : lire\nCompétence 2 : écrire"),
        # lists on one line
        ("Il a 2 blocs : • Bloc 1 • Bloc 2", "Il a 2 blocs :\n\n• Bloc 1\n• Bloc 2"),
        ("composé : - d'un président ; - de membres", "composé :\n\n- d'un président ;\n- de membres"),
        ("C1. Analyser C2. Mettre C3. Dire", "C1. Analyser\nC2. Mettre\nC3. Dire"),
        ("1. Lire un texte. 2. En écrire un. 3. Compter", "1. Lire un texte.\n2. En écrire un.\n3. Compter"),
        ("C2 et C3. Analyser C4. Dire", "C2 et C3. Analyser C4. Dire"),
        ("dans A4 Recto et A5 Verso, le 1er mai 2.  Le jury", "dans A4 Recto et A5 Verso, le 1er mai 2.\n\nLe jury"),
        (
            "la note de 12.5 sur 20, de 2019 à 2021, art. 3. Le reste",
            "la note de 12.5 sur 20, de 2019 à 2021, art. 3. Le reste",
        ),
        ("étudiant·e·s et porte-parole, peut -ou doit- agir", "étudiant·e·s et porte-parole, peut -ou doit- agir"),
        # newlines: a line that ends with a preposition was wrapped
        ("dans le cadre de\nla mission", "dans le cadre de la mission"),
        ("Un jury :\nun expert,\nun représentant", "Un jury :\n\nun expert,\n\nun représentant"),
        # dashes inside a sentence, at the end of a run or before one
        ("niveau 6 et plus -  admission   – en fin d'année -", "niveau 6 et plus - admission – en fin d'année -"),
        ("Cas - Mise en situation   : Audit", "Cas - Mise en situation : Audit"),
        # numbers that are no marks
        ("2 membres    2 experts", "2 membres\n\n2 experts"),
        ("Promotion\n2022\nLe jury", "Promotion\n\n2022\n\nLe jury"),
        ("B1 (utilisateur)    A2 (élémentaire)", "B1 (utilisateur)\n\nA2 (élémentaire)"),
        # kinds of white space
        ("a\xa0\xa0b\tc\u2009d", "a b c d"),
        ("a\xa0;\u2028b", "a ;\n\nb"),
        ("   ", ""),
        ("", ""),
    ],
)
def test_structure(raw: str, structured: str) -> None:
    assert structure_text(raw) == structured


PIECES = st.sampled_from(
    ["a", "Bc", "é.", ":", "-", "–", "*", "●", "o", "1", "1.", "1.2", "A1C1.", "C.3.", "2°", "a)", "de", "«", "(", "M1805",
     "C1", "C2", "B1.1", "•", ";", "– ", "Compétence 1", "Dire", " ", "  ", "   ", "    ", "\n", "\r\n", "\t", "\xa0", "\u2028", "\x85", "\x0c"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@settings(max_examples=500)
@given(TEXTS)
def test_nothing_but_white_space_changes(raw: str) -> None:
    assert "".join(structure_text(raw).split()) == "".join(raw.split())


@settings(max_examples=500)
@given(TEXTS)
def test_a_structured_text_is_its_own_structure(raw: str) -> None:
    once = structure_text(raw)
    assert structure_text(once) == once
    assert "  " not in once
    assert "\n\n\n" not in once


@settings(max_examples=500)
@given(TEXTS)
def test_a_split_loses_no_word(raw: str) -> None:
    text = structure_text(raw)
    split = split_list(text)
    if split is not None:
        assert len(split.items) >= 2
        held = "".join([*split.items, *dict.fromkeys(filter(None, split.themes)), split.rest or ""])
        assert sorted(letters(held)) == sorted(letters(text))


def letters(text: str) -> list[str]:
    return [char for char in text if char.isalnum() and char != "o"]  # "o" is a list mark, too


@pytest.mark.parametrize(
    ("text", "items", "rest"),
    [
        ("- lire\n- écrire", ("lire", "écrire"), None),
        ("Capable de :\n\n* lire\n* écrire", ("lire", "écrire"), "Capable de :"),
        ("A1C1. Évaluer\nA1C2.Apprécier", ("A1C1. Évaluer", "A1C2.Apprécier"), None),
        ("1.1 Recueillir\n1.1.1 Auditer", ("1.1 Recueillir", "1.1.1 Auditer"), None),
        ("Réaliser une veille\n\nRédiger un contrat", ("Réaliser une veille", "Rédiger un contrat"), None),
        ("Il sait :\n\nMettre en œuvre\n\nS’assurer de tout", ("Mettre en œuvre", "S’assurer de tout"), "Il sait :"),
        # a mark that was lost
        (
            "- Identifier\n\nDéfinir et instruire\n\n- Défendre",
            ("Identifier", "Définir et instruire", "Défendre"),
            None,
        ),
        # what belongs to an item, what stands between
        ("C1. Un :\n- a\n- b\nC2. Deux", ("C1. Un :\n- a\n- b", "C2. Deux"), None),
        ("- lire des textes\n\nsimples et longs\n\n- écrire", ("lire des textes\nsimples et longs", "écrire"), None),
        ("- un\n- deux\n\nNB : à l'oral", ("un", "deux"), "NB : à l'oral"),
        ("Il sait :\n\n- un\n- deux\n\nLe tout est noté.", ("un", "deux"), "Il sait :\n\nLe tout est noté."),
        ("- un\n\nCeci vaut pour la suite.\n\n- deux", ("un", "deux"), "Ceci vaut pour la suite."),
    ],
)
def test_lists(text: str, items: tuple[str, ...], rest: str | None) -> None:
    found = split_list(text)
    assert found is not None
    assert (found.items, found.rest, found.themes) == (items, rest, ())


@pytest.mark.parametrize(
    "form",
    [
        "C{} ", "C{}. ", "C{} - ", "C{} – ", "C{}: ", "C{} : ", "C{}/ ", "C{}/", "C{}- ", "C.{} ", "C.{}. ", "C 1.{} : ", "C1.{} ", "C{}) ",
        "A1C{}. ", "A1C{} ", "A1-C{} ", "A1.C{} ", "BC01-C{} ", "BC01_C{} ", "CE{} ", "1.{} ", "{}. ", "{}) ", "Compétence {} : ",
    ],
)  # fmt: skip
def test_every_form_of_code_makes_items_and_stays_on_them(form: str) -> None:
    statements = ["Analyser un besoin", "Mettre en œuvre", "Rédiger un plan"]
    items = tuple(f"{form.format(number)}{statement}" for number, statement in enumerate(statements, 1))
    for between in ("  ", "      ", "\n", "\r\n\r\n", "\xa0\xa0"):
        assert split_list(structure_text(between.join(items))) == ListSplit(items)
        introduced = split_list(structure_text(between.join(["Il sait :", *items])))
        assert introduced == ListSplit(items, "Il sait :")


def test_codes_that_do_not_rise_are_no_list() -> None:
    assert split_list("C2 Analyser un besoin\n\nC1 Mettre en œuvre") is None
    assert split_list("B1 Anglais\n\nA4 Recto") is None


def test_headings_between_items_are_their_themes_and_nothing_stands_twice() -> None:
    text = "Bloc commun.\n\nActivité A :\n\n- lire\n- écrire\n\nActivité B\n\n- compter\n\nNB : à l'oral."
    assert split_list(text) == ListSplit(
        ("lire", "écrire", "compter"),
        "Bloc commun.\n\nNB : à l'oral.",
        ("Activité A :", "Activité A :", "Activité B"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Réaliser une veille",
        "- un seul",
        "Cas pratiques\n\nÉtude de cas",
        "Réaliser une veille\n\nLe jury délibère",
        "Prose, longue.\n\nAutre prose.",
    ],
)
def test_no_list(text: str) -> None:
    assert split_list(text) is None


def test_collapse() -> None:
    assert collapse("  a\n b\xa0c ") == "a b c"
