"""One publication's Oxigraph store: loaded once, then read by pages, `query` and `serve`."""

from __future__ import annotations

import io
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Self, cast

import pyoxigraph as ox

from rncp_ld.errors import PublicationError
from rncp_ld.rdf.terms import Triple
from rncp_ld.store.links import link

Row = tuple[str | None, ...]


class _Blocks(io.RawIOBase):
    """A stream of blocks of bytes."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._rest = memoryview(b"")
        self._given: deque[bytes] = deque(maxlen=8)  # the parser is a little behind

    def wrong_line(self) -> str | None:
        """Return the first of the lines given last that is no triple, None where that cannot be told."""
        for line in b"".join(self._given).splitlines(keepends=True):
            try:
                list(ox.parse(line, ox.RdfFormat.N_TRIPLES))
            except SyntaxError:
                return line.decode(errors="replace").strip()
        return None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, b"" at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._rest = memoryview(block)
            self._given.append(block)
        end = len(self._rest) if size < 0 else size
        data, self._rest = bytes(self._rest[:end]), self._rest[end:]
        return data


class GraphStore:
    """The graph in an Oxigraph store on disk.

    Terms go in and out as N-Triples text (`rdf.terms`).
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def build(cls, folder: Path, ntriples: Iterable[Iterable[bytes]]) -> GraphStore:
        """Load N-Triples into a new store.

        Args:
            folder: does not exist yet.
            ntriples: blocks of whole lines; each of the outer ones is loaded by itself, which bounds the memory that it takes.

        Raises:
            PublicationError: a line is no triple: a mapping wrote what is none, such as an impossible address.
        """
        store = ox.Store(str(folder))
        for blocks in ntriples:
            stream = _Blocks(blocks)
            try:
                store.bulk_load(input=cast("IO[bytes]", stream), format=ox.RdfFormat.N_TRIPLES)
            except SyntaxError as error:
                said = f" in {line}" if (line := stream.wrong_line()) else ""
                raise PublicationError(f"not a triple: {error.msg}{said}") from error
        store.flush()
        return cls(store)

    @classmethod
    def change(cls, before: Path, folder: Path, removed: Iterable[bytes], added: Iterable[bytes]) -> GraphStore:
        """Make a store from another one, which stays as it is.

        Args:
            before: a store that nobody writes to.
            folder: does not exist yet.
            removed: N-Triples that the other one holds.
            added: N-Triples that it does not hold.
        """
        folder.mkdir()
        for path in before.iterdir():
            # Tables are never written again; what else there is may be.
            (link if path.suffix == ".sst" else shutil.copyfile)(path, folder / path.name)
        store = ox.Store(str(folder))
        for data in removed:
            for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES):
                store.remove(quad)
        for data in added:
            store.extend(ox.parse(data, ox.RdfFormat.N_TRIPLES))
        store.flush()
        return cls(store)

    @classmethod
    def open(cls, folder: Path) -> GraphStore:
        """Open a store for reading; several processes may.

        Raises:
            PublicationError: there is no store, or it is broken.
        """
        if not folder.is_dir():
            raise PublicationError(f"{folder}: no store here; run `rncp-ld build` first, or name a build with --build")
        try:
            return cls(ox.Store.read_only(str(folder)))
        except (OSError, RuntimeError) as error:  # the latter for what RocksDB calls corruption
            raise PublicationError(f"{folder}: this store cannot be read ({error}); build again") from error

    def __enter__(self) -> Self:
        """Use the store for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the folder: the system's lock on it lasts as long as anything (a traceback) holds the store itself."""
        del self._store

    def __len__(self) -> int:
        """Count the triples."""
        return len(self._store)

    def about(self, subject: str) -> list[Triple]:
        """Return the triples whose subject is one IRI."""
        node = ox.NamedNode(subject[1:-1])
        return [(subject, str(q.predicate), str(q.object)) for q in self._store.quads_for_pattern(node, None, None)]

    def describe(self, resource: str) -> list[Triple]:
        """Return the triples about a resource and about its parts (`resource#…`), as its page and files hold them."""
        prefix = f"{resource[:-1]}#"
        found: list[Triple] = []
        todo, seen = [resource], {resource}
        while todo:
            triples = self.about(todo.pop())
            found += triples
            parts = {o for _, _, o in triples if o.startswith(prefix)} - seen
            seen |= parts
            todo += sorted(parts)
        return found

    def incoming(self, resource: str) -> dict[str, list[str]]:
        """Return who links to a resource: predicate → subjects, sorted."""
        found: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(None, None, ox.NamedNode(resource[1:-1])):
            found.setdefault(str(quad.predicate), []).append(str(quad.subject))
        return {predicate: sorted(found[predicate]) for predicate in sorted(found)}

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the first value (in order of text) of a property, or None."""
        return min(self.values(subject, predicate), default=None)

    def values(self, subject: str, predicate: str) -> Iterator[str]:
        """Yield the values of a property, in no order."""
        quads = self._store.quads_for_pattern(ox.NamedNode(subject[1:-1]), ox.NamedNode(predicate[1:-1]), None)
        return (str(quad.object) for quad in quads)

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield subject and object of every triple with a predicate: labels, types."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate[1:-1]), None):
            yield str(quad.subject), str(quad.object)

    def select(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Run a SELECT query; return its variables and its rows (None: unbound).

        Raises:
            SyntaxError: the query is no SPARQL 1.1 SELECT.
        """
        solutions = self._store.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise SyntaxError("expected a SELECT query")  # noqa: TRY004 - the query is wrong, not a type of ours
        names = [variable.value for variable in solutions.variables]
        rows = (tuple(None if term is None else str(term) for term in solution) for solution in solutions)
        return names, rows

    def run(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run any SPARQL 1.1 query and return pyoxigraph's result, for writing in the formats of the standard."""
        return self._store.query(query)
