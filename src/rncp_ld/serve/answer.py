"""An answer as a value: what a request gets, before any server writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rncp_ld.headers import EVERYWHERE


@dataclass(frozen=True, slots=True)
class FilePart:
    """Bytes of a file that are sent as they are read: for dumps, which do not fit into memory many times."""

    path: Path
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets.

    Attributes:
        status: of HTTP.
        headers: without Content-Length and those that are on every answer.
        body: bytes, or a part of a file.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | FilePart = b""

    @property
    def length(self) -> int:
        """Number of bytes of the body."""
        return self.body.length if isinstance(self.body, FilePart) else len(self.body)

    def all_headers(self) -> dict[str, str]:
        """Return every header that is sent; 204 and 304 have no length, as they have no body."""
        length = {} if self.status in {204, 304} else {"Content-Length": str(self.length)}
        return {**EVERYWHERE, **self.headers, **length}

    def adding(self, **headers: str) -> Answer:
        """Return the same answer with more headers; names in Python's writing: `retry_after`."""
        more = {name.replace("_", "-").title(): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **more})
