"""Links between the codes of nomenclatures as lists state them: those that hold, and what is wrong with the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.nomenclature import BROADER, Key, Place


@dataclass(frozen=True, slots=True)
class Statement:
    """A list says that one code is below another (or, where not `is_broader`, goes with it)."""

    code: Key
    target: Key
    is_broader: bool
    place: Place


def sound_links(
    statements: Iterable[Statement], known: Collection[Key]
) -> tuple[Mapping[Key, tuple[set[str], set[str]]], list[Diagnostic]]:
    """Return for each code the broader and the related codes, and what does not hold.

    Links to codes that no list has, circles of the hierarchy, and related codes of which one is above the other (SKOS,
    S27) are left out and reported. What goes with another code does so in both directions.
    """
    diagnostics: list[Diagnostic] = []
    hierarchy: list[Statement] = []
    others: list[Statement] = []
    for one in statements:
        if one.target not in known:
            diagnostics.append(report_link("LIEN-SANS-CIBLE", one))
        elif one.is_broader:
            hierarchy.append(one)
        else:
            others.append(one)
    circular = _in_circles(hierarchy)
    diagnostics += [
        report_link("HIERARCHIE-CIRCULAIRE", one) for one in hierarchy if {one.code, one.target} <= circular
    ]
    hierarchy = [one for one in hierarchy if not {one.code, one.target} <= circular]
    links: dict[Key, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for one in hierarchy:
        links[one.code][0].add(one.target[1])
    above = _above(hierarchy)
    for one in others:
        if (
            one.code == one.target
            or one.target in _all_above(one.code, above)
            or one.code in _all_above(one.target, above)
        ):
            diagnostics.append(report_link("LIEN-CONTRADICTOIRE", one))
            continue
        links[one.code][1].add(one.target[1])
        links[one.target][1].add(one.code[1])
    return links, diagnostics


def report_link(code: str, one: Statement) -> Diagnostic:
    """Report a link, at the code that it starts from."""
    file, line = one.place
    return Diagnostic.of(
        code, file=file or None, line=line, path=f"{one.code[0].value}/{one.code[1]}", excerpt=one.target[1]
    )


def _above(hierarchy: Iterable[Statement]) -> dict[Key, set[Key]]:
    """Return the codes next above each code: by what is stated, and by the codes themselves."""
    above: dict[Key, set[Key]] = defaultdict(set)
    for one in hierarchy:
        above[one.code].add(one.target)
        for key in (one.code, one.target):
            step = BROADER.get(key[0])
            while step and (code := step(key[1])):
                up = (key[0], code, key[2])
                above[key].add(up)
                key = up  # noqa: PLW2901  (climbs)
    return above


def _all_above(key: Key, above: Mapping[Key, set[Key]]) -> set[Key]:
    found: set[Key] = set()
    waiting = [key]
    while waiting:
        for up in above.get(waiting.pop(), ()):
            if up not in found:
                found.add(up)
                waiting.append(up)
    return found


def _in_circles(hierarchy: Iterable[Statement]) -> set[Key]:
    """Return the codes that are on a circle, or between two: what is left when tops and ends are taken away again and again."""
    above = {key: set(ups) for key, ups in _above(hierarchy).items()}
    below: dict[Key, set[Key]] = defaultdict(set)
    for key, ups in above.items():
        for up in ups:
            below[up].add(key)
    left = {*above, *below}
    for outward, inward in ((above, below), (below, above)):
        ends = [key for key in left if not outward.get(key, set()) & left]
        while ends:
            end = ends.pop()
            left.discard(end)
            ends += [key for key in inward.get(end, ()) if key in left and not outward[key] & left]
    return left
