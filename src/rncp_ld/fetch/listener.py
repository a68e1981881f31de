"""What hears of a fetch while it runs."""

from __future__ import annotations

from typing import Protocol


class Listener(Protocol):
    """Shows people what happens; what it does changes nothing of the fetch."""

    def note(self, text: str) -> None:
        """Hear what most want to know: a file came, was there already, or is tried again."""

    def detail(self, text: str) -> None:
        """Hear what is of use where something goes wrong: each request and its answer."""

    def progress(self, name: str, done: int, total: int | None) -> None:
        """Hear how many bytes of a file are there; `total` is None where nobody says."""
