"""Makes tests of the shapes graph: each says of a resource, from text, that a shape surely has no result for it.

A test is sure only where a table knows every parameter of the shape (`term_tests`, `node_tests`); a parameter, path or list
that none knows makes a test that never is. So nothing of the shapes is written down a second time, and a shape that says
something new costs time, not findings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from rncp_ld.validation.graph import About, Index
from rncp_ld.validation.node_tests import NODE_TESTS, NodeTest
from rncp_ld.validation.term_tests import VALUE_TESTS, Test, integer, text_of

ShapeTest = Callable[[About, Index], bool]
"""Given what is said of a resource, and the chunk, says whether the shape surely has no result for it."""

TARGETS = (SH.targetClass, SH.targetSubjectsOf)
"""Targets that the prefilter knows."""

MANY = 1 << 30
"""More values than any resource has."""

_REMARKS = frozenset(
    {
        RDF.type,
        RDFS.label,
        RDFS.isDefinedBy,
        SH.name,
        SH.description,
        SH.message,
        SH.severity,
        SH.group,
        SH.order,
        *TARGETS,
    }
)


@dataclass(frozen=True, slots=True)
class PropertyTest:
    """The test of a property shape.

    Attributes:
        path: the predicate.
        least: values at least, 0 or 1.
        most: values at most.
        values: tests of each value.
        nodes: tests of all values together.
        is_text: whether each value surely has a language.
    """

    path: str
    least: int
    most: int
    values: tuple[Test, ...]
    nodes: tuple[NodeTest, ...]
    is_text: bool

    def __call__(self, about: About, index: Index) -> bool:
        """See `ShapeTest`."""
        values = about.get(self.path, ())
        return (
            self.least <= len(values) <= self.most
            and all(test(value) for test in self.values for value in values)
            and all(test(values, about, index) for test in self.nodes)
        )


def unknown(_about: About, _index: Index) -> bool:
    """Be sure of nothing."""
    return False


class ShapeTests:
    """Makes the tests of the shapes of a graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._made: dict[tuple[Node, Node], Test | None] = {}

    def of(self, shape: Node) -> list[tuple[Node, ShapeTest]]:
        """Return the shapes that a shape comes down to, with their tests.

        The results of sh:property are those of the property shape for each value node, and the value node of a node shape is
        its focus node (https://www.w3.org/TR/shacl/#PropertyConstraintComponent): so a node shape that only names property
        shapes comes down to them.
        """
        parameters = set(self._graph.predicates(shape)) - _REMARKS
        if SH.path in parameters:
            return [(shape, self._property(shape))]
        if parameters == {SH.property}:
            return [(part, self._property(part)) for part in sorted(self._graph.objects(shape, SH.property), key=str)]
        return [(shape, self._or(shape) if parameters == {SH["or"]} else unknown)]

    def _or(self, shape: Node) -> ShapeTest:
        """Make the test of sh:or: of each list, one of the property shapes surely holds."""
        lists = [list(map(self._property, self._graph.items(head))) for head in self._graph.objects(shape, SH["or"])]
        return lambda about, index: all(any(test(about, index) for test in tests) for tests in lists)

    def _property(self, shape: Node) -> ShapeTest:
        path = self._graph.value(shape, SH.path)
        least, most, values, nodes = 0, MANY, list[Test](), list[NodeTest]()
        for parameter, value in self._graph.predicate_objects(shape):
            count = integer(value)
            if parameter in _REMARKS or parameter == SH.path:
                continue
            if parameter == SH.maxCount and count is not None:
                most = min(most, count)
            elif parameter == SH.minCount and count in {0, 1}:  # two texts may be one term, so no count of 2 is sure
                least = max(least, count or 0)
            elif (test := self._value_test(parameter, value)) is not None:
                values.append(test)
            elif parameter in NODE_TESTS and (node_test := NODE_TESTS[parameter](value)) is not None:
                nodes.append(node_test)
                least = max(least, parameter == SH.hasValue)
            else:
                return unknown
        if not isinstance(path, URIRef):
            return unknown
        is_text = self._graph.value(shape, SH.languageIn) is not None
        return PropertyTest(text_of(path), least, most, tuple(values), tuple(nodes), is_text)

    def _value_test(self, parameter: Node, value: Node) -> Test | None:
        """Make a test of values once, so that shapes that say the same have the same."""
        if (parameter, value) not in self._made:
            make = VALUE_TESTS.get(parameter)
            self._made[parameter, value] = make(self._graph, value) if make else None
        return self._made[parameter, value]
