"""The table of blocs, however its cells are cut."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import CompetenceBlock
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.text_fiche import read_text_fiche

HEAD = "Code RNCP: 77\n\nIntitulé :\n\nEssai\n\n"
HEADER = "INTITULÉ\tDESCRIPTIF ET MODALITÉS D'ÉVALUATION\t\t\n"


def read(table: str, *, summary: str = "") -> Reading:
    before = f"Résumé du référentiel d'emploi ou éléments de compétence acquis\n\n{summary}\n\n" if summary else ""
    text = f"{HEAD}{before}Bloc de compétence :\n\n{HEADER}{table}\n\nStatistiques :\n"
    return read_text_fiche(text, SourceDocument("x.txt", SourceSeries.TEXT))


def blocks(table: str, *, summary: str = "") -> tuple[CompetenceBlock, ...]:
    fiche = read(table, summary=summary).fiche
    assert fiche is not None
    return fiche.blocks


def titles(table: str) -> list[tuple[str, str]]:
    return [(block.code, block.title) for block in blocks(table)]


def items(block: CompetenceBlock) -> list[str]:
    return [item.title for item in block.competences]


VERBS = [
    "Analyser",
    "S'inscrire dans",
    "Mettre en œuvre",
    "Établir ou rétablir",
    "Rendre compte de",
    "Se former à",
    "Recueillir",
]
NOUNS = ["le territoire", "une relation de confiance", "les besoins du public et des partenaires", "l'accès aux droits",
         "des projets d'activité correspondant à son niveau de responsabilité", "la vie sociale, par étapes"]  # fmt: skip
statement = st.builds(lambda verb, noun, more: f"{verb} {noun}{more}.", st.sampled_from(VERBS), st.sampled_from(NOUNS),
                      st.sampled_from(["", " et ses suites", ", avec les acteurs de France", " (en équipe)"]))  # fmt: skip
title = st.builds(lambda verb, noun: f"{verb} {noun}", st.sampled_from(VERBS), st.sampled_from(NOUNS))
bloc = st.tuples(title, st.lists(statement, min_size=1, max_size=6, unique=True))


def cut_table(blocs: list[tuple[str, list[str]]], left: int, right: int, together: set[int]) -> str:
    """Print blocs as a PDF does: cells wrapped at widths, some statements set on one line with the one before."""
    rows = []
    for number, (name, statements) in enumerate(blocs, 1):
        cell = textwrap.wrap(f"Bloc de compétence n°{number} de la fiche n° 77 - {name}", left)
        text: list[str] = []
        for place, said in enumerate(statements):
            if text and place in together:
                text[-1:] = textwrap.wrap(f"{text[-1]} {said}", right)
            else:
                text += textwrap.wrap(said, right)
        rows += [f"{a}\t{b}\t\t\t" for a, b in zip_longest(cell, text, fillvalue="")]
    return "\n".join(rows)


@settings(max_examples=100, deadline=None)
@given(
    blocs=st.lists(bloc, min_size=1, max_size=4),
    left=st.integers(18, 40),
    right=st.integers(35, 90),
    together=st.sets(st.integers(1, 5)),
    with_summary=st.booleans(),
)
def test_cells_may_be_cut_anywhere(
    blocs: list[tuple[str, list[str]]], left: int, right: int, together: set[int], *, with_summary: bool
) -> None:
    table = cut_table(blocs, left, right, together)
    summary = "\n\n".join(part for number, (name, said) in enumerate(blocs, 1) for part in (f"{number}. {name}", *said))
    read_blocks = blocks(table, summary=summary if with_summary else "")
    assert [(block.code, block.title, items(block)) for block in read_blocks] == [
        (f"RNCP77BC{number:02d}", name, said) for number, (name, said) in enumerate(blocs, 1)
    ]


@pytest.mark.parametrize(
    ("cell", "code", "title"),
    [
        ("Bloc de compétence n°1 de la fiche n° 77 - Veiller", "RNCP77BC01", "Veiller"),
        ("Bloc de compétences N° 11 fiche RNCP N° 77-Veiller", "RNCP77BC11", "Veiller"),
        ("BLOC DE COMPÉTENCES N°5 FICHE RNCP N° 77 – VEILLER", "RNCP77BC05", "VEILLER"),
        ("BLOC N°2 DE COMPETENCES N°2 fiche RNCP N° 77 - Veiller", "RNCP77BC02", "Veiller"),
        ("Bloc de compétence n°6 Veiller la nuit", "RNCP77BC06", "Veiller la nuit"),
        ("Bloc 3 : Veiller", "RNCP77BC03", "Veiller"),
        ("CCP 2 - Veiller", "RNCP77BC02", "Veiller"),
        ("RNCP77BC04 Veiller", "RNCP77BC04", "Veiller"),
        ("RNCP77BC04\u00a0: Veiller", "RNCP77BC04", "Veiller"),
        ("Bloc 8.12: Veiller", "", "Bloc 8.12: Veiller"),
        ("Bloc A : Veiller", "", "Bloc A : Veiller"),
        ("Veiller", "", "Veiller"),
    ],
)
def test_titles(cell: str, code: str, title: str) -> None:
    assert titles(f"{cell}\tAnalyser.\t\t") == [(code, title)]


def test_titles_without_numbers_start_after_an_empty_cell() -> None:
    table = "Veiller sur\tAllumer la lampe.\nle large\tRegarder la mer.\n\tÉcrire.\nEntretenir\tPeindre la tour.\nle phare\t\n"
    assert [(block.code, block.title, items(block)) for block in blocks(table)] == [
        ("", "Veiller sur le large", ["Allumer la lampe.", "Regarder la mer.", "Écrire."]),
        ("", "Entretenir le phare", ["Peindre la tour."]),
    ]


def test_a_cell_printed_in_each_of_its_rows() -> None:
    reading = read("Bloc 1 : Veiller\tAllumer.\nBloc 1 : Veiller\tRegarder.\nBloc 2 : Peindre\tPeindre.\n")
    assert reading.fiche is not None
    assert [(block.code, items(block)) for block in reading.fiche.blocks] == [
        ("RNCP77BC01", ["Allumer.", "Regarder."]),
        ("RNCP77BC02", ["Peindre."]),
    ]
    assert [found.code for found in reading.diagnostics] == ["CELLULE-REPETEE"]


def test_a_repeated_fragment_counts_once() -> None:
    reading = read(
        "Bloc 1 : Mener une veille sociale\tAnalyser les\nsociale territoriale\tbesoins.\nterritoriale\tles besoins."
    )
    assert reading.fiche is not None
    (block,) = reading.fiche.blocks
    assert block.title == "Mener une veille sociale territoriale"
    assert items(block) == ["Analyser les besoins."]
    repeated = [(found.code, found.line, found.excerpt) for found in reading.diagnostics]
    assert repeated == [
        ("CELLULE-REPETEE", 11, "sociale"),
        ("CELLULE-REPETEE", 12, "les besoins."),
        ("CELLULE-REPETEE", 12, "territoriale"),
    ]


def test_statements_without_final_stops() -> None:
    (block,) = blocks("Bloc 1 : Veiller\tAnalyser la demande des\n\tpartenaires de\n\tFrance\n\tRédiger un rapport\n")
    assert items(block) == ["Analyser la demande des partenaires de France", "Rédiger un rapport"]


def test_list_marks_and_codes() -> None:
    (block,) = blocks(
        "Bloc 1 : Veiller\t• Analyser la demande ;\n\t• Rédiger un\n\trapport.\n\tC1.2. Évaluer l'action\n"
    )
    assert items(block) == ["Analyser la demande ;", "Rédiger un rapport.", "C1.2. Évaluer l'action"]


def test_prose_stays_whole() -> None:
    (block,) = blocks(
        "Bloc 1 : Français\tÉpreuve écrite de trois heures. Elle porte\n\tsur un texte.\n\tCoefficient 4.\n"
    )
    assert items(block) == []
    assert block.competences_text == "Épreuve écrite de trois heures. Elle porte sur un texte.\n\nCoefficient 4."


def test_prose_that_the_summary_lists_too_is_a_list() -> None:
    (block,) = blocks(
        "Bloc 1 : Veiller\tVeille de nuit. Tour\n\tdu phare.\n",
        summary="1. Veiller\n\nVeille de nuit.\n\nTour du phare.",
    )
    assert items(block) == ["Veille de nuit.", "Tour du phare."]


def test_assessment() -> None:
    (block,) = blocks("Bloc 1 : Veiller\tVeiller.\n\tModalités d'évaluation :\n\tOral de vingt\n\tminutes.\n")
    assert (items(block), block.assessment_method) == (["Veiller."], "Oral de vingt minutes.")


def test_lines_without_separators() -> None:
    table = "Bloc 1 : Veiller la\nnuit\tAllumer la lampe et\nregarder la mer.\nÉcrire au journal.\nBloc 2 : Peindre\tPeindre.\n"
    assert [(block.title, items(block)) for block in blocks(table)] == [
        ("Veiller la nuit", ["Allumer la lampe et regarder la mer.", "Écrire au journal."]),
        ("Peindre", ["Peindre."]),
    ]


def test_every_difference_from_the_summary_is_reported() -> None:
    summary = "1. Veiller\n\nAllumer la lampe.\n\nRegarder la mer.\n\nDormir."
    reading = read("Bloc 1 : Veiller\tAllumer la lampe.\n\tRegarder le large.\n", summary=summary)
    assert reading.fiche is not None
    assert items(reading.fiche.blocks[0]) == ["Allumer la lampe.", "Regarder le large."]
    found = [(found.line, found.excerpt) for found in reading.diagnostics if found.code == "COMPETENCE-DIVERGENTE"]
    assert found == [(15, "Dormir."), (21, "Regarder le large.")]


def test_a_placeholder_is_no_bloc() -> None:
    reading = read("Néant\t\n")
    assert reading.fiche is not None
    assert reading.fiche.blocks == ()
    assert [found.code for found in reading.diagnostics] == ["TEXTE-PROVISOIRE"]
