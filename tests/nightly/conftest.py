"""The machine of docs/nightly.md, and the tools that its commands need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import absent
from tests.datagouv import Server
from tests.nightly.machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    for tool in ("rsync", "curl"):
        if not shutil.which(tool):
            absent(f"{tool} (Debian package {tool})")
    with Server() as server:
        (tmp_path / "lib").mkdir()
        yield Machine(tmp_path, server)
