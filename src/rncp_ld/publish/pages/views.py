"""What templates show: plain records without terms. A value knows its own HTML; the page's structure is the templates'.

Values are the many small things of a page, and the same links stand on thousands of pages: a value is escaped and
written once, when it is made, and templates show it as it is (`{{ value }}`, by `__html__`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from markupsafe import Markup, escape

from rncp_ld.publish.pages.prose import Block, write_blocks


@dataclass(frozen=True, slots=True)
class Link:
    """A link, to a page of ours or (`external`) to the web.

    Attributes:
        code: shown before the text.
        note: a state, shown after it ("inactive").
        detail: what tells it from others of the same text, shown after it (a SIRET, a count).
        html: how it is written.
    """

    kind: ClassVar[str] = "link"
    href: str
    text: str
    code: str = ""
    note: str = ""
    detail: str = ""
    external: bool = False
    html: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Write the HTML."""
        rel = ' rel="external nofollow"' if self.external else ""
        code = f'<span class="code">{escape(self.code)}</span> ' if self.code else ""
        note = f' <span class="note">{escape(self.note)}</span>' if self.note else ""
        detail = f' <span class="detail">{escape(self.detail)}</span>' if self.detail else ""
        html = f'<a href="{escape(self.href)}"{rel}>{code}{escape(self.text)}</a>{note}{detail}'
        object.__setattr__(self, "html", html)

    def __html__(self) -> str:
        """Return what templates show."""
        return self.html


@dataclass(frozen=True, slots=True)
class Plain:
    """A short text; `dim` where it is no content ("non précisé"), `lang` where it is not French."""

    kind: ClassVar[str] = "plain"
    text: str
    dim: bool = False
    lang: str = ""
    html: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Write the HTML."""
        html = str(escape(self.text))
        if self.dim:
            html = f'<span class="dim">{html}</span>'
        elif self.lang:
            language = "en anglais" if self.lang == "en" else escape(self.lang)
            html = f'<span lang="{escape(self.lang)}">{html}</span> <span class="detail">({language})</span>'
        object.__setattr__(self, "html", html)

    def __html__(self) -> str:
        """Return what templates show."""
        return self.html


@dataclass(frozen=True, slots=True)
class Prose:
    """A text in paragraphs and lists."""

    kind: ClassVar[str] = "prose"
    blocks: tuple[Block, ...]
    lang: str = ""

    @property
    def html(self) -> str:
        """Return the HTML."""
        lang = f' lang="{escape(self.lang)}"' if self.lang else ""
        return f'<div class="prose"{lang}>{write_blocks(self.blocks)}</div>'

    def __html__(self) -> str:
        """Return what templates show."""
        return self.html


Value: TypeAlias = Link | Plain | Prose


@dataclass(frozen=True, slots=True)
class Section:
    """A section; its id holds a ".", which no fragment of the graph does. `rows` is HTML (`markup`)."""

    id: str
    label: str
    rows: Markup


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
    first: Sequence[Link]
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
