r"""A chunk of triples, as text by subject and predicate, and as an rdflib graph that is only read.

rdflib's own way is too slow for a whole register: its parser reads 27,000 triples/s and its memory store needs 8 µs to
add a triple. Here a chunk stays text behind rdflib's store interface
(https://rdflib.readthedocs.io/en/stable/apidocs/rdflib.store.html), and a term is made when pySHACL or a query asks for it:
they work on the whole chunk unchanged, and what they do not look at costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.store import Store

from rncp_ld.rdf.terms import Triple

Term = URIRef | Literal
Node = Any
"""A term or None in a triple pattern; rdflib's own annotations of stores are loose."""

About = dict[str, list[str]]
"""What is said of one subject: predicate → objects, as N-Triples text. An object may come twice."""

Index = dict[str, About]
"""A chunk by subject."""

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


def index_of(triples: Iterable[Triple]) -> Index:
    """Sort triples by subject and predicate."""
    index: Index = {}
    last, about = "", dict[str, list[str]]()
    for subject, predicate, value in triples:
        if subject != last:
            about = index.setdefault(subject, {})
            last = subject
        if predicate in about:
            about[predicate].append(value)
        else:
            about[predicate] = [value]
    return index


class ChunkStore(Store):
    """A read-only rdflib store over a chunk: one graph, though rdflib's queries want a store of many."""

    context_aware = True
    graph_aware = True

    def __init__(self, index: Index, known: Mapping[str, Term]) -> None:
        super().__init__()
        self._index = index
        self._terms = dict(known)
        self._pos: dict[Node, dict[Node, list[Node]]] = {}

    def close(self, commit_pending_transaction: bool = False) -> None:  # noqa: ARG002  # part of the interface
        """Let go of the chunk at once: rdflib's graphs are cycles, which would keep it until the next full collection."""
        self._index, self._terms, self._pos = {}, {}, {}

    def _term(self, text: str) -> Term:
        found = self._terms.get(text)
        if found is None:
            found = self._terms[text] = parse_term(text)
        return found

    def _about(self, subject: Node) -> About:
        return self._index.get(f"<{subject}>", {}) if isinstance(subject, URIRef) else {}

    def objects(self, subject: Node, predicate: Node) -> Iterable[Node]:
        """Return the objects of a subject and predicate, each once; almost all of a check's questions are this one."""
        # Texts that differ may be equal terms.
        return dict.fromkeys(map(self._term, self._about(subject).get(f"<{predicate}>", ())))

    def _subjects(self, predicate: Node) -> dict[Node, list[Node]]:
        """Return object → subjects of a predicate; made when it is first asked for."""
        if predicate not in self._pos:
            found: dict[Node, list[Node]] = {}
            for subject in map(self._term, self._index):
                for value in self.objects(subject, predicate):
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
        if subject is None and predicate is not None and value is not None:
            for found in self._subjects(predicate).get(value, ()):
                yield (found, predicate, value), iter(())
            return
        for s in map(self._term, self._index) if subject is None else [subject]:
            for p in map(self._term, self._about(s)) if predicate is None else [predicate]:
                for o in self.objects(s, p):
                    if value is None or o == value:
                        yield (s, p, o), iter(())

    @cached_property
    def _size(self) -> int:
        return sum(1 for _ in self.triples((None, None, None)))

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

    def __init__(self, index: Index, known: Mapping[str, Term]) -> None:
        store = ChunkStore(index, known)
        super().__init__(store=store, bind_namespaces="none")
        self._objects = store.objects

    def __bool__(self) -> bool:
        """Tell that this is a graph, without counting: pySHACL asks at every result."""
        return True

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Answer a query. pySHACL asks the same one at each focus node, and reading it takes far longer than answering it."""
        query = _read_query(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **kwargs)

    def objects(
        self, subject: Node = None, predicate: Node = None, unique: bool = False
    ) -> Generator[Node, None, None]:
        """Yield objects; each comes once whether `unique` or not, since a triple is in the store once."""
        if subject is not None and isinstance(predicate, URIRef):
            yield from self._objects(subject, predicate)
        else:
            yield from super().objects(subject, predicate, unique)


@lru_cache(maxsize=32)
def _read_query(text: str) -> Query:
    return prepareQuery(text)


def data_graph(triples: Iterable[Triple], known: Mapping[str, Term] | None = None) -> Graph:
    """Return a read-only graph of the triples; a triple that comes twice counts once.

    Args:
        triples: as N-Triples text.
        known: terms that are made already. Those of the shapes: two IRIs that are one object are compared at once.
    """
    return ChunkGraph(index_of(triples), known or {})


def iris_of(graph: Graph) -> dict[str, Term]:
    """Return the IRIs of a graph by their N-Triples text, to be `known` to others."""
    return {f"<{term}>": term for triple in graph for term in triple if isinstance(term, URIRef)}
