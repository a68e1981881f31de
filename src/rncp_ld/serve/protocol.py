"""HTTP as uvicorn speaks it, but for clients that write heads without end, or do not read what they asked for."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_ADDRESS: Final = 64 << 10
"""Bytes of an address; a longer query is sent by POST."""

LONGEST_HEAD: Final = 64 << 10
"""Bytes of all header fields."""

SLOWEST_HEAD: Final = 20.0
"""Seconds from the first byte of a request, or from the connection, to the end of its head."""


SLOWEST_READER: Final = 30.0
"""Seconds in which a client takes some more of its answer (`writing.CHUNK`); then the connection is given up."""


class _RefusedError(Exception):
    """The request is not read on."""


class BoundedProtocol(HttpToolsProtocol):
    """Reads requests whose head keeps within limits, and answers 414, 431 or 408 to the others; gives up who does not read.

    httptools reads on for as long as a client writes, and uvicorn waits for ever until one reads.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._size = 0
        self._status = HTTPStatus.BAD_REQUEST
        self._clock: asyncio.TimerHandle | None = None
        self._reader_clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_clock()
        self._stop_reader_clock()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for the client to read: more than a little of its answer is still with us."""
        super().pause_writing()
        self._stop_reader_clock()
        self._reader_clock = self.loop.call_later(SLOWEST_READER, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: it has read."""
        self._stop_reader_clock()
        super().resume_writing()

    def on_message_begin(self) -> None:
        """Begin to count."""
        super().on_message_begin()
        self._size = 0
        self._start_clock()

    def on_url(self, url: bytes) -> None:
        """Count the address."""
        self._refuse_where(len(self.url) + len(url) > LONGEST_ADDRESS, HTTPStatus.REQUEST_URI_TOO_LONG)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header field."""
        self._size += len(name) + len(value)
        self._refuse_where(self._size > LONGEST_HEAD, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Stop waiting: what follows is the application's."""
        self._stop_clock()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's text; ours says more
        """Say what is wrong in the shape of all errors (RFC 9457), and close."""
        status, self._status = self._status, HTTPStatus.BAD_REQUEST
        body = f'{{"type": "about:blank", "title": "{status.phrase}", "status": {status.value}}}\n'.encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\naccess-control-allow-origin: *\r\nx-content-type-options: nosniff\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _refuse_where(self, is_refused: bool, status: HTTPStatus) -> None:
        if is_refused:
            self._status = status
            raise _RefusedError

    def _start_clock(self) -> None:
        self._stop_clock()
        self._clock = self.loop.call_later(SLOWEST_HEAD, self._too_slow)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _stop_reader_clock(self) -> None:
        if self._reader_clock is not None:
            self._reader_clock.cancel()
            self._reader_clock = None

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self._status = HTTPStatus.REQUEST_TIMEOUT
            self.send_400_response("")
