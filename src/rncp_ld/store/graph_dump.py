"""The published graph as the body of a request: measured first, then read as often as it has to be sent."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rncp_ld.errors import PublicationError

_PIECE = 1 << 18
"""Bytes that are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class GraphDump:
    """A gzipped N-Triples file with one triple a line, as `dumps/rncp.nt.gz` is.

    Attributes:
        path: the file.
        size: bytes of N-Triples in it. A request has to say them: Virtuoso takes a body without a length for an empty one.
        triples: how many there are.
    """

    path: Path
    size: int
    triples: int

    @classmethod
    def measure(cls, path: Path) -> GraphDump:
        """Read a dump to its end, so that nothing is replaced by one that is cut off.

        Raises:
            PublicationError: it is missing, damaged or empty.
        """
        size = triples = 0
        try:
            for piece in _pieces(path):
                size += len(piece)
                triples += piece.count(b"\n")
        except FileNotFoundError as error:
            raise PublicationError(f"{path}: this publication has no dump; build again") from error
        except (OSError, EOFError, zlib.error) as error:
            raise PublicationError(f"{path}: this dump cannot be read ({error}); build again") from error
        if not triples:
            raise PublicationError(f"{path}: this dump is empty; build again")
        return cls(path, size, triples)


class Body:
    """A dump as the content of a request; each iteration begins anew, as an attempt to send it does.

    Args:
        dump: what is sent.
        told: called with the bytes that this attempt has sent.
    """

    def __init__(self, dump: GraphDump, told: Callable[[int], None] | None = None) -> None:
        self._dump = dump
        self._told = told

    def __iter__(self) -> Iterator[bytes]:
        """Yield the N-Triples in pieces."""
        sent = 0
        for piece in _pieces(self._dump.path):
            yield piece
            sent += len(piece)
            if self._told is not None:
                self._told(sent)


def _pieces(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as file:
        yield from iter(partial(file.read, _PIECE), b"")
