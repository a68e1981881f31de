"""ROME 4.0: the official list of job codes, a table whose column `code_rome_parent` names a job of the 532 of ROME V3."""

from __future__ import annotations

from rncp_ld.model.codes import is_rome_job, parse_rome
from rncp_ld.model.nomenclature import NomenclatureEntry
from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.nomenclatures.tables import has_columns, read_rows

_COLUMNS = ("code_rome", "libelle_rome", "code_rome_parent")


def matches(head: str) -> bool:
    """Tell whether a text begins as the list does; other tables of ROME (titles of jobs, skills) have codes, too, and no labels of them."""
    return has_columns(head, "code_rome", "libelle_rome")


def read(text: str, gathering: Gathering) -> None:
    """Read the list; a job that names itself as its parent is one of the 532, and has none."""
    for row in read_rows(text, _COLUMNS, gathering):
        code = parse_rome(row["code_rome"])
        if code is None or not is_rome_job(code) or not row["libelle_rome"]:
            why = "Un code de métier (K1205) est attendu." if row["libelle_rome"] else "Libellé absent."
            excerpt = f"{row['code_rome']} {row['libelle_rome']}"
            gathering.report("CODE-INVALIDE", why, line=row.line, path="code_rome", excerpt=excerpt)
            continue
        parent = parse_rome(row["code_rome_parent"])
        if row["code_rome_parent"] and (parent is None or not is_rome_job(parent)):
            gathering.report("CODE-INVALIDE", line=row.line, path="code_rome_parent", excerpt=row["code_rome_parent"])
            parent = None
        broader = (parent,) if parent and parent != code else ()
        gathering.add(NomenclatureEntry(code, row["libelle_rome"], broader=broader, line=row.line))
        gathering.leave_out_filled({name: cell for name, cell in row.cells.items() if name not in _COLUMNS})
