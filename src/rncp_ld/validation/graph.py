r"""Triples as N-Triples text to an rdflib graph that is only read: the data graph of a check.

rdflib's own way is too slow for a whole register: its parser reads 27,000 triples/s and its memory store needs 8 µs to
add a triple. Here a chunk's terms are made once each, straight from their text, and kept in plain dictionaries behind
rdflib's store interface (https://rdflib.readthedocs.io/en/stable/apidocs/rdflib.store.html), so that pySHACL and SPARQL
work on it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.store import Store

from rncp_ld.rdf.terms import Triple

Term = URIRef | Literal
Node = Any
"""A term or None in a triple pattern; rdflib's own annotations of stores are loose."""

_SUFFIX = re.compile(r"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED: Mapping[str, str] = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, code)


def parse_term(text: str) -> Term:
    r"""Parse an IRI or a literal of N-Triples (https://www.w3.org/TR/n-triples/#sec-grammar); there are no blank nodes.

    Raises:
        ValueError: the text is no such term.

    >>> parse_term('"l\\"été"@fr')
    rdflib.term.Literal('l"été', lang='fr')
    """
    if text.startswith("<"):
        return URIRef(text[1:-1])
    end = text.rfind('"')
    suffix = _SUFFIX.fullmatch(text, end + 1)
    if not text.startswith('"') or end < 1 or suffix is None:
        raise ValueError(f"not an IRI or literal of N-Triples: {text[:80]}")
    body, (language, datatype) = text[1:end], suffix.groups()
    if "\\" in body:
        body = _ESCAPE.sub(_unescape, body)
    # The lexical form stays as it is: "05" is not "5" to a pattern.
    return Literal(body, lang=language, datatype=datatype and URIRef(datatype), normalize=False)


class ChunkStore(Store):
    """A read-only rdflib store over the triples of one chunk: one graph, though pySHACL's wrapper wants a store of many."""

    context_aware = True
    graph_aware = True

    def __init__(self, triples: Iterable[Triple], known: Mapping[str, Term]) -> None:
        super().__init__()
        terms = dict(known)
        index: dict[str, dict[str, dict[str, None]]] = {}
        for subject, predicate, value in triples:
            index.setdefault(subject, {}).setdefault(predicate, {})[value] = None

        def term(text: str) -> Term:
            found = terms.get(text)
            if found is None:
                found = terms[text] = parse_term(text)
            return found

        self._spo: dict[Node, dict[Node, list[Node]]] = {
            term(subject): {term(p): [term(o) for o in objects] for p, objects in about.items()}
            for subject, about in index.items()
        }
        self._pos: dict[Node, dict[Node, list[Node]]] = {}
        # pySHACL asks for the truth, and so for the length, of its data graph at every result.
        self._size = sum(len(objects) for about in self._spo.values() for objects in about.values())

    def objects(self, subject: Node, predicate: Node) -> Sequence[Node]:
        """Return the objects of a subject and predicate; almost all of a check's questions are this one."""
        about = self._spo.get(subject)
        return () if about is None else about.get(predicate, ())

    def _subjects(self, predicate: Node) -> dict[Node, list[Node]]:
        """Return object → subjects of a predicate; made when it is first asked for."""
        if predicate not in self._pos:
            found: dict[Node, list[Node]] = {}
            for subject, about in self._spo.items():
                for value in about.get(predicate, ()):
                    found.setdefault(value, []).append(subject)
            self._pos[predicate] = found
        return self._pos[predicate]

    def triples(
        self,
        triple_pattern: tuple[Node, Node, Node],
        context: Any = None,  # noqa: ARG002  # part of the interface; there is one graph
    ) -> Generator[tuple[tuple[Node, Node, Node], Iterator[Any]], None, None]:
        """Yield what matches a pattern; None matches anything."""
        subject, predicate, value = triple_pattern
        if subject is not None and predicate is not None:
            for found in self.objects(subject, predicate):
                if value is None or found == value:
                    yield (subject, predicate, found), iter(())
        elif predicate is not None and value is not None:
            for found in self._subjects(predicate).get(value, ()):
                yield (found, predicate, value), iter(())
        else:
            for s in self._spo if subject is None else [subject]:
                about = self._spo.get(s, {})
                for p in about if predicate is None else [predicate]:
                    for o in about.get(p, ()):
                        if value is None or o == value:
                            yield (s, p, o), iter(())

    def __len__(self, context: Any = None) -> int:
        return self._size

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Return no prefix: the graph is never written."""
        return iter(())

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Forget a prefix, see `namespaces`."""

    def namespace(self, prefix: str) -> URIRef | None:
        """Return no prefix, see `namespaces`."""

    def prefix(self, namespace: URIRef) -> str | None:
        """Return no prefix, see `namespaces`."""


class ChunkGraph(Graph):
    """rdflib's graph over a `ChunkStore`, with a short way for the question that is asked most."""

    def __init__(self, store: ChunkStore) -> None:
        super().__init__(store=store, bind_namespaces="none")
        self._objects = store.objects

    def objects(
        self, subject: Node = None, predicate: Node = None, unique: bool = False
    ) -> Generator[Node, None, None]:
        """Yield objects; each comes once whether `unique` or not, since a triple is in the store once."""
        if subject is not None and isinstance(predicate, URIRef):
            yield from self._objects(subject, predicate)
        else:
            yield from super().objects(subject, predicate, unique)


def data_graph(triples: Iterable[Triple], known: Mapping[str, Term] | None = None) -> Graph:
    """Return a read-only graph of the triples; a triple that comes twice counts once.

    Args:
        triples: as N-Triples text.
        known: terms that are made already. Those of the shapes: two IRIs that are one object are compared at once.
    """
    return ChunkGraph(ChunkStore(triples, known or {}))


def iris_of(graph: Graph) -> dict[str, Term]:
    """Return the IRIs of a graph by their N-Triples text, to be `known` to others."""
    return {f"<{term}>": term for triple in graph for term in triple if isinstance(term, URIRef)}
