r"""RDF terms as their N-Triples text: a triple is three strings, and mapping and dumps are string work.

Measured: a triple as N-Triples text costs about a tenth of one made of rdflib terms. Literals are written in the
canonical form of N-Triples (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples), as the store gives them back:
`"`, `\` and control characters are escaped, nothing else is. That form is at once Turtle's and, between its quotes, JSON's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

Triple: TypeAlias = tuple[str, str, str]
"""Subject, predicate and object, each as N-Triples text: `<iri>`, `"text"`, `"texte"@fr`, `"1"^^<…>`."""

Node: TypeAlias = Mapping[str, list[str]]
"""Properties of a subject: predicate → objects, in order of text."""

XSD = "http://www.w3.org/2001/XMLSchema#"
TRUE = f'"true"^^<{XSD}boolean>'
FALSE = f'"false"^^<{XSD}boolean>'


def iri(value: str) -> str:
    """Write an IRI; the caller vouches that it is one (`rdf.iris` mints ours, `safe_web_iri` makes those of sources)."""
    return f"<{value}>"


def _escape(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if '"' in text:
        text = text.replace('"', '\\"')
    if "\n" in text:
        text = text.replace("\n", "\\n")
    # Most texts hold no other control character, and a test of the whole is much cheaper than a search.
    if not text.isprintable():
        text = _CONTROL.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return text


_SHORT = {"\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")


def string(text: str) -> str:
    """Write a plain `xsd:string`: codes, notations, numbers."""
    return f'"{_escape(text)}"'


def french(text: str) -> str:
    """Write a French text."""
    return f'"{_escape(text)}"@fr'


def boolean(value: bool) -> str:
    """Write an `xsd:boolean`."""
    return TRUE if value else FALSE


def integer(value: int) -> str:
    """Write an `xsd:integer`."""
    return f'"{value}"^^<{XSD}integer>'


def year(value: int) -> str:
    """Write an `xsd:gYear`."""
    return f'"{value:04d}"^^<{XSD}gYear>'


def day(value: date) -> str:
    """Write an `xsd:date`."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def duration(value: str) -> str:
    """Write an `xsd:duration` ("P5Y")."""
    return f'"{value}"^^<{XSD}duration>'


def line(triple: Triple) -> str:
    r"""Write a triple as a line of N-Triples.

    >>> line(("<a:s>", "<a:p>", french("« été »")))
    '<a:s> <a:p> "« été »"@fr .\n'
    """
    return f"{triple[0]} {triple[1]} {triple[2]} .\n"


def text_of(term: str) -> str:
    r"""Return the text of a literal, or the address of an IRI, from its N-Triples text.

    >>> text_of('"a\\"b"@fr'), text_of("<https://w3id.org/rncp/rome/K1205>")
    ('a"b', 'https://w3id.org/rncp/rome/K1205')
    """
    if term.startswith("<"):
        return term[1:-1]
    body = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescape, body) if "\\" in body else body


_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _SIGNS.get(match[2], match[2])


def group_triples(triples: Iterable[Triple]) -> dict[str, dict[str, list[str]]]:
    """Group triples by subject and predicate, each once and everything in order of text."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for s, p, o in triples:
        nodes.setdefault(s, {}).setdefault(p, []).append(o)
    return {
        subject: {p: objects if len(objects) == 1 else sorted(set(objects)) for p, objects in sorted(node.items())}
        for subject, node in sorted(nodes.items())
    }
