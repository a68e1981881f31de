"""Keys of acts (DESIGN, "Legal acts"): number, else NOR, else slug and hash of the object, else the fiche's number."""

from __future__ import annotations

from collections.abc import Iterable

from rncp_ld.model.slug import hash8, slug
from rncp_ld.sources.legal.forms import Kind
from rncp_ld.sources.legal.tokens import Token

KEY_LENGTH = 80
_UNLIMITED = 1_000_000


def canonical(tokens: Iterable[Token]) -> str:
    """Return an object without its typography: words, numbers and ISO dates, joined by "-".

    Apostrophes, quotation marks, punctuation, case, accents and white space do not count, nor the form of a date
    ("26/07/2004", "26 juillet 2004"), of a number ("n°2016-954", "n° 2016-954") or of an article ("R. 338-8", "R338-8"):
    so one object has one key in all the fiches that print it.
    """
    return slug("-".join(_word(token) for token in tokens), limit=_UNLIMITED)


def _word(token: Token) -> str:
    if token.kind == Kind.DATE:
        return token.day.isoformat() if token.day else "date"
    if token.kind == Kind.NUMBER:
        return f"n-{token.word}"
    return token.word


def object_key(text: str) -> str:
    """Return the key of an act known by its (canonical) object: its slug, cut where too long, and the hash of the whole.

    >>> object_key("relatif-au-titre")
    'relatif-au-titre-2c30086d'
    """
    return f"{text[: KEY_LENGTH - 9].rstrip('-')}-{hash8(text)}"
