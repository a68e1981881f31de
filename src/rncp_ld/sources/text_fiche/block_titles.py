"""What a left cell of the bloc table says: the bloc's code, its number and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rncp_ld.model.codes import register_of
from rncp_ld.sources.folding import fold

_NUMBERED = re.compile(
    r"(?:blocs?|ccp)(?:\s+n°?\s*\d+)?(?:\s+de\s+competences?)?\s*(?:n°|no|n\.|numero)?\s*(?P<number>\d{1,3})(?![.\d])"
    r"(?:\s*(?:de\s+la\s+)?fiche\s*(?:rncp|rs)?\s*(?:n°|no|n\.?)?\s*(?P<fiche>(?:rncp|rs)?\s*\d+))?\s*[-:.]*\s*(?P<title>.*)"
)
"""Seen in the register: "Bloc de compétence n°1 de la fiche n° 2383 - …", "Bloc de compétences N° 11 fiche RNCP N° 12508-…",
"BLOC N°2 DE COMPETENCES N°2 fiche RNCP N° 1146 - …", "Bloc de compétence n°6 …", "Bloc 5 : …"; "Bloc 8.12: …" has no number."""

_CODED = re.compile(r"(?P<code>(?:rncp|rs)\s?\d+\s?bc\s?\d{1,3})\s*[-:.]*\s*(?P<title>.*)")
_IN_NUMBER = re.compile(r"(?:de(?: la)?|(?:de la )?fiche.*)?")


@dataclass(frozen=True, slots=True)
class BlockTitle:
    """A left cell that was read; `code` is "" and `number` None where it numbers no bloc."""

    code: str
    number: int | None
    title: str


def read_block_title(printed: str, fiche: str) -> BlockTitle:
    """Read a left cell; "Bloc n°1" of no named fiche is one of the fiche in which it stands.

    >>> read_block_title("Bloc de compétence n°1 de la fiche n° 2383 - Veiller", "RNCP2383")
    BlockTitle(code='RNCP2383BC01', number=1, title='Veiller')
    """
    folded = fold(printed)
    coded = _CODED.fullmatch(folded)
    if coded:
        code = "".join(coded["code"].split()).upper()
        return BlockTitle(code, int(code.rpartition("BC")[2]), printed[coded.start("title") :].strip() or printed)
    numbered = _NUMBERED.fullmatch(folded)
    if numbered is None:
        return BlockTitle("", None, printed)
    number = int(numbered["number"])
    said = "".join((numbered["fiche"] or fiche).split()).upper()
    owner = said if said[0].isalpha() else f"{register_of(fiche).value}{int(said)}"
    return BlockTitle(f"{owner}BC{number:02d}", number, printed[numbered.start("title") :].strip() or printed)


def has_whole_number(printed: str) -> bool:
    """Tell whether a left cell has come past "Bloc de compétence n°1 de la fiche n° 2383 -", to the title itself."""
    folded = fold(printed)
    match = _CODED.fullmatch(folded) or _NUMBERED.fullmatch(folded)
    return match is not None and not _IN_NUMBER.fullmatch(match["title"])
