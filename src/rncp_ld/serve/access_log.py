"""The access log, in the combined format that log readers know (https://httpd.apache.org/docs/2.4/logs.html#combined), and the seconds.

192.0.2.7 - - [25/Nov/2026:14:30:00 +0000] "GET /sparql?query=ASK%20%7B%7D HTTP/1.1" 200 48 "-" "curl/8.5.0" 0.004
"""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Final

from rncp_ld.errors import OutputError
from rncp_ld.serve.incoming import Incoming

_LONGEST: Final = 2000
"""Characters of what a client sent: a query in an address may have many."""

_UNSAFE: Final = re.compile(r'[^\x20-\x7e]|["\\]')


def open_access_log(target: str) -> logging.Logger | None:
    """Open the log.

    Args:
        target: a file, "-" for standard output, "" for none. A file that is moved away by a log rotation is opened anew.

    Raises:
        OutputError: the file cannot be written.
    """
    if not target:
        return None
    logger = logging.getLogger("rncp_ld.access")
    try:
        handler = logging.StreamHandler(sys.stdout) if target == "-" else WatchedFileHandler(target, encoding="ascii")
    except OSError as error:
        raise OutputError(f"{target}: the access log cannot be written ({error.strerror})") from error
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    return logger


def access_line(incoming: Incoming, status: int, length: int, seconds: float, now: datetime) -> str:
    """Write a line; what a client sent is escaped, so that it can be no line of its own."""
    target = incoming.path + (f"?{incoming.query.decode('latin-1')}" if incoming.query else "")
    agent, referer = (incoming.headers.get(name, "-") for name in ("user-agent", "referer"))
    return (
        f"{_safe(incoming.client) or '-'} - - [{now:%d/%b/%Y:%H:%M:%S} +0000] "
        f'"{incoming.method} {_safe(target)} HTTP/1.1" {status} {length} "{_safe(referer)}" "{_safe(agent)}" {seconds:.3f}'
    )


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"\\x{ord(match[0]):02x}", text[:_LONGEST])
