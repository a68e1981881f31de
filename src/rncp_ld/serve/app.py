"""A publication over HTTP: its files as they are, and a resource's IRI answered by 303 to its page.

Content negotiation and SPARQL are not here yet: every IRI goes to its HTML page, where the other formats are linked.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from rncp_ld.errors import RncpError

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".gz": "application/gzip",
    "void": "text/turtle; charset=utf-8",
    "SHA256SUMS": "text/plain; charset=utf-8",
}
"""Suffix, or whole name where there is none → media type, as registered at IANA."""

NO_SNIFF = {"X-Content-Type-Options": "nosniff"}
"""A browser takes the media type that is said, and guesses none: https://fetch.spec.whatwg.org/#x-content-type-options-header."""


def media_type_of(path: Path) -> str:
    """Return the media type of a file of a site."""
    return MEDIA_TYPES.get(path.suffix or path.name, "application/octet-stream")


def make_app(site: Path) -> Starlette:
    """Return the application that serves a site's folder, read-only."""

    async def answer(request: Request) -> Response:
        path = request.path_params["path"]
        found = find(site, path)
        if isinstance(found, str):
            return RedirectResponse(found, status_code=303)
        if found is None:
            return PlainTextResponse(f"404: {path!r} is not in this publication\n", status_code=404, headers=NO_SNIFF)
        return FileResponse(found, media_type=media_type_of(found), headers=NO_SNIFF)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def find(site: Path, path: str) -> Path | str | None:
    """Return the file for a path, the address to go to instead (for an IRI: its page), or None.

    A path that leaves the folder, by `..` or by a link, is not in the publication. Where the site is a link itself, it
    is followed anew each time: `current` may have been swapped for the next publication.
    """
    if "\x00" in path or "\\" in path:
        return None
    root = site.resolve()
    target = (root / path).resolve()
    if not target.is_relative_to(root):
        return None
    if path in {"", "/"} or path.endswith("/"):
        target = target / "index.html"
    if _is_file(target):
        return target
    if _is_file(target.with_name(target.name + ".html")):
        return f"/{path}.html"
    return f"/{path}/" if _is_file(target / "index.html") else None


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name that no disk can have (too long) is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def serve(site: Path, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve a site until interrupted.

    Args:
        site: the folder.
        host: name or address to listen on.
        port: 0 takes any free one.
        started: told the address, once it is listened on.

    Raises:
        RncpError: the port is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise RncpError(f"cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}") from error
    with listening, contextlib.suppress(KeyboardInterrupt):
        started(f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/")
        uvicorn.Server(uvicorn.Config(make_app(site), log_level="warning")).run(sockets=[listening])
