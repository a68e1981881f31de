"""Chains of successions: the active certifications that they lead to, and those that come back to where they began.

Each is found in one walk, in a time that grows with the successions and with what is returned, whatever circles there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

Links = Mapping[str, Collection[str]]
"""Number → numbers of its successors."""


def active_ends(
    links: Links, components: Sequence[tuple[str, ...]], active: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """Return for each number the active certifications that it leads to, however many steps away.

    >>> links = {"a": ("b",), "b": ("c",), "c": ("b", "d")}
    >>> sorted(active_ends(links, strong_components(links), {"d"}).items())
    [('a', frozenset({'d'})), ('b', frozenset({'d'})), ('c', frozenset({'d'})), ('d', frozenset())]

    Args:
        links: of the whole register.
        components: of `links`, as `strong_components` gives them.
        active: numbers of the active certifications.
    """
    ends: dict[str, frozenset[str]] = {}
    for component in components:
        inside = frozenset(component)
        after = {number for one in component for number in links.get(one, ())}
        reached = frozenset(number for number in after if number in active).union(
            *(ends[number] for number in after - inside)
        )
        for one in component:
            ends[one] = reached
    return ends


def circles(links: Links, components: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield circles of two numbers or more, each from its first number on, until each number that is on any is on one.

    >>> links = {"a": ("b",), "b": ("c",), "c": ("a", "d")}
    >>> list(circles(links, strong_components(links)))
    [('a', 'b', 'c')]
    """
    for component in components:
        if len(component) == 1:
            continue
        inside, seen = frozenset(component), set[str]()
        for one in component:
            if one not in seen:
                circle = _shortest_circle(one, links, inside)
                seen.update(circle)
                yield circle


def _shortest_circle(start: str, links: Links, inside: frozenset[str]) -> tuple[str, ...]:
    """Return the shortest way from a number back to it; of several, the first in the order of numbers."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for after in sorted(inside.intersection(links.get(here, ()))):
            if after == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if after not in came_from:
                came_from[after] = here
                queue.append(after)
    raise AssertionError(f"{start} is in a strong component of several numbers, so a way leads back to it")


def strong_components(links: Links) -> list[tuple[str, ...]]:
    """Return the sets of numbers that lead to each other, each sorted; what a set leads to comes before it.

    >>> strong_components({"a": ("b",), "b": ("a", "c")})
    [('c',), ('a', 'b')]
    """
    walk = _Walk(links)
    for root in sorted(links):
        if root not in walk.low:
            walk.from_root(root)
    return walk.found


class _Walk:
    """Tarjan's algorithm, without recursion: a chain may be longer than Python's stack."""

    def __init__(self, links: Links) -> None:
        self.found: list[tuple[str, ...]] = []
        self.low: dict[str, int] = {}
        self._links = links
        self._index: dict[str, int] = {}
        self._place: dict[str, int] = {}
        self._stack: list[str] = []
        self._work: list[tuple[str, Iterator[str]]] = []

    def from_root(self, root: str) -> None:
        """Walk through everything that a number leads to."""
        self._enter(root)
        while self._work:
            number, rest = self._work[-1]
            after = next(rest, None)
            if after is None:
                self._leave(number)
            elif after not in self.low:
                self._enter(after)
            elif after in self._place:
                self.low[number] = min(self.low[number], self._index[after])

    def _enter(self, number: str) -> None:
        self._index[number] = self.low[number] = len(self._index)
        self._place[number] = len(self._stack)
        self._stack.append(number)
        self._work.append((number, iter(sorted(self._links.get(number, ())))))

    def _leave(self, number: str) -> None:
        self._work.pop()
        if self._work:
            before = self._work[-1][0]
            self.low[before] = min(self.low[before], self.low[number])
        if self.low[number] == self._index[number]:
            at = self._place[number]
            members, self._stack[at:] = self._stack[at:], []
            for one in members:
                del self._place[one]
            self.found.append(tuple(sorted(members)))
