"""Triples to sections and rows: what stands where is the layout's, what it looks like is decided here by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from markupsafe import Markup

from rncp_ld.publish.pages.blocks import NodeOf, block_cards, make_statements
from rncp_ld.publish.pages.layout import Layout, Slot
from rncp_ld.publish.pages.linklists import INLINE, LinkList, outgoing_path, preview
from rncp_ld.publish.pages.literals import NBSP, count_of, split_literal
from rncp_ld.publish.pages.markup import Content, Row, part, parts, statements, values, write_rows
from rncp_ld.publish.pages.order import in_order
from rncp_ld.publish.pages.page import Page, fragment_of
from rncp_ld.publish.pages.redundant import CODES, COVERED, COVERED_VALUES, NAMING, UNSPOKEN, UNSPOKEN_OF_PARTS
from rncp_ld.publish.pages.tables import TABLES, make_table
from rncp_ld.publish.pages.views import Link, Plain, Section, Value
from rncp_ld.rdf.terms import Node
from rncp_ld.rdf.vocabulary import RDF_TYPE

_HEADINGS = ("rncp:verbatim", "dcterms:title", "rncp:eventText")
"""Properties that say which part it is, the plainest first."""


@dataclass(slots=True)
class SectionMaker:
    """Makes the sections of one page.

    Attributes:
        node_of: gives the properties of what is described on other pages of the same fiche: blocs, list of partners.
        title: of the page; not said again below it.
        code: likewise.
        lists: long lists of links that this page only begins; each gets pages of its own.
    """

    page: Page
    layout: Layout
    node_of: NodeOf
    title: str
    code: str
    lists: list[LinkList] = field(default_factory=list)

    def sections(self) -> tuple[Section, ...]:
        """Return the sections of the page's resource."""
        resource = self.page.resource
        rows = self._slots(resource)
        return tuple(
            Section(f"section.{group.key}", group.label, _written([row for _, row in members], group.label))
            for group, members in groupby(rows, key=lambda pair: pair[0].group)
        )

    def _rows(self, subject: str, skipped: frozenset[str] = frozenset()) -> list[Row]:
        return [row for _, row in self._slots(subject, skipped)]

    def _slots(self, subject: str, skipped: frozenset[str] = frozenset()) -> list[tuple[Slot, Row]]:
        page, node = self.page, self.page.nodes[subject]
        shown = self._shown(subject, node, skipped)
        placeholders = node.get(page.namer.term("rncp:placeholderProperty"), ())
        found: list[tuple[Slot, Row]] = []
        for slot in self.layout.place(node.get(RDF_TYPE, ()), shown):
            if slot.path in placeholders:
                content = values([_placeholder(term) for term in shown[slot.path]])
            else:
                content = self._content(subject, slot, shown[slot.path])
            found.append((slot, Row(slot.name, content)))
        return found

    def _shown(self, subject: str, node: Node, skipped: frozenset[str]) -> dict[str, list[str]]:
        """Return what is to be shown of a node: what is not said elsewhere on the page."""
        names = {self.page.namer.name(predicate): predicate for predicate in node}
        is_main = subject == self.page.resource
        hidden = UNSPOKEN if is_main else UNSPOKEN_OF_PARTS
        shown: dict[str, list[str]] = {}
        for name, predicate in names.items():
            if name in hidden or name in skipped or not names.keys().isdisjoint(COVERED.get(name, ())):
                continue
            values = node[predicate]
            if name in COVERED_VALUES:
                said = {term for other in COVERED_VALUES[name] for term in node.get(names.get(other, ""), ())}
                values = [term for term in values if term not in said]
            if is_main and (name in NAMING or name in CODES):
                values = [term for term in values if not self._is_said_above(name, term)]
            if values:
                shown[predicate] = values
        return shown

    def _is_said_above(self, name: str, term: str) -> bool:
        if name in NAMING:
            text, tag = split_literal(term)
            return text == self.title and tag in {"", "fr"}
        return split_literal(term)[0] in {self.code, self.title}

    def _content(self, subject: str, slot: Slot, terms: Sequence[str]) -> Content:
        page = self.page
        name = page.namer.name(slot.path)
        if name == "rncp:hasBlock":
            return block_cards(terms, self.node_of, page)
        if name == "rncp:partnerships":
            return values([self._partners(term) for term in terms])
        own = [term for term in terms if page.owners.get(term) == (subject, slot.path)]
        if not own or len(own) < len(terms):
            return self._values(slot, name, terms)
        types = {page.namer.name(kind) for one in own for kind in page.nodes[one].get(RDF_TYPE, ())}
        form = next((TABLES[kind] for kind in sorted(types) if kind in TABLES), None)
        if form and form.fits([page.nodes[one] for one in own], page.namer):
            return make_table(form, own, page, self.layout)
        if types == {"rncp:Competence"}:
            return statements(make_statements(in_order(own, page), page.node, page, own_page=True))
        style = min(types).rpartition(":")[2] if types else "Part"
        return parts(style, [self._part(one) for one in in_order(own, page)])

    def _values(self, slot: Slot, name: str, terms: Sequence[str]) -> Content:
        page = self.page
        if len(terms) == 1:
            return values([page.value(terms[0], name)])
        order = page.linker.order
        pages = {term for term in terms if term in page.linker.lookups.types}
        if len(pages) > INLINE:
            path = outgoing_path(page.linker.lookups.path(page.resource), name)
            everything = LinkList(path, slot.name, page.resource, tuple(sorted(pages, key=order)))
            self.lists.append(everything)
            return preview(everything, page.linker)
        if name in {"skos:broader", "skos:hasTopConcept"} or not pages:
            ordered = sorted(terms, key=_french_first)
        else:
            ordered = sorted(terms, key=lambda term: (term not in pages, order(term), term))
        return values([page.value(term, name) for term in ordered])

    def _partners(self, term: str) -> Value:
        """Return the link to a list of partners with their number."""
        link = self.page.linker.link(term)
        number = len(self.node_of(term).get(self.page.namer.term("rncp:hasPartnership"), ()))
        return replace(link, detail=count_of(number, "partenariat", "partenariats")) if isinstance(link, Link) else link

    def _part(self, me: str) -> str:
        """Write a part; the mention of an equivalence is shown as one with it."""
        page, node = self.page, self.page.nodes[me]
        if page.namer.term("rncp:firstArticle") in node:
            said = frozenset({"rncp:firstArticle", "rncp:lastArticle"})
            return part(fragment_of(me), self._range(node), self._rows(me, said))
        name = next((name for name in _HEADINGS if page.namer.term(name) in node), "")
        if name:
            return part(fragment_of(me), self._heading(node, name), self._rows(me, frozenset({name})))
        mentions = node.get(page.namer.term("rncp:mention"), ())
        if len(mentions) == 1 and page.owners.get(mentions[0]) == (me, page.namer.term("rncp:mention")):
            inner = mentions[0]
            # What the mention refers to is what the equivalence is to: said once.
            doubled = {"rncp:equivalentTo"} if page.namer.term("rncp:refersTo") in page.nodes[inner] else set()
            rows = [
                *self._rows(me, frozenset({"rncp:mention", *doubled})),
                *self._rows(inner, frozenset({"rncp:verbatim"})),
            ]
            heading = self._heading(page.nodes[inner], "rncp:verbatim")
            return part(fragment_of(me), heading, rows, fragment_of(inner))
        return part(fragment_of(me), (), self._rows(me))

    def _range(self, node: Mapping[str, list[str]]) -> tuple[Value, ...]:
        """Return a range of articles as a citation writes it: from one to another, or from one on ("et suivants")."""
        first, last = (self._heading(node, f"rncp:{end}Article") for end in ("first", "last"))
        return (*first, Plain("à"), *last) if last else (*first, Plain("et suivants"))

    def _heading(self, node: Mapping[str, list[str]], name: str) -> tuple[Value, ...]:
        return tuple(self.page.value(term, name) for term in node.get(self.page.namer.term(name), ()))


def _written(rows: Sequence[Row], label: str) -> Markup:
    return Markup(write_rows(rows, label=label))  # noqa: S704 - each value is escaped where it is written


def _placeholder(term: str) -> Plain:
    """Show a text that is no content as none, and say what stood there."""
    return Plain(f"—{NBSP}(«{NBSP}{split_literal(term)[0]}{NBSP}»)", dim=True)


def _french_first(term: str) -> tuple[bool, str]:
    return (term.startswith('"') and "@" in term[term.rindex('"') :] and not term.endswith("@fr"), term)
