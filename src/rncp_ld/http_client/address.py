"""Addresses that a user names, and how they are shown."""

from __future__ import annotations

import re
from typing import Final

import httpx

from rncp_ld.diagnostics import shorten
from rncp_ld.errors import UsageError

_LAST_PORT: Final = 65535
_NO_HOST: Final = re.compile(r"[%\[\]]")
"""In a host as httpx has it: signs that no name and no number of a host has, which httpx merely escapes."""


def parse_address(text: str, instead: str = "") -> httpx.URL:
    """Read an address of the web.

    Args:
        text: as the user has it.
        instead: where user and password belong; ends the message that they do not belong here.

    Raises:
        UsageError: it is no http or https address, or holds a user, a password or a fragment. Its text shows no password.
    """
    try:
        address = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        address = httpx.URL()
    if address.userinfo or (not address.host and "@" in text):
        raise UsageError(f"an address must hold no user or password{instead}")
    shown = shorten(text.partition("?")[0])
    if address.scheme not in {"http", "https"} or not address.host or _NO_HOST.search(address.host):
        raise UsageError(f"{shown!r}: expected an address that starts with http:// or https://")
    if not 0 <= (address.port or 0) <= _LAST_PORT:
        raise UsageError(f"{shown!r}: a port is a number up to {_LAST_PORT}")
    if address.fragment:
        raise UsageError(f"{place_of(address)}: an address has no #fragment here")
    return address


def place_of(address: httpx.URL) -> str:
    """Return an address as messages show it: without its query, which may hold a secret."""
    return str(address.copy_with(query=None, fragment=None, username=None, password=None))
