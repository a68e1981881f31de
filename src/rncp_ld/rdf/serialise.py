"""Triples to the formats that are published: N-Triples, Turtle, JSON-LD. Same triples, same bytes.

pyoxigraph writes the Turtle (measured about 180 times faster than rdflib). The JSON-LD is our own writing, since it is
meant to be read as plain JSON: one object per page, its parts nested where they are first named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from rncp_ld.rdf.terms import XSD, Triple, line, text_of
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "dcterms": ("title", "license", "source", "date"),
    "rdfs": ("label", "seeAlso"),
    "skos": ("prefLabel", "altLabel", "notation", "broader", "inScheme", "scopeNote", "topConceptOf"),
    "foaf": ("page", "primaryTopic", "isPrimaryTopicOf"),
    "prov": ("wasDerivedFrom",),
    "org": ("unitOf",),
    "rov": ("registration",),
    "eli": ("type_document", "date_document", "date_publication", "number", "id_local", "amends", "is_part_of"),
}
"""Names of other vocabularies that stand without a prefix in the JSON; any other one keeps its prefix."""

_NAMES = {f"{PREFIXES[prefix]}{name}": name for prefix, names in _ALIASES.items() for name in names}


def prefixes(namespace: str) -> dict[str, str]:
    """Return the prefixes of all Turtle that is written, `rncp` for the ontology's namespace among them."""
    return {**PREFIXES, "rncp": namespace}


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
    # The resource itself first, then its parts; of each, what it is before what is said of it.
    ordered = sorted(set(triples), key=lambda one: (one[0] != base, one[0], one[1] != RDF_TYPE, one[1], one[2]))
    # A line break never stands raw in what is written, so this is always the end of a subject.
    return (
        _write(ordered, ox.RdfFormat.TURTLE, namespace).replace(" .\n<", " .\n\n<").replace(" .\nrncp:", " .\n\nrncp:")
    )


def to_rdfxml(triples: Iterable[Triple], namespace: str) -> str:
    """Write RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), sorted by subject."""
    return _write(sorted(set(triples)), ox.RdfFormat.RDF_XML, namespace)


def _write(ordered: Iterable[Triple], form: ox.RdfFormat, namespace: str) -> str:
    text = "".join(line(triple) for triple in ordered)
    used = {name: iri for name, iri in prefixes(namespace).items() if iri in text}
    parsed = ox.parse(text, ox.RdfFormat.N_TRIPLES)
    data = ox.serialize((quad.triple for quad in parsed), format=form, prefixes=used)
    assert data is not None  # with no output given, serialize returns bytes
    return data.decode()


def to_jsonld(triples: Iterable[Triple], namespace: str, subject: str) -> str:
    """Write compact JSON-LD (https://www.w3.org/TR/json-ld11/) with its context inside, as one object about `subject`.

    Args:
        triples: of one page: the resource, its parts, and the document itself.
        namespace: the ontology's, the `@vocab` of the context.
        subject: the resource, as N-Triples text; other subjects are nested where they are named, else under `@included`.
    """
    nodes: dict[str, dict[str, list[str]]] = {}
    for s, p, o in sorted(set(triples)):
        nodes.setdefault(s, {}).setdefault(p, []).append(o)
    writer = _JsonWriter(nodes, namespace)
    main = writer.node(subject)
    # A part that nothing names from the page still belongs to it.
    included = [writer.node(s) for s in nodes if s not in writer.written]
    document = {"@context": writer.context(), **main}
    if included:
        document["@included"] = included
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class _JsonWriter:
    def __init__(self, nodes: Mapping[str, Mapping[str, list[str]]], namespace: str) -> None:
        self._nodes = nodes
        self._namespace = namespace
        self._coercions = {p: self._coercion(p) for p in sorted({p for node in nodes.values() for p in node})}
        self.written: set[str] = set()

    def context(self) -> dict[str, Any]:
        """Return the context: prefixes that are used, and each property with the type of its values."""
        context: dict[str, Any] = {"@version": 1.1, "@vocab": self._namespace}
        keys = [self._key(p) for p in self._coercions]
        needed = [*keys, *(self._compact(o) for n in self._nodes.values() for o in n.get(RDF_TYPE, ()))]
        context |= {
            prefix: iri for prefix, iri in PREFIXES.items() if any(key.startswith(f"{prefix}:") for key in needed)
        }
        for predicate, (kind, value) in self._coercions.items():
            key = self._key(predicate)
            if key == "@type" or (kind is None and ":" in key):
                continue
            definition: dict[str, str] = {"@id": text_of(predicate)}
            if kind is not None:
                definition[kind] = value
            context[key] = definition
        return context

    def node(self, subject: str) -> dict[str, Any]:
        """Write a subject with all its properties, parts of the same page nested."""
        self.written.add(subject)
        out: dict[str, Any] = {"@id": text_of(subject)}
        properties = self._nodes.get(subject, {})
        if RDF_TYPE in properties:
            types = [self._compact(o) for o in properties[RDF_TYPE]]
            out["@type"] = types[0] if len(types) == 1 else types
        for predicate, objects in properties.items():
            if predicate != RDF_TYPE:
                values = [self._value(predicate, o) for o in objects]
                out[self._key(predicate)] = values[0] if len(values) == 1 else values
        return out

    def _value(self, predicate: str, term: str) -> Any:
        kind, value = self._coercions[predicate]
        if term.startswith("<"):
            if term in self._nodes and term not in self.written:
                return self.node(term)
            return text_of(term) if kind == "@type" and value == "@id" else {"@id": text_of(term)}
        mark, tag = _annotation(term)
        text = text_of(term)
        native = {f"{XSD}boolean": text == "true", f"{XSD}integer": int(text) if _is_integer(text) else text}.get(tag)
        if mark == "@type" and native is not None:
            return native
        if (mark, tag) == (kind, value) or (mark is None and kind is None):
            return text
        return {"@value": text} if mark is None else {"@value": text, mark: tag}

    def _coercion(self, predicate: str) -> tuple[str | None, str]:
        """Return what all values of a property share: `("@type", "@id")`, a datatype, a language, or nothing."""
        found = {
            ("@type", "@id") if o.startswith("<") else _annotation(o)
            for node in self._nodes.values()
            for o in node.get(predicate, ())
        }
        # Native JSON booleans and numbers need no datatype in the context.
        found = {(None, "") if tag in {f"{XSD}boolean", f"{XSD}integer"} else (mark, tag) for mark, tag in found}
        return found.pop() if len(found) == 1 else (None, "")

    def _key(self, predicate: str) -> str:
        return "@type" if predicate == RDF_TYPE else _NAMES.get(text_of(predicate)) or self._compact(predicate)

    def _compact(self, term: str) -> str:
        """Write an IRI of a term as its name in our vocabulary or with a prefix."""
        iri = text_of(term)
        if iri.startswith(self._namespace):
            return iri.removeprefix(self._namespace)
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri


def _is_integer(text: str) -> bool:
    """Tell whether a number is in canonical form, so that JSON gives it back as it is."""
    return text.lstrip("-").isdigit() and str(int(text)) == text


def _annotation(literal: str) -> tuple[str | None, str]:
    tail = literal[literal.rindex('"') + 1 :]
    if tail.startswith("@"):
        return "@language", tail[1:]
    if tail.startswith("^^"):
        return "@type", tail[3:-1]
    return None, ""
