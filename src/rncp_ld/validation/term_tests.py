r"""Tells from the N-Triples text of a term that it surely meets a constraint on values, without making the term.

Each function makes of a parameter's value in the shapes graph a test over text, or None where it knows none. A test that
says True is sure: pySHACL has no result for this value. One that says False says nothing: pySHACL will look. So what is rare
(a typed string, an escaped sign in a code, the 29th of February) is not worth a rule here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rdflib import RDF, SH, XSD, Graph, Literal
from rdflib.term import Node

Test = Callable[[str], object]
"""A true value says that the term surely meets the constraint."""

_DAY = r"""(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"""
_LEXICAL: Mapping[Node, str] = {
    XSD.boolean: "true|false",
    XSD.date: _DAY,
    XSD.duration: "P[0-9]{1,3}[YMD]",
    XSD.gYear: "[0-9]{4}",
    XSD.integer: "-?[0-9]{1,18}",
}
"""Datatype → lexical forms that are well-typed beyond doubt: the canonical ones that our mapping writes."""


def _typed(datatype: Node, lexical: str) -> re.Pattern[str]:
    """Return the pattern of a well-typed literal; its group 1 is the lexical form."""
    return re.compile(rf'"({lexical})"\^\^<{re.escape(str(datatype))}>')


_TYPED = {kind: _typed(kind, lexical) for kind, lexical in _LEXICAL.items()}
_DATE, _INTEGER = _TYPED[XSD.date], _TYPED[XSD.integer]


def is_iri(text: str) -> bool:
    """Tell an IRI."""
    return text.startswith("<")


def is_literal(text: str) -> bool:
    """Tell a literal."""
    return text.startswith('"')


def is_string(text: str) -> bool:
    """Tell a plain literal, the way our mapping writes an xsd:string."""
    return text.endswith('"')


def is_language_tagged(text: str) -> bool:
    """Tell a literal with a language."""
    return text.startswith('"') and not text.endswith(('"', ">"))


def node_kind(_: Graph, kind: Node) -> Test | None:
    """Make the test of sh:nodeKind."""
    tests: Mapping[Node, Test] = {SH.IRI: is_iri, SH.Literal: is_literal}
    return tests.get(kind)


def datatype(_: Graph, kind: Node) -> Test | None:
    """Make the test of sh:datatype."""
    tests: Mapping[Node, Test] = {XSD.string: is_string, RDF.langString: is_language_tagged}
    return tests.get(kind) or (_TYPED[kind].fullmatch if kind in _TYPED else None)


def language_in(graph: Graph, languages: Node) -> Test | None:
    """Make the test of sh:languageIn: one of the tags as it is listed, in small letters and without subtag."""
    endings = tuple(f'"@{str(language).lower()}' for language in graph.items(languages))
    return lambda text: text.endswith(endings)


def value_in(graph: Graph, values: Node) -> Test | None:
    """Make the test of sh:in."""
    listed = frozenset(text_of(value) for value in graph.items(values))
    return listed.__contains__


def pattern(_: Graph, value: Node) -> Test | None:
    """Make the test of sh:pattern, with Python's regular expressions as in pySHACL."""
    search = re.compile(str(value)).search

    def test(text: str) -> object:
        # IRIs and plain literals as they are: the string of others may be another than they show.
        return (text.startswith("<") or text.endswith('"')) and "\\" not in text and search(text[1:-1])

    return test


def min_length(_: Graph, value: Node) -> Test | None:
    """Make the test of sh:minLength, of literals without datatype."""
    least = integer(value)
    if least is None:
        return None

    def test(text: str) -> bool:
        size = text.rfind('"') - 1
        # The longest way to write one sign is \\UXXXXXXXX.
        return not text.endswith(">") and (size >= 10 * least or (size >= least and "\\" not in text))

    return test


def max_length(_: Graph, value: Node) -> Test | None:
    """Make the test of sh:maxLength; a literal's text is never shorter than the literal."""
    most = integer(value)
    return None if most is None else lambda text: len(text) <= most


def min_inclusive(_: Graph, value: Node) -> Test | None:
    """Make the test of sh:minInclusive between integers."""
    least = integer(value)
    return None if least is None else lambda text: (found := integer_of(text)) is not None and found >= least


def max_inclusive(_: Graph, value: Node) -> Test | None:
    """Make the test of sh:maxInclusive between integers."""
    most = integer(value)
    return None if most is None else lambda text: (found := integer_of(text)) is not None and found <= most


VALUE_TESTS: Mapping[Node, Callable[[Graph, Node], Test | None]] = {
    SH.nodeKind: node_kind,
    SH.datatype: datatype,
    SH.languageIn: language_in,
    SH["in"]: value_in,
    SH.pattern: pattern,
    SH.minLength: min_length,
    SH.maxLength: max_length,
    SH.minInclusive: min_inclusive,
    SH.maxInclusive: max_inclusive,
}
"""Parameter → what makes its test. Each value is tested for itself (https://www.w3.org/TR/shacl/#core-components)."""


def text_of(term: Node) -> str:
    """Return a term of the shapes as text; where N-Triples would write it otherwise no text equals it."""
    return term.n3() if isinstance(term, Literal) else f"<{term}>"


def integer(value: Node) -> int | None:
    """Return a parameter's value if it is an integer."""
    return value.value if isinstance(value, Literal) and value.datatype == XSD.integer else None


def integer_of(text: str) -> int | None:
    """Return the value of an xsd:integer that is surely well-typed."""
    found = _INTEGER.fullmatch(text)
    return int(found[1]) if found else None


def date_of(text: str) -> str | None:
    """Return the lexical form of an xsd:date that is surely well-typed; it sorts as the date does."""
    found = _DATE.fullmatch(text)
    return found[1] if found else None
