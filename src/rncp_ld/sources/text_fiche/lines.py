"""The lines of a text fiche, without the marks that the conversion from PDF put around the words.

The marks seen are those of Markdown (`#`, `**`, `<u>`). `#` and `**` set off headings, though not only headings ("### 2.
Assurer un service…" is content), so they are kept as facts about the line. Other tags are the text's own and stay in it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest

_HASHES = re.compile(r"^\s*#{1,6}\s*(?=\S)(.*?)(?:\s+#+)?\s*$")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\s*\1")
_ITALIC_LINE = re.compile(r"^\s*([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1\s*$")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_SET_TAGS = re.compile(r"</?(?:u|sup|sub)>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file.

    Attributes:
        number: from 1.
        text: in NFC, without marks of the conversion; tabs and runs of spaces are kept, they part cells.
        is_marked: set off as a heading is: by `#`, in bold as a whole, or in capitals.
        has_hashes: set off by `#`.
        bold: where bold stood in `text`: (start, end).
        weight: number of non-blank characters of its line in the file, marks included; 0 below a `<br>` of that line.
    """

    number: int
    text: str
    is_marked: bool = False
    has_hashes: bool = False
    bold: tuple[tuple[int, int], ...] = ()
    weight: int = 0

    @property
    def is_blank(self) -> bool:
        """Nothing to read in it."""
        return not self.text.strip()

    @property
    def has_bold_label(self) -> bool:
        """It starts with words in bold that a colon closes: "**Remarques :** …"."""
        return any(
            start == 0 and (self.text[:end].endswith(":") or self.text[end:].lstrip().startswith(":"))
            for start, end in self.bold
        )


def read_lines(data: str) -> tuple[Line, ...]:
    """Cut a decoded file into lines (LF, CRLF or CR), counted as editors count them; a form feed ends no line.

    Control characters become spaces: the decoding has reported them.
    """
    text = data.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(
        _line(number, part, non_blank(raw) if place == 0 else 0)
        for number, raw in enumerate(text.split("\n"), 1)
        for place, part in enumerate(_without_breaks(raw))
    )


def non_blank(text: str) -> int:
    """Count the characters that the share read counts."""
    return sum(map(len, text.split()))


def _without_breaks(raw: str) -> list[str]:
    """Cut a line at its `<br>`; in a table's row each cell goes on in the rows below, as the text does elsewhere.

    >>> _without_breaks("| Après un<br>parcours | X |")
    ['| Après un | X |', '| parcours |  |']
    """
    if not _BREAK.search(raw):
        return [raw]
    is_piped = raw.lstrip().startswith("|")
    edge = "\t" if "\t" in raw else " | "
    cells = raw.split("\t") if "\t" in raw else raw.split("|") if is_piped else [raw]
    lines = [_BREAK.split(cell.strip()) for cell in cells]
    return [edge.join(row).strip(" ") for row in zip_longest(*lines, fillvalue="")]


def _line(number: int, raw: str, weight: int) -> Line:
    text = unicodedata.normalize("NFC", _CONTROL.sub(" ", raw)).replace("\u00ad", "")
    text = _SET_TAGS.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").rstrip(" ")
    hashes = _HASHES.match(text)
    if hashes:
        text = hashes[1]
    text, bold = _strip_emphasis(text)
    whole = any(not (text[:start] + text[end:]).strip(" \t:") for start, end in bold)
    marked = bool(hashes) or whole or _in_capitals(text)
    return Line(number, text, marked, bool(hashes), bold, weight)


def _strip_emphasis(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the marks of bold off, and say where bold stood in what remains."""
    text = _ITALIC_LINE.sub(r"**\2**", text)
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = position = 0
    for match in _EMPHASIS.finditer(text):
        before = text[position : match.start()]
        spans.append((length + len(before), length + len(before) + len(match[2])))
        parts += (before, match[2])
        length = spans[-1][1]
        position = match.end()
    return "".join([*parts, text[position:]]), tuple(spans)


def _in_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and not any(char.islower() for char in letters)
