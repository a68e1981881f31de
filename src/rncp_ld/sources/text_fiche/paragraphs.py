"""From the lines of a rubric to paragraphs, list items and whole texts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rncp_ld.sources.folding import fold, squeeze
from rncp_ld.sources.text_fiche.joining import CONNECTORS, is_open, join, starts_low
from rncp_ld.sources.text_fiche.pieces import Piece

_MARK = re.compile(r"\s*(?:[-–—•▪◦·*>→♦■]|o(?=\s{1,3}[A-ZÀ-Ý]))\s+|\s*[•▪◦→■](?=\S)")
_NUMBER_MARK = re.compile(
    r"\s*(?:\d{1,2}|[a-z])\s?[.)]\s+(?=\S)|\s*[A-Z]\d{1,2}(?:[.-]?[A-Z]?\d{1,2})*\s?[.:)]\s|"
    r"\s*[A-Z]{1,2}\d{1,2}(?:(?:\.\d{1,2})+\s+(?=[A-ZÀ-Ý])|\s[-–]\s)"
)
_FULL_LINE = 60
_ENOUGH = 1000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one text.

    Attributes:
        pieces: the lines, in order; never empty.
    """

    pieces: tuple[Piece, ...]

    @property
    def line(self) -> int:
        """Where it starts."""
        return self.pieces[0].line

    @property
    def text(self) -> str:
        """The lines joined, white space collapsed, list mark removed."""
        return without_mark(self.printed)

    @property
    def printed(self) -> str:
        """The lines joined, white space collapsed."""
        whole = ""
        for piece in self.pieces:
            whole = join(whole, squeeze(piece.text))
        return whole


def has_mark(text: str) -> bool:
    """Tell whether a line starts with the mark of a list item."""
    return _MARK.match(text) is not None or _NUMBER_MARK.match(text) is not None


def without_mark(text: str) -> str:
    """Remove a bullet; numbers stay, as they are part of what is said.

    >>> without_mark("- Arrêté du 21 juillet 2016")
    'Arrêté du 21 juillet 2016'
    """
    return _MARK.sub("", text, count=1).strip() if _MARK.match(text) else text.strip()


def blocks_of(body: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the runs of lines that blank lines part."""
    block: list[Piece] = []
    for piece in body:
        if not piece.is_blank:
            block.append(piece)
        elif block:
            yield block
            block = []
    if block:
        yield block


def split_items(body: Iterable[Piece], starts_item: Callable[[str, str], bool]) -> list[Paragraph]:
    """Cut a rubric into items: at blank lines, at list marks, and where `starts_item(text so far, line)` says so.

    Of a long text so far its end is enough to tell.
    """
    items: list[Paragraph] = []
    for block in blocks_of(body):
        item = [block[0]]
        text = squeeze(block[0].text)
        for piece in block[1:]:
            line = squeeze(piece.text)
            if has_mark(piece.text) or starts_item(text, line):
                items.append(Paragraph(tuple(item)))
                item, text = [], ""
            item.append(piece)
            text = join(text, line)[-_ENOUGH:]
        items.append(Paragraph(tuple(item)))
    return items


def structured_text(body: Iterable[Piece], *, by_width: bool = True) -> str | None:
    r"""Return a text field: paragraphs parted by a blank line, list items each on a line of their own.

    A line goes on with the next one where that one starts low, where it plainly waits for its end, or where it is about as
    long as the column is wide, unless `by_width` is off: a long line of a list of addresses ends all the same. As in the texts
    of the export, "\n" stands between two list items only.
    """
    return "\n\n".join(structured_paragraphs(body, by_width=by_width)) or None


def structured_paragraphs(body: Iterable[Piece], *, by_width: bool = True) -> list[str]:
    """Return the paragraphs of a text field."""
    texts: list[str] = []
    for block in blocks_of(body):
        lines = _rejoin([piece.text for piece in block], by_width=by_width)
        for place, line in enumerate(lines):
            if place == 0 and texts and starts_low(line) and is_open(texts[-1]) and not has_mark(line):
                texts[-1] = join(texts[-1], line)  # a blank line inside a sentence
            elif texts and has_mark(line) and has_mark(texts[-1].rpartition("\n")[2]):
                texts[-1] = f"{texts[-1]}\n{line}"
            else:
                texts.append(line)
    return texts


def _rejoin(lines: Sequence[str], *, by_width: bool) -> list[str]:
    full = max(_FULL_LINE, 0.75 * max(map(len, lines))) if by_width else math.inf
    whole: list[str] = []
    for place, line in enumerate(lines):
        if place and not has_mark(line) and _goes_on(lines[place - 1], line, full):
            whole[-1] = join(whole[-1], squeeze(line))
        else:
            whole.append(squeeze(line))
    return whole


def _goes_on(line: str, following: str, full: float) -> bool:
    if starts_low(following) or following.lstrip().startswith("(") or is_open(line):
        return True
    return len(line) >= full and not line.rstrip().endswith((".", ":", ";"))


def first_word(text: str) -> str:
    """Return the first word, folded, without its elided article ("L'Université" → "universite")."""
    words = re.findall(r"[a-z0-9]+'?", fold(text))
    while len(words) > 1 and words[0] in {"l'", "d'"}:
        words.pop(0)
    return words[0] if words else ""


def starts_with_connector(text: str) -> bool:
    """Tell whether a text starts with a word that ties it to what came before ("ET À LA FORMATION", "du travail")."""
    return first_word(text) in CONNECTORS - {
        "la",
        "le",
        "les",
        "l'",
        "un",
        "une",
        "leur",
        "son",
        "sa",
        "ses",
        "ce",
        "cette",
    }
