"""How long, how often and how much a fetch may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a fetch.

    Attributes:
        tries: requests for the same thing, the first one included.
        timeout: seconds for a connection, for the headers of an answer, and for a whole answer of the API; a file may take longer, as
            long as it comes at the pace. Beyond them a try has failed.
        pace: bytes a second of a file, on average in that time. Slower than any line, and fast enough to end: the largest export
            takes a day.
        pause: seconds before the second try; each further pause is twice as long.
        longest_pause: seconds that a pause may have; a server that asks for a longer one is not asked again.
        largest: bytes of a file. The export of the whole register has some 75 MB.
        longest_answer: bytes of one answer of the API.
        pages: of the list of resources.
    """

    tries: int = 5
    timeout: float = 30.0
    pace: float = 1000.0
    pause: float = 1.0
    longest_pause: float = 120.0
    largest: int = 2 << 30
    longest_answer: int = 16 << 20
    pages: int = 200


DEFAULTS: Final = Limits()
