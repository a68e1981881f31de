"""Codes of the nomenclatures: their patterns, their hierarchy, and the register's own small vocabularies.

A `parse_` function returns the code in its canonical writing, or None where the text is no such code. Nothing here
knows labels: those come from `data/codes` and from the sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum

_FICHE = re.compile(r"(RNCP|RS)\s*([1-9][0-9]{0,6})")
_BLOCK = re.compile(r"((?:RNCP|RS)[1-9][0-9]{0,6})BC([0-9]{1,3})")
_ROME = re.compile(r"[A-N](?:[1-9][0-9](?:0[1-9]|[1-9][0-9])?)?")
_NSF = re.compile(r"[1-4](?:[0-9](?:[0-9][a-z]?)?)?")
_FORMACODE = re.compile(r"[0-9]{5}")
_IDCC = re.compile(r"[0-9]{1,5}")
_SIRET = re.compile(r"[0-9]{14}")
_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")

LA_POSTE = "356000000"
"""SIREN of La Poste, whose establishments have SIRETs that do not follow the Luhn key (their digits sum to a multiple of 5)."""


class Register(Enum):
    """The two registers; the value is the prefix of the fiche numbers."""

    RNCP = "RNCP"
    RS = "RS"


class Route(Enum):
    """Access routes (voies d'accès); the name is the suffix of the SI_JURY_* element."""

    FI = "FI"
    CA = "CA"
    FC = "FC"
    CQ = "CQ"
    CL = "CL"
    VAE = "VAE"


class SourceSeries(Enum):
    """A series of sources; the value is the last segment of its IRI."""

    XML_V4_1 = "xml-v4-1"
    XML_OLD = "xml-ancien"
    CSV = "csv"
    TEXT = "fiche-texte"
    ROME_V3 = "rome-v3"
    ROME_4 = "rome-4-0"
    NSF = "nsf"
    FORMACODE = "formacode"
    IDCC = "idcc"

    @property
    def is_nomenclature(self) -> bool:
        """Tell whether its documents hold the codes of a nomenclature, and no fiche."""
        return self in _NOMENCLATURES


_NOMENCLATURES = frozenset(
    {SourceSeries.ROME_V3, SourceSeries.ROME_4, SourceSeries.NSF, SourceSeries.FORMACODE, SourceSeries.IDCC}
)


LEVELS_EUROPE: Mapping[str, str] = {
    **{f"NIV{n}": str(n) for n in range(1, 9)},
    "AUCUN": "aucun",
    "REPRISE": "reprise",
}
"""NIVEAU of the export → last segment of the level's IRI."""

LEVELS_1969: Mapping[str, str] = {
    "I": "I", "II": "II", "III": "III", "IV": "IV", "V": "V", "V bis": "V-bis", "VI": "VI",
}  # fmt: skip
"""Levels of the nomenclature of 1969 as printed → segment after `1969-`."""


NAMED_TYPES = frozenset(
    {"Autre", "BAC PRO", "BTSMarit", "BTn", "DipViGrM", "Grade_Master", "Licence Professionnelle", "Titre ingénieur"}
)
"""Types of certification (ABREGE) whose code is not made of capitals and digits alone; the others of `data/codes/types.csv` are."""


NO_TYPE = "Autre"
"""Code of certifications that have no type."""


def parse_fiche_number(text: str) -> str | None:
    """Return "RNCP2383" or "RS5000" for such a number, spaces inside allowed; None for anything else.

    >>> parse_fiche_number(" RNCP 2383 ")
    'RNCP2383'
    >>> parse_fiche_number("../../x") is None
    True
    """
    match = _FICHE.fullmatch(text.strip())
    return match[1] + match[2] if match else None


def register_of(fiche: str) -> Register:
    """Return the register of a fiche number.

    >>> register_of("RS5000").name
    'RS'
    """
    return Register.RS if fiche.startswith("RS") else Register.RNCP


def is_own_block(code: str, fiche: str) -> bool:
    """Tell whether a bloc's code is its fiche's number, "BC" and digits.

    >>> is_own_block("RNCP2383BC01", "RNCP2383"), is_own_block("RNCP34160BCRNCP34160BC01", "RNCP34160")
    (True, False)
    """
    match = _BLOCK.fullmatch(code)
    return match is not None and match[1] == fiche


def fiche_of_block(code: str) -> str | None:
    """Return the fiche number inside a well-formed bloc code, else None."""
    match = _BLOCK.fullmatch(code)
    return match[1] if match else None


def parse_rome(text: str) -> str | None:
    """Return a ROME code of any depth: domain "K", professional domain "K12", job "K1205"; None otherwise.

    >>> parse_rome("K1205"), parse_rome("H12"), parse_rome("M1700")
    ('K1205', 'H12', None)
    """
    code = text.strip().upper()
    return code if _ROME.fullmatch(code) else None


def is_rome_job(code: str) -> bool:
    """Tell whether a ROME code names a job (five characters), as a fiche's codes should."""
    return len(code) == 5 and parse_rome(code) == code


def rome_broader(code: str) -> str | None:
    """Return the next broader ROME code: K1205 → K12 → K → None."""
    return {5: code[:3], 3: code[:1]}.get(len(code))


def parse_nsf(text: str) -> str | None:
    """Return an NSF code of any depth ("3", "33", "332", "332t"); None otherwise."""
    code = text.strip().lower()
    return code if _NSF.fullmatch(code) else None


def nsf_broader(code: str) -> str | None:
    """Return the next broader NSF code: 332t → 332 → 33 → 3 → None."""
    return code[:-1] if len(code) > 1 else None


def parse_formacode(text: str) -> str | None:
    """Return a Formacode (five digits); None otherwise."""
    code = text.strip()
    return code if _FORMACODE.fullmatch(code) else None


def parse_idcc(text: str) -> str | None:
    """Return an IDCC (one to five digits) without leading zeros; None otherwise.

    >>> parse_idcc("0018"), parse_idcc("na")
    ('18', None)
    """
    code = text.strip()
    return (code.lstrip("0") or None) if _IDCC.fullmatch(code) else None


def parse_siret(text: str) -> str | None:
    """Return a SIRET of 14 digits whose control key is right; None otherwise.

    The key is that of Luhn (ISO/IEC 7812-1); for La Poste the sum of the digits is a multiple of 5.

    >>> parse_siret("110 044 013 00040"), parse_siret("11004401300041")
    ('11004401300040', None)
    """
    digits = re.sub(r"\s", "", text)
    if not _SIRET.fullmatch(digits):
        return None
    numbers = [int(d) for d in digits]
    if digits.startswith(LA_POSTE) and sum(numbers) % 5 == 0:
        return digits
    luhn = sum(n if i % 2 else (2 * n - 9 if n > 4 else 2 * n) for i, n in enumerate(numbers))
    return digits if luhn % 10 == 0 and digits != "0" * 14 else None


def parse_date(text: str) -> date | None:
    """Return the date of "JJ/MM/AAAA"; None for another form or an impossible date (31/02/2020).

    >>> parse_date("05/08/2004"), parse_date("31/02/2020")
    (datetime.date(2004, 8, 5), None)
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


_PLACEHOLDERS = frozenset(
    {
        "neant", "sans objet", "idem", "a completer (reprise)", "a completer", "(fiche incomplete)", "fiche incomplete",
        "so", "s.o", "non renseigne", "/", "-", ".", "*", "x", "aucun", "aucune", "n/a",
    }
)  # fmt: skip
_FOLD = str.maketrans("àâäéèêëîïôöùûüçÀÂÄÉÈÊËÎÏÔÖÙÛÜÇ", "aaaeeeeiioouuucAAAEEEEIIOOUUUC")


def is_placeholder(text: str) -> bool:
    """Tell whether a text stands in for a content that is not there ("Néant.", "Sans objet", "A compléter (Reprise)").

    >>> is_placeholder("Néant."), is_placeholder("<b>Fiche Incomplete</b>"), is_placeholder("Médiateur social.")
    (True, True, False)
    """
    bare = re.sub(r"</?[a-zA-Z]{1,6}>", "", text)
    words = " ".join(bare.translate(_FOLD).lower().split()).strip(" .*")
    return words in _PLACEHOLDERS or not words
