"""The command line: arguments → pipeline → exit code.

0: done. 1: done, and a fiche has a violation; or no fiche was fit, and nothing was published. 2: wrong usage. 3: a source, the
output or a publication failed.
`docs/cli.md` is made from the texts here.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import IO, Any, TypeVar

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)

from rncp_ld import __version__, pipeline
from rncp_ld.diagnostics import Severity, render_json, render_line
from rncp_ld.errors import OutputError, RncpError, UsageError
from rncp_ld.fetch.limits import DEFAULTS as FETCH_DEFAULTS
from rncp_ld.fetch.names import API, DATASET
from rncp_ld.publish.publication import current, read_facts
from rncp_ld.publish.report import Report, render_summary, render_turtle
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import to_jsonld, to_ntriples, to_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.serve.networks import Network, parse_network
from rncp_ld.serve.sparql.limits import DEFAULTS, Limits
from rncp_ld.store.query import FORMATS, run_query
from rncp_ld.store.questions import list_questions, load_query
from rncp_ld.store.store import GraphStore

F = TypeVar("F", bound=Callable[..., Any])

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _base_iri(_: click.Context, __: click.Parameter, value: str) -> str:
    try:
        return Iris(value).base
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
base_iri = click.option(
    "--base-iri", default=DEFAULT_BASE, show_default=True, callback=_base_iri, help='Base of all IRIs, ends in "/".'
)


def keep_going(what: str) -> Callable[[F], F]:
    """Add --keep-going; `what` the command does with what could be read."""
    return click.option(
        "--keep-going", is_flag=True, help=f"{what} what could be read although a source could not (exit 3)."
    )


build_folder = click.option(
    "--build",
    "build",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Output folder of `rncp-ld build`.",
)


def verbosity(quiet: str, verbose: str) -> Callable[[F], F]:
    """Add -q and -v, with what they do in this command."""

    def add(command: F) -> F:
        command = click.option("-v", "--verbose", is_flag=True, help=verbose)(command)
        return click.option("-q", "--quiet", is_flag=True, help=quiet)(command)

    return add


def ends_well(command: F) -> F:
    """Turn the errors that end a run into a message and an exit code; a user's mistake never shows a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except RncpError as error:
            click.echo(f"rncp-ld: {error}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output has left (`| head`): nothing more to say, and what is buffered has no place to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            # A file that cannot be written, a full disk: the system's own words say which and why.
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"rncp-ld: {place}{error.strerror or error}", err=True)
            sys.exit(RncpError.exit_code)
        except KeyboardInterrupt:
            click.echo("rncp-ld: interrupted; the last publication is unchanged", err=True)
            sys.exit(130)

    return run  # type: ignore[return-value]  # wraps keeps the signature


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="rncp-ld")
def main() -> None:
    """The French register of professional certifications (RNCP and RS) as linked data.

    A SOURCE is a fiche (old text fiche, XML export V4.1), a folder of them, a .zip, or - for standard input.
    """


@main.command("build")
@sources
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="Output folder."
)
@base_iri
@keep_going("Publish")
@verbosity("Only what could not be read.", "Every diagnostic, not only those that keep a fiche out.")
@ends_well
def build_command(
    sources: tuple[str, ...], output: Path, base_iri: str, keep_going: bool, quiet: bool, verbose: bool
) -> None:
    """Read, map, link, check and publish.

    \b
    Examples:
      rncp-ld build data/fiches -o build
      rncp-ld build export-fiches-rncp-v4-1-2026-08-16.zip export-fiches-rs-v4-1-2026-08-16.zip -o build
    """
    with _progress(quiet) as progress:
        report = pipeline.build(sources, output, pipeline.Options(base_iri, keep_going, progress))
    _tell(report, quiet, verbose)
    if not quiet:
        click.echo(f"published: {output}/site (report: {output}/report.html)", err=True)
    sys.exit(_exit_code(report))


@main.command("check")
@sources
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="json: one line each; ttl: a SHACL validation report.",
)
@base_iri
@keep_going("Check")
@verbosity("Diagnostics only, without the summary.", "The share read of each fiche, too.")
@ends_well
def check_command(
    sources: tuple[str, ...], form: str, base_iri: str, keep_going: bool, quiet: bool, verbose: bool
) -> None:
    """Do the same up to the check, and print what is wrong: path:line: severity CODE message.

    \b
    Examples:
      rncp-ld check data/fiches
      rncp-ld check --format json export.zip | jq -r .code | sort | uniq -c
      rncp-ld check -q --format ttl export.zip > report.ttl
    """
    with _progress(quiet) as progress:
        report = pipeline.check(sources, pipeline.Options(base_iri, keep_going, progress))
    if form == "ttl":
        click.echo(render_turtle(report.diagnostics, Iris(base_iri)), nl=False)
    else:
        render = render_json if form == "json" else render_line
        for diagnostic in report.diagnostics:
            click.echo(render(diagnostic))
    for number, share in sorted(report.shares.items()) if verbose else ():
        click.echo(f"{number}: share read {share.ratio:.2%} of {share.total:,} characters", err=True)
    for message in report.errors:
        click.echo(f"rncp-ld: not read: {message}", err=True)
    if not quiet:
        click.echo(render_summary(report), err=True)
    sys.exit(_exit_code(report))


@main.command("convert")
@sources
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; standard output by default."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["nt", "ttl", "jsonld"]),
    default="ttl",
    show_default=True,
    help="jsonld: an array of fiches.",
)
@base_iri
@keep_going("Convert")
@verbosity("Only what could not be read.", "Every diagnostic, not only those that keep a fiche out.")
@ends_well
def convert_command(
    sources: tuple[str, ...],
    output: Path | None,
    form: str,
    base_iri: str,
    keep_going: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write RDF fiche by fiche, without what only the whole register knows (links between fiches, chosen labels).

    \b
    Examples:
      rncp-ld convert data/fiches/rncp2383.txt
      rncp-ld convert --format nt export.zip | gzip > fiches.nt.gz
    """
    report = Report()
    fiches = pipeline.convert(sources, pipeline.Options(base_iri, keep_going), report)
    with _whole_file(output) as out:
        for text in _converted(fiches, form, Iris(base_iri).namespace):
            out.write(text)
    _tell_found(report, quiet, verbose)
    sys.exit(_exit_code(report))


@contextmanager
def _whole_file(path: Path | None) -> Iterator[IO[str]]:
    """Give a file that appears when it is whole, or not at all; standard output and devices are written as they are."""
    if path is None or str(path) == "-" or (path.exists() and not path.is_file()):
        with click.open_file(str(path or "-"), "w", encoding="utf-8") as out:
            yield out
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            part.unlink()


def _converted(fiches: Iterable[tuple[str, list[Triple]]], form: str, namespace: str) -> Iterator[str]:
    """Yield the pieces of a converted document."""
    first = True
    if form == "jsonld":
        yield "[\n"
    for resource, triples in fiches:
        if form == "nt":
            yield to_ntriples(triples)
        elif form == "ttl":
            yield ("" if first else "\n") + to_turtle(triples, namespace, resource)
        else:
            yield ("" if first else ",\n") + to_jsonld(triples, namespace, resource)
        first = False
    if form == "jsonld":
        yield "]\n"


@main.command("query")
@click.argument("query", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--list", "show_list", is_flag=True, help="List the competency questions.")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="table", show_default=True)
@build_folder
@verbosity("Changes nothing: only the result is printed.", "Changes nothing: only the result is printed.")
@ends_well
def query_command(
    query: str | None, parameters: tuple[str, ...], show_list: bool, form: str, build: Path, quiet: bool, verbose: bool
) -> None:
    """Query a publication: a SPARQL text, a FILE.rq, or @NAME for a competency question.

    \b
    Examples:
      rncp-ld query --list
      rncp-ld query @rome-vae rome=K1205
      rncp-ld query --format csv 'SELECT ?s WHERE { ?s a <https://w3id.org/rncp/def#Certification> }'
    """
    del quiet, verbose
    if show_list:
        for question in list_questions():
            click.echo(f"@{question.name:<32} {question.french}")
            for parameter in question.parameters:
                click.echo(f"   {parameter.name}={parameter.default}   {parameter.description}")
        return
    if not query:
        raise click.UsageError("name a query: a SPARQL text, a FILE.rq or @NAME (see --list)")
    folder = current(build)
    base = read_facts(folder).base
    text = load_query(query, _parameters(parameters), base)
    store = GraphStore.open(folder / "store")
    out = sys.stdout.buffer
    run_query(store, text, form, out, Iris(base).namespace)
    out.flush()


def _parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"{pair!r}: expected NAME=VALUE, for example rome=K1205")
        found[name] = value
    return found


def _networks(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return tuple(parse_network(value) for value in values)
    except ValueError as error:
        raise click.BadParameter(f"{error}; expected an address (10.0.0.1) or a network (10.0.0.0/8)") from None


def _web_address(_: click.Context, __: click.Parameter, value: str) -> str:
    """Read an address as a user has it; without one, an option whose default is none stays so."""
    from rncp_ld.http_client.address import parse_address  # noqa: PLC0415 - httpx takes 0.2 s to import

    try:
        parse_address(value)
    except UsageError as error:
        raise click.BadParameter(str(error)) from None
    return value


def _api_address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Read an address that a path is added to."""
    shown, query, _ = _web_address(context, parameter, value).partition("?")
    if query:
        raise click.BadParameter(f"{shown}: the address of an API has no ?query")
    return value


def _endpoint_address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Read an address, or none."""
    return _web_address(context, parameter, value) if value else value


@main.command("push")
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
    # httpx takes 0.2 s to import, for this command only
    from rncp_ld.store.credentials import Credentials  # noqa: PLC0415
    from rncp_ld.store.exchange import parse_store_address  # noqa: PLC0415
    from rncp_ld.store.graph_dump import GraphDump  # noqa: PLC0415
    from rncp_ld.store.graph_store import Pushing, RemoteGraph, replace_graph  # noqa: PLC0415

    def answered(words: str) -> None:
        click.echo(words, err=True)

    remote = RemoteGraph.parse(url, graph)
    at = None if endpoint is None else parse_store_address(endpoint)
    credentials = Credentials.from_environment(os.environ)
    dump = GraphDump.measure(current(build) / "site" / "dumps" / "rncp.nt.gz")
    with _transfer(quiet, dump.size) as sent:
        replace_graph(dump, remote, Pushing(credentials, at, timeout, sent, answered if verbose else None))
    if not quiet:
        where = "" if endpoint is None else "; counted there: the same"
        click.echo(f"sent {dump.triples:,} triples to {remote}{where}", err=True)


@contextmanager
def _transfer(quiet: bool, size: int) -> Iterator[Callable[[int], None] | None]:
    """Show on a terminal how many of `size` bytes have been sent."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("send", total=size)

        def tell(done: int) -> None:
            bars.update(task, completed=done, description="send" if done < size else "the store is loading")

        yield tell


@main.command("serve")
@click.argument("build", type=click.Path(path_type=Path), default=Path("build"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0: any free one.")
@click.option(
    "--sparql-endpoint", "endpoint", metavar="URL", default="", callback=_endpoint_address,
    help="Let this SPARQL service answer queries; default: engines of our own on the build's store.",
)  # fmt: skip
@click.option(
    "--query-seconds", type=click.FloatRange(0, min_open=True), default=DEFAULTS.seconds, show_default=True,
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


@main.command("fetch")
@click.option(
    "--dir", "folder", metavar="DIR", type=click.Path(path_type=Path), default=Path("exports"), show_default=True,
    help="Folder that they are put in.",
)  # fmt: skip
@click.option("--dataset", metavar="ID", default=DATASET, show_default=True, help="Id or slug of the dataset.")
@click.option(
    "--api", metavar="URL", default=API, show_default=True, callback=_api_address, envvar="RNCP_LD_API", show_envvar=True,
    help="Address of the API: of data.gouv.fr, or of a mirror that speaks it.",
)  # fmt: skip
@click.option(
    "--tries", type=click.IntRange(1, 20), default=FETCH_DEFAULTS.tries, show_default=True,
    help="Requests for the same thing, where one breaks off or the server is busy.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=FETCH_DEFAULTS.timeout, show_default=True,
    help="Seconds that a try may take for an answer of the API; a file may take longer, at 1 kB/s or more.",
)  # fmt: skip
@verbosity("Only the paths.", "Each request, too.")
@ends_well
def fetch_command(folder: Path, dataset: str, api: str, tries: int, timeout: float, quiet: bool, verbose: bool) -> None:
    """Fetch the newest RNCP and RS exports V4.1 from data.gouv.fr, and print their paths.

    What is there whole is not fetched again; what broke off is resumed. Size and checksum are verified before a file gets its name.
    Exports of other days stay.

    \b
    Examples:
      rncp-ld fetch --dir exports
      rncp-ld build $(rncp-ld fetch --dir exports) -o build
    """
    from rncp_ld.fetch.newest import fetch_newest  # noqa: PLC0415 - httpx takes 0.2 s to import, for this command only

    with _transfers(quiet, verbose) as listener:
        limits = replace(FETCH_DEFAULTS, tries=tries, timeout=timeout)
        paths = fetch_newest(folder, listener, api=api, dataset=dataset, limits=limits)
    for path in paths:
        click.echo(path)


class _Transfers:
    """Says on stderr what a fetch does: notes unless quiet, each request with -v, bars on a terminal."""

    def __init__(self, console: Console, bars: Progress | None, quiet: bool, verbose: bool) -> None:
        self._console = console
        self._bars = bars
        self._quiet = quiet
        self._verbose = verbose
        self._tasks: dict[str, TaskID] = {}

    def note(self, text: str) -> None:
        if not self._quiet:
            self._say(text)

    def detail(self, text: str) -> None:
        if self._verbose:
            self._say(text)

    def _say(self, text: str) -> None:
        if self._bars is None:
            click.echo(text, err=True)
        else:  # above the bars
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def progress(self, name: str, done: int, total: int | None) -> None:
        if self._bars is not None:
            if name not in self._tasks:
                self._tasks[name] = self._bars.add_task(name, total=total)
            self._bars.update(self._tasks[name], completed=done, total=total)


@contextmanager
def _transfers(quiet: bool, verbose: bool) -> Iterator[_Transfers]:
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield _Transfers(console, None, quiet, verbose)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        yield _Transfers(console, bars, quiet, verbose)


@contextmanager
def _progress(quiet: bool) -> Iterator[pipeline.Progress | None]:
    """Show progress on stderr where it is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,} fiches"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.update(tasks[stage], completed=done)

        yield tell


def _tell(report: Report, quiet: bool, verbose: bool) -> None:
    """Print what was found and the summary on stderr; with -q only what could not be read."""
    _tell_found(report, quiet, verbose)
    if not quiet:
        click.echo(render_summary(report), err=True)


def _tell_found(report: Report, quiet: bool, verbose: bool) -> None:
    """Print what keeps fiches out, or with -v all that was found; and always what could not be read."""
    shown = [d for d in report.diagnostics if verbose or d.severity is Severity.VIOLATION]
    for diagnostic in () if quiet else shown:
        click.echo(render_line(diagnostic), err=True)
    for message in report.errors:
        click.echo(f"rncp-ld: not read: {message}", err=True)


def _exit_code(report: Report) -> int:
    """0, 1 with violations, 3 where a source could not be read."""
    if report.errors:
        return RncpError.exit_code
    return 1 if report.has_violations else 0
