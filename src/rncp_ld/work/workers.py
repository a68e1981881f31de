"""Tasks to an executor, results in order; a worker that is lost costs time, and no result."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from typing import Final, TypeVar

from rncp_ld.errors import WorkError

T = TypeVar("T")
R = TypeVar("R")

LOSSES: Final = 3
"""Times that a run gets over the loss of its workers; a task that kills each worker it meets must end it."""

SMALL: Final = 0.5
"""Seconds of work that this process does before it calls for help: one fiche is read before a process has started."""


class Workers:
    """Hands out tasks.

    Args:
        make: makes the executor, when there is more work than a little; again where its workers were lost.
        width: how many tasks run at one time.
        apart: makes an executor of one process; None where all is done in this one.
        small: seconds of work that this process does itself before.
    """

    def __init__(
        self,
        make: Callable[[], Executor],
        width: int = 1,
        apart: Callable[[], Executor] | None = None,
        small: float = SMALL,
    ) -> None:
        self._make = make
        self._apart = apart
        self._small = small
        self._executor: Executor | None = None
        self._losses = 0
        self.width = width

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Yield each task with its result, in the order of the tasks.

        Tasks are taken as they are needed, a few more than there are workers: a stream of them need not fit into memory.

        Raises:
            WorkError: workers were lost again and again.
        """
        ahead = 2 * self.width + 1
        waiting: deque[tuple[T, Future[R]]] = deque()
        try:
            for task in tasks:
                if self._executor is None and self._small > 0:
                    yield task, self._do(function, task)
                    continue
                waiting.append((task, self._submit(function, task)))
                # With an executor in this process a task is done when it is handed out.
                while len(waiting) >= ahead or (waiting and waiting[0][1].done()):
                    yield self._first(function, waiting)
            while waiting:
                yield self._first(function, waiting)
        finally:
            # Nobody works on when this ends: what a run that failed has written goes, and must not come again.
            wait([future for _, future in waiting if not future.cancel()])

    def apart(self, function: Callable[[T], R], task: T) -> R:
        """Do one task that takes much memory in a process that ends with it, on this machine.

        It is done in this process where there are no others, or where little was done so far.

        Raises:
            WorkError: the process was lost.
        """
        if self._apart is None or self._executor is None:
            return function(task)
        with self._apart() as executor:
            try:
                return executor.submit(function, task).result()
            except BrokenExecutor as error:
                raise WorkError("the process that makes the store ended: is there enough memory?") from error

    def _do(self, function: Callable[[T], R], task: T) -> R:
        start = time.perf_counter()
        try:
            return function(task)
        finally:
            self._small -= time.perf_counter() - start

    def _submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        if self._executor is None:
            self._executor = self._make()
        try:
            return self._executor.submit(function, task)
        except BrokenExecutor as error:
            return self._replaced(error).submit(function, task)

    def _first(self, function: Callable[[T], R], waiting: deque[tuple[T, Future[R]]]) -> tuple[T, R]:
        while True:
            task, future = waiting[0]
            try:
                result = future.result()
            except BrokenExecutor as error:
                executor = self._replaced(error)
                # What was handed out and is not done is lost with its workers; what is done stays.
                for place, (one, other) in enumerate(waiting):
                    if not other.done() or other.cancelled() or other.exception() is not None:
                        waiting[place] = (one, executor.submit(function, one))
                continue
            waiting.popleft()
            return task, result

    def _replaced(self, error: BrokenExecutor) -> Executor:
        """Return new workers in place of those that were lost."""
        self._losses += 1
        if self._losses > LOSSES:
            raise WorkError(
                "worker processes end again and again: is there enough memory? (--jobs takes less)"
            ) from error
        if self._executor is not None:
            self._executor.shutdown(wait=False)
        self._executor = self._make()
        return self._executor

    def close(self) -> None:
        """Let go of the workers."""
        if self._executor is not None:
            self._executor.shutdown(wait=True)
