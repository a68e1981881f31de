"""The application: a request goes to the site, to the SPARQL service, or to `/health`, of the publication that answers now."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from starlette.types import Receive, Scope, Send

from rncp_ld.formats import FORMATS
from rncp_ld.serve.access_log import access_line, now
from rncp_ld.serve.answer import Answer
from rncp_ld.serve.body import ClientGoneError, read_body
from rncp_ld.serve.current import Current, Edition
from rncp_ld.serve.incoming import Incoming, read_incoming
from rncp_ld.serve.networks import Network
from rncp_ld.serve.outgoing import Outgoing
from rncp_ld.serve.problems import Problem, render_problem
from rncp_ld.serve.site import respond
from rncp_ld.serve.sparql.endpoint import BUSY, ask
from rncp_ld.serve.sparql.formats import JSON
from rncp_ld.serve.sparql.limits import DEFAULTS, Limits
from rncp_ld.serve.sparql.request import SparqlRequest
from rncp_ld.serve.sparql.service import PATHS, Service
from rncp_ld.serve.writing import send_answer

LOG = logging.getLogger(__name__)

_MADE_ON_REQUEST = tuple(f".{one.suffix}" for one in FORMATS if not one.is_on_disk)

_CONVERTING: Final = ThreadPoolExecutor(1, thread_name_prefix="conversion")
"""One conversion at a time: several would take as long, since they share the interpreter, and each thread keeps memory of its own."""

_PROBE: Final = replace(DEFAULTS, seconds=5.0)
"""Limits of the query that tells whether queries are answered."""

_HEALTH_IS_READ: Final = Problem(405, "Méthode refusée", "Ici : GET, HEAD.", headers={"Allow": "GET, HEAD"})

_NO_HOST: Final = Problem(400, "Requête mal formée", "L'en-tête Host doit figurer une fois, et nommer un hôte.")

_CLIENT_LEFT: Final = 499
"""Status in the access log of a request whose client left before it was answered, as nginx has it."""


class Application:
    """An ASGI application (https://asgi.readthedocs.io/).

    Args:
        current: what answers; started before the first request.
        limits: what a query may cost.
        trusted: proxies that may say who asks and at which address.
        access_log: told of every request, None for none.
    """

    def __init__(
        self,
        current: Current,
        limits: Limits = DEFAULTS,
        trusted: Sequence[Network] = (),
        access_log: logging.Logger | None = None,
    ) -> None:
        self._current = current
        self._limits = limits
        self._trusted = trusted
        self._access_log = access_log
        self._outgoing = Outgoing(limits.queries * limits.result)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        assert scope["type"] == "http", "the server speaks neither WebSocket nor lifespan to us"
        started = time.monotonic()
        incoming = read_incoming(scope, self._trusted)
        status, length = _CLIENT_LEFT, 0
        try:
            answer = await self._answer_or_say(incoming, receive)
            if not self._outgoing.has_room(answer):
                answer = self._say(BUSY, incoming)
            status, length = answer.status, 0 if incoming.method == "HEAD" else answer.length
            with self._outgoing.holding(answer):
                await send_answer(answer, incoming.method, send)
        except ClientGoneError:
            pass
        finally:
            if self._access_log is not None:
                seconds = time.monotonic() - started
                self._access_log.info(access_line(incoming, status, length, seconds, now()))

    async def _answer_or_say(self, incoming: Incoming, receive: Receive) -> Answer:
        """Answer; a fault of ours is logged, and told in the shape of all errors."""
        try:
            return await self._answer(incoming, receive)
        except ClientGoneError:
            raise
        except Exception:
            LOG.exception("%s %s", incoming.method, incoming.path)
            problem = Problem(500, "Erreur du serveur", "Cette demande a mis au jour une erreur du serveur.")
            return self._say(problem, incoming)

    def _say(self, problem: Problem, incoming: Incoming) -> Answer:
        return _say(problem, incoming, self._current.edition)

    async def _answer(self, incoming: Incoming, receive: Receive) -> Answer:
        edition = self._current.edition
        if not incoming.names_its_host:
            return self._say(_NO_HOST, incoming)
        if incoming.path in PATHS:
            return await self._sparql(edition, incoming, receive)
        if incoming.path == "/health":
            return (
                await _health(edition) if incoming.method in {"GET", "HEAD"} else self._say(_HEALTH_IS_READ, incoming)
            )
        return await _site(edition, incoming)

    async def _sparql(self, edition: Edition, incoming: Incoming, receive: Receive) -> Answer:
        body = await read_body(receive, self._limits.request, self._limits.seconds)
        if isinstance(body, Problem):
            return self._say(body, incoming)
        service = Service(edition.publication, edition.engines, self._limits)
        return await _unless_client_leaves(service.respond(incoming, body), receive)


async def _unless_client_leaves(work: Coroutine[None, None, Answer], receive: Receive) -> Answer:
    """Do a piece of work, and break it off where nobody waits for it any more: the query's engine ends with it.

    Raises:
        ClientGoneError: it was broken off.
    """
    answering, leaving = asyncio.create_task(work), asyncio.create_task(_until_client_leaves(receive))
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise ClientGoneError
        return answering.result()
    finally:
        for task in (answering, leaving):
            task.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)


async def _until_client_leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _site(edition: Edition, incoming: Incoming) -> Answer:
    arguments = (edition.publication, incoming.method, incoming.path, incoming.headers)
    try:
        if incoming.path.endswith(_MADE_ON_REQUEST):
            return await asyncio.get_running_loop().run_in_executor(_CONVERTING, respond, *arguments)
        return respond(*arguments)
    except OSError as error:
        # The folder went while it was read: the publication after the next one has removed it.
        LOG.warning("%s: %s", incoming.path, error)
        problem = Problem(
            503, "Publication en cours de remplacement", "Recommencez dans un instant.", headers={"Retry-After": "1"}
        )
        return _say(problem, incoming, edition)


def _say(problem: Problem, incoming: Incoming, edition: Edition) -> Answer:
    """Tell a problem in the shape of all errors: as JSON to who asks SPARQL without a preference."""
    return render_problem(
        problem,
        incoming.headers.get("accept"),
        edition.publication,
        incoming.path[1:],
        for_programs=incoming.path in PATHS,
    )


async def _health(edition: Edition) -> Answer:
    """Tell a supervisor or a load balancer whether queries are answered, and from which publication: by asking one."""
    exported = edition.publication.facts.exported
    queries = edition.engines.working
    outcome = await ask(SparqlRequest("ASK {}"), JSON, edition.engines, _PROBE)
    is_healthy = isinstance(outcome, bytes)
    content = {
        "status": "ok" if is_healthy else "busy" if outcome is BUSY else "down",
        "publication": edition.publication.folder.name,
        "exported": exported.isoformat() if exported else None,
        "queries": queries,
    }
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if not is_healthy:
        headers["Retry-After"] = "1"
    return Answer(200 if is_healthy else 503, headers, (json.dumps(content) + "\n").encode())
