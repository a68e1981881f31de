"""Requests to another store: authentication when it is asked for, and every failure as a message that says where and what."""

from __future__ import annotations

import html
import re
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

import httpx

from rncp_ld.diagnostics import shorten
from rncp_ld.errors import PushError
from rncp_ld.http_client.address import parse_address, place_of
from rncp_ld.http_client.deadline import Deadline
from rncp_ld.store.challenges import Challenge, parse_challenges
from rncp_ld.store.credentials import TOKEN, USER, Credentials, obstacle

_CONNECT = 15.0
"""Seconds to wait for a connection."""
_READ = 4096
"""Bytes of an error's text that are read."""
_TEXT = 10.0
"""Seconds that the text of an error may take."""
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


def parse_store_address(text: str) -> httpx.URL:
    """Read the address of a store; raises as `parse_address`, and says where user and password belong."""
    return parse_address(text, f"; set {USER} and its password, or {TOKEN}, instead")


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
        deadline: Deadline,
        *,
        content: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        doubt: str = "",
    ) -> tuple[httpx.Response, str]:
        """Send a request; return the answer and the beginning of its text.

        Args:
            method: of HTTP.
            deadline: of the answer.
            content: the body; is iterated anew where authentication needs a second attempt.
            headers: of the request.
            doubt: what is to be said where the server has the request, and no answer comes.

        Raises:
            PushError: there is no answer.
        """
        request = self._client.build_request(
            method, self._address, content=content, headers=headers, extensions=deadline.extensions
        )
        response, text = self._try(request, deadline, doubt)
        answer = self._credentials.answer(_challenges(response))
        if response.status_code != httpx.codes.UNAUTHORIZED or answer is None or type(answer) is type(self._auth):
            return response, text
        self._auth = answer
        return self._try(request, deadline, doubt)

    def _try(self, request: httpx.Request, deadline: Deadline, doubt: str) -> tuple[httpx.Response, str]:
        connect = min(_CONNECT, deadline.left)
        request.extensions = {**request.extensions, "timeout": httpx.Timeout(deadline.left, connect=connect).as_dict()}
        try:
            response = self._client.send(request, auth=self._auth, stream=True)
            try:
                return response, _beginning(response, deadline)
            finally:
                response.close()
        except httpx.HTTPError as error:
            if deadline.has_passed or (
                isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout)
            ):
                said = f"no answer within {deadline.seconds:g} s"
            elif isinstance(error, httpx.ConnectTimeout):
                said, doubt = f"no connection within {connect:g} s", ""
            else:
                said = self._say(error)
                doubt = "" if isinstance(error, httpx.ConnectError | httpx.ProxyError) else doubt
            raise PushError(f"{self.place}: {said}" + (f"; {doubt}" if doubt else "")) from error

    def _say(self, error: httpx.HTTPError) -> str:
        """Say what kept an answer from coming, other than time."""
        cause = _cause(error)
        said = plain(self._credentials.hide(str(cause or error)))
        if isinstance(cause, ssl.SSLError):
            return f"no safe connection: {said}"
        if isinstance(error, httpx.ConnectError | httpx.ProxyError):
            return f"cannot be reached: {said}"
        return f"the server broke off ({said or type(error).__name__})"

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
            asked = plain(", ".join(sorted({_words(one) for one in _challenges(response)})))
            if self._auth is not None or not asked:
                return "it refuses this user or token"
            return f"it asks for {asked}, which we cannot do"
        if response.status_code == httpx.codes.FORBIDDEN and self._credentials and self._auth is None:
            return "it has not asked who we are: is there another address for those who have a password?"
        return _REASONS.get(response.status_code, "")


def _challenges(response: httpx.Response) -> list[Challenge]:
    return parse_challenges(response.headers.get_list("www-authenticate"))


def _words(challenge: Challenge) -> str:
    """Name a way of authentication, and what of it we cannot do."""
    return f"{challenge.scheme} with {obstacle(challenge)}" if obstacle(challenge) else challenge.scheme


def _beginning(response: httpx.Response, deadline: Deadline) -> str:
    """Read the first bytes of an answer's text.

    That of an error is not waited for long, and may break off: the status says more. Any other has to come, since with it the
    server says that it is done.
    """
    found = bytearray()
    if response.is_success:
        _read(response, found)
        if deadline.has_passed:  # to the eye a body without a length is whole when its connection ends
            raise httpx.ReadTimeout("")
    else:
        with suppress(httpx.HTTPError), deadline.nearer(_TEXT):
            _read(response, found)
    return found[:_READ].decode("utf-8", errors="replace")


def _read(response: httpx.Response, found: bytearray) -> None:
    for piece in response.iter_bytes():
        found += piece
        if len(found) >= _READ:
            break


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
