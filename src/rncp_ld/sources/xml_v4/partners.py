"""PARTENAIRES: by far the most rows of an export (398,000 of them), so they have a quick way beside the general one.

The quick way reads the rows out of their markup, all cells of a row at once; making an object of each cell costs more than
all else that is done with it. It reads only what is beyond doubt. Where a row has anything else (an unknown element, a
value that is not known, a row said twice), the whole element goes the general way, which knows what to say about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from lxml import etree

from rncp_ld.model.fiche import Habilitation, Organisation, Partnership, PartnershipStatus
from rncp_ld.sources.text_structure import one_line
from rncp_ld.sources.xml_v4.draft import Draft, Rule, cell_value, cells, rows
from rncp_ld.sources.xml_v4.findings import Element
from rncp_ld.sources.xml_v4.values import as_date, as_siret, day, siret, word
from rncp_ld.sources.xml_v4.vocabulary import HABILITATION, PARTNERSHIP_STATUS, fold

_CELLS = (
    "NOM_PARTENAIRE", "SIRET_PARTENAIRE", "HABILITATION_PARTENAIRE", "ETAT_HABILITATION", "DATE_ACTIF",
    "DATE_DERNIERE_MODIFICATION_ETAT",
)  # fmt: skip
"""In the order of the export."""
_KNOWN = frozenset(_CELLS)
_ROW = re.compile(
    r"\s*<PARTENAIRE>" + "".join(rf"\s*(?:<{tag}>([^<]*)</{tag}>|<{tag}/>)?" for tag in _CELLS) + r"\s*</PARTENAIRE>\s*"
)
_START, _END = "<PARTENAIRES>", "</PARTENAIRES>"

_status = word(PARTNERSHIP_STATUS)
_habilitation = word(HABILITATION)


def _partners(draft: Draft, element: Element) -> None:
    found = None
    if len(element) and "partnerships" not in draft.fields:
        found = read_quickly(etree.tostring(element, encoding="unicode", with_tail=False))
    if found is None:
        _GENERAL.read(draft, element)
    else:
        draft.fields["partnerships"] = found


def read_quickly(markup: str) -> list[Partnership] | None:
    """Read the rows of a PARTENAIRES element; None where there is anything to say about one of them."""
    at, end = len(_START), len(markup) - len(_END)
    if not markup.startswith(_START):
        return None
    found: list[Partnership] = []
    seen: set[tuple[object, ...]] = set()
    while at < end:
        row = _ROW.match(markup, at)
        record = None if row is None else _record(row.groups(default=""))
        if row is None or record is None:
            return None
        at = row.end()
        found.append(record)
        who = record.organisation  # the members of an Enum hash slowly, their ids do not
        seen.add(
            (who.name, who.siret, id(record.habilitation), id(record.status), record.active_since, record.status_date)
        )
    return found if len(seen) == len(found) else None


def _record(row: Sequence[str]) -> Partnership | None:
    """Make the record of a row, None where a value is not as expected."""
    name, number, role, state, since, changed = row
    who = _organisation(name, number)
    what = _words(role, state)
    if who is None or what is None:
        return None
    start = as_date(since) if since else None
    last = as_date(changed) if changed else None
    if (since and start is None) or (changed and last is None):
        return None
    return Partnership(who, *what, start, last)


@lru_cache(maxsize=65_536)
def _organisation(name: str, number: str) -> Organisation | None:
    siret_number = as_siret(number.strip()) if number.strip() else None
    if number.strip() and siret_number is None:
        return None
    who = partner(unescape(name).strip() if "&" in name else name.strip(), siret_number)
    return who if who.name or who.siret else None


@lru_cache(maxsize=256)
def _words(role: str, state: str) -> tuple[Habilitation | None, PartnershipStatus | None] | None:
    habilitation = HABILITATION.get(fold(role))
    status = PARTNERSHIP_STATUS.get(fold(state))
    if (role.strip() and habilitation is None) or (state.strip() and status is None):
        return None
    return habilitation, status


def partnership(draft: Draft, row: Element) -> Partnership | None:
    """Read a row of PARTENAIRES the general way."""
    found = cells(draft, row, _KNOWN)
    if not found:
        return None
    name = found["NOM_PARTENAIRE"][0] if "NOM_PARTENAIRE" in found else ""
    organisation = partner(name, cell_value(draft, found, "SIRET_PARTENAIRE", siret))
    if draft.is_nobody(row, organisation):
        return None
    return Partnership(
        organisation,
        cell_value(draft, found, "HABILITATION_PARTENAIRE", _habilitation),
        cell_value(draft, found, "ETAT_HABILITATION", _status),
        cell_value(draft, found, "DATE_ACTIF", day),
        cell_value(draft, found, "DATE_DERNIERE_MODIFICATION_ETAT", day),
    )


@lru_cache(maxsize=65_536)
def partner(name: str, number: str | None) -> Organisation:
    """Make the record of a partner once: a register names each some ten times."""
    return Organisation(one_line(name), number)


_GENERAL = rows("partnerships", "PARTENAIRE", partnership)
PARTNERS = Rule(_partners, _GENERAL.inside)
"""PARTENAIRES: one record for each distinct row."""
