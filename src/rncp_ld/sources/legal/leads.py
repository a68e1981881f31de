"""What stands between the word for an act and its number or date: adjectives, who signed it, its name, its object.

lead := { adjective | phrase } [ "du ministre de… " | name | object ]
        "arrêté ministériel du", "Décret en Conseil d'État n°", "loi Hoguet du", "Arrêté relatif à la licence du"
"""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.model.legal import ActType
from rncp_ld.sources.legal.forms import (
    ADJECTIVAL_PHRASES,
    ADJECTIVES,
    CHANGED,
    DETERMINERS,
    FEMININE,
    ISSUERS,
    LAW_NAMES,
    LAW_OBJECTS,
    NOT_SIGNED,
    Kind,
    Phrases,
)
from rncp_ld.sources.legal.tokens import Token

_LONGEST_LEAD = 40
_LONGEST_NAME = 5
_LEAD_ENDS = frozenset(
    {Kind.END, Kind.STOP, Kind.SEMICOLON, Kind.BREAK, Kind.ACT, Kind.GAZETTE, Kind.PUBLISHED, Kind.ARTICLE, Kind.CODE}
)


def adjectives(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """Skip "ministériel", "(s)", "d'habilitation", "modifié"."""
    amended = False
    while True:
        token = tokens[i]
        phrase = _phrase(tokens, i, ADJECTIVAL_PHRASES)
        if phrase is not None:
            i = phrase
        elif token.word in ADJECTIVES or (token.kind == Kind.STOP and tokens[i - 1].word == "arr"):
            i += 1
        elif token.word in CHANGED and tokens[i + 1].word != "par":
            amended = True
            i += 1
        elif token.kind == Kind.OPEN and tokens[i + 1].word in ("s", "e") and tokens[i + 2].kind == Kind.CLOSE:
            i += 3
        elif token.word in ("d", "de") and tokens[i + 1].word in ADJECTIVES:
            i += 2
        else:
            return i, amended


def _phrase(tokens: Sequence[Token], i: int, table: Phrases) -> int | None:
    """Return the index after the longest phrase of the table at `i`, or None."""
    for phrase in table.get(tokens[i].word, ()):
        if all(token.word == word for token, word in zip(tokens[i : i + len(phrase)], phrase, strict=False)):
            return i + len(phrase)
    return None


def lead(tokens: Sequence[Token], i: int, kind: ActType) -> tuple[int, tuple[int, int] | None] | None:
    """Return where the items start after an issuer or an object, and the object's place."""
    token = tokens[i]
    if token.word in ("du", "de", "des", "d") and (
        tokens[i + 1].word in ISSUERS or (tokens[i + 1].word in ("la", "l") and tokens[i + 2].word in ISSUERS)
    ):
        start = _signed(tokens, i)
        return (start, None) if start else None
    named = _named(tokens, i, kind)
    if named is not None:
        return named, None
    is_object = token.kind in (Kind.OBJECT, Kind.CHANGING) or (kind in FEMININE and token.word in LAW_OBJECTS)
    if not is_object or tokens[i + 1].kind in (Kind.DATE, Kind.NUMBER, Kind.BARE_NUMBER, Kind.NOR):
        return None
    start = _signed(tokens, i)
    return (start, (i, start)) if start else None


def _named(tokens: Sequence[Token], i: int, kind: ActType) -> int | None:
    """Return where the items start after the name that an act goes by: "loi Hoguet du…", "décret tertiaire n° 2019-771"."""
    if kind is ActType.LOI:
        j = i + 1 if tokens[i].kind == Kind.MARK else i
        after = _phrase(tokens, j, LAW_NAMES)
        if after is not None:
            return after
    for j in range(i, i + _LONGEST_NAME):
        if tokens[j].kind == Kind.NUMBER and "-" in tokens[j].word:
            return j
        if tokens[j].kind not in (Kind.WORD, Kind.MARK) or tokens[j].word in DETERMINERS:
            return None
    return None


def _signed(tokens: Sequence[Token], i: int) -> int | None:
    """Return where "du 5 mai 2010" or a number stands within the same clause."""
    for j in range(i + 1, min(i + _LONGEST_LEAD, len(tokens) - 1)):
        token = tokens[j]
        if token.kind in _LEAD_ENDS:
            return None
        if token.kind == Kind.NUMBER and "-" in token.word:
            return j
        if token.kind == Kind.DATE:
            # "à compter du", "jusqu'au": no signature.
            is_signature = tokens[j - 1].word in ("du", "date") and tokens[j - 2].word not in NOT_SIGNED
            return j - 1 if is_signature else None
    return None
