"""Slugs: the readable last segments of IRIs, ASCII and lower case, and the short hash that keeps two of them apart."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import filterfalse

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def hash8(text: str) -> str:
    """Return the first 8 hex digits of the SHA-256 of the text's UTF-8 bytes.

    A lone surrogate (which a reader never lets through) is hashed as "?" would be, so that this never raises.

    >>> hash8("")
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def slug(text: str, limit: int = 80) -> str:
    """Return the text as ASCII lower-case words joined by "-", at most `limit` characters.

    Where it has to be cut, `-` and `hash8` of the whole text close it (DESIGN, "IRIs"). A text without any letter or
    digit of the Latin alphabet becomes `sans-nom-` and its hash.

    >>> slug("Éducation nationale"), slug("L’œuvre & la « main »"), slug("…")
    ('education-nationale', 'l-oeuvre-la-main', 'sans-nom-b4935894')
    """
    letters = text if text.isascii() else _fold(text)
    whole = _NOT_SLUG.sub("-", letters.lower()).strip("-")
    if not whole:
        return f"sans-nom-{hash8(text)}"
    if len(whole) <= limit:
        return whole
    return f"{whole[: limit - 9].rstrip('-')}-{hash8(text)}"


def _fold(text: str) -> str:
    """Replace ligatures and drop what accents leave behind when they are taken apart."""
    parts = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(filterfalse(unicodedata.combining, parts))
