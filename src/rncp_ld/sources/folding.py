"""Comparing French text whatever its case, accents, apostrophes and dashes, without losing the place.

`fold` gives one character for one, so that what a pattern finds in the folded text can be cut out of the text as printed.
"""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "œ": "o", "Œ": "o", "æ": "a", "Æ": "a", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "º": "°", "ⁿ": "n",
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
}  # fmt: skip


class _Folding(dict[int, str]):
    """Translation table that fills itself: one lower-case character without accent for each."""

    def __missing__(self, point: int) -> str:
        bare = unicodedata.normalize("NFD", chr(point))[0]
        lower = bare.lower()
        self[point] = folded = lower if len(lower) == 1 else bare
        return folded


_TABLE = _Folding({ord(char): folded for char, folded in _SPECIAL.items()})


def fold(text: str) -> str:
    """Return the text in lower case, without accents, of the same length.

    >>> fold("Autorité(s) — L’ŒUVRE")
    "autorite(s) - l'ouvre"
    """
    return text.translate(_TABLE)


def key(text: str) -> str:
    """Return what two writings of the same words share: letters, digits and signs, without white space and case.

    >>> key("mise en  œuvre.") == key("Mise en œuvre .")
    True
    """
    return "".join(fold(text).split())


def squeeze(text: str) -> str:
    """Collapse white space and strip."""
    return " ".join(text.split())
