"""Joins the tests of all shapes that look at resources with the same types, so that most triples cost one look into a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from rdflib.term import Node

from rncp_ld.validation.graph import About, Index
from rncp_ld.validation.node_tests import NodeTest
from rncp_ld.validation.shape_tests import MANY, PropertyTest, ShapeTest
from rncp_ld.validation.term_tests import Test

_LONG = 200
"""Signs of a term that is not remembered."""

_REMEMBERED = 4096
"""Terms whose verdict is remembered, per predicate: those of some hundred fiches."""

Tests = tuple[tuple[Node, ShapeTest], ...]
"""Shapes, each with its test."""


class _Verdicts(dict[str, bool]):
    """Remembers what tests say of a term; most IRIs, dates and numbers come many times."""

    def __init__(self, tests: Iterable[Test]) -> None:
        super().__init__()
        self._tests = tuple(tests)

    def __missing__(self, text: str) -> bool:
        verdict = all(test(text) for test in self._tests)
        if len(text) <= _LONG:
            if len(self) == _REMEMBERED:
                self.clear()
            self[text] = verdict
        return verdict


_Row = tuple[int, Test, tuple[NodeTest, ...]]
"""What is asked of the values of one predicate by all property shapes and the closure: at most, test of each, tests of all."""


class Rows(dict[str, _Row]):
    """Predicate → what is asked of it. What no shape asks about must still be declared."""

    def __init__(self, tests: Iterable[PropertyTest], is_declared: Test) -> None:
        super().__init__()
        self._is_declared = is_declared
        by_path: dict[str, list[PropertyTest]] = {}
        for test in tests:
            by_path.setdefault(test.path, []).append(test)
        for path, of_path in by_path.items():
            self._add(path, of_path)

    def __missing__(self, predicate: str) -> _Row:
        return self._add(predicate, ())

    def doubt(self, predicate: str) -> None:
        """Make every resource with this predicate doubtful."""
        most, test, _ = self[predicate]
        self[predicate] = most, test, (_doubt,)

    def _add(self, predicate: str, tests: Sequence[PropertyTest]) -> _Row:
        values = list(dict.fromkeys(test for one in tests for test in one.values))
        # A text is long, hardly ever comes twice, and is no term of the ontology.
        is_text = any(one.is_text for one in tests)
        self[predicate] = row = (
            min((one.most for one in tests), default=MANY),
            reduce(_both, values) if is_text else _Verdicts([self._is_declared, *values]).__getitem__,
            tuple(test for one in tests for test in one.nodes) if self._is_declared(predicate) else (_doubt,),
        )
        return row


def _both(first: Test, second: Test) -> Test:
    return lambda text: first(text) and second(text)


def _doubt(_values: Sequence[str], _about: About, _index: Index) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Plan:
    """The tests of resources with the same types.

    Attributes:
        is_focus: whether a shape targets one of their types.
        required: predicates that must be there.
        rows: the joined tests, by predicate.
        joined: the shapes of `required` and `rows`, to ask which one is in doubt.
        alone: shapes that are always asked one by one.
    """

    is_focus: bool
    required: frozenset[str]
    rows: Rows
    joined: Tests
    alone: Tests

    def is_sure(self, about: About, index: Index) -> bool:
        """Tell that no joined test is in doubt. Most of the check's time goes here."""
        if not self.required <= about.keys():
            return False
        rows = self.rows
        for predicate, values in about.items():
            most, test, node_tests = rows[predicate]
            if len(values) > most:
                return False
            for value in values:
                if not test(value):
                    return False
            for node_test in node_tests:
                if not node_test(values, about, index):
                    return False
        return True
