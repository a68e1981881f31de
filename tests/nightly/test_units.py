"""The units: systemd takes them, every key is in its section, paths are those of the document, and the services are shut in."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from rncp_ld.serve.sparql.limits import DEFAULTS
from tests.command import run
from tests.conftest import absent
from tests.nightly.document import DOCS, SYSTEMD, command, read_unit, values
from tests.nightly.machine import Machine

UNITS = sorted(path.name for path in SYSTEMD.iterdir() if path.suffix in {".service", ".timer"})
SERVICES = [name for name in UNITS if name.endswith(".service")]

SECTIONS: Mapping[str, set[str]] = {
    ".service": {"Unit", "Service", "Install"},
    ".timer": {"Unit", "Timer", "Install"},
}


@pytest.fixture
def analyze() -> str:
    found = shutil.which("systemd-analyze")
    if not found:
        absent("systemd-analyze (Debian package systemd)")
    return str(found)


def verified(analyze: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [analyze, "verify", "--man=no", *map(str, sorted(folder.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copies(machine: Machine, tmp_path: Path) -> Path:
    """The units with places of this machine, as systemd looks whether what they start is there."""
    folder = tmp_path / "units"
    folder.mkdir()
    for name in UNITS:
        text = (SYSTEMD / name).read_text(encoding="utf-8")
        (folder / name).write_text(machine.here(text), encoding="utf-8")
    return folder


def test_systemd_takes_them(analyze: str, copies: Path) -> None:
    done = verified(analyze, copies)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("fault", ["MemoryMaximum=5G", "ExecStart=/nowhere/rncp-ld", "OnCalendar=yesterday"])
def test_systemd_would_say_what_is_wrong(fault: str, analyze: str, copies: Path) -> None:
    name = "rncp-ld-nightly.timer" if fault.startswith("OnCalendar") else "rncp-ld.service"
    key = "MemoryMax=" if fault.startswith("MemoryMax") else f"{fault.partition('=')[0]}="
    text = (copies / name).read_text(encoding="utf-8")
    (copies / name).write_text(re.sub(f"(?m)^{key}.*$", fault, text), encoding="utf-8")
    done = verified(analyze, copies)
    assert (done.returncode, done.stderr) != (0, "")


def test_the_timer_is_due_every_night(analyze: str) -> None:
    (when,) = values("rncp-ld-nightly.timer", "OnCalendar")
    done = subprocess.run(
        [analyze, "calendar", "--iterations=2", when], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    days = re.findall(r"\d{4}-\d\d-\d\d 03:30:00 UTC", done.stdout)
    assert len(set(days)) == 2


@pytest.mark.parametrize("name", SERVICES)
def test_systemd_finds_them_well_shut_in(name: str, analyze: str) -> None:
    """Exposure of 0 (none) to 100: https://www.freedesktop.org/software/systemd/man/systemd-analyze.html."""
    done = subprocess.run(
        [analyze, "security", "--offline=yes", "--no-pager", "--threshold=20", str(SYSTEMD / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


@pytest.mark.parametrize("name", UNITS)
def test_sections_and_paths(name: str) -> None:
    """What can be said without systemd."""
    settings = read_unit(name)
    assert {section for section, _, _ in settings} <= SECTIONS[Path(name).suffix]
    assert all((key and value) or (key, value) == ("CapabilityBoundingSet", "") for _, key, value in settings)
    once = [(section, key) for section, key, _ in settings if key != "Environment"]
    assert len(once) == len(set(once))
    named = {path for _, _, value in settings for path in re.findall(r"(?:^|[ =:-])(/[\w./-]+)", value)}
    document = (DOCS / "nightly.md").read_text(encoding="utf-8")
    assert {path for path in named if path not in document} == set()


def test_both_services_are_one_user_of_their_own() -> None:
    assert {tuple(values(name, "User")) for name in SERVICES} == {("rncp-ld",)}


def test_the_job_has_not_failed_where_fiches_were_kept_out() -> None:
    assert values("rncp-ld-nightly.service", "SuccessExitStatus") == ["1"]
    assert values("rncp-ld-nightly.timer", "Persistent") == ["true"]


def test_the_memory_of_the_server_holds_that_of_its_queries() -> None:
    arguments = command("rncp-ld.service")
    queries = int(arguments[arguments.index("--queries") + 1])
    (most,) = values("rncp-ld.service", "MemoryMax")
    assert int(most.removesuffix("G")) << 30 >= queries * DEFAULTS.memory + (1 << 30)


def test_job_and_server_fit_into_the_machine_side_by_side() -> None:
    """The document says how much memory the machine has; a gigabyte is for the system."""
    most = [int(value.removesuffix("G")) for name in SERVICES for value in values(name, "MemoryMax")]
    (machine,) = re.findall(r"(\d+) GB of memory", (DOCS / "nightly.md").read_text(encoding="utf-8"))
    assert len(most) == 2
    assert sum(most) <= int(machine) - 1


def test_readers_come_before_the_job() -> None:
    weights = [int(*values("rncp-ld-nightly.service", key)) for key in ("CPUWeight", "IOWeight")]
    assert all(weight < 100 for weight in weights), "100 is what a service has that says nothing"


def test_a_stop_waits_for_queries() -> None:
    (seconds,) = values("rncp-ld.service", "TimeoutStopSec")
    assert int(seconds) > DEFAULTS.seconds + 5


def test_the_commands_are_known_to_the_program() -> None:
    arguments = list(command("rncp-ld.service"))
    assert arguments[:2] == ["/opt/rncp-ld/bin/rncp-ld", "serve"]
    assert run(*arguments[1:]).code == 3, "there is no publication, and nothing is wrong with the usage"
