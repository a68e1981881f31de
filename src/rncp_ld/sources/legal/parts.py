"""Articles of acts: "loi n°… pour la liberté…, article 31", "modifié par l'article 31 de la loi n°…".

DESIGN gives articles of codes an IRI, and articles of acts none. So these stand in the mention's text; they are read only so
that no title swallows them, and so that the act they belong to is still seen.

part     := "article" numbers
numbers  := number [suffix] { joint ["article"] number [suffix] } [ "et suivants" ]
behind   := ( "," | "-" | ":" | "(" ) ["notamment" | "son" …] part [")"]      not before "de la loi…", "du code…"
before   := "l'" part "de" | "certaines dispositions de" | "l'annexe II de"
"""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.sources.legal.forms import ESPECIALLY, FOLLOWING, Kind, words
from rncp_ld.sources.legal.tokens import Token

_INTRODUCES = ESPECIALLY | words("en son ses l les a au aux dans et voir cf")
_SUFFIXES = words("er re bis ter quater quinquies i ii iii iv v vi vii viii ix x")
_JOINTS = words("et ou a aux les l")
_PARTS = words("annexe annexes disposition dispositions titre chapitre intitule")
_OF = words("de du des d dudit")
_BEFORE = words("de du des d le la l les certaines plusieurs diverses premier deuxieme")
_LONGEST_PART = 8
_LONGEST_LIST = 200


def behind(tokens: Sequence[Token], i: int) -> int | None:
    """Return the index after the articles of the act that stands before `i`, or None.

    An article of something that follows ("…, article 5 de la loi") is part of an object, and so is one of a code ("R. 338-8").
    """
    if tokens[i].kind not in (Kind.COMMA, Kind.DASH, Kind.OPEN) and tokens[i].word != ":":
        return None
    j = i + 1
    while tokens[j].word in _INTRODUCES:
        j += 1
    after = _articles(tokens, j)
    if after is None or tokens[after].word in _OF or (tokens[after].kind == Kind.CODE):
        return None
    if tokens[i].kind == Kind.OPEN:
        return after + 1 if tokens[after].kind == Kind.CLOSE else None
    return after


def before(tokens: Sequence[Token], i: int) -> int | None:
    """Return the index after "l'article 31 de" at `i`, which leads to the act itself, or None."""
    j = i
    while tokens[j].word in _BEFORE:
        j += 1
    after = _articles(tokens, j)
    if after is None and tokens[j].word in _PARTS:
        after = j + 1
        while after < j + _LONGEST_PART and (tokens[after].word in _SUFFIXES | {"et"} or _is_number(tokens[after])):
            after += 1
    return after + 1 if after is not None and tokens[after].word in _OF else None


def _articles(tokens: Sequence[Token], i: int) -> int | None:
    """Return the index after "articles 133 à 146", or None."""
    if tokens[i].kind != Kind.ARTICLE_WORD:
        return None
    j, after = i, None
    while j < i + _LONGEST_LIST:
        if tokens[j].kind == Kind.ARTICLE_WORD:
            j += 2 if tokens[j + 1].kind == Kind.STOP else 1
        if not _is_number(tokens[j]):
            return after
        j += 1
        while tokens[j].word in _SUFFIXES or (
            tokens[j].word == "-"
            and tokens[j + 1].kind in (Kind.DAY, Kind.WORD)
            and tokens[j + 1].start == tokens[j].end
        ):
            j += 1
        if tokens[j].word == "et" and tokens[j + 1].word in FOLLOWING:
            return j + 2
        after = j
        while tokens[j].kind == Kind.COMMA or tokens[j].word in _JOINTS:
            j += 1
        if j == after:
            break
    return after


def _is_number(token: Token) -> bool:
    return (token.kind in (Kind.DAY, Kind.BARE_NUMBER) and "/" not in token.word) or token.word in ("premier", "unique")
