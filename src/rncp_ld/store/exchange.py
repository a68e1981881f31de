"""Requests to another store: authentication when it is asked for, and every failure as a message that says where and what."""

from __future__ import annotations

import html
import re
import ssl
from collections.abc import Iterable, Mapping
from typing import Final

import httpx

from rncp_ld.diagnostics import shorten
from rncp_ld.errors import PushError, UsageError
from rncp_ld.store.credentials import TOKEN, USER, Credentials

_LAST_PORT = 65535
_CONNECT = 15.0
"""Seconds to wait for a connection."""
_READ = 4096
"""Bytes of an error's text that are read."""
_TAG = re.compile(r"<(?:head|style|script)\b.*?</(?:head|style|script)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)

_REASONS: Final[Mapping[int, str]] = {
    400: "it does not understand the request",
    403: "this user may not do that",
    404: "nothing has this address there",
    405: "this address cannot be written; is it that of the graph store?",
    407: "the proxy wants authentication",
    411: "it wants the length of the body in another way",
    413: "the graph is too large for it",
    415: "it takes neither N-Triples nor Turtle",
    429: "it has had too many requests",
    501: "this address cannot be written; is it that of the graph store?",
}
"""Status → what it means for us; any other one speaks for itself."""


def parse_address(text: str) -> httpx.URL:
    """Read the address of a store.

    Raises:
        UsageError: it is no http or https address, or holds a user, a password or a fragment.
    """
    try:
        address = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        address = httpx.URL()
    if address.userinfo or (not address.host and "@" in text):
        raise UsageError(f"an address must hold no user or password; set {USER} and its password, or {TOKEN}, instead")
    if address.scheme not in {"http", "https"} or not address.host or not 0 <= (address.port or 0) <= _LAST_PORT:
        raise UsageError(f"{shorten(text.partition('?')[0])}: expected an address that starts with http:// or https://")
    if address.fragment:
        raise UsageError(f"{place_of(address)}: an address of a store has no #fragment")
    return address


def place_of(address: httpx.URL) -> str:
    """Return an address as messages show it: without its query, which may hold a secret."""
    return str(address.copy_with(query=None, fragment=None, username=None, password=None))


def plain(text: str) -> str:
    """Return what a server has said as one short line without signs that a terminal would obey."""
    return shorten("".join(sign if sign.isprintable() else " " for sign in text))


class Exchange:
    """Requests to one address as one user.

    Args:
        client: sends them; does not follow redirects, which would turn a PUT into something else.
        address: with its query.
        credentials: are answered with where the server asks.
    """

    def __init__(self, client: httpx.Client, address: httpx.URL, credentials: Credentials) -> None:
        self._client = client
        self._address = address
        self._credentials = credentials
        self._auth = credentials.preemptive()
        self.place = place_of(address)

    def send(
        self,
        method: str,
        content: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float = 60.0,
    ) -> tuple[httpx.Response, str]:
        """Send a request; return the answer and the beginning of its text.

        Args:
            method: of HTTP.
            content: the body; is iterated anew where authentication needs a second attempt.
            headers: of the request.
            patience: seconds to wait for an answer.

        Raises:
            PushError: there is no answer.
        """
        timeout = httpx.Timeout(patience, connect=min(_CONNECT, patience))
        request = self._client.build_request(method, self._address, content=content, headers=headers, timeout=timeout)
        response, text = self._try(request, timeout)
        answer = self._credentials.answer(response.headers.get_list("www-authenticate"))
        if response.status_code != httpx.codes.UNAUTHORIZED or answer is None or type(answer) is type(self._auth):
            return response, text
        self._auth = answer
        return self._try(request, timeout)

    def _try(self, request: httpx.Request, timeout: httpx.Timeout) -> tuple[httpx.Response, str]:
        try:
            response = self._client.send(request, auth=self._auth, stream=True)
            try:
                return response, _beginning(response)
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise PushError(f"{self.place}: {self._say(error, timeout)}") from error

    def _say(self, error: httpx.HTTPError, timeout: httpx.Timeout) -> str:
        """Say what kept an answer from coming."""
        cause = _cause(error)
        said = plain(self._credentials.hide(str(cause or error)))
        if isinstance(error, httpx.ConnectTimeout):
            return f"no connection within {timeout.connect:g} s"
        if isinstance(error, httpx.TimeoutException):
            return f"no answer within {timeout.read:g} s; the store may still be at work: look what the graph holds"
        if isinstance(cause, ssl.SSLError):
            return f"no safe connection: {said}"
        if isinstance(error, httpx.ConnectError | httpx.ProxyError):
            return f"cannot be reached: {said}"
        return f"the server broke off ({said or type(error).__name__}); look what the graph holds"

    def refusal(self, response: httpx.Response, text: str) -> PushError:
        """Return the error that says why an answer is not the one that was hoped for."""
        status = response.status_code
        said = plain(self._credentials.hide(html.unescape(_TAG.sub(" ", text))))
        reason = self._reason(response)
        parts = [part for part in (reason, f"it says: {said}" if said else "") if part]
        return PushError(
            f"{self.place}: {status} {response.reason_phrase}".rstrip() + "".join(f"; {part}" for part in parts)
        )

    def _reason(self, response: httpx.Response) -> str:
        if response.has_redirect_location:
            return f"it leads elsewhere; if that is right, name that address: {_target(response)}"
        if response.status_code == httpx.codes.UNAUTHORIZED:
            if not self._credentials:
                return f"it wants to know who we are: set {USER} and its password, or {TOKEN}"
            challenges = response.headers.get_list("www-authenticate")
            asked = plain(", ".join(sorted({one.split(" ")[0] for one in challenges})))
            known = self._auth is not None or not asked
            return "it refuses this user or token" if known else f"it asks for {asked}, which is not what was set"
        if response.status_code == httpx.codes.FORBIDDEN and self._credentials and self._auth is None:
            return "it has not asked who we are: is there another address for those who have a password?"
        return _REASONS.get(response.status_code, "")


def _beginning(response: httpx.Response) -> str:
    """Read the first bytes of an answer's text."""
    found = b""
    for piece in response.iter_bytes():
        found += piece
        if len(found) >= _READ:
            break
    return found[:_READ].decode("utf-8", errors="replace")


def _target(response: httpx.Response) -> str:
    location = response.headers["location"]
    try:
        return place_of(response.url.join(location))
    except (httpx.InvalidURL, ValueError):
        return plain(location)


def _cause(error: BaseException) -> BaseException | None:
    """Return what the system said below the library's own errors."""
    below = error.__cause__ or error.__context__
    while below is not None:
        if isinstance(below, OSError):
            return below
        below = below.__cause__ or below.__context__
    return None
