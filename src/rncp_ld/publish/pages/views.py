"""What templates show: plain records without terms, so that templates hold all of the HTML and none of the RDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from rncp_ld.publish.pages.prose import Block, has_own_code


@dataclass(frozen=True, slots=True)
class Link:
    """A link, to a page of ours or (`external`) to the web.

    Attributes:
        code: shown before the text.
        note: a state, shown after it ("inactive").
        detail: what tells it from others of the same text, shown after it (a SIRET, a count).
    """

    kind: ClassVar[str] = "link"
    href: str
    text: str
    code: str = ""
    note: str = ""
    detail: str = ""
    external: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A short text; `dim` where it is no content ("non précisé"), `lang` where it is not French."""

    kind: ClassVar[str] = "plain"
    text: str
    dim: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text in paragraphs and lists."""

    kind: ClassVar[str] = "prose"
    blocks: tuple[Block, ...]
    lang: str = ""


Value: TypeAlias = Link | Plain | Prose

_FEW = 4
_SHORT = 30
"""As many values, each of fewer characters, stand in one line inside a part."""


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one property; `more` leads to all of them where these are the first."""

    kind: ClassVar[str] = "values"
    items: tuple[Value, ...]
    more: Link | None = None

    @property
    def style(self) -> str:
        """Say how they stand: alone (""), a few short ones in one line, or as a list or text of several lines."""
        if len(self.items) == 1:
            return "multi" if isinstance(self.items[0], Prose) else ""
        is_short = all(not isinstance(value, Prose) and len(value.text) < _SHORT for value in self.items)
        return "few" if is_short and len(self.items) <= _FEW else "multi"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row, with the fragment that it describes; the first cell is its heading."""

    id: str
    cells: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Parts of one class as a table.

    Attributes:
        style: class of the table.
        labels: what stands before each cell where a phone shows rows as cards; "" where the cell speaks for itself.
        summary: counts above the table.
    """

    kind: ClassVar[str] = "table"
    style: str
    head: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[TableRow, ...]
    summary: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page with rows of its own; `heading` says which one it is.

    Attributes:
        heading_id: fragment of a second part that is shown as one with this (the mention of an equivalence).
    """

    id: str
    heading: tuple[Value, ...]
    rows: tuple[Row, ...]
    heading_id: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of one class, one after the other."""

    kind: ClassVar[str] = "parts"
    style: str
    items: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An item of a list of competences: its text, and its fragment where it is on its own page.

    Attributes:
        theme: the heading it stands under, on the first of those that stand there.
    """

    text: tuple[Block, ...]
    id: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """The competences of a bloc; numbered unless their author did it."""

    kind: ClassVar[str] = "statements"
    items: tuple[Statement, ...]

    @property
    def numbered(self) -> bool:
        """Tell whether the page numbers them."""
        return not any(has_own_code(block.items[0]) for one in self.items for block in one.text[:1])


@dataclass(frozen=True, slots=True)
class BlockCard:
    """A bloc on its certification's page: a link to its own page, its competences, and what is said instead of a list."""

    link: Link
    competences: Statements
    text: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockCards:
    """The blocs of a certification."""

    kind: ClassVar[str] = "blocks"
    items: tuple[BlockCard, ...]


Content: TypeAlias = Values | Table | Parts | Statements | BlockCards


@dataclass(frozen=True, slots=True)
class Row:
    """A property: its name and what it says."""

    name: str
    content: Content


@dataclass(frozen=True, slots=True)
class Section:
    """A section; its id holds a ".", which no fragment of the graph does."""

    id: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """Pages that link here by one property.

    Attributes:
        id: of the list on the page; it holds a ".", which no fragment of the graph does.
        label: how the property reads from here.
        count: all of them, written as people do.
        first: the first ones.
        more: link to the list of all, where there are more.
        is_tree: what this resource is made of: a section of its own.
    """

    id: str
    label: str
    count: str
    first: tuple[Link, ...]
    more: Link | None = None
    is_tree: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """A notice at the top of a page: what it says, and the resources that it names."""

    style: str
    text: str
    label: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check found, in plain words; `excerpts` are the texts that it says it of."""

    severity: str
    style: str
    message: str
    excerpts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A resource's page.

    Attributes:
        file: name of its files, beside the page, without the suffix.
        root: the way from the page to the site's root.
    """

    iri: str
    file: str
    root: str
    title: str
    kind: str
    code: str
    trail: tuple[Link, ...]
    badges: tuple[Value, ...]
    banners: tuple[Banner, ...]
    sections: tuple[Section, ...]
    incoming: tuple[Incoming, ...]
    findings: tuple[Finding, ...]
    description: str
    schema_org: str
    contents: tuple[Link, ...] = field(default=())
