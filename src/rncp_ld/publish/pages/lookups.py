"""What links need to know of every resource: label, code, classes, whether it is inactive; taken from the graph part by part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from rncp_ld.publish.pages.kinds import KINDS, kind, kind_of_path
from rncp_ld.publish.pages.literals import NBSP, sort_key, split_literal
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import FALSE, Triple
from rncp_ld.rdf.vocabulary import BROADER, DERIVED_FROM, NOTATION, PREFIXES, RDF_TYPE, RDFS_LABEL
from rncp_ld.store.store import GraphStore

State: TypeAlias = tuple[str, str]
"""Of a resource: in the masculine, in the feminine."""

INACTIVE: Final = ("inactif", "inactive")
UNDESCRIBED: Final = ("non décrit", "non décrite")
WITHDRAWN: Final = ("retiré", "retirée")

_RANKS: Final[Mapping[State | None, int]] = {INACTIVE: 1, UNDESCRIBED: 2, WITHDRAWN: 3}
"""Order of lists: what is in none of these states comes first."""

_CODE = re.compile(r"[A-Z]*[0-9]+[A-Z0-9]*[a-z]?|[A-Z]+")
"""Segments that are a code as a source writes it: "RNCP2383BC01", "K1205", "332t", "TP"."""

_SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"


@dataclass(frozen=True, slots=True)
class Lookups:
    """Of all resources that have a page, and of terms.

    Attributes:
        base: `<` and the base of our IRIs.
        labels: French label by IRI, of pages, of the ontology's terms, and of foreign resources that we label.
        codes: code or notation by IRI, of pages.
        types: classes by IRI, of pages; its keys are all pages, sorted.
        states: what a link says of what it leads to: an inactive certification, a code that no source describes.
        ambiguous: labels that several organisations share.
        superclasses: class → the classes above it, nearest first.
        broader: page → the page of what it is narrower than, where trails go up further.
        series: fiche (`…#fiche`) → the series of sources that it was read from.
    """

    base: str
    labels: Mapping[str, str]
    codes: Mapping[str, str]
    types: Mapping[str, tuple[str, ...]]
    states: Mapping[str, State]
    ambiguous: frozenset[str]
    superclasses: Mapping[str, tuple[str, ...]]
    broader: Mapping[str, str]
    series: Mapping[str, str]

    def path(self, resource: str) -> str:
        """Return the path of a page of ours: `rome/K1205`."""
        return resource[len(self.base) : -1]

    def label(self, term: str) -> str:
        """Return the label of a term; where it has none, the end of its address."""
        return self.labels.get(term) or term[1:-1].rstrip("/#").rpartition("#")[2].rpartition("/")[2]

    def code(self, resource: str) -> str:
        """Return the code that a link to a resource starts with, "" for kinds that are known by their label."""
        shown = KINDS.get(kind_of_path(self.path(resource)))
        code = self.codes.get(resource, "") if shown and shown.shows_code else ""
        return "" if code and self.labels.get(resource, "").startswith(code) else code

    def order(self, resource: str) -> tuple[int, str, str]:
        """Return what lists are sorted by: what is inactive or not described last, then code or label, then IRI."""
        path = self.path(resource)
        shown = KINDS.get(kind_of_path(path))
        name = "" if shown and shown.by_code else sort_key(self.label(resource))
        return _RANKS.get(self.states.get(resource), 0), name, path

    def note(self, resource: str) -> str:
        """Return what a link says of the state of what it leads to: "inactive" of a certification, else ""."""
        state = self.states.get(resource)
        return kind(kind_of_path(self.path(resource))).agree(state) if state else ""

    def detail(self, resource: str) -> str:
        """Return the SIREN or SIRET of an organisation whose name does not say which one it is, else "".

        A legal entity has the name of its establishment, and so always says its SIREN.
        """
        path = self.path(resource)
        if not path.startswith(("organisation/siret-", "organisation/siren-")):
            return ""
        register, _, digits = path.removeprefix("organisation/").partition("-")
        if register == "siret" and self.labels.get(resource) not in self.ambiguous:
            return ""
        groups = [digits[0:3], digits[3:6], digits[6:9], digits[9:]]
        return NBSP.join([register.upper(), *(group for group in groups if group)])


Pairs: TypeAlias = list[tuple[str, str]]
"""Subject and object of the triples with one property."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What links need to know of the resources of a part of the graph; all triples of a subject are in one part.

    Attributes:
        labels, codes, types, states, broader, series: as in `Lookups`.
        above: (class, the one directly above it).
    """

    labels: dict[str, str]
    codes: dict[str, str]
    types: dict[str, tuple[str, ...]]
    states: dict[str, State]
    broader: dict[str, str]
    series: dict[str, str]
    above: Pairs


def entries_of(triples: Iterable[Triple], iris: Iris) -> Entries:
    """Return the labels, codes and classes of a part of the graph; of fragments of pages only the labels."""
    rncp, base = iris.rncp, f"<{iris.base}"
    asked = (RDF_TYPE, RDFS_LABEL, NOTATION, rncp.code, rncp.isActive, BROADER, DERIVED_FROM, _SUBCLASS)
    pairs: dict[str, Pairs] = {predicate: [] for predicate in asked}
    for subject, predicate, value in triples:
        if predicate in pairs:
            pairs[predicate].append((subject, value))
    labels = _labels(pairs[RDFS_LABEL])
    found: dict[str, list[str]] = {}
    for subject, value in pairs[RDF_TYPE]:
        if "#" not in subject and subject.startswith(base):
            found.setdefault(subject, []).append(value)
    for subject in labels:
        if "#" not in subject and subject.startswith(base):
            found.setdefault(subject, [])
    types = {subject: tuple(sorted(classes)) for subject, classes in found.items()}
    states = {subject: INACTIVE for subject, value in pairs[rncp.isActive] if value == FALSE}
    for one, state in ((rncp.UndescribedResource, UNDESCRIBED), (rncp.Withdrawn, WITHDRAWN)):
        states |= {subject: state for subject, classes in types.items() if one in classes}
    codes = _codes(pairs[NOTATION], pairs[rncp.code], types, rncp.Withdrawn)
    return Entries(
        labels, codes, types, states, _nearest(pairs[BROADER]), _first(pairs[DERIVED_FROM]), pairs[_SUBCLASS]
    )


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return one object a subject, the first in order of text."""
    return dict(sorted(pairs, reverse=True))


def nearest(resource: str, above: Iterable[str]) -> str:
    """Return of several the one whose code this one's begins with: what the code itself says goes before what a list adds."""
    return min(above, key=lambda one: (not resource.startswith(one[:-1]), one))


def _nearest(pairs: Pairs) -> dict[str, str]:
    above: dict[str, list[str]] = {}
    for below, one in pairs:
        above.setdefault(below, []).append(one)
    return {below: nearest(below, found) for below, found in above.items()}


def _codes(notations: Pairs, codes: Pairs, types: Mapping[str, tuple[str, ...]], withdrawn: str) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for subject, value in (*sorted(notations), *sorted(codes)):
        if subject in types:
            chosen.setdefault(subject, split_literal(value)[0])
    # Of what left the register the ledger keeps no code, but its IRI does, where the code fits into one.
    for subject, classes in types.items():
        segment = subject[1:-1].rpartition("/")[2]
        if withdrawn in classes and _CODE.fullmatch(segment):
            chosen.setdefault(subject, segment)
    return chosen


def _labels(pairs: Pairs) -> dict[str, str]:
    """Choose one label a subject: a French one, else any; among several the first in order of text."""
    chosen: dict[str, tuple[bool, str]] = {}
    for subject, value in pairs:
        rank = (not value.endswith("@fr"), value)
        if subject not in chosen or rank < chosen[subject]:
            chosen[subject] = rank
    return {subject: split_literal(value)[0] for subject, (_, value) in chosen.items()}


def make_lookups(parts: Iterable[Entries], iris: Iris) -> Lookups:
    """Put the entries of all parts of a graph together."""
    base = f"<{iris.base}"
    labels: dict[str, str] = {}
    codes: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    states: dict[str, State] = {}
    broader: dict[str, str] = {}
    series: dict[str, str] = {}
    above: Pairs = []
    for part in parts:
        labels |= part.labels
        codes |= part.codes
        found |= part.types
        states |= part.states
        broader |= part.broader
        series |= part.series
        above += part.above
    types = {subject: found[subject] for subject in sorted(found)}
    trails = {below: one for below, one in broader.items() if below in types and one in types}
    return Lookups(
        base, labels, codes, types, states, _ambiguous(labels, types, base), _superclasses(above), trails, series
    )


def read_lookups(store: GraphStore, iris: Iris) -> Lookups:
    """Read the labels, codes and classes of a whole graph."""
    rncp = iris.rncp
    asked = (RDF_TYPE, RDFS_LABEL, NOTATION, rncp.code, rncp.isActive, BROADER, DERIVED_FROM, _SUBCLASS)
    triples = ((subject, predicate, value) for predicate in asked for subject, value in store.pairs(predicate))
    return make_lookups([entries_of(triples, iris)], iris)


def _ambiguous(labels: Mapping[str, str], types: Iterable[str], base: str) -> frozenset[str]:
    """Return the names that several organisations have; legal entities, named as their establishments are, aside."""
    folder, entity = f"{base}organisation/", f"{base}organisation/siren-"
    counts = Counter(labels.get(one, "") for one in types if one.startswith(folder) and not one.startswith(entity))
    return frozenset(name for name, count in counts.items() if count > 1)


def _superclasses(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    direct: dict[str, list[str]] = {}
    for below, one in sorted(pairs):
        direct.setdefault(below, []).append(one)
    closed: dict[str, tuple[str, ...]] = {}
    for name, above in direct.items():
        seen: list[str] = []
        todo = list(above)
        while todo:
            nearest = todo.pop(0)
            if nearest not in seen and nearest != name:
                seen.append(nearest)
                todo += direct.get(nearest, [])
        closed[name] = tuple(seen)
    return closed
