"""What a page answers at once, above its sections: for a certification its state, type, level, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rncp_ld.publish.pages.literals import split_literal, write_date
from rncp_ld.publish.pages.page import Page
from rncp_ld.publish.pages.views import Link, Plain, Value
from rncp_ld.rdf.terms import FALSE, TRUE
from rncp_ld.rdf.vocabulary import RDF_TYPE

_BADGES: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "rncp:Certification": (
        ("rncp:isActive", ""),
        ("rncp:certificationType", ""),
        ("rncp:level", ""),
        ("rncp:registrationEnd", "enregistrée jusqu’au "),
    ),
    "rncp:CompetenceBlock": (("rncp:blockOf", "bloc de "),),
}
"""Class → its properties that stand as badges, each with the words before its value."""

_STATES: Final = {TRUE: "active", FALSE: "inactive"}


def make_badges(page: Page) -> tuple[Value, ...]:
    """Return the badges of a page."""
    node = page.nodes[page.resource]
    out: list[Value] = []
    for kind in node.get(RDF_TYPE, ()):
        for name, words in _BADGES.get(page.namer.name(kind), ()):
            out += [_badge(term, words, page) for term in node.get(page.namer.term(name), ())]
    return tuple(out)


def _badge(term: str, words: str, page: Page) -> Value:
    if term in _STATES:
        return Plain(_STATES[term])
    if term.startswith("<"):
        link = page.linker.link(term)
        return (
            Link(link.href, f"{words}{link.code or link.text}" if words else link.text)
            if isinstance(link, Link)
            else link
        )
    text, _ = split_literal(term)
    return Plain(f"{words}{write_date(text)}")
