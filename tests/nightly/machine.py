"""A machine as docs/nightly.md has it, below a folder: its commands are run as they are shown, with other places."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.datagouv import Server
from tests.exports import fiche, write_export, write_zip
from tests.nightly.document import SYSTEMD, command, values
from tests.serve.hosts import free_port, until


@dataclass
class Machine:
    """The machine.

    Attributes:
        folder: what it has of its own is below.
        server: in the place of data.gouv.fr.
    """

    folder: Path
    server: Server
    port: int = field(default_factory=free_port)

    @property
    def places(self) -> Mapping[str, str]:
        """What the document says → what it is here."""
        return {
            "runuser -u rncp-ld -- ": "",
            "/opt/rncp-ld/libexec": str(SYSTEMD),
            "/opt/rncp-ld/bin": str(Path(sys.executable).parent),
            "/var/lib/rncp-ld": str(self.folder / "lib"),
            "/var/backups": str(self.folder / "backups"),
            "/srv/rncp": str(self.site),
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "--port 8000": f"--port {self.port}",
        }

    @property
    def build(self) -> Path:
        return self.folder / "lib" / "build"

    @property
    def exports(self) -> Path:
        return self.folder / "lib" / "exports"

    @property
    def site(self) -> Path:
        return self.folder / "srv"

    def here(self, text: str) -> str:
        """Return a text with the places of this machine."""
        for there, here in self.places.items():
            text = text.replace(there, here)
        return text

    def environment(self) -> dict[str, str]:
        """Return the environment of a shell: the program is on nobody's path."""
        folders = [one for one in os.environ["PATH"].split(":") if not (Path(one) / "rncp-ld").exists()]
        return {**os.environ, "PATH": ":".join(folders), "RNCP_LD_API": self.server.api, "NO_PROXY": "127.0.0.1"}

    def run(self, text: str) -> subprocess.CompletedProcess[str]:
        """Run a block of commands, up to the first that fails."""
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", self.here(text)],
            cwd=self.folder, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def night(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the job as its unit starts it."""
        unit = "rncp-ld-nightly.service"
        settings = dict(
            one.partition("=")[::2] for value in values(unit, "Environment") for one in self.here(value).split()
        )
        settings["PATH"] += f":{os.environ['PATH']}"  # of tools that are not in /usr/bin here
        return subprocess.run(
            [self.here(one) for one in command(unit)],
            cwd=self.folder, env={**self.environment(), **settings, **more}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    @contextmanager
    def serving(self) -> Iterator[Callable[[], str]]:
        """Start the server as its unit does, wait until it answers, and stop it as systemd does.

        Gives what returns all that it said so far, on standard output and error: what the journal would have.
        """
        journal = self.folder / "journal"
        line = self.here(shlex.join(command("rncp-ld.service")))
        with journal.open("wb") as out:
            process = subprocess.Popen(shlex.split(line), env=self.environment(), stdout=out, stderr=out)

        def said() -> str:
            return journal.read_text(encoding="utf-8")

        def is_serving() -> bool:
            assert process.poll() is None, said()
            return "serving " in said()

        try:
            until(is_serving, 60)
            yield said
        finally:
            process.terminate()
            process.wait(timeout=60)
        assert process.returncode == 0, said()

    def wait_for(self, publication: str) -> None:
        """Wait until `/health` names a publication."""
        until(lambda: f'"publication": "{publication}"' in self.run("curl -fsS http://127.0.0.1:8000/health").stdout)

    def offer(self, day: str, *fiches: str) -> None:
        """Let data.gouv.fr have the exports of a day: these RNCP fiches, and one of RS."""
        for register, content in (("rncp", fiches), ("rs", (fiche("RS1", "Habilitation"),))):
            self.server.offer(f"export-fiches-{register}-v4-1-{day}.zip", self.packed(register, *content, day=day))

    def packed(self, register: str, *fiches: str, day: str = "2026-08-18") -> bytes:
        """Return a zip with an export of these fiches."""
        below = self.folder / "made" / register
        below.mkdir(parents=True, exist_ok=True)
        return write_zip(below / f"{day}.zip", write_export(below, *fiches, day=day)).read_bytes()
