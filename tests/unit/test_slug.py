"""Slugs and short hashes: what IRIs are made of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.model.slug import hash8, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Éducation nationale", "education-nationale"),
        ("Cœur, mæstro & ÆON", "coeur-maestro-aeon"),
        ("L’école d'Aix-en-Provence", "l-ecole-d-aix-en-provence"),
        ("  « Titre »  (niveau 5) ", "titre-niveau-5"),
        ("n°2016-954", "n-2016-954"),
        ("E\u0301cole", "ecole"),
        ("Straße", "strasse"),
    ],
)
def test_a_slug_is_ascii_words(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_text_without_latin_letters_is_named_by_its_hash() -> None:
    assert slug("") == f"sans-nom-{hash8('')}" == "sans-nom-e3b0c442"
    assert slug("学校") != slug("дом")


def test_a_long_text_is_cut_and_keeps_the_hash_of_the_whole() -> None:
    one, other = "mot " * 40 + "un", "mot " * 40 + "deux"
    assert len(slug(one)) <= 80
    assert slug(one).endswith("-" + hash8(one))
    assert slug(one)[:70] == slug(other)[:70]
    assert slug(one) != slug(other)
    assert slug("a" * 80) == "a" * 80


@given(st.text(), st.integers(min_value=20, max_value=100))
def test_any_text_has_a_slug_that_fits_a_path(text: str, limit: int) -> None:
    found = slug(text, limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert len(found) <= limit
