"""The nomenclatures that ship with the project, as concepts for the link stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from rncp_ld.model.register import CodeScheme, Concept


class Entry(Protocol):
    """An entry of a hierarchical code table."""

    @property
    def code(self) -> str:
        """Code."""

    @property
    def label(self) -> str:
        """French label."""


class TypeEntry(Entry, Protocol):
    """A type of certification."""

    @property
    def other_labels(self) -> tuple[str, ...]:
        """Other writings of the label."""


def nomenclature(nsf: Iterable[Entry], rome: Iterable[Entry], types: Iterable[TypeEntry]) -> Iterator[Concept]:
    """Yield the concepts of the code tables; hierarchy comes from the codes themselves."""
    for entry in nsf:
        yield Concept(CodeScheme.NSF, entry.code, entry.label)
    for entry in rome:
        yield Concept(CodeScheme.ROME, entry.code, entry.label)
    for kind in types:
        yield Concept(CodeScheme.TYPE, kind.code, kind.label, kind.other_labels)
