"""The output folder: publications side by side, `current` swapped by one rename, so that one appears whole or not at all.

build/.rncp-ld                       marks the folder as ours
build/publications/3/{site,store,…}  whole publications; the last two are kept
build/current -> publications/3      swapped by one rename
build/site -> current/site           and so store, ledger.nt and report.*: everything goes through `current`
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rncp_ld import __version__
from rncp_ld.errors import OutputError, PublicationError

MARK = ".rncp-ld"
FACTS = "publication.json"
KEPT = 2
"""Publications that stay: the current one and the one before."""

LINKED = ("site", "store", "ledger.nt", "report.json", "report.ttl", "report.html")
"""What is reached through `current`."""


def open_output(out: Path) -> None:
    """Make sure that an output folder is ours, or empty, or not there yet; mark it.

    Raises:
        OutputError: it is a file, belongs to something else, or cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: this is a file; the output must be a folder")
    if out.is_dir() and not (out / MARK).exists() and any(out.iterdir()):
        raise OutputError(f"{out}: this folder is not empty and was not made by rncp-ld; name another one with -o")
    with _as_output_error(out):
        (out / "publications").mkdir(parents=True, exist_ok=True)
        (out / MARK).write_text("Output of rncp-ld. Each build replaces what is here.\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class NewPublication:
    """A publication that is being made.

    Attributes:
        folder: empty at first.
        number: that it will have.
        before: of the one that is current meanwhile, None where there is none.
    """

    folder: Path
    number: int
    before: int | None

    @property
    def before_folder(self) -> Path | None:
        """Folder of the publication that is current meanwhile."""
        return None if self.before is None else self.folder.with_name(str(self.before))


@contextmanager
def new_publication(out: Path) -> Iterator[NewPublication]:
    """Give an empty folder for the next publication; on a clean exit it becomes the current one, else it goes.

    Raises:
        OutputError: there is no space, the folder cannot be written, or another build is writing there.
    """
    open_output(out)
    publications = out / "publications"
    with _alone(out):
        for left in publications.glob("*.part"):
            shutil.rmtree(left, ignore_errors=True)
        number = max(_numbers(publications), default=0) + 1
        part = publications / f"{number}.part"
        try:
            with _as_output_error(out):
                part.mkdir()
                yield NewPublication(part, number, _current(out))
                part.rename(part.with_suffix(""))
                _switch(out, part.stem)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        for old in _numbers(publications)[:-KEPT]:
            shutil.rmtree(publications / str(old), ignore_errors=True)


def _current(out: Path) -> int | None:
    """Return the number of the current publication."""
    name = (out / "current").resolve().name
    return int(name) if name.isdigit() and (out / "publications" / name).is_dir() else None


def _numbers(publications: Path) -> list[int]:
    return sorted(int(p.name) for p in publications.iterdir() if p.name.isdigit())


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the folder's mark, so that no other build writes there meanwhile; the system lets go of it if we are killed."""
    with _as_output_error(out), (out / MARK).open("r+") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"{out}: another rncp-ld build is writing here; wait until it has ended") from None
        yield


@contextmanager
def _as_output_error(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # The store's own errors have no number, only the system's words.
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT} or "No space left" in str(error)
        reason = "no space left on the disk" if is_full else (error.strerror or str(error))
        place = f" ({error.filename})" if error.filename and not is_full else ""
        raise OutputError(f"{out}: {reason}{place}; the last publication is unchanged") from error


def _switch(out: Path, number: str) -> None:
    """Let `current` name the new publication, by one rename; then see that the links through it stand."""
    _link(out / "current", f"publications/{number}")
    for name in LINKED:
        if not (out / name).is_symlink():
            _link(out / name, f"current/{name}")


def _link(path: Path, target: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    fresh.symlink_to(target)
    fresh.replace(path)


def current(build: Path) -> Path:
    """Return the folder of the current publication.

    Raises:
        PublicationError: there is none.
    """
    folder = build / "current"
    if not folder.is_dir():
        raise PublicationError(f"{build}: no publication here; run `rncp-ld build SOURCE... -o {build}` first")
    return folder.resolve()


LAYOUT = 1
"""Version of a publication's layout on disk; readers refuse another one rather than misread it."""


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """What readers of a publication must know of it.

    Attributes:
        base: of its IRIs.
        exported: date of the newest export in it; None where no source has a date.
    """

    base: str
    exported: date | None = None


def write_facts(folder: Path, facts: PublicationFacts) -> None:
    """Write what readers of a publication must know of it, with the version that made it."""
    content = {
        "rncp_ld": __version__,
        "layout": LAYOUT,
        "base": facts.base,
        "exported": facts.exported.isoformat() if facts.exported else None,
    }
    (folder / FACTS).write_text(json.dumps(content) + "\n", encoding="utf-8")


def read_facts(folder: Path) -> PublicationFacts:
    """Return what a publication says of itself.

    Raises:
        PublicationError: the publication is incomplete, or of another layout than this version reads.
    """
    try:
        content = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        layout, exported = content.get("layout"), content.get("exported")
        facts = PublicationFacts(str(content["base"]), date.fromisoformat(exported) if exported else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PublicationError(f"{folder}: this publication is incomplete; build again") from error
    if layout != LAYOUT:
        made_by = content.get("rncp_ld", "an unknown version")
        raise PublicationError(
            f"{folder}: made by rncp_ld {made_by} with layout {layout}; this version reads layout {LAYOUT}: build again"
        )
    return facts
