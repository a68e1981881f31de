"""The SPARQL page: a query, its result as a table whose IRIs lead to our pages, and the competency questions as examples.

All of it is made here and works without a script; `assets/sparql.js` only spares the reader a new page for each query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from rncp_ld.publish.pages.site import environment
from rncp_ld.serve.problems import Problem
from rncp_ld.serve.publication import Publication
from rncp_ld.serve.sparql.formats import GRAPHS, PAGE, ROWS, formats_of
from rncp_ld.serve.sparql.request import SparqlRequest
from rncp_ld.serve.sparql.rows import Table
from rncp_ld.serve.sparql.tokens import form_of
from rncp_ld.store.questions import Question

SHOWN: Final = 1000
"""Rows that the page shows; the files hold all of them."""

_DEFAULT: Final = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rncp: <{namespace}>

SELECT ?certification ?intitule WHERE {{
  ?certification a rncp:Certification ;
    dcterms:title ?intitule ;
    rncp:isActive true .
}}
ORDER BY ?certification
LIMIT 20
"""

_LONGEST_LINK: Final = 8000
"""Characters of an address that every client and proxy takes; the result of a longer query is asked for by POST."""


@dataclass(frozen=True, slots=True)
class Example:
    """A competency question with the values that its fields hold."""

    name: str
    text: str
    parameters: Sequence[tuple[str, str, str]]
    is_chosen: bool


def render_page(
    publication: Publication, root: str, request: SparqlRequest, outcome: Table | bool | Problem | None
) -> bytes:
    """Return the page.

    Args:
        publication: what is asked.
        root: the way from the page to the site's root.
        request: that is answered; its query is shown again, as it came.
        outcome: the first rows, yes or no, why there is no result, or None where nothing was asked.
    """
    values = dict(request.parameters) if request.question else {}
    template = environment().get_template("sparql.html")
    offered = [one for one in formats_of(form_of(request.query)) if one is not PAGE]
    return template.render(
        root=root,
        common=publication.frame,
        attribution=publication.attribution,
        action=f"{root}sparql",
        query=request.query or _DEFAULT.format(namespace=publication.iris.namespace),
        fields=_dataset(request),
        asked=outcome is not None,
        problem=outcome if isinstance(outcome, Problem) else None,
        table=outcome if isinstance(outcome, Table) else None,
        verdict=outcome if isinstance(outcome, bool) else None,
        downloads=[
            (f"{root}sparql?{link}", one.name, one.suffix) for one in offered if (link := _link(request, one.suffix))
        ],
        formats=[one for one in (*ROWS, *GRAPHS) if one is not PAGE],
        examples=[_example(one, values if one.name == request.question else None) for one in publication.questions],
    ).encode()


def _example(question: Question, values: Mapping[str, str] | None) -> Example:
    parameters = [(one.name, (values or {}).get(one.name, one.default), one.description) for one in question.parameters]
    return Example(question.name, question.french, parameters, values is not None)


def _dataset(request: SparqlRequest) -> list[tuple[str, str]]:
    return [
        *(("default-graph-uri", graph) for graph in request.default_graphs),
        *(("named-graph-uri", graph) for graph in request.named_graphs),
    ]


def _link(request: SparqlRequest, suffix: str) -> str:
    """Return the fields of an address that gives the result in a format; "" where it would be too long."""
    asked = [("question", request.question), *request.parameters] if request.question else [("query", request.query)]
    link = urlencode([*asked, *_dataset(request), ("format", suffix)])
    return link if len(link) <= _LONGEST_LINK else ""
