"""`serve`: a publication over HTTP."""

from __future__ import annotations

import logging
import math
from pathlib import Path

import click

from rncp_ld.cli.addresses import endpoint_address
from rncp_ld.cli.options import ends_well, verbosity
from rncp_ld.serve.networks import Network, parse_network
from rncp_ld.serve.sparql.limits import DEFAULTS, Limits


def _networks(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return tuple(parse_network(value) for value in values)
    except ValueError as error:
        raise click.BadParameter(f"{error}; expected an address (10.0.0.1) or a network (10.0.0.0/8)") from None


def _number(_: click.Context, __: click.Parameter, value: float) -> float:
    if math.isnan(value):  # it is neither below a limit nor above
        raise click.BadParameter("nan: expected a number of seconds")
    return value


def _host(_: click.Context, __: click.Parameter, value: str) -> str:
    if not value:  # the system would take it for all addresses
        raise click.BadParameter("it is empty; name an address, such as 127.0.0.1")
    return value


@click.command("serve")
@click.argument("build", type=click.Path(path_type=Path), default=Path("build"))
@click.option("--host", default="127.0.0.1", show_default=True, callback=_host, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0: any free one.")
@click.option(
    "--sparql-endpoint", "endpoint", metavar="URL", default="", callback=endpoint_address,
    help="Let this SPARQL service answer queries; default: engines of our own on the build's store.",
)  # fmt: skip
@click.option(
    "--query-seconds", type=click.FloatRange(0, 86_400, min_open=True), default=DEFAULTS.seconds, callback=_number, show_default=True,
    help="Seconds after which a query is ended.",
)  # fmt: skip
@click.option(
    "--query-memory", type=click.IntRange(256), default=DEFAULTS.memory >> 20, show_default=True,
    help="MiB of memory that the engine of a query may take.",
)  # fmt: skip
@click.option(
    "--query-result", type=click.IntRange(1), default=DEFAULTS.result >> 20, show_default=True,
    help="MiB that a result may have; a larger one is an error.",
)  # fmt: skip
@click.option(
    "--queries", type=click.IntRange(1), default=DEFAULTS.queries, show_default=True,
    help="Queries at the same time, each with an engine of its own; one more is asked to come back (503).",
)  # fmt: skip
@click.option(
    "--trusted-proxy", "trusted", metavar="ADDRESS", multiple=True, callback=_networks,
    help="A proxy (address or network) whose X-Forwarded-For, -Proto and -Host count; may be given several times.",
)  # fmt: skip
@click.option(
    "--access-log", metavar="FILE", default="",
    help='Write a line for each request, in the combined format; "-": standard output.',
)  # fmt: skip
@verbosity("Do not say the address.", "Say when the next publication answers.")
@ends_well
def serve_command(
    build: Path,
    host: str,
    port: int,
    endpoint: str,
    query_seconds: float,
    query_memory: int,
    query_result: int,
    queries: int,
    trusted: tuple[Network, ...],
    access_log: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve a publication: its site, content negotiation, a SPARQL endpoint and page at /sparql.

    The next publication of the same folder answers as soon as it is whole, without a restart. /health says which one answers.

    \b
    Examples:
      rncp-ld serve build --port 8000
      rncp-ld serve build --queries 4 --query-seconds 5 --access-log - --trusted-proxy 127.0.0.1
    """
    from rncp_ld.serve.server import Settings, serve  # noqa: PLC0415 - starlette and uvicorn take 0.3 s to import, for this command only

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    if verbose:  # of ours only: httpx would name each question to an engine
        logging.getLogger("rncp_ld").setLevel(logging.INFO)

    def started(address: str) -> None:
        if not quiet:
            click.echo(f"serving {build}/site at {address} (stop: Ctrl-C)", err=True)

    limits = Limits(query_seconds, query_memory << 20, query_result << 20, DEFAULTS.request, queries)
    serve(build, Settings(host, port, limits, endpoint, trusted, access_log), started)
