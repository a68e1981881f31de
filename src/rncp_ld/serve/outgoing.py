"""How much is held for clients that have not read it yet: a bound, so that slow readers cannot fill the memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rncp_ld.serve.answer import Answer, FilePart
from rncp_ld.serve.writing import CHUNK


class Outgoing:
    """Bytes of bodies that are on their way.

    Args:
        most: bytes that may be.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0

    def has_room(self, answer: Answer) -> bool:
        """Tell whether an answer may be held; one that is alone always may."""
        return self._held == 0 or self._held + _size(answer) <= self._most

    @contextmanager
    def holding(self, answer: Answer) -> Iterator[None]:
        """Count an answer as long as it is sent."""
        self._held += _size(answer)
        try:
            yield
        finally:
            self._held -= _size(answer)


def _size(answer: Answer) -> int:
    """Return the bytes of memory that an answer takes; a dump is read as it is sent."""
    return min(answer.length, CHUNK) if isinstance(answer.body, FilePart) else answer.length
