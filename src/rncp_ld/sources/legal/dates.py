"""Dates as legal citations print them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

MONTHS: Mapping[str, int] = {
    "janvier": 1, "janv": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6,
    "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11,
    "decembre": 12, "dec": 12,
}  # fmt: skip
"""Folded name or abbreviation → month."""

MONTH_PATTERN = (
    r"janvier|janv|f[ée]\u0301?vrier|f[ée]\u0301?vr|f[ée]\u0301?v|mars|avril|avr|mai|juin|juillet|juil|ao[ûu]\u0302?t"
    r"|septembre|sept|octobre|oct|novembre|nov|d[ée]\u0301?cembre|d[ée]\u0301?c"
)
"""For a case-insensitive expression; accents may be missing, or stand apart (NFD)."""

FIRST_YEAR, LAST_YEAR = 1789, 2099
_CENTURY_TURN = 50


def make_date(day: str, month: int, year: str) -> date | None:
    """Return the date, or None where there is no such day, or its year is no year of a French act.

    A year of two digits is one of 1950 to 2049: the oldest acts that the register cites are of the 1950s.

    >>> make_date("26", 7, "04"), make_date("31", 2, "2020"), make_date("1", 1, "0204")
    (datetime.date(2004, 7, 26), None, None)
    """
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < _CENTURY_TURN else 1900
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, month, int(day))
    except ValueError:
        return None
