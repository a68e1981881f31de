"""Documents that are made from the code, or show files: `python -m tests.documents` writes them, and a test keeps them equal to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from rncp_ld.cli import main
from rncp_ld.diagnostics import render_codes

DOCS = Path(__file__).resolve().parents[1] / "docs"

_PREFACE = """\
# Command line

<!-- Made from the texts of `--help` by `python -m tests.documents`; a test keeps the two equal. -->

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | done, and a fiche has a violation: it is not published, the others are. Where no fiche is fit, nothing is published and the last publication is kept |
| 2 | wrong usage |
| 3 | a source could not be read to its end, or the output or a publication failed; the last publication is unchanged, unless `--keep-going` published what was read. Or another store did not take what was pushed |
"""


def render_cli() -> str:
    """Return the help of all commands as Markdown."""
    return "".join([_PREFACE, *_sections()])


def _sections() -> Iterator[str]:
    names = main.context_settings["help_option_names"]
    top = click.Context(main, info_name="rncp-ld", terminal_width=100, help_option_names=names)
    yield f"\n```text\n{main.get_help(top)}\n```\n"
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, info_name=name, parent=top, terminal_width=100)
        yield f"\n## rncp-ld {name}\n\n```text\n{command.get_help(context)}\n```\n"


_SHOWN = re.compile(r"(?ms)^(```\w+ file=(\S+)\n).*?^```$")
"""A block of Markdown that shows a file, as its first line says."""


def render_nightly() -> str:
    """Return docs/nightly.md with the files that it shows as they are."""
    text = (DOCS / "nightly.md").read_text(encoding="utf-8")
    return _SHOWN.sub(lambda match: f"{match[1]}{(DOCS / match[2]).read_text(encoding='utf-8')}```", text)


DOCUMENTS: Mapping[str, Callable[[], str]] = {
    "cli.md": render_cli,
    "diagnostics.md": render_codes,
    "nightly.md": render_nightly,
}

if __name__ == "__main__":
    for document, render in DOCUMENTS.items():
        (DOCS / document).write_text(render(), encoding="utf-8")
