"""Mixed load on `rncp-ld serve`, while its engines are killed and publications take each other's place.

    python -m benchmarks.soak [--minutes N] [--fiches N]

Checked, with exit code 1 where it does not hold: each request has an answer; an answer other than its kind of request is meant to have is
503 with `Retry-After`, and an engine was killed while it was asked or just before; publications switched; no zombie stays; memory and
open files stay flat (the last fifth of the time beside the second).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from tests.serve.hosts import Serve, until

from benchmarks.pipeline import sources_of_size
from benchmarks.processes import children, descriptors, is_running, memory
from benchmarks.visitors import KINDS, Visit, Visitor, documents_of
from rncp_ld import pipeline

OPTIONS: Final = ("--query-seconds", "3", "--query-memory", "512", "--query-result", "1", "--queries", "8", "--verbose")
VISITORS: Final = 6
"""Fewer than the places for queries: those that leave may hold theirs for a moment, and none is to be answered "busy"."""

KILL_EVERY: Final = 3.0
"""Seconds."""

DEATH: Final = 10
"""Seconds that a killed engine may take: at a busy machine its threads, which come last, wait for their turn to end."""

WINDOW: Final = 0.25
"""Seconds after a kill in which the server may not know of it, on a busy machine."""

GROWTH: Final = 1.10
"""By which memory may differ between two spans of time: caches fill, and two publications stand side by side for a moment."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server's processes hold at a moment.

    Attributes:
        server, engines: bytes of memory.
        running: number of engines.
        files: that the server has open.
    """

    server: int
    engines: int
    running: int
    files: int


@dataclass(slots=True)
class Journal:
    """What happened."""

    seconds: float = 0.0
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    unexpected: list[Visit] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    builds: int = 0
    samples: list[Sample] = field(default_factory=list)
    zombies: Counter[int] = field(default_factory=Counter)
    answering: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, visit: Visit) -> None:
        """Note a visit."""
        with self._lock:
            self.counts[visit.kind, visit.status] += 1
            if visit.fault or visit.status not in KINDS[visit.kind].statuses:
                self.unexpected.append(visit)

    def unexcused(self) -> list[Visit]:
        """Return the visits that no kill explains, or that were not asked to come back."""
        return [one for one in self.unexpected if not self._is_excused(one)]

    def _is_excused(self, visit: Visit) -> bool:
        is_near = any(visit.start - WINDOW <= kill <= visit.end for kill in self.kills)
        return is_near and visit.status == 503 and bool(visit.retry_after) and not visit.fault


def soak(build: Path, sources: Sequence[str], seconds: float, pause: float) -> Journal:
    """Serve a build under load for some seconds.

    Args:
        build: output folder with a publication.
        sources: that are published into it again and again.
        seconds: of load.
        pause: seconds between two publications.
    """
    journal, stop = Journal(seconds=seconds), threading.Event()
    server = Serve(build, *OPTIONS)
    pid = server.process.pid
    paths = documents_of((build / "site").resolve())
    helpers = [
        *(Visitor(server.port, paths, journal.tell, stop, seed) for seed in range(VISITORS)),
        again(stop, KILL_EVERY, lambda: kill_one(pid, journal)),
        again(stop, pause, lambda: publish(build, sources, journal)),
        again(stop, 1.0, lambda: watch(server, journal)),
    ]
    for helper in helpers:
        helper.start()
    stop.wait(seconds)
    stop.set()
    for helper in helpers:
        helper.join()
    finish(server, journal)
    return journal


def again(stop: threading.Event, pause: float, work: Callable[[], None]) -> threading.Thread:
    """Return a thread that does a piece of work after each pause."""

    def run() -> None:
        while not stop.wait(pause):
            work()

    return threading.Thread(target=run, daemon=True)


def kill_one(pid: int, journal: Journal) -> None:
    """Kill an engine, whatever it is doing: waiting, working, or still starting."""
    alive = [engine for engine, state in children(pid).items() if state != "Z"]
    if alive:
        journal.kills.append(time.monotonic())
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.choice(alive), signal.SIGKILL)


def publish(build: Path, sources: Sequence[str], journal: Journal) -> None:
    """Publish into the folder that is being served."""
    command = [sys.executable, "-m", "rncp_ld", "build", *sources, "-o", str(build), "--quiet"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    journal.builds += 1
    if done.returncode not in {0, 1}:
        journal.faults.append(f"a build ended with {done.returncode}: {done.stderr[-500:]}")


def watch(server: Serve, journal: Journal) -> None:
    """Note what the server's processes hold, and which publication answers."""
    pid = server.process.pid
    if server.process.poll() is not None:
        return  # `finish` says so
    engines = children(pid)
    journal.zombies = Counter({one: journal.zombies[one] + 1 for one, state in engines.items() if state == "Z"})
    if stayed := [one for one, times in journal.zombies.items() if times == DEATH]:
        journal.faults.append(f"zombies for {DEATH} seconds: {stayed}")
    held = sum(memory(engine) for engine in engines)
    journal.samples.append(Sample(memory(pid), held, len(engines), descriptors(pid)))
    try:
        health = json.loads(server.ask("/health").body)
    except OSError as error:
        journal.faults.append(f"/health: {error}")
    else:
        journal.answering.add(health["publication"])


def finish(server: Serve, journal: Journal) -> None:
    """Look at what is left once nobody asks any more, and end the server."""
    if server.process.poll() is not None:
        journal.faults.append(f"the server ended with {server.process.returncode}: {server.wait()[-2000:]}")
        return
    try:
        until(lambda: b'"queries": 0' in server.ask("/health").body)
    except (AssertionError, OSError) as error:
        journal.faults.append(f"queries without a client, or no answer: {error}")
    engines = server.engines()
    said = server.stop()
    if server.process.returncode:
        journal.faults.append(f"the server ended with {server.process.returncode}")
    if left := [engine for engine in engines if is_running(engine)]:
        journal.faults.append(f"engines outlived the server: {left}")
    if "Traceback" in said:
        journal.faults.append(f"the server said: {said[-2000:]}")


def judge(journal: Journal) -> list[str]:
    """Return what does not hold, whatever the machine."""
    faults = [*journal.faults]
    unexcused = journal.unexcused()
    faults += [f"not explained by a kill: {one}" for one in unexcused[:10]]
    if len(unexcused) > 10:
        faults.append(f"and {len(unexcused) - 10} more")
    if lacking := set(KINDS) - {kind for kind, _ in journal.counts}:
        faults.append(f"never came: {sorted(lacking)}")
    if not journal.kills:
        faults.append("no engine was killed")
    if len(journal.answering) < 2:
        faults.append(f"no other publication answered: {sorted(journal.answering)}")
    return faults


def judge_growth(journal: Journal) -> list[str]:
    """Return what has grown: for runs of some minutes."""
    early, late = spans(journal.samples)
    grown = []
    for name in ("server", "running", "files"):  # what engines hold is what queries make them hold, within their limit
        before, after = (median(getattr(one, name) for one in span) for span in (early, late))
        if after > before * GROWTH:
            grown.append(f"{name} grew from {before:,.0f} to {after:,.0f}")
    return grown


def spans(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    """Return the fifth in the middle, when the caches (some 30 MB at most) are full, and the last."""
    fifth = max(1, len(samples) // 5)
    return samples[2 * fifth : 3 * fifth] or samples, samples[-fifth:]


def print_journal(journal: Journal) -> None:
    """Print what happened."""
    excused = Counter(one.kind for one in journal.unexpected) - Counter(one.kind for one in journal.unexcused())
    print(f"{'kind':<20}{'requests':>9}{'in a kill, 503':>16}   statuses")
    for kind in KINDS:
        statuses = {status: count for (one, status), count in sorted(journal.counts.items()) if one == kind}
        said = ", ".join(f"{status or 'left'}: {count:,}" for status, count in statuses.items())
        print(f"{kind:<20}{sum(statuses.values()):>9,}{excused[kind]:>16}   {said}")
    total = journal.counts.total()
    print(f"{'all':<20}{total:>9,}{excused.total():>16}   {total / journal.seconds:,.0f} a second")
    print(
        f"\n{len(journal.kills)} engines killed, {journal.builds} publications made, {len(journal.answering)} of them seen "
        f"answering\n\n{'':<16}{'server, MB':>12}{'engines, MB':>13}{'engines':>9}{'files':>7}"
    )
    length = max(1, len(journal.samples) // 10)
    for start in range(0, len(journal.samples), length):
        span = journal.samples[start : start + length]
        print(
            f"{f'second {start}':<16}{median(one.server for one in span) / 1e6:>12.1f}"
            f"{median(one.engines for one in span) / 1e6:>13.1f}{median(one.running for one in span):>9.1f}"
            f"{median(one.files for one in span):>7.1f}"
        )


def main() -> None:
    """Soak, print, and say whether all held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--fiches", type=int, default=300, help="RNCP fiches to generate; RS in proportion")
    parser.add_argument("--pause", type=float, default=30, help="seconds between two publications")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        sources = sources_of_size(arguments.fiches, Path(folder) / "export")
        pipeline.build(sources, build, pipeline.Options())
        seconds = arguments.minutes * 60
        journal = soak(build, sources, seconds, pause=min(arguments.pause, seconds / 4))
    print_journal(journal)
    faults = [*judge(journal), *judge_growth(journal)]
    print("\n" + ("\n".join(faults) or "all held"))
    if faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
