"""The client of HTTP, set up in one place: who we are, and the proxies and certificates that the environment names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import httpx

from rncp_ld import __version__
from rncp_ld.errors import SettingError

USER_AGENT: Final = f"rncp-ld/{__version__} python-httpx/{httpx.__version__}"


def open_client(
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float = 30.0,
    follow_redirects: bool = False,
    hooks: Mapping[str, Sequence[Callable[..., Any]]] | None = None,
) -> httpx.Client:
    """Return a client, which is to be closed.

    Args:
        headers: of every request, besides who we are.
        timeout: seconds that one step may take; what all of them may take is for a `Deadline` to say.
        follow_redirects: whether it goes where an answer leads.
        hooks: called with each request or response, as httpx has it.

    Raises:
        SettingError: proxies or certificates that the environment names cannot be used.
    """
    try:
        return httpx.Client(
            headers={"User-Agent": USER_AGENT, **(headers or {})},
            timeout=timeout,
            follow_redirects=follow_redirects,
            event_hooks={name: list(called) for name, called in (hooks or {}).items()},
            # Each request has a connection of its own: a deadline knows those that were opened while it ran. There are few.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
    except OSError as error:  # ssl.SSLError is one
        raise SettingError(
            f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read: {error}"
        ) from error
    except (httpx.InvalidURL, ValueError, ImportError):
        # Without the library's words: they hold the address, which may hold a password.
        raise SettingError(
            "the proxy that the environment names cannot be used; expected an address with http://"
        ) from None
