"""An endpoint that runs already, somewhere else: asked under the same limits, but for memory, which is its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rncp_ld.serve.sparql.client import SparqlClient
from rncp_ld.serve.sparql.engines import BusyError
from rncp_ld.serve.sparql.limits import Limits


class Remote:
    """Lets at most `limits.queries` queries through to an endpoint.

    Args:
        address: of its query service.
        limits: of a query.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        self._client = SparqlClient(address)
        self._most = limits.queries
        self._working = 0

    async def start(self) -> None:
        """Do nothing: whether it answers is known when it is asked."""

    @property
    def working(self) -> int:
        """Number of queries that run."""
        return self._working

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[SparqlClient]:
        """Give the endpoint for one query.

        Raises:
            BusyError: as many queries run as may.
        """
        if self._working >= self._most:
            raise BusyError
        self._working += 1
        try:
            yield self._client
        finally:
            self._working -= 1

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
