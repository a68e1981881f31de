"""Texts of fiches as paragraphs and lists (their form: `rncp_ld.model.fiche`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import escape

_BULLET = re.compile(r"(?:[-*•●](?:\s+|(?=[^\W\d]))|o\s+)(?=\S)")
"""Marks that the page's own bullet stands for; any other ("A1C1.", "1)", "▪") is kept as text."""

_OWN_CODE = re.compile(r"(?:[A-Z]{1,3}[.\s-]?[0-9]|[0-9]{1,2}(?:\.[0-9]|\s?[.)°–-])|[a-z]\))")
"""How an item begins that has its author's own code: "A1C1.", "C 2", "2.1.1", "3)"."""

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


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write blocks as HTML."""
    return "".join([_write(block) for block in blocks])


def _write(block: Block) -> str:
    if block.kind == "p":
        return f"<p>{escape(block.items[0])}</p>"
    style = ' class="own"' if block.kind == "own" else ""
    return f"<ul{style}>{''.join([f'<li>{escape(item)}</li>' for item in block.items])}</ul>"


def has_own_code(text: str) -> bool:
    """Tell whether an item has its author's own code or number, so that ours would only confuse.

    >>> [has_own_code(one) for one in ("A1C1. Évaluer", "2.1.1 Créer", "3) Rendre compte", "Évaluer", "5 candidats")]
    [True, True, True, False, False]
    """
    return _OWN_CODE.match(text) is not None


def is_prose(text: str) -> bool:
    """Tell whether a text is long enough to be shown as paragraphs."""
    return "\n" in text or len(text) > 160
