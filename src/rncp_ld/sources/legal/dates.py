"""Dates as legal citations print them."""

from __future__ import annotations

import re
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
_FIRST_SHORT, _LAST_SHORT = 1950, 2030


def make_date(day: str, month: int, year: str) -> date | None:
    """Return the date, or None where there is no such day, or its year is no year of a French act.

    A year of two digits is one of 1950 to 2030: the oldest acts that the register cites so are of the 1950s, and none is
    of the future. "35" could be 1935 or 2035: without more (see `settled`) it is no date.

    >>> make_date("26", 7, "04"), make_date("30", 10, "35"), make_date("31", 2, "2020"), make_date("1", 1, "0204")
    (datetime.date(2004, 7, 26), None, None, None)
    """
    number = int(year)
    if len(year) == 2:
        number += 2000 if number + 2000 <= _LAST_SHORT else 1900
        if number < _FIRST_SHORT:
            return None
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, month, int(day))
    except ValueError:
        return None


def settled(short: str, number: str | None, *, is_decree_law: bool) -> date | None:
    """Return the date of signature that "26/7/04" is, given what else the citation says of its act.

    The year in the act's number says the century ("Loi n° 1938-12 du 3/5/38"), and its two digits in a number too where the
    window leaves it open: numbers have had four since 2000 ("Ordonnance n° 45-2658 du 2/11/45"). A décret-loi is of the
    Third Republic.

    >>> settled("30/10/35", None, is_decree_law=True), settled("2/11/45", "45-2658", is_decree_law=False)
    (datetime.date(1935, 10, 30), datetime.date(1945, 11, 2))
    >>> settled("30/10/35", None, is_decree_law=False), settled("26/4/02", "02-615", is_decree_law=False)
    (None, datetime.date(2002, 4, 26))
    """
    day, month, year = short.split("/")
    numbered = (number or "").partition("-")[0]
    if is_decree_law:
        return make_date(day, int(month), f"19{year}")
    if len(numbered) == 4 and numbered.endswith(year):
        return make_date(day, int(month), numbered)
    found = make_date(day, int(month), year)
    return make_date(day, int(month), f"19{year}") if found is None and numbered == year else found


def says_no_century(printed: str) -> bool:
    """Tell whether the two digits of a printed date's year leave its century open, so that it is no date.

    >>> says_no_century("30/10/35"), says_no_century("31/02/04"), says_no_century("2010-02-35")
    (True, False, False)
    """
    year = re.search(r"(?<![0-9])[0-9]{2}$", printed)
    return year is not None and not printed[:4].isdecimal() and _LAST_SHORT < 2000 + int(year[0]) < _FIRST_SHORT + 100
