"""Runs a query on a store and writes its result in the formats of the standard."""

from __future__ import annotations

from typing import IO

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from rncp_ld.diagnostics import shorten
from rncp_ld.errors import UsageError
from rncp_ld.rdf.serialise import to_turtle
from rncp_ld.rdf.terms import text_of
from rncp_ld.store.store import GraphStore

FORMATS = {
    "table": None,
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "ttl": None,
}
"""Name of a format → SPARQL results format; `table` is for people, `ttl` for CONSTRUCT and DESCRIBE."""


def run_query(store: GraphStore, query: str, form: str, out: IO[bytes], namespace: str) -> None:
    """Run a query and write its result.

    Args:
        store: what to ask.
        query: SPARQL 1.1.
        form: key of `FORMATS`; a graph is written as Turtle (`table` and `ttl`) or JSON-LD (`json`).
        out: where to write.
        namespace: the ontology's, for the prefix `rncp` of a graph.

    Raises:
        UsageError: the query is no SPARQL, or its result has not this form.
    """
    try:
        result = store.run(query)
    except (SyntaxError, UnicodeEncodeError) as error:
        said = "it is not UTF-8" if isinstance(error, UnicodeEncodeError) else shorten(str(error))
        raise UsageError(f"this is no SPARQL query: {said}") from error
    if isinstance(result, ox.QueryTriples):
        _graph(result, form, out, namespace)
    elif form == "ttl":
        raise UsageError("Turtle is for CONSTRUCT and DESCRIBE; ask for table, csv or json")
    elif (standard := FORMATS[form]) is not None:
        result.serialize(out, standard)
        if form == "json" or isinstance(result, ox.QueryBoolean):
            out.write(b"\n")
    elif isinstance(result, ox.QueryBoolean):
        out.write(b"yes\n" if result else b"no\n")
    else:
        _table(result, out)


def _graph(triples: ox.QueryTriples, form: str, out: IO[bytes], namespace: str) -> None:
    """Write the result of CONSTRUCT or DESCRIBE."""
    if form == "csv":
        raise UsageError("CSV is for SELECT and ASK; ask for ttl or json")
    if form == "json":
        triples.serialize(out, ox.RdfFormat.JSON_LD)
        out.write(b"\n")
    else:
        out.write(to_turtle(((str(t.subject), str(t.predicate), str(t.object)) for t in triples), namespace).encode())


def _table(solutions: ox.QuerySolutions, out: IO[bytes]) -> None:
    """Write rows for people: IRIs and literals as their text, and how many there are."""
    table = Table(show_edge=False, header_style="bold")
    for variable in solutions.variables:
        table.add_column(variable.value, overflow="fold")
    count = 0
    for solution in solutions:
        table.add_row(*("" if term is None else text_of(str(term)) for term in solution))
        count += 1
    # A pipe or a file has no width: then nothing is folded but what is very long. Texts are data: "[b]" is no markup.
    console = Console(highlight=False, markup=False, emoji=False, width=None if out.isatty() else 200)
    with console.capture() as capture:
        console.print(table)
    out.write(capture.get().encode())
    out.write(f"{count} row{'' if count == 1 else 's'}\n".encode())
