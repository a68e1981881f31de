"""What a citation says of the registration itself: "Enregistrement pour trois ans […] avec effet au […], jusqu'au […]".

It is read only where one citation of the fiche speaks of a registration: of several the later ones renew or change what the
first one says, and which of them holds is not for a reader to decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.folding import fold
from rncp_ld.sources.legal import CitationField
from rncp_ld.sources.text_fiche.small_values import parse_duration, parse_written_date

_REGISTERED = re.compile(r"\benregistre")
_DURATION = re.compile(r"\benregistre(?:e?s?|ment)\s+pour\s+(?:une duree de\s+)?(?P<value>\w+(?:\s*\(\d+\))?\s+ans?)\b")
_DAY = r"(?P<value>\d{2}/\d{2}/\d{4}|(?:\d{1,2}|1er)\s+[a-z]+\s+\d{4})"
_EFFECT = re.compile(rf"\b(?:avec effet au|a compter du|prend effet (?:le|au))\s+{_DAY}")
_END = re.compile(rf"\bjusqu'\s?au\s+{_DAY}")


@dataclass(frozen=True, slots=True)
class Registration:
    """Years, and first and last day."""

    years: int | None = None
    effective: date | None = None
    end: date | None = None


def read_registration(citations: Sequence[CitationField]) -> Registration:
    """Read the registration from the one citation of a legal rubric that speaks of it.

    >>> text = "Arrêté du 11 juillet 2016. Enregistrement pour trois ans avec effet au 19 juillet 2016, jusqu'au 19 juillet 2019."
    >>> read_registration([CitationField(text, LegalRole.CREATION, "")])
    Registration(years=3, effective=datetime.date(2016, 7, 19), end=datetime.date(2019, 7, 19))
    """
    texts = [fold(field.verbatim) for field in citations if field.role in {LegalRole.CREATION, LegalRole.OTHER}]
    told = [text for text in texts if _REGISTERED.search(text)]
    if len(told) != 1 or len(_DURATION.findall(told[0])) > 1:
        return Registration()
    years = parse_duration(_value(_DURATION, told[0]))
    return Registration(
        int(years[1:-1]) if years else None,
        parse_written_date(_value(_EFFECT, told[0])),
        parse_written_date(_value(_END, told[0])),
    )


def _value(pattern: re.Pattern[str], text: str) -> str:
    """Return the one value that a text gives, "" where it gives none or several."""
    values = {match["value"] for match in pattern.finditer(text)}
    return values.pop() if len(values) == 1 else ""
