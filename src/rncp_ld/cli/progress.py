"""How far a command is, on a terminal; nothing anywhere else, and with -q."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)


class Bars:
    """A line for each thing that is under way."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._tasks: dict[str, TaskID] = {}

    def show(self, name: str, done: int, total: int | None = None, words: str | None = None) -> None:
        """Say how far a thing is.

        Args:
            name: of the thing.
            done: so much of it.
            total: all of it, None where nobody knows.
            words: what is shown instead of its name.
        """
        if name not in self._tasks:
            self._tasks[name] = self._shown.add_task(name, total=total)
        self._shown.update(self._tasks[name], completed=done, total=total, description=words or name)

    def say(self, text: str) -> None:
        """Write a line above."""
        self._shown.console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _bars(quiet: bool, *columns: ProgressColumn) -> Iterator[Bars | None]:
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    with Progress(*columns, console=console, transient=True) as shown:
        yield Bars(shown)


@contextmanager
def transfers(quiet: bool) -> Iterator[Bars | None]:
    """Show how many bytes have been sent or have come."""
    text, bar = TextColumn("{task.description}"), BarColumn()
    with _bars(quiet, text, bar, DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn()) as bars:
        yield bars


@contextmanager
def stages(quiet: bool) -> Iterator[Bars | None]:
    """Show how many fiches each stage of a run has done."""
    text, fiches = TextColumn("{task.description}"), TextColumn("{task.completed:,} fiches")
    with _bars(quiet, SpinnerColumn(), text, fiches, TimeElapsedColumn()) as bars:
        yield bars
