"""Texts, dates, durations and numbers as pages write them."""

from __future__ import annotations

import pytest

from rncp_ld.publish.pages.linklists import list_pages, window
from rncp_ld.publish.pages.literals import NBSP, count_of, sort_key, split_literal, write_value
from rncp_ld.publish.pages.page import is_web, root_of, short_address
from rncp_ld.publish.pages.prose import has_own_code, split_prose
from rncp_ld.publish.pages.sitemap import render_sitemaps
from rncp_ld.rdf.terms import XSD, french


def blocks(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.kind, block.items) for block in split_prose(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un.\n\nDeux.", [("p", ("Un.",)), ("p", ("Deux.",))]),
        ("- un\n- deux", [("ul", ("un", "deux"))]),
        ("* un\n• deux\n● trois\no quatre", [("ul", ("un", "deux", "trois", "quatre"))]),
        ("Le jury :\n\n- un président", [("p", ("Le jury :",)), ("ul", ("un président",))]),
        ("Le jury :\n- un président", [("p", ("Le jury :",)), ("ul", ("un président",))]),
        # A mark of the author's own is text: it may be cited.
        ("A1C1. Évaluer\nA1C2. Rendre compte", [("own", ("A1C1. Évaluer", "A1C2. Rendre compte"))]),
        ("▪ un\n▪ deux", [("own", ("▪ un", "▪ deux"))]),
        # Neither a dash inside a word nor a word that starts with "o" is a mark.
        ("orienter le public", [("p", ("orienter le public",))]),
        ("-5 °C", [("p", ("-5 °C",))]),
    ],
)
def test_texts_are_split_into_paragraphs_and_lists(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A1C1. Évaluer", True), ("C 2 Évaluer", True), ("2.1.1 Créer", True), ("3) Rendre compte", True), ("a) lire", True),
     ("Évaluer", False), ("5 candidats", False), ("IRM et scanner", False)],
)  # fmt: skip
def test_an_item_with_its_author_s_code_is_not_numbered_again(text: str, *, expected: bool) -> None:
    assert has_own_code(text) is expected


@pytest.mark.parametrize(
    ("text", "datatype", "name", "expected"),
    [
        ("true", "boolean", "rncp:isActive", "oui"),
        ("false", "boolean", "rncp:isActive", "non"),
        ("2016-07-11", "date", "rncp:decisionDate", f"11{NBSP}juillet 2016"),
        ("2001-10-01", "date", "rncp:decisionDate", f"1er{NBSP}octobre 2001"),
        ("P5Y", "duration", "rncp:componentValidity", f"5{NBSP}ans"),
        ("P1Y", "duration", "rncp:registrationDuration", f"1{NBSP}an"),
        ("P2Y6M", "duration", "rncp:componentValidity", f"2{NBSP}ans et 6{NBSP}mois"),
        ("PT1H", "duration", "rncp:componentValidity", "PT1H"),
        ("1807", "integer", "rncp:certifiedCount", "1\u202f807"),
        ("92", "integer", "rncp:jobInsertionRate2Years", f"92{NBSP}%"),
        ("2021", "gYear", "rncp:year", "2021"),
    ],
)
def test_values_are_written_as_people_do(text: str, datatype: str, name: str, expected: str) -> None:
    assert write_value(text, f"{XSD}{datatype}", name) == expected


def test_a_literal_gives_back_its_text_and_its_tag() -> None:
    assert split_literal(french('«\n"\\"@en »')) == ('«\n"\\"@en »', "fr")
    assert split_literal('"5"^^<http://www.w3.org/2001/XMLSchema#integer>')[0] == "5"


def test_counts_follow_french_grammar() -> None:
    assert [count_of(n, "page", "pages").replace(NBSP, " ") for n in (0, 1, 2)] == ["0 page", "1 page", "2 pages"]


def test_sorting_ignores_case_and_accents() -> None:
    assert sorted(["Zoo", "école", "Eau", "Été"], key=sort_key) == ["Eau", "école", "Été", "Zoo"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.fr", "JaVaScRiPt:1", "//x"])
def test_only_web_addresses_are_links(address: str) -> None:
    assert not is_web(address)


def test_addresses_are_shown_short() -> None:
    assert short_address("https://www.cci.fr/") == "www.cci.fr"
    assert root_of("acte/decret/2016-07-11/2016-954") == "../../../"


def test_long_lists_are_split_by_hundreds() -> None:
    parts = list(list_pages([str(n) for n in range(201)]))
    assert [(p.number, p.pages, p.start, len(p.items)) for p in parts] == [
        (1, 3, 1, 100),
        (2, 3, 101, 100),
        (3, 3, 201, 1),
    ]
    assert window(2, 3) == [1, 2, 3]
    assert window(50, 257) == [1, 0, 48, 49, 50, 51, 52, 0, 257]


def test_a_long_sitemap_is_an_index_of_parts() -> None:
    files = dict(render_sitemaps([f"https://example.org/{n}" for n in range(5)], "https://example.org/", limit=2))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert "https://example.org/sitemap-3.xml" in files["sitemap.xml"]
    assert files["sitemap-3.xml"].count("<url>") == 1
