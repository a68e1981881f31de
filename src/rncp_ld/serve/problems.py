"""The one shape of errors: problem details (RFC 9457: https://www.rfc-editor.org/rfc/rfc9457) as JSON or as a page, by Accept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from rncp_ld.formats import Format
from rncp_ld.publish.pages.page import root_of
from rncp_ld.publish.pages.site import environment
from rncp_ld.serve.answer import Answer
from rncp_ld.serve.locate import LONGEST
from rncp_ld.serve.negotiation import negotiate
from rncp_ld.serve.publication import Publication

PAGE: Final = Format("HTML", "text/html", "html", 1.0, charset=True)
JSON: Final = Format("Problem details", "application/problem+json", "json", 0.5, others=("application/json", "application/ld+json"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be answered as it was asked.

    Attributes:
        status: of HTTP.
        title: a French sentence that is the same for each problem of this kind.
        detail: what is wrong here, in French; plain text, typed with plain spaces.
        links: (address, text) of what may help.
        headers: that go with the status (`Allow`, `Retry-After`).
        more: members of the JSON beside the standard ones.
        kind: a name for programs, the fragment of `type`; "" where the status says it all.
    """

    status: int
    title: str
    detail: str
    links: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""

    @property
    def said(self) -> str:
        """The detail with the unbreakable spaces of French typography."""
        return _BEFORE_SIGN.sub("\N{NO-BREAK SPACE}", self.detail)


_BEFORE_SIGN: Final = re.compile(r"(?<=\S) (?=[:;?!»](?:\s|$))|(?<=«) ")


def render_problem(
    problem: Problem, accept: str | None, publication: Publication, path: str = "", *, for_programs: bool = False
) -> Answer:
    """Return a problem as an answer.

    Args:
        problem: what is wrong.
        accept: of the request.
        publication: whose frame the page has.
        path: that was asked for; links on the page go out from there.
        for_programs: JSON where the client has no preference: at the SPARQL endpoint.
    """
    formats = (PAGE, JSON)
    wanted = negotiate(accept, formats)
    if wanted is None or (for_programs and not _prefers_page(accept)):
        wanted = JSON
    body = _page(problem, publication, path) if wanted is PAGE else _json(problem)
    headers = {"Content-Type": wanted.content_type, "Vary": "Accept", "Cache-Control": "no-cache", **problem.headers}
    return Answer(problem.status, headers, body.encode())


def _prefers_page(accept: str | None) -> bool:
    return "text/html" in (accept or "").lower() and negotiate(accept, (PAGE, JSON)) is PAGE


def _json(problem: Problem) -> str:
    content = {
        "type": f"urn:rncp-ld:problem:{problem.kind}" if problem.kind else "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.said,
        **problem.more,
    }
    if problem.links:
        content["links"] = [{"href": address, "title": text} for address, text in problem.links]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _page(problem: Problem, publication: Publication, path: str) -> str:
    template = environment().get_template("problem.html")
    return template.render(
        root=root_of(path) if len(path) <= LONGEST else "/",
        common=publication.frame,
        attribution=publication.attribution,
        problem=problem,
    )
