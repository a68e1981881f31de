"""Puts the triples of the link stage into files, one for each segment of the graph."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from rncp_ld.publish.partition import segment_of
from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.terms import Triple, line


class Router:
    """Puts triples into files, one for each segment.

    Args:
        folder: for the files.
        base: of our IRIs.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._base = base
        self._lines: dict[str, list[str]] = {}
        self._known: dict[str, list[str]] = {}

    def add(self, triples: Iterable[Triple]) -> None:
        """Take some triples."""
        before, lines = "", list[str]()
        for triple in triples:
            if triple[0] != before:
                before = triple[0]
                page = document_of(before)
                found = self._known.get(page)
                if found is None:
                    found = self._lines.setdefault(segment_of(page, self._base), [])
                    self._known[page] = found
                lines = found
            lines.append(line(triple))

    def leave_out(self, subjects: Iterable[str], predicates: Iterable[str]) -> None:
        """Drop what was said of some pages by some properties."""
        for subject in subjects:
            lines = self._known.get(subject, [])
            starts = tuple(f"{subject} {predicate} " for predicate in predicates)
            lines[:] = [line for line in lines if not line.startswith(starts)]

    def write(self) -> dict[str, tuple[str, int, str]]:
        """Write the files; return for each segment the name and size of its file, and a digest of what it holds."""
        written: dict[str, tuple[str, int, str]] = {}
        for name, lines in sorted(self._lines.items()):
            data = "".join(sorted(set(lines))).encode()
            digest = blake2b(data, digest_size=16).hexdigest()
            file = f"{name}-{digest[:8]}.nt"
            (self._folder / file).write_bytes(data)
            written[name] = file, len(data), digest
        return written
