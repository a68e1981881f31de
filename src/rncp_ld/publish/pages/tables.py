"""Parts that are read side by side: access conditions, statistics, partnerships, certifiers, correspondences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.publish.pages.layout import Layout, Slot
from rncp_ld.publish.pages.literals import NBSP, sort_key, split_literal, write_number
from rncp_ld.publish.pages.names import Namer
from rncp_ld.publish.pages.page import Node, Page, fragment_of
from rncp_ld.publish.pages.prose import split_prose
from rncp_ld.publish.pages.redundant import OF_PARTS, UNSPOKEN
from rncp_ld.publish.pages.views import Link, Plain, Prose, Table, TableRow, Value
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


def make_table(form: TableForm, parts: Sequence[str], page: Page, layout: Layout) -> Table:
    """Return parts of one class as a table; its columns are the properties that any of them has, by the layout."""
    namer = page.namer
    ordered = sorted(parts, key=lambda part: form.order(part, page))
    columns = _columns(form, ordered, page, layout)
    plain = len(ordered) > _MANY
    cells = _Cells(page, form, plain=plain)
    rows = tuple(
        TableRow(fragment_of(part), tuple(cells.cell(part, namer.name(slot.path), slot.path) for slot in columns))
        for part in ordered
    )
    head = tuple(slot.name for slot in columns)
    labels = tuple("" if namer.name(slot.path) in form.plain else slot.name for slot in columns)
    return Table(form.style, head, labels, rows, _summary(form, ordered, page) if plain else ())


def _columns(form: TableForm, parts: Sequence[str], page: Page, layout: Layout) -> list[Slot]:
    name = page.namer.name
    used = {p for part in parts for p in page.nodes[part]}
    if any(page.namer.term("rncp:juryWord") in page.nodes[part] for part in parts):
        used.add(page.namer.term("rncp:juryComposition"))
    gone = UNSPOKEN | OF_PARTS | form.hidden
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
        self._juries: dict[str, Link] = {}
        self._known: dict[str, Value] = {}

    def cell(self, part: str, name: str, predicate: str) -> tuple[Value, ...]:
        node = self._page.nodes[part]
        terms = node.get(predicate, ())
        if name == "rncp:juryComposition":
            return self._jury(part, terms)
        if name == "rncp:isOpen" and not terms:
            return (Plain("non précisé", dim=True),)
        values = tuple(self._value(term, name) for term in terms)
        return values + self._printed_name(node, values) if name == self._form.first else values

    def _value(self, term: str, name: str) -> Value:
        """Write a value; where rows are many, a concept's name stands without its link, which is above the table."""
        if not self._plain or name == self._form.first:
            return self._page.value(term, name)
        if term not in self._known:
            value = self._page.value(term, name)
            self._known[term] = Plain(value.text) if isinstance(value, Link) else value
        return self._known[term]

    def _printed_name(self, node: Node, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return the name as the source prints it, where that is not the organisation's name."""
        printed = [split_literal(term)[0] for term in node.get(self._page.namer.term("rncp:verbatim"), ())]
        shown = {value.text for value in values if isinstance(value, Link | Plain)}
        return tuple(Plain(f"imprimé «{NBSP}{text}{NBSP}»", dim=True) for text in printed if text not in shown)

    def _jury(self, part: str, terms: Sequence[str]) -> tuple[Value, ...]:
        page = self._page
        out: list[Value] = []
        for term in terms:
            if term in self._juries:
                out.append(self._juries[term])
                continue
            self._juries[term] = Link(f"#{fragment_of(part)}", f"même jury que pour la voie {_route(part, page)}")
            out.append(Prose(split_prose(split_literal(term)[0])))
        words = page.nodes[part].get(page.namer.term("rncp:juryWord"), ())
        out += [Plain(f"imprimé «{NBSP}{split_literal(word)[0]}{NBSP}»", dim=True) for word in words]
        return tuple(out)
