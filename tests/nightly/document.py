"""The blocks of docs/nightly.md, and the units that it shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
SYSTEMD = DOCS / "systemd"

_FENCE = re.compile(r"(?ms)^```(\w+)([^\n]*)\n(.*?)^```$")


@dataclass(frozen=True)
class Block:
    """A block of code.

    Attributes:
        language: sh, ini, nginx, ...
        when: the rest of its first line: `as root`, `after two nights`, `file=systemd/nightly.sh`.
    """

    language: str
    when: str
    text: str


def read_blocks() -> list[Block]:
    """Return all blocks, in their order."""
    text = (DOCS / "nightly.md").read_text(encoding="utf-8")
    return [Block(language, when.strip(), body) for language, when, body in _FENCE.findall(text)]


def blocks(language: str, when: str = "", holding: str = "") -> list[str]:
    """Return the texts of the blocks of a kind that hold a text."""
    found = [block.text for block in read_blocks() if (block.language, block.when) == (language, when)]
    return [text for text in found if holding in text]


def block(language: str, when: str = "", holding: str = "") -> str:
    """Return the one block of a kind that holds a text."""
    (text,) = blocks(language, when, holding)
    return text


def read_unit(name: str) -> list[tuple[str, str, str]]:
    """Return the settings of a unit (https://www.freedesktop.org/software/systemd/man/systemd.syntax.html): section, key, value."""
    section, settings = "", []
    for line in (SYSTEMD / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            settings.append((section, key, value))
    return settings


def values(name: str, key: str) -> list[str]:
    """Return the values of a key of a unit."""
    return [value for _, one, value in read_unit(name) if one == key]


def command(name: str) -> Sequence[str]:
    """Return what a service starts."""
    (line,) = values(name, "ExecStart")
    return shlex.split(line)
