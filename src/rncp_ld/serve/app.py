"""The application: a request goes to the site of the current publication."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send

from rncp_ld.errors import PublicationError, RncpError
from rncp_ld.formats import FORMATS
from rncp_ld.serve.answer import Answer
from rncp_ld.serve.problems import Problem, render_problem
from rncp_ld.serve.publication import Publication, open_publication
from rncp_ld.serve.site import respond
from rncp_ld.serve.writing import send_answer

LOG = logging.getLogger(__name__)

_MADE_ON_REQUEST = tuple(f".{one.suffix}" for one in FORMATS if not one.is_on_disk)


class Application:
    """An ASGI application (https://asgi.readthedocs.io/) that serves the current publication of an output folder.

    Args:
        build: the output folder; where its `current` leads elsewhere, the next request is answered from there.

    Raises:
        PublicationError: there is no whole publication.
    """

    def __init__(self, build: Path) -> None:
        self._build = build
        self._publication = open_publication(build)

    @property
    def publication(self) -> Publication:
        """The publication that answers now."""
        try:
            folder = (self._build / "current").readlink()
        except OSError:
            return self._publication
        if folder.name != self._publication.folder.name:
            try:
                self._publication = open_publication(self._build)
            except PublicationError as error:
                LOG.warning("the next publication cannot be served, the last one stays: %s", error)
        return self._publication

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await send_answer(await self._answer(scope), scope["method"], send)

    async def _answer(self, scope: Scope) -> Answer:
        raw_path = scope["raw_path"].decode("latin-1")
        headers = read_headers(scope)
        publication = self.publication
        arguments = (publication, scope["method"], raw_path, headers)
        try:
            if raw_path.endswith(_MADE_ON_REQUEST):
                return await asyncio.to_thread(respond, *arguments)
            return respond(*arguments)
        except OSError as error:
            # The folder went while it was read: the publication after the next one has removed it.
            LOG.warning("%s: %s", raw_path, error)
            problem = Problem(
                503,
                "Publication en cours de remplacement",
                "Recommencez dans un instant.",
                headers={"Retry-After": "1"},
            )
            return render_problem(problem, headers.get("accept"), publication, raw_path.removeprefix("/"))


def read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers of a request: names in lower case, several of one name joined as the standard says."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def serve(build: Path, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve a publication until interrupted.

    Args:
        build: the output folder.
        host: name or address to listen on.
        port: 0 takes any free one.
        started: told the address, once it is listened on.

    Raises:
        PublicationError: there is no whole publication.
        RncpError: the port is taken, or the host is none of this machine's.
    """
    application = Application(build)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise RncpError(f"cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}") from error
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, server_header=False, date_header=True, proxy_headers=False
    )
    # uvicorn finishes what it is answering, then raises the signal again: what is left to do then is to end in peace.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with listening, contextlib.suppress(KeyboardInterrupt):
        started(f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listening])
