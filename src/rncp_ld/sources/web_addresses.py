"""Fields that should hold an address of the web, and what they hold: several, none, or prose around one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"""(?:https?://|www\.)[^\s<>"{}|\\^`\[\]]+""", re.IGNORECASE)
"""What an IRI may hold (RFC 3987) after http:, https: or www.; javascript: and the like are prose."""
_HOST = re.compile(r"https?://(?:[^\s/?#@]+@)?[^\s/?#@.]+(?:\.[^\s/?#@.]+)+", re.IGNORECASE)
_WRONG = re.compile(r"%(?![0-9A-Fa-f]{2})|#.*#|^https?://[^/?#]*(?::(?![0-9]*(?:[/?#]|$))|@[^/?#]*@)", re.IGNORECASE)
"""What no IRI may hold: a bare "%", two fragments, a port that is no number, two users."""
_BETWEEN = re.compile(r"[\s,;.)/|–—-]+|\b(?:et|ou)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebField:
    """What a field of addresses holds.

    Attributes:
        pages: http(s) addresses, each once, in order.
        is_plain: there is nothing beside the addresses but what parts them.
    """

    pages: tuple[str, ...]
    is_plain: bool


def read_addresses(text: str) -> WebField:
    """Find the addresses of a field.

    >>> read_addresses("www.x.fr ; https://y.fr/a")
    WebField(pages=('http://www.x.fr', 'https://y.fr/a'), is_plain=True)
    >>> read_addresses("javascript:alert(1)")
    WebField(pages=(), is_plain=False)
    """
    pages: dict[str, None] = {}
    end = 0
    is_plain = True
    for match in _ADDRESS.finditer(text):
        found = match[0].rstrip(".,;:!?'»" if "(" in match[0] else ".,;:!?'»)")  # the sentence's own punctuation
        address = found if found[:4].lower() == "http" else f"http://{found}"
        if not _HOST.match(address) or _WRONG.search(address):
            continue
        is_plain = is_plain and not _BETWEEN.sub("", text[end : match.start()])
        pages[address] = None
        end = match.start() + len(found)
    is_plain = bool(pages) and is_plain and not _BETWEEN.sub("", text[end:])
    return WebField(tuple(pages), is_plain)
