"""Reads the body of a request, within a size and a time."""

from __future__ import annotations

import asyncio

from starlette.types import Receive

from rncp_ld.serve.problems import Problem


class ClientGoneError(Exception):
    """The client closed the connection."""


async def read_body(receive: Receive, announced: str, most: int, seconds: float) -> bytes | Problem:
    """Return a whole body, or why it is not read.

    Args:
        receive: of ASGI.
        announced: Content-Length, "" where there is none.
        most: bytes that it may have.
        seconds: in which it arrives.

    Raises:
        ClientGoneError: it was broken off.
    """
    too_large = Problem(
        413, "Corps trop grand", f"Le corps d'une requête a {most >> 10} Kio au plus.", headers={"Connection": "close"}
    )
    if announced.isdecimal() and int(announced) > most:
        return too_large
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                body += message.get("body", b"")
                if len(body) > most:
                    return too_large
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        detail = f"Le corps n'est pas arrivé en {seconds:g} secondes."
        return Problem(408, "Requête trop lente", detail, headers={"Connection": "close"})
