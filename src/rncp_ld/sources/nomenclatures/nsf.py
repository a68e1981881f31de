"""NSF: the groups of the decree with their hierarchy, and fine codes with the labels that exports gave them."""

from __future__ import annotations

from rncp_ld.model.codes import parse_nsf
from rncp_ld.model.nomenclature import NomenclatureEntry
from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.nomenclatures.tables import has_columns, read_rows

_OFFICIAL, _EXPORTED = "label_decree_or_lheo", "label_in_rncp_export_2020"
_COLUMNS = ("code", "parent", _OFFICIAL, _EXPORTED)


def matches(head: str) -> bool:
    """Tell whether a text begins as the list does."""
    return has_columns(head, "code", _OFFICIAL)


def read(text: str, gathering: Gathering) -> None:
    """Read the list: the label of the decree, that of exports beside it, or alone where the decree has no such code."""
    for row in read_rows(text, _COLUMNS, gathering):
        code = parse_nsf(row["code"])
        labels = [label for label in dict.fromkeys((row[_OFFICIAL], row[_EXPORTED])) if label]
        if code is None or not labels:
            why = "" if labels else "Libellé absent."
            gathering.report("CODE-INVALIDE", why, line=row.line, path="code", excerpt=" ".join((row["code"], *labels)))
            continue
        parent = parse_nsf(row["parent"])
        if row["parent"] and parent is None:
            gathering.report("CODE-INVALIDE", line=row.line, path="parent", excerpt=row["parent"])
        gathering.add(
            NomenclatureEntry(code, labels[0], tuple(labels[1:]), broader=(parent,) if parent else (), line=row.line)
        )
        gathering.leave_out_filled({name: cell for name, cell in row.cells.items() if name not in _COLUMNS})
