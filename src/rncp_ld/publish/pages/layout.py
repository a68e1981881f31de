"""The layout of pages, read from the shapes: the shape that checks a class is the one that shows it.

A property shape with a group (https://www.w3.org/TR/shacl/#group) is a row of that group's section; one without a
group only checks. Nothing is lost: properties that no shape lays out come last, in "Autres".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, TypeAlias

from rncp_ld import resources
from rncp_ld.publish.pages.literals import sort_key, split_literal
from rncp_ld.publish.pages.names import FOREIGN, Namer
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.rdf.vocabulary import PREFIXES, RDFS_LABEL


def _sh(name: str) -> str:
    return f"<{PREFIXES['sh']}{name}>"


@dataclass(frozen=True, slots=True)
class Group:
    """A section of a page; `key` names it in the page's own addresses."""

    key: str
    label: str
    order: float


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a property on the pages of one class."""

    path: str
    name: str
    group: Group
    order: float


_Rank: TypeAlias = tuple[float, str, float, str]
"""What the places of a page are sorted by."""

OTHERS: Final = Group("autres", "Autres", float("inf"))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each property of each class stands, and what it is called.

    Attributes:
        slots: class → property → place.
        superclasses: class → classes above it, whose shapes serve where its own says nothing.
        names: property → its label in the ontology.
    """

    slots: Mapping[str, Mapping[str, Slot]]
    namer: Namer
    superclasses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    _ranked: dict[tuple[str, ...], dict[str, tuple[_Rank, Slot]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def place(self, types: Sequence[str], properties: Iterable[str]) -> list[Slot]:
        """Return the places of properties of a resource of these classes, in the order of its page."""
        known = self._ranked.setdefault(tuple(types), {})
        places = [known.get(path) or known.setdefault(path, self._rank(path, types)) for path in properties]
        return [slot for _, slot in sorted(places, key=itemgetter(0))]

    def _rank(self, path: str, types: Sequence[str]) -> tuple[_Rank, Slot]:
        classes = [*types, *(above for one in types for above in self.superclasses.get(one, ()))]
        tables = [self.slots[one] for one in classes if one in self.slots]
        found = next((table[path] for table in tables if path in table), None)
        slot = found or Slot(path, self.name(path), OTHERS, 0)
        return (slot.group.order, slot.group.key, slot.order, sort_key(slot.name)), slot

    def name(self, path: str) -> str:
        """Return what a property is called where no shape says it."""
        name = self.namer.name(path)
        label = self.names.get(path) or FOREIGN.get(name) or name
        return _typographic(label[:1].upper() + label[1:])


def read_layout(
    iris: Iris, namer: Namer, superclasses: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> Layout:
    """Read the layout from the shapes that ship with the project."""
    triples = [
        triple
        for path in resources.files("shapes", "*.ttl")
        for triple in parse_turtle(resources.read_rdf(path, iris.base))
    ]
    return Layout(read_slots(triples), namer, superclasses, names)


def read_slots(triples: Iterable[Triple]) -> dict[str, dict[str, Slot]]:
    """Return class → property → place; where two shapes show one property, the one of the lower order."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for s, p, o in sorted(triples):
        nodes.setdefault(s, {}).setdefault(p, []).append(o)
    slots: dict[str, dict[str, Slot]] = {}
    for shape in sorted(nodes):
        for target in nodes[shape].get(_sh("targetClass"), ()):
            rows = slots.setdefault(target, {})
            for part in _properties(shape, nodes, frozenset()):
                slot = _read_slot(nodes.get(part, {}), nodes)
                if slot and (slot.path not in rows or slot.order < rows[slot.path].order):
                    rows[slot.path] = slot
    return slots


def _properties(shape: str, nodes: Mapping[str, Mapping[str, list[str]]], seen: frozenset[str]) -> list[str]:
    """Return the property shapes of a node shape and of those that it builds on (sh:node)."""
    if shape in seen:
        return []
    node = nodes.get(shape, {})
    inherited = [one for other in node.get(_sh("node"), ()) for one in _properties(other, nodes, seen | {shape})]
    return [*node.get(_sh("property"), ()), *inherited]


def _read_slot(node: Mapping[str, list[str]], nodes: Mapping[str, Mapping[str, list[str]]]) -> Slot | None:
    paths, groups = node.get(_sh("path")), node.get(_sh("group"))
    if not paths or not groups or not paths[0].startswith("<"):
        return None
    group = nodes.get(groups[0], {})
    key = groups[0][1:-1].rpartition("#")[2].removeprefix("group-")
    section = Group(key, _text(group.get(RDFS_LABEL), key), _number(group))
    return Slot(paths[0], _text(node.get(_sh("name")), key), section, _number(node))


def _typographic(label: str) -> str:
    """Write a label with the apostrophe of print; the files of the project are typed with the other one."""
    return label.replace("'", "’")


def _text(values: Sequence[str] | None, default: str) -> str:
    french = [value for value in values or () if value.endswith("@fr")] or list(values or ())
    return _typographic(split_literal(french[0])[0]) if french else default


def _number(node: Mapping[str, list[str]]) -> float:
    """Return the sh:order; without one, after all that have one (https://www.w3.org/TR/shacl/#order)."""
    values = node.get(_sh("order"))
    return float(split_literal(values[0])[0]) if values else float(10**9)
