"""Hosts under test: real servers on a free port of 127.0.0.1, and a client that sends a request as it is written."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Response:
    """What came back; several headers of one name are joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        """Return a header, None where it is absent."""
        return self.headers.get(name.lower())


def ask(
    port: int, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Response:
    """Send a request: no client tidies it up."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        return Response(response.status, found, response.read())
    finally:
        connection.close()


class Serve:
    """`rncp-ld serve` as a process."""

    def __init__(self, build: Path, *options: str) -> None:
        command = [sys.executable, "-m", "rncp_ld", "serve", str(build), "--port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        self.said = self.process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:[0-9]+/", self.said)
        assert address, self.said + self.process.stderr.read()
        self.port = urlsplit(address[0]).port or 0
        self._said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self._said.extend(self.process.stderr)

    def says(self, text: str) -> bool:
        """Tell whether it has said something on standard error since its start."""
        return any(text in line for line in self._said)

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Send a request."""
        return ask(self.port, path, method, headers, body)

    def query(self, query: str, accept: str = "application/sparql-results+json") -> Response:
        """Ask a SPARQL query."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.ask("/sparql", "POST", headers, query.encode())

    def engines(self) -> list[int]:
        """Return the numbers of its engines' processes."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                parent = status.read_text(encoding="utf-8").rpartition(")")[2].split()[1]
                if int(parent) == self.process.pid:
                    found.append(int(status.parent.name))
        return sorted(found)

    def stop(self) -> str:
        """Stop it as a service manager does; return what else it said."""
        self.process.terminate()
        return self.wait()

    def wait(self) -> str:
        """Wait for its end; return what else it said."""
        self.process.wait(timeout=30)
        self._listener.join(timeout=5)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return "".join(self._said)


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
