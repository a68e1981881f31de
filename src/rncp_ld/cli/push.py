"""`push`: the graph in another store."""

from __future__ import annotations

import os
from pathlib import Path

import click

from rncp_ld.cli.options import build_folder, ends_well, verbosity
from rncp_ld.cli.progress import transfers
from rncp_ld.publish.publication import current


@click.command("push")
@click.option("--graph-store", "url", required=True, metavar="URL", help="Its SPARQL 1.1 Graph Store Protocol.")
@click.option(
    "--graph",
    default="default",
    show_default=True,
    metavar="IRI",
    help="Graph to replace; default: the one without a name, which Virtuoso does not have.",
)
@click.option(
    "--sparql-endpoint",
    "endpoint",
    metavar="URL",
    help="Count the graph there afterwards; another number than was sent is an error.",
)
@click.option(
    "--timeout",
    type=click.IntRange(1, 7 * 24 * 3600),
    default=3600,
    show_default=True,
    help="Seconds for all of it, until the store has loaded the graph; then it is given up.",
)
@build_folder
@verbosity("Only what went wrong.", "Each answer of the store, too.")
@ends_well
def push_command(
    url: str, graph: str, endpoint: str | None, timeout: int, build: Path, quiet: bool, verbose: bool
) -> None:
    """Replace a graph of another store by the publication's.

    The store sees RNCP_LD_PUSH_USER and RNCP_LD_PUSH_PASSWORD (basic or digest authentication, as it asks), or
    RNCP_LD_PUSH_TOKEN (bearer), of the environment. See docs/push.md for Oxigraph, Virtuoso, Fuseki and QLever.

    \b
    Examples:
      rncp-ld push --graph-store http://localhost:7878/store
      rncp-ld push --graph-store http://localhost:8890/sparql-graph-crud-auth --graph https://w3id.org/rncp/
      rncp-ld push --graph-store http://localhost:3030/rncp/data --sparql-endpoint http://localhost:3030/rncp/sparql
    """
    from rncp_ld.store import credentials, exchange, graph_dump, graph_store  # noqa: PLC0415 - httpx takes 0.2 s to import, for this command only

    def answered(words: str) -> None:
        click.echo(words, err=True)

    remote = graph_store.RemoteGraph.parse(url, graph)
    at = None if endpoint is None else exchange.parse_store_address(endpoint)
    who = credentials.Credentials.from_environment(os.environ)
    dump = graph_dump.GraphDump.measure(current(build) / "site" / "dumps" / "rncp.nt.gz")
    with transfers(quiet) as bars:

        def sent(done: int) -> None:
            if bars is not None:
                bars.show("send", done, dump.size, "the store is loading" if done == dump.size else None)

        pushing = graph_store.Pushing(who, at, timeout, sent, answered if verbose else None)
        graph_store.replace_graph(dump, remote, pushing)
    if not quiet:
        where = "" if endpoint is None else "; counted there: the same"
        click.echo(f"sent {dump.triples:,} triples to {remote}{where}", err=True)
