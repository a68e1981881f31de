"""`build`, `check` and `convert`: what reads sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import click

from rncp_ld import pipeline
from rncp_ld.cli.options import base_iri, ends_well, keep_going, sources, verbosity, worker_options
from rncp_ld.cli.progress import stages
from rncp_ld.diagnostics import Severity, render_json, render_line
from rncp_ld.errors import OutputError, RncpError
from rncp_ld.publish.report import Report, render_summary, render_turtle
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import to_jsonld, to_ntriples, to_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.work import open_workers


@click.command("build")
@sources
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="Output folder."
)
@base_iri
@keep_going("Publish")
@worker_options
@verbosity("Only what could not be read.", "Every diagnostic, not only those that keep a fiche out.")
@ends_well
def build_command(
    sources: tuple[str, ...],
    output: Path,
    base_iri: str,
    keep_going: bool,
    jobs: int | None,
    scheduler: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read, map, link, check and publish.

    \b
    Examples:
      rncp-ld build data/fiches -o build
      rncp-ld build export-fiches-rncp-v4-1-2026-08-16.zip export-fiches-rs-v4-1-2026-08-16.zip -o build
      rncp-ld build exports/ rome_v344_arborescence.xml.gz rome_v460_referentiel_code_rome.csv -o build
    """
    with stages(quiet) as bars, open_workers(jobs, scheduler) as workers:
        options = pipeline.Options(base_iri, keep_going, bars.show if bars else None, workers)
        report = pipeline.build(sources, output, options)
    _tell(report, quiet, verbose)
    if not quiet:
        click.echo(f"published: {output}/site (report: {output}/report.html)", err=True)
    sys.exit(_exit_code(report))


@click.command("check")
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
@worker_options
@verbosity("Diagnostics only, without the summary.", "The share read of each fiche, too.")
@ends_well
def check_command(
    sources: tuple[str, ...],
    form: str,
    base_iri: str,
    keep_going: bool,
    jobs: int | None,
    scheduler: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Do the same up to the check, and print what is wrong: path:line: severity CODE message.

    \b
    Examples:
      rncp-ld check data/fiches
      rncp-ld check --format json export.zip | jq -r .code | sort | uniq -c
      rncp-ld check -q --format ttl export.zip > report.ttl
    """
    with stages(quiet) as bars, open_workers(jobs, scheduler) as workers:
        options = pipeline.Options(base_iri, keep_going, bars.show if bars else None, workers)
        report = pipeline.check(sources, options)
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


@click.command("convert")
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
