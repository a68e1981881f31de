"""Every link of a site leads somewhere, and every part of the graph has its place on a page."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from rncp_ld.errors import PublicationError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
from rncp_ld.publish.pages.home import WRITTEN_BY_OTHERS
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.store.store import GraphStore
from tests.sites import WHOLE_FICHE, Html, SmallSite, make_site, read_html

DOCUMENT = SourceDocument("dossier/fiche.txt", SourceSeries.TEXT, sha256="0" * 64)
ERROR_PAGE = re.compile(r"hosting/errors/[0-9]+-([0-9]+)\.html")
ELSEWHERE = "https://example.org/data/rncp/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    return make_site(tmp_path_factory.mktemp("pages"), [WHOLE_FICHE], DOCUMENT)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    return make_site(tmp_path_factory.mktemp("pages"), [WHOLE_FICHE], DOCUMENT, iris=Iris(ELSEWHERE))


def read_site(folder: Path) -> dict[str, Html]:
    return {str(path.relative_to(folder)): read_html(path) for path in sorted(folder.rglob("*.html"))}


def shown_at(name: str) -> str:
    """Return an address at which a page is shown; that of an error stands for those of its depth.

    >>> shown_at("rome/K1205.html"), shown_at("hosting/errors/404-2.html")
    ('rome/K1205.html', 'x/x/x')
    """
    match = ERROR_PAGE.fullmatch(name)
    return "x/" * int(match[1]) + "x" if match else name


def dead_links(folder: Path, written_by_others: tuple[str, ...]) -> list[str]:
    pages = read_site(folder)
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} | set(written_by_others)
    dead = []
    for name, page in pages.items():
        for element, href in page.links:
            if href.startswith(("http://", "https://")):
                continue
            path, _, fragment = href.partition("#")
            target = normpath(join(dirname(shown_at(name)), path)) if path else name
            if target not in files:
                dead.append(f"{name}: <{element}> {href}")
            elif fragment and target in pages and fragment not in pages[target].ids:
                dead.append(f"{name}: no #{fragment} in {target}")
    return dead


def missing_ids(store: GraphStore, folder: Path, base: str) -> list[str]:
    pages: dict[str, set[str]] = {}
    missing = []
    for subject, _ in store.pairs(RDF_TYPE):
        if not subject.startswith(f"<{base}") or "#" not in subject:
            continue
        path = document_of(subject)[1 + len(base) : -1]
        if path not in pages:
            pages[path] = set(read_html(folder / f"{path}.html").ids)
        if subject[1:-1].partition("#")[2] not in pages[path]:
            missing.append(subject)
    return missing


@pytest.mark.parametrize("which", ["site", "moved"])
def test_no_link_of_a_small_site_is_dead(which: str, request: pytest.FixtureRequest) -> None:
    assert dead_links(request.getfixturevalue(which).folder, WRITTEN_BY_OTHERS) == []


def test_no_link_of_a_whole_publication_is_dead(real_build: Path) -> None:
    site = real_build / "site"
    assert [name for name in WRITTEN_BY_OTHERS if not (site / name).is_file()] == []
    assert dead_links(site, ()) == []


@pytest.mark.parametrize("which", ["site", "moved"])
def test_every_part_of_the_graph_has_its_id_on_its_page(which: str, request: pytest.FixtureRequest) -> None:
    made: SmallSite = request.getfixturevalue(which)
    assert missing_ids(made.store, made.folder, made.context.iris.base) == []


def test_every_part_of_the_real_graph_has_its_id_on_its_page(real_build: Path) -> None:
    assert missing_ids(GraphStore.open(real_build / "store"), real_build / "site", Iris().base) == []


def test_a_missing_id_would_be_found(site: SmallSite, tmp_path: Path) -> None:
    for path in (
        "certification/RNCP2383",
        "partenariats/RNCP2383",
        "bloc/RNCP2383BC01",
        "organisation/siren-110000072",
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / f"{path}.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "def.html").write_text("<p>", encoding="utf-8")
    base = site.context.iris.base
    with pytest.raises(AssertionError):
        missing_ids(site.store, tmp_path, base)
    for file in tmp_path.rglob("*.html"):
        file.write_text("<p></p>", encoding="utf-8")
    assert f"<{base}certification/RNCP2383#acces-VAE>" in missing_ids(site.store, tmp_path, base)


def test_pages_are_well_made(real_build: Path) -> None:
    """Elements close in order (the reader sees to it), ids are unique, there is one h1, and no heading is skipped."""
    for name, page in read_site(real_build / "site").items():
        twice = [one for one, count in Counter(page.ids).items() if count > 1]
        assert twice == [], f"{name}: ids {twice}"
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{name}: {levels}"
        assert all(page.elements.count(one) >= 1 for one in ("main", "header", "footer")), name
        assert '<html lang="fr">' in page.raw, name


def test_every_resource_has_its_three_files_and_every_kind_its_index(site: SmallSite) -> None:
    opened = site.opened()
    for resource in opened.lookups.types:
        path = opened.lookups.path(resource)
        if path != "def":
            assert all((site.folder / f"{path}.{suffix}").is_file() for suffix in ("html", "ttl", "jsonld")), path
    for kind in opened.kinds:
        assert (site.folder / kind / "index.html").is_file(), kind
    assert site.pages == len(list(site.folder.rglob("*.html")))


def test_a_page_names_its_address_its_formats_its_source_and_its_licence(site: SmallSite) -> None:
    page = site.page("certification/RNCP2383")
    for needed in (
        '<link rel="canonical" href="https://w3id.org/rncp/certification/RNCP2383">',
        '<link rel="alternate" type="text/turtle" href="RNCP2383.ttl" title="Turtle">',
        '<link rel="alternate" type="application/ld+json" href="RNCP2383.jsonld" title="JSON-LD">',
        'href="https://www.francecompetences.fr/recherche/rncp/2383/"',
    ):
        assert needed in page.raw
    assert "Publication non officielle." in page.text
    assert "Licence Ouverte 2.0" in page.text


def test_no_page_asks_for_anything_from_elsewhere(real_build: Path) -> None:
    for name, page in read_site(real_build / "site").items():
        assert not {"img", "iframe", "video", "object"} & set(page.elements), name
        loaded = [
            href
            for element, href in page.links
            if element == "link" and "stylesheet" in page.raw and href.endswith(".css")
        ]
        # The page of an error that hosts show at any depth can only name the whole address of what it loads.
        assert all(not href.startswith("http") for href in loaded) or name == "404.html", name
        assert "src=" not in page.raw.replace("&#34;", "") or name == "def.html", name


def test_the_style_is_one_small_file_of_ours(site: SmallSite) -> None:
    style = (site.folder / "assets" / "style.css").read_text(encoding="utf-8")
    assert len(style) < 12_000
    assert "url(" not in style
    assert "@import" not in style


def test_a_resource_in_place_of_an_index_is_refused(tmp_path: Path) -> None:
    iris = Iris()
    extra = [(iris.path("type/Index-2"), RDF_TYPE, iris.rncp.UndescribedResource)]
    with pytest.raises(PublicationError, match="index page"):
        make_site(tmp_path, [WHOLE_FICHE], DOCUMENT, extra=extra)
