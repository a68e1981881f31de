"""Properties of the citation grammar: any text is read without a fault, and what is written in its forms is read back."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.model.legal import ActType, Gazette, LegalRole
from rncp_ld.sources.legal import CitationField, find_citations, parse_citations
from rncp_ld.sources.legal.code_names import CODE_NAMES, code_slug
from rncp_ld.sources.legal.forms import Kind
from rncp_ld.sources.legal.keys import canonical
from rncp_ld.sources.legal.tokens import tokenise

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
FRAGMENTS = (
    "Arrêté", "arrêtés des", "du 26/07/2004", "du 1er octobre 2001", "Décret n°2016-954", "loi", "n° 12", "(", ")", " - ",
    "modifié", "modifiant", "par", "l'", "et", ",", ".", "paru au JO du", "BO n°30", "relatif au", "portant", "titre",
    "NOR : ESRS2100051A", "Code de l'éducation", "articles L. 335-5", "à R. 338-2", "et suivants", "Enregistrement pour",
    "31/02/2020", "\n", "26", "abrogé", "remplaçant", "du ministre", "code du travail", "«", "»", "2002-615", "décrets",
    "décret-loi", "Décret en Conseil d'État", ", article 31", "(art. 2)", "l'article 2 de", "du CSP", "CSS", "26/07/04", "3 mai 98",
    "n°2002/615", "loi Hoguet", "annule et", ":", "JO du 5/8/2004 :",
)  # fmt: skip
ROLES = st.sampled_from(LegalRole)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=20).map("".join),
)
days = st.dates(date(1950, 1, 1), date(2049, 12, 31))
words = (
    st.text("abcdefghijklmnoprstuv éèàç'-", min_size=3, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def numeric(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def dashed(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def wordy(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


FORMS = st.sampled_from((numeric, dashed, wordy))


@given(texts, st.none() | days)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_kept(text: str, journal: date | None) -> None:
    found = parse_citations([CitationField(text, LegalRole.GENERAL, "x", journal)], "RNCP1")
    assert [mention.verbatim for mention in found.mentions] == ([" ".join(text.split())] if text.strip() else [])
    known = {act.id for act in found.acts}
    for mention in found.mentions:
        assert known.issuperset(mention.acts)
        assert known.issuperset(mention.cited_acts)
        assert all(one.first in mention.articles for one in mention.ranges)
    for act in found.acts:
        assert re.fullmatch(r"[A-Za-z0-9-]{1,80}", act.key)
        assert known.issuperset(act.amends + act.replaces + act.repeals)
        assert act.publication_date is None or act.publication_date >= act.signature_date
    assert len(known) == len(found.acts)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_tokens_give_the_text_back(text: str) -> None:
    tokens = tokenise(text)
    assert [token.kind for token in tokens[-4:]] == [Kind.END] * 4
    place = 0
    for token in tokens:
        assert not text[place : token.start].strip()
        place = token.end
    assert not text[place:].strip()


@given(texts)
@settings(max_examples=300, deadline=None)
def test_citations_in_prose_are_spans_in_order(text: str) -> None:
    place = 0
    for one in find_citations(text, LegalRole.JURY, "x"):
        place = text.index(one.verbatim, place) + len(one.verbatim)
        found = parse_citations([one], "RNCP1")
        assert all(mention.verbatim == " ".join(one.verbatim.split()) for mention in found.mentions)


@given(
    kind=st.sampled_from(
        [
            ("Arrêté", ActType.ARRETE),
            ("DÉCRET", ActType.DECRET),
            ("loi", ActType.LOI),
            ("Décret-loi", ActType.DECRET_LOI),
        ]
    ),
    day=days,
    form=FORMS,
    number=st.none() | st.tuples(st.integers(1950, 2049), st.integers(1, 9999)),
    sign=st.sampled_from(["n°", "n° ", "N° ", "no ", "nº"]),
    nor=st.none() | st.from_regex(r"[A-Z]{4}[0-9]{7}[A-Z]", fullmatch=True),
    published=st.none()
    | st.tuples(
        st.integers(0, 400), FORMS, st.sampled_from(["paru au JO du", "publié au Journal Officiel du", "BO n°30 du"])
    ),
    title=st.none() | words,
)
@settings(deadline=None)
def test_a_citation_is_read_back(
    *,
    kind: tuple[str, ActType],
    day: date,
    form: object,
    number: tuple[int, int] | None,
    sign: str,
    nor: str | None,
    published: tuple[int, object, str] | None,
    title: str | None,
) -> None:
    assert callable(form)
    parts = [kind[0]]
    if number:
        parts.append(f"{sign}{number[0]}-{number[1]}")
    parts.append(f"du {form(day)}")
    journal = None
    if published and callable(published[1]):
        journal = date.fromordinal(day.toordinal() + published[0])
        parts.append(f"{published[2]} {published[1](journal)}")
    if title:
        parts.append(f"portant {title}")
    if nor:
        parts.append(f"NOR : {nor}")
    (act,) = parse_citations([CitationField(" ".join(parts), LegalRole.CREATION, "x")], "RNCP1").acts
    assert (act.type, act.signature_date) == (kind[1], day)
    assert act.number == (f"{number[0]}-{number[1]}" if number else None)
    assert act.nor == nor
    assert act.publication_date == journal
    assert act.gazette is (None if not published else Gazette.BO if published[2].startswith("BO") else Gazette.JO)
    assert (act.title is None) is (title is None)


@given(
    st.sampled_from(CODE_NAMES),
    st.lists(
        st.tuples(st.sampled_from("LRDA"), st.integers(1, 9999), st.integers(1, 99)),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    st.sampled_from(["{0}. {1}-{2}", "{0}.{1}-{2}", "{0} {1}-{2}", "{0}{1}-{2}"]),
    st.booleans(),
)
@settings(deadline=None)
def test_articles_are_read_back(name: str, numbers: list[tuple[str, int, int]], form: str, before: bool) -> None:
    printed = ", ".join(form.format(*number) for number in numbers)
    text = f"{name.capitalize()}, articles {printed}" if before else f"articles {printed} du {name}"
    (mention,) = parse_citations([CitationField(text, LegalRole.GENERAL, "x")], "RNCP1").mentions
    assert [(one.code, one.article) for one in mention.articles] == [
        (code_slug(name), f"{letter}{one}-{two}") for letter, one, two in numbers
    ]


@given(
    words,
    st.sampled_from(["'", "’"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["", ".", " ;"]),
)
@settings(deadline=None)
def test_the_key_of_an_object_does_not_depend_on_its_typography(
    text: str, apostrophe: str, case: object, end: str
) -> None:
    assert callable(case)
    text = f"portant {text}"
    variant = case(text.replace("'", apostrophe)).replace(" ", "  ") + end
    assert canonical(tokenise(variant)) == canonical(tokenise(text))


@given(st.lists(st.tuples(texts, ROLES, st.none() | days), max_size=6))
@settings(deadline=None)
def test_reading_twice_gives_the_same(fields: list[tuple[str, LegalRole, date | None]]) -> None:
    given_fields = [CitationField(text, role, role.value, journal) for text, role, journal in fields]
    first = parse_citations(given_fields, "RNCP1")
    assert first == parse_citations(given_fields, "RNCP1")
    assert len({(one.roles[0], one.verbatim) for one in first.mentions}) == len(first.mentions)
    assert len({(one.roles[0], one.position) for one in first.mentions}) == len(first.mentions)
