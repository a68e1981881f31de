"""What a query may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that hold for every query.

    Attributes:
        seconds: from its arrival to its last row; then its engine is ended. As many to send the request itself.
        memory: bytes of data of its engine.
        result: bytes of its result; a longer one is an error, never a shorter result.
        request: bytes of the request's body.
        queries: at the same time; one more is asked to come back.
    """

    seconds: float = 10.0
    memory: int = 1 << 30
    result: int = 32 << 20
    request: int = 512 << 10
    queries: int = 8


DEFAULTS: Final = Limits()
"""What holds where nothing else is said."""
