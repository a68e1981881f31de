"""What a build keeps for the next one (`build/cache`): fiches that were read, segments that were checked, what links know.

A build writes into `cache/N.part` and renames it when publication N is current; a cache without its publication, of another
version or damaged is as good as none. What did not change is hard-linked from the cache before. Nothing here is needed to
publish: without it everything is done anew, to the same bytes.
"""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from rncp_ld import resources
from rncp_ld.pipeline.edges import FOLDER as EDGES
from rncp_ld.pipeline.mapped import Known
from rncp_ld.pipeline.segments import Segment, SegmentOutcome
from rncp_ld.publish.pages.lookups import Lookups
from rncp_ld.store.links import link

_FILE: Final = "kept.pickle"
_FOLDERS: Final = ("fiches", "links", "parts", EDGES)
_LIBRARIES: Final = ("jinja2", "lxml", "markupsafe", "pyoxigraph", "pyshacl", "rdflib")
"""What pages, triples and findings are made with."""


@cache
def code_version() -> str:
    """Return a digest of all that decides what comes of a source: our code, ontology, shapes and tables, and the libraries."""
    hashed = blake2b(digest_size=16)
    package = Path(__file__).parents[1]
    paths = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    paths += [
        path for name in ("ontology", "shapes", "codes") for path in resources.files(name, "**/*") if path.is_file()
    ]
    for path in sorted(paths):
        hashed.update(f"{path.name}\0".encode())
        hashed.update(path.read_bytes())
    hashed.update(" ".join(version(name) for name in _LIBRARIES).encode())
    return hashed.hexdigest()


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment of the publication before.

    Attributes:
        segment: where its triples are.
        outcome: what came of it.
        lists: by page, files beside the usual ones: its long lists.
    """

    segment: Segment
    outcome: SegmentOutcome
    lists: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What one build keeps.

    Attributes:
        version: of the code that made it, with the base of its IRIs.
        known: by key of a record, what came of it.
        segments: by name.
        findings: by fiche, a digest of what its page says was found.
        shared: digest of what all pages share.
        lookups: what links know.
    """

    version: str
    known: Mapping[bytes, Known] = field(default_factory=dict)
    segments: Mapping[str, KeptSegment] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    shared: str = ""
    lookups: Lookups | None = None


class KeptFiches:
    """Where the triples of fiches go, and those that are known.

    Args:
        folder: of this build.
        known: what came of records before.
        before: folder of the build before, None where nothing is known.
        prefix: of the names of this build's files.
    """

    def __init__(self, folder: Path, known: Mapping[bytes, Known], before: Path | None, prefix: str) -> None:
        self.folder = folder
        self._known = known
        self._before = before
        self._prefix = prefix
        self._linked: set[str] = set()

    def name(self, number: int) -> str:
        """Return a name for files of this build that no other build uses."""
        return f"{self._prefix}-{number:05}"

    def known(self, key: bytes | None) -> Known | None:
        """Return where what came of a record is; its files are then in this build's folder too."""
        known = self._known.get(key) if key else None
        if known is None or self._before is None:
            return None
        if known.name not in self._linked:
            for suffix in (".nt", ".pickles"):
                link(self._before / f"{known.name}{suffix}", self.folder / f"{known.name}{suffix}")
            self._linked.add(known.name)
        return known


class Cache:
    """The cache of one output folder, while a build uses it.

    Args:
        folder: `build/cache`, or any other one.
        number: of the publication that is made.
        current: of the one before; None where there is none.
        base: of all IRIs.

    Attributes:
        root: what this build keeps.
        before: what the build before kept.
        before_root: where that is.
    """

    def __init__(self, folder: Path, number: int, current: int | None, base: str) -> None:
        self._folder = folder
        self._final = folder / str(number)
        self.root = folder / f"{number}.part"
        self.version = f"{code_version()} {base}"
        self.before_root = folder / str(current)
        self.before = self._read(current)
        for left in folder.glob("*.part"):
            shutil.rmtree(left, ignore_errors=True)
        for name in _FOLDERS:
            (self.root / name).mkdir(parents=True)
        before = self.before_root / "fiches" if self.before.known else None
        self.fiches = KeptFiches(self.root / "fiches", self.before.known, before, str(number))

    @property
    def links(self) -> Path:
        """Folder for what the link stage says."""
        return self.root / "links"

    @property
    def parts(self) -> Path:
        """Folder for compressed parts of dumps."""
        return self.root / "parts"

    def keep(self, segment: Segment) -> None:
        """Take over what came of a segment that did not change."""
        for folder, name in (("parts", segment.part), (EDGES, segment.edges)):
            link(self.before_root / folder / name, self.root / folder / name)

    def _read(self, current: int | None) -> Kept:
        """Return what was kept of the publication that is current; whatever is wrong with it, nothing."""
        nothing = Kept(self.version)
        if current is None:
            return nothing
        try:
            with (self.before_root / _FILE).open("rb") as file:
                kept = pickle.load(file)  # noqa: S301 - our own build wrote it
                if not isinstance(kept, Kept) or kept.version != self.version:
                    return nothing
                segments: dict[str, KeptSegment] = {}
                while found := pickle.load(file):  # noqa: S301
                    segments[found.segment.name] = found
            whole = self._is_whole(kept, segments)
        except Exception:  # noqa: BLE001 - a cache may be damaged in any way, and is never needed
            return nothing
        return replace(kept, segments=segments) if whole else nothing

    def _is_whole(self, kept: Kept, segments: Mapping[str, KeptSegment]) -> bool:
        """Tell whether all files are there that what was kept is about."""
        there = {folder: set(os.listdir(self.before_root / folder)) for folder in _FOLDERS}  # noqa: PTH208 - names are enough
        needed = {
            "fiches": {f"{one.name}{suffix}" for one in kept.known.values() for suffix in (".nt", ".pickles")},
            "links": {one.segment.links for one in segments.values() if one.segment.links},
            "parts": {one.segment.part for one in segments.values()},
            EDGES: {one.segment.edges for one in segments.values()},
        }
        return all(names <= there[folder] for folder, names in needed.items())

    def write(self, kept: Kept) -> None:
        """Keep what this build did."""
        with (self.root / _FILE).open("wb") as out:
            pickle.dump(replace(kept, segments={}), out, pickle.HIGHEST_PROTOCOL)
            # One by one: what pickle remembers of all would be as large as they are.
            for segment in kept.segments.values():
                pickle.dump(segment, out, pickle.HIGHEST_PROTOCOL)
            pickle.dump(None, out)

    def commit(self) -> None:
        """Let the next build use this cache; the one before goes."""
        shutil.rmtree(self._final, ignore_errors=True)
        self.root.rename(self._final)
        for other in self._folder.iterdir():
            if other != self._final:
                shutil.rmtree(other, ignore_errors=True)

    def __enter__(self) -> Self:
        """Use the cache for one build."""
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Leave nothing of a build that failed: on a full disk it would only be in the way."""
        if failure is not None:
            shutil.rmtree(self.root, ignore_errors=True)
