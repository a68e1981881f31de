"""Triples to the formats that are published: N-Triples, Turtle, JSON-LD, RDF/XML. Same triples, same bytes.

Turtle and JSON-LD are of our own writing (`turtle`, `jsonld`: why stands in docs/decisions.md), RDF/XML is pyoxigraph's.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from rncp_ld.rdf.jsonld import json_writer
from rncp_ld.rdf.terms import Triple, group_triples, line
from rncp_ld.rdf.turtle import prefixes, turtle_writer

__all__ = ["parse_line", "parse_turtle", "prefixes", "to_jsonld", "to_ntriples", "to_rdfxml", "to_turtle"]


def parse_turtle(text: str) -> list[Triple]:
    """Read Turtle of ours (ontology, schemes) as triples.

    Raises:
        SyntaxError: the text is no Turtle.
    """
    return [(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(text, ox.RdfFormat.TURTLE)]


def parse_line(text: str) -> Triple:
    """Read back a line that `rdf.terms.line` wrote."""
    subject, predicate, rest = text.split(" ", 2)
    return subject, predicate, rest.removesuffix(" .\n")


def to_ntriples(triples: Iterable[Triple]) -> str:
    """Write sorted N-Triples, each triple once."""
    return "".join(sorted({line(triple) for triple in triples}))


def to_turtle(triples: Iterable[Triple], namespace: str, base: str = "") -> str:
    """Write Turtle, sorted by subject; only the prefixes that are used are declared.

    Args:
        triples: any order, repetitions allowed.
        namespace: the ontology's, for the prefix `rncp`.
        base: a subject whose triples come first (a page's own resource), as N-Triples text.
    """
    return turtle_writer(namespace).write(group_triples(triples), base)


def to_jsonld(triples: Iterable[Triple], namespace: str, subject: str) -> str:
    """Write compact JSON-LD (https://www.w3.org/TR/json-ld11/) with its context inside, as one object about `subject`.

    Args:
        triples: of one page: the resource, its parts, and the document itself.
        namespace: the ontology's, the `@vocab` of the context.
        subject: the resource, as N-Triples text; other subjects are nested where they are named, else under `@included`.
    """
    return json_writer(namespace).write(group_triples(triples), subject)


def to_rdfxml(triples: Iterable[Triple], namespace: str) -> str:
    """Write RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), sorted by subject."""
    text = "".join(line(triple) for triple in sorted(set(triples)))
    used = {name: iri for name, iri in prefixes(namespace).items() if iri in text}
    parsed = ox.parse(text, ox.RdfFormat.N_TRIPLES)
    data = ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.RDF_XML, prefixes=used)
    assert data is not None  # with no output given, serialize returns bytes
    return data.decode()
