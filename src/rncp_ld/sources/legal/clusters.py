"""Which citations of a fiche are one act (DESIGN, "Legal acts").

Citations of one type and date are one act where they share a number, a NOR or an object. One that says less (nothing
about the act's number, NOR or object that the other does not say) joins the only act of its type and date that it does
not contradict; where there are several such acts, it stays an act of its own, known by the fiche's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rncp_ld.model.legal import ActId, ActType, Gazette
from rncp_ld.sources.legal.keys import object_key
from rncp_ld.sources.legal.records import Citation, Publication


@dataclass(frozen=True, slots=True)
class Use:
    """A citation at its place.

    Attributes:
        order: place among all citations of the fiche.
        place: number of the field.
        publication: that of the text, else the field's DATE_PUBLICATION_JO where it counts.
        from_element: the publication is that of the element.
    """

    order: int
    place: int
    citation: Citation
    publication: Publication | None
    from_element: bool = False


@dataclass(slots=True, eq=False)
class Cluster:
    """An act, as the uses that were found to be it.

    Attributes:
        key: set by `name_all`.
    """

    type: ActType
    day: date | None
    number: str | None = None
    nor: str | None = None
    title: str | None = None
    canonical: str = ""
    uses: list[Use] = field(default_factory=list)
    key: str = ""

    @property
    def id(self) -> ActId | None:
        """Type, date and key; None for an act without a date, which is no record."""
        return ActId(self.type, self.day, self.key) if self.day else None

    @property
    def is_keyless(self) -> bool:
        """Neither number, NOR nor object is known."""
        return not (self.number or self.nor or self.canonical)

    @property
    def publication(self) -> Publication | None:
        """The publication that counts: of a text before of an element, in the JO before in a BO, named before."""
        dated = [use for use in self.uses if use.publication and use.publication.day]
        if not dated:
            return next((use.publication for use in self.uses if use.publication), None)
        best = min(dated, key=lambda use: (use.from_element, _is_bulletin(use.publication), use.order)).publication
        same = [use.publication for use in dated if use.publication and best and use.publication.day == best.day]
        return max(same, key=lambda one: (one.gazette is not None, one.number is not None)) if same else best

    def add(self, use: Use) -> None:
        """Take a use in, with all it says."""
        cited = use.citation
        self.number = self.number or cited.number
        self.nor = self.nor or cited.nor
        if len(cited.canonical) > len(self.canonical):
            self.title, self.canonical = cited.title, cited.canonical
        self.uses.append(use)

    def is_same(self, use: Use) -> bool:
        """Tell whether the use names this act: by number, else NOR, else object."""
        mine = (self.number, self.nor, self.canonical or None)
        theirs = (use.citation.number, use.citation.nor, use.citation.canonical or None)
        for one, other in zip(mine, theirs, strict=True):
            if one and other:
                return one == other
        if not any(mine) and not any(theirs):
            return self._same_publication(use)
        return False

    def holds(self, use: Use) -> bool:
        """Tell whether the use says less than is known of this act, and contradicts none of it."""
        cited = use.citation
        return (
            cited.number in (None, self.number)
            and cited.nor in (None, self.nor)
            and (not cited.canonical or f"{self.canonical}-".startswith(f"{cited.canonical}-"))
            and not self._contradicts(use.publication)
        )

    def _same_publication(self, use: Use) -> bool:
        mine, theirs = self.publication, use.publication
        return (mine.day if mine else None) == (theirs.day if theirs else None)

    def _contradicts(self, publication: Publication | None) -> bool:
        """Tell whether the act is known to be published on another day in that gazette."""
        mine = self.publication
        if mine is None or publication is None or mine.day is None or publication.day is None:
            return False
        comparable = mine.gazette is publication.gazette or None in (mine.gazette, publication.gazette)
        return comparable and mine.day != publication.day


def cluster(uses: Iterable[Use]) -> list[Cluster]:
    """Group the uses of a fiche (or of one field) by act; acts without a date come last, unless they join another."""
    by_day: dict[tuple[ActType, date], list[Use]] = {}
    undated: list[Use] = []
    for use in uses:
        if use.citation.day is None:
            undated.append(use)
        else:
            by_day.setdefault((use.citation.type, use.citation.day), []).append(use)
    found = [one for group in by_day.values() for one in _of_one_day(group)]
    for use in undated:
        cited = use.citation
        same = [
            one
            for one in found
            if one.type is cited.type
            and ((cited.number and one.number == cited.number) or (cited.nor and one.nor == cited.nor))
        ]
        if len(same) == 1:
            same[0].add(use)
        else:
            found.append(_started(use))
    return found


def _of_one_day(uses: Sequence[Use]) -> list[Cluster]:
    """Group uses of one type and date, those that say most first."""
    if len(uses) == 1:
        return [_started(uses[0])]
    clusters: list[Cluster] = []
    for use in sorted(uses, key=_says_most):
        same = [one for one in clusters if one.is_same(use)]
        if not same:
            same = [one for one in clusters if one.holds(use)]
        if len(same) == 1:
            same[0].add(use)
        else:
            clusters.append(_started(use))
    return clusters


def _says_most(use: Use) -> tuple[int, int, bool, int]:
    cited = use.citation
    known = sum(map(bool, (cited.number, cited.nor, cited.canonical)))
    return -known, -len(cited.canonical), use.publication is None, use.order


def _started(use: Use) -> Cluster:
    one = Cluster(use.citation.type, use.citation.day)
    one.add(use)
    return one


def name_all(clusters: Sequence[Cluster], fiche: str) -> None:
    """Give each act its key: number, NOR, object, or the fiche's number."""
    keyless: dict[tuple[ActType, date | None], list[Cluster]] = {}
    for one in clusters:
        one.key = one.number or one.nor or (object_key(one.canonical) if one.canonical else "")
        if one.is_keyless:
            keyless.setdefault((one.type, one.day), []).append(one)
    for alike in keyless.values():
        for one in alike:
            published = one.publication.day if one.publication else None
            several = len(alike) > 1 and published is not None
            one.key = f"{fiche}-jo-{published}" if several else fiche


def _is_bulletin(publication: Publication | None) -> bool:
    return publication is not None and publication.gazette is Gazette.BO
