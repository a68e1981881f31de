"""The server: a socket, uvicorn (https://www.uvicorn.org/) on it, and its start and end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from rncp_ld.errors import RncpError
from rncp_ld.serve.access_log import open_access_log
from rncp_ld.serve.app import Application
from rncp_ld.serve.current import Current
from rncp_ld.serve.networks import Network
from rncp_ld.serve.protocol import BoundedProtocol
from rncp_ld.serve.publication import Publication
from rncp_ld.serve.sparql.engines import Engines
from rncp_ld.serve.sparql.limits import DEFAULTS, Limits
from rncp_ld.serve.sparql.pool import Pool
from rncp_ld.serve.sparql.remote import Remote


@dataclass(frozen=True, slots=True)
class Settings:
    """How a publication is served.

    Attributes:
        host: name or address to listen on.
        port: 0 takes any free one.
        limits: of queries.
        endpoint: address of a SPARQL service that answers instead of engines of ours; "" for ours.
        trusted: proxies that may say who asks and at which address.
        access_log: a file, "-" for standard output, "" for none.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    limits: Limits = DEFAULTS
    endpoint: str = ""
    trusted: Sequence[Network] = ()
    access_log: str = ""


def serve(build: Path, settings: Settings, started: Callable[[str], None]) -> None:
    """Serve a publication until interrupted.

    Args:
        build: the output folder; where its `current` leads elsewhere, the next publication answers from then on.
        settings: how.
        started: told the address, once it is answered.

    Raises:
        RncpError: there is no whole publication, no engine starts, the port is taken, or the host is none of this machine's.
    """
    current = Current(build, lambda publication: _engines(publication, settings))
    application = Application(current, settings.limits, settings.trusted, open_access_log(settings.access_log))
    config = uvicorn.Config(
        application,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(settings.limits.seconds) + 5,
    )
    with (
        _listen(settings.host, settings.port) as listening,
        asyncio.Runner(loop_factory=config.get_loop_factory()) as runner,
        contextlib.suppress(KeyboardInterrupt),
    ):
        runner.run(_run(current, uvicorn.Server(config), listening, started))


def _engines(publication: Publication, settings: Settings) -> Engines:
    if settings.endpoint:
        return Remote(settings.endpoint, settings.limits)
    return Pool(publication.store, settings.limits)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        # A name that nobody knows has an error of its own kind, with a negative number.
        said = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise RncpError(f"cannot listen on {host}, port {port}: {said}") from error


async def _run(
    current: Current, server: uvicorn.Server, listening: socket.socket, started: Callable[[str], None]
) -> None:
    await current.start()

    def stop(*_: object) -> None:
        server.should_exit = True

    # uvicorn finishes what it is answering, then raises the signal again: what is left to do then is to end in peace.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        host, port = listening.getsockname()[:2]
        started(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        await server.serve(sockets=[listening])
    finally:
        await current.close()
