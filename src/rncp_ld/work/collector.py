"""Python's collector of cycles, seldom: records, triples and pages hold none, and looking for them in a large heap costs a fifth of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (100_000, 50, 1000)
"""Allocations before the youngest objects are looked at, and how many such looks come before one at older ones."""


def collect_seldom() -> None:
    """Let this process look for cycles seldom, from now on."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let this process look for cycles seldom, for a while."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
