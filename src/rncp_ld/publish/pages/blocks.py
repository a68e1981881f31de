"""The blocs of a certification on its page: what they are called, where they stand, which competences they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from rncp_ld.publish.pages.literals import split_literal
from rncp_ld.publish.pages.markup import Content, Statement, card, cards
from rncp_ld.publish.pages.page import Page, fragment_of
from rncp_ld.publish.pages.prose import split_prose
from rncp_ld.publish.pages.views import Link
from rncp_ld.rdf.terms import Node

NodeOf: TypeAlias = Callable[[str], Node]
"""Subject → its properties, wherever they are shown."""


def block_cards(blocks: Iterable[str], node_of: NodeOf, page: Page) -> Content:
    """Write the blocs in their order, each with its competences; their details are on their own pages."""
    return cards([_card(block, node_of, page) for block in _by_position(blocks, node_of, page)])


def _by_position(subjects: Iterable[str], node_of: NodeOf, page: Page) -> list[str]:
    predicate = page.namer.term("rncp:position")

    def order(subject: str) -> tuple[int, str]:
        values = node_of(subject).get(predicate)
        return int(split_literal(values[0])[0]) if values else 0, subject

    return sorted(subjects, key=order)


def _card(block: str, node_of: NodeOf, page: Page) -> str:
    term = page.namer.term
    me = node_of(block)
    items = _by_position(me.get(term("rncp:hasCompetence"), ()), node_of, page)
    dimmed = term("rncp:competencesText") in me.get(term("rncp:placeholderProperty"), ())
    texts = () if dimmed else me.get(term("rncp:competencesText"), ())
    link = page.linker.link(block)
    return card(
        link if isinstance(link, Link) else Link("", link.text if hasattr(link, "text") else block),
        make_statements(items, node_of, page, own_page=False),
        tuple(b for text in texts for b in split_prose(split_literal(text)[0])),
    )


def make_statements(parts: Iterable[str], node_of: NodeOf, page: Page, *, own_page: bool) -> list[Statement]:
    """Return competences as a list; a heading that several stand under is on the first of them.

    Args:
        parts: in their order.
        node_of: gives their properties.
        page: for the names of terms.
        own_page: the fragments are on this page.
    """

    def text(part: str, name: str) -> str:
        return " ".join(split_literal(one)[0] for one in node_of(part).get(page.namer.term(name), ()))

    made: list[Statement] = []
    before = ""
    for part in parts:
        theme = text(part, "rncp:theme")
        shown = theme if theme != before else ""
        made.append(Statement(split_prose(text(part, "dcterms:title")), fragment_of(part) if own_page else "", shown))
        before = theme
    return made
