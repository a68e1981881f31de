"""Triples to sections and rows: what stands where is the layout's, what it looks like is decided here by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rncp_ld.publish.pages.blocks import block_cards, make_statements
from rncp_ld.publish.pages.layout import Layout, Slot
from rncp_ld.publish.pages.linklists import INLINE, LinkList, outgoing_path, preview
from rncp_ld.publish.pages.literals import NBSP, count_of, split_literal
from rncp_ld.publish.pages.order import in_order
from rncp_ld.publish.pages.page import Node, Page, fragment_of
from rncp_ld.publish.pages.redundant import CODES, COVERED, COVERED_VALUES, NAMING, OF_PARTS, UNSPOKEN
from rncp_ld.publish.pages.tables import TABLES, make_table
from rncp_ld.publish.pages.views import (
    Content,
    Link,
    Part,
    Parts,
    Plain,
    Row,
    Section,
    Value,
    Values,
)
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.store.store import GraphStore

_HEADINGS = ("rncp:verbatim", "dcterms:title", "rncp:eventText")
"""Properties that say which part it is, the plainest first."""


@dataclass(slots=True)
class SectionMaker:
    """Makes the sections of one page.

    Attributes:
        title: of the page; not said again below it.
        code: likewise.
        lists: long lists of links that this page only begins; each gets pages of its own.
    """

    page: Page
    layout: Layout
    store: GraphStore
    title: str
    code: str
    lists: list[LinkList] = field(default_factory=list)

    def sections(self) -> tuple[Section, ...]:
        """Return the sections of the page's resource."""
        resource = self.page.resource
        rows = self._rows(resource)
        return tuple(
            Section(f"section.{group.key}", group.label, tuple(row for _, row in members))
            for group, members in groupby(rows, key=lambda pair: pair[0].group)
        )

    def _rows(self, subject: str, skipped: frozenset[str] = frozenset()) -> list[tuple[Slot, Row]]:
        page, node = self.page, self.page.nodes[subject]
        shown = self._shown(subject, node, skipped)
        placeholders = set(node.get(page.namer.term("rncp:placeholderProperty"), ()))
        found: list[tuple[Slot, Row]] = []
        for slot in self.layout.place(node.get(RDF_TYPE, ()), shown):
            if slot.path in placeholders:
                content: Content = Values(tuple(_placeholder(term) for term in shown[slot.path]))
            else:
                content = self._content(subject, slot, shown[slot.path])
            found.append((slot, Row(slot.name, content)))
        return found

    def _shown(self, subject: str, node: Node, skipped: frozenset[str]) -> dict[str, list[str]]:
        """Return what is to be shown of a node: what is not said elsewhere on the page."""
        names = {self.page.namer.name(predicate): predicate for predicate in node}
        is_main = subject == self.page.resource
        hidden = UNSPOKEN | skipped if is_main else UNSPOKEN | OF_PARTS | skipped
        shown: dict[str, list[str]] = {}
        for name, predicate in names.items():
            if name in hidden or any(other in names for other in COVERED.get(name, ())):
                continue
            said = {term for other in COVERED_VALUES.get(name, ()) for term in node.get(names.get(other, ""), ())}
            values = [term for term in node[predicate] if term not in said]
            if is_main:
                values = [term for term in values if not self._is_said_above(name, term)]
            if values:
                shown[predicate] = values
        return shown

    def _is_said_above(self, name: str, term: str) -> bool:
        if name in NAMING:
            text, tag = split_literal(term)
            return text == self.title and tag in {"", "fr"}
        return name in CODES and split_literal(term)[0] in {self.code, self.title}

    def _content(self, subject: str, slot: Slot, terms: Sequence[str]) -> Content:
        page = self.page
        name = page.namer.name(slot.path)
        if name == "rncp:hasBlock":
            return block_cards(terms, self.store, page)
        if name == "rncp:partnerships":
            return Values(tuple(self._partners(term) for term in terms))
        parts = [term for term in terms if page.owners.get(term) == (subject, slot.path)]
        if not parts or len(parts) < len(terms):
            return self._values(slot, name, terms)
        types = {page.namer.name(kind) for part in parts for kind in page.nodes[part].get(RDF_TYPE, ())}
        form = next((TABLES[kind] for kind in sorted(types) if kind in TABLES), None)
        if form and form.fits([page.nodes[part] for part in parts], page.namer):
            return make_table(form, parts, page, self.layout)
        if types == {"rncp:Competence"}:
            return make_statements(in_order(parts, page), page.nodes, page, own_page=True)
        style = min(types).rpartition(":")[2] if types else "Part"
        return Parts(style, tuple(self._part(part) for part in in_order(parts, page)))

    def _values(self, slot: Slot, name: str, terms: Sequence[str]) -> Values:
        page = self.page
        pages = [term for term in terms if term in page.linker.lookups.types]
        if len(pages) > INLINE:
            path = outgoing_path(page.linker.lookups.path(page.resource), name)
            everything = LinkList(path, slot.name, page.resource, tuple(sorted(pages, key=page.linker.lookups.order)))
            self.lists.append(everything)
            return preview(everything, page.linker)
        if name in {"skos:broader", "skos:hasTopConcept"} or not pages:
            ordered = sorted(terms, key=_french_first)
        else:
            ordered = sorted(terms, key=lambda term: (term not in pages, page.linker.lookups.order(term), term))
        return Values(tuple(page.value(term, name) for term in ordered))

    def _partners(self, term: str) -> Value:
        """Return the link to a list of partners with their number."""
        link = self.page.linker.link(term)
        predicate = self.page.namer.term("rncp:hasPartnership")
        number = sum(1 for _, p, _ in self.store.about(term) if p == predicate)
        return replace(link, detail=count_of(number, "partenariat", "partenariats")) if isinstance(link, Link) else link

    def _part(self, part: str) -> Part:
        """Return a part; the mention of an equivalence is shown as one with it."""
        page, node = self.page, self.page.nodes[part]
        if page.namer.term("rncp:firstArticle") in node:
            said = frozenset({"rncp:firstArticle", "rncp:lastArticle"})
            return Part(fragment_of(part), self._range(node), tuple(row for _, row in self._rows(part, said)))
        name = next((name for name in _HEADINGS if page.namer.term(name) in node), "")
        if name:
            heading = self._heading(node, name)
            return Part(fragment_of(part), heading, tuple(row for _, row in self._rows(part, frozenset({name}))))
        mentions = node.get(page.namer.term("rncp:mention"), ())
        if len(mentions) == 1 and page.owners.get(mentions[0]) == (part, page.namer.term("rncp:mention")):
            inner = mentions[0]
            # What the mention refers to is what the equivalence is to: said once.
            doubled = {"rncp:equivalentTo"} if page.namer.term("rncp:refersTo") in page.nodes[inner] else set()
            rows = [
                *self._rows(part, frozenset({"rncp:mention", *doubled})),
                *self._rows(inner, frozenset({"rncp:verbatim"})),
            ]
            heading = self._heading(page.nodes[inner], "rncp:verbatim")
            return Part(fragment_of(part), heading, tuple(row for _, row in rows), fragment_of(inner))
        return Part(fragment_of(part), (), tuple(row for _, row in self._rows(part)))

    def _range(self, node: Mapping[str, list[str]]) -> tuple[Value, ...]:
        """Return a range of articles as a citation writes it: from one to another, or from one on ("et suivants")."""
        first, last = (self._heading(node, f"rncp:{end}Article") for end in ("first", "last"))
        return (*first, Plain("à"), *last) if last else (*first, Plain("et suivants"))

    def _heading(self, node: Mapping[str, list[str]], name: str) -> tuple[Value, ...]:
        return tuple(self.page.value(term, name) for term in node.get(self.page.namer.term(name), ()))


def _placeholder(term: str) -> Plain:
    """Show a text that is no content as none, and say what stood there."""
    return Plain(f"—{NBSP}(«{NBSP}{split_literal(term)[0]}{NBSP}»)", dim=True)


def _french_first(term: str) -> tuple[bool, str]:
    return (term.startswith('"') and "@" in term[term.rindex('"') :] and not term.endswith("@fr"), term)
