"""The series of sources that a publication was made from: who published each, what it is called, its newest export.

A page, the home page and the catalogue name their sources from here, so that all three say the same. What a series is
stands in `ontology/schemes/sources.ttl`, the names of publishers in `references.ttl` beside it; which ones were read, and of which day, is the publication's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rncp_ld import resources
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import text_of
from rncp_ld.rdf.vocabulary import PREFIXES, RDFS_LABEL, RDFS_SEE_ALSO

EXPORTS = frozenset({SourceSeries.XML_V4_1, SourceSeries.XML_OLD, SourceSeries.CSV})
"""Series of which each document holds the register of a day. A text fiche is none: a date in its name is not an export's."""

_PUBLISHER = f"<{PREFIXES['dcterms']}publisher>"
_NAME = f"<{PREFIXES['foaf']}name>"


@dataclass(frozen=True, slots=True)
class Source:
    """One series, as it is named to readers.

    Attributes:
        path: of its page, below the site's root.
        name: in the middle of a sentence: "export XML V4.1 du RNCP et du RS".
        address: where the documents of the series are published; "" where they no longer are.
        exported: date of its newest export in this publication; None for what is no export.
    """

    path: str
    publisher: str
    name: str
    address: str = ""
    exported: date | None = None


@cache
def _described() -> Mapping[SourceSeries, Source]:
    """Read what the ontology says of each series."""
    iris = Iris()
    about: dict[str, dict[str, list[str]]] = {}
    for name in ("sources.ttl", "references.ttl"):
        for s, p, o in sorted(parse_turtle(resources.read_rdf(resources.folder("ontology") / "schemes" / name))):
            about.setdefault(s, {}).setdefault(p, []).append(o)
    return {series: _read(series, about[iris.source(series)], about) for series in SourceSeries}


_Node = Mapping[str, Sequence[str]]


def _read(series: SourceSeries, node: _Node, about: Mapping[str, _Node]) -> Source:
    label = next(text_of(value) for value in node[RDFS_LABEL] if value.endswith("@fr"))
    addresses = [value[1:-1] for value in node.get(RDFS_SEE_ALSO, ())]
    return Source(
        f"source/{series.value}",
        text_of(about[node[_PUBLISHER][0]][_NAME][0]),
        label[:1].lower() + label[1:],
        addresses[0] if addresses else "",
    )


def sources_of(documents: Sequence[SourceDocument]) -> dict[SourceSeries, Source]:
    """Return the series of some documents, in the order in which series are preferred, each with its newest export."""
    return {
        series: replace(source, exported=_newest(series, documents))
        for series, source in _described().items()
        if any(document.series is series for document in documents)
    }


def source_of(series: SourceSeries) -> Source:
    """Return a series by itself, where no document of it is known."""
    return _described()[series]


def _newest(series: SourceSeries, documents: Sequence[SourceDocument]) -> date | None:
    if series not in EXPORTS:
        return None
    return max((one.date for one in documents if one.series is series and one.date), default=None)
