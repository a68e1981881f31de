"""One page while it is being made: its triples by subject, and links as they stand on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from rncp_ld.diagnostics import shorten
from rncp_ld.publish.pages.literals import split_literal, write_value
from rncp_ld.publish.pages.lookups import Lookups
from rncp_ld.publish.pages.names import CLASSES, Namer
from rncp_ld.publish.pages.prose import is_prose, split_prose
from rncp_ld.publish.pages.views import Link, Plain, Prose, Value
from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.terms import XSD, Node

MAX_NAME = 90
"""Characters of a text that stands for a part in a link."""

MAX_LABEL = 240
"""Characters of a label in a link: titles of 5,000 characters occur, and a list of them must stay one."""


KNOWN: Final = 50_000
"""Links that are remembered at most, of one depth: a link takes half a kilobyte."""

Order: TypeAlias = tuple[int, str, str]
"""What lists of resources are sorted by (`Lookups.order`)."""


def root_of(path: str) -> str:
    """Return the way from a page to the site's root.

    >>> root_of("rome/K1205"), root_of("acte/decret/2016-07-11/2016-954"), root_of("index")
    ('../', '../../../', '')
    """
    return "../" * path.count("/")


class Linker:
    """Makes links as they stand on pages of one depth; the links that recur are made once.

    Attributes:
        root: the way from such a page to the site's root.
        order: what lists of resources are sorted by.
        link: a link to a resource, with its code and label; without a page or a web address, its label as text.
    """

    def __init__(self, lookups: Lookups, root: str, order: Callable[[str], Order]) -> None:
        self.lookups = lookups
        self.root = root
        self.order = order
        self.link: Callable[[str], Value] = lru_cache(KNOWN)(self._link)

    def href(self, term: str) -> str | None:
        """Return the relative address of a page or a part of a page, None where the graph has no such page."""
        document = document_of(term)
        if document not in self.lookups.types:
            return None
        fragment = term[1:-1].partition("#")[2]
        return f"{self.root}{self.lookups.path(document)}.html{'#' if fragment else ''}{fragment}"

    def _link(self, term: str) -> Value:
        href = self.href(term)
        lookups = self.lookups
        if href is not None:
            document = document_of(term)
            named = term if term in lookups.labels else document
            code = lookups.code(document) if named == document else ""
            return Link(
                href,
                shorten(lookups.label(named), MAX_LABEL),
                code,
                lookups.note(document),
                lookups.detail(document),
            )
        address = term[1:-1]
        if term in lookups.labels:
            return (
                Link(address, lookups.labels[term], external=True) if is_web(address) else Plain(lookups.labels[term])
            )
        return Link(address, short_address(address), external=True) if is_web(address) else Plain(address)


class Linkers:
    """The linkers of a site, one a depth of its pages."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._order: Callable[[str], Order] = lru_cache(KNOWN * 2)(lookups.order)
        self._made: dict[str, Linker] = {}

    def at(self, root: str) -> Linker:
        """Return the linker of pages from which this is the way to the site's root."""
        if root not in self._made:
            self._made[root] = Linker(self._lookups, root, self._order)
        return self._made[root]


def is_web(address: str) -> bool:
    """Tell whether an address may be a link: http and https only, never `javascript:` or `data:`."""
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


def short_address(address: str) -> str:
    """Return an address as people write it: without its scheme and its last slash."""
    return address.partition("://")[2].removesuffix("/") or address


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        resource: what the page is about.
        nodes: the page's triples: of the resource and of its parts.
        owners: part → the subject and property below which it is shown; other links to it are links.
    """

    resource: str
    nodes: Mapping[str, Node]
    owners: Mapping[str, tuple[str, str]]
    linker: Linker
    namer: Namer

    def is_part(self, term: str) -> bool:
        """Tell whether a term is a part that lives on this page."""
        return term in self.owners

    def node(self, term: str) -> Node:
        """Return the properties of the page's resource or of a part of it."""
        return self.nodes.get(term, {})

    def value(self, term: str, name: str) -> Value:
        """Return a term as it is shown; `name` is the prefixed name of its property."""
        if term.startswith("<"):
            if name == "rncp:formerType" and (called := CLASSES.get(self.namer.name(term))):
                return Plain(called)
            return self._part_link(term) if self.is_part(term) else self.linker.link(term)
        if term[-1] == ">":
            return _typed(term, name)
        text, tag = split_literal(term)
        lang = "" if tag in {"", "fr"} else tag
        return Prose(split_prose(text), lang) if is_prose(text) else Plain(text, lang=lang)

    def _part_link(self, term: str) -> Link:
        return Link(f"#{fragment_of(term)}", self.part_name(term))

    def part_name(self, term: str) -> str:
        """Return a short text that says which part it is."""
        node = self.node(term)
        texts = [
            split_literal(value)[0]
            for name in ("rncp:verbatim", "dcterms:title", "rncp:eventText", "skos:notation")
            for value in node.get(self.namer.term(name), ())
        ]
        return shorten(texts[0] if texts else fragment_of(term), MAX_NAME)


@lru_cache(maxsize=20_000)
def _typed(term: str, name: str) -> Value:
    """Return a date, a number, a yes or no, a web address: the same ones recur."""
    text, datatype = split_literal(term)
    shown = is_address(text) if datatype == f"{XSD}anyURI" else None
    return shown or Plain(write_value(text, datatype, name))


def is_address(text: str) -> Link | None:
    """Return a web address in a literal as a link."""
    return Link(text, short_address(text), external=True) if is_web(text) else None


def fragment_of(term: str) -> str:
    """Return the fragment of a part: the id that it has on its page."""
    return term[1:-1].partition("#")[2]


def find_owners(resource: str, nodes: Mapping[str, Node]) -> dict[str, tuple[str, str]]:
    """Say below which property each part is shown: one of the resource itself if there is one, else the nearest."""
    owners: dict[str, tuple[str, str]] = {}
    level = [resource]
    while level:
        deeper: list[str] = []
        for subject in level:
            for predicate, objects in nodes[subject].items():
                for term in objects:
                    if term[0] == "<" and term in nodes and term != resource and term not in owners:
                        owners[term] = (subject, predicate)
                        deeper.append(term)
        level = deeper
    return owners
