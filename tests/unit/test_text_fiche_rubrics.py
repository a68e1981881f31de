"""Single rubrics in the ways in which a fiche may print them."""

from __future__ import annotations

from datetime import date

import pytest

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import ChangeType, Coded, Fiche
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.text_fiche import read_text_fiche

HEAD = "Code RNCP: 77\n\n### Intitulé\n\nEssai\n\n"
CONDITIONS = "CONDITIONS D'INSCRIPTION À LA CERTIFICATION\tOUI\tNON\tCOMPOSITION DES JURYS\n"


def read(text: str, head: str = HEAD) -> Reading:
    return read_text_fiche(head + text, SourceDocument("x.txt", SourceSeries.TEXT))


def fiche_of(text: str, head: str = HEAD) -> Fiche:
    fiche = read(text, head).fiche
    assert fiche is not None
    return fiche


def unread(text: str) -> list[str]:
    return [left for _, left in read(text).unread]


@pytest.mark.parametrize(
    "head",
    [
        "Code RNCP : 77\n\nIntitulé : TP: Titre professionnel Essai",
        "Code RNCP 77\n\n# Intitulé\n### TP: Titre professionnel Essai",
        "**Code RNCP :** RNCP77\n\n**TP: Titre professionnel Essai**",
        "Code RNCP :\n77\nINTITULÉ\nTP : Titre professionnel\nEssai",
        "Code RNCP: 77\n\nIntitulé\n======\n\nTP: Titre professionnel Essai\n\n---\n",
        "Intitulé (cadre 1)\n\nTP: Titre professionnel Essai\n\nCode RNCP: 77",
        "N° de fiche : RNCP 77\n\n__Intitulé__\n\n**TP:** Titre professionnel Essai",
    ],
)
def test_number_and_title(head: str) -> None:
    reading = read("", head)
    assert reading.fiche is not None
    assert (reading.fiche.number, reading.fiche.title) == ("RNCP77", "Essai")
    assert reading.fiche.certification_type == Coded("TP", "Titre professionnel")
    assert (reading.unread, reading.diagnostics) == ((), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "L'accès à la certification n'est plus possible",
        "L’accès à la certification n’est plus possible (La certification n’est plus\ndélivrée)",
        "Cette certification n'est plus accessible depuis le 1er janvier 2012.",
        "La certification existe désormais sous une autre forme",
    ],
)
def test_closed(sentence: str) -> None:
    for head in (f"Code RNCP: 77\n\nIntitulé\n\n{sentence}\nEssai\n\n", f"Code RNCP: 77\n\nEssai\n\n{sentence}\n\n"):
        fiche = fiche_of("", head)
        assert fiche.title == "Essai"
        assert fiche.is_active is False
        assert fiche.texts.closure_note == " ".join(sentence.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IV (Nomenclature de 1969)\n\n4 (Nomenclature Europe)", ("IV", "4")),
        ("III (Nomenclature de 1969) - 5 (Nomenclature Europe)", ("III", "5")),
        ("V bis (nomenclature de 1969)", ("V-bis", None)),
        ("Niveau : II (Nomenclature de 1967)", ("II", None)),
        ("6 (Nomenclature européenne)", (None, "6")),
        ("Niveau 7", (None, "7")),
        ("NIV4", (None, "4")),
        ("Sans niveau", (None, "aucun")),
        ("I", ("I", None)),
        ("(Nomenclature de 1969)\n(Nomenclature Europe)", (None, None)),
        ("", (None, None)),
    ],
)
def test_levels(text: str, expected: tuple[str | None, str | None]) -> None:
    for heading in ("### Niveau et/ou domaine d'activité\n\n", "Niveau et/ou domaine d'activité : "):
        reading = read(heading + text)
        assert reading.fiche is not None
        assert (reading.fiche.level_1969, reading.fiche.level) == expected
        assert reading.diagnostics == ()


def test_two_levels_that_contradict() -> None:
    text = "### Niveau et/ou domaine d'activité\n\n4 (Nomenclature Europe)\n5 (Nomenclature Europe)\n"
    assert fiche_of(text).level == "4"
    assert unread(text) == ["5 (Nomenclature Europe)"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Code(s) NSF: 330t, 332t", [("330t", None), ("332t", None)]),
        ("Code(s) NSF 330t A, B (c, d), 332t E", [("330t", "A, B (c, d)"), ("332t", "E")]),
        ("Codes NSF :\n- 330t : A, B\n- 332t : C", [("330t", "A, B"), ("332t", "C")]),
        ("Code NSF :\n330t A\net B\n\n332t C 326 D", [("330t", "A et B"), ("332t", "C 326 D")]),
        ("Code(s) NSF :\n332t A,\nb, c", [("332t", "A, b, c")]),
        ("Code(s) NSF : 330t et 332t", [("330t", None), ("332t", None)]),
        ("NSF : 330t A 332t C", [("330t", "A"), ("332t", "C")]),
        ("Code(s) NSF: 326 Informatique, 3D, réseaux", [("326", "Informatique, 3D, réseaux")]),
        ("Code(s) NSF:", []),
    ],
)
def test_nsf(text: str, codes: list[tuple[str, str | None]]) -> None:
    reading = read(text)
    assert reading.fiche is not None
    assert [(coded.code, coded.label) for coded in reading.fiche.nsf] == codes
    assert reading.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "K1205: A b\nK1206 : C\n\nRéglementation d'activités :\n\nLoi.",
        "<u>K1205</u>: A b <u>K1206</u>: C **Réglementation d'activités :** Loi.",
        "<u>K1205</u>: A b **Réglementation d'activités :**\n<u>K1206</u>: C\n\nLoi.",
        "<u>K1205</u>: A b **Réglementation d'activités :** <u>K1206</u>: C\n\nLoi.",
        "<u>K1205</u>: A **RÉGLEMENTATION D'ACTIVITÉS**\nK1206 : C\nLoi.",
        "K1205: A\nb Réglementation d'activités : Loi.\n\nCodes ROME : K1206 C",
        "K1205 - A b\nK1206 - C\n\n### Réglementation d'activités :\nLoi.",
        "**K1205** : A b, **K1206** : C\n\n# RÉGLEMENTATION D’ACTIVITÉS\n\nLoi.",
        "**Réglementation d'activités :**\nK1205: A\nb\nK1206: C\nLoi.",
    ],
)
def test_rome_and_regulation(text: str) -> None:
    reading = read(f"### Codes des fiches ROME les plus proches :\n\n{text}\n\n# Base légale\n")
    assert reading.fiche is not None
    assert [coded.code for coded in reading.fiche.rome] == ["K1205", "K1206"]
    assert reading.fiche.rome[1].label == "C"
    assert reading.fiche.texts.activity_regulation == "Loi."
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Validité des composantes acquises : 5 an(s)", ("P5Y", None)),
        ("Validité des composantes acquises :\n\n3 ans", ("P3Y", None)),
        ("## VALIDITÉ DES COMPOSANTES ACQUISES : ILLIMITÉE", (None, True)),
        ("Validité des composantes acquises : cinq (5) ans", ("P5Y", None)),
        ("Durée de validité des composantes acquises : 18 mois", ("P18M", None)),
        ("Le bénéfice des composantes acquises peut être gardé 5 an(s)", ("P5Y", None)),
        ("Validité des composantes acquises :", (None, None)),
        ("Validité des composantes acquises : Sans objet", (None, None)),
    ],
)
def test_validity(text: str, expected: tuple[str | None, bool | None]) -> None:
    fiche = fiche_of(text)
    assert (fiche.component_validity, fiche.validity_unlimited) == expected
    assert unread(text) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("En contrat d'apprentissage\tX\t\tA", (True, "A")),
        ("En contrat d'apprentissage\t\tX\t", (False, None)),
        ("En contrat\t\t\tA\nd'apprentissage\tx\t\tb", (True, "A b")),
        ("En contrat d’apprentissage\tOUI\t\tA\n\t\t\tb", (True, "A b")),
        ("En contrat d'apprentissage\tNon\t\t", (False, None)),
        ("En contrat d'apprentissage\t[x]\t[ ]\tA", (True, "A")),
        ("En contrat d'apprentissage\t☐\t☒\t", (False, None)),
        ("En contrat d'apprentissage\t\t\tA", (None, "A")),
        ("EN CONTRAT D'APPRENTISSAGE\t✔\t\tA, ligne\ncoupée", (True, "A, ligne coupée")),
    ],
)
def test_condition_rows(rows: str, expected: tuple[bool | None, str | None]) -> None:
    conditions = fiche_of(CONDITIONS + rows).access_conditions
    assert [(item.route, item.is_open, item.jury_composition) for item in conditions] == [(Route.CA, *expected)]


def test_text_beside_a_mark_is_reported() -> None:
    rows = "En contrat d'apprentissage\tX (sur dérogation)\t\tA"
    (condition,) = fiche_of(CONDITIONS + rows).access_conditions
    assert (condition.is_open, condition.jury_composition) == (True, "A")
    assert unread(CONDITIONS + rows) == ["(sur dérogation)"]


def test_idem_below_and_by_name() -> None:
    rows = (
        "En contrat d'apprentissage\tX\t\tIdem ci-dessous\nAprès un parcours de formation continue\tX\t\tB\n"
        "Par candidature individuelle\tX\t\tC\nPar expérience\tX\t\tVoir formation continue\n"
    )
    assert [(item.jury_composition, item.jury_word) for item in fiche_of(CONDITIONS + rows).access_conditions] == [
        ("B", "Idem ci-dessous"),
        ("B", None),
        ("C", None),
        ("B", "Voir formation continue"),
    ]


def test_a_row_twice_is_reported() -> None:
    rows = "Par expérience\tX\t\tA\nPar expérience\t\tX\tB\n"
    assert [item.is_open for item in fiche_of(CONDITIONS + rows).access_conditions] == [True]
    assert unread(CONDITIONS + rows) == ["Par expérience X B"]


def test_columns_in_another_order() -> None:
    text = "COMPOSITION DES JURYS\tNON\tOUI\tCONDITIONS D'INSCRIPTION À LA CERTIFICATION\nA\t\tX\tPar expérience\n"
    (condition,) = fiche_of(text).access_conditions
    assert (condition.route, condition.is_open, condition.jury_composition) == (Route.VAE, True, "A")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MINISTERE CHARGE DE L'EMPLOI", [("MINISTERE CHARGE DE L'EMPLOI", False)]),
        ("Ministère Un\nUniversité Deux", [("Ministère Un", False), ("Université Deux", False)]),
        ("- Alpha\n- Bêta", [("Alpha", False), ("Bêta", False)]),
        ("Alpha ;\nBêta", [("Alpha", False), ("Bêta", False)]),
        ("Alpha ; Bêta (b ; c)", [("Alpha", False), ("Bêta (b ; c)", False)]),
        ("Alpha\n\nBêta", [("Alpha", False), ("Bêta", False)]),
        ("Ministère chargé de la\nformation (DGEFP)", [("Ministère chargé de la formation (DGEFP)", False)]),
        ("L'Université de Bêta", [("L'Université de Bêta", False)]),
        ("et de la formation", [("et de la formation", True)]),
        ("DE L'EMPLOI (DGEFP)", [("DE L'EMPLOI (DGEFP)", True)]),
        ("Ministère Un (direction", [("Ministère Un (direction", True)]),
        ("Ministère Un - Ministère Deux", [("Ministère Un", False), ("Ministère Deux", False)]),
        ("Université Un, Université Deux et Université Trois",
         [("Université Un", False), ("Université Deux", False), ("Université Trois", False)]),
        ("AFPA - GRETA du Nord", [("AFPA", False), ("GRETA du Nord", False)]),
        ("MINISTERE ALPHA,\nMINISTERE DEUX", [("MINISTERE ALPHA", False), ("MINISTERE DEUX", False)]),
        ("Ministère Un,\n\nMinistère Deux", [("Ministère Un", False), ("Ministère Deux", False)]),
        ("Ministère de la santé, de la jeunesse et des sports", [("Ministère de la santé, de la jeunesse et des sports", False)]),
        ("Ministère Un, Direction générale", [("Ministère Un, Direction générale", False)]),
        ("Université Un - Lyon 2", [("Université Un - Lyon 2", False)]),
        ("Université Un - IUT Deux", [("Université Un - IUT Deux", False)]),
        ("IUT Deux - Université Un", [("IUT Deux - Université Un", False)]),
        ("AFPA - Association nationale pour la formation", [("AFPA - Association nationale pour la formation", False)]),
        ("Alpha, Bêta", [("Alpha, Bêta", False)]),
        ("Néant", []),
    ],
)  # fmt: skip
def test_authorities(text: str, names: list[tuple[str, bool]]) -> None:
    fiche = fiche_of(f"Autorité responsable de la certification :\n\n{text}\n\nQualité du signataire : Le recteur\n")
    assert [(mention.verbatim, mention.is_truncated) for mention in fiche.certifier_mentions] == names
    assert fiche.signatories == ("Le recteur",)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("BTS A ;\nCAP B.", ["BTS A", "CAP B"]),
        ("BTS A ; CAP B ; CAP C", ["BTS A", "CAP B", "CAP C"]),
        ("BTS A\nCAP B\nDiplôme d'Etat\nde c", ["BTS A", "CAP B", "Diplôme d'Etat de c"]),
        ("• BTS « A ; b »\n• CAP B (x,\nY)", ["BTS « A ; b »", "CAP B (x, Y)"]),
        ("BTS A.\n\nCAP de A.B.C.", ["BTS A", "CAP de A.B.C."]),
        ("BTS A ;\nBTS A ;", ["BTS A"]),
        ("Aucune", []),
    ],
)
def test_equivalences(text: str, titles: list[str]) -> None:
    fiche = fiche_of(f"LIENS AVEC D'AUTRES CERTIFICATIONS\n\nCertifications reconnues en équivalence :\n{text}\n")
    assert [item.mention.verbatim for item in fiche.equivalences if item.mention] == titles


def test_equivalences_parted_by_their_numbers() -> None:
    text = "LIENS AVEC D'AUTRES CERTIFICATIONS\n\nCertifications reconnues en équivalence :\nCAP A, b (RNCP12), CAP C (RNCP13) et D (RNCP 14)\n"
    mentions = [item.mention for item in fiche_of(text).equivalences if item.mention]
    assert [(mention.title, mention.number) for mention in mentions] == [
        ("A, b", "RNCP12"),
        ("C", "RNCP13"),
        ("D", "RNCP14"),
    ]


def test_another_list_is_no_equivalence() -> None:
    text = "Certifications reconnues en équivalence :\nBTS A\nAutres certifications :\nCAP B\n"
    assert len(fiche_of(text).equivalences) == 1
    assert unread(text) == ["Autres certifications :", "CAP B"]


@pytest.mark.parametrize(
    ("text", "pages", "note"),
    [
        ("www.a.fr", ("http://www.a.fr",), None),
        ("https://a.fr/b\nwww.c.fr ; www.d.fr", ("https://a.fr/b", "http://www.c.fr", "http://www.d.fr"), None),
        ("Site : www.a.fr", ("http://www.a.fr",), "Site : www.a.fr"),
        ("javascript:alert(1)", (), "javascript:alert(1)"),
        ("- www.a.fr\n- Le guide", ("http://www.a.fr",), "Le guide"),
        ("[www.a.fr](http://www.a.fr)", ("http://www.a.fr",), None),
        ("", (), None),
    ],
)
def test_pages(text: str, pages: tuple[str, ...], note: str | None) -> None:
    fiche = fiche_of(f"### Autres sources d'information :\n\n{text}\n")
    assert (fiche.pages, fiche.page_note) == (pages, note)


def test_a_new_title_without_history() -> None:
    (event,) = fiche_of("Nouvel intitulé : Autre\n").change_events
    assert (event.type, event.new_title, event.verbatim) == (ChangeType.TITLE, "Autre", "Nouvel intitulé : Autre")


def test_events_on_lines_below_each_other() -> None:
    text = "## Historique de la certification :\n- Arrêté du 01/02/2003\n- Changement d'intitulé : arrêté du\n04/05/2006\nModification (2008)\n"
    events = fiche_of(text).change_events
    assert [(event.type, event.verbatim, event.date) for event in events] == [
        (ChangeType.OTHER, "Arrêté du 01/02/2003", date(2003, 2, 1)),
        (ChangeType.TITLE, "Changement d'intitulé : arrêté du 04/05/2006", date(2006, 5, 4)),
        (ChangeType.OTHER, "Modification (2008)", None),
    ]


@pytest.mark.parametrize(
    ("text", "sectors", "jobs"),
    [
        ("A.\n\nB.", "A.", "B."),
        ("A.", "A.", None),
        ("A.\nB.", "A.", "B."),
        ("Dans :\n\n- a\n\n- b", "Dans :\n\n- a\n- b", None),
        ("Dans :\n- a\n- b\n\nChef.", "Dans :\n\n- a\n- b", "Chef."),
        ("Secteurs d'activité :\nA.\n\nB.\n\nTypes d'emplois accessibles :\nC.", "A.\n\nB.", "C."),
        ("Types d'emplois accessibles : C.\nSecteurs d'activités : A.", "A.", "C."),
        ("A.\n\nB.\n\nC.", "A.\n\nB.\n\nC.", None),
    ],
)
def test_sectors_and_jobs(text: str, sectors: str, jobs: str | None) -> None:
    reading = read(f"# Secteurs d'activité ou types d'emplois accessibles\n\n{text}\n")
    assert reading.fiche is not None
    assert (reading.fiche.texts.sectors, reading.fiche.texts.accessible_jobs) == (sectors, jobs)
    assert [found.code for found in reading.diagnostics] == (["RUBRIQUE-AMBIGUE"] if text == "A.\n\nB.\n\nC." else [])


def test_words_of_a_heading_in_prose_are_no_heading() -> None:
    text = "Il suit la base légale : lois et décrets.\n\nStatistiques\n\nNiveau : bon\n\nBase de données"
    summary = fiche_of(
        f"# Résumé du référentiel d'emploi ou éléments de compétence acquis\n\n{text}\n"
    ).texts.job_summary
    assert summary == text


def test_an_unknown_heading_is_reported_with_its_text() -> None:
    text = (
        "## Lieu(x) de certification :\n\nParis\n\n## Débouchés à l'étranger\n\nPartout.\n\n## Statistiques :\n\n12 %\n"
    )
    fiche = fiche_of(text)
    assert (fiche.texts.certification_places, fiche.texts.statistics_note) == ("Paris", "12 %")
    assert unread(text) == ["Débouchés à l'étranger", "Partout."]


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("## Autres sources d'information :\n\nwww.a.fr\n", "**Autres remarques :**"),
        ("## Références autres :\n\nArrêté du 26/07/2004\n", "**Autres remarques** :"),
        ("Code(s) NSF:\n\n332t Aide\n", "**Autres remarques :** Bla."),
        (
            "LIENS AVEC D'AUTRES CERTIFICATIONS\tACCORDS EUROPÉENS OU INTERNATIONAUX\n\tAccord\n",
            "**Autres remarques :**",
        ),
        (f"{CONDITIONS}Par expérience\tX\t\tA\n", "**Autres remarques :**"),
    ],
)
def test_an_unknown_heading_in_bold(above: str, heading: str) -> None:
    left = unread(f"{above}\n{heading}\n\nSon contenu.\n\n## Statistiques :\n\n12 %\n")
    assert left == [heading.replace("*", ""), "Son contenu."]


def test_a_line_in_bold_is_a_sub_heading_in_prose() -> None:
    fiche = fiche_of("## Descriptif des composantes de la certification :\n\n**Durée :**\n\nUn an.\n")
    assert fiche.texts.components_description == "Durée :\n\nUn an."


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Arrêté du 11/07/2016. Enregistrement pour trois ans avec effet au 19/07/2016, jusqu'au 19 juillet 2019.",
         (3, date(2016, 7, 19), date(2019, 7, 19))),
        ("Enregistré pour cinq ans par arrêté du 19/11/2013", (5, None, None)),
        ("Arrêté du 1er mars 2008 portant enregistrement", (None, None, None)),
        ("Enregistré pour trois ans par arrêté du 19/11/2013\n\nEnregistré pour cinq ans par arrêté du 19/11/2016", (None, None, None)),
        ("Enregistrée pour longtemps", (None, None, None)),
    ],
)  # fmt: skip
def test_registration_in_a_citation(text: str, dates: tuple[int | None, date | None, date | None]) -> None:
    fiche = fiche_of(f"## Référence arrêté création (ou date 1er arrêté enregistrement) :\n\n{text}\n")
    assert (fiche.registration_duration, fiche.effective_date, fiche.registration_end) == dates


def test_a_line_in_capitals_with_a_colon_opens_an_unknown_rubric() -> None:
    """What stands below it is reported, and is no part of the rubric above."""
    creation = "## Référence arrêté création (ou date 1er arrêté enregistrement) :\n\nArrêté du 26/07/2004\n\n"
    reading = read(f"{creation}RUBRIQUE INCONNUE :\n\nSon contenu.\n")
    assert reading.fiche is not None
    assert [m.verbatim for m in reading.fiche.legal_mentions] == ["Arrêté du 26/07/2004"]
    assert "Son contenu." in " ".join(text for _, text in reading.unread)


def test_a_line_below_a_code_is_no_part_of_a_label_that_is_closed() -> None:
    text = "Code(s) NSF:\n\n234t Travail du bois et de l'ameublement\nXYZ pas un code\n"
    assert fiche_of(text).nsf == (Coded("234t", "Travail du bois et de l'ameublement"),)
    assert unread(text) == ["XYZ pas un code"]


def test_a_number_in_a_mention_says_what_it_names() -> None:
    links = (
        "Certifications reconnues en équivalence :\nTitre professionnel Maçon (RNCP 1917) ;\nRNCP35338 - Couvreur.\n"
    )
    mentions = [e.mention for e in fiche_of(f"LIENS AVEC D'AUTRES CERTIFICATIONS\n\n{links}").equivalences if e.mention]
    assert [(m.title, m.number) for m in mentions] == [("Maçon", "RNCP1917"), ("Couvreur", "RNCP35338")]
