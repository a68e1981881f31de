"""An engine: a real Oxigraph server (https://pypi.org/project/oxigraph/) as a process of its own, read-only, on a port of 127.0.0.1.

Several read one store at the same time. One that is asked too much is ended, whatever it is doing: its own timeout does not stop a
join that yields no row.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import socket
import sys
import sysconfig
from pathlib import Path
from typing import ClassVar, Final, Self

from rncp_ld.errors import RncpError
from rncp_ld.serve.sparql.client import EngineLostError, EngineRefusedError, SparqlClient

_LAUNCH: Final = Path(__file__).with_name("launch.py")
_START: Final = 20.0
"""Seconds in which an engine answers after its start, on a busy machine."""
_LAST: Final = 19
"""Niceness of a process that has what is left of the processor."""
_TRIES: Final = 3
"""Starts before it is given up: somebody else may take the port that was free."""


def program() -> str:
    """Return the path of the Oxigraph server.

    Raises:
        RncpError: it is not installed.
    """
    beside = Path(sysconfig.get_path("scripts")) / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if not found:
        raise RncpError(
            "the Oxigraph server was not found: `pip install oxigraph`, or serve with --sparql-endpoint URL"
        )
    return found


class Engine(SparqlClient):
    """A running engine. Made by `start`.

    Attributes:
        is_last: all others come before it at the processor, and no way leads back.
    """

    appends_errors: ClassVar[bool] = True

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        super().__init__(f"http://127.0.0.1:{port}/query")
        self._process = process
        self._port = port
        self.is_last = False

    @classmethod
    async def start(cls, store: Path, memory: int) -> Self:
        """Start an engine on a store and wait until it answers.

        Args:
            store: folder of an Oxigraph store.
            memory: bytes of data that it may have.

        Raises:
            RncpError: it does not start.
        """
        server = program()
        for _ in range(_TRIES):
            try:
                engine = await cls._launched(server, store, memory)
            except OSError as error:  # no more files or processes
                raise RncpError(f"the SPARQL engine cannot be started: {error.strerror}") from error
            if await engine.answers():
                return engine
            await engine.end()
        raise RncpError(f"the SPARQL engine does not start on {store}")

    @classmethod
    async def _launched(cls, server: str, store: Path, memory: int) -> Self:
        with socket.socket() as free:  # Oxigraph does not say which port it took, were it to choose one
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [server, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(_LAUNCH), str(os.getpid()), str(memory), *command,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        return cls(process, port)

    async def answers(self) -> bool:
        """Wait until it answers; False: it ended, does not in time, or another program has taken its port."""
        try:
            async with asyncio.timeout(_START):
                while self.is_alive:
                    if await self._listens():
                        await self.ask([("query", "ASK {}")], "*/*", 1000)
                        return True
                    await asyncio.sleep(0.005)
        except (TimeoutError, EngineLostError, EngineRefusedError):
            return False
        except BaseException:  # the query that it was for is given up
            await self.end()
            raise
        return False

    async def _listens(self) -> bool:
        """Tell whether anything listens at its port: to ask it before would be to wait for its end."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        writer.close()
        return True

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    @property
    def memory(self) -> int:
        """Bytes of memory that the process holds; 0 where the system does not say (https://man7.org/linux/man-pages/man5/proc.5.html)."""
        try:
            resident = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except OSError:
            return 0
        return int(resident) * resource.getpagesize()

    def let_others_first(self) -> None:
        """Leave the processor to all other processes that want it: each thread has a niceness of its own."""
        self.is_last = True
        for thread in Path(f"/proc/{self.pid}/task").glob("*"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                os.setpriority(os.PRIO_PROCESS, int(thread.name), _LAST)

    async def wait(self) -> None:
        """Wait until the process ends."""
        await self._process.wait()

    async def _lost(self) -> EngineLostError:
        # A process that asked for too much aborts; it may take a moment to be gone.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._process.wait()
        return EngineLostError(by_memory=self._process.returncode == -signal.SIGABRT)

    async def end(self) -> None:
        """End the process at once, and wait for it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await self.close()
