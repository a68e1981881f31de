"""Writes an answer to an ASGI server."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Final

from starlette.types import Send

from rncp_ld.serve.answer import Answer, FilePart

CHUNK: Final = 256 * 1024
"""Bytes of a dump that are in memory at once, for each client."""


async def send_answer(answer: Answer, method: str, send: Send) -> None:
    """Send an answer; HEAD gets the same without its body."""
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.all_headers().items()
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if method == "HEAD":
        await send({"type": "http.response.body"})
    elif isinstance(answer.body, bytes):
        await send({"type": "http.response.body", "body": answer.body})
    else:
        await _send_part(answer.body, send)


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
