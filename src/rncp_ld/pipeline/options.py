"""How a run is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from rncp_ld import resources
from rncp_ld.work import Workers
from rncp_ld.work.executors import InThisProcess

Progress = Callable[[str, int], None]
"""Told the stage and how many fiches it has done."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        base: base of all IRIs.
        keep_going: publish what could be read although a source could not.
        progress: called now and then; None where nobody watches.
        workers: who does the work; by default this process alone.
    """

    base: str = resources.DEFAULT_BASE
    keep_going: bool = False
    progress: Progress | None = None
    workers: Workers = field(default_factory=partial(Workers, InThisProcess))

    def tell(self, stage: str, done: int) -> None:
        """Tell whoever watches how far a stage is."""
        if self.progress:
            self.progress(stage, done)
