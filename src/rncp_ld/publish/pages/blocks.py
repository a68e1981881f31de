"""The blocs of a certification on its page: what they are called, where they stand, which competences they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rncp_ld.publish.pages.literals import split_literal
from rncp_ld.publish.pages.page import Page, group_triples
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
    titles = (split_literal(t)[0] for part in items for t in nodes.get(part, {}).get(term("dcterms:title"), ()))
    dimmed = term("rncp:competencesText") in me.get(term("rncp:placeholderProperty"), ())
    texts = () if dimmed else me.get(term("rncp:competencesText"), ())
    link = page.linker.link(block)
    return BlockCard(
        link if isinstance(link, Link) else Link("", link.text if hasattr(link, "text") else block),
        Statements(tuple(Statement(split_prose(title)) for title in titles)),
        tuple(b for text in texts for b in split_prose(split_literal(text)[0])),
    )
