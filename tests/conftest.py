"""What all tests share: where the shared real data is, and the rule for tools that may be absent."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

import pytest

from rncp_ld.pipeline import Options, build
from rncp_ld.rdf.serialise import parse_line
from rncp_ld.rdf.terms import Triple
from rncp_ld.store.store import GraphStore

PROJECT = Path(__file__).resolve().parents[1]


def absent(what: str) -> None:
    """Skip, or fail where CI promises that the tool is there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is absent, and CI promises it")
    pytest.skip(f"{what} is not installed here")


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the clone."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; its tests are skipped where it is absent."""
    folder = PROJECT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("real data (../shared) is not beside this clone")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Debian's Chromium."""
    found = shutil.which("chromium")
    if not found:
        absent("Chromium (Debian package chromium)")
    return str(found)


@pytest.fixture(scope="session")
def exports(shared: Path) -> tuple[Path, ...]:
    """The two real exports V4.1: 10 RNCP and 5 RS fiches."""
    return tuple(sorted((shared / "data" / "export").glob("*.xml")))


@pytest.fixture(scope="session")
def seed_build(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of `data/fiches`; tests only read it."""
    out = tmp_path_factory.mktemp("seed") / "build"
    build([str(project / "data" / "fiches")], out, Options())
    return out


@pytest.fixture(scope="session")
def real_build(project: Path, exports: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of the real exports and `data/fiches`; tests only read it."""
    out = tmp_path_factory.mktemp("real") / "build"
    build([*map(str, exports), str(project / "data" / "fiches")], out, Options())
    return out


@pytest.fixture(scope="session")
def real_graph(real_build: Path) -> list[Triple]:
    """The whole graph of the real build."""
    with gzip.open(real_build / "site" / "dumps" / "rncp.nt.gz", "rt", encoding="utf-8", newline="\n") as lines:
        return [parse_line(line) for line in lines]


@pytest.fixture(scope="session")
def real_store(real_build: Path) -> GraphStore:
    """The store of the real build."""
    return GraphStore.open(real_build / "store")
