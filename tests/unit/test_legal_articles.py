"""Articles of codes: lists, ranges, and which code they belong to."""

from __future__ import annotations

import pytest

from rncp_ld.sources.legal.code_names import ALIASES, CODE_NAMES, code_slug
from rncp_ld.sources.legal.code_shorts import DOTTED_NAMES, SHORT_NAMES
from tests.unit.legal_helpers import codes_of, only, read

CASES: list[tuple[str, list[str], list[str], list[tuple[str, str | None]]]] = [
    (
        "Code de l'éducation, notamment les articles L. 335-5, L. 335-6 et R. 335-13, R. 338-1 et R. 338-2 et suivants",
        ["code-education"],
        ["education L335-5", "education L335-6", "education R335-13", "education R338-1", "education R338-2"],
        [("R338-2", None)],
    ),
    ("Art. D337-139 à D337-160 du Code de l’éducation", [], ["education D337-139", "education D337-160"], [("D337-139", "D337-160")]),
    ("art. L.6113-1 et suivants du code du travail", [], ["travail L6113-1"], [("L6113-1", None)]),
    ("Code du travail – Articles R.4412-94 à R.4412-109", [], ["travail R4412-94", "travail R4412-109"], [("R4412-94", "R4412-109")]),
    ("(Art. R 338-6 du Code de l'Education)", [], ["education R338-6"], []),
    ("Code de l'éducation", ["code-education"], [], []),
    ("CODE DU SPORT", ["code-sport"], [], []),
    ("Code de l'éducation : L. 335-5, R*335-6", [], ["education L335-5", "education R335-6"], []),
    (
        "Code du travail : L. 900-1 ; code rural : articles L. 811-1 et D. 811-139 et s.",
        [],
        ["travail L900-1", "rural-et-de-la-peche-maritime L811-1", "rural-et-de-la-peche-maritime D811-139"],
        [("D811-139", None)],
    ),
    (
        "Article L. 335-5 du code de l'éducation et articles L. 900-1 et L. 900-2 du code du travail",
        [],
        ["education L335-5", "travail L900-1", "travail L900-2"],
        [],
    ),
    ("Code du travail, et article L. 335-5 du code de l'éducation", ["code-travail"], ["education L335-5"], []),
    ("article L. 900-1 à 7 du code du travail", [], ["travail L900-1", "travail L900-7"], [("L900-1", "L900-7")]),
    ("article 515-8 du code civil", [], ["civil 515-8"], []),
    ("Article 5 de l'arrêté du 5 mai 2010", [], [], []),
    ("code de l'action sociale et des familles : D. 451-100", [], ["action-sociale-et-des-familles D451-100"], []),
    ("code monétaire et financier", ["code-monetaire-et-financier"], [], []),
    # abbreviations that stand for one code here, beside articles only
    ("Article L. 4321-1 du CSP", [], ["sante-publique L4321-1"], []),
    ("CASF, articles D. 451-88 et suivants", [], ["action-sociale-et-des-familles D451-88"], [("D451-88", None)]),
    (
        "L. 1111-1 du CGCT ; L. 161-1 du CSS ; L. 811-1 du CRPM",
        [],
        ["general-des-collectivites-territoriales L1111-1", "securite-sociale L161-1", "rural-et-de-la-peche-maritime L811-1"],
        [],
    ),
    ("art. L. 6113-1 C. trav.", [], ["travail L6113-1"], []),
    ("Le CSP s'applique", [], [], []),
    ("HTML, CSS, D3", [], [], []),
    ("articles R. 338-1 et suivants du CE", [], [], []),  # éducation or environnement
    # a list that another code, or a text of another kind, follows is not the last code's
    ("Code de l'éducation, article L. 335-5 ; article L. 4321-1 du CE", [], ["education L335-5"], []),
    (
        "Code de l'éducation, article L. 335-5 ; article L. 4321-1 du code de la santé publique",
        [],
        ["education L335-5", "sante-publique L4321-1"],
        [],
    ),
    ("Code du travail : L. 900-1 ; articles L. 1 du code des mystères", [], ["travail L900-1"], []),
    ("Code du travail : L. 900-1 ; articles L. 335-5 du même code", [], ["travail L900-1", "travail L335-5"], []),
    (
        "code de la sécurité intérieure (CSI), articles L. 611-1 à L. 648-1 du CSI",
        [],
        ["securite-interieure L611-1", "securite-interieure L648-1"],
        [("L611-1", "L648-1")],
    ),
    ("Code NSF 320t", [], [], []),
    ("article L. 335-5", [], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes", "articles", "ranges"), CASES, ids=[case[0] for case in CASES])
def test_reference(text: str, codes: list[str], articles: list[str], ranges: list[tuple[str, str | None]]) -> None:
    mention = only(read(text).mentions)
    assert [slug for slug, _ in mention.codes] == codes
    assert [f"{one.code.removeprefix('code-')} {one.article}" for one in mention.articles] == articles
    assert [(one.first.article, one.last and one.last.article) for one in mention.ranges] == ranges
    assert all(one.first in mention.articles for one in mention.ranges)


def test_an_article_inside_the_object_of_an_act_is_not_cited() -> None:
    found = read("Arrêté du 21 juillet 2016 relatif aux organismes visés à l'article R. 338-8 du code de l'éducation")
    assert only(found.mentions).articles == ()
    assert (found.acts[0].title or "").endswith("visés à l'article R. 338-8 du code de l'éducation")


def test_articles_and_acts_in_one_field() -> None:
    mention = only(read("Décret n°2007-692 du 3/05/2007 - Code de l'éducation art. D 123-12").mentions)
    assert len(mention.acts) == 1
    assert [one.article for one in mention.articles] == ["D123-12"]


def test_a_list_without_a_code_is_not_read() -> None:
    assert codes_of(read("articles L. 335-5 et L. 335-6")) == ["CITATION-NON-LUE"]


def test_every_code_of_the_table_is_read_and_has_its_own_slug() -> None:
    for name in CODE_NAMES:
        assert only(read(name.upper()).mentions).codes == ((code_slug(name), name),)
    assert len({code_slug(name) for name in CODE_NAMES}) == len(CODE_NAMES)
    assert set(ALIASES.values()) <= set(CODE_NAMES)
    for printed, name in ALIASES.items():
        assert only(read(printed).mentions).codes == ((code_slug(name), name),)


def test_every_abbreviation_is_read_beside_an_article_and_never_alone() -> None:
    for printed, name in {**SHORT_NAMES, **DOTTED_NAMES}.items():
        mention = only(read(f"article L. 123-4 du {printed.upper()}").mentions)
        assert [(one.code, one.code_label) for one in mention.articles] == [(code_slug(name), name)], printed
        assert only(read(f"selon le {printed.upper()}").mentions).codes == ()
        assert name in CODE_NAMES
