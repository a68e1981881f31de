"""The READMEs show what the command prints: each example is run, and what it prints holds every line that is shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.command import run

_EXAMPLE = re.compile(r"^    \$ rncp-ld ((?:build|query|check) .*)\n((?:    .*\n)+)", re.MULTILINE)


def examples(text: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a README with the lines that follow each."""
    return [
        (command, [line.strip() for line in shown.splitlines() if line.strip()])
        for command, shown in _EXAMPLE.findall(text)
    ]


@pytest.mark.parametrize("name", ["README.md", "README.fr.md"])
def test_what_a_readme_shows_is_what_is_printed(
    name: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").symlink_to(project / "data")
    monkeypatch.chdir(tmp_path)
    found = examples((project / name).read_text(encoding="utf-8"))
    assert len(found) >= 3
    for command, shown in found:
        outcome = run(*shlex.split(command))
        printed = [line.strip() for line in (outcome.out + outcome.err).splitlines()]
        assert outcome.code == 0
        assert [line for line in shown if line not in printed] == [], command
