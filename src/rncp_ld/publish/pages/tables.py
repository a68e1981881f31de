"""Parts that are read side by side: access conditions, statistics, partnerships, certifiers, correspondences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.publish.pages.layout import Layout, Slot
from rncp_ld.publish.pages.literals import NBSP, sort_key, split_literal, write_number
from rncp_ld.publish.pages.markup import Content, table
from rncp_ld.publish.pages.names import Namer
from rncp_ld.publish.pages.page import Page, fragment_of
from rncp_ld.publish.pages.prose import split_prose
from rncp_ld.publish.pages.redundant import UNSPOKEN_OF_PARTS
from rncp_ld.publish.pages.views import Link, Plain, Prose, Value
from rncp_ld.rdf.terms import Node
from rncp_ld.rdf.vocabulary import RDF_TYPE

_ROUTES = ("FI", "CA", "FC", "CQ", "CL", "VAE")
_MANY = 30
"""Rows from which the table is preceded by counts, and its concepts stand as text, not as links."""

Order = Callable[[str, Page], tuple[object, ...]]


def _route(part: str, page: Page) -> str:
    """Return the code of an access condition's route: "VAE"."""
    routes = page.nodes[part].get(page.namer.term("rncp:accessRoute"), ())
    return page.linker.lookups.code(routes[0]) if routes else ""


def _by_route(part: str, page: Page) -> tuple[object, ...]:
    route = _route(part, page)
    return (_ROUTES.index(route) if route in _ROUTES else len(_ROUTES), part)


def _by_year_down(part: str, page: Page) -> tuple[object, ...]:
    year = page.nodes[part].get(page.namer.term("rncp:year"), ['"0"'])[0]
    digits = split_literal(year)[0]
    return (-int(digits) if digits.isdigit() else 0, part)


def _by_label(name: str) -> Order:
    def key(part: str, page: Page) -> tuple[object, ...]:
        lookups = page.linker.lookups
        return (*(sort_key(lookups.label(t)) for t in page.nodes[part].get(page.namer.term(name), ())[:1]), part)

    return key


def _by_source(part: str, page: Page) -> tuple[object, ...]:
    return (*page.nodes[part].get(page.namer.term("rncp:sourceBlock"), ())[:1], part)


@dataclass(frozen=True, slots=True)
class TableForm:
    """How parts of one class become a table.

    Attributes:
        style: class of the table.
        order: of its rows.
        first: property of the first column; else the layout's first.
        hidden: properties that another column shows.
        counted: properties whose values are counted above a long table.
        plain: properties whose values need no label before them on a phone.
        unless: a property that does not fit into a table; where a part has it, there is none.
    """

    style: str
    order: Order
    first: str = ""
    hidden: frozenset[str] = frozenset()
    counted: tuple[str, ...] = ()
    plain: frozenset[str] = frozenset()
    unless: str = ""

    def fits(self, nodes: Sequence[Node], namer: Namer) -> bool:
        """Tell whether these parts make a table."""
        return not self.unless or not any(namer.term(self.unless) in node for node in nodes)


TABLES: Final[Mapping[str, TableForm]] = {
    "rncp:AccessCondition": TableForm("access", _by_route, "rncp:accessRoute", frozenset({"rncp:juryWord"})),
    "rncp:PromotionStatistics": TableForm("statistics", _by_year_down, "rncp:year"),
    "rncp:Partnership": TableForm(
        "partners",
        _by_label("rncp:partner"),
        "rncp:partner",
        frozenset({"rncp:verbatim"}),
        ("rncp:habilitation", "rncp:partnershipStatus"),
        frozenset({"rncp:habilitation", "rncp:partnershipStatus"}),
    ),
    "rncp:CertifierRole": TableForm(
        "certifiers", _by_label("rncp:organisation"), "rncp:organisation", frozenset({"rncp:verbatim"})
    ),
    "rncp:Equivalence": TableForm("equivalences", _by_source, "rncp:sourceBlock", unless="rncp:mention"),
}


def make_table(form: TableForm, parts: Sequence[str], page: Page, layout: Layout) -> Content:
    """Return parts of one class as a table; its columns are the properties that any of them has, by the layout."""
    namer = page.namer
    ordered = sorted(parts, key=lambda part: form.order(part, page))
    columns = _columns(form, ordered, page, layout)
    plain = len(ordered) > _MANY
    cells = _Cells(page, form, plain=plain)
    names = [(namer.name(slot.path), slot.path) for slot in columns]
    return table(
        form.style,
        [slot.name for slot in columns],
        ["" if name in form.plain else slot.name for slot, (name, _) in zip(columns, names, strict=True)],
        [(fragment_of(part), [cells.cell(part, name, path) for name, path in names]) for part in ordered],
        _summary(form, ordered, page) if plain else (),
    )


def _columns(form: TableForm, parts: Sequence[str], page: Page, layout: Layout) -> list[Slot]:
    name = page.namer.name
    used = {p for part in parts for p in page.nodes[part]}
    if any(page.namer.term("rncp:juryWord") in page.nodes[part] for part in parts):
        used.add(page.namer.term("rncp:juryComposition"))
    gone = UNSPOKEN_OF_PARTS | form.hidden
    types = page.nodes[parts[0]].get(RDF_TYPE, ())
    slots = layout.place(types, [p for p in used if name(p) not in gone])
    # Columns follow the order within the class; the sections of a page mean nothing inside a table.
    return sorted(slots, key=lambda slot: (name(slot.path) != form.first, slot.order, slot.name))


def _summary(form: TableForm, parts: Sequence[str], page: Page) -> tuple[Value, ...]:
    """Count the rows by the values that the columns repeat, each with a link to its concept."""
    out: list[Value] = []
    for name in form.counted:
        predicate = page.namer.term(name)
        counts = Counter(term for part in parts for term in page.nodes[part].get(predicate, ()))
        for term in sorted(counts, key=lambda term: (-counts[term], term)):
            link = page.linker.link(term)
            number = write_number(str(counts[term]))
            out.append(
                Link(link.href, link.text, detail=number) if isinstance(link, Link) else Plain(f"{term} {number}")
            )
    return tuple(out)


class _Cells:
    """Writes the cells of one table, row after row; a jury that a row above has is named, not repeated."""

    def __init__(self, page: Page, form: TableForm, *, plain: bool) -> None:
        self._page = page
        self._form = form
        self._plain = plain
        self._verbatim = page.namer.term("rncp:verbatim")
        self._juries: dict[str, Link] = {}
        self._known: dict[tuple[str, str], str] = {}

    def cell(self, part: str, name: str, predicate: str) -> str:
        """Write a cell; `name` is the prefixed name of its property."""
        node = self._page.nodes[part]
        terms = node.get(predicate, ())
        if name == "rncp:juryComposition":
            return self._jury(part, terms)
        if name == self._form.first:
            return self._first(node, terms, name)
        if terms:
            return " ".join([self._known.get((name, term)) or self._value(term, name) for term in terms])
        return _UNSAID.html if name == "rncp:isOpen" else ""

    def _value(self, term: str, name: str) -> str:
        """Write a value once; where rows are many, a concept's name stands without its link, which is above the table."""
        value = self._page.value(term, name)
        html = Plain(value.text).html if self._plain and isinstance(value, Link) else value.html
        self._known[name, term] = html
        return html

    def _first(self, node: Node, terms: Sequence[str], name: str) -> str:
        """Write what a row is about, with the name as the source prints it, where that is not the organisation's name."""
        values = [self._page.value(term, name) for term in terms]
        written = [value.html for value in values]
        if self._verbatim in node:
            shown = {value.text for value in values if isinstance(value, Link | Plain)}
            printed = [split_literal(term)[0] for term in node[self._verbatim]]
            written += [_printed(text).html for text in printed if text not in shown]
        return " ".join(written)

    def _jury(self, part: str, terms: Sequence[str]) -> str:
        page = self._page
        out: list[Value] = []
        for term in terms:
            if term in self._juries:
                out.append(self._juries[term])
                continue
            self._juries[term] = Link(f"#{fragment_of(part)}", f"même jury que pour la voie {_route(part, page)}")
            out.append(Prose(split_prose(split_literal(term)[0])))
        words = page.nodes[part].get(page.namer.term("rncp:juryWord"), ())
        out += [_printed(split_literal(word)[0]) for word in words]
        return " ".join([value.html for value in out])


_UNSAID: Final = Plain("non précisé", dim=True)


def _printed(text: str) -> Plain:
    """Show a text as the source prints it."""
    return Plain(f"imprimé «{NBSP}{text}{NBSP}»", dim=True)
