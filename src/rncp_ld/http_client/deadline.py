"""The end of an exchange.

The timeouts of httpx hold for one read, so that a server which sends a byte now and then is waited for without end; a deadline
holds for all that is done until it passes.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self


class Deadline:
    """Ends the connections that are opened while it is in force; to be used as a context.

    What waits for a byte then sees its connection end, whatever it is: a handshake, a header, a body, either way. Name lookup and
    connecting are not ended, and have a timeout of httpx.

    Args:
        seconds: from now.

    Attributes:
        has_passed: it has ended what was open. Where the end of a connection ends the body too, nothing else tells that it is not whole.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._change = threading.Condition()
        self._sockets: list[socket.socket] = []
        self._is_over = False
        self.has_passed = False
        self._thread = threading.Thread(target=self._wait, name="deadline", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._change:
            self._is_over = True
            self._change.notify()
        self._thread.join()
        for one in self._sockets:
            one.close()

    @property
    def left(self) -> float:
        """Seconds that are left; a timeout of httpx must not be 0."""
        return max(0.001, self._end - time.monotonic())

    @property
    def extensions(self) -> Mapping[str, Any]:
        """What a request needs (`extensions` of httpx) so that its connections end."""
        return {"trace": self._hear}

    def nearer(self, seconds: float) -> Deadline:
        """Return one for a part of what is done, on the connections that there are; this one stays in force."""
        part = Deadline(min(seconds, self.left))
        part._sockets = [one.dup() for one in self._sockets]
        return part

    def move(self, seconds: float) -> None:
        """Let it be so many seconds from now; one that has passed stays so."""
        with self._change:
            self._end = time.monotonic() + seconds
            self._change.notify()

    def _hear(self, event: str, info: Mapping[str, Any]) -> None:
        if not event.endswith(".connect_tcp.complete"):
            return
        # A duplicate reaches the connection even where TLS has taken the socket over.
        own = info["return_value"].get_extra_info("socket").dup()
        with self._change:
            self._sockets.append(own)
            if self.has_passed:
                _end(own)

    def _wait(self) -> None:
        with self._change:
            while not self._is_over:
                left = self._end - time.monotonic()
                if left <= 0:
                    self.has_passed = True
                    for one in self._sockets:
                        _end(one)
                    return
                self._change.wait(left)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it has ended by itself
        connection.shutdown(socket.SHUT_RDWR)
