"""Where the object of an act starts: "portant…", "relatif à…", after its date, its publication or who signed it."""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.sources.legal.draft import Draft
from rncp_ld.sources.legal.forms import FEMININE, ISSUERS, LAW_OBJECTS, RELATIVE_FORMS, Kind
from rncp_ld.sources.legal.tokens import Token

_LIGHT = frozenset({Kind.COMMA, Kind.OPEN, Kind.CLOSE, Kind.MARK, Kind.DASH, Kind.BREAK})
_GOES_ON = frozenset({Kind.PUBLISHED, Kind.GAZETTE, Kind.OBJECT, Kind.CHANGING, Kind.NOR, Kind.NOR_WORD})
_ISSUER_ENDS = frozenset({Kind.END, Kind.STOP, Kind.SEMICOLON, Kind.ACT, Kind.DATE})
_LONGEST_ISSUER = 60
_LONGEST_ABBREVIATION = 6


def skip_light(tokens: Sequence[Token], i: int) -> int:
    """Return the index of the first token from `i` that is no comma, parenthesis, dash or other sign."""
    while tokens[i].kind in _LIGHT:
        i += 1
    return i


def opens_object(tokens: Sequence[Token], i: int, subject: Draft, after: int, *, prose: bool) -> bool:
    """Tell whether an object starts at `i`.

    Args:
        tokens: all tokens.
        i: index of the token.
        subject: the act.
        after: index after what was read of the act; between the two only light signs stand.
        prose: there "la loi du… pour" may go on with the sentence, unless the law has a number.
    """
    token = tokens[i]
    if token.kind in (Kind.OBJECT, Kind.CHANGING, Kind.OBJECT_NOUN):
        return True
    return (
        subject.type in FEMININE
        and token.word in LAW_OBJECTS
        and i == after
        and tokens[i + 1].kind == Kind.WORD
        and not (prose and subject.number is None)
    )


def after_issuer(tokens: Sequence[Token], i: int, subject: Draft) -> int | None:
    """Return the index of what follows "du MINISTÈRE DE…," or "(MEN)": an object, a publication or a NOR."""
    if tokens[i - 1].kind == Kind.OPEN:
        inside = tokens[i : i + _LONGEST_ABBREVIATION]
        after = skip_light(tokens, next((i + n for n, token in enumerate(inside) if token.kind == Kind.CLOSE), i))
        return after if tokens[after].kind in _GOES_ON else None
    if tokens[i].word not in ("du", "de", "des") or not any(token.word in ISSUERS for token in tokens[i + 1 : i + 3]):
        return None
    agreeing = RELATIVE_FORMS[subject.type in FEMININE]
    for j in range(i + 1, i + _LONGEST_ISSUER):
        token = tokens[j]
        if token.kind in _GOES_ON:
            # "relatives à" is about something that stands between.
            return None if token.word.startswith("relati") and token.word not in agreeing else j
        if token.kind in _ISSUER_ENDS:
            return None
    return None


def starts_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether the act at `i` is the first of its sentence, behind "Le", "La", "L'": the subject of a verb to come."""
    return tokens[i - 1].word in ("le", "la", "l", "les") and (i == 1 or tokens[i - 2].kind in (Kind.STOP, Kind.BREAK))
