"""Writes Turtle from N-Triples text, byte for byte as pyoxigraph does, without making a term of each text.

A page has 7 to 3,000 triples, and there are 200,000 pages: to read the N-Triples back costs more than the writing. Most
terms stand in Turtle as they do in canonical N-Triples; of the others, prefixed names and numbers, pyoxigraph is asked
once how it writes each (https://www.w3.org/TR/turtle/#sec-grammar).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import pyoxigraph as ox

from rncp_ld.rdf.terms import XSD, Node
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE

_BARE: Final = frozenset(f"<{XSD}{name}>" for name in ("boolean", "integer", "decimal", "double"))
"""Datatypes whose literals may stand without quotes (`true`, `42`)."""

_MOST: Final = 50_000
"""Terms that a writer remembers at most: a vocabulary's, and numbers."""

_NEXT: Final = " ;\n\t"


def prefixes(namespace: str) -> dict[str, str]:
    """Return the prefixes of all Turtle that is written, `rncp` for the ontology's namespace among them."""
    return {**PREFIXES, "rncp": namespace}


@cache
def turtle_writer(namespace: str) -> TurtleWriter:
    """Return the writer for an ontology's namespace; there is one a process, which remembers what it learned."""
    return TurtleWriter(prefixes(namespace))


class TurtleWriter:
    """Writes nodes as Turtle; what it learned of a term serves all that it writes."""

    def __init__(self, names: Mapping[str, str]) -> None:
        # As pyoxigraph declares them, and tries them: the longest namespace first.
        ordered = sorted(names.items(), key=lambda one: (-len(one[1]), one[0]))
        self._prefixes = dict(ordered)
        # Most IRIs are in none of the namespaces, and their first characters tell it at once.
        spaces = [f"<{address}" for _, address in ordered]
        self._short = min(map(len, spaces))
        self._spaces: dict[str, tuple[str, ...]] = {}
        for space in spaces:
            head = space[: self._short]
            self._spaces[head] = (*self._spaces.get(head, ()), space)
        self._known: dict[str, str] = {}
        self._seen: set[str] = set()

    def write(self, nodes: Mapping[str, Node], first: str = "") -> str:
        """Write subjects in the order given; only the prefixes that are used are declared.

        Args:
            nodes: subject → predicate → objects, as `group_triples` gives them.
            first: a subject that comes before the others.
        """
        self._seen = set()
        subjects = [first, *(one for one in nodes if one != first)] if first in nodes else nodes
        body = [self._subject(subject, nodes[subject]) for subject in subjects]
        # Where no local name fits, the term stands as it is, and its prefix is not used.
        used = {self._learned(term).partition(":")[0] for term in self._seen}
        head = [f"@prefix {name}: <{address}> .\n" for name, address in self._prefixes.items() if name in used]
        return "".join(head + body)

    def _subject(self, subject: str, node: Node) -> str:
        """Write a subject: what it is before what is said of it."""
        self._seen.update(node)
        known = self._known
        lines: list[str] = []
        for predicate, terms in node.items():
            verb = known.get(predicate) or self._name(predicate)
            if len(terms) == 1:
                line = f"{verb} {self._term(terms[0])}"
            else:
                line = f"{verb} {' , '.join([self._term(term) for term in terms])}"
            if predicate == RDF_TYPE:
                lines.insert(0, f"a{line.removeprefix(verb)}")
            else:
                lines.append(line)
        name = self._name(subject)
        # The terms of other vocabularies that the ontology speaks of stand close together.
        gap = "\n" if name.startswith(("<", "rncp:")) else ""
        return f"{gap}{name} {_NEXT.join(lines)} .\n"

    def _term(self, term: str) -> str:
        """Write an object."""
        if term.endswith(('"@fr', '"')):
            return term
        if term[0] == "<":
            return self._name(term)
        text, mark, datatype = term.rpartition('"^^')
        if not mark:  # another language, or a blank node
            return term
        if datatype in _BARE:
            self._seen.add(datatype)
            return self._learned(term)
        return f"{text}{mark}{self._name(datatype)}"

    def _name(self, term: str) -> str:
        """Write an IRI."""
        if not term.startswith(self._spaces.get(term[: self._short], ())):
            return term
        self._seen.add(term)
        return self._learned(term)

    def _learned(self, term: str) -> str:
        """Return how pyoxigraph writes a term."""
        written = self._known.get(term)
        if written is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            triples = (quad.triple for quad in ox.parse(f"<a:s> <a:p> {term} .", ox.RdfFormat.N_TRIPLES))
            data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=self._prefixes)
            assert data is not None  # with no output given, serialize returns bytes
            written = self._known[term] = data.decode().rpartition("\n<a:s> <a:p> ")[2].removesuffix(" .\n")
        return written
