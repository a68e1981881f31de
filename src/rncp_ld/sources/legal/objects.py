"""Where the object of an act ends.

DESIGN, "Legal acts": at the end of the sentence, NOR, "Enregistrement pour", "Observations". And, of course, where the
next part of the citation, or the next citation, begins.
"""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.sources.legal.code_names import read_code
from rncp_ld.sources.legal.forms import (
    ABBREVIATIONS,
    ADVERBS,
    CHANGE_NOUNS,
    CLAUSE_STARTS,
    DETERMINERS,
    RELATIVES,
    STOPS,
    VERBS,
    Kind,
)
from rncp_ld.sources.legal.header import read_header
from rncp_ld.sources.legal.parts import behind
from rncp_ld.sources.legal.publication import read_publication
from rncp_ld.sources.legal.records import Relation
from rncp_ld.sources.legal.tokens import Token, fold

_PUBLICATION = frozenset({Kind.PUBLISHED, Kind.GAZETTE})
_BEFORE_PART = frozenset({Kind.COMMA, Kind.DASH, Kind.OPEN, Kind.MARK})
_SEPARATORS = frozenset({Kind.DASH, Kind.SEMICOLON, Kind.BREAK})
_CLOSING = frozenset({Kind.COMMA, Kind.DASH, Kind.SEMICOLON, Kind.BREAK, Kind.STOP, Kind.OPEN})
_CLOSING_WORDS = frozenset({":", "-", "–", "…", "et"})
_ENDS = frozenset({Kind.END, Kind.NOR, Kind.NOR_WORD})
_CLAUSE_ENDS = frozenset({Kind.END, Kind.STOP, Kind.SEMICOLON, Kind.DASH, Kind.CLOSE, Kind.COMMA})
_LONGEST_SUBJECT = 10
_STOP_WORDS = frozenset(fold(stop[0]) for stop in STOPS)
_FEMININE_CHANGED = frozenset({"modifiee", "modifiees", "completee", "completees", "abrogee", "abrogees"})


def ends_object(
    text: str, tokens: Sequence[Token], i: int, *, prose: bool, is_clause: bool, names_act: bool, feminine: bool
) -> bool:
    """Tell whether the object ends before the token at `i`.

    Args:
        text: the text of the tokens.
        tokens: all tokens.
        i: index of the token.
        prose: the text is prose ("Conformément à l'arrêté … relatif à…, le jury est…").
        is_clause: the act is the subject of a sentence ("Le décret … à bord des navires impose aux exploitants…").
        names_act: an act was named inside the object, so that "modifié par" may be about that one.
        feminine: the act is a loi or an ordonnance, with which "modifiée par" agrees.
    """
    token = tokens[i]
    kind = token.kind
    if kind == Kind.WORD:
        ends = _is_stop(text, tokens, i) or (is_clause and token.word in VERBS)
    elif kind == Kind.STOP:
        ends = ends_sentence(text, tokens, i)
    elif kind in _BEFORE_PART and behind(tokens, i) is not None:
        ends = True
    elif kind == Kind.COMMA:
        ends = prose and _starts_clause(tokens, i + 1, is_clause=is_clause)
    elif kind in _PUBLICATION or (kind == Kind.OPEN and tokens[i + 1].kind in _PUBLICATION):
        ends = read_publication(tokens, i) is not None
    elif kind == Kind.ACT:
        ends = tokens[i - 1].word not in DETERMINERS and read_header(tokens, i) is not None
    elif kind in _SEPARATORS:
        ends = _separates(text, tokens, i)
    elif kind == Kind.CHANGED:
        ends = not names_act and _is_about_the_act(tokens, i, feminine=feminine)
    else:
        ends = kind in _ENDS
    return ends


def ends_sentence(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Tell whether the full stop at `i` ends a sentence: no abbreviation, and no small letter after it."""
    before, following = tokens[i - 1], tokens[i + 1]
    if following.kind in (Kind.END, Kind.BREAK):
        return True
    if (
        before.end == tokens[i].start
        and before.kind != Kind.DAY
        and (before.word in ABBREVIATIONS or (len(before.word) == 1 and before.word.isalpha()))
    ):
        return False
    if following.start == tokens[i].end:
        return False
    return not text[following.start].islower()


def noun_change(tokens: Sequence[Token], i: int) -> Relation | None:
    """Return the relation of "portant modification de" and "portant abrogation de" at its noun."""
    relation = CHANGE_NOUNS.get(tokens[i].word)
    if relation is None or tokens[i - 1].word not in ("portant", "et"):
        return None
    return relation if tokens[i + 1].word in ("de", "du", "des", "d") else None


def trimmed(tokens: Sequence[Token], first: int, after: int) -> tuple[int, int]:
    """Return the place of an object without the punctuation, or the "et", at its end."""
    while after - 1 > first and (tokens[after - 1].kind in _CLOSING or tokens[after - 1].word in _CLOSING_WORDS):
        after -= 1
    return first, after


def _is_stop(text: str, tokens: Sequence[Token], i: int) -> bool:
    return (
        tokens[i].word in _STOP_WORDS
        and text[tokens[i].start].isupper()
        and any(
            all(text[token.start : token.end] == word for token, word in zip(tokens[i:], stop, strict=False))
            for stop in STOPS
        )
    )


def _starts_clause(tokens: Sequence[Token], i: int, *, is_clause: bool) -> bool:
    """Tell whether a clause of the sentence around the object starts at `i`: ", qui", ", le jury est".

    Where the act is the subject of the sentence, the verb to come is its own.
    """
    if tokens[i].word in RELATIVES:
        return True
    if is_clause or tokens[i].word not in CLAUSE_STARTS:
        return False
    for token in tokens[i + 1 : i + _LONGEST_SUBJECT]:
        if token.kind in (Kind.COMMA, Kind.STOP):
            return False
        if token.word in VERBS:
            return True
    return False


def _separates(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a dash, a semicolon or a line break is followed by another citation (DESIGN: " - " before Arrêté…)."""
    j = i + 1
    while tokens[j].word in DETERMINERS or tokens[j].kind in (Kind.BREAK, Kind.DASH):
        j += 1
    token = tokens[j]
    if token.kind == Kind.ACT and read_header(tokens, j) is not None:
        return True
    if token.kind == Kind.CODE and read_code(tokens, j) is not None:
        return True
    if token.kind == Kind.ARTICLE_WORD and tokens[i].kind != Kind.DASH:
        return True
    # A line that starts with a capital is another line; a small letter goes on with the phrase.
    return tokens[i].kind == Kind.BREAK and not text[tokens[i + 1].start : tokens[i + 1].end][:1].islower()


def _is_about_the_act(tokens: Sequence[Token], i: int, *, feminine: bool) -> bool:
    """Tell whether "modifié" is about the act itself: it agrees, and "par" an act follows, or nothing does."""
    if (tokens[i].word in _FEMININE_CHANGED) is not feminine and tokens[i - 1].kind != Kind.COMMA:
        return False
    j = i + 1
    while tokens[j].word in ADVERBS or tokens[j].kind == Kind.CHANGED:
        j += 1
    if tokens[j].word == "par":
        j += 1
        while tokens[j].word in DETERMINERS:
            j += 1
        return tokens[j].kind == Kind.ACT and read_header(tokens, j) is not None
    is_apart = tokens[i - 1].kind in (Kind.COMMA, Kind.OPEN)
    if is_apart and tokens[i + 1].word in ("en", "le", "depuis"):
        return True  # "…, modifié en juin 2005"
    if tokens[i + 1].kind not in _CLAUSE_ENDS:
        return False
    # Without a comma only the last word is about the act: "relatif au diplôme national de master modifié."
    return is_apart or tokens[i].word in ("modifie", "modifiee")
