"""What pages and questions say of chains of successions, of those that go round in a circle too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
from rncp_ld.resources import files
from tests.command import run
from tests.exports import fiche as exported
from tests.exports import write_export
from tests.registers import fiche
from tests.sites import SmallSite, make_site

CHAIN = (
    fiche("RNCP1", "Lanternier", is_active=False, successors=("RNCP2",)),
    fiche("RNCP2", "Allumeur", is_active=False, successors=("RNCP3",)),
    fiche("RNCP3", "Éclairagiste", is_active=True),
)
CIRCLE = (
    fiche("RNCP11", "Tisseur", is_active=False, successors=("RNCP12",)),
    fiche("RNCP12", "Fileur", is_active=False, successors=("RNCP13",)),
    fiche("RNCP13", "Cardeur", is_active=False, successors=("RNCP11", "RNCP14")),
    fiche("RNCP14", "Filateur", is_active=True),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    document = SourceDocument("export.xml", SourceSeries.XML_V4_1, date(2026, 8, 16), "ab" * 32)
    return make_site(tmp_path_factory.mktemp("succession"), (*CHAIN, *CIRCLE), document)


def test_a_page_shows_the_way_to_the_active_one(site: SmallSite) -> None:
    text = site.page("certification/RNCP1").text
    assert "Remplacée par RNCP2 Allumeur inactive Mène à la certification active RNCP3 Éclairagiste" in text


def test_the_next_one_is_not_named_twice(site: SmallSite) -> None:
    """Its successor is the active one: the banner says so once, and so does the section."""
    text = site.page("certification/RNCP2").text
    assert "Remplacée par RNCP3 Éclairagiste" in text
    assert "Mène à la certification active" not in text


def test_the_active_one_lists_what_leads_to_it_from_further_away(site: SmallSite) -> None:
    text = site.page("certification/RNCP3").text
    assert "Certifications plus anciennes qui mènent ici" in text
    assert "1 RNCP1 Lanternier" in text.partition("qui mènent ici")[2]


def test_the_pages_of_a_circle_are_there(site: SmallSite) -> None:
    for number, title in ((11, "Fileur"), (12, "Cardeur"), (13, "Tisseur")):
        assert f"Remplacée par RNCP{11 + (number - 10) % 3} {title}" in site.page(f"certification/RNCP{number}").text
    assert "Mène à la certification active RNCP14 Filateur" in site.page("certification/RNCP11").text


def test_the_question_ends_and_counts_steps(site: SmallSite) -> None:
    (question,) = (path for path in files("ontology", "questions/*.rq") if path.stem == "suites")
    _, rows = site.store.select(question.read_text(encoding="utf-8"))
    steps = {(row[0], row[3]): row[2] for row in rows}
    assert {pair[0]: pair[1] for pair in steps} == {
        '"RNCP1"': '"RNCP3"', '"RNCP2"': '"RNCP3"', '"RNCP11"': '"RNCP14"', '"RNCP12"': '"RNCP14"', '"RNCP13"': '"RNCP14"',
    }  # fmt: skip


def test_a_circle_of_two_is_reported_once_and_published(tmp_path: Path) -> None:
    """The shape that sees it too says no second time what the link stage has said."""
    source = write_export(
        tmp_path,
        *(
            exported(
                one, NOUVELLES_CERTIFICATIONS={"NOUVELLE_CERTIFICATION": {"ID_FICHE_NOUVELLE_CERTIFICATION": other}}
            )
            for one, other in (("RNCP1", "RNCP2"), ("RNCP2", "RNCP1"))
        ),
    )
    said = run("check", source)
    assert said.code == 0
    assert said.out.count("SUCCESSION-EN-BOUCLE") == 2
    assert "RNCP1 → RNCP2 → RNCP1." in said.out
    assert "La même certification est dite" not in said.out
