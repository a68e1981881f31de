"""Literals as people write them: dates, durations, numbers, yes and no (Lexique des règles typographiques, Imprimerie nationale)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from rncp_ld.rdf.act import french_date
from rncp_ld.rdf.terms import XSD, text_of

NBSP = "\u00a0"
"""Before : ; « and after », and between a number and its unit."""

THIN = "\u202f"
"""Between groups of three digits, and before ? and !."""

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")
_UNITS = (("an", "ans"), ("mois", "mois"), ("jour", "jours"))

PERCENT: Final = frozenset(
    {"rncp:overallInsertionRate6Months", "rncp:jobInsertionRate6Months", "rncp:jobInsertionRate2Years"}
)
"""Properties whose numbers are percentages (their definitions say so)."""

YEARS: Final = frozenset({"rncp:registrationDuration"})


def split_literal(term: str) -> tuple[str, str]:
    """Return the text of a literal and its language or datatype.

    >>> split_literal('"Bloc"@fr'), split_literal('"x"')
    (('Bloc', 'fr'), ('x', ''))
    """
    if term.endswith('"@fr'):
        return text_of(term), "fr"
    tail = term[term.rindex('"') + 1 :]
    return text_of(term), tail[1:] if tail.startswith("@") else tail[3:-1]


@lru_cache(maxsize=20_000)
def write_date(text: str) -> str:
    """Write "2016-07-11" as "11 juillet 2016"; what is no such date stays as it is.

    The day is bound to the month, so that a line never ends between them.
    """
    try:
        day, month, year = french_date(date.fromisoformat(text)).split(" ")
    except ValueError:
        return text
    return f"{day}{NBSP}{month} {year}"


def write_duration(text: str) -> str:
    """Write "P5Y" as "5 ans".

    >>> write_duration("P1Y6M").replace(NBSP, " "), write_duration("PT5H")
    ('1 an et 6 mois', 'PT5H')
    """
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return text
    parts = [
        f"{number}{NBSP}{one if int(number) < 2 else many}"
        for number, (one, many) in zip(match.groups(), _UNITS, strict=True)
        if number
    ]
    return " et ".join(parts)


def write_number(text: str) -> str:
    """Write "1807" as "1 807"; codes are no numbers and never come here.

    >>> write_number("25638").replace(THIN, " ")
    '25 638'
    """
    return f"{int(text):,}".replace(",", THIN) if text.lstrip("+-").isdigit() else text


def count_of(number: int, one: str, many: str) -> str:
    """Write "1 certification", "2 500 certifications"; zero is singular in French."""
    return f"{write_number(str(number))}{NBSP}{one if number < 2 else many}"


_WRITERS: Mapping[str, Callable[[str], str]] = {
    f"{XSD}boolean": lambda text: "oui" if text in {"true", "1"} else "non",
    f"{XSD}date": write_date,
    f"{XSD}duration": write_duration,
    f"{XSD}integer": write_number,
}


def write_value(text: str, datatype: str, name: str) -> str:
    """Write a literal that is no prose.

    Args:
        text: its lexical form.
        datatype: its datatype, or language, or "".
        name: prefixed name of the property, which may add a unit.
    """
    writer = _WRITERS.get(datatype)
    written = writer(text) if writer else text
    if name in PERCENT:
        return f"{written}{NBSP}%"
    return write_duration(f"P{text}Y") if name in YEARS and text.isdigit() else written


@lru_cache(maxsize=50_000)
def sort_key(text: str) -> str:
    """Return what French readers sort by: neither case nor accents.

    >>> sorted(["Étoile", "Zoo", "eau"], key=sort_key)
    ['eau', 'Étoile', 'Zoo']
    """
    if text.isascii():
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
