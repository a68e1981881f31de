"""Where engines come from: a pool of ours, or a server that runs already."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from rncp_ld.serve.sparql.client import SparqlClient


class BusyError(Exception):
    """As many queries run as may."""


class Engines(Protocol):
    """Gives engines for the queries on one publication."""

    async def start(self) -> None:
        """Make ready for the first query."""

    @property
    def working(self) -> int:
        """Number of queries that run."""

    def engine(self) -> AbstractAsyncContextManager[SparqlClient]:
        """Give an engine for one query; raises `BusyError` where all are taken."""

    async def close(self) -> None:
        """Take no more queries, let those that run come to their end, then end all engines."""
