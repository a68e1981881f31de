"""The quality pages: each kind of finding with its first ones, and all of them on pages of a hundred."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rncp_ld.diagnostics import Diagnostic, Severity
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
from rncp_ld.publish.pages.quality import group_findings
from tests.registers import fiche
from tests.sites import SmallSite, make_site

DOCUMENT = SourceDocument("export.xml", SourceSeries.XML_V4_1)
MANY = tuple(Diagnostic.of("URL-INVALIDE", fiche="RNCP1", path="LIEN_URL", excerpt=f"lien {n:03}") for n in range(250))
DATES = tuple(
    Diagnostic.of("DATE-INVALIDE", f"Attendu : {n}.", fiche="RNCP2", excerpt=f"{n}/02/2020") for n in (30, 31)
)
TRUNCATED = Diagnostic(
    "SHACL", Severity.WARNING, "La source coupe ce texte. (Mention-whole, In)", fiche="RNCP2", excerpt="true"
)
UNTITLED = Diagnostic("SHACL", Severity.INFO, "Un titre est attendu. (Bloc-title, MinCount)")
FINDINGS = (*MANY, *DATES, TRUNCATED, UNTITLED)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    folder = tmp_path_factory.mktemp("quality")
    return make_site(folder, (fiche("RNCP1", "Un"), fiche("RNCP2", "Deux")), DOCUMENT, FINDINGS)


def test_the_index_shows_the_first_ten_and_leads_to_all(site: SmallSite) -> None:
    page = site.page("quality/index")
    assert page.text.count(" lien ") == 10
    assert "Voir les 250 constats" in page.text
    assert "URL-INVALIDE-1.html" in page.hrefs
    assert len([href for href in page.hrefs if href.endswith("-1.html") and "/" not in href]) == 1


def test_all_findings_of_a_kind_stand_on_pages_of_a_hundred(site: SmallSite) -> None:
    files = sorted(path.name for path in (site.folder / "quality").glob("*-?.html"))
    assert files == ["URL-INVALIDE-1.html", "URL-INVALIDE-2.html", "URL-INVALIDE-3.html"]
    pages = [site.page(f"quality/URL-INVALIDE-{number}") for number in (1, 2, 3)]
    assert [page.text.count(" lien ") for page in pages] == [100, 100, 50]
    assert all(f"lien {n:03}" in pages[n // 100].text for n in range(250))
    assert "201 à 250 sur 250" in pages[2].text
    assert {"URL-INVALIDE-1.html", "index.html#page.URL-INVALIDE"} <= set(pages[2].hrefs)
    assert "page.URL-INVALIDE" in site.page("quality/index").ids


def test_addresses_of_a_kind_do_not_move_when_others_come() -> None:
    keys = {group.key for group in group_findings(FINDINGS)}
    assert keys == {"URL-INVALIDE", "DATE-INVALIDE", "SHACL-Mention-whole-In", "SHACL-Bloc-title-MinCount"}
    assert {group.key for group in group_findings(MANY)} == {"URL-INVALIDE"}
    graver = replace(MANY[0], severity=Severity.VIOLATION)
    keys = {group.key for group in group_findings((*MANY, graver))}
    assert "URL-INVALIDE" in keys
    assert len(keys) == 2


def test_kinds_of_one_code_never_share_an_address() -> None:
    other = replace(UNTITLED, message="Un titre est requis. (Bloc-title, MinCount)")
    keys = [group.key for group in group_findings((UNTITLED, other, replace(UNTITLED, severity=Severity.VIOLATION)))]
    assert len(set(keys)) == 3


def test_what_one_finding_says_beyond_its_kind_is_shown(site: SmallSite) -> None:
    text = site.page("quality/index").text
    assert "30/02/2020 Attendu : 30." in text
    assert "31/02/2020 Attendu : 31." in text


def test_names_of_shapes_are_not_in_the_sentence_and_true_is_no_text(site: SmallSite) -> None:
    page = site.page("quality/index")
    assert (2, "La source coupe ce texte") in page.headings
    assert "forme Mention-whole, In" in page.text
    own = site.page("certification/RNCP2").text
    assert "À corriger La source coupe ce texte." in own
    assert "Mention-whole" not in own
    assert "true" not in own
