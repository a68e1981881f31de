"""The publication that answers now, with its engines; the next one takes its place without a request being dropped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rncp_ld.errors import RncpError
from rncp_ld.serve.publication import Publication, open_publication
from rncp_ld.serve.sparql.engines import Engines

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication and what answers queries on it: they change together."""

    publication: Publication
    engines: Engines


POLL: Final = 0.5
"""Seconds between two looks at where `current` leads."""


class Current:
    """Follows an output folder: where its `current` leads elsewhere, the next publication is made ready, then answers.

    Args:
        build: the output folder.
        engines: makes the engines of a publication.
    """

    def __init__(self, build: Path, engines: Callable[[Publication], Engines]) -> None:
        self._build = build
        self._engines = engines
        self._edition: Edition | None = None
        self._refused = ""
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def edition(self) -> Edition:
        """What answers now."""
        assert self._edition is not None, "started"
        return self._edition

    async def start(self) -> None:
        """Make the first publication ready, and follow the folder from now on.

        Raises:
            RncpError: there is no whole publication, or no engine starts on it.
        """
        self._edition = await self._open()
        self._later(self._follow())

    async def _open(self) -> Edition:
        publication = open_publication(self._build)
        engines = self._engines(publication)
        await engines.start()
        return Edition(publication, engines)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                name = (self._build / "current").readlink().name
            except OSError:  # gone: what is there goes on
                continue
            if name != self.edition.publication.folder.name:
                await self._switch(name)

    async def _switch(self, name: str) -> None:
        try:
            edition = await self._open()
        except RncpError as error:
            if self._refused != name:  # said once; it is tried again, as a copy may still be under way
                LOG.warning("the next publication cannot be served, the last one stays: %s", error)
            self._refused = name
            return
        former, self._edition = self.edition, edition
        LOG.info("publication %s answers now", edition.publication.folder.name)
        self._later(former.engines.close())

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End all engines."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._edition is not None:
            await self._edition.engines.close()
