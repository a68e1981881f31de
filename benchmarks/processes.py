"""What Linux says of processes (https://man7.org/linux/man-pages/man5/proc.5.html)."""

from __future__ import annotations

import contextlib
import os
import resource
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PROC: Final = Path("/proc")


def children(pid: int) -> dict[int, str]:
    """Return number → state (R, S, Z, ...) of the processes that a process has started."""
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            state, parent = _stat(folder)[:2]
            if int(parent) == pid:
                found[int(folder.name)] = state
    return found


def is_running(pid: int) -> bool:
    """Tell whether a process runs: one that has ended may wait for its parent to ask how."""
    with contextlib.suppress(OSError):
        return _stat(_PROC / str(pid))[0] != "Z"
    return False


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and its children that live."""
    fields = [_stat(_PROC / str(one)) for one in (pid, *children(pid))]
    return sum(int(one[11]) + int(one[12]) for one in fields) / _TICKS


def memory(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where it has ended."""
    with contextlib.suppress(OSError):
        return int((_PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return 0


def descriptors(pid: int) -> int:
    """Return how many files and sockets a process has open."""
    return len(os.listdir(_PROC / str(pid) / "fd"))  # noqa: PTH208 - names are enough


def _stat(folder: Path) -> list[str]:
    """Return the fields behind the name, which may hold anything: state, parent, ..."""
    return (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
