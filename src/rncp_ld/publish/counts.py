"""What is in the graph, in numbers: counted part by part, then put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from rncp_ld.publish.linksets import target_of
from rncp_ld.rdf.vocabulary import RDF_TYPE

Node = Mapping[str, Iterable[str]]


@dataclass(slots=True)
class Counts:
    """Numbers of a part of the graph.

    Attributes:
        classes: members by class.
        properties: triples by property.
        pairs: triples by class of their subject and property.
        links: links by data set that they lead to.
        pages: pages.
    """

    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    pages: int = 0

    @property
    def triples(self) -> int:
        """All triples."""
        return sum(self.properties.values())

    def __iadd__(self, other: Counts) -> Self:
        """Take in the numbers of another part."""
        self.classes.update(other.classes)
        self.properties.update(other.properties)
        self.pairs.update(other.pairs)
        self.links.update(other.links)
        self.pages += other.pages
        return self


def count(nodes: Mapping[str, Node], pages: Iterable[str]) -> Counts:
    """Count what a part of the graph says.

    Args:
        nodes: subject → property → objects, each triple once.
        pages: of the part.
    """
    counts = Counts()
    for node in nodes.values():
        types = list(node.get(RDF_TYPE, ()))
        counts.classes.update(types)
        for predicate, objects in node.items():
            number = 0
            for term in objects:
                number += 1
                if term[0] == "<" and predicate != RDF_TYPE and (target := target_of(term)) is not None:
                    counts.links[target] += 1
            counts.properties[predicate] += number
            for one in types:
                counts.pairs[one, predicate] += number
    counts.pages = len(set(pages))
    return counts
