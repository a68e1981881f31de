"""Runs a query on a store and writes its result in the formats of the standard."""

from __future__ import annotations

from typing import IO

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from rncp_ld.errors import UsageError
from rncp_ld.rdf.terms import text_of
from rncp_ld.rdf.vocabulary import PREFIXES
from rncp_ld.store.store import GraphStore

FORMATS = {
    "table": None,
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "ttl": None,
}
"""Name of a format → SPARQL results format; `table` is for people, `ttl` for CONSTRUCT and DESCRIBE."""


def run_query(store: GraphStore, query: str, form: str, out: IO[bytes]) -> None:
    """Run a query and write its result.

    Args:
        store: what to ask.
        query: SPARQL 1.1.
        form: key of `FORMATS`; a graph is written as Turtle, whatever is asked but `json` (then JSON-LD).
        out: where to write.

    Raises:
        UsageError: the query is no SPARQL, or its result has not this form.
    """
    try:
        result = store.run(query)
    except SyntaxError as error:
        raise UsageError(f"this is no SPARQL query: {error}") from error
    if isinstance(result, ox.QueryTriples):
        graph = ox.RdfFormat.JSON_LD if form == "json" else ox.RdfFormat.TURTLE
        result.serialize(out, graph, **({"prefixes": PREFIXES} if graph is ox.RdfFormat.TURTLE else {}))
    elif form == "ttl":
        raise UsageError("Turtle is for CONSTRUCT and DESCRIBE; ask for table, csv or json")
    elif (standard := FORMATS[form]) is not None:
        result.serialize(out, standard)
    elif isinstance(result, ox.QueryBoolean):
        out.write(b"yes\n" if result else b"no\n")
    else:
        _table(result, out)


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
