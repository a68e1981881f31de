"""Headers that a publication is served with, by `rncp-ld serve` and by the rules for other web servers alike."""

from __future__ import annotations

from typing import Final

MAX_AGE: Final = 3600
"""Seconds for which a cache may answer for us: the register is published once a day."""

CACHE: Final = f"public, max-age={MAX_AGE}"
"""Of documents and of the redirects to them."""

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""A page loads what is of this site and nothing else; what a fiche says can be no program
(https://www.w3.org/TR/CSP3/)."""

EVERYWHERE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, ETag, Content-Location, Location, Retry-After",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
}
"""On every response: the data are open to programs of any origin, and no browser guesses a media type."""

METHODS: Final = ("GET", "HEAD", "OPTIONS")
"""What a site of files answers; any other method is refused with 405."""

PREFLIGHT: Final = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Range, If-None-Match, If-Modified-Since, If-Range",
    "Access-Control-Max-Age": "86400",
}
"""The answer to OPTIONS, which browsers ask before they let a program of another origin send such headers."""
