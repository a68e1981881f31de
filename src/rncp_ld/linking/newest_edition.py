"""Which edition of a nomenclature is the newest, and what follows from that: what a list is whole for, which codes it dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rncp_ld.linking.nomenclature import Key
from rncp_ld.model.nomenclature import Family, NomenclatureEdition
from rncp_ld.model.register import CodeScheme, Concept

DATED = (Family.FORMACODE,)
"""Families of which a list is whole, but of its day: IDCC are none, since agreements end and no list keeps all of them."""

CURRENT = {CodeScheme.ROME: Family.ROME_4, CodeScheme.FORMACODE: Family.FORMACODE}
"""Schemes whose editions drop codes → the family whose newest edition says which ones are left."""

_FAMILIES = tuple(Family)


def _age(edition: NomenclatureEdition) -> tuple[int, date]:
    """Say how new an edition is within its family."""
    digits = (edition.version or "").lstrip("V")
    return int(digits) if digits.isdigit() else -1, edition.date or date.min


def ranked(editions: Iterable[NomenclatureEdition]) -> tuple[NomenclatureEdition, ...]:
    """Sort by family, the newest first; of one edition the table that ships first; a document that is given twice counts once."""

    def rank(one: NomenclatureEdition) -> tuple[int, int, int, bool, str, str]:
        number, day = _age(one)
        digest, name = (one.document.sha256, one.document.name) if one.document else ("", "")
        return _FAMILIES.index(one.family), -number, -day.toordinal(), one.document is not None, digest, name

    kept: dict[tuple[Family, str, date | None, str | None], NomenclatureEdition] = {}
    for place, one in enumerate(sorted(editions, key=rank)):
        digest = one.document.sha256 if one.document else f"#{place}"
        kept.setdefault((one.family, digest, one.date, one.version), one)
    return tuple(kept.values())


def _newest(editions: Sequence[NomenclatureEdition], family: Family) -> list[NomenclatureEdition]:
    """Return the newest edition of a family, in as many documents as hold it; none where no edition says how new it is."""
    known = [one for one in editions if one.family is family and (one.version or one.date)]
    return [one for one in known if _age(one) == _age(known[0])]


def dated_lists(editions: Sequence[NomenclatureEdition]) -> dict[CodeScheme, date]:
    """Return the day of the newest edition of each scheme that is known as a whole by its lists alone."""
    newest = {family.scheme: _newest(editions, family) for family in DATED}
    return {scheme: day for scheme, found in newest.items() if found and (day := found[0].date)}


def dropped_codes(editions: Sequence[NomenclatureEdition], concepts: Mapping[Key, Concept]) -> dict[Key, str]:
    """Return the codes that the newest edition of their nomenclature has no more, each with a remark in French."""
    found: dict[Key, str] = {}
    for scheme, family in CURRENT.items():
        newest = _newest(editions, family)
        left = {entry.code for one in newest for entry in one.entries}
        depth = {len(code) for code in left}  # the list of ROME 4.0 holds jobs alone, not their domains
        for key in concepts:
            if key[0] is scheme and key[1] not in left and len(key[1]) in depth:
                found[key] = f"Ce code ne figure plus dans l'édition la plus récente {family.value}."
    return found


def origin_of(edition: NomenclatureEdition, *, is_newest: bool) -> str:
    """Say in French where a label comes from.

    Of the newest edition of ROME without its number, which changes with each; NSF and IDCC come in no editions.
    """
    family = edition.family
    since = "" if is_newest else " ; changé depuis"
    is_named = family.scheme in CURRENT and not (is_newest and family.scheme is CodeScheme.ROME)
    return f"libellé {family.value}, {edition.name}{since}" if is_named else f"libellé {family.value}{since}"
