"""What fiches say by codes of what replaces what, both ways round whichever side says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rncp_ld.linking.facts import Facts


def _numbers() -> dict[str, set[str]]:
    return defaultdict(set)


@dataclass(frozen=True, slots=True)
class Stated:
    """Who replaces whom and who is replaced by whom, by number."""

    replaces: dict[str, set[str]] = field(default_factory=_numbers)
    replaced_by: dict[str, set[str]] = field(default_factory=_numbers)

    def add(self, old: str, new: str) -> None:
        """Take note of a succession; a fiche that names itself is none."""
        if old != new:
            self.replaces[new].add(old)
            self.replaced_by[old].add(new)


def stated_by_code(facts: Iterable[Facts]) -> Stated:
    """Collect the successions that fiches state by their codes."""
    found = Stated()
    for fact in facts:
        for number in fact.predecessors:
            found.add(number, fact.number)
        for number in fact.successors:
            found.add(fact.number, number)
    return found
