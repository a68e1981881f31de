"""The engines behind `/sparql`, as the system sees them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from benchmarks.visitors import RUNAWAY

from tests.serve.hosts import Serve, until


def _niceness(pid: int) -> set[int]:
    """Return the niceness of each thread of a process; of none where it ends meanwhile."""
    try:
        return {os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in Path(f"/proc/{pid}/task").iterdir()}
    except OSError:
        return set()


def test_a_long_query_comes_last_at_the_processor_and_its_engine_is_not_used_again(seed_build: Path) -> None:
    server = Serve(seed_build, "--query-seconds", "4", "--query-memory", "256")
    try:
        asking = threading.Thread(target=server.query, args=(RUNAWAY,))
        asking.start()
        slow = set[int]()

        def is_slow() -> bool:
            slow.update(pid for pid in server.engines() if _niceness(pid) == {19})
            return bool(slow)

        until(is_slow)
        assert server.query("ASK {}").status == 200
        asking.join()
        until(lambda: slow.isdisjoint(server.engines()))
    finally:
        server.stop()
