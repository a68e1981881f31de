"""Paragraphs and list items of a text whose breaks survived only as runs of spaces.

The export took the HTML out of the texts: `</p><p>` became four spaces, `</li><li>` six, `<br>` two (or a real
newline), and where an author pasted from a word processor a line's soft wrap became three. So, with what was seen in
real fiches (notes on the input formats, section 1):

- a newline, or a run of four spaces and more, is a break;
- a run of two or three spaces is a break before a list mark, and before a capital unless the word before it cannot end
  a phrase ("de   Paris"); before a digit, quote or parenthesis only where a sentence or a clause has ended; else it is
  a soft wrap, one space ("novatrices   dans le cadre");
- a dash after such a run may stand inside a sentence, so it is a mark where a clause has ended, a capital follows, or
  the text has a list of them ("Il sait   - lire   - écrire");
- a code that only a space follows ("C1 Analyser") is a mark where the text has another of its family (`list_marks`);
- a line that ends with an article or a preposition was wrapped, and goes on with a small letter;
- lists that lost their runs of spaces, too, are found where that is beyond doubt (`inline_lists`).

White space is the only thing that changes: a text without its white space is the same before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rncp_ld.sources.html_text import plain_text
from rncp_ld.sources.inline_lists import break_inline_lists
from rncp_ld.sources.list_marks import (
    BARE_BULLET,
    BARE_MARK,
    CODE_ALONE,
    DASHES,
    MARK,
    families,
    starts_item,
    weak_code,
)

_PASSES = 4
_AFTER_RUN = tuple(f"  {dash} " for dash in DASHES)
_LINE_ENDS = "\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\t\xa0\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
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
_WRAPPED_AFTER = _OPEN_WORDS - frozenset(["a", "d", "l", "un", "une", "leur", "leurs"])
"""Words that end no line: a small letter on the next one goes on with the phrase."""


def collapse(raw: str) -> str:
    """Return the text on one line, white space single: for titles, names and other short values."""
    return " ".join(raw.split())


def one_line(raw: str) -> str:
    """Return a title or a name on one line, without the HTML that is left in it."""
    return collapse(plain_text(raw)) if "<" in raw or "&" in raw else " ".join(raw.split())


def read_text(raw: str) -> str:
    """Return a text as an export holds it in the form of the record: without HTML, structured."""
    return structure_text(plain_text(raw) if "<" in raw or "&" in raw else raw)


def structure_text(raw: str) -> str:
    r"""Return the text with its paragraphs parted by "\n\n" and consecutive list items by "\n".

    >>> structure_text("Le jury :  * un président      * deux   membres    Il siège à huis clos.")
    'Le jury :\n\n* un président\n* deux membres\n\nIl siège à huis clos.'
    """
    text = raw
    for _ in range(_PASSES):
        text, again = _structured(text)
        if not again:
            break
    return text


def _structured(raw: str) -> tuple[str, bool]:
    """Structure a text once; tell whether a code that stood alone has its text now, which may make a list of others."""
    text = break_inline_lists(_plain_spaces(raw).strip())
    if "  " not in text:
        return text, False
    pieces = _pieces(text)
    known = families(_possible_items(pieces)) if any(digit in text for digit in "123456789") else frozenset[str]()
    dashed = _dashed(pieces) if any(sign in text for sign in _AFTER_RUN) else frozenset[int]()
    lines: list[str] = []
    line: list[str] = []  # pieces of the line that is being read
    is_item = is_bare = False  # that line starts with a list mark; it is no more than a mark
    for i, (hard, part) in enumerate(pieces):
        mark = MARK.match(part) or (BARE_BULLET.fullmatch(part) if is_item else None)
        listed = bool(known) and mark is None and starts_item(f"{part} {_next(pieces, i)}", known)
        if is_bare and mark is None and not listed:  # "-   Conduire une analyse", "3.1  Organiser": the mark's own item
            line.append(part)
            is_bare = BARE_MARK.fullmatch(" ".join(line)) is not None
        elif line and not _breaks(line[-1], part, mark, hard=hard, is_item=is_item, listed=listed or i in dashed):
            line.append(part)
            is_bare = len(part) < 3 and BARE_MARK.fullmatch(" ".join(line)) is not None  # "C1" and ":"
        else:
            if line:
                lines.append(" ".join(line))
            line = [part]
            is_bare = BARE_MARK.fullmatch(part) is not None or (listed and CODE_ALONE.fullmatch(part) is not None)
            is_item = is_bare or listed or mark is not None
    lines.append(" ".join(line))
    return _joined(lines, known), any(part[-1].isdigit() and CODE_ALONE.fullmatch(part) for _, part in pieces)


Piece = tuple[bool, str]
"""What stands between two runs of spaces, and whether the run before it is a break."""


def _pieces(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    hard = True
    for piece in text.split("  "):  # a run of n spaces gives n // 2 - 1 empty pieces, and a space more where n is odd
        part = piece.strip()
        if part:
            pieces.append((hard, part))
        hard = not part
    return pieces


def _next(pieces: Sequence[Piece], i: int) -> str:
    return pieces[i + 1][1] if i + 1 < len(pieces) else ""


def _possible_items(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield what may be an item with a code; a code that stands alone has the next piece as its text."""
    for i, (_, part) in enumerate(pieces):
        if part[0].isupper() and part[-1].isdigit() and CODE_ALONE.fullmatch(part):
            following = _next(pieces, i)
            if MARK.match(following) is None and weak_code(following) is None:
                yield f"{part} {following}"
        else:
            yield part


def _dashed(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the pieces that are items of a list with dashes: "Il sait   - lire   - écrire".

    One dash may stand inside a sentence, and two long ones around an aside; so a list has two hyphens or three long
    dashes, with nothing between them that starts a line of its own.
    """
    found: set[int] = set()
    run: list[int] = []
    for i, (hard, part) in enumerate(pieces):
        sign = part[0]
        if sign in DASHES and part[1:2] == " ":
            if run and pieces[run[-1]][1][0] != sign:
                run = []
            run.append(i)
            if len(run) >= (2 if sign == "-" else 3):
                found.update(run)
        elif hard or not sign.islower():
            run = []
    return frozenset(found)


def _plain_spaces(raw: str) -> str:
    """Write every kind of space as a space, and every end of a line as four."""
    if raw.isprintable():  # none of them is, but the space itself
        return raw
    text = raw
    for odd in _SPACES:  # twenty searches that find nothing are faster than one pass of a pattern
        if odd in text:
            text = text.replace(odd, " ")
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text.replace("\n", "    ")


def _breaks(before: str, after: str, mark: re.Match[str] | None, *, hard: bool, is_item: bool, listed: bool) -> bool:
    """Tell whether a run of spaces is a break.

    Args:
        before: the piece before it.
        after: the piece after it.
        mark: the list mark that `after` starts with.
        hard: it is a newline or a run of four and more.
        is_item: the line that `before` belongs to is a list item.
        listed: `after` is known to be an item by what else the text has.
    """
    if hard:  # a line that ends with an article or a preposition was wrapped
        return mark is not None or listed or not after[0].islower() or _last_word(before) not in _WRAPPED_AFTER
    if mark is not None and after[0] in DASHES and not listed:  # a dash may also stand inside a sentence
        opened = after[mark.end() : mark.end() + 1].isupper()
        return opened or is_item or before[-1] in _CLAUSE_END
    if mark is not None or listed:
        return True
    if after[0].isupper():
        return _last_word(before) not in _OPEN_WORDS
    return not after[0].islower() and after[0] not in ";:,.!?)»" and before[-1] in _CLAUSE_END


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1].rsplit("'", 1)[-1].rsplit("’", 1)[-1].lstrip('(«"').lower() or "l"


def _joined(lines: list[str], known: frozenset[str]) -> str:
    r"""Join lines: "\n" between two list items, "\n\n" elsewhere."""
    out = [lines[0]]
    was_item = starts_item(lines[0], known)
    for line in lines[1:]:
        is_item = starts_item(line, known)
        out += ("\n" if was_item and is_item else "\n\n", line)
        was_item = is_item
    return "".join(out)
