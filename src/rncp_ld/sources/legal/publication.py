"""Publication phrases: "paru au JO du 05/08/2004", "(JO du 10 octobre 2001)", "BO n°30 du 23/07/2020"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rncp_ld.sources.legal.forms import GAZETTES, WEEKDAYS, Kind, words
from rncp_ld.sources.legal.records import Publication
from rncp_ld.sources.legal.tokens import Token

_LONGEST_NAME = 20
"""Tokens between the gazette and its date: "Bulletin Officiel de l'Enseignement supérieur et de la Recherche du"."""

_BEFORE_GAZETTE = words("au aux a dans le la les l par sur date de du en")
_BEFORE_DATE = frozenset({"du", "le", "de", "des", "en", "date", "et", "a", "la", "au"}) | WEEKDAYS
_NAME = frozenset({Kind.WORD, Kind.MARK, Kind.DASH, Kind.DAY, Kind.OTHER_TEXT})
_AFTER = frozenset({"texte", "page", "pages", "p"})
_LIGHT = frozenset({Kind.COMMA, Kind.MARK, Kind.DASH})


class Found(NamedTuple):
    """A publication and the index after it; `impossible` is the token of a date that does not exist."""

    publication: Publication
    after: int
    impossible: Token | None = None


def read_publication(tokens: Sequence[Token], i: int) -> Found | None:
    """Read a publication phrase at a word of publication, a gazette, or the parenthesis that opens one."""
    in_parentheses = tokens[i].kind == Kind.OPEN
    j = i + 1 if in_parentheses else i
    said = tokens[j].kind == Kind.PUBLISHED
    if said:
        j += 1
        while tokens[j].word in _BEFORE_GAZETTE or tokens[j].word == ":" or tokens[j].kind == Kind.PUBLISHED:
            j += 1
    found = _of_gazette(tokens, j) if tokens[j].kind == Kind.GAZETTE else _of_date(tokens, j) if said else None
    if found is None:
        return None
    after = _locator(tokens, found.after)
    if in_parentheses and tokens[after].kind == Kind.CLOSE:
        after += 1
    return found._replace(after=after)


def _of_gazette(tokens: Sequence[Token], i: int) -> Found | None:
    """Read "JO [de la République française] [n° 172] [du] 26 juillet 2016"."""
    gazette = GAZETTES[tokens[i].word]
    number: str | None = None
    numbered = 0
    for j in range(i + 1, i + 1 + _LONGEST_NAME):
        token = tokens[j]
        if token.kind == Kind.DATE:
            return Found(Publication(token.day, gazette, number), j + 1, None if token.day else token)
        if token.kind == Kind.NUMBER and number is None:
            number, numbered = token.word, j + 1
        elif token.kind == Kind.COMMA:
            if tokens[j + 1].kind not in (Kind.DATE, Kind.NUMBER) and tokens[j + 1].word not in _BEFORE_DATE:
                break
        elif token.kind not in _NAME:
            break
    return Found(Publication(None, gazette, number), numbered) if number else None


def _of_date(tokens: Sequence[Token], i: int) -> Found | None:
    """Read "le 5 mars 2006" after "publié"."""
    j = i
    while tokens[j].word in _BEFORE_DATE:
        j += 1
    token = tokens[j]
    if token.kind != Kind.DATE:
        return None
    gazette, after = None, j + 1
    if tokens[after].word in _BEFORE_GAZETTE and tokens[after + 1].kind == Kind.GAZETTE:
        dated = _of_gazette(tokens, after + 1)
        if dated is None:  # "publié le 23 juillet 2020 au JO"
            gazette, after = GAZETTES[tokens[after + 1].word], after + 2
    return Found(Publication(token.day, gazette), after, None if token.day else token)


def _locator(tokens: Sequence[Token], i: int) -> int:
    """Return the index after "page 2946, texte n° 31", which say where in the issue, or `i`."""
    after = i
    while True:
        j = after + 1 if tokens[after].kind in _LIGHT else after
        if tokens[j].word not in _AFTER:
            return after
        j += 1
        if tokens[j].kind == Kind.STOP:
            j += 1
        if tokens[j].kind not in (Kind.NUMBER, Kind.DAY):
            return after
        after = j + 1
