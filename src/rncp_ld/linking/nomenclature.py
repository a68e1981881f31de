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


class LabelledEntry(Entry, Protocol):
    """An entry with more than one label: a type of certification, a job."""

    @property
    def other_labels(self) -> tuple[str, ...]:
        """Other labels."""


def nomenclature(
    nsf: Iterable[Entry], rome: Iterable[Entry], jobs: Iterable[LabelledEntry], types: Iterable[LabelledEntry]
) -> Iterator[Concept]:
    """Yield the concepts of the code tables; hierarchy comes from the codes themselves."""
    for entry in nsf:
        yield Concept(CodeScheme.NSF, entry.code, entry.label)
    for entry in rome:
        yield Concept(CodeScheme.ROME, entry.code, entry.label)
    for scheme, entries in ((CodeScheme.ROME, jobs), (CodeScheme.TYPE, types)):
        for one in entries:
            yield Concept(scheme, one.code, one.label, one.other_labels)
