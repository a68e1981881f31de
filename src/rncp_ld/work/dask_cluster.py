"""A dask.distributed cluster as workers (optional extra `rncp-ld[dask]`).

Workers are handed the same tasks as local processes, and read and write the same files: they must see the folders of the
build under the same names. What a lost worker was doing is done again by another one, which is dask's own way.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from rncp_ld.errors import WorkError
from rncp_ld.work.executors import processes
from rncp_ld.work.workers import SMALL, Workers

try:
    from distributed import Client
except ImportError as error:
    raise WorkError("--scheduler needs dask.distributed: pip install 'rncp-ld[dask]'") from error

_CLIENT: Any = Client
"""Without types, as all of the library."""

_PATIENCE = "10s"
"""To reach the scheduler."""


def connect(address: str, small: float = SMALL) -> Workers:
    """Return the workers of a cluster.

    Args:
        address: of its scheduler, "tcp://10.0.0.1:8786".
        small: seconds of work that this process does itself before.

    Raises:
        WorkError: it cannot be reached, or has no worker.
    """
    try:
        client: Any = _CLIENT(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise WorkError(f"{address}: no dask scheduler answers there ({error})") from error
    width = sum(client.nthreads().values())
    if not width:
        client.close()
        raise WorkError(f"{address}: this scheduler has no worker")
    return _Cluster(client, width, small)


class _Cluster(Workers):
    def __init__(self, client: Any, width: int, small: float) -> None:
        # Not pure: the same task makes its files anew in each build.
        super().__init__(lambda: client.get_executor(pure=False), width, partial(processes, 1), small)
        self._client = client

    def close(self) -> None:
        super().close()
        self._client.close()
