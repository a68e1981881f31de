"""The publication that answers now, with its engines; the next one takes its place without a request being dropped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
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
        self._refused: Path | None = None
        self._following: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()

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
        self._following = asyncio.create_task(self._follow())

    async def _open(self) -> Edition:
        publication = open_publication(self._build)
        engines = self._engines(publication)
        try:
            await engines.start()
        except BaseException:  # one of them does not start, or the server ends meanwhile
            await engines.close()
            raise
        return Edition(publication, engines)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                folder = (self._build / "current").resolve(strict=True)
            except OSError:  # gone: what is there goes on
                continue
            if folder != self.edition.publication.folder:
                await self._switch(folder)

    async def _switch(self, folder: Path) -> None:
        try:
            edition = await self._open()
        except (RncpError, OSError) as error:
            if self._refused != folder:  # said once; it is tried again, as a copy may still be under way
                LOG.warning("the next publication cannot be served, the last one stays: %s", error)
            self._refused = folder
            return
        former, self._edition = self.edition, edition
        LOG.info("publication %s answers now", edition.publication.folder.name)
        closing = asyncio.create_task(former.engines.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """End all engines, those of publications before this one too."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        await asyncio.gather(*self._closing)
        if self._edition is not None:
            await self._edition.engines.close()
