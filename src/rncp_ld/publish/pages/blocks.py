"""The blocs of a certification on its page: what they are called, where they stand, which competences they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rncp_ld.publish.pages.literals import split_literal
from rncp_ld.publish.pages.page import Page, fragment_of, group_triples
from rncp_ld.publish.pages.prose import split_prose
from rncp_ld.publish.pages.views import BlockCard, BlockCards, Link, Statement, Statements
from rncp_ld.store.store import GraphStore


def block_cards(blocks: Sequence[str], store: GraphStore, page: Page) -> BlockCards:
    """Return the blocs in their order, each with its competences; their details are on their own pages."""
    described = {block: group_triples(store.describe(block)) for block in blocks}
    position = page.namer.term("rncp:position")

    def order(block: str) -> tuple[int, str]:
        return _position(described[block].get(block, {}), position), block

    return BlockCards(tuple(_card(block, described[block], page) for block in sorted(blocks, key=order)))


def _position(node: Mapping[str, Sequence[str]], predicate: str) -> int:
    values = node.get(predicate)
    return int(split_literal(values[0])[0]) if values else 0


def _card(block: str, nodes: Mapping[str, Mapping[str, Sequence[str]]], page: Page) -> BlockCard:
    term = page.namer.term
    me = nodes.get(block, {})
    items = sorted(
        me.get(term("rncp:hasCompetence"), ()),
        key=lambda part: (_position(nodes.get(part, {}), term("rncp:position")), part),
    )
    dimmed = term("rncp:competencesText") in me.get(term("rncp:placeholderProperty"), ())
    texts = () if dimmed else me.get(term("rncp:competencesText"), ())
    link = page.linker.link(block)
    return BlockCard(
        link if isinstance(link, Link) else Link("", link.text if hasattr(link, "text") else block),
        make_statements(items, nodes, page, own_page=False),
        tuple(b for text in texts for b in split_prose(split_literal(text)[0])),
    )


def make_statements(
    parts: Sequence[str], nodes: Mapping[str, Mapping[str, Sequence[str]]], page: Page, *, own_page: bool
) -> Statements:
    """Return competences as a list; a heading that several stand under is on the first of them.

    Args:
        parts: in their order.
        nodes: their triples.
        page: for the names of terms.
        own_page: the fragments are on this page.
    """

    def text(part: str, name: str) -> str:
        return " ".join(split_literal(one)[0] for one in nodes.get(part, {}).get(page.namer.term(name), ()))

    made: list[Statement] = []
    before = ""
    for part in parts:
        theme = text(part, "rncp:theme")
        shown = theme if theme != before else ""
        made.append(Statement(split_prose(text(part, "dcterms:title")), fragment_of(part) if own_page else "", shown))
        before = theme
    return Statements(tuple(made))
