"""The soak of `benchmarks.soak`, short and on a small publication: what holds on any machine, and no figure."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.soak import judge, soak


def test_under_load_kills_and_switches_nothing_fails_but_what_a_kill_explains(
    seed_build: Path, project: Path, tmp_path: Path
) -> None:
    build = tmp_path / "build"
    shutil.copytree(seed_build, build, symlinks=True)
    journal = soak(build, [str(project / "data" / "fiches")], seconds=20, pause=3)
    assert judge(journal) == []
