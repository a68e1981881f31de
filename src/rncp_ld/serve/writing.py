"""Writes an answer to an ASGI server."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Final

from starlette.types import Send

from rncp_ld.serve.answer import Answer, FilePart

CHUNK: Final = 256 * 1024
"""Bytes that are handed to the connection at once: of a dump, they are all that is in memory for a client."""


async def send_answer(answer: Answer, method: str, send: Send) -> None:
    """Send an answer; HEAD gets the same without its body."""
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.all_headers().items()
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if method == "HEAD":
        await send({"type": "http.response.body"})
    elif isinstance(answer.body, bytes):
        await _send_bytes(answer.body, send)
    else:
        await _send_part(answer.body, send)


async def _send_bytes(body: bytes, send: Send) -> None:
    """Send a body in parts, so that a client that does not read is known by the first one."""
    for start in range(0, len(body) - CHUNK, CHUNK):
        await send({"type": "http.response.body", "body": body[start : start + CHUNK], "more_body": True})
    await send({"type": "http.response.body", "body": body[(len(body) - 1) // CHUNK * CHUNK :] if body else b""})


async def _send_part(part: FilePart, send: Send) -> None:
    with closing(_chunks(part)) as chunks:
        await _send_chunks(chunks, send)


async def _send_chunks(chunks: Iterator[bytes], send: Send) -> None:
    while chunk := await asyncio.to_thread(next, chunks, b""):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


def _chunks(part: FilePart) -> Generator[bytes, None, None]:
    with part.path.open("rb") as file:
        file.seek(part.start)
        left = part.length
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
