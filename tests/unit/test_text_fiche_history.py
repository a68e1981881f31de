"""What single lines of the history say: new titles, and certifications that come before or after."""

from __future__ import annotations

import pytest

from rncp_ld.sources.text_fiche.replacements import read_replacements
from rncp_ld.sources.text_fiche.title_changes import changes_title, new_title_in
from tests.unit.test_text_fiche_rubrics import fiche_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("L'intitulé de la certification a été modifié : « Aaa » devient « Bbb »", "Bbb"),
        ('L\'intitulé a été modifié par l\'arrêté du 29/01/2016 : "Aaa" devient "Bbb, ccc".', "Bbb, ccc"),
        ("Changement d'intitulé : « Aaa » est remplacé par « Bbb » (arrêté du 19/11/2013).", "Bbb"),
        ("Changement d'intitulé, ancien intitulé : « Aaa » ; nouvel intitulé : « Bbb »", "Bbb"),
        ("La certification « Aaa » est devenue « Bbb » par arrêté du 24 janvier 2018.", "Bbb"),
        ("Modification de l'intitulé de « Aaa » en « Bbb »", "Bbb"),
        ("Intitulé modifié : « Aaa » → « Bbb »", "Bbb"),
        ("Intitulé : « Bbb » remplace « Aaa »", "Bbb"),
        ("Le titre est désormais intitulé « Bbb »", "Bbb"),
        ("Nouvel intitulé : Bbb(e) de ccc (arrêté du 02/02/2002)", "Bbb(e) de ccc"),
        ("Changement d'intitulé : Aaa devient Bbb à compter du 1er janvier 2010", "Bbb"),
        ("Changement d'intitulé / Arrêté du 03/01/2017 relatif au TP de bbb paru au JO", None),
        ("Ancien intitulé : « Aaa »", None),
        ("Intitulés : « Aaa » devient « Bbb » ; « Ccc » devient « Ddd »", None),
    ],
)
def test_changes_of_title(text: str, title: str | None) -> None:
    assert new_title_in(text) == title
    assert changes_title(text) or title is None


@pytest.mark.parametrize(
    "text", ["Création par arrêté du 02/05/2006", "La certification « Aaa » est remplacée par « Bbb »", "Publication"]
)
def test_no_change_of_title(text: str) -> None:
    assert not changes_title(text)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Remplace la certification CQP Aaa (RNCP12)", [("CQP Aaa (RNCP12)", "RNCP12")], []),
        ("Ce titre remplace le BTS Aaa (RNCP 12) et la maîtrise Bbb (RNCP13).",
         [("BTS Aaa (RNCP 12)", "RNCP12"), ("maîtrise Bbb (RNCP13)", "RNCP13")], []),
        ("Remplace : RNCP12 - Aaa, RNCP13 - Bbb", [("RNCP12 - Aaa", "RNCP12"), ("RNCP13 - Bbb", "RNCP13")], []),
        ("Cette certification annule et remplace la fiche RNCP 12", [("RNCP 12", "RNCP12")], []),
        ("En remplacement du BTS Aaa (fiche RNCP n°12)", [("BTS Aaa (fiche RNCP n°12)", "RNCP12")], []),
        ("Remplace la certification Aaa (RNCP12) par arrêté du 3 mai 2009", [("Aaa (RNCP12)", "RNCP12")], []),
        ("Remplace la certification Aaa", [("Aaa", None)], []),
        ("A remplacé le CAP Aaa depuis 2005", [("CAP Aaa", None)], []),
        ("Remplacée par la certification Bbb (RNCP99)", [], [("Bbb (RNCP99)", "RNCP99")]),
        ("Certification remplacée le 1er mai 2010 par « Bbb » (RNCP 99)", [], [("« Bbb » (RNCP 99)", "RNCP99")]),
        ("RNCP77 remplace RNCP12", [("RNCP12", "RNCP12")], []),
        ("La RNCP12 est remplacée par la RNCP77", [("RNCP12", "RNCP12")], []),
        ("La fiche RNCP99 remplace la fiche RNCP77", [], [("RNCP99", "RNCP99")]),
        ("Le titre Aaa (RNCP5) remplace le titre Bbb (RNCP6)", [], []),
        ("La certification « Aaa » est remplacée par « Bbb »", [], []),
        ("Fusion des certifications RNCP12 et RNCP13", [], []),
        ("Un suppléant remplace le président du jury", [], []),
        ("Remplace RNCP77", [], []),
    ],
)  # fmt: skip
def test_replacements(text: str, before: list[tuple[str, str | None]], after: list[tuple[str, str | None]]) -> None:
    said = read_replacements(text, "RNCP77")
    assert [(mention.verbatim, mention.number) for mention in said.predecessors] == before
    assert [(mention.verbatim, mention.number) for mention in said.successors] == after


HISTORY = "## Historique de la certification :\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "**Certification précédente :** Aaa (RNCP12)\n",
        "## Certification précédente :\n\nAaa (RNCP12)\n",
        "Création en 2003. Certification précédente : Aaa (RNCP12)\n",
        "- Certification précédente : Aaa (RNCP12)\n",
        "Certification(s) précédente(s) :\n- Aaa (RNCP12)\n",
    ],
)
def test_the_certification_before(text: str) -> None:
    fiche = fiche_of(HISTORY + text)
    assert [mention.verbatim for mention in fiche.predecessor_mentions] == ["Aaa (RNCP12)"]
    assert fiche.predecessors == ("RNCP12",)


def test_a_successor_that_the_history_names_too_is_told_once() -> None:
    fiche = fiche_of(f"{HISTORY}Remplacée par Bbb (RNCP99)\n\n**Certification suivante :** Bbb (RNCP99)\n")
    (event,) = fiche.change_events
    assert event.successor is not None
    assert fiche.successors == ("RNCP99",)
