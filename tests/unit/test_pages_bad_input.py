"""Texts of fiches are text: whatever they hold, a page stays a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import (
    Certifier,
    Coded,
    Competence,
    CompetenceBlock,
    Habilitation,
    Organisation,
    Partnership,
    Texts,
)
from rncp_ld.model.reading import SourceDocument
from rncp_ld.rdf.terms import iri
from rncp_ld.rdf.vocabulary import PAGE
from tests.registers import fiche
from tests.sites import SmallSite, make_site, parse_html

SCRIPT = "<script>alert('x')</script>"
CLOSING = 'avant </script><!-- ]]> & "après" --><b>gras</b>'
DOCUMENT = SourceDocument("export.xml", SourceSeries.XML_V4_1)
LONG = "Technicien supérieur de la mesure et du contrôle " * 100
RIGHT_TO_LEFT = "مساعد \u202eتقني\u202c e\u0301cole"

FICHES = (
    fiche(
        "RNCP1",
        f"Titre {SCRIPT}",
        texts=Texts(job_summary=CLOSING, sectors=f"- {SCRIPT}\n- {CLOSING}"),
        blocks=(CompetenceBlock("RNCP1BC01", 1, SCRIPT, (Competence(1, CLOSING),), SCRIPT),),
        certifiers=(Certifier(Organisation(f"{SCRIPT} & fils", website="https://example.org/?a=1&b='2'")),),
        rome=(Coded("K1205", None), Coded("M1700", SCRIPT)),
        page_note="javascript:alert(1)",
        is_active=True,
    ),
    fiche("RNCP2", LONG, is_active=False),
    fiche("RNCP3", RIGHT_TO_LEFT, successors=("RNCP2",)),
    fiche(
        "RNCP4",
        "Beaucoup de partenaires",
        has_partners=True,
        partnerships=tuple(Partnership(Organisation(f"Centre {n}"), Habilitation.TRAIN) for n in range(4000)),
    ),
    fiche("RNCP5", "Organismes", certifiers=(Certifier(Organisation("Index")), Certifier(Organisation("Idem")))),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    findings = [Diagnostic.of("HTML", fiche="RNCP1", excerpt=SCRIPT)]
    extra = [("<https://w3id.org/rncp/certification/RNCP1>", PAGE, iri("javascript:alert(1)"))]
    return make_site(tmp_path_factory.mktemp("bad"), FICHES, DOCUMENT, findings, extra=extra)


@pytest.mark.parametrize(
    "path", ["certification/RNCP1", "bloc/RNCP1BC01", "rome/K1205", "rome/M1700", "certification/index"]
)
def test_markup_in_a_text_is_shown_as_text(path: str, site: SmallSite) -> None:
    page = site.page(path)
    assert page.elements.count("script") == len(page.scripts) <= 1
    assert "<b>" not in page.raw
    assert "alert('x')" in page.text or path == "rome/K1205"


def test_every_page_reads_as_html(site: SmallSite) -> None:
    for path in sorted(site.folder.rglob("*.html")):
        parse_html(path.read_text(encoding="utf-8"))


def test_the_embedded_json_says_the_title_and_does_not_end_its_element(site: SmallSite) -> None:
    page = site.page("certification/RNCP1")
    view: Mapping[str, Any] = json.loads(page.scripts[0])
    assert view["name"] == f"Titre {SCRIPT}"
    assert view["@type"] == "EducationalOccupationalCredential"
    assert "</" not in page.scripts[0]
    block = json.loads(site.page("bloc/RNCP1BC01").scripts[0])
    assert block["competencyRequired"]["name"].startswith("avant </script>")


def test_only_web_addresses_are_links(site: SmallSite) -> None:
    page = site.page("certification/RNCP1")
    assert not any(href.lower().startswith(("javascript:", "data:")) for href in page.hrefs)
    assert page.text.count("javascript:alert(1)") == 2
    organisation = next(site.folder.glob("organisation/nom-*fils*.html"))
    assert "https://example.org/?a=1&b='2'" in parse_html(organisation.read_text(encoding="utf-8")).hrefs


def test_a_very_long_title_is_whole_on_its_page_and_short_elsewhere(site: SmallSite) -> None:
    assert LONG.strip() in site.page("certification/RNCP2").text
    index = site.page("certification/index")
    assert LONG.strip() not in index.text
    assert "Technicien supérieur de la mesure" in index.text
    assert len(site.page("certification/RNCP3").raw) < 10_000


def test_other_scripts_are_kept(site: SmallSite) -> None:
    assert RIGHT_TO_LEFT in site.page("certification/RNCP3").raw


def test_a_code_without_a_label_is_shown_by_its_code(site: SmallSite) -> None:
    assert "K1205" in site.page("certification/RNCP1").text


def test_four_thousand_partners_are_one_table(site: SmallSite) -> None:
    page = site.page("partenariats/RNCP4")
    assert page.elements.count("tr") == 4001
    assert len(page.raw) < 1_500_000
    assert "4\u202f000" in page.raw


def test_organisations_with_names_of_files_are_pages(site: SmallSite) -> None:
    assert site.page("organisation/nom-index").headings[0] == (1, "Index")
    assert site.page("organisation/nom-idem").headings[0] == (1, "Idem")
    assert site.page("organisation/index").headings[0] == (1, "Organismes")
