"""The engines of one publication: each query has one for itself, so that what it costs is nobody else's loss."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from rncp_ld.errors import RncpError
from rncp_ld.serve.sparql.engine import Engine
from rncp_ld.serve.sparql.engines import BusyError
from rncp_ld.serve.sparql.limits import Limits

LOG = logging.getLogger(__name__)

SPARE: Final = 2
"""Engines that wait for a query, so that none waits for an engine: as many as an ordinary machine has processors."""

LINGER: Final = 30.0
"""Seconds after which an engine more than those is ended, where no query has taken it."""

PATIENCE: Final = 0.5
"""Seconds after which a query comes last at the processor, so that one that takes long delays none that is short."""

GROWN: Final = 4
"""An engine that keeps this part of its memory after a query is replaced, so that the next query has the whole of it."""


class Pool:
    """Engines on one store; `start` it before, `close` it after.

    Args:
        store: folder of the store.
        limits: of a query; `limits.queries` is the number of engines that work at most.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._idle: list[Engine] = []
        self._working = 0
        self._starting = 0
        self._none_works = asyncio.Event()
        self._none_works.set()
        self._is_closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the first engines.

        Raises:
            RncpError: an engine does not start.
        """
        for _ in range(min(SPARE, self._limits.queries)):
            self._idle.append(await self._new())

    @property
    def working(self) -> int:
        """Number of queries that run."""
        return self._working

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[Engine]:
        """Give an engine for one query. One that is still at work when it is given back is ended.

        Raises:
            BusyError: all engines work.
            RncpError: none could be started.
        """
        if self._working >= self._limits.queries:
            raise BusyError
        self._count(1)
        engine: Engine | None = None
        try:
            engine = self._take() or await self._new()
            self._refill()
            with _later_last(engine):
                yield engine
        finally:
            self._count(-1)
            if engine is not None:
                self._give_back(engine)

    def _count(self, change: int) -> None:
        self._working += change
        if self._working:
            self._none_works.clear()
        else:
            self._none_works.set()

    def _take(self) -> Engine | None:
        while self._idle:
            engine = self._idle.pop()
            if engine.is_alive:
                return engine
        return None

    def _give_back(self, engine: Engine) -> None:
        if self._is_fit(engine) and not self._is_closed:
            self._idle.append(engine)
            if len(self._idle) > SPARE:
                asyncio.get_running_loop().call_later(LINGER, self._retire)
        else:
            self._later(engine.end())
        self._refill()

    def _is_fit(self, engine: Engine) -> bool:
        """Tell whether the next query has from this engine what it has from a new one."""
        is_rested = engine.is_alive and not engine.is_at_work and not engine.is_last
        return is_rested and engine.memory < self._limits.memory // GROWN

    def _retire(self) -> None:
        """End the engine that has waited longest, where more wait than need to."""
        if len(self._idle) > SPARE:
            self._later(self._idle.pop(0).end())

    def _refill(self) -> None:
        """Start engines until some wait again, within the number that there may be."""
        alive = sum(one.is_alive for one in self._idle)
        may = self._limits.queries - self._working - alive - self._starting
        for _ in range(min(SPARE - alive - self._starting, may)):
            if not self._is_closed:
                self._starting += 1
                self._later(self._add())

    async def _add(self) -> None:
        try:
            engine = await self._new()
        except RncpError as error:
            LOG.error("%s", error)  # noqa: TRY400 - a user reads it; the traceback says nothing more
            return
        finally:
            self._starting -= 1
        if self._is_closed:
            await engine.end()
        else:
            self._idle.append(engine)

    async def _new(self) -> Engine:
        engine = await Engine.start(self._store, self._limits.memory)
        self._later(self._watch(engine))
        return engine

    async def _watch(self, engine: Engine) -> None:
        """Replace an engine that ends while it waits: somebody killed it, or the system did."""
        await engine.wait()
        if engine in self._idle:
            self._idle.remove(engine)
            await engine.close()
            self._refill()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Take no more queries, let those that run come to their end, then end all engines."""
        self._is_closed = True
        idle, self._idle = self._idle, []
        for engine in idle:
            await engine.end()
        await self._none_works.wait()
        while self._tasks:
            await asyncio.wait(self._tasks)


@contextmanager
def _later_last(engine: Engine) -> Iterator[None]:
    timer = asyncio.get_running_loop().call_later(PATIENCE, engine.let_others_first)
    try:
        yield
    finally:
        timer.cancel()
