"""Each page says where it comes from, of which day where that is an export's, and what is authentic in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import rdflib

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Coded, CompetenceBlock, Habilitation, Organisation, Partnership, PartnershipStatus
from rncp_ld.model.reading import SourceDocument
from rncp_ld.publish.catalogue import map_catalogue
from rncp_ld.publish.context import OFFICIAL_REGISTER, SiteContext
from rncp_ld.publish.counts import count
from rncp_ld.publish.series import sources_of
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import group_triples
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL
from tests.registers import fiche
from tests.sites import SmallSite, make_site, read_html

IRIS = Iris()
EXPORT = SourceDocument("export.xml", SourceSeries.XML_V4_1, date(2026, 8, 16))
OLDER = SourceDocument("avant.xml", SourceSeries.XML_V4_1, date(2024, 2, 22))
TEXT = SourceDocument("fiche_2018-01-31.txt", SourceSeries.TEXT, date(2018, 1, 31))
ROME = Coded("K1205", "Information sociale")
PARTNER = Partnership(Organisation("Centre", "11004401300040"), Habilitation.TRAIN, PartnershipStatus.ACTIVE)
FROM_EXPORT = fiche(
    "RNCP100", "De l'export", rome=(ROME,), partnerships=(PARTNER,), has_partners=True, successors=("RNCP400",),
    blocks=(CompetenceBlock("RNCP100BC01", 1, "Un bloc"),),
)  # fmt: skip
FROM_TEXT = fiche(
    "RNCP200",
    "Du texte",
    series=SourceSeries.TEXT,
    rome=(ROME,),
    blocks=(CompetenceBlock("RNCP200BC01", 1, "Un bloc"),),
)
SINCE = "Page inchangée depuis l’export du 16 août 2026."
XML_SAYS = f"Source : France compétences, export XML V4.1 du RNCP et du RS. {SINCE} Données sous"
TEXT_SAYS = (
    f"Source : Commission nationale de la certification professionnelle (CNCP), fiches en texte. {SINCE} Données sous"
)
BOTH_SAY = (
    "Sources : France compétences, export XML V4.1 du RNCP et du RS ; "
    f"Commission nationale de la certification professionnelle (CNCP), fiches en texte. {SINCE} Données sous"
)
BOTH_SAY_OF_WHEN = (
    "Sources : France compétences, export XML V4.1 du RNCP et du RS, en date du 16 août 2026 ; "
    "Commission nationale de la certification professionnelle (CNCP), fiches en texte. Données sous"
)
FORMER_SAYS = f"Source : une publication antérieure de ce jeu de données. {SINCE} Données sous"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    gone = IRIS.certification("RNCP300")
    extra = [(gone, RDF_TYPE, IRIS.rncp.Withdrawn), (gone, RDFS_LABEL, '"Retirée"@fr')]
    folder = tmp_path_factory.mktemp("attribution")
    return make_site(folder, (FROM_EXPORT, FROM_TEXT), EXPORT, others=(TEXT, OLDER), extra=extra)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("certification/RNCP100", XML_SAYS),
        ("bloc/RNCP100BC01", XML_SAYS),
        ("partenariats/RNCP100", XML_SAYS),
        ("certification/RNCP200", TEXT_SAYS),
        ("bloc/RNCP200BC01", TEXT_SAYS),
        ("rome/K1205", BOTH_SAY),
        ("organisation/siret-11004401300040", BOTH_SAY),
        ("certification/RNCP400", BOTH_SAY),
        ("certification/index", BOTH_SAY_OF_WHEN),
        ("index", BOTH_SAY_OF_WHEN),
        ("quality/index", BOTH_SAY_OF_WHEN),
        ("def", BOTH_SAY_OF_WHEN),
        ("certification/RNCP300", FORMER_SAYS),
    ],
)
def test_a_page_names_the_series_of_its_fiche_else_those_of_the_publication(
    path: str, says: str, site: SmallSite
) -> None:
    assert site.page(path).footer.startswith(says)


@pytest.mark.parametrize(
    ("path", "official"),
    [
        ("certification/RNCP100", "https://www.francecompetences.fr/recherche/rncp/100/"),
        ("bloc/RNCP200BC01", "https://www.francecompetences.fr/recherche/rncp/200/"),
        ("partenariats/RNCP100", "https://www.francecompetences.fr/recherche/rncp/100/"),
        ("certification/RNCP400", "https://www.francecompetences.fr/recherche/rncp/400/"),
        ("rome/K1205", OFFICIAL_REGISTER),
        ("organisation/siret-11004401300040", OFFICIAL_REGISTER),
        ("index", OFFICIAL_REGISTER),
    ],
)
def test_a_page_links_to_the_official_fiche_else_to_the_official_register(
    path: str, official: str, site: SmallSite
) -> None:
    page = site.page(path)
    assert page.hrefs[-1] == official
    number = "".join(c for c in official if c.isdigit())
    expected = f"la fiche officielle RNCP{number} de" if number else "les fiches du répertoire officiel de"
    assert expected in page.footer


def test_every_page_of_a_whole_publication_says_it(real_build: Path) -> None:
    for path in sorted((real_build / "site").rglob("*.html")):
        page = read_html(path)
        assert page.footer.startswith("Source"), path
        assert "Licence Ouverte 2.0" in page.footer, path
        assert "Publication non officielle." in page.footer, path
        assert any(href.startswith("https://www.francecompetences.fr/recherche") for href in page.hrefs), path


def test_the_home_page_of_a_text_fiche_alone_speaks_of_no_export(seed_build: Path) -> None:
    text = read_html(seed_build / "site" / "index.html").text
    assert "Les données ont pour source : Commission nationale de la certification professionnelle (CNCP)," in text
    for wrong in ("France compétences publie", "data.gouv.fr", "export"):
        assert wrong not in text, wrong


def test_a_file_names_the_series_that_its_page_does(site: SmallSite) -> None:
    for path, source in (
        ("certification/RNCP100", "source/xml-v4-1"),
        ("bloc/RNCP200BC01", "source/fiche-texte"),
        ("rome/K1205", "dataset"),
        ("certification/RNCP300", "dataset"),
    ):
        graph = rdflib.Graph().parse(site.folder / f"{path}.ttl")
        found = graph.value(rdflib.URIRef(f"{IRIS.base}{path}.ttl"), rdflib.DCTERMS.source)
        assert str(found) == f"{IRIS.base}{source}"


@pytest.mark.parametrize(
    ("documents", "says", "sources"),
    [
        ((TEXT,), "Commission nationale de la certification professionnelle (CNCP), fiches en texte.", []),
        (
            (EXPORT, OLDER),
            "France compétences, export XML V4.1 du RNCP et du RS.",
            ["<https://www.data.gouv.fr/datasets/5eebbc067a14b6fecc9c9976/>"],
        ),
    ],
)
def test_the_catalogue_says_the_same(documents: tuple[SourceDocument, ...], says: str, sources: list[str]) -> None:
    me = IRIS.certification("RNCP1")
    counts = count(group_triples([(me, RDF_TYPE, IRIS.rncp.Certification)]), [me])
    found = list(map_catalogue(counts, {}, SiteContext(IRIS, documents)))
    provenance = IRIS.path("dataset#provenance")
    assert [o for s, p, o in found if s == provenance and p == RDFS_LABEL] == [f'"{says}"@fr']
    assert [o for _, p, o in found if p == f"<{rdflib.DCTERMS.source}>"] == sources


def test_only_exports_have_a_date_and_it_is_the_newest() -> None:
    found = sources_of((OLDER, EXPORT, TEXT))
    assert {series: source.exported for series, source in found.items()} == {
        SourceSeries.XML_V4_1: date(2026, 8, 16),
        SourceSeries.TEXT: None,
    }
