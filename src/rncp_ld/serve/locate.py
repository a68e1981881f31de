"""What a path of a site names: a document, a resource by its IRI, a folder, what was withdrawn, or nothing."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from rncp_ld.formats import BY_SUFFIX, FORMATS, GONE, HTML, TURTLE, Format

_PATH: Final = re.compile(r"(?:(?:\.well-known|[A-Za-z0-9_-][A-Za-z0-9._-]*)/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?")
"""Every path of a site is made of these; any other never comes near the disk."""

LONGEST: Final = 1000
"""Characters of a path: three segments of 80 are the longest that a publication has."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the site.

    Attributes:
        path: below the site, of the document: "certification/RNCP2383.ttl".
        file: to read; for a format that is not on disk, the Turtle that it is made from.
        format: where the document is one of a resource's formats.
    """

    path: str
    file: Path
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource by its IRI, and the formats of its documents, the preferred first."""

    path: str
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder without its last slash."""

    path: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What was published once.

    Attributes:
        path: of the resource.
        files: its tombstone's files by format.
        format: that of the document that was asked for; None for the IRI.
    """

    path: str
    files: tuple[tuple[Format, Path], ...]
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing that this publication has."""

    path: str


Target: TypeAlias = Document | Resource | Folder | Gone | Missing


def locate(site: Path, path: str) -> Target:
    """Say what a path names.

    Args:
        site: folder of the site, without links on the way to it.
        path: decoded, without its first slash.
    """
    if len(path) > LONGEST or not _PATH.fullmatch(path):
        return Missing(path)
    if not path or path.endswith("/"):
        index = _file(site, f"{path}index.html")
        return Document(f"{path}index.html", index, HTML) if index else Missing(path)
    stem, _, suffix = path.rpartition(".")
    form = BY_SUFFIX.get(suffix) if stem else None
    if form and _file(site, f"{stem}.{GONE}"):
        return Gone(stem, _tombstone(site, stem), form)
    file = _file(site, path)
    if file:
        return Missing(path) if suffix == GONE else Document(path, file, form)
    if form and not form.is_on_disk and (turtle := _file(site, f"{stem}.{TURTLE.suffix}")):
        return Document(path, turtle, form)
    return _resource(site, path)


def _resource(site: Path, path: str) -> Target:
    if _file(site, f"{path}.{GONE}"):
        return Gone(path, _tombstone(site, path))
    there = {one for one in FORMATS if one.is_on_disk and _file(site, f"{path}.{one.suffix}")}
    if there:
        return Resource(path, tuple(one for one in FORMATS if one in there or (not one.is_on_disk and TURTLE in there)))
    return Folder(path) if _file(site, f"{path}/index.html") else Missing(path)


def _tombstone(site: Path, path: str) -> tuple[tuple[Format, Path], ...]:
    found = ((one, _file(site, f"{path}.{one.suffix}")) for one in FORMATS if one.is_on_disk)
    return tuple((one, file) for one, file in found if file)


def _file(site: Path, path: str) -> Path | None:
    """Return a file of the site; a link that leaves it, or a name that no disk can have, is none."""
    target = os.path.join(site, path)  # noqa: PTH118 - pathlib is several times slower, and this is asked at each request
    try:
        mode = os.lstat(target).st_mode
        if stat.S_ISLNK(mode):
            is_ours = os.path.isfile(target) and _is_within(site, target)  # noqa: PTH113 - likewise
        else:
            is_ours = stat.S_ISREG(mode) and _holds(site, path.rpartition("/")[0])
    except (OSError, ValueError):
        return None
    return Path(target) if is_ours else None


@lru_cache(maxsize=256)
def _holds(site: Path, folder: str) -> bool:
    """Tell whether a folder of the site is within it. Asked of the disk once: a publication is never changed."""
    return _is_within(site, os.path.join(site, folder))  # noqa: PTH118 - likewise


def _is_within(site: Path, target: str) -> bool:
    root, real = os.path.realpath(site), os.path.realpath(target)
    return real == root or real.startswith(f"{root}{os.sep}")
