"""IDCC: a list of conventions collectives by their identifier, with the opérateur de compétences of each."""

from __future__ import annotations

from rncp_ld.model.codes import parse_idcc
from rncp_ld.model.nomenclature import NomenclatureEntry
from rncp_ld.sources.folding import squeeze
from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.nomenclatures.tables import Row, has_columns, read_rows

_COLUMNS = ("IDCC", "Libellé")
_OPERATOR, _REMARK = "Opérateur de compétences", "obs"


def matches(head: str) -> bool:
    """Tell whether a text begins as the list does."""
    return has_columns(head, "IDCC") and not has_columns(head, "label")  # `data/codes/idcc.csv` is known already


def read(text: str, gathering: Gathering) -> None:
    """Read the list; a row without an IDCC ("na") is no convention of the list, and reported."""
    for row in read_rows(text, _COLUMNS, gathering):
        code = parse_idcc(row["IDCC"])
        if code is None or not row["Libellé"]:
            why = "Libellé absent." if code else "Un IDCC d'un à cinq chiffres est attendu."
            excerpt = " ".join(cell for cell in row.cells.values() if cell)
            gathering.report("CODE-INVALIDE", why, line=row.line, path="IDCC", excerpt=excerpt)
            continue
        gathering.add(NomenclatureEntry(code, squeeze(row["Libellé"]), notes=_notes(row), line=row.line))
        taken = {*_COLUMNS, _OPERATOR, _REMARK}
        gathering.leave_out_filled({name: cell for name, cell in row.cells.items() if name not in taken})


def _notes(row: Row) -> tuple[str, ...]:
    operator, remark = row.cells.get(_OPERATOR, ""), row.cells.get(_REMARK, "")
    said = (f"{_OPERATOR} : {squeeze(operator)}" if operator else "", squeeze(remark))
    return tuple(note for note in said if note)
