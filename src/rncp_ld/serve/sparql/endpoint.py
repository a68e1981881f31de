"""A query becomes the engine's answer, or one clear problem. Limits hold here, whatever the engine does."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from rncp_ld.diagnostics import shorten
from rncp_ld.errors import RncpError
from rncp_ld.formats import Format
from rncp_ld.serve.problems import Problem
from rncp_ld.serve.sparql.client import (
    EngineLostError,
    EngineRefusedError,
    ResultBrokenError,
    ResultTooLargeError,
    SparqlClient,
)
from rncp_ld.serve.sparql.engines import BusyError, Engines
from rncp_ld.serve.sparql.formats import is_whole
from rncp_ld.serve.sparql.limits import Limits
from rncp_ld.serve.sparql.request import SparqlRequest

LOG = logging.getLogger(__name__)

T = TypeVar("T")
Fields = list[tuple[str, str]]

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_DUMPS: Final = "prenez les fichiers de dumps/"

BUSY: Final = Problem(
    503,
    "Trop de requêtes en cours",
    "Toutes les places sont prises ; recommencez dans un instant.",
    headers={"Retry-After": "1"},
    kind="busy",
)
LOST: Final = Problem(
    503,
    "Moteur interrompu",
    "Le moteur s'est arrêté pendant cette requête ; un autre prend sa place : recommencez.",
    headers={"Retry-After": "1"},
    kind="engine-lost",
)


BROKEN: Final = Problem(
    502,
    "Le moteur a échoué",
    "Le moteur n'est pas venu à bout du résultat ; rien n'en est rendu plutôt qu'une partie.",
    kind="engine-failed",
)

_COME_BACK: Final = {429, 503}
_CLIENT_IS_WRONG: Final = {400, 406, 413, 414}
"""Statuses of the engine that are about the query; any other one is about the engine, or about who asks it."""

_FAILURES: Final = (
    BusyError, EngineRefusedError, EngineLostError, ResultBrokenError, ResultTooLargeError, TimeoutError, RncpError,
)  # fmt: skip
"""Why there may be no result: each has one answer (`_problem_of`)."""


async def ask(request: SparqlRequest, form: Format, engines: Engines, limits: Limits) -> bytes | Problem:
    """Ask an engine and return the whole result in a format, or why there is none."""

    async def whole(engine: SparqlClient, fields: Fields) -> bytes:
        body = await engine.ask(fields, form.media_type, limits.result)
        if engine.appends_errors and not is_whole(body, form):
            raise ResultBrokenError
        return body

    return await _with_engine(request, engines, limits, whole)


async def first_lines(
    request: SparqlRequest, form: Format, most_lines: int, engines: Engines, limits: Limits
) -> tuple[list[str], bool] | Problem:
    """Ask an engine and return the first lines of a result, and whether they are all, or why there are none."""

    async def lines(engine: SparqlClient, fields: Fields) -> tuple[list[str], bool]:
        return await engine.lines(fields, form.media_type, most_lines, limits.result)

    return await _with_engine(request, engines, limits, lines)


async def _with_engine(
    request: SparqlRequest, engines: Engines, limits: Limits, work: Callable[[SparqlClient, Fields], Awaitable[T]]
) -> T | Problem:
    fields = [
        ("query", request.query),
        *(("default-graph-uri", graph) for graph in request.default_graphs),
        *(("named-graph-uri", graph) for graph in request.named_graphs),
    ]
    try:
        async with asyncio.timeout(limits.seconds), engines.engine() as engine:
            return await work(engine, fields)
    except _FAILURES as error:
        return _problem_of(error, limits)


def _problem_of(error: Exception, limits: Limits) -> Problem:
    match error:
        case BusyError():
            problem = BUSY
        case EngineRefusedError():
            problem = _refused(error)
        case ResultBrokenError():
            problem = BROKEN
        case TimeoutError():
            problem = _too_long(limits)
        case ResultTooLargeError():
            problem = _too_large(limits)
        case EngineLostError(by_memory=True):
            problem = _out_of_memory(limits)
        case RncpError():  # no engine could be started
            LOG.error("%s", error)
            problem = LOST
        case _:
            problem = LOST
    return problem


def _refused(error: EngineRefusedError) -> Problem:
    match = _PLACE.search(error.text)
    if error.status in _COME_BACK:
        return BUSY
    if error.status not in _CLIENT_IS_WRONG:
        said = shorten(error.text) or f"Il répond {error.status}."
        return Problem(502, "Le moteur a échoué", said, kind="engine-failed")
    if match is None:
        return Problem(400, "Requête refusée", shorten(error.text), kind="refused")
    line, column = int(match[1]), int(match[2])
    said = re.sub(r"^expected ", "attendu : ", shorten(match[3], 300))
    return Problem(
        400,
        "Ce n'est pas du SPARQL",
        f"Ligne {line}, colonne {column} : {said}",
        more={"line": line, "column": column},
        kind="malformed-query",
    )


def _too_long(limits: Limits) -> Problem:
    detail = f"Elle a été arrêtée après {limits.seconds:g} secondes. Restreignez-la, ou {_DUMPS}."
    return Problem(504, "Requête trop longue", detail, kind="timeout")


def _too_large(limits: Limits) -> Problem:
    detail = (
        f"Le résultat dépasse {limits.result / (1 << 20):g} Mio ; aucun n'est rendu plutôt qu'une partie. Ajoutez LIMIT, "
        f"ou {_DUMPS}."
    )
    return Problem(400, "Résultat trop grand", detail, kind="result-too-large")


def _out_of_memory(limits: Limits) -> Problem:
    # The engine ends in the same way where it parses brackets within brackets beyond its stack.
    detail = (
        f"Elle demande plus de {limits.memory >> 20} Mio de mémoire, ou emboîte trop de parenthèses. Restreignez-la, "
        f"ou {_DUMPS}."
    )
    return Problem(400, "Requête trop gourmande", detail, kind="out-of-memory")
