"""Who we are to another store: from the environment only, so that no secret stands in a command, a list of processes or a log."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from rncp_ld.errors import UsageError

USER: Final = "RNCP_LD_PUSH_USER"
PASSWORD: Final = "RNCP_LD_PUSH_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN: Final = "RNCP_LD_PUSH_TOKEN"  # noqa: S105 - the name of a variable

_USER = re.compile(r"[ !#-9;-\[\]-~]+")
"""What both ways of authentication carry: ASCII without colon, quotation mark and backslash."""
_TOKEN = re.compile(r"[!-~]+")
_ALGORITHM = re.compile(r'\balgorithm="?([A-Za-z0-9-]+)', re.IGNORECASE)
_QOP = re.compile(r'\bqop="?([A-Za-z, -]+)', re.IGNORECASE)
_ALGORITHMS: Final = {"MD5", "MD5-SESS", "SHA", "SHA-SESS", "SHA-256", "SHA-256-SESS", "SHA-512", "SHA-512-SESS"}


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """User and password, or a token, or nothing (all empty). Has no `repr`, so that it can be in no message."""

    user: str = ""
    password: str = ""
    token: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Credentials:
        """Read `RNCP_LD_PUSH_USER` and `RNCP_LD_PUSH_PASSWORD`, or `RNCP_LD_PUSH_TOKEN`; an empty variable is none.

        Raises:
            UsageError: only one of user and password is there, a token as well, or a sign that no header can carry.
        """
        user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
        if bool(user) != bool(password):
            raise UsageError(f"{USER if password else PASSWORD} is not set; user and password go together")
        if user and token:
            raise UsageError(f"{USER} and {TOKEN} are both set; which of them the store should see is not known")
        for name, value, pattern in ((USER, user, _USER), (TOKEN, token, _TOKEN)):
            if value and not pattern.fullmatch(value):
                raise UsageError(f"{name} holds a sign that HTTP cannot carry there")
        return cls(user, password, token)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.user or self.token)

    def preemptive(self) -> httpx.Auth | None:
        """Return what is sent before the server has asked: the token. A password waits for the question, which says how."""
        return Bearer(self.token) if self.token else None

    def answer(self, challenges: list[str]) -> httpx.Auth | None:
        """Return what answers a 401 (RFC 9110, 11.6.1), the safest way first; None where we cannot.

        Args:
            challenges: the `WWW-Authenticate` headers.
        """
        if not self.user:
            return None
        for scheme, can, make in _SCHEMES:
            if any(one.lower().startswith(f"{scheme} ") and can(one) for one in challenges):
                return make(self.user, self.password)
        return None

    def hide(self, text: str) -> str:
        """Take the secrets out of what a server has said: some repeat the request in their error."""
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode() if self.user else ""
        for secret in filter(None, (basic, self.password, self.token)):
            text = text.replace(secret, "…")
        return text


def _can_digest(challenge: str) -> bool:
    """Tell whether httpx can answer: algorithms and qualities of protection (RFC 7616, 3.3) that it knows."""
    algorithm, qop = _ALGORITHM.search(challenge), _QOP.search(challenge)
    return (algorithm is None or algorithm[1].upper() in _ALGORITHMS) and (
        qop is None or "auth" in re.split(r"[, ]+", qop[1].lower())
    )


_SCHEMES: Final[tuple[tuple[str, Callable[[str], bool], Callable[[str, str], httpx.Auth]], ...]] = (
    ("digest", _can_digest, httpx.DigestAuth),
    ("basic", lambda _: True, httpx.BasicAuth),
)
"""Scheme, whether we can answer this challenge of it, and with what."""


class Bearer(httpx.Auth):
    """A token (RFC 6750, 2.1)."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request with the token."""
        request.headers["Authorization"] = self._header
        yield request
