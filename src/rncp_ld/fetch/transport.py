"""HTTP for a fetch: says who we are, follows redirects, tries again what may heal, and says what does not.

What may heal: no connection, a transfer that breaks off or stands still, 408, 425, 429 and 5xx. `Retry-After` is kept to (RFC 9110,
section 10.2.3). Certificates are verified, and an address with https never leads to one without.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpx

from rncp_ld.errors import FetchError
from rncp_ld.fetch.limits import Limits
from rncp_ld.fetch.listener import Listener
from rncp_ld.http_client.client import open_client
from rncp_ld.http_client.deadline import Deadline

T = TypeVar("T")

_MAY_HEAL: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_NEVER_HEALS: Final = (
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.TooManyRedirects,
    httpx.DecodingError,
    httpx.InvalidURL,
    UnicodeError,  # a host whose name no resolver takes
)


class AgainError(Exception):
    """A try failed, and the next one may not.

    Args:
        reason: what went wrong.
        after: seconds that the server asks to wait.
    """

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Incoming:
    """An answer whose body is coming.

    Args:
        response: body not yet read.
        deadline: of its body.
        pace: bytes a second that put the deadline off; None: it stands.

    Attributes:
        response: its status and headers.
    """

    def __init__(self, response: httpx.Response, deadline: Deadline, pace: float | None) -> None:
        self.response = response
        self._deadline = deadline
        self._pace = pace
        self._come = 0

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it comes.

        Raises:
            AgainError: it comes too slowly.
        """
        for chunk in self.response.iter_raw():
            self._come += len(chunk)
            if self._pace is not None and self._come >= self._pace * self._deadline.seconds:
                self._come = 0
                self._deadline.move(self._deadline.seconds)
            yield chunk
        if self._deadline.has_passed:  # to the eye a body without a length is whole when its connection ends
            raise AgainError(_late(self._deadline.seconds, self._pace))


class Transport:
    """Connections to one API and to where its files are; to be closed, or used as a context.

    Args:
        is_secure: no request may leave https.
        limits: of tries, waits and answers.
        listener: is told of each try.

    Raises:
        SettingError: the environment names proxies or certificates that cannot be used.
    """

    def __init__(self, limits: Limits, listener: Listener, *, is_secure: bool) -> None:
        self._limits = limits
        self._listener = listener
        self._is_secure = is_secure
        self._client = open_client(
            # A compressed transfer would have neither the size nor the ranges of the file.
            headers={"Accept-Encoding": "identity"},
            timeout=limits.timeout,
            follow_redirects=True,
            hooks={"request": [self._before], "response": [self._after]},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def _before(self, request: httpx.Request) -> None:
        if self._is_secure and request.url.scheme != "https":
            raise FetchError(f"{request.url}: this leads from https to an address without it; not followed")

    def _after(self, response: httpx.Response) -> None:
        asked = response.request.headers.get("Range", "")
        self._listener.detail(f"{response.request.url} {asked}".rstrip() + f": {response.status_code}")

    def json(self, url: str, parameters: Mapping[str, str | int]) -> Any:
        """Return what the API answers.

        Raises:
            FetchError: it does not answer, or not with JSON.
        """

        def attempt() -> bytes:
            with self.stream(url, {"Accept": "application/json"}, parameters) as incoming:
                body = bytearray()
                for chunk in incoming.chunks():
                    body += chunk
                    if len(body) > self._limits.longest_answer:
                        raise FetchError(f"{url}: the answer is longer than {self._limits.longest_answer:,} bytes")
                return bytes(body)

        body = self.retried(url, attempt)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise FetchError(f"{url}: expected JSON, got {_beginning(body)}") from error

    @contextmanager
    def stream(
        self,
        url: str,
        headers: Mapping[str, str],
        parameters: Mapping[str, str | int] | None = None,
        pace: float | None = None,
    ) -> Iterator[Incoming]:
        """Send a GET and give its answer, body not yet read; one of 200, 206 and 416.

        Args:
            url: where.
            headers: of the request.
            parameters: of its query.
            pace: bytes a second: as long as so many come, the answer may take longer than the time limit; None: it may not.

        Raises:
            AgainError: this try failed.
            FetchError: so would the next one.
        """
        with Deadline(self._limits.timeout) as deadline:
            try:
                with self._client.stream(
                    "GET", url, headers=dict(headers), params=parameters, extensions=dict(deadline.extensions)
                ) as response:
                    status = response.status_code
                    if status in _MAY_HEAL:
                        raise AgainError(_words(response), _retry_after(response, datetime.now(UTC)))
                    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT, 416}:
                        raise FetchError(f"{url}: {_words(response)}")
                    yield Incoming(response, deadline, pace)
            except _NEVER_HEALS as error:
                raise FetchError(f"{url}: {error or type(error).__name__}") from error
            except httpx.ConnectTimeout as error:
                raise AgainError(f"no connection within {self._limits.timeout:g} s") from error
            except httpx.TransportError as error:
                if "CERTIFICATE_VERIFY_FAILED" in str(error):
                    raise FetchError(f"{url}: {error}") from error
                if deadline.has_passed or isinstance(error, httpx.TimeoutException):
                    raise AgainError(_late(deadline.seconds, pace)) from error
                raise AgainError(str(error) or type(error).__name__) from error

    def retried(self, what: str, attempt: Callable[[], T]) -> T:
        """Try until it is done, as often as the limits have it.

        Args:
            what: a name of it for messages.
            attempt: raises `AgainError` where the next try may be better.

        Raises:
            FetchError: it is given up.
        """
        pause = self._limits.pause
        for number in range(1, self._limits.tries + 1):
            try:
                return attempt()
            except AgainError as error:
                if number == self._limits.tries:
                    tries = "1 try" if number == 1 else f"{number} tries"
                    raise FetchError(f"{what}: {error.reason} ({tries})") from error
                if error.after > self._limits.longest_pause:
                    raise FetchError(f"{what}: {error.reason}; asks to come back in {error.after:.0f} s") from error
                wait = max(error.after, min(pause, self._limits.longest_pause))
                self._listener.note(f"{what}: {error.reason}; again in {wait:g} s (try {number + 1})")
                time.sleep(wait)
                pause *= 2
        raise AssertionError("the last try returns or raises")


def _late(seconds: float, pace: float | None) -> str:
    """Say what did not come in time. Not how much did: that is a matter of how the network cuts it."""
    return (
        f"no whole answer in {seconds:g} s"
        if pace is None
        else f"fewer than {pace * seconds:,.0f} bytes in {seconds:g} s"
    )


def _words(response: httpx.Response) -> str:
    return f"HTTP {response.status_code} {response.reason_phrase}".rstrip()


def _retry_after(response: httpx.Response, now: datetime) -> float:
    """Return the seconds of a Retry-After, which is a number of them or a date; 0 where there is none."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        day = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (day.replace(tzinfo=day.tzinfo or UTC) - now).total_seconds())


def _beginning(body: bytes) -> str:
    text = body[:60].decode("utf-8", "replace")
    return repr(text) if text.strip() else "nothing"
