"""docs/nightly.md as a text: it shows the files as they are, and every command in it is run by a test or known to need root."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.command import run
from tests.nightly.document import DOCS, SYSTEMD, blocks, read_blocks

ROOT_ONLY = {
    "useradd", "install", "python3", "/opt/rncp-ld/bin/pip", "systemctl", "journalctl", "runuser", "cat",
}  # fmt: skip
"""What stands in the blocks that are not run as they are: users, the system's folders, its services, the keys of its user."""


def test_every_file_is_shown() -> None:
    """That they are shown as they are is tested with the other documents that are made."""
    shown = {block.when.removeprefix("file=") for block in read_blocks() if block.when.startswith("file=")}
    assert shown == {f"systemd/{path.name}" for path in SYSTEMD.iterdir()}


def test_only_what_needs_root_is_not_run() -> None:
    lines = [line for text in blocks("sh", "as root") for line in text.splitlines()]
    assert {shlex.split(line)[0] for line in lines} == ROOT_ONLY


def test_what_is_installed_publishes(project: Path, tmp_path: Path) -> None:
    """The lines that make the program and its scripts, in other folders; what it depends on is borrowed from the tests."""
    lines = [line for text in blocks("sh", "as root") for line in text.splitlines() if "/opt/rncp-ld" in line]
    assert [shlex.split(line)[0] for line in lines] == ["python3", "/opt/rncp-ld/bin/pip", "install"]
    text = "\n".join(lines).replace("/opt/rncp-ld", str(tmp_path / "opt"))
    text = text.replace("python3 ", f"{sys.executable} ").replace("pip install ", "pip install --quiet --no-deps ")
    done = subprocess.run(["bash", "-e", "-c", text], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert os.access(tmp_path / "opt" / "libexec" / "release.sh", os.X_OK)
    build = [f"{tmp_path}/opt/bin/rncp-ld", "build", f"{project}/data/fiches", "-o", f"{tmp_path}/build"]
    borrowed = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    made = subprocess.run(build, cwd=tmp_path, env=borrowed, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "build" / "site" / "hosting" / "nginx-site.conf").is_file()


def test_each_kind_of_block_has_a_test() -> None:
    kinds = {(block.language, block.when) for block in read_blocks() if not block.when.startswith("file=")}
    run_by_tests = {
        ("sh", ""),
        ("sh", "after a loss"),
        ("sh", "after two nights"),
        ("json", ""),
        ("nginx", ""),
        ("caddy", ""),
    }
    assert kinds == run_by_tests | {("sh", "as root")}


def test_what_is_installed_is_there(project: Path) -> None:
    named = re.findall(r"docs/systemd/[\w.-]+", "".join(blocks("sh", "as root")))
    assert sorted(named) == sorted(f"docs/systemd/{path.name}" for path in SYSTEMD.iterdir())
    assert all((project / name).is_file() for name in named)


def test_whose_shell_it_is_stands_in_the_text() -> None:
    """What a fence says after its language is shown to nobody."""
    text = (DOCS / "nightly.md").read_text(encoding="utf-8")
    assert "for a shell of root" in text.partition("## 1.")[0]


def test_what_is_written_is_the_services_own() -> None:
    """A folder of root in the place of the publications would be one that the job cannot write to."""
    texts = [*blocks("sh"), *blocks("sh", "after a loss"), *blocks("sh", "after two nights")]
    commands = [one for text in texts for line in text.splitlines() for one in re.split(r" && |=\$\(", line)]
    writing = [one for one in commands if re.search(r"(?:^|/| )(?:mkdir|touch|cp|ln|mv|rncp-ld|release\.sh) ", one)]
    assert len(writing) >= 9
    assert [one for one in writing if not one.startswith("runuser -u rncp-ld -- ")] == []


def test_places_that_are_named_are_made() -> None:
    made = " ".join(
        line for text in blocks("sh", "as root") for line in text.splitlines() if line.startswith("install -d")
    )
    text = (DOCS / "nightly.md").read_text(encoding="utf-8")
    named = set(re.findall(r"/(?:etc|srv|var/lib)/rncp(?:-ld)?(?![\w-])", text))
    assert named == {"/etc/rncp-ld", "/srv/rncp", "/var/lib/rncp-ld"}
    assert {place for place in named if place not in made} == set()


def test_scripts_can_be_started() -> None:
    assert all(path.stat().st_mode & 0o111 for path in SYSTEMD.glob("*.sh"))


def test_links_lead_to_something() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", (DOCS / "nightly.md").read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (DOCS / target).exists()] == []


def test_options_that_are_named_exist() -> None:
    text = (DOCS / "nightly.md").read_text(encoding="utf-8")
    helps = run("serve", "--help").out + run("fetch", "--help").out + run("build", "--help").out
    ours = {"--api", "--trusted-proxy", "--access-log", "--queries", "--query-memory", "--host", "--port"}
    assert {option for option in ours if option not in text or option not in helps} == set()
    assert "RNCP_LD_API" in text
    assert "RNCP_LD_API" in helps
