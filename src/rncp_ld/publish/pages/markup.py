"""The HTML of what properties say: values, tables, parts, competences. The only HTML that no template holds.

A certification's page has hundreds of these, one in the other; as macros they cost more than all the rest of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markupsafe import escape

from rncp_ld.publish.pages.prose import Block, has_own_code, write_blocks
from rncp_ld.publish.pages.views import Link, Prose, Value

_FEW: Final = 4
_SHORT: Final = 30
"""As many values, each of fewer characters, stand in one line inside a part."""

WIDE: Final = "wide"
"""Style of what is no plain value: it takes the whole width, below the name of its property."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a property says, as HTML; `style` is how it stands: `WIDE`, on several lines ("multi"), or on one ("")."""

    html: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A property: its name and what it says."""

    name: str
    content: Content


def write_rows(rows: Sequence[Row], style: str = "", label: str = "") -> str:
    """Write rows as a list of names and contents.

    Args:
        rows: what it holds.
        style: class of the list.
        label: of the section; the name of wide content is not shown where the section's says the same.
    """
    written: list[str] = []
    for row in rows:
        content = row.content
        is_said = content.style == WIDE and (row.name == label or (label and len(rows) == 1))
        written.append(
            f"<div{_class(content.style)}><dt{_class('hidden' if is_said else '')}>{_name(row.name)}</dt>"
            f"<dd>{content.html}</dd></div>\n"
        )
    return f"<dl{_class(style)}>\n{''.join(written)}</dl>\n"


@lru_cache(maxsize=4096)
def _name(text: str) -> str:
    """Escape a name of the layout: the same few hundred stand on all pages."""
    return str(escape(text))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def write_list(items: Iterable[Value], style: str = "list") -> str:
    """Write values as a list."""
    return f'<ul class="{style}">{"".join([f"<li>{one.html}</li>" for one in items])}</ul>'


def values(items: Sequence[Value], more: Link | None = None) -> Content:
    """Write the values of one property: alone, a few short ones in one line, or as a list; `more` leads to all of them."""
    rest = f'<p class="more">{more.html}</p>' if more else ""
    if len(items) == 1:
        return Content(f"{items[0].html}{rest}", "multi" if isinstance(items[0], Prose) else "")
    is_few = len(items) <= _FEW and all(not isinstance(one, Prose) and len(one.text) < _SHORT for one in items)
    return Content(f"{write_list(items, 'list few' if is_few else 'list')}{rest}", "" if is_few else "multi")


def table(
    style: str,
    head: Sequence[str],
    labels: Sequence[str],
    rows: Iterable[tuple[str, Sequence[str]]],
    summary: Sequence[Value] = (),
) -> Content:
    """Write parts of one class as a table.

    Args:
        style: class of the table.
        head: names of the columns.
        labels: what stands before each cell where a phone shows rows as cards; "" where the cell speaks for itself.
        rows: of each the fragment that it describes, and its cells as HTML, a cell a column; the first is its heading.
        summary: counts above the table.
    """
    names = "".join([f'<th scope="col">{_name(name)}</th>' for name in head])
    marks = [f' data-l="{_name(label)}"' if label else "" for label in labels[1:]]
    written: list[str] = []
    for name, (first, *others) in rows:
        cells = [f"<td{mark if cell else ''}>{cell}</td>" for cell, mark in zip(others, marks, strict=True)]
        written.append(
            f'<tr id="{escape(name)}"><th scope="row">{first}{" " if first else ""}</th>{"".join(cells)}</tr>\n'
        )
    counts = write_list(summary, "counts") if summary else ""
    return Content(
        f'{counts}<table class="{style}">\n<thead><tr>{names}</tr></thead>\n<tbody>\n{"".join(written)}</tbody>\n</table>\n',
        WIDE,
    )


def part(name: str, heading: Sequence[Value], rows: Sequence[Row], heading_id: str = "") -> str:
    """Write a part of the page with rows of its own.

    Args:
        name: its fragment.
        heading: says which one it is.
        rows: what is said of it.
        heading_id: fragment of a second part that is shown as one with this (the mention of an equivalence).
    """
    mark = f' id="{escape(heading_id)}"' if heading_id else ""
    head = f'<div class="head"{mark}>{" ".join([value.html for value in heading])}</div>' if heading else ""
    return f'<li id="{escape(name)}">{head}{write_rows(rows, "mini") if rows else ""}</li>\n'


def parts(style: str, items: Iterable[str]) -> Content:
    """Write parts of one class, one after the other."""
    return Content(f'<ul class="parts {escape(style)}">{"".join(items)}</ul>', WIDE)


@dataclass(frozen=True, slots=True)
class Statement:
    """An item of a list of competences: its text, and its fragment where it is on its own page.

    Attributes:
        theme: the heading it stands under, on the first of those that stand there.
    """

    text: tuple[Block, ...]
    id: str = ""
    theme: str = ""


def statements(items: Sequence[Statement]) -> Content:
    """Write the competences of a bloc; they are numbered unless their author did it."""
    is_own = any(has_own_code(block.items[0]) for one in items for block in one.text[:1])
    return Content(
        f'<ol class="statements{" own" if is_own else ""}">{"".join([_statement(one) for one in items])}</ol>', WIDE
    )


def _statement(one: Statement) -> str:
    mark = f' id="{escape(one.id)}"' if one.id else ""
    theme = f'<span class="theme">{escape(one.theme)}</span>' if one.theme else ""
    is_line = len(one.text) == 1 and one.text[0].kind == "p"
    return f"<li{mark}>{theme}{escape(one.text[0].items[0]) if is_line else write_blocks(one.text)}</li>"


def card(link: Link, competences: Sequence[Statement], text: tuple[Block, ...]) -> str:
    """Write a bloc on its certification's page: the way to its own, its competences, and what is said instead of a list."""
    items = statements(competences).html if competences else ""
    said = f'<div class="prose">{write_blocks(text)}</div>' if text else ""
    return f'<li><p class="head">{link.html}</p>{items}{said}</li>\n'


def cards(items: Iterable[str]) -> Content:
    """Write the blocs of a certification."""
    return Content(f'<ol class="cards">\n{"".join(items)}</ol>\n', WIDE)
