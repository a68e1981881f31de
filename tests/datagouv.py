"""A server on 127.0.0.1 that speaks the API of data.gouv.fr and serves the files that it lists, and can be told to do it badly.

What it lists is of the shape that udata gives (`resource_fields` of `udata/core/dataset/api_fields.py`); files have ETag and
Last-Modified, and are served in ranges, as those of static.data.gouv.fr are.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import socket
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from rncp_ld.fetch.names import DATASET

ROOT = f"/api/2/datasets/{DATASET}/resources/"


@dataclass
class File:
    """A file that is served: its bytes, and what is told of them."""

    content: bytes
    tag: str = '"1"'
    modified: str = "Sun, 16 Aug 2026 02:01:00 GMT"


@dataclass
class Asked:
    """A request that came."""

    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]


@dataclass
class Status:
    """Answer a request with a status alone."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"

    def __call__(self, handler: Handler) -> None:
        handler.say(self.code, dict(self.headers), self.body)


@dataclass
class BreakOff:
    """Answer with the beginning of what should come, and close the connection."""

    after: int

    def __call__(self, handler: Handler) -> None:
        handler.most = self.after
        handler.serve()


@dataclass
class Hang:
    """Answer with the beginning, then stand still."""

    after: int
    seconds: float

    def __call__(self, handler: Handler) -> None:
        handler.most = self.after
        handler.serve()
        handler.server.closing.wait(self.seconds)


@dataclass
class Trickle:
    """Answer with a body that comes piece by piece.

    Attributes:
        pause: seconds before each piece.
        size: bytes of a piece.
        body: all of it; the file that is asked for where it is None.
        headers: of the answer; without a length the body ends where the connection ends.
    """

    pause: float
    size: int = 1
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, handler: Handler) -> None:
        handler.says_length = False
        handler.say(200, dict(self.headers), b"")
        body = handler.server.files[handler.path].content if self.body is None else self.body
        for at in range(0, len(body), self.size):
            handler.server.closing.wait(self.pause)
            handler.wfile.write(body[at : at + self.size])
            handler.wfile.flush()


@dataclass
class Change:
    """Exchange a file, then answer."""

    path: str
    file: File
    behaviour: Callable[[Handler], None] | None = None

    def __call__(self, handler: Handler) -> None:
        handler.server.files[self.path] = self.file
        (self.behaviour or Handler.serve)(handler)


def ignore_conditions(handler: Handler) -> None:
    """Serve the range that is asked for, whatever the file was before."""
    del handler.headers["If-Range"]
    handler.serve()


def ignore_ranges(handler: Handler) -> None:
    """Serve the whole file, as a host without ranges does."""
    del handler.headers["Range"]
    handler.serve()


@dataclass
class WithoutLength:
    """Serve a file, or its beginning, without saying its length: it ends where the connection ends."""

    after: int | None = None

    def __call__(self, handler: Handler) -> None:
        handler.says_length, handler.most = False, self.after
        handler.serve()


@dataclass
class Claim:
    """Claim a length, and send nothing."""

    length: int

    def __call__(self, handler: Handler) -> None:
        handler.says_length = False
        handler.say(200, {"Content-Length": str(self.length)}, b"")


def reset(handler: Handler) -> None:
    """Drop the connection without an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers a request: as the next behaviour that waits for its path has it, else well."""

    protocol_version = "HTTP/1.1"
    server: Server
    most: int | None = None
    says_length = True

    def do_GET(self) -> None:
        self.close_connection = True
        parts = urlsplit(self.path)
        self.server.asked.append(Asked(parts.path, parse_qs(parts.query), dict(self.headers)))
        waiting = self.server.behaviours.get(parts.path)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the client has heard enough
            (waiting.popleft() if waiting else Handler.serve)(self)

    def serve(self) -> None:
        """Answer well."""
        parts = urlsplit(self.path)
        if parts.path == ROOT:
            self._list(parse_qs(parts.query))
        elif parts.path in self.server.files:
            self._file(self.server.files[parts.path])
        else:
            self.say(404, {"Content-Type": "application/json"}, b'{"message": "Not Found"}')

    def _list(self, query: Mapping[str, list[str]]) -> None:
        page, size = (int(query.get(name, ["1"])[0]) for name in ("page", "page_size"))
        words = query.get("q", [""])[0].lower()
        found = [one for one in self.server.resources if words in str(one.get("title", "")).lower()]
        more = page * size < len(found)
        content = {
            "data": found[(page - 1) * size : page * size],
            "next_page": f"{self.server.address}{ROOT}?page={page + 1}&page_size={size}" if more else None,
            "page": page,
            "page_size": size,
            "previous_page": None,
            "total": len(found),
        }
        self.say(200, {"Content-Type": "application/json"}, json.dumps(content).encode())

    def _file(self, file: File) -> None:
        headers = {"Content-Type": "application/zip", "Accept-Ranges": "bytes"}
        headers |= {name: value for name, value in (("ETag", file.tag), ("Last-Modified", file.modified)) if value}
        asked = re.fullmatch(r"bytes=([0-9]+)-", self.headers.get("Range", ""))
        if asked is None or self.headers.get("If-Range", file.tag) not in {file.tag, file.modified}:
            self.say(200, headers, file.content)
            return
        start, whole = int(asked[1]), len(file.content)
        if start >= whole:
            self.say(416, {"Content-Range": f"bytes */{whole}"}, b"")
            return
        self.say(206, {**headers, "Content-Range": f"bytes {start}-{whole - 1}/{whole}"}, file.content[start:])

    def say(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Send an answer, or its beginning."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.says_length:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body if self.most is None else body[: self.most])
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server; to be used as a context.

    Attributes:
        resources: what the dataset lists.
        files: by path.
        behaviours: what it does instead of answering well, by path; each once.
        asked: the requests that came.
    """

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self._scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.resources: list[dict[str, Any]] = []
        self.files: dict[str, File] = {}
        self.behaviours: dict[str, deque[Behaviour]] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    @property
    def address(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.server_address[1]}"

    @property
    def api(self) -> str:
        """Its `--api`."""
        return f"{self.address}/api/2"

    def offer(self, name: str, content: bytes, **facts: Any) -> str:
        """List a file and serve it; return its path. `facts` take the place of what is listed of it."""
        path = f"/resources/repertoire/20260816-020100/{name}"
        self.files[path] = File(content)
        self.resources.append(
            {
                "id": hashlib.md5(name.encode()).hexdigest(),
                "title": name,
                "description": None,
                "filetype": "file",
                "type": "update",
                "format": "zip",
                "url": f"{self.address}{path}",
                "latest": f"{self.address}/api/1/datasets/r/{name}",
                "checksum": {"type": "sha1", "value": hashlib.sha1(content).hexdigest()},
                "filesize": len(content),
                "mime": "application/zip",
                "created_at": "2026-08-16T02:01:00.000000+00:00",
                "last_modified": "2026-08-16T02:01:00.000000+00:00",
                **facts,
            }
        )
        return path

    def will(self, path: str, *behaviours: Behaviour) -> None:
        """Let the next requests for a path be answered so."""
        self.behaviours.setdefault(path, deque()).extend(behaviours)

    def asked_for(self, path: str) -> list[Asked]:
        """Return the requests for a path."""
        return [one for one in self.asked if one.path == path]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that leave, or that refuse our certificate."""

    def wait_for(self, path: str, seconds: float = 10) -> None:
        """Wait until a path is asked for."""
        deadline = time.monotonic() + seconds
        while not self.asked_for(path):
            assert time.monotonic() < deadline, f"{path} was not asked for"
            time.sleep(0.01)
