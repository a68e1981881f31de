"""The marks that list items start with: bullets, codes ("A1C1."), numbers ("1.1"), and codes without a sign after them.

A strong mark shows by itself that an item starts. A code that only a space follows ("C1 Analyser") does not: "B1 Anglais"
may be a level, "A4 Recto" a size. It is a mark where the text has another one of its family, that is of the same
letters and signs ("C1", "C2": family C#).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

DASHES = "-–—"
BULLET = r"[-–—*•●▪■◦‣∙·►➢➤✓✔→]"
CODE = r"[A-Z]{1,3}\.?[0-9]{1,2}"
CODE_TAIL = r"[._-]?(?:[A-Z]{1,2}\.?)?[0-9]{1,2}"
WORDED = r"(?:Compétence|Capacité|Activité|Tâche|Module|Thème|Domaine)\s(?:n\s?°\s?)?(?:[A-Z]\.?)?[0-9]{1,2}"
MARK = re.compile(
    rf"""
    (?P<bullet>{BULLET}(?:\s*(?=[^\W\d])|\s+) | o\s+(?=\S))           # "- ", "* ", "•", "o "
  | (?P<code>{CODE}(?:{CODE_TAIL}){{0,3}}(?:\s?[.):]|\s[-–/])\s*      # "A1C1.", "C.10.", "A5.C1.", "C1 :", "A2 – "
           | {CODE}(?:{CODE_TAIL}){{0,3}}[-–/]\s*(?=[A-ZÀ-Þ][^\W\d])  # "C1- Analyser", "C1/Analyser"
           | {CODE}(?:{CODE_TAIL}){{1,3}}\s+                          # "A4C1 ", "C1.2 ", "A1-C1 ", "BC01-C1 "
           | [A-Z]{{1,2}}\s[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?(?:\s?[.):]|\s[-–/])\s+)       # "C 1 : "
  | (?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{2,3}}\.?\s+            # "1.1.2 "
             | [0-9]{{1,2}}\.[0-9]{{1,2}}\.?\s+(?=[A-ZÀ-Þ])           # "1.1 Recueillir"
             | [0-9]{{1,2}}(?:\s?[.)°]\s*(?=[^\W\d]|["«(])|\s?[-/]\s+(?=\D))   # "1)", "2° De", "3. "
             | [a-zA-Z]\)\s*(?=\S))                                   # "a) "
    """,
    re.VERBOSE,
)
BARE_MARK = re.compile(
    rf"""(?:(?:{BULLET}|o)\s?)?
    (?: {CODE}(?:{CODE_TAIL}){{0,3}}\s?[.):] | {CODE}(?:{CODE_TAIL}){{1,3}}
      | [0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}\.? | [0-9]{{1,2}}\s?[.)°] | [a-zA-Z]\)
    )?""",
    re.VERBOSE,
)
"""A piece that is no more than a mark: its item follows."""
CODE_ALONE = re.compile(rf"{CODE}(?:{CODE_TAIL}){{0,3}}|{WORDED}")
BARE_BULLET = re.compile(BULLET)

_WEAK = re.compile(
    rf"""(?P<code>{CODE}(?:{CODE_TAIL}){{0,3}}(?![0-9])) (?P<end>\s+|\s?[.):/–-]\s*)  # "C1 Analyser", "C1. Analyser"
            (?=[A-ZÀ-ÞŒ«]['’]?\s?[^\W\d] | [a-zà-ÿœ]+(?:er|ir|re)\b)
       | (?P<word>{WORDED})(?=\s?[:.)–-])""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9]+")
_SIGN = re.compile(r"[^A-ZÀ-Þ#]")

INFINITIVE = re.compile(r"(?:s['’]|se\s)?[^\W\d_]+(?:er|ir|re)\b", re.IGNORECASE)

Code = tuple[str, tuple[int, ...]]
"""A code as its family ("A#C#") and its numbers."""


def weak_code(text: str) -> Code | None:
    """Return the code that a text starts with, whatever stands after it: `("A#C#", (1, 2))` for "A1C2 Analyser"."""
    found = _WEAK.match(text)
    return None if found is None else code_of(found["code"] or found["word"])


def code_of(code: str) -> Code:
    """Return family and numbers of a code.

    >>> code_of("A5.C10"), code_of("A5C10")[0]
    (('A#C#', (5, 10)), 'A#C#')
    """
    return _SIGN.sub("", _NUMBER.sub("#", code.upper())), tuple(map(int, _NUMBER.findall(code)))


def families(texts: Iterable[str]) -> frozenset[str]:
    """Return the families of codes of which two texts or more start with different members."""
    members: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for text in texts:
        if text[:1].isupper() and (code := weak_code(text)) is not None:
            members[code[0]].add(code[1])
    return frozenset(family for family, numbers in members.items() if len(numbers) > 1)


def rising_families(texts: Sequence[str]) -> frozenset[str]:
    """Return those of `families` whose members stand in rising order."""
    codes = [code for text in texts if text[:1].isupper() and (code := weak_code(text)) is not None]
    found = set()
    for family in {family for family, _ in codes}:
        numbers = [number for of, number in codes if of == family]
        if len(numbers) > 1 and all(one < two for one, two in pairwise(numbers)):
            found.add(family)
    return frozenset(found)


def starts_item(text: str, known: frozenset[str]) -> bool:
    """Tell whether a text starts with a mark; `known` are the families of codes of its text."""
    if MARK.match(text) is not None:
        return True
    return bool(known) and (code := weak_code(text)) is not None and code[0] in known
