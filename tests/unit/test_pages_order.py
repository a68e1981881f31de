"""Parts of a page stand in the order of their source, which their addresses (hashes) do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import CertificationMention, Equivalence, EquivalenceKind
from rncp_ld.model.legal import ArticleRange, CodeArticle, LegalMention, LegalRole
from rncp_ld.model.reading import SourceDocument
from tests.registers import fiche
from tests.sites import Html, make_site, read_html

NAMES = ("Zèbre", "Âne", "Mule", "Baudet", "Cheval", "Poney", "Onagre", "Bardot")
FIRST, SECOND, THIRD = (CodeArticle("code-education", "code de l'éducation", f"R338-{n}") for n in (1, 2, 3))


def cited(text: str, position: int, *roles: LegalRole, ranges: tuple[ArticleRange, ...] = ()) -> LegalMention:
    return LegalMention(text, roles, position, "Endroit", articles=(FIRST, SECOND, THIRD), ranges=ranges)


FICHE = fiche(
    equivalences=tuple(
        Equivalence(EquivalenceKind.DECLARED, CertificationMention(name, place, "Liens", name))
        for place, name in enumerate(NAMES, 1)
    ),
    legal_mentions=(
        cited("un texte de jury", 1, LegalRole.JURY),
        cited(
            "premier texte général",
            1,
            LegalRole.GENERAL,
            ranges=(ArticleRange(FIRST, SECOND), ArticleRange(THIRD, None)),
        ),
        cited("deuxième texte général", 2, LegalRole.GENERAL),
        cited("texte de l'historique", 1, LegalRole.HISTORY),
        cited("texte de réglementation", 1, LegalRole.REGULATION),
        cited("autre texte", 1, LegalRole.OTHER),
        cited("texte sur la VAE", 1, LegalRole.VAE),
        cited("second texte de création", 2, LegalRole.OTHER, LegalRole.CREATION),
        cited("premier texte de création", 1, LegalRole.CREATION),
    ),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Html:
    document = SourceDocument("export.xml", SourceSeries.XML_V4_1)
    return make_site(tmp_path_factory.mktemp("order"), [FICHE], document).page("certification/RNCP1")


def in_order(texts: tuple[str, ...], page: Html) -> bool:
    section = page.raw.replace("&#39;", "'")
    places = [section.index(f'<div class="head">{text}') for text in texts]
    return places == sorted(places)


def test_equivalences_stand_as_the_fiche_lists_them(page: Html) -> None:
    places = [page.text.index(f"{name} Type d’équivalence") for name in NAMES]
    assert places == sorted(places)


def test_equivalences_of_a_real_fiche_do_too(seed_build: Path) -> None:
    text = read_html(seed_build / "site" / "certification" / "RNCP2383.html").text
    places = [
        text.index(f"{name} Type d’équivalence")
        for name in (
            "« services de proximité et vie locale »",
            "« services aux personnes et aux territoires »",
            "Diplôme d'Etat de moniteur-éducateur",
            "BPJEPS toutes spécialités",
        )
    ]
    assert places == sorted(places)


def test_legal_references_stand_by_role_then_as_the_fiche_lists_them(page: Html) -> None:
    assert in_order(
        (
            "premier texte de création",
            "second texte de création",
            "premier texte général",
            "deuxième texte général",
            "texte sur la VAE",
            "autre texte",
            "un texte de jury",
            "texte de réglementation",
            "texte de l'historique",
        ),
        page,
    )


def test_a_range_of_articles_is_written_as_citations_write_it(page: Html) -> None:
    article = "Article R338-{} du code de l'éducation".format
    assert f"Plages d’articles {article(1)} à {article(2)} {article(3)} et suivants" in page.text
    assert "Premier article" not in page.text
