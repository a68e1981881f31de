"""A server that answers as it is told to, over a real connection: for what no well-kept store does on request."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Request:
    """What has come in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What goes out.

    Attributes:
        status: 0: none, the connection is cut.
        text: of the body; none goes with HEAD.
        headers: of the answer.
        pause: seconds after each byte of the text.
        is_early: goes out before the body of the request is read, and the connection is closed.
    """

    status: int = 204
    text: str = ""
    headers: Mapping[str, str] | Sequence[tuple[str, str]] = ()
    is_early: bool = False
    pause: float = 0.0


def drip(send: Callable[[bytes], object], words: bytes, pause: float) -> None:
    """Send words, with a pause after each byte, as long as there is somebody who listens."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for word in [words] if not pause else [words[at : at + 1] for at in range(len(words))]:
            send(word)
            time.sleep(pause)


Script = Callable[[Request], Answer]


class Answering(ThreadingHTTPServer):
    """A server with its script, and the requests that it has had."""

    daemon_threads = True

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.script = script
        self.requests: list[Request] = []
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.server_address[1]}/data"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that has left."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Answering

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        early = self.server.script(Request(self.command, self.path, dict(self.headers), b""))
        body = b"" if early.is_early else self.rfile.read(length)
        request = Request(self.command, self.path, dict(self.headers), body)
        self.server.requests.append(request)
        answer = early if early.is_early else self.server.script(request)
        if answer.status == 0:
            # Without lingering the system resets the connection at once, as where a process dies.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        text = answer.text.encode()
        self.send_response(answer.status)
        headers = answer.headers
        for name, value in headers.items() if isinstance(headers, Mapping) else headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        if answer.is_early:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            drip(self.wfile.write, text, answer.pause)
        self.close_connection = self.close_connection or answer.is_early

    do_HEAD = do_PUT = do_POST = _answer  # noqa: N815 - names of http.server

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def answering(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Answering]:
    """Run a server in a thread."""
    server = Answering(script, tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def speaking(words: bytes, pause: float = 0.0) -> Iterator[int]:
    """Run a server that is none of HTTP: it says its words to whoever connects, with a pause after each byte; yield its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def speak() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection:
                    drip(connection.sendall, words, pause)
                    connection.recv(1)

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
