"""The store of a publication, made in a process that ends with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rncp_ld.pipeline.changes import Diff
from rncp_ld.pipeline.segments import Segment
from rncp_ld.store.store import GraphStore


@dataclass(frozen=True, slots=True)
class StoreTask:
    """A store to make: of segments, or from another store by what changed."""

    folder: Path
    root: Path
    segments: tuple[Segment, ...] = ()
    before: Path | None = None
    diffs: tuple[Diff, ...] = ()


def make_store(task: StoreTask) -> None:
    """Make a store."""
    if task.before is None:
        # All at once: part by part takes a third of the memory, and half as long again.
        blocks = (block for segment in task.segments for block in segment.blocks(task.root))
        made = GraphStore.build(task.folder, [blocks])
    else:
        removed, added = (one.removed for one in task.diffs), (one.added for one in task.diffs)
        made = GraphStore.change(task.before, task.folder, removed, added)
    with made:
        pass  # let go of it: pages open it for reading
