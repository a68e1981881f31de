"""Who we are to another store: from the environment only, so that no secret stands in a command, a list of processes or a log."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from rncp_ld.errors import UsageError
from rncp_ld.store.challenges import Challenge, parse_challenges

USER: Final = "RNCP_LD_PUSH_USER"
PASSWORD: Final = "RNCP_LD_PUSH_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN: Final = "RNCP_LD_PUSH_TOKEN"  # noqa: S105 - the name of a variable

_USER = re.compile(r"[ !#-9;-\[\]-~]+")
"""What both ways of authentication carry: ASCII without colon, quotation mark and backslash."""
_TOKEN = re.compile(r"[!-~]+")
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

    def answer(self, challenges: Sequence[Challenge]) -> httpx.Auth | None:
        """Return what answers a 401, the safest way first; None where we cannot."""
        if not self.user:
            return None
        for scheme, make in _SCHEMES:
            if any(one.scheme.lower() == scheme and not obstacle(one) for one in challenges):
                return make(self.user, self.password)
        return None

    def hide(self, text: str) -> str:
        """Take the secrets out of what a server has said: some repeat the request in their error."""
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode() if self.user else ""
        for secret in filter(None, (basic, self.password, self.token)):
            text = text.replace(secret, "…")
        return text


def obstacle(challenge: Challenge) -> str:
    """Return what of a Digest challenge httpx cannot do (RFC 7616, 3.3), in words; "" where it can."""
    if challenge.scheme.lower() != "digest":
        return ""
    given = challenge.parameters
    if given.get("algorithm", "MD5").upper() not in _ALGORITHMS:
        return f"algorithm {given['algorithm']}"
    if "qop" in given and "auth" not in re.split(r"[, \t]+", given["qop"].lower()):
        return f"qop {given['qop']}"
    missing = [name for name in ("realm", "nonce") if name not in given]
    return f"no {' and no '.join(missing)}" if missing else ""


class Digest(httpx.DigestAuth):
    """Digest authentication that finds its challenge among others, also in one header with them."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request, and answer the challenge that we can answer."""
        flow = super().auth_flow(request)
        outgoing = next(flow)
        while True:
            response = yield outgoing
            ours = [
                one
                for one in parse_challenges(response.headers.get_list("www-authenticate"))
                if one.scheme.lower() == "digest" and not obstacle(one)
            ]
            if response.status_code == httpx.codes.UNAUTHORIZED and not ours:
                return
            if ours:  # httpx takes the first header that begins with "Digest", and all of it
                response.headers["www-authenticate"] = str(ours[0])
            try:
                outgoing = flow.send(response)
            except StopIteration:
                return


_SCHEMES: Final[tuple[tuple[str, Callable[[str, str], httpx.Auth]], ...]] = (
    ("digest", Digest),
    ("basic", httpx.BasicAuth),
)
"""Scheme, and with what it is answered."""


class Bearer(httpx.Auth):
    """A token (RFC 6750, 2.1)."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request with the token."""
        request.headers["Authorization"] = self._header
        yield request
