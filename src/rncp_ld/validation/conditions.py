"""Checks "one of these shapes holds" (sh:or) for many resources at once.

pySHACL evaluates every member of a sh:or anew for each focus node, also when the first one holds; this took as long as
all other constraints together. Here a member is evaluated once for all nodes that no earlier member held for. A node
fails when it conforms to no member (https://www.w3.org/TR/shacl/#OrConstraintComponent); a property shape that nests no
other shape has a result for a node exactly where that node does not conform, so who failed can be read off the results.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, Graph
from rdflib.term import Node

_NESTING = (SH.property, SH.node, SH["or"], SH["and"], SH["not"], SH.xone, SH.qualifiedValueShape, SH.sparql)


@dataclass(frozen=True, slots=True)
class Condition:
    """A node shape that only says sh:or, over property shapes.

    Attributes:
        shape: the node shape.
        targets: its target classes.
        members: the property shapes, in the order of the list.
        severity: of its results.
    """

    shape: Node
    targets: tuple[Node, ...]
    members: tuple[Node, ...]
    severity: Node

    def failing(self, graph: Graph, shapes: ShapesGraph, executor: SHACLExecutor) -> Iterator[Node]:
        """Yield the focus nodes that conform to no member."""
        remaining: set[Any] = {node for cls in self.targets for node in graph.subjects(RDF.type, cls)}
        for member in self.members:
            if not remaining:
                return
            _, results = shapes.lookup_shape_from_node(member).validate(executor, graph, focus=[*remaining])
            remaining = {_focus(triples) for _, _, triples in results}
        yield from remaining


def _focus(result: list[tuple[Node, Node, tuple[object, Node]]]) -> Node:
    """Return the focus node of a result; pySHACL keeps beside each node the graph that it comes from."""
    return next(value[1] for _, predicate, value in result if predicate == SH.focusNode)


def conditions_of(graph: Graph) -> tuple[Condition, ...]:
    """Return the shapes that can be checked so; any other sh:or stays with pySHACL."""
    found = []
    for shape, members in sorted(graph.subject_objects(SH["or"]), key=str):
        parts = tuple(graph.items(members))
        alone = not any(graph.value(shape, p) for p in (SH.path, SH.property, SH.node, SH.sparql))
        plain = all(graph.value(m, SH.path) and not any(graph.value(m, p) for p in _NESTING) for m in parts)
        targets = tuple(sorted(graph.objects(shape, SH.targetClass), key=str))
        if targets and alone and plain:
            found.append(Condition(shape, targets, parts, graph.value(shape, SH.severity) or SH.Violation))
    return tuple(found)
