"""Writes JSON-LD that is meant to be read as plain JSON: one object a page, its parts nested where they are first named.

The JSON is written as text, byte for byte as `json.dumps(…, ensure_ascii=False, indent=1)` would write it: the canonical
N-Triples text of a literal is, between its quotes, JSON already, and the module `json` has no fast way to indent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final, TypeAlias

from rncp_ld.rdf.terms import XSD, Node
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

_NAMES = {f"<{PREFIXES[prefix]}{name}>": name for prefix, names in _ALIASES.items() for name in names}

Coercion: TypeAlias = tuple[str, str]
"""What the context says of all values of a property: a keyword (`@type`, `@language`, "" for nothing) and its value."""

_NONE: Final = ("", "")
_IRI: Final = ("@type", "@id")
_FRENCH: Final = ("@language", "fr")
_BOOLEAN: Final = f"^^<{XSD}boolean>"
_INTEGER: Final = f"^^<{XSD}integer>"

_MEMBER: Final = "\n "
"""The line break before each member of the outer object."""


@cache
def json_writer(namespace: str) -> JsonWriter:
    """Return the writer for an ontology's namespace; there is one a process, which remembers what it learned."""
    return JsonWriter(namespace)


class JsonWriter:
    """Writes nodes as compact JSON-LD (https://www.w3.org/TR/json-ld11/) with its context inside."""

    def __init__(self, namespace: str) -> None:
        self._names = _Names(namespace)

    def write(self, nodes: Mapping[str, Node], subject: str) -> str:
        """Write nodes as one object about a subject.

        Args:
            nodes: subject → predicate → objects, as `group_triples` gives them, without blank nodes.
            subject: the resource; other subjects are nested where they are named, else under `@included`.
        """
        document = _Document(nodes, self._names)
        members = document.members(subject, _MEMBER)
        # A part that nothing names from the page still belongs to it.
        included = [document.part(one, f"{_MEMBER} ") for one in nodes if one not in document.written]
        if included:
            members.append(f'"@included": {_list(included, _MEMBER)}')
        context = self._names.context(tuple(document.coercions.items()), frozenset(document.types))
        return _object([f'"@context": {context}', *members], "\n") + "\n"


class _Names:
    """Names of terms in the JSON, and contexts; each made once.

    Attributes:
        context: the context of a document: prefixes that are used, and each property with the type of its values.
    """

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._known = dict(_NAMES)
        self.context = lru_cache(maxsize=2_000)(self._context)

    def name(self, term: str) -> str:
        """Write a property or a class as its name in our vocabulary, or with a prefix."""
        name = self._known.get(term)
        if name is None:
            name = self._known[term] = self._compact(term[1:-1])
        return name

    def _compact(self, iri: str) -> str:
        if iri.startswith(self._namespace):
            return iri.removeprefix(self._namespace)
        fits = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space))
        prefix, space = next(fits, ("", ""))
        return f"{prefix}:{iri.removeprefix(space)}" if prefix else iri

    def _context(self, coercions: tuple[tuple[str, Coercion], ...], types: frozenset[str]) -> str:
        """Return the context of documents with these properties and classes: most have one of a few hundred."""
        needed = {self.name(term).partition(":")[0] for term in (*dict(coercions), *types)}
        members = ['"@version": 1.1', f'"@vocab": "{self._namespace}"']
        members += [f'"{prefix}": "{space}"' for prefix, space in PREFIXES.items() if prefix in needed]
        members += filter(None, [self._definition(p, coercion) for p, coercion in sorted(coercions)])
        return _object(members, _MEMBER)

    def _definition(self, predicate: str, coercion: Coercion) -> str:
        """Return what the context says of a property; a prefixed name needs nothing said but the type of its values."""
        key, (keyword, value) = self.name(predicate), coercion
        said = [f'"@id": "{predicate[1:-1]}"', *([f'"{keyword}": "{value}"'] if keyword else [])]
        return "" if ":" in key and not keyword else f'"{key}": {_object(said, _MEMBER + " ")}'


class _Document:
    """One document while it is being written.

    Attributes:
        coercions: property → what all of its values share.
        types: all classes that it names.
        written: subjects that stand in it already.
    """

    def __init__(self, nodes: Mapping[str, Node], names: _Names) -> None:
        self._nodes = nodes
        self._names = names
        self.coercions: dict[str, Coercion] = {}
        self.types: set[str] = set()
        self.written: set[str] = set()
        for node in nodes.values():
            for predicate, objects in node.items():
                if predicate == RDF_TYPE:
                    self.types.update(objects)
                    continue
                shared = self.coercions.get(predicate)
                if shared is _NONE:
                    continue
                for term in objects:
                    found = _coercion(term)
                    if shared is None:
                        shared = found
                    elif found != shared:
                        shared = _NONE
                self.coercions[predicate] = shared or _NONE

    def part(self, subject: str, line: str) -> str:
        """Write a subject as an object; `line` is the line break before its last brace."""
        return _object(self.members(subject, f"{line} "), line)

    def members(self, subject: str, line: str) -> list[str]:
        """Write a subject's properties, parts of the same page nested; `line` is the line break before each."""
        self.written.add(subject)
        members = [f'"@id": "{subject[1:-1]}"']
        node = self._nodes.get(subject, {})
        name, inner = self._names.name, f"{line} "
        if RDF_TYPE in node:
            types = [f'"{self._names.name(term)}"' for term in node[RDF_TYPE]]
            members.append(f'"@type": {types[0] if len(types) == 1 else _list(types, line)}')
        for predicate, objects in node.items():
            if predicate == RDF_TYPE:
                continue
            coercion = self.coercions[predicate]
            if len(objects) == 1:
                text = self._value(objects[0], coercion, line)
            else:
                text = _list([self._value(term, coercion, inner) for term in objects], line)
            members.append(f'"{name(predicate)}": {text}')
        return members

    def _value(self, term: str, coercion: Coercion, line: str) -> str:
        if term[0] == "<":
            if term in self._nodes and term not in self.written:
                return self.part(term, line)
            text = f'"{term[1:-1]}"'
            return text if coercion is _IRI else _object([f'"@id": {text}'], line)
        text = term[: term.rfind('"') + 1]
        # What all values of the property share stands in the context.
        return text if coercion is not _NONE else self._odd(text, term, line)

    @staticmethod
    def _odd(text: str, term: str, line: str) -> str:
        """Write a literal that the context says nothing of: with its own language or type, or as JSON has it."""
        tail = term[len(text) :]
        if tail == _BOOLEAN:
            return "true" if text == '"true"' else "false"
        if tail == _INTEGER:
            return text[1:-1] if _is_integer(text[1:-1]) else text
        keyword, value = _coercion(term)
        return _object([f'"@value": {text}', f'"{keyword}": "{value}"'], line) if keyword else text


def _coercion(term: str) -> Coercion:
    """Return what the context could say of a value; native booleans and numbers need nothing."""
    if term[0] == "<":
        return _IRI
    if term.endswith('"@fr'):
        return _FRENCH
    tail = term[term.rfind('"') + 1 :]
    if tail in ("", _BOOLEAN, _INTEGER):
        return _NONE
    return ("@language", tail[1:]) if tail[0] == "@" else ("@type", tail[3:-1])


def _is_integer(text: str) -> bool:
    """Tell whether a number is in canonical form, so that JSON gives it back as it is."""
    return text.lstrip("-").isdigit() and str(int(text)) == text


def _object(members: Iterable[str], line: str) -> str:
    """Write an object; `line` is the line break before its last brace."""
    inner = f"{line} "
    return f"{{{inner}{f',{inner}'.join(members)}{line}}}"


def _list(values: Iterable[str], line: str) -> str:
    """Write a list; `line` is the line break before its last bracket."""
    inner = f"{line} "
    return f"[{inner}{f',{inner}'.join(values)}{line}]"
