"""Work is done wherever there are hands, in order, once; a worker that is lost costs no result."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from rncp_ld.errors import WorkError
from rncp_ld.work import Workers, open_workers
from rncp_ld.work.executors import InThisProcess, processes
from rncp_ld.work.workers import LOSSES

pytestmark = pytest.mark.filterwarnings("ignore:This process")


def square(number: int) -> int:
    return number * number


def ask_process(_: int) -> int:
    return os.getpid()


def end_once(task: tuple[Path, int]) -> int:
    """Be killed, the first time that anybody does the third task."""
    mark, number = task
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def end(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.fixture
def hands() -> Iterator[Workers]:
    """Two processes, from the first task on."""
    workers = Workers(partial(processes, 2), 2, partial(processes, 1), small=0)
    yield workers
    workers.close()


def test_results_come_in_the_order_of_the_tasks(hands: Workers) -> None:
    assert list(hands.map(square, range(40))) == [(number, number * number) for number in range(40)]


def test_tasks_are_taken_as_they_are_needed() -> None:
    tasks = iter(range(100))
    next(Workers(InThisProcess, small=0).map(square, tasks))
    assert next(tasks) < 10


def test_a_little_work_is_done_here(hands: Workers) -> None:
    few = Workers(partial(processes, 2), 2)
    assert {result for _, result in few.map(ask_process, range(5))} == {os.getpid()}
    assert os.getpid() not in {result for _, result in hands.map(ask_process, range(5))}


def test_a_worker_that_is_killed_in_the_middle_costs_no_result(hands: Workers, tmp_path: Path) -> None:
    tasks = [(tmp_path / "killed", number) for number in range(20)]
    assert [result for _, result in hands.map(end_once, tasks)] == [number * number for number in range(20)]
    assert (tmp_path / "killed").exists()


def write_late(task: tuple[Path, int]) -> None:
    """Fail at once, or write after a while."""
    folder, number = task
    if number == 0:
        raise ValueError("the first one fails")
    time.sleep(0.5)
    (folder / str(number)).touch()


def test_nobody_works_on_when_a_run_has_failed(hands: Workers, tmp_path: Path) -> None:
    """Else what it wrote would come again behind whoever clears it away."""
    list(hands.map(square, range(4)))
    with pytest.raises(ValueError, match="the first one fails"):
        list(hands.map(write_late, [(tmp_path, number) for number in range(6)]))
    left = sorted(path.name for path in tmp_path.iterdir())
    time.sleep(1)
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_workers_that_end_again_and_again_end_the_run(hands: Workers) -> None:
    assert LOSSES
    with pytest.raises(WorkError, match="again and again"):
        list(hands.map(end, range(4)))


def test_what_takes_memory_is_done_apart(hands: Workers) -> None:
    list(hands.map(square, range(3)))
    assert hands.apart(ask_process, 1) not in {os.getpid(), *(pid for _, pid in hands.map(ask_process, range(6)))}


def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    """Nobody tells them: they look."""
    import subprocess
    import sys

    script = tmp_path / "run.py"
    script.write_text(
        "import os, time\n"
        "from functools import partial\n"
        "from rncp_ld.work import Workers\n"
        "from rncp_ld.work.executors import processes\n"
        "def pid(_):\n    time.sleep(.2)\n    return os.getpid()\n"
        "if __name__ == '__main__':\n"
        "    hands = Workers(partial(processes, 2), 2, small=0)\n"
        "    print(*{p for _, p in hands.map(pid, range(4))}, flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        workers = [int(pid) for pid in run.stdout.readline().split()]
        run.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.2)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_scheduler_that_cannot_be_reached_is_said() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(WorkError, match="no dask scheduler answers there"), open_workers(scheduler="tcp://127.0.0.1:9"):
        pass
