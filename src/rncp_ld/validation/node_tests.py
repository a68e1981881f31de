"""Tells that a focus node surely meets a constraint that looks at more than one value, from text; see `term_tests`.

Each function makes of a parameter's value in the shapes graph a test of a node, or None where it knows none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rdflib import SH, Literal
from rdflib.term import Node

from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.validation.graph import About, Index
from rncp_ld.validation.term_tests import date_of, integer_of, text_of

NodeTest = Callable[[Sequence[str], About, Index], bool]
"""Given the value nodes, all that is said of the focus node, and the chunk, says whether the constraint is surely met."""


def of_class(cls: Node) -> NodeTest:
    """Make the test of sh:class: each value has the type itself, in the same chunk."""
    name = text_of(cls)

    def test(values: Sequence[str], _: About, index: Index) -> bool:
        return all(value in index and name in index[value].get(RDF_TYPE, ()) for value in values)

    return test


def has_value(value: Node) -> NodeTest:
    """Make the test of sh:hasValue."""
    text = text_of(value)
    return lambda values, _about, _index: text in values


def disjoint(other: Node) -> NodeTest:
    """Make the test of sh:disjoint; literals may be equal though their texts differ, IRIs not."""
    predicate = text_of(other)

    def test(values: Sequence[str], about: About, _: Index) -> bool:
        others = about.get(predicate)
        return not others or all(value.startswith("<") and value not in others for value in values)

    return test


def less_than_or_equals(other: Node) -> NodeTest:
    """Make the test of sh:lessThanOrEquals between dates, or between integers."""
    predicate = text_of(other)

    def test(values: Sequence[str], about: About, _: Index) -> bool:
        others = about.get(predicate)
        return not others or all(_ordered(value, bound) for value in values for bound in others)

    return test


def _ordered(value: str, bound: str) -> bool:
    if (first := date_of(value)) is not None and (last := date_of(bound)) is not None:
        return first <= last
    low, high = integer_of(value), integer_of(bound)
    return low is not None and high is not None and low <= high


def unique_language(wanted: Node) -> NodeTest | None:
    """Make the test of sh:uniqueLang: no language comes twice."""
    if not isinstance(wanted, Literal) or wanted.value is not True:
        return None

    def test(values: Sequence[str], _about: About, _index: Index) -> bool:
        languages = [text[text.rfind('"') :].lower() for text in values]
        return len(set(languages)) == len(languages)

    return test


NODE_TESTS: Mapping[Node, Callable[[Node], NodeTest | None]] = {
    SH["class"]: of_class,
    SH.hasValue: has_value,
    SH.disjoint: disjoint,
    SH.lessThanOrEquals: less_than_or_equals,
    SH.uniqueLang: unique_language,
}
"""Parameter → what makes its test (https://www.w3.org/TR/shacl/#core-components)."""
