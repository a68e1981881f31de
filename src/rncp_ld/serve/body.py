"""Reads the body of a request, within a size and a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.types import Receive

from rncp_ld.serve.problems import Problem

_CLOSING: Final = {"Connection": "close"}


class ClientGoneError(Exception):
    """The client closed the connection."""


_PATIENCE: Final = 16 << 20
"""Bytes of a body that is too large and that are still taken off the line: most clients hear nothing before they have sent all."""


async def read_body(receive: Receive, most: int, seconds: float) -> bytes | Problem:
    """Return a whole body, or why it is not read.

    Args:
        receive: of ASGI.
        most: bytes that it may have.
        seconds: in which it arrives.

    Raises:
        ClientGoneError: it was broken off.
    """
    body = bytearray()
    length = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in _parts(receive):
                length += len(part)
                if length <= most:
                    body += part
                elif length > _PATIENCE:
                    break
    except TimeoutError:
        detail = f"Le corps n'est pas arrivé en {seconds:g} secondes."
        return Problem(408, "Requête trop lente", detail, headers=_CLOSING)
    if length > most:
        detail = f"Le corps d'une requête a {most >> 10} Kio au plus."
        return Problem(413, "Corps trop grand", detail, headers=_CLOSING if length > _PATIENCE else {})
    return bytes(body)


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    is_whole = False
    while not is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        yield message.get("body", b"")
        is_whole = not message.get("more_body", False)
