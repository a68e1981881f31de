"""NSF: what the letter means that ends a fine code (code de l'éducation, art. D311-4, II)."""

from __future__ import annotations

import re

from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.nomenclatures.tables import columns_of, read_rows

_COLUMNS = ("letter", "family", "label")
_LETTER = re.compile(r"[a-z]")


def matches(head: str) -> bool:
    """Tell whether a text begins as the list does."""
    return columns_of(head) == set(_COLUMNS)


def read(text: str, gathering: Gathering) -> None:
    """Read the list; the family of a letter is left out, since the letter is in it by the alphabet."""
    for row in read_rows(text, _COLUMNS, gathering):
        letter = row["letter"].lower()
        if not _LETTER.fullmatch(letter) or not row["label"]:
            excerpt = f"{row['letter']} {row['label']}"
            gathering.report(
                "CODE-INVALIDE", "Une lettre et son sens sont attendus.", line=row.line, path="letter", excerpt=excerpt
            )
        elif gathering.letters.setdefault(letter, row["label"]) != row["label"]:
            gathering.report("CODE-EN-DOUBLE", line=row.line, path=f"letter/{letter}", excerpt=row["label"])
        gathering.leave_out_filled({"family": row["family"]})
