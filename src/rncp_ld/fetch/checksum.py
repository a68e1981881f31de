"""Checksums as data.gouv.fr states them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ALGORITHMS: Final = {
    ("sha1", 40): "sha1",
    ("sha2", 64): "sha256",
    ("sha256", 64): "sha256",
    ("md5", 32): "md5",
}
"""Type as udata names it and number of hex digits → the algorithm of hashlib. The fifth type, crc, says not which one it is."""

_HEX: Final = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Checksum:
    """A checksum that can be verified.

    Attributes:
        algorithm: as hashlib names it.
        digest: hex digits, in lower case.
    """

    algorithm: str
    digest: str

    def __str__(self) -> str:
        return f"{self.algorithm} {self.digest}"

    def of(self, path: Path) -> Checksum:
        """Return the checksum of the same algorithm that a file has."""
        # Against accidents only: who can change the file on its way could change what the API says of it.
        with path.open("rb") as file:
            found = hashlib.file_digest(file, lambda: hashlib.new(self.algorithm, usedforsecurity=False))
        return Checksum(self.algorithm, found.hexdigest())


def known_checksum(kind: str, value: str) -> Checksum | None:
    """Return a stated checksum; None where it is of no type and length that can be verified."""
    value = value.strip().lower()
    algorithm = _ALGORITHMS.get((kind, len(value)))
    return Checksum(algorithm, value) if algorithm and _HEX.fullmatch(value) else None
