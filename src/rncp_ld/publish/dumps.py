"""Dumps: the whole graph as sorted N-Triples and Turtle, one Turtle file a kind, and their checksums.

A dump is its parts one after the other: gzip members may be joined (RFC 1952, 2.2), and so may N-Triples and Turtle. A part
is made where its triples are, and copied as it is where they did not change.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from rncp_ld.publish.partition import key_of
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.serialise import to_turtle
from rncp_ld.rdf.terms import Triple

LEVEL: Final = 4
"""Of compression: a tenth larger than the usual 6, in less than half of the time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a dump.

    Attributes:
        dump: name of the file that it belongs to.
        key: parts of a dump stand in the order of their keys.
        file: name of the file with its compressed bytes.
        start: the first of them.
        length: how many they are.
        triples: how many it holds.
    """

    dump: str
    key: str
    file: str
    start: int
    length: int
    triples: int


def kind_of(subject: str, iris: Iris) -> str:
    """Return the kind of one of our resources: the first segment below the base ("certification"), else "autres"."""
    path = subject[1:-1].removeprefix(iris.base)
    return path.partition("/")[0] if subject.startswith(f"<{iris.base}") and "/" in path else "autres"


def make_parts(lines: Sequence[str], triples: Sequence[Triple], path: Path, iris: Iris) -> tuple[Part, ...]:
    """Write the parts of a segment into one file.

    Args:
        lines: of the segment, sorted, each once.
        triples: the same, in the same order.
        path: the file.
        iris: of this build.
    """
    parts: list[Part] = []
    with path.open("wb") as out:
        for start, end, key in _runs(triples, iris.base):
            kind = kind_of(document_of(triples[start][0]), iris)
            turtle = to_turtle(triples[start:end], iris.namespace)
            for dump, text in (("rncp.nt.gz", "".join(lines[start:end])), (f"{kind}.ttl.gz", turtle)):
                data = gzip.compress(text.encode(), LEVEL, mtime=0)  # no time: the same content gives the same bytes
                parts.append(Part(dump, key, path.name, out.tell(), len(data), end - start))
                out.write(data)
    return tuple(parts)


def _runs(triples: Sequence[Triple], base: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and key of each run of triples of one part."""
    start, key, subject = 0, "", ""
    for at, (one, _, _) in enumerate(triples):
        if one != subject:
            subject = one
            found = key_of(one, base)
            if found != key:
                if at:
                    yield start, at, key
                start, key = at, found
    if triples:
        yield start, len(triples), key


def join_dumps(parts: Iterable[Part], files: Path, folder: Path) -> dict[str, int]:
    """Write all dumps; return the number of triples by file.

    Args:
        parts: of all segments.
        files: folder of the files that they are in.
        folder: `site/dumps`, made here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    by_dump: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_dump[part.dump].append(part)
    counts: dict[str, int] = {}
    sums: dict[str, str] = {}
    with _Dump(folder / "rncp.ttl.gz") as whole:
        for name in sorted(by_dump):
            with _Dump(folder / name) as dump:
                for part in sorted(by_dump[name], key=lambda one: one.key):
                    data = _read(part, files)
                    dump.write(data)
                    if name.endswith(".ttl.gz"):
                        whole.write(data)
            counts[name] = sum(part.triples for part in by_dump[name])
            sums[name] = dump.sum
    counts["rncp.ttl.gz"], sums["rncp.ttl.gz"] = counts["rncp.nt.gz"], whole.sum
    (folder / "SHA256SUMS").write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), encoding="utf-8")
    return counts


def _read(part: Part, files: Path) -> bytes:
    with open(files / part.file, "rb") as file:  # noqa: PTH123 - thousands of times
        file.seek(part.start)
        return file.read(part.length)


class _Dump:
    """A file, and the digest of what is written to it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self.sum = ""

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.sum = self._hash.hexdigest()
