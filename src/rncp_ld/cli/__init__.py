"""The command line: arguments → pipeline → exit code.

0: done. 1: done, and a fiche has a violation; or no fiche was fit, and nothing was published. 2: wrong usage. 3: a source, the
output or a publication failed.
`docs/cli.md` is made from the texts here.
"""

from __future__ import annotations

import click

from rncp_ld import __version__
from rncp_ld.cli.fetch import fetch_command
from rncp_ld.cli.push import push_command
from rncp_ld.cli.query import query_command
from rncp_ld.cli.reading import build_command, check_command, convert_command
from rncp_ld.cli.serve import serve_command

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="rncp-ld")
def main() -> None:
    """The French register of professional certifications (RNCP and RS) as linked data.

    A SOURCE is an export (XML V1 to V4.1, the ten CSV files), an old text fiche, a list of codes (ROME, NSF, Formacode, IDCC), a
    folder of them, a .zip, a .gz, or - for standard input.
    """


for _command in (
    build_command,
    check_command,
    convert_command,
    fetch_command,
    push_command,
    query_command,
    serve_command,
):
    main.add_command(_command)
