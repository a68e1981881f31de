"""Which label wins where sources disagree: the newest source, then the most frequent writing, then the alphabet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date


def choose_label(
    uses: Iterable[tuple[date | None, str]], preferred: str | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """Choose a preferred label and return it with the others, sorted.

    Args:
        uses: (date of the source or None for undated, label), one for each time it was written.
        preferred: a label that wins over all uses (NSF and ROME: that of `data/codes`).

    >>> choose_label([(None, "Ancien"), (date(2026, 8, 16), "Nouveau")])
    ('Nouveau', ('Ancien',))
    """
    uses = list(uses)
    if preferred is None and len({label for _, label in uses}) == 1:
        return uses[0][1], ()
    newest: dict[str, date] = {}
    counts: Counter[str] = Counter()
    for when, label in uses:
        counts[label] += 1
        newest[label] = max(newest.get(label, date.min), when or date.min)
    if not counts:
        return preferred, ()
    chosen = preferred or min(counts, key=lambda label: (-newest[label].toordinal(), -counts[label], label))
    return chosen, tuple(sorted(set(counts) - {chosen}))
