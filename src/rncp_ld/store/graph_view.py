"""A part of the graph in memory, before the store that holds the whole: pages ask for what is beside them most of the time."""

from __future__ import annotations

from collections.abc import Iterable

from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.terms import Triple
from rncp_ld.store.store import GraphStore


class GraphView(GraphStore):
    """Answers as the store does.

    Args:
        whole: the store.
        triples: all that it holds of some pages and their parts.
    """

    def __init__(self, whole: GraphStore, triples: Iterable[Triple]) -> None:
        super().__init__(whole._store)  # noqa: SLF001 - of the same class
        self._pages: dict[str, list[Triple]] = {}
        self._subjects: dict[str, list[Triple]] = {}
        for triple in triples:
            found = self._subjects.get(triple[0])
            if found is None:
                found = self._subjects[triple[0]] = []
            found.append(triple)
        for subject, about in self._subjects.items():
            self._pages.setdefault(document_of(subject), []).extend(about)

    @property
    def pages(self) -> Iterable[str]:
        """The pages that it holds."""
        return self._pages.keys()

    def about(self, subject: str) -> list[Triple]:
        """Return the triples of a subject."""
        if document_of(subject) in self._pages:
            return self._subjects.get(subject, [])
        return super().about(subject)

    def describe(self, resource: str) -> list[Triple]:
        """Return the triples about a resource and its parts."""
        found = self._pages.get(resource)
        return super().describe(resource) if found is None else found

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property, or None."""
        if document_of(subject) in self._pages:
            return min((o for _, p, o in self._subjects.get(subject, ()) if p == predicate), default=None)
        return super().value(subject, predicate)
