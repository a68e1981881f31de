"""Hosts under test: real servers on a free port of 127.0.0.1, and a client that sends a request as it is written."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Mapping
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
        connection.putrequest(method, path, skip_accept_encoding=True)
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

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Send a request."""
        return ask(self.port, path, method, headers, body)

    def stop(self) -> str:
        """Stop it as a service manager does; return what else it said."""
        self.process.terminate()
        return self.process.communicate(timeout=20)[1]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
