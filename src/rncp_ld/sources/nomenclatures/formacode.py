"""Formacode: the thesaurus as LHEO distributes an edition of it, a table without header.

A row has 15 cells, or the first 4 where a code is no field of training:

    code; DESCRIPTOR; descriptor with accents; facets; semantic field; synonyms; broader; narrower; related; definition;
    note of use; (several things); NSF; ROME of before 2010; codes and descriptors of an edition before

Several values of a cell are parted by `$`; a code in a cell is followed by its descriptor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rncp_ld.model.codes import parse_formacode
from rncp_ld.model.nomenclature import NomenclatureEntry
from rncp_ld.sources.folding import key
from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.nomenclatures.tables import refuse_row, split_rows

_FIRST = re.compile(r"\A\s*[0-9]{5};[^;\n]+;[^;\n]*;[A-Z]{3}(?:\$[A-Z]{3})*(?:;|\s*(?:\n|\Z))")
_WHOLE, _SHORT = 15, 4
_SEVERAL = "$"
_LINK = re.compile(r"([0-9]{5})(?:\s+(.*))?")
_LEFT_OUT = {3: "facettes", 11: "colonne 12", 13: "ROME d'avant 2010"}
"""Cells that the publication does not take up, by their position."""


def matches(head: str) -> bool:
    """Tell whether a text begins as the thesaurus does."""
    return _FIRST.match(head) is not None


def read(text: str, gathering: Gathering) -> None:
    """Read the thesaurus; a hierarchy that is stated at the broader code alone is taken up too."""
    narrower: list[tuple[str, str]] = []
    for line, cells, is_last in split_rows(text, ";", gathering.file):
        if not any(cells):
            continue
        if len(cells) not in {_WHOLE, _SHORT}:
            refuse_row(cells, line, f"{_SHORT} ou {_WHOLE} colonnes attendues", gathering, is_last=is_last)
            if len(cells) < _SHORT:
                continue
            cells = cells[:_SHORT]  # noqa: PLW2901  (of the others nobody knows which ones they are)
        code = parse_formacode(cells[0])
        label = cells[2] or cells[1]
        if code is None or not label:
            gathering.report(
                "CODE-INVALIDE",
                "" if label else "Libellé absent.",
                line=line,
                path="code",
                excerpt=f"{cells[0]} {label}",
            )
            continue
        gathering.add(_entry(code, label, cells, line, gathering))
        narrower += [(below, code) for below in _codes(cells, 7, line, gathering)]
        gathering.leave_out_filled({part: cells[at] for at, part in _LEFT_OUT.items() if at < len(cells)})
    for below, code in narrower:
        gathering.add_broader(below, code)


def _entry(code: str, label: str, cells: Sequence[str], line: int, gathering: Gathering) -> NomenclatureEntry:
    others = [cells[1]] if key(cells[1]) != key(label) else []
    if len(cells) == _SHORT:
        return NomenclatureEntry(code, label, tuple(others), line=line)
    others += [one for one in _values(cells[5]) if one != label]
    former = [one for one in _values(cells[14]) if key(one) != key(f"{code} {label}")]
    notes = (
        cells[10],
        f"Champ sémantique : {cells[4]}" if cells[4] else "",
        f"NSF : {cells[12]}" if cells[12] else "",
    )
    return NomenclatureEntry(
        code,
        label,
        tuple(dict.fromkeys(others)),
        broader=tuple(_codes(cells, 6, line, gathering)),
        related=tuple(_codes(cells, 8, line, gathering)),
        definition=cells[9] or None,
        notes=tuple(note for note in notes if note),
        history=(f"Dans une édition antérieure : {', '.join(former)}.",) if former else (),
        line=line,
    )


def _values(cell: str) -> list[str]:
    return [one for part in cell.split(_SEVERAL) if (one := part.strip())]


def _codes(cells: Sequence[str], at: int, line: int, gathering: Gathering) -> Iterator[str]:
    """Yield the codes of a cell; what is none is reported."""
    for value in _values(cells[at]) if at < len(cells) else ():
        match = _LINK.fullmatch(value)
        if match:
            yield match[1]
        else:
            gathering.report("CODE-INVALIDE", line=line, path=f"colonne {at + 1}", excerpt=value)
