"""Which pages must be written again: those of which something changed that `publish.pages.resource` says a page depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from rncp_ld.pipeline.segments import Segment, parse_lines
from rncp_ld.publish.pages.lookups import Lookups
from rncp_ld.rdf.iris import Iris, document_of, fiche_of
from rncp_ld.store.store import GraphStore


@dataclass(frozen=True, slots=True)
class DiffTask:
    """A segment before and now; either may be missing."""

    before: Segment | None
    now: Segment | None
    before_root: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in a segment.

    Attributes:
        removed: lines of N-Triples.
        added: likewise.
        pages: of which a triple changed.
        led_to: what the changed triples lead to.
    """

    removed: bytes
    added: bytes
    pages: frozenset[str]
    led_to: frozenset[str]


def diff_segment(task: DiffTask) -> Diff:
    """Compare a segment with what it was."""
    before = set(task.before.lines(task.before_root)) if task.before else set[str]()
    now = set(task.now.lines(task.root)) if task.now else set[str]()
    removed, added = sorted(before - now), sorted(now - before)
    changed = parse_lines([*removed, *added])
    return Diff(
        "".join(f"{line}\n" for line in removed).encode(),
        "".join(f"{line}\n" for line in added).encode(),
        frozenset(document_of(subject) for subject, _, _ in changed),
        frozenset(document_of(value) for _, _, value in changed if value.startswith("<")),
    )


def pages_to_write(
    diffs: Iterable[Diff],
    findings: Iterable[str],
    before: Lookups,
    now: Lookups,
    *,
    store: GraphStore,
    iris: Iris,
) -> frozenset[str]:
    """Return the pages that may differ from those of the publication before; numbers as in `publish.pages.resource`.

    Args:
        diffs: of all segments that changed.
        findings: fiches of which something else was found.
        before: what links knew.
        now: what they know.
        store: the graph as it is now.
        iris: of this build.
    """
    own: set[str] = set()  # 1
    todo: set[str] = set()
    for diff in diffs:
        own |= diff.pages
        todo |= diff.led_to  # 2
    todo |= own
    named = _named_otherwise(before, now)
    for page in named:  # 3
        todo |= _beside(page, store)
    todo |= named
    todo |= _with_another_trail(named, before, now, store)  # 4
    for fiche in before.series.keys() | now.series.keys():  # 5
        if before.series.get(fiche) != now.series.get(fiche):
            todo |= _of_fiche(fiche_of(fiche, iris.base), now)
    numbers = {number for page in own if (number := fiche_of(page, iris.base))}  # 6
    todo.update(iris.certification(number) for number in (*numbers, *findings))
    return frozenset(todo)


def _named_otherwise(before: Lookups, now: Lookups) -> set[str]:
    """Return the pages that links call otherwise than before, or that are new or gone."""
    found: set[str] = set()
    tables: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (before.types, now.types),
        (before.labels, now.labels),
        (before.codes, now.codes),
        (before.states, now.states),
    )
    for old, new in tables:
        found.update(document_of(term) for term in old.keys() | new.keys() if old.get(term) != new.get(term))
    shared = before.ambiguous ^ now.ambiguous
    if shared:
        folder = f"{now.base}organisation/"
        found.update(page for page in now.types if page.startswith(folder) and now.labels.get(page) in shared)
    return found


def _beside(page: str, store: GraphStore) -> set[str]:
    """Return the pages that name a page or its parts, and those that it leads to."""
    triples = store.describe(page)
    found = {document_of(value) for _, _, value in triples if value.startswith("<")}
    for subject in {page, *(subject for subject, _, _ in triples)}:
        for subjects in store.incoming(subject).values():
            found.update(document_of(one) for one in subjects)
    return found


def _with_another_trail(named: AbstractSet[str], before: Lookups, now: Lookups, store: GraphStore) -> set[str]:
    """Return the pages below one that stands elsewhere, or is called otherwise."""
    below: dict[str, list[str]] = {}
    for page, above in now.broader.items():
        below.setdefault(above, []).append(page)
    moved = {
        page for page in before.broader.keys() | now.broader.keys() if before.broader.get(page) != now.broader.get(page)
    }
    todo = [*moved, *(page for page in named if page in below)]
    seen: set[str] = set()
    while todo:
        page = todo.pop()
        if page not in seen:
            seen.add(page)
            todo += below.get(page, ())
    return {document_of(one) for page in seen for subjects in store.incoming(page).values() for one in subjects} | seen


def _of_fiche(number: str | None, now: Lookups) -> set[str]:
    if number is None:
        return set()
    return {page for page in now.types if page.startswith(f"{now.base}bloc/{number}")} | {
        f"{now.base}{kind}/{number}>" for kind in ("certification", "partenariats")
    }
