"""Paragraphs and list items of a text whose breaks survived only as runs of spaces.

The export took the HTML out of the texts: `</p><p>` became four spaces, `</li><li>` six, `<br>` two (or a real
newline), and where an author pasted from a word processor a line's soft wrap became three. So, with what was seen in
real fiches (notes on the input formats, section 1):

- a newline, or a run of four spaces and more, is a break;
- a run of two or three spaces is a break before a list mark, and before a capital unless the word before it cannot end
  a phrase ("de   Paris"); before a digit, quote or parenthesis only where a sentence or a clause has ended; else it is
  a soft wrap, one space ("novatrices   dans le cadre").

White space is the only thing that changes: a text without its white space is the same before and after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = r"[-–—*•●▪■◦‣∙·►➢➤✓✔→]"
_CODE = r"[A-Z]{1,2}\.?[0-9]{1,2}"
_CODE_TAIL = r"[.-]?(?:[A-Z]\.?)?[0-9]{1,2}"
_MARK = re.compile(
    rf"""
    (?P<bullet>{_BULLET}(?:\s*(?=[^\W\d])|\s+) | o\s+(?=\S))          # "- ", "* ", "•", "o "
  | (?P<code>{_CODE}(?:{_CODE_TAIL}){{0,3}}(?:\s?[.):]|\s[-–/])\s*    # "A1C1.", "C.10.", "A5.C1.", "C1 :", "A2 – "
           | {_CODE}(?:{_CODE_TAIL}){{1,3}}\s+)                       # "A4C1 ", "C1.2 "
  | (?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{2,3}}\.?\s+            # "1.1.2 "
             | [0-9]{{1,2}}\.[0-9]{{1,2}}\.?\s+(?=[A-ZÀ-Þ])           # "1.1 Recueillir"
             | [0-9]{{1,2}}(?:\s?[.)°]\s*(?=[^\W\d]|["«(])|\s?[-/]\s+(?=\D))   # "1)", "2° De", "3. "
             | [a-zA-Z]\)\s*(?=\S))                                   # "a) "
    """,
    re.VERBOSE,
)
_BARE_MARK = re.compile(
    rf"""(?:(?:{_BULLET}|o)\s?)?
    (?: {_CODE}(?:{_CODE_TAIL}){{0,3}}\s?[.):] | {_CODE}(?:{_CODE_TAIL}){{1,3}}
      | [0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}\.? | [0-9]{{1,2}}\s?[.)°] | [a-zA-Z]\)
    )?""",
    re.VERBOSE,
)
_LINE_ENDS = "\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\t\xa0\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BARE_BULLET = re.compile(_BULLET)
_DASHES = "-–—"
_CLAUSE_END = ".:;!?…"
_OPEN_WORDS = frozenset(
    [
        "a",
        "à",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "cet",
        "cette",
        "chez",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "entre",
        "et",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "mais",
        "ou",
        "où",
        "par",
        "pour",
        "que",
        "qu",
        "sa",
        "sans",
        "selon",
        "ses",
        "son",
        "sous",
        "sur",
        "un",
        "une",
        "vers",
    ]
)
"""Words after which a phrase goes on: a capital after them starts a name, not a line."""

_INFINITIVE = re.compile(r"(?:s['’]|se\s)?[^\W\d_]+(?:er|ir|re)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListSplit:
    r"""A text that is a list.

    Attributes:
        items: each without its bullet, but with its own code ("A1C1. Évaluer…"); lines that belong to an item follow
            it after "\n".
        rest: what stands before or between the items, None where nothing does.
    """

    items: tuple[str, ...]
    rest: str | None = None


def collapse(raw: str) -> str:
    """Return the text on one line, white space single: for titles, names and other short values."""
    return " ".join(raw.split())


def structure_text(raw: str) -> str:
    r"""Return the text with its paragraphs parted by "\n\n" and consecutive list items by "\n".

    >>> structure_text("Le jury :  * un président      * deux   membres    Il siège à huis clos.")
    'Le jury :\n\n* un président\n* deux membres\n\nIl siège à huis clos.'
    """
    text = _plain_spaces(raw).strip()
    if "  " not in text:
        return text
    lines: list[str] = []
    pieces: list[str] = []  # of the line that is being read
    is_item = is_bare = False  # that line starts with a list mark; it is no more than a mark
    hard = True
    for piece in text.split("  "):  # a run of n spaces gives n // 2 - 1 empty pieces, and a space more where n is odd
        part = piece.strip()
        if not part:
            hard = True
            continue
        mark = _MARK.match(part) or (_BARE_BULLET.fullmatch(part) if is_item else None)
        if is_bare and mark is None:  # "-   Conduire une analyse", "3.1  Organiser": the mark's own item
            pieces.append(part)
            is_bare = _BARE_MARK.fullmatch(" ".join(pieces)) is not None
        elif pieces and not hard and not _breaks(pieces[-1], part, mark, is_item=is_item):
            pieces.append(part)
        else:
            if pieces:
                lines.append(" ".join(pieces))
            pieces = [part]
            is_bare = _BARE_MARK.fullmatch(part) is not None
            is_item = is_bare or mark is not None
        hard = False
    lines.append(" ".join(pieces))
    return _joined(lines)


def _plain_spaces(raw: str) -> str:
    """Write every kind of space as a space, and every end of a line as four."""
    text = raw
    for odd in _SPACES:  # twenty searches that find nothing are faster than one pass of a pattern
        if odd in text:
            text = text.replace(odd, " ")
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text.replace("\n", "    ")


def _breaks(before: str, after: str, mark: re.Match[str] | None, *, is_item: bool) -> bool:
    """Tell whether a run of two or three spaces is a break; `before` and `after` are the pieces beside it."""
    if mark is not None:
        if after[0] not in _DASHES:
            return True
        opened = after[mark.end() : mark.end() + 1].isupper()  # a dash may also stand inside a sentence
        return opened or is_item or before[-1] in _CLAUSE_END
    if after[0].isupper():
        return _last_word(before) not in _OPEN_WORDS
    return not after[0].islower() and after[0] not in ";:,.!?)»" and before[-1] in _CLAUSE_END


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1].rsplit("'", 1)[-1].rsplit("’", 1)[-1].lstrip('(«"').lower() or "l"


def _joined(lines: list[str]) -> str:
    r"""Join lines: "\n" between two list items, "\n\n" elsewhere."""
    out = [lines[0]]
    was_item = _MARK.match(lines[0]) is not None
    for line in lines[1:]:
        is_item = _MARK.match(line) is not None
        out += ("\n" if was_item and is_item else "\n\n", line)
        was_item = is_item
    return "".join(out)


def split_list(text: str) -> ListSplit | None:
    r"""Return the items of a structured text that is clearly a list, else None.

    It is one where two lines or more carry marks of one family (the family of the first mark: a bullet's own sign,
    codes, numbers), or where two paragraphs or more all start with an infinitive, as statements of competences do
    ("Réaliser…", "Installer…"). Lines with another mark belong to the item above them. A paragraph without a mark is
    an item where it starts with an infinitive and items stand above it (its mark was lost), else it is rest.

    >>> split_list("Capable de :\n\n- lire\n- écrire")
    ListSplit(items=('lire', 'écrire'), rest='Capable de :')
    """
    lines = text.replace("\n\n", "\n").split("\n")
    families = [_family(line) for line in lines]
    primary = next((family for family in families if family), None)
    if primary is None:
        return _split_statements(lines)
    if families.count(primary) < 2:
        return None
    items: list[str] = []
    rest: list[str] = []
    for line, family in zip(lines, families, strict=True):
        if family == primary or (items and family is None and _INFINITIVE.match(line)):
            items.append(_without_bullet(line))
        elif items and family is not None:
            items[-1] = f"{items[-1]}\n{line}"
        else:
            rest.append(line)
    return ListSplit(tuple(items), "\n\n".join(rest) or None)


def _split_statements(lines: list[str]) -> ListSplit | None:
    """Split a text without marks: statements, after at most one introduction that ends with a colon."""
    intro = lines[0] if lines[0].endswith(":") and not _INFINITIVE.match(lines[0]) else None
    items = lines[1:] if intro else lines
    if len(items) < 2 or not all(_INFINITIVE.match(item) for item in items):
        return None
    return ListSplit(tuple(items), intro)


def _family(line: str) -> str | None:
    """Name the family of a line's mark: the bullet itself, "code" or "number"."""
    mark = _MARK.match(line)
    if mark is None:
        return None
    return line[0] if mark.lastgroup == "bullet" else mark.lastgroup


def _without_bullet(line: str) -> str:
    mark = _MARK.match(line)
    return line[mark.end() :] if mark is not None and mark.lastgroup == "bullet" else line
