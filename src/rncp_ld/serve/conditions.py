"""Conditional and range requests (RFC 9110, 13 and 14) as pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_TAG: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_STRONG_TAG: Final = re.compile(r'(?<!W/)("[\x21\x23-\x7e\x80-\xff]*")')
_RANGE: Final = re.compile(r"bytes[ \t]*=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


def is_unchanged(headers: Mapping[str, str], etag: str, modified: datetime | None) -> bool:
    """Tell whether the client has this representation already (304); If-None-Match wins over the date.

    Args:
        headers: of the request, names in lower case.
        etag: with its quotes.
        modified: of the data; None where the sources have no date.
    """
    tags = headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in _TAG.findall(tags)
    since = _date(headers.get("if-modified-since"))
    return since is not None and modified is not None and modified <= since


def is_refused(headers: Mapping[str, str], etag: str, modified: datetime | None) -> bool:
    """Tell whether the client wants an answer only where the representation is another one (412); If-Match wins over the date.

    A weak tag is none here: the comparison is a strong one.
    """
    tags = headers.get("if-match")
    if tags is not None:
        return tags.strip() != "*" and etag not in _STRONG_TAG.findall(tags)
    since = _date(headers.get("if-unmodified-since"))
    return since is not None and modified is not None and modified > since


def byte_range(headers: Mapping[str, str], length: int, etag: str) -> tuple[int, int] | None:
    """Return start and length of the one range that is asked for, or None for the whole.

    Several ranges, another unit, or an If-Range that does not hold any more: the whole, as the standard allows.

    Raises:
        ValueError: the range is outside of the document (416).
    """
    match = _RANGE.fullmatch(headers.get("range", ""))
    if match is None or match[1] == match[2] == "" or not _still_holds(headers.get("if-range"), etag):
        return None
    if match[1] == "":
        wanted = min(int(match[2]), length)
        if wanted == 0:
            raise ValueError("empty range")
        return length - wanted, wanted
    start, end = int(match[1]), int(match[2] or length - 1)
    if match[2] and end < start:
        return None
    if start >= length:
        raise ValueError("range beyond the end")
    return start, min(end, length - 1) - start + 1


def _still_holds(if_range: str | None, etag: str) -> bool:
    """A range continues what the client has: only the very same bytes will do, so that weak tags do not.

    Nor does a date: that of the data is a day's, and two publications of one day are not the same bytes.
    """
    return if_range is None or if_range.strip() == etag


def _date(text: str | None) -> datetime | None:
    try:
        when = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
