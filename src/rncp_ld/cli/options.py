"""Options that several commands have, and how a command ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from rncp_ld.errors import RncpError
from rncp_ld.rdf.iris import Iris
from rncp_ld.resources import DEFAULT_BASE

F = TypeVar("F", bound=Callable[..., Any])


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


def worker_options(command: F) -> F:
    """Add --jobs and --scheduler: who does the work."""
    command = click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="A dask.distributed scheduler whose workers do the work (pip install 'rncp-ld[dask]'); they see the same folders.",
    )(command)
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(1),
        metavar="N",
        help="Processes that do the work; all processors by default, 1 for no other than this one.",
    )(command)


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
