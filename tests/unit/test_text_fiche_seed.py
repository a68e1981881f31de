"""The one real text fiche, RNCP2383: everything that it says is in the record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import ChangeType, Coded, EquivalenceKind, Fiche, Territory
from rncp_ld.model.legal import LegalRole
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.text_fiche import looks_like_text_fiche, read_text_fiche

BLOCKS = {
    "RNCP2383BC01": (
        "Participer à des réseaux professionnels et contribuer à une veille sociale territoriale",
        [
            "Analyser les caractéristiques d'un territoire d'activité et identifier les acteurs en lien avec son activité.",
            "S'inscrire dans des réseaux existants, les entretenir et les développer.",
            "Contribuer à une veille sociale permanente sur son territoire d'activité.",
        ],
    ),
    "RNCP2383BC02": (
        "Assurer un service de médiation",
        [
            "Instaurer et maintenir une relation de confiance.",
            "Faire émerger et expliciter les différentes composantes d'une situation.",
            "Informer le public et faciliter l'accès aux droits.",
            "Etablir ou rétablir, par un processus de médiation, la relation entre une personne et une structure.",
            "Contribuer, par un processus de médiation, à la résolution de situations conflictuelles.",
            "Accompagner la personne dans la mise en œuvre de ses réponses.",
            "Rendre compte de son activité.",
            "Analyser sa pratique de TMS.",
        ],
    ),
    "RNCP2383BC03": (
        "Faciliter et organiser des activités supports à la médiation sociale",
        [
            "Définir un projet d'activité support à la médiation sociale, correspondant à son niveau de responsabilité.",
            "Construire une activité support à la médiation sociale, correspondant à son niveau de responsabilité.",
            "Mettre en œuvre une activité support à la médiation sociale, correspondant à son niveau de responsabilité.",
            "Evaluer les actions menées.",
        ],
    ),
}
NEW_TITLE = "Médiateur(trice) social(e) accès aux droits et services"


@pytest.fixture(scope="module")
def text(project: Path) -> str:
    return (project / "data/fiches/rncp2383.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    return read_text_fiche(text, SourceDocument("rncp2383.txt", SourceSeries.TEXT))


@pytest.fixture(scope="module")
def fiche(reading: Reading) -> Fiche:
    assert reading.fiche is not None
    return reading.fiche


def test_is_recognised(text: str) -> None:
    assert looks_like_text_fiche(text)


def test_identity(fiche: Fiche) -> None:
    assert fiche.number == "RNCP2383"
    assert fiche.series is SourceSeries.TEXT
    assert fiche.certification_type == Coded("TP", "Titre professionnel")
    assert fiche.title == "Technicien(ne) médiation services"
    assert fiche.printed_title == "TP: Titre professionnel Technicien(ne) médiation services"


def test_is_closed_and_says_so(fiche: Fiche) -> None:
    assert fiche.is_active is False
    assert fiche.texts.closure_note == (
        "L'accès à la certification n'est plus possible (La certification existe désormais sous une autre forme "
        '(voir cadre "pour plus d"information"))'
    )


def test_levels_and_codes(fiche: Fiche) -> None:
    assert (fiche.level_1969, fiche.level) == ("IV", "4")
    assert fiche.nsf == (
        Coded("330t", "Spécialités plurivalentes des services aux personnes (réalisation du service)"),
        Coded("332t", "Aide, conseil, orientation, soutien socio-éducatif"),
    )
    assert fiche.rome == (Coded("K1205", "Information sociale"),)
    assert fiche.formacodes == ()
    assert fiche.collective_agreements == ()


def test_who_answers_for_it(fiche: Fiche) -> None:
    (authority,) = fiche.certifier_mentions
    assert authority.verbatim == "L'EMPLOI ET A LA FORMATION PROFESSIONNELLE (DGEFP).)"
    assert authority.is_truncated
    assert fiche.signatories == ("Le représentant territorial compétent du ministère chargé de l'emploi",)
    assert fiche.elaboration_body == "CPC Autres services aux entreprises, aux collectivités et aux particuliers"


def test_blocks_have_their_titles_and_competences(fiche: Fiche) -> None:
    read = {block.code: (block.title, [item.title for item in block.competences]) for block in fiche.blocks}
    assert read == BLOCKS
    assert [block.position for block in fiche.blocks] == [1, 2, 3]
    assert all(block.competences_text is None for block in fiche.blocks)
    assert [item.position for item in fiche.blocks[1].competences] == list(range(1, 9))


def test_the_table_of_blocks_is_readable_without_the_summary(text: str, fiche: Fiche) -> None:
    start, end = text.index("## Résumé du référentiel"), text.index("# Secteurs d'activité")
    alone = read_text_fiche(text[:start] + text[end:], SourceDocument("x", SourceSeries.TEXT)).fiche
    assert alone is not None
    assert alone.blocks == fiche.blocks
    assert alone.texts.job_summary is None


def test_access(fiche: Fiche) -> None:
    assert {condition.route: condition.is_open for condition in fiche.access_conditions} == {
        Route.FI: False,
        Route.CA: True,
        Route.FC: True,
        Route.CQ: True,
        Route.CL: False,
        Route.VAE: True,
    }
    juries = {condition.jury_composition for condition in fiche.access_conditions if condition.is_open}
    assert len(juries) == 1
    assert str(juries.pop()).endswith("métier concerné par le titre. (Art. R 338-6 du Code de l'Education)")
    assert all(condition.jury_word is None for condition in fiche.access_conditions)
    assert fiche.accessible_in == ()
    assert fiche.not_accessible_in == (Territory.NEW_CALEDONIA, Territory.FRENCH_POLYNESIA)


def test_equivalences(fiche: Fiche) -> None:
    assert {equivalence.kind for equivalence in fiche.equivalences} == {EquivalenceKind.DECLARED}
    mentions = [equivalence.mention for equivalence in fiche.equivalences if equivalence.mention]
    assert [
        (mention.verbatim, mention.certification_type, mention.title, mention.is_generic) for mention in mentions
    ] == [
        (
            "Baccalauréat professionnel « services de proximité et vie locale »",
            "BAC PRO",
            "services de proximité et vie locale",
            False,
        ),
        (
            "Baccalauréat professionnel « services aux personnes et aux territoires »",
            "BAC PRO",
            "services aux personnes et aux territoires",
            False,
        ),
        ("Diplôme d'Etat de moniteur-éducateur", "DE", "de moniteur-éducateur", False),
        ("BPJEPS toutes spécialités", "BPJEPS", None, True),
    ]


def test_legal_mentions(fiche: Fiche) -> None:
    by_role = {role: [m.verbatim for m in fiche.legal_mentions if role in m.roles] for role in LegalRole}
    assert len(by_role[LegalRole.GENERAL]) == 1
    assert len(by_role[LegalRole.CREATION]) == 1
    assert [text.split(" relatif")[0].split(" portant")[0] for text in by_role[LegalRole.VAE]] == [
        "Décret n°2016-954 du 11 juillet 2016",
        "Arrêté du 22 décembre 2015 modifié",
        "Arrêté du 21 juillet 2016",
        "Arrêté du 21 juillet 2016",
    ]
    assert by_role[LegalRole.OTHER] == ["Equivalences définies par arrêté avec les certifications suivantes :"]
    assert by_role[LegalRole.JURY] == ["Art. R 338-6 du Code de l'Education"]
    paths = {mention.source_path for mention in fiche.legal_mentions if LegalRole.VAE in mention.roles}
    assert paths == {"Référence du décret et/ou arrêté VAE"}


def test_the_acts_of_21_july_2016_are_two(fiche: Fiche) -> None:
    assert len([act for act in fiche.acts if act.signature_date == date(2016, 7, 21)]) == 2


def test_history(fiche: Fiche) -> None:
    (event,) = fiche.change_events
    assert event.type is ChangeType.TITLE
    assert event.verbatim == (
        "Changement d'intitulé / Arrêté du 03/01/2017 relatif au TP de médiateur(trice) social(e) accès aux droits et services "
        "paru au JO du 17/01/2017"
    )
    assert event.new_title == NEW_TITLE
    assert event.date == date(2017, 1, 3)
    assert event.legal_mention in fiche.legal_mentions
    assert event.successor is not None
    assert event.successor.verbatim == event.successor.title == NEW_TITLE
    assert event.successor.source_path == "Certification suivante"


def test_small_values(fiche: Fiche) -> None:
    assert fiche.component_validity == "P5Y"
    assert fiche.validity_unlimited is None
    assert fiche.texts.certification_places == "Centres agréés par le Ministère chargé de l'emploi"
    assert fiche.texts.preparation_places is None
    assert fiche.texts.statistics_note is None
    assert fiche.texts.activity_regulation == "Néant."
    assert fiche.pages == ("http://www.travail-emploi.gouv.fr",)
    assert fiche.page_note is None


def test_texts(fiche: Fiche) -> None:
    summary = str(fiche.texts.job_summary).split("\n\n")
    assert len(summary) == 7 + 3 + 3 + 8 + 4
    assert summary[7] == "1. Participer à des réseaux professionnels et contribuer à une veille sociale territoriale"
    assert "2. Assurer un service de médiation" in summary
    assert summary[-1] == "Evaluer les actions menées."
    assert str(fiche.texts.sectors).endswith("des bailleurs sociaux, des entreprises.")
    assert fiche.texts.accessible_jobs == "Médiateur social."
    assert str(fiche.texts.components_description).count("\n\n") == 2


def test_what_was_wrong_with_it(reading: Reading) -> None:
    found = {(diagnostic.code, diagnostic.line, diagnostic.fiche) for diagnostic in reading.diagnostics}
    assert found == {
        ("VALEUR-TRONQUEE", 15, "RNCP2383"),
        ("TEXTE-PROVISOIRE", 96, "RNCP2383"),
        ("CELLULE-REPETEE", 114, "RNCP2383"),
        ("CITATION-NON-LUE", 175, "RNCP2383"),
    }
    repeated = next(found for found in reading.diagnostics if found.code == "CELLULE-REPETEE")
    assert repeated.excerpt == "sociale territoriale"
    assert {found.file for found in reading.diagnostics} == {"rncp2383.txt"}


def test_all_of_it_is_read(reading: Reading, text: str) -> None:
    assert reading.share.ratio >= 0.99
    assert reading.share.total == sum(map(len, text.split()))
    assert reading.unread == ()
    assert reading.line == 1
