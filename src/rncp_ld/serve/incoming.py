"""A request as a value, and how the address that the client used is told from what proxies in front of us say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from starlette.types import Scope

from rncp_ld.serve.networks import Network, is_within

_HOST: Final = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_SCHEMES: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request.

    Attributes:
        method: as it is sent.
        path: as it is sent, percent-encoded, with its first slash.
        query: what follows the question mark, as it is sent.
        headers: names in lower case; several of one name joined by ", ".
        client: address of who asks: behind trusted proxies, the one that they name.
        scheme: http or https.
        host: name and port by which the client asked; "localhost" where it said nothing that could be one.
        names_its_host: there is one Host, as HTTP/1.1 asks for (RFC 9112, 3.2).
    """

    method: str
    path: str
    query: bytes
    headers: Mapping[str, str]
    client: str
    scheme: str
    host: str
    names_its_host: bool = True

    @property
    def address(self) -> str:
        """The address of the request without its query."""
        return f"{self.scheme}://{self.host}{self.path}"

    @property
    def root(self) -> str:
        """The way from this path to the site's root, for links on a page."""
        return "../" * (self.path.count("/") - 1)


def read_incoming(scope: Scope, trusted: Sequence[Network]) -> Incoming:
    """Read a request of ASGI.

    Args:
        scope: of type "http".
        trusted: proxies whose `X-Forwarded-*` count; those of anybody else do not.
    """
    headers = _headers(scope)
    client = (scope.get("client") or ("",))[0]
    scheme, host = scope.get("scheme", "http"), headers.get("host", "")
    if is_within(client, trusted):
        client = _forwarded_for(headers.get("x-forwarded-for", ""), trusted) or client
        scheme = _nearest(headers.get("x-forwarded-proto", "")).lower() or scheme
        host = _nearest(headers.get("x-forwarded-host", "")) or host
    return Incoming(
        scope["method"],
        scope["raw_path"].decode("latin-1"),
        scope["query_string"],
        headers,
        client,
        scheme if scheme in _SCHEMES else "http",
        host if _HOST.fullmatch(host) else "localhost",
        scope["http_version"] == "1.0" or sum(name == b"host" for name, _ in scope["headers"]) == 1,
    )


def _headers(scope: Scope) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _nearest(values: str) -> str:
    """Return the last of a list: what the proxy next to us says; those before it are hearsay."""
    return values.rpartition(",")[2].strip()


def _forwarded_for(values: str, trusted: Sequence[Network]) -> str:
    """Return the last address that is none of our proxies; "" where there is none, or one that is no address."""
    for value in reversed(values.split(",")):
        address = value.strip()
        try:
            # The scope of an IPv6 address ("fe80::1%eth0") is free text, and names an interface of somebody else's machine.
            address = str(ip_address(address.partition("%")[0]))
        except ValueError:
            return ""
        if not is_within(address, trusted):
            return address
    return ""
