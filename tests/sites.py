"""Small sites for tests of the pages: records to a store to pages, and what stands on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

from rncp_ld import resources
from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.register import link
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.legal import LegalAct
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.pipeline import shipped_nomenclature
from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages import Site, open_site, write_pages
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.store.graph_files import write_graph
from rncp_ld.store.store import GraphStore
from tests.properties.samples import FULL_FICHE, OTHER_ACT

WHOLE_FICHE = replace(
    FULL_FICHE,
    acts=(*FULL_FICHE.acts, LegalAct(OTHER_ACT.type, OTHER_ACT.signature_date, OTHER_ACT.key, OTHER_ACT.key)),
)
"""The sample that says something in every field, with the act that its act names."""

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def graph_of(fiches: Sequence[Fiche], iris: Iris, document: SourceDocument) -> set[Triple]:
    """Map and link fiches; with them the ontology and the schemes, as a publication has them."""
    facts = [facts_of(Reading(document, fiche, fiche.number), fiche) for fiche in fiches]
    register, _ = link(facts, shipped_nomenclature())
    vocabulary = [*resources.files("ontology", "*.ttl"), *resources.files("ontology", "schemes/*.ttl")]
    return {
        *(triple for fiche in fiches for triple in map_fiche(fiche, iris)),
        *map_register(register, iris),
        *(triple for path in vocabulary for triple in parse_turtle(resources.read_rdf(path, iris.base))),
    }


@dataclass(frozen=True)
class SmallSite:
    """A site on disk, and the store that it was made from."""

    folder: Path
    store: GraphStore
    context: SiteContext
    pages: int

    def page(self, path: str) -> Html:
        """Read a page: `certification/RNCP1`."""
        return read_html(self.folder / f"{path}.html")

    def opened(self) -> Site:
        """Return what `render_resource` needs."""
        return open_site(self.store, self.context)


def make_site(
    folder: Path,
    fiches: Sequence[Fiche],
    document: SourceDocument,
    findings: Iterable[Diagnostic] = (),
    *,
    others: Sequence[SourceDocument] = (),
    iris: Iris | None = None,
    extra: Iterable[Triple] = (),
) -> SmallSite:
    """Publish the pages of some fiches into a folder.

    Args:
        folder: made here.
        fiches: all of them; each says of which series it is.
        document: that they were read from, as far as the link stage asks.
        findings: shown on the pages of their fiches and on the quality pages.
        others: further documents of the publication.
        iris: of the site.
        extra: triples beside what the fiches say.
    """
    findings = tuple(findings)
    iris = iris or Iris()
    folder.mkdir(parents=True, exist_ok=True)
    triples = {*graph_of(fiches, iris, document), *extra}
    write_graph(folder / "graph.nt", triples, iris)
    store = GraphStore.build(folder / "store", [[(folder / "graph.nt").read_bytes()]])
    by_fiche: dict[str, list[Diagnostic]] = {}
    for one in findings:
        by_fiche.setdefault(one.fiche or "", []).append(one)
    context = SiteContext(
        iris,
        (document, *others),
        {number: tuple(found) for number, found in by_fiche.items()},
        diagnostics=findings,
    )
    site = folder / "site"
    site.mkdir()
    return SmallSite(site, store, context, write_pages(store, site, context))


@dataclass
class Html:
    """What tests ask of a page."""

    raw: str
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    footer: str = ""
    scripts: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def hrefs(self) -> list[str]:
        """Addresses that a reader can follow."""
        return [href for element, href in self.links if element == "a"]


class _Reader(HTMLParser):
    """Reads a page, and sees that what is opened is closed in order."""

    def __init__(self, page: Html) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.page.elements.append(tag)
        self.page.ids += [values["id"] or ""] if "id" in values else []
        self.page.links += [(tag, values["href"] or "")] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.page.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"]:
            self.page.scripts.append(data)
            return
        self.words.append(data)
        if "footer" in self.open:
            self.page.footer += data
        if self.open and self.open[-1] in {"h1", "h2", "h3", "h4"}:
            level, before = self.page.headings[-1]
            self.page.headings[-1] = (level, before + data)


def parse_html(raw: str) -> Html:
    """Parse a page.

    Raises:
        AssertionError: an element is not closed where it should be.
    """
    page = Html(raw)
    reader = _Reader(page)
    reader.feed(raw)
    reader.close()
    assert reader.open == [], f"left open: {reader.open}"
    page.text = " ".join(" ".join(reader.words).split())
    page.footer = " ".join(page.footer.split())
    return page


def read_html(path: Path) -> Html:
    """Read a page from its file."""
    return parse_html(path.read_text(encoding="utf-8"))
