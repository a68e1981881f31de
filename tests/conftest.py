"""What all tests share: where the shared real data is, and the rule for tools that may be absent."""

from __future__ import annotations

import gzip
import os
import shutil
import ssl
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:  # the fixtures import what they need: a fault in one part does not stop the tests of the others
    from rncp_ld.rdf.terms import Triple
    from rncp_ld.store.store import GraphStore

# The same examples on every run of CI: a property that fails there fails again here.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("long", max_examples=100_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "default"))

PROJECT = Path(__file__).resolve().parents[1]


def absent(what: str) -> None:
    """Skip, or fail where CI promises that the tool is there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is absent, and CI promises it")
    pytest.skip(f"{what} is not installed here")


NO_REAL_DATA = "real data (../shared) is not beside this clone"
NO_MOUNT = "no right to mount here"
"""As in a container without privileges: no package mends that, so that it is no fault of CI, which says it all the same."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once how much was not tested for want of the real data or of a right: a green run must not hide it."""
    reasons = [str(one.longrepr) for one in terminalreporter.stats.get("skipped", ())]
    counted = {why: sum(why in reason for reason in reasons) for why in (NO_REAL_DATA, NO_MOUNT)}
    if any(counted.values()):
        terminalreporter.section("not tested")
    for why, count in counted.items():
        if count:
            terminalreporter.write_line(f"{count} tests: {why}")


@pytest.fixture(scope="session")
def own_mounts() -> list[str]:
    """The beginning of a command that runs a script with mounts of its own, such as a small disk."""
    found = shutil.which("unshare")
    if not found:
        absent("unshare (Debian package util-linux)")
    command = [str(found), "--map-root-user", "--mount", "sh", "-c"]
    tried = subprocess.run([*command, "mount -t tmpfs tmpfs /mnt"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"{NO_MOUNT} ({tried.stderr.strip()})")
    return command


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the clone."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; its tests are skipped where it is absent."""
    folder = PROJECT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip(NO_REAL_DATA)
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Debian's Chromium."""
    found = shutil.which("chromium")
    if not found:
        absent("Chromium (Debian package chromium)")
    return str(found)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that only those trust who are told its path, and a server's side of it."""
    if not shutil.which("openssl"):
        absent("openssl (Debian package openssl)")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return certificate, context


@pytest.fixture(scope="session")
def exports(shared: Path) -> tuple[Path, ...]:
    """The two real exports V4.1: 10 RNCP and 5 RS fiches."""
    return tuple(sorted((shared / "data" / "export").glob("*.xml")))


def _build(out: Path, *sources: Path) -> Path:
    from rncp_ld.pipeline import Options, build

    build([str(source) for source in sources], out, Options())
    return out


@pytest.fixture(scope="session")
def seed_build(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of `data/fiches`; tests only read it."""
    return _build(tmp_path_factory.mktemp("seed") / "build", project / "data" / "fiches")


@pytest.fixture(scope="session")
def real_build(project: Path, exports: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of the real exports and `data/fiches`; tests only read it."""
    return _build(tmp_path_factory.mktemp("real") / "build", *exports, project / "data" / "fiches")


@pytest.fixture(scope="session")
def real_graph(real_build: Path) -> list[Triple]:
    """The whole graph of the real build."""
    from rncp_ld.rdf.serialise import parse_line

    with gzip.open(real_build / "site" / "dumps" / "rncp.nt.gz", "rt", encoding="utf-8", newline="\n") as lines:
        return [parse_line(line) for line in lines]


@pytest.fixture(scope="session")
def real_store(real_build: Path) -> GraphStore:
    """The store of the real build."""
    from rncp_ld.store.store import GraphStore

    return GraphStore.open(real_build / "store")
