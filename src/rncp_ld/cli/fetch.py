"""`fetch`: the newest official exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from rncp_ld.cli.addresses import api_address
from rncp_ld.cli.options import ends_well, verbosity
from rncp_ld.cli.progress import Bars, transfers
from rncp_ld.fetch.limits import DEFAULTS
from rncp_ld.fetch.names import API, DATASET


@click.command("fetch")
@click.option(
    "--dir", "folder", metavar="DIR", type=click.Path(path_type=Path), default=Path("exports"), show_default=True,
    help="Folder that they are put in.",
)  # fmt: skip
@click.option("--dataset", metavar="ID", default=DATASET, show_default=True, help="Id or slug of the dataset.")
@click.option(
    "--api", metavar="URL", default=API, show_default=True, callback=api_address, envvar="RNCP_LD_API", show_envvar=True,
    help="Address of the API: of data.gouv.fr, or of a mirror that speaks it.",
)  # fmt: skip
@click.option(
    "--tries", type=click.IntRange(1, 20), default=DEFAULTS.tries, show_default=True,
    help="Requests for the same thing, where one breaks off or the server is busy.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=DEFAULTS.timeout, show_default=True,
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

    with transfers(quiet) as bars:
        listener = _Listener(bars, quiet, verbose)
        limits = replace(DEFAULTS, tries=tries, timeout=timeout)
        paths = fetch_newest(folder, listener, api=api, dataset=dataset, limits=limits)
    for path in paths:
        click.echo(path)


class _Listener:
    """Says on stderr what a fetch does: notes unless quiet, each request with -v, bars on a terminal."""

    def __init__(self, bars: Bars | None, quiet: bool, verbose: bool) -> None:
        self._bars = bars
        self._quiet = quiet
        self._verbose = verbose

    def note(self, text: str) -> None:
        if not self._quiet:
            self._say(text)

    def detail(self, text: str) -> None:
        if self._verbose:
            self._say(text)

    def _say(self, text: str) -> None:
        if self._bars is None:
            click.echo(text, err=True)
        else:
            self._bars.say(text)

    def progress(self, name: str, done: int, total: int | None) -> None:
        if self._bars is not None:
            self._bars.show(name, done, total)
