"""The home page: what the dataset is, where it comes from, of which day, what it holds, how to use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
from rncp_ld.publish.pages.kinds import KINDS, MAIN_KINDS, kind
from rncp_ld.publish.pages.literals import NBSP, write_date, write_number
from rncp_ld.publish.pages.lookups import UNDESCRIBED, WITHDRAWN
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.views import Value
from rncp_ld.rdf.terms import TRUE

WRITTEN_BY_OTHERS: Final = (
    "dumps/rncp.nt.gz",
    "dumps/rncp.ttl.gz",
    "dumps/SHA256SUMS",
    "catalog.ttl",
    "catalog.jsonld",
    "dataset.ttl",
    "dataset.jsonld",
    "quality/report.ttl",
    "shapes.ttl",
    ".well-known/void",
)
"""Files of the same site that other parts of the publication write, and that pages link to."""

_EXAMPLES: Final = ("RNCP2383", "RNCP37873")
"""Fiches that the home page gives as an example, the first that is published."""


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind on the home page; `named` are those that no source describes, or no longer."""

    href: str
    label: str
    count: str
    named: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A source on the home page; `date` of an export or a list, and the edition of the latter."""

    name: str
    series: Value
    date: str
    sha256: str


def render_home(site: Site) -> str:
    """Return `index.html`."""
    ranked = {segment: place for place, segment in enumerate(KINDS)}
    kinds = sorted((one for one in site.kinds if one), key=lambda one: (ranked.get(one, len(ranked)), one))
    active = sum(1 for _, value in site.store.pairs(site.iris.rncp.isActive) if value == TRUE)
    main = [_line(one, site) for one in kinds if one in MAIN_KINDS]
    return site.render(
        "home.html",
        "",
        base=site.iris.base,
        namespace=site.iris.namespace,
        main=main,
        has_named=any(one.named for one in main),
        small=[_line(one, site) for one in kinds if one not in MAIN_KINDS],
        documents=_documents(site),
        triples=write_number(str(site.context.triples or len(site.store))),
        pages=write_number(str(len(site.lookups.types))),
        active=write_number(str(active)) if active else "",
        rejected=site.context.rejected,
        example=_example(site),
        has_ontology=site.iris.path("def") in site.lookups.types,
    )


def _line(segment: str, site: Site) -> KindLine:
    members = site.kinds[segment]
    states = Counter(site.lookups.states.get(one) for one in members)
    named = [
        f"{write_number(str(states[state]))}{NBSP}{kind(segment).agree(word, states[state])}"
        for state, word in ((UNDESCRIBED, ("cité", "citée")), (WITHDRAWN, WITHDRAWN))
        if states[state]
    ]
    described = len(members) - states[UNDESCRIBED] - states[WITHDRAWN]
    return KindLine(
        f"{segment}/index.html",
        kind(segment).plural,
        write_number(str(described)),
        "".join(f" + {part}" for part in named),
    )


def _documents(site: Site) -> Sequence[DocumentLine]:
    """Return the sources by their names alone: the path on the publisher's disk is nobody's business."""
    linker = site.linkers.at("")
    return [
        DocumentLine(
            document.name.rsplit("/", 1)[-1],
            linker.link(site.iris.source(SourceSeries(document.series))),
            ", ".join(_when(document)),
            document.sha256,
        )
        for document in site.context.documents
    ]


def _when(document: SourceDocument) -> Iterator[str]:
    if document.version:
        yield f"édition{NBSP}{document.version}"
    if document.date:
        yield write_date(document.date.isoformat())


def _example(site: Site) -> str:
    """Return the path of a certification that shows well what a page is, "" where there is none at all."""
    wanted = (site.iris.certification(number) for number in _EXAMPLES)
    known = site.kinds.get("certification", ())
    found = next((one for one in (*wanted, *known[:1]) if one in site.lookups.types), None)
    return site.lookups.path(found) if found else ""
