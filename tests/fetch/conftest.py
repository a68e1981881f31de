"""Two exports of two days on a server of our own, and a fetch from it that does not wait long."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from rncp_ld.fetch.limits import Limits
from rncp_ld.fetch.newest import fetch_newest
from tests.datagouv import Server

OLD, RNCP, RS = (
    f"export-fiches-{part}.zip" for part in ("rncp-v4-1-2026-08-15", "rncp-v4-1-2026-08-16", "rs-v4-1-2026-08-16")
)

QUICK = Limits(tries=3, pause=0.01, longest_pause=1.5)
IMPATIENT = replace(QUICK, timeout=2)
"""For servers that stand still; long enough for one that is merely busy."""


def packed(seed: int, size: int = 300_000) -> bytes:
    """Return a zip with one file that cannot be packed, so that it comes in several pieces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("export.xml"), random.Random(seed).randbytes(size))
    return out.getvalue()


@dataclass
class Heard:
    """A listener that keeps what it hears."""

    notes: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    seen: list[tuple[str, int, int | None]] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def detail(self, text: str) -> None:
        self.details.append(text)

    def progress(self, name: str, done: int, total: int | None) -> None:
        self.seen.append((name, done, total))


@dataclass
class Host:
    """The server, where its newest exports are, and a folder that is fetched to."""

    server: Server
    folder: Path
    rncp: str = ""
    rs: str = ""

    def fetch(self, limits: Limits = QUICK) -> Heard:
        """Fetch, and return what was said; the paths are checked."""
        heard = Heard()
        paths = fetch_newest(self.folder, heard, api=self.server.api, limits=limits)
        assert [path.name for path in paths] == [RNCP, RS]
        return heard

    @property
    def names(self) -> list[str]:
        """What is in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    @property
    def is_whole(self) -> bool:
        """Whether the RNCP export is there as it is served."""
        return (self.folder / RNCP).read_bytes() == self.server.files[self.rncp].content

    @property
    def ranges(self) -> list[str | None]:
        """The ranges of the RNCP export that were asked for."""
        return [one.headers.get("Range") for one in self.server.asked_for(self.rncp)]


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server() as server:
        one = Host(server, tmp_path / "exports")
        server.offer(OLD, packed(1))
        server.offer("export-fiches-csv-2026-08-16.zip", packed(2))
        one.rncp = server.offer(RNCP, packed(3))
        one.rs = server.offer(RS, packed(4, 5_000))
        yield one
