"""Lines that were cut: which go on, and how they are joined."""

from __future__ import annotations

import re

from rncp_ld.sources.folding import fold, key

CONNECTORS = frozenset(
    {
        "de", "du", "des", "d'", "la", "le", "les", "l'", "un", "une", "et", "ou", "a", "au", "aux", "en", "par", "pour", "sur",
        "avec", "sans", "dans", "ce", "cette", "ces", "son", "sa", "ses", "leur", "que", "qui", "dont", "chez", "vers", "sous",
        "entre",
    }
)  # fmt: skip
"""Words after which a line cannot end: what follows belongs to them. Folded."""

_LAST_WORD = re.compile(r"(?<![a-z0-9])([a-z0-9]+'?)$")
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”"}


def is_open(text: str) -> bool:
    """Tell whether a text plainly goes on: it ends with a connecting word, a comma or a hyphen, or in a parenthesis or quotation.

    >>> is_open("« services aux personnes et aux"), is_open("Diplôme d'Etat de moniteur-éducateur ;")
    (True, False)
    """
    stripped = text.rstrip()
    if stripped.endswith((",", "-", "–", "/", "'", "’")):
        return True
    word = _LAST_WORD.search(fold(stripped))
    printed = stripped[word.start() :] if word else ""
    # "Option A" ends, as does "Paris Un"; "CHARGÉ DE" goes on.
    as_a_word = printed.islower() or (stripped.isupper() and printed != "A")
    is_connector = word is not None and word[1] in CONNECTORS and as_a_word
    return is_connector or unbalanced(stripped) > 0


def unbalanced(text: str) -> int:
    """Return how many brackets and quotation marks stay open (above 0) or close nothing (below 0).

    >>> unbalanced("« a (b)"), unbalanced("(DGEFP).)")
    (1, -1)
    """
    return sum(text.count(opening) - text.count(closing) for opening, closing in _PAIRS.items())


def starts_low(text: str) -> bool:
    """Tell whether a text starts with a lower-case letter or with closing punctuation, as the rest of a sentence does."""
    head = text.lstrip()
    return bool(head) and (head[0].islower() or head[0] in ",;:.)»”!?")


def join(left: str, right: str) -> str:
    """Join two lines of one text; a hyphen at the end of a line stays and takes no space.

    >>> join("de moniteur-", "éducateur"), join("aux", "territoires")
    ('de moniteur-éducateur', 'aux territoires')
    """
    if not left or not right:
        return left or right
    hyphenated = len(left) > 1 and left[-1] in "-‐‑" and left[-2].isalpha() and right[0].isalpha()
    return f"{left}{right}" if hyphenated else f"{left} {right}"


def add_fragment(text: str, fragment: str) -> tuple[str, str | None]:
    """Add a cell's fragment to the text of the cells above, and return both the whole and what the fragment repeated.

    Text drawn from a PDF can repeat the end of a cell in the next one ("… une veille sociale territoriale",
    "sociale territoriale"). It counts as a repetition where the fragment starts with the last words of the text: at least
    two of them, or one of four letters and more.

    >>> add_fragment("à une veille sociale territoriale", "sociale territoriale")
    ('à une veille sociale territoriale', 'sociale territoriale')
    >>> add_fragment("Bloc n°2 de", "la fiche n° 2383")
    ('Bloc n°2 de la fiche n° 2383', None)
    """
    before, added = text.split(), fragment.split()
    for count in range(min(len(before), len(added)), 0, -1):
        shared = added[:count]
        if key(" ".join(before[-count:])) == key(" ".join(shared)) and (count > 1 or len(shared[0]) > 3):
            return join(text, " ".join(added[count:])), " ".join(shared)
    return join(text, " ".join(added)), None


def split_at_semicolons(text: str) -> list[str]:
    """Cut at the semicolons that stand in no bracket or quotation.

    >>> split_at_semicolons("BTS « a ; b » ; CAP (c ; d) ;")
    ['BTS « a ; b »', 'CAP (c ; d)']
    """
    parts: list[str] = []
    for piece in text.split(";"):
        if parts and unbalanced(parts[-1]) > 0:
            parts[-1] = f"{parts[-1]};{piece}"
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]
