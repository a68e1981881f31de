"""The code tables that ship with the project, as editions of nomenclatures: what lists that are given are merged with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rncp_ld.model.nomenclature import Family, NomenclatureEdition, NomenclatureEntry
from rncp_ld.sources.code_tables import (
    CodeEntry,
    certification_types,
    nsf_groups,
    nsf_letters,
    rome_jobs,
    rome_upper_levels,
)

ROME_V3, ROME_4 = "V344", "V460"
"""Editions of ROME that `data/codes` holds."""


@cache
def shipped_editions() -> tuple[NomenclatureEdition, ...]:
    """Return the NSF, ROME V3 and 4.0 and the types of certifications.

    NSF and the upper levels of ROME are published as wholes; of jobs and types only what fiches use.
    """
    jobs = rome_jobs()
    return (
        NomenclatureEdition(
            Family.NSF, _groups(nsf_groups()), letters=tuple((one.letter, one.label) for one in nsf_letters())
        ),
        NomenclatureEdition(Family.ROME_V3, _groups(rome_upper_levels()), version=ROME_V3),
        NomenclatureEdition(
            Family.ROME_V3,
            tuple(NomenclatureEntry(one.code, one.label) for one in jobs if one.edition == ROME_V3),
            version=ROME_V3,
            is_whole=False,
        ),
        # Its label is the other one where V3 has one too, unless they are the same.
        NomenclatureEdition(
            Family.ROME_4,
            tuple(NomenclatureEntry(one.code, (*one.other_labels, one.label)[0]) for one in jobs),
            version=ROME_4,
            is_whole=False,
        ),
        NomenclatureEdition(
            Family.TYPE,
            tuple(NomenclatureEntry(one.code, one.label, one.other_labels) for one in certification_types()),
            is_whole=False,
        ),
    )


def _groups(entries: Iterable[CodeEntry]) -> tuple[NomenclatureEntry, ...]:
    return tuple(NomenclatureEntry(one.code, one.label) for one in entries)
