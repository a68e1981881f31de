"""Asks a SPARQL server over HTTP: the whole result within a number of bytes, or its first rows."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import ClassVar, Final

import httpx

_ANY: Final = "*/*"
"""Accept of who does not mind what comes."""

_LONGEST_REFUSAL: Final = 64 << 10
"""Bytes of what a server says when it refuses: more is none of anybody's business."""


class EngineLostError(Exception):
    """The server broke off. `by_memory`: it asked for more memory than it may have."""

    def __init__(self, *, by_memory: bool) -> None:
        super().__init__("the engine ended")
        self.by_memory = by_memory


class EngineRefusedError(Exception):
    """The server answered that it does not answer this. `text` is what it says."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class ResultBrokenError(Exception):
    """The server failed in the middle of a result, after it had said that there is one."""


class ResultTooLargeError(Exception):
    """The result is larger than it may be."""


class SparqlClient:
    """A SPARQL server at an address.

    Args:
        address: of its query service.

    Attributes:
        appends_errors: a failure in the middle of a result is told at its end, as Oxigraph does.
        is_at_work: a result was not read to its end, so that the server may still be at it.
    """

    appends_errors: ClassVar[bool] = False

    def __init__(self, address: str) -> None:
        self._address = address
        # One deadline holds for a query as a whole (`endpoint.py`), and no proxy of the environment stands between.
        self._client = httpx.AsyncClient(timeout=None, trust_env=False, verify=_certificates())  # noqa: S113
        self.is_at_work = False

    async def ask(self, fields: Sequence[tuple[str, str]], accept: str, most: int) -> bytes:
        """Ask a query and return its whole result.

        Args:
            fields: of the protocol: query, default-graph-uri, named-graph-uri.
            accept: media type of the result.
            most: bytes that it may have.

        Raises:
            EngineRefusedError: no SPARQL, or no such format for it.
            EngineLostError: the server broke off.
            ResultTooLargeError: there are more bytes.
        """
        async with self._asked(fields, accept) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > most:
                    raise ResultTooLargeError
            return bytes(body)

    async def lines(
        self, fields: Sequence[tuple[str, str]], accept: str, most_lines: int, most: int
    ) -> tuple[list[str], bool]:
        """Ask a query whose result is one line a row, and return the first lines, and whether they are all.

        Args:
            fields: of the protocol.
            accept: media type of the result: TSV or N-Triples.
            most_lines: lines that are returned.
            most: bytes that are read.

        Raises:
            EngineRefusedError, EngineLostError, ResultTooLargeError: as `ask`.
            ResultBrokenError: the last line is none.
        """
        async with self._asked(fields, accept) as response:
            body = bytearray()
            count = 0
            async for chunk in response.aiter_bytes():
                body += chunk
                count += chunk.count(b"\n")
                if len(body) > most:
                    raise ResultTooLargeError
                if count > most_lines:
                    break
        if self.appends_errors and body and not body.endswith(b"\n") and count <= most_lines:
            raise ResultBrokenError
        lines = body.decode("utf-8", "replace").split("\n")
        if not lines[-1]:
            lines.pop()
        return lines[:most_lines], len(lines) <= most_lines

    @asynccontextmanager
    async def _asked(self, fields: Sequence[tuple[str, str]], accept: str) -> AsyncIterator[httpx.Response]:
        self.is_at_work = True
        try:
            async with self._client.stream(
                "POST", self._address, data=_form(fields), headers={"Accept": accept}
            ) as response:
                if response.status_code != httpx.codes.OK:
                    text = await _beginning(response)
                    self.is_at_work = False
                    raise EngineRefusedError(response.status_code, text)
                given = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                if accept not in (_ANY, given):
                    raise EngineRefusedError(httpx.codes.BAD_GATEWAY, f"Il répond par {given or 'un type sans nom'}.")
                yield response
                self.is_at_work = not response.is_stream_consumed
        except httpx.RequestError as error:  # also where what comes cannot be decoded
            raise await self._lost() from error

    async def _lost(self) -> EngineLostError:
        return EngineLostError(by_memory=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Return the certificates that are trusted: read once, since that takes 50 ms, and each engine has a client."""
    return httpx.create_ssl_context(trust_env=False)


def _form(fields: Sequence[tuple[str, str]]) -> Mapping[str, list[str]]:
    form: dict[str, list[str]] = {}
    for name, value in fields:
        form.setdefault(name, []).append(value)
    return form


async def _beginning(response: httpx.Response) -> str:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > _LONGEST_REFUSAL:
            break
    return body[:_LONGEST_REFUSAL].decode("utf-8", "replace")
