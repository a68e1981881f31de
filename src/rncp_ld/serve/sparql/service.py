"""`/sparql`: a query, the page for people, or the description of the service, by what is asked for and what is accepted."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import Final

from rncp_ld.diagnostics import shorten
from rncp_ld.formats import N_TRIPLES, Format
from rncp_ld.headers import CACHE
from rncp_ld.serve.answer import Answer
from rncp_ld.serve.coding import compress, is_compressible, takes_gzip
from rncp_ld.serve.incoming import Incoming
from rncp_ld.serve.negotiation import negotiate
from rncp_ld.serve.problems import Problem, render_problem
from rncp_ld.serve.publication import Publication
from rncp_ld.serve.sparql.description import render_description
from rncp_ld.serve.sparql.endpoint import BROKEN, ask, first_lines
from rncp_ld.serve.sparql.engines import Engines
from rncp_ld.serve.sparql.formats import GRAPHS, JSON, PAGE, ROWS, TSV, by_name, formats_of
from rncp_ld.serve.sparql.guard import refusal
from rncp_ld.serve.sparql.limits import Limits
from rncp_ld.serve.sparql.page import SHOWN, render_page
from rncp_ld.serve.sparql.request import METHODS, SparqlRequest, parse_request
from rncp_ld.serve.sparql.rows import Table, table_of_rows, table_of_triples
from rncp_ld.serve.sparql.tokens import form_of
from rncp_ld.store.questions import ParameterError, answer_with

PATHS: Final = frozenset({"/sparql", "/sparql/"})

_OF_NOW: Final = {"Cache-Control": "no-cache"}
"""On results: a query may ask for the time or for chance, and the next publication answers otherwise."""

_READABLE: Final = 4 << 20
"""Bytes of the rows on the page: more is for files."""

_PREFLIGHT: Final = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class Service:
    """The endpoint on one publication.

    Attributes:
        publication: whose data it answers from.
        engines: what runs queries.
        limits: what a query may cost.
    """

    publication: Publication
    engines: Engines
    limits: Limits

    async def respond(self, incoming: Incoming, body: bytes) -> Answer:
        """Answer a request.

        Args:
            incoming: for one of `PATHS`.
            body: of a POST, whole.
        """
        if incoming.method == "OPTIONS":
            return Answer(204, _PREFLIGHT)
        if incoming.method not in {"GET", "HEAD", "POST"}:
            problem = Problem(405, "Méthode refusée", f"Ici : {METHODS}.", headers={"Allow": METHODS})
            return await self._problem(problem, incoming)
        request = parse_request(incoming.method, incoming.query, incoming.headers.get("content-type", ""), body)
        if isinstance(request, SparqlRequest):
            request = self._with_question(request)
        if isinstance(request, Problem):
            return await self._problem(request, incoming)
        answer = await (self._result(request, incoming) if request.query else self._about(request, incoming))
        return await _coded(answer, incoming)

    def _with_question(self, request: SparqlRequest) -> SparqlRequest | Problem:
        """Exchange the name of a competency question for its text."""
        if not request.question:
            return request
        question = next((one for one in self.publication.questions if one.name == request.question), None)
        if question is None:
            return Problem(404, "Question inconnue", f"Il n'y a pas de question « {request.question[:80]} ».")
        try:
            return replace(request, query=answer_with(question, dict(request.parameters)))
        except ParameterError as error:
            known = {one.name: one.description for one in question.parameters}
            name = shorten(error.parameter, 80)
            expected = f" : {known[name]}" if name in known else " n'est pas un paramètre de cette question"
            return Problem(400, "Paramètre refusé", f"« {name} »{expected}.", kind="bad-parameter")

    async def _about(self, request: SparqlRequest, incoming: Incoming) -> Answer:
        """Answer a request without a query: by the page or by the description."""
        if incoming.method == "POST":
            problem = Problem(400, "Requête absente", "Le champ « query » manque.", kind="malformed-request")
            return await self._problem(problem, incoming)
        chosen = _choose(request, incoming, GRAPHS)
        if chosen is None:
            return await self._not_acceptable(GRAPHS, incoming)
        if chosen is PAGE:
            return await self._page(request, incoming, None)
        body = await asyncio.to_thread(render_description, self.publication, incoming.address, chosen)
        return Answer(200, _headers(chosen), body)

    async def _result(self, request: SparqlRequest, incoming: Incoming) -> Answer:
        problem = refusal(request.query)
        if problem is not None:
            return await self._problem(problem, incoming, request)
        offered = formats_of(form_of(request.query))
        chosen = _choose(request, incoming, offered)
        if chosen is None:
            return await self._not_acceptable(offered, incoming)
        if chosen is PAGE:
            return await self._page(request, incoming, await self._first_rows(request))
        body = await ask(request, chosen, self.engines, self.limits)
        if isinstance(body, Problem):
            return await self._problem(body, incoming, request)
        return Answer(200, _headers(chosen) | _OF_NOW, body)

    async def _first_rows(self, request: SparqlRequest) -> Table | bool | Problem:
        """Return what the page shows of a result."""
        form = form_of(request.query)
        if form == "ASK":
            verdict = await ask(request, JSON, self.engines, self.limits)
            return verdict if isinstance(verdict, Problem) else _verdict(verdict)
        are_rows = formats_of(form) is ROWS
        limits = replace(self.limits, result=min(self.limits.result, _READABLE))
        lines = await first_lines(request, TSV if are_rows else N_TRIPLES, SHOWN + are_rows, self.engines, limits)
        if isinstance(lines, Problem):
            return lines
        return await asyncio.to_thread(table_of_rows if are_rows else table_of_triples, *lines, self.publication.iris)

    async def _page(self, request: SparqlRequest, incoming: Incoming, outcome: Table | bool | Problem | None) -> Answer:
        """Make the page; in a thread, as a table of many cells takes its time."""
        body = await asyncio.to_thread(render_page, self.publication, incoming.root, request, outcome)
        if isinstance(outcome, Problem):
            return Answer(outcome.status, _headers(PAGE) | dict(outcome.headers) | _OF_NOW, body)
        return Answer(200, _headers(PAGE) if outcome is None else _headers(PAGE) | _OF_NOW, body)

    async def _problem(self, problem: Problem, incoming: Incoming, request: SparqlRequest | None = None) -> Answer:
        """Say what is wrong: on the page, so that the query is not lost, to those who read pages."""
        accept = incoming.headers.get("accept")
        if request is not None and negotiate(accept, (JSON, PAGE)) is PAGE:
            return await self._page(request, incoming, problem)
        return render_problem(problem, accept, self.publication, incoming.path.removeprefix("/"), for_programs=True)

    async def _not_acceptable(self, offered: tuple[Format, ...], incoming: Incoming) -> Answer:
        there = ", ".join(one.media_type for one in offered)
        problem = Problem(406, "Aucun format acceptable", f"Ce résultat existe dans ces formats : {there}.")
        return await self._problem(problem, incoming)


def _verdict(body: bytes) -> bool | Problem:
    try:
        return bool(json.loads(body)["boolean"])
    except (ValueError, TypeError, KeyError):  # of another server
        return BROKEN


def _choose(request: SparqlRequest, incoming: Incoming, offered: tuple[Format, ...]) -> Format | None:
    """Return the format: the parameter's, else by Accept; None where there is none."""
    return by_name(request.form, offered) if request.form else negotiate(incoming.headers.get("accept"), offered)


def _headers(form: Format) -> dict[str, str]:
    return {"Content-Type": form.content_type, "Vary": "Accept", "Cache-Control": CACHE}


async def _coded(answer: Answer, incoming: Incoming) -> Answer:
    """Compress what is worth it for those who take it; in a thread, since a result may be large."""
    body = answer.body
    if not isinstance(body, bytes) or not is_compressible(answer.headers.get("Content-Type", ""), len(body)):
        return answer
    headers = {**answer.headers, "Vary": "Accept, Accept-Encoding"}
    if not takes_gzip(incoming.headers.get("accept-encoding")):
        return replace(answer, headers=headers)
    return Answer(answer.status, {**headers, "Content-Encoding": "gzip"}, await asyncio.to_thread(compress, body))
