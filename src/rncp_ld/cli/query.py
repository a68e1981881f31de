"""`query`: SPARQL on a publication."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rncp_ld.cli.options import build_folder, ends_well, verbosity
from rncp_ld.errors import UsageError
from rncp_ld.publish.publication import current, read_facts
from rncp_ld.rdf.iris import Iris
from rncp_ld.store.query import FORMATS, run_query
from rncp_ld.store.questions import list_questions, load_query
from rncp_ld.store.store import GraphStore


@click.command("query")
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
