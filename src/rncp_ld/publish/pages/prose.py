"""Texts of fiches as paragraphs and lists (their form: `rncp_ld.model.fiche`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

_BULLET = re.compile(r"(?:[-*•●](?:\s+|(?=[^\W\d]))|o\s+)(?=\S)")
"""Marks that the page's own bullet stands for; any other ("A1C1.", "1)", "▪") is kept as text."""

BlockKind = Literal["p", "ul", "own"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list: with our bullets (`ul`), or with the marks of its author (`own`)."""

    kind: BlockKind
    items: tuple[str, ...]


def split_prose(text: str) -> tuple[Block, ...]:
    r"""Split a text into blocks.

    >>> [b.kind for b in split_prose("Le jury :\n\n- un président\n- deux membres\n\nA1. Évaluer\nA2. Rendre compte")]
    ['p', 'ul', 'own']
    >>> split_prose("- un président")[0].items
    ('un président',)
    """
    lines = [line for paragraph in text.split("\n\n") for line in _paragraph(paragraph.split("\n"))]
    blocks: list[Block] = []
    for kind, group in groupby(lines, key=lambda line: line[0]):
        items = tuple(item for _, item in group)
        blocks += [Block("p", (item,)) for item in items] if kind == "p" else [Block(kind, items)]
    return tuple(blocks)


def _paragraph(lines: list[str]) -> list[tuple[BlockKind, str]]:
    found: list[tuple[BlockKind, str]] = []
    for place, line in enumerate(lines):
        mark = _BULLET.match(line)
        if mark:
            found.append(("ul", line[mark.end() :]))
        elif line:
            # The first line of a paragraph of several introduces its items, unless it has a mark of its own.
            single = len(lines) == 1 or (place == 0 and _BULLET.match(lines[1]) is not None)
            found.append(("p" if single else "own", line))
    return found


def is_prose(text: str) -> bool:
    """Tell whether a text is long enough to be shown as paragraphs."""
    return "\n" in text or len(text) > 160
