"""What pages say: facts in their place, shared texts once, closed certifications with what follows, lists by hundreds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import (
    AccessCondition,
    CertificationMention,
    ChangeEvent,
    ChangeType,
    Coded,
    Competence,
    CompetenceBlock,
    Equivalence,
    EquivalenceKind,
    Habilitation,
    Organisation,
    Partnership,
    PartnershipStatus,
    PromotionStatistics,
    Texts,
)
from rncp_ld.model.reading import SourceDocument
from rncp_ld.publish.pages import render_resource
from rncp_ld.publish.pages.since import put_dates
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.vocabulary import ORGANIZATIONAL_UNIT, RDF_TYPE, RDFS_LABEL
from tests.registers import fiche
from tests.sites import WHOLE_FICHE, SmallSite, make_site, parse_html

IRIS = Iris()
ROME = (Coded("K1205", "Information sociale"),)
MEDIATOR = "Médiateur social accès aux droits et services"
DOCUMENT = SourceDocument("/home/someone/export.xml", SourceSeries.XML_V4_1, date(2026, 8, 16), "ab" * 32)
OLD = fiche(
    "RNCP100",
    "Ancien titre",
    is_active=False,
    registration_end=date(2021, 7, 1),
    rome=ROME,
    texts=Texts(activity_regulation="Néant.", closure_note="L'accès n'est plus possible"),
    access_conditions=(
        AccessCondition(Route.VAE, True, "Un président et deux membres", "Idem"),
        AccessCondition(Route.FI, False),
        AccessCondition(Route.CA, True, "Un président et deux membres"),
        AccessCondition(Route.CL, None),
    ),
    change_events=(
        ChangeEvent(
            ChangeType.TITLE, "Changement d'intitulé", None, CertificationMention(MEDIATOR, 1, "Historique", MEDIATOR), date(2017, 1, 3)
        ),
    ),
    component_validity="P5Y",
    statistics=(PromotionStatistics(2020, 12), PromotionStatistics(2021, 1807, 3, 73, None, 92)),
)  # fmt: skip
NEW = fiche("RNCP200", MEDIATOR, is_active=True, rome=ROME)
HUB = tuple(fiche(f"RNCP{1000 + n}", f"Titre {n:03}", is_active=n % 2 == 0, rome=ROME) for n in range(250))
LINKED = (
    fiche("RNCP300", "Remplacée", is_active=False, successors=("RNCP301",)),
    fiche("RNCP301", "Remplaçante", is_active=True, predecessors=("RNCP300", "RNCP299")),
    fiche(
        "RNCP302",
        "Partenaires et équivalences",
        has_partners=True,
        blocks=(CompetenceBlock("RNCP302BC01", 1, "Un bloc"), CompetenceBlock("RNCP302BC02", 2, "Un autre")),
        equivalences=(
            Equivalence(
                EquivalenceKind.CORRESPONDENCE, None, ("RNCP302BC01",), "RNCP301", ("RNCP301BC07", "RNCP301BC08")
            ),
        ),
        partnerships=(
            Partnership(Organisation("Centre", "11004401300040"), Habilitation.TRAIN, PartnershipStatus.ACTIVE),
        ),
    ),
)
FINDINGS = (
    Diagnostic.of("URL-INVALIDE", fiche="RNCP100", excerpt="voir le site", file="secret.xml", line=7),
    Diagnostic.of("CODE-BLOC", fiche="RNCP100", excerpt="RNCP100BC1", file="secret.xml"),
    Diagnostic.of("CODE-BLOC", fiche="RNCP100", excerpt="RNCP100BC2", file="secret.xml"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    gone, unit = IRIS.certification("RNCP9"), IRIS.organisation("siret-1")
    extra = [
        (gone, RDF_TYPE, IRIS.rncp.Withdrawn),
        (gone, RDFS_LABEL, '"Retirée"@fr'),
        (gone, IRIS.rncp.lastSeen, '"2025-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (unit, RDF_TYPE, IRIS.rncp.Withdrawn),
        (unit, RDFS_LABEL, '"Centre"@fr'),
        (unit, IRIS.rncp.formerType, ORGANIZATIONAL_UNIT),
        (gone, IRIS.rncp.replacedBy, IRIS.certification("RNCP200")),
    ]
    folder = tmp_path_factory.mktemp("content")
    return make_site(folder, (OLD, NEW, *HUB, *LINKED), DOCUMENT, FINDINGS, extra=extra)


def test_a_closed_certification_says_so_and_names_its_successor_s_candidates(site: SmallSite) -> None:
    text = site.page("certification/RNCP100").text
    assert "Cette certification n’est plus active. Son enregistrement a pris fin le 1er juillet 2021." in text
    assert "L'accès n'est plus possible" in text
    assert f"Certification suivante « {MEDIATOR} », citée sans son numéro." in text
    assert "../certification/RNCP200.html" in site.page("certification/RNCP100").hrefs


def test_a_certification_names_what_replaces_it_and_what_it_replaces(site: SmallSite) -> None:
    assert "Remplacée par RNCP301 Remplaçante" in site.page("certification/RNCP300").text
    assert "Remplace RNCP300 Remplacée inactive RNCP299 non décrite" in site.page("certification/RNCP301").text


def test_a_code_that_is_only_named_says_so(site: SmallSite) -> None:
    page = site.page("bloc/RNCP301BC07")
    assert "Ressource citée, non décrite" in page.text
    assert "est cité par 1 page et n’est décrit par aucune des sources lues" in page.text


def test_what_left_the_register_says_so(site: SmallSite) -> None:
    text = site.page("certification/RNCP9").text
    assert (
        "elle ne figure plus dans les sources, ou le contrôle l’écarte. Dernière publication : export du 31 janvier 2025."
        in text
    )
    assert f"Remplacée par RNCP200 {MEDIATOR}" in text


def test_words_agree_with_the_kind_that_they_are_said_of(site: SmallSite) -> None:
    """A bloc is "non décrit", a certification "non décrite"."""
    page = site.page("certification/RNCP302")
    assert "RNCP301BC07 non décrit " in page.text
    assert "non décrite" in site.page("certification/RNCP301").text


def test_what_left_the_register_keeps_its_code_and_is_called_in_words(site: SmallSite) -> None:
    page = site.page("certification/RNCP9")
    assert "Ressource retirée RNCP9 Retirée" in page.text
    assert "Ce que c’était établissement" in site.page("organisation/siret-1").text


def test_a_placeholder_is_no_content(site: SmallSite) -> None:
    assert '<span class="dim">—\u00a0(«\u00a0Néant.\u00a0»)</span>' in site.page("certification/RNCP100").raw


def test_access_conditions_are_one_table_in_the_order_of_the_routes(site: SmallSite) -> None:
    page = site.page("certification/RNCP100")
    rows = [one for one in page.ids if one.startswith("acces-")]
    assert rows == ["acces-FI", "acces-CA", "acces-CL", "acces-VAE"]
    assert page.text.count("Un président et deux membres") == 1
    assert "même jury que pour la voie CA" in page.text
    assert "imprimé « Idem »" in page.text
    assert "non précisé" in page.text
    assert "5 ans" in page.text


def test_statistics_are_a_table_with_the_newest_year_first(site: SmallSite) -> None:
    page = site.page("certification/RNCP100")
    assert [one for one in page.ids if one.startswith("statistiques")] == ["statistiques-2021", "statistiques-2020"]
    assert "1 807" in page.text
    assert "92 %" in page.text


def test_findings_are_in_plain_words_without_the_publisher_s_paths(site: SmallSite) -> None:
    page = site.page("certification/RNCP100")
    assert page.raw.count("<strong>À corriger</strong>") == 1
    assert page.text.index("À corriger") < page.text.index("À savoir")
    assert "RNCP100BC1 , RNCP100BC2" in page.text
    assert "secret.xml" not in page.raw
    assert "/home/someone" not in (site.folder / "index.html").read_text(encoding="utf-8")


def test_a_hub_counts_all_shows_twenty_and_pages_the_rest(site: SmallSite) -> None:
    page = site.page("rome/K1205")
    assert "Certifications de ce métier 252" in page.text
    assert len([href for href in page.hrefs if "/certification/RNCP" in href]) == 20
    assert "K1205.liens-rome-1.html" in "".join(page.hrefs)
    parts = sorted(site.folder.glob("rome/K1205.liens-*.html"))
    assert [part.name for part in parts] == [f"K1205.liens-rome-{n}.html" for n in (1, 2, 3)]
    listed = [h for p in parts for h in parse_html(p.read_text(encoding="utf-8")).hrefs if "/certification/RNCP" in h]
    assert len(listed) == len(set(listed)) == 252
    assert "201 à 252 sur 252" in parse_html(parts[2].read_text(encoding="utf-8")).text
    # Active ones first, by title.
    assert listed[0].endswith("RNCP200.html")
    assert listed[-1].endswith("RNCP1249.html")


def test_an_index_is_paged_too(site: SmallSite) -> None:
    assert (site.folder / "certification" / "index-3.html").is_file()
    first = site.page("certification/index")
    assert "inactive" not in first.text
    assert "1 à 100 sur 257" in first.text
    assert "non décrite" in site.page("certification/index-3").text


def test_codes_have_their_place_in_the_tree(site: SmallSite) -> None:
    page = site.page("rome/K1205")
    assert page.hrefs[page.hrefs.index("../rome/index.html", 8) :][1:3] == ["../rome/K.html", "../rome/K12.html"]
    above = site.page("rome/K12")
    assert (2, "Plus précis ") in above.headings
    assert "../rome/K1205.html" in above.hrefs


def test_a_bloc_leads_back_to_its_certification(site: SmallSite) -> None:
    assert "../certification/RNCP302.html" in site.page("bloc/RNCP302BC01").hrefs[:12]


def test_partners_are_counted_and_lead_to_organisations(site: SmallSite) -> None:
    assert "1 partenariat" in site.page("certification/RNCP302").text
    assert "../organisation/siret-11004401300040.html" in site.page("partenariats/RNCP302").hrefs
    assert "SIREN 110 044 013" in site.page("organisation/siret-11004401300040").text


def test_correspondences_are_a_table_of_both_sides(site: SmallSite) -> None:
    hrefs = site.page("certification/RNCP302").hrefs
    assert {"../bloc/RNCP302BC01.html", "../bloc/RNCP301BC07.html", "../bloc/RNCP301BC08.html"} <= set(hrefs)


def test_an_equivalence_and_its_mention_are_one_with_two_ids(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("whole")
    page = make_site(folder, [WHOLE_FICHE], DOCUMENT).page("certification/RNCP2383")
    assert any(one.startswith("equivalence-") for one in page.ids)
    assert any(one.startswith("mention-equivalence-") for one in page.ids)


def test_the_home_page_says_what_of_which_day_and_how(site: SmallSite) -> None:
    page = site.page("index")
    for needed in (
        "16 août 2026",
        "export.xml",
        "ab" * 32,
        "Licence Ouverte 2.0",
        "Certifications 255 + 1 citée + 1 retirée",
        "Blocs de compétences 2 + 2 cités",
    ):
        assert needed in page.text, needed
    assert "n’est pas encore enregistrée" in page.text


def test_the_ontology_page_has_every_term_with_its_definitions(site: SmallSite) -> None:
    page = site.page("def")
    terms = [term for term in site.opened().lookups.labels if term.startswith(f"<{IRIS.namespace}")]
    assert len(terms) > 100
    assert {term[1:-1].partition("#")[2] for term in terms} <= set(page.ids)
    assert "A professional certification" in page.text


def test_a_resource_is_rendered_by_itself(site: SmallSite) -> None:
    files = dict(put_dates(render_resource(IRIS.rome("K1205"), site.opened()), None, site.context.export_date)[0])
    assert set(files) >= {"rome/K1205.html", "rome/K1205.ttl", "rome/K1205.jsonld", "rome/K1205.liens-rome-1.html"}
    for path, text in files.items():
        assert (site.folder / path).read_text(encoding="utf-8") == text


def test_a_theme_stands_once_above_the_competences_under_it(tmp_path: Path) -> None:
    competences = (
        Competence(1, "Couper", "Atelier :"),
        Competence(2, "Coudre", "Atelier :"),
        Competence(3, "Accueillir", "Vente :"),
        Competence(4, "Rendre compte"),
    )
    block = CompetenceBlock("RNCP1BC01", 1, "Tailleur", competences)
    site = make_site(tmp_path, [fiche("RNCP1", "Tailleur", blocks=(block,))], DOCUMENT)
    for path in ("bloc/RNCP1BC01", "certification/RNCP1"):
        text = site.page(path).text
        assert "Atelier : Couper Coudre Vente : Accueillir Rendre compte" in text, path
