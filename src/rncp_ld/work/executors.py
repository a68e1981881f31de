"""The executors that the command line offers: this process, processes of this machine, a dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

from rncp_ld.work.collector import collect_seldom
from rncp_ld.work.workers import Workers

P = ParamSpec("P")
R = TypeVar("R")

_LOOK: Final = 1.0
"""Seconds between two looks at whether the run is still there."""

_PRELOADED: Final = ["rncp_ld.pipeline"]
"""What every worker needs; loaded once, before workers are forked from the process that holds it."""


@contextmanager
def open_workers(jobs: int | None = None, scheduler: str | None = None) -> Iterator[Workers]:
    """Give workers, and let go of them at the end.

    Args:
        jobs: processes; 1: no other than this one; None: one for each processor that this process may use.
        scheduler: address of a dask scheduler, whose workers do the work; they see the same folders.

    Raises:
        WorkError: the scheduler cannot be reached, or `rncp-ld[dask]` is not installed.
    """
    workers = _workers(jobs or len(os.sched_getaffinity(0)), scheduler)
    try:
        yield workers
    finally:
        workers.close()


def _workers(jobs: int, scheduler: str | None) -> Workers:
    if scheduler is not None:
        from rncp_ld.work.dask_cluster import connect  # noqa: PLC0415 - an optional extra

        return connect(scheduler)
    return Workers(InThisProcess) if jobs == 1 else Workers(partial(processes, jobs), jobs, partial(processes, 1))


class InThisProcess(Executor):
    """Does each task when it is handed out."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Do a task."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)
        return future


def processes(jobs: int) -> Executor:
    """Return an executor of processes of this machine."""
    # Not "fork": this process may have threads (progress, the store), which a fork would leave half-way.
    ways = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(_PRELOADED)
    return ProcessPoolExecutor(jobs, context, _begin, (os.getpid(),))


def _begin(run: int) -> None:
    """Prepare a worker: Ctrl-C is for the run, which ends its workers; a run that is killed cannot, so they look."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    threading.Thread(target=_end_with, args=(run,), daemon=True).start()


def _end_with(run: int) -> None:
    while True:
        try:
            os.kill(run, 0)
        except ProcessLookupError:
            os._exit(1)
        except PermissionError:
            return  # not ours to look at
        time.sleep(_LOOK)
