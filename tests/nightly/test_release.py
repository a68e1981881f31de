"""`release.sh`: a site is seen whole or not at all, what did not change is linked, what broke off is gone on with."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.nightly.document import SYSTEMD
from tests.nightly.machine import Machine

SSH = """#!/bin/sh
[ "$1" = -l ] && user=$2@ && shift 2
echo "$user$1" >> "$0.log"
shift
exec sh -c "$*"
"""
"""In the place of ssh: no other host, but its commands pass through a shell of their own as they do there."""


@pytest.fixture
def site(machine: Machine) -> Path:
    folder = machine.folder / "site"
    (folder / "certification").mkdir(parents=True)
    (folder / "index.html").write_text("day 1", encoding="utf-8")
    (folder / "certification" / "RNCP1.html").write_text("the same", encoding="utf-8")
    return folder


def release(site: Path, target: str, **more: str) -> subprocess.CompletedProcess[str]:
    if (site.parent / "srv" / "current").exists():
        time.sleep(1.1)  # releases are called by their second
    return subprocess.run(
        ["bash", SYSTEMD / "release.sh", site, target],
        env={**os.environ, **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def names(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "releases").iterdir())


def test_what_did_not_change_is_linked_and_keeps_its_date(site: Path, machine: Machine) -> None:
    target = machine.site
    assert release(site, str(target)).returncode == 0
    before = (target / "current" / "certification" / "RNCP1.html").stat()
    (site / "index.html").write_text("day 2", encoding="utf-8")
    (site / "certification" / "RNCP1.html").write_text("the same", encoding="utf-8")
    assert release(site, str(target)).returncode == 0
    after = (target / "current" / "certification" / "RNCP1.html").stat()
    assert (after.st_ino, after.st_mtime) == (before.st_ino, before.st_mtime)
    assert [(target / "releases" / name / "index.html").read_text(encoding="utf-8") for name in names(target)] == [
        "day 1",
        "day 2",
    ]


def test_what_left_the_site_leaves_the_next_release(site: Path, machine: Machine) -> None:
    target = machine.site
    release(site, str(target))
    (site / "certification" / "RNCP1.html").unlink()
    release(site, str(target))
    assert not (target / "current" / "certification" / "RNCP1.html").exists()
    assert (target / "releases" / names(target)[0] / "certification" / "RNCP1.html").exists()


def test_a_copy_that_broke_off_is_not_seen_and_is_gone_on_with(site: Path, machine: Machine) -> None:
    target = machine.site
    release(site, str(target))
    left = target / "releases" / "next"
    (left / "certification").mkdir(parents=True)
    (left / "certification" / "RNCP9.html").write_text("of the broken copy", encoding="utf-8")
    (left / "index.html").write_text("da", encoding="utf-8")
    assert release(site, str(target)).returncode == 0
    assert not (target / "current" / "certification" / "RNCP9.html").exists()
    assert (target / "current" / "index.html").read_text(encoding="utf-8") == "day 1"


def test_a_copy_that_fails_leaves_what_is_served(site: Path, machine: Machine) -> None:
    target = machine.site
    release(site, str(target))
    served = (target / "current").readlink()
    assert release(machine.folder / "nowhere", str(target)).returncode != 0
    assert (target / "current").readlink() == served


def test_the_last_ones_are_kept(site: Path, machine: Machine) -> None:
    for _ in range(4):
        assert release(site, str(machine.site), KEEP="2").returncode == 0
    assert len(names(machine.site)) == 2
    assert (machine.site / "current").readlink().name == names(machine.site)[-1]


@pytest.mark.parametrize("keep", ["0", "-1", "x"])
def test_at_least_one_is_kept(keep: str, site: Path, machine: Machine) -> None:
    release(site, str(machine.site))
    served = names(machine.site)
    refused = release(site, str(machine.site), KEEP=keep)
    assert (refused.returncode, refused.stderr.startswith("release.sh: KEEP")) == (2, True)
    assert names(machine.site) == served


def test_what_is_served_is_kept_whatever_the_clock_says(site: Path, machine: Machine) -> None:
    (machine.site / "releases" / "29990101T000000Z").mkdir(parents=True)
    done = release(site, str(machine.site), KEEP="1")
    assert done.returncode == 0, done.stderr
    assert (machine.site / "current" / "index.html").is_file()


def test_the_first_release_asks_for_none_before_it(site: Path, machine: Machine) -> None:
    done = release(site, str(machine.site))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_files_can_be_read_by_the_web_server(site: Path, machine: Machine) -> None:
    (site / "index.html").chmod(0o600)
    site.chmod(0o700)
    release(site, str(machine.site))
    current = (machine.site / "current").resolve()
    assert [oct(path.stat().st_mode & 0o777) for path in (current, current / "index.html")] == ["0o755", "0o644"]


def test_another_host_is_reached_by_ssh(site: Path, machine: Machine) -> None:
    (machine.folder / "bin").mkdir()
    ssh = machine.folder / "bin" / "ssh"
    ssh.write_text(SSH, encoding="utf-8")
    ssh.chmod(0o755)
    done = release(site, f"publisher@www.example.org:{machine.site}", PATH=f"{ssh.parent}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert (machine.site / "current" / "index.html").read_text(encoding="utf-8") == "day 1"
    hosts = ssh.with_name("ssh.log").read_text(encoding="utf-8").splitlines()
    assert hosts == ["publisher@www.example.org"] * 3
