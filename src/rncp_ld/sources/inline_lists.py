"""Lists that lost even their runs of spaces: items that follow each other on one line, where that is beyond doubt.

Three forms: bullets that no prose has ("… • Bloc 4 • Bloc 5"), a dash or star after a colon or semicolon ("composé : - d'un
président ; - de membres"), and codes or numbers that count up ("C1 Analyser … C2 Mettre … C3 Rédiger"). A break is put
before each item. What decides is the same before and after, so that a text is read twice as it is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rncp_ld.sources.list_marks import CODE, CODE_TAIL, code_of

BREAK = "    "

_SIGNS = "•●▪■◦‣►➢➤✓✔"
_WORD_AFTER = re.compile(r"\s*[^\W_]")
_LONE_SIGNS = tuple(f" {sign} " for sign in "-–—*")
"""Searching each of these is faster than one pass of a pattern; where there are more spaces, there is a break anyway."""

_ITEM = re.compile(
    rf"""(?P<code>{CODE}(?:{CODE_TAIL}){{0,3}}(?![0-9]))(?:\s?[.):/–-])?\s+(?=[A-ZÀ-Þ][a-zà-ÿœ'’])
       | (?P<number>[0-9]{{1,2}}(?:\.(?=\s+[A-ZÀ-Þ])|\)(?=\s+[^\W\d])))""",
    re.VERBOSE,
)
_NUMBERED = re.compile(r"[0-9](?:\s?[.):/–-])?\s+[^\W\d_]")
"""What every item that counts has: a number, and a word after it."""
_REFERS = frozenset(
    [
        "à",
        "au",
        "aux",
        "avec",
        "bloc",
        "blocs",
        "compétence",
        "compétences",
        "de",
        "des",
        "du",
        "en",
        "et",
        "la",
        "le",
        "les",
        "niveau",
        "ou",
        "par",
        "pour",
        "voir",
    ]
)
"""Words after which a code is named, not begun."""

_NOT_BEFORE = f",(/-–—«*→·∙{_SIGNS}"
_LONGEST_WORD = 40


def break_inline_lists(text: str) -> str:
    """Put a break before each item of a list that stands on one line.

    >>> break_inline_lists("Composé : - d'un président ; - de membres").split("    ")
    ['Composé :', "- d'un président ;", '- de membres']
    """
    for sign in _LONE_SIGNS:
        if sign in text:
            for end in ":;":
                text = text.replace(f"{end}{sign}", f"{end}{BREAK}{sign[1:]}")
    places = {*_signed(text), *_counted(text)} - {0}
    if not places:
        return text
    cuts = [0, *sorted(places), len(text)]
    return BREAK.join(text[start:end] for start, end in pairwise(cuts))


def _signed(text: str) -> Iterator[int]:
    """Yield where items with a bullet start, of which the text has two or more."""
    if text.isascii():
        return
    for sign in _SIGNS:
        if sign in text:
            found = [place for place in _places(text, sign) if _WORD_AFTER.match(text, place + 1)]
            if len(found) > 1:
                yield from found


def _places(text: str, sign: str) -> Iterator[int]:
    """Yield where a sign stands at the start of a word."""
    place = text.find(sign)
    while place >= 0:
        if place == 0 or text[place - 1] == " ":
            yield place
        place = text.find(sign, place + 1)


def _counted(text: str) -> Iterator[int]:
    """Yield where items start that count up by one: three or more, or two that start the text or follow a colon."""
    if sum(digit in text for digit in "123456789") < 2:
        return
    chains: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    for hit in _NUMBERED.finditer(text):
        match = _ITEM.match(text, text.rfind(" ", 0, hit.start()) + 1)
        if match is None:
            continue
        code = match["code"] or match["number"]
        family, numbers = code_of(code)
        is_number = match["code"] is None
        if not _may_start(text, match.start(), is_number=is_number):
            continue
        key = code[-1] if is_number else family
        chain = chains.setdefault(key, [])
        if chain and _follows(chain[-1][1], numbers):
            chain.append((match.start(), numbers))
        elif len(chain) < 2 and not (is_number and numbers != (1,)):
            chain[:] = [(match.start(), numbers)]
    for chain in chains.values():
        if len(chain) > 2 or (len(chain) == 2 and text[: chain[0][0]].rstrip()[-1:] in ("", ":")):
            yield from (place for place, _ in chain)


def _may_start(text: str, place: int, *, is_number: bool) -> bool:
    """Tell whether an item may start at a place: not where a code is named, a number only after a clause."""
    before = text[max(0, place - _LONGEST_WORD) : place].split()
    if not before:
        return True
    if is_number:
        return before[-1][-1] in ".:;"
    return before[-1][-1] not in _NOT_BEFORE and before[-1].lower() not in _REFERS


def _follows(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Tell whether a code comes right after another: 1.2 → 1.3, 1.2 → 2.1."""
    if len(one) != len(two):
        return False
    return two in {(*one[:-1], one[-1] + 1), (*one[:-2], one[-2] + 1, 1)} if len(one) > 1 else two[0] == one[0] + 1
