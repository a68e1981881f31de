"""The wheel: it holds the ontology, the shapes, the code tables, templates and styles, and builds a site far from the clone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from rncp_ld import resources
from rncp_ld.errors import RncpError
from rncp_ld.pipeline.segments import shapes_below
from tests.command import run


@dataclass(frozen=True)
class Installed:
    """The wheel, and the folder that it is unpacked in."""

    wheel: Path
    site: Path

    def python(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run Python with the unpacked wheel before everything else, the clone's editable install among it."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd, env={**os.environ, "PYTHONPATH": str(self.site)}, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(project)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    unpacked = subprocess.run(
        [*pip, "--target", str(folder / "site"), str(wheel)], capture_output=True, text=True, check=False
    )
    assert unpacked.returncode == 0, unpacked.stderr
    return Installed(wheel, folder / "site")


def test_what_is_in_the_wheel(installed: Installed, project: Path) -> None:
    names = {name for name in ZipFile(installed.wheel).namelist() if ".dist-info/" not in name}
    expected = {
        f"rncp_ld/{path.relative_to(project / 'src' / 'rncp_ld')}"
        for path in (project / "src" / "rncp_ld").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name, folder in (("ontology", "ontology"), ("shapes", "shapes"), ("codes", "data/codes")):
        expected |= {
            f"rncp_ld/_resources/{name}/{path.relative_to(project / folder)}"
            for path in (project / folder).rglob("*")
            if path.is_file()
        }
    assert names == expected
    assert {"rncp_ld/py.typed", "rncp_ld/_resources/ontology/rncp.ttl", "rncp_ld/_resources/codes/nsf.csv"} <= names


def test_the_licences_are_in_it(installed: Installed) -> None:
    names = [name.rpartition("/")[2] for name in ZipFile(installed.wheel).namelist() if ".dist-info/" in name]
    assert {"LICENSE", "LICENSE-DATA.md", "METADATA", "entry_points.txt"} <= set(names)


def test_nothing_is_read_from_the_clone(installed: Installed, project: Path, tmp_path: Path) -> None:
    """Every file that Python opens of the clone, while the wheel builds a site, is told by an audit hook."""
    source = project / "data" / "fiches" / "rncp2383.txt"
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import sys
opened = set()
sys.addaudithook(lambda event, details: opened.add(str(details[0])) if event == "open" else None)
import rncp_ld.cli
if __name__ == "__main__":  # worker processes read this file again
    try:
        rncp_ld.cli.main(["build", "source.txt", "-o", "build", "-q"])
    except SystemExit as end:
        print(end.code, rncp_ld.__file__)
    print(sorted(name for name in opened if name.startswith({str(project)!r}) and "/.venv/" not in name))
""",
        encoding="utf-8",
    )
    (tmp_path / "source.txt").write_bytes(source.read_bytes())
    done = installed.python("script.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"0 {installed.site}/rncp_ld/__init__.py", "[]"]


def test_it_builds_what_the_clone_builds(installed: Installed, tmp_path: Path, project: Path) -> None:
    source = project / "data" / "fiches" / "rncp2383.txt"
    done = installed.python("-m", "rncp_ld", "build", str(source), "-o", "build", "-q", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("build", source, "-o", tmp_path / "clone", "-q").code == 0

    def files(out: Path) -> dict[str, bytes]:
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    assert files(tmp_path / "build" / "site") == files(tmp_path / "clone" / "site")


def test_the_clone_reads_its_own_folders(project: Path) -> None:
    assert resources.folder("ontology") == project / "ontology"
    assert resources.folder("shapes") == project / "shapes"
    assert resources.folder("codes") == project / "data" / "codes"


def test_an_installation_without_its_files_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lib" / "rncp_ld").mkdir(parents=True)
    monkeypatch.setattr(resources, "_HERE", tmp_path / "lib" / "rncp_ld")
    with pytest.raises(RncpError, match="installation incomplete: the folder shapes/ of rncp_ld was not found"):
        resources.folder("shapes")
    shapes_below.cache_clear()  # a process reads them once
    outcome = run("check", Path(__file__).parents[2] / "data" / "fiches")
    assert (outcome.code, outcome.err.startswith("rncp-ld: installation incomplete")) == (3, True)
