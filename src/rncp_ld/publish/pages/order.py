"""The order of the parts of a page: that of their source, as far as they say it, never that of their addresses.

Addresses of parts end in a hash, so that their order says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rncp_ld.model.legal import LegalRole
from rncp_ld.publish.pages.literals import split_literal
from rncp_ld.publish.pages.page import Page

_ROLES: Final = (
    LegalRole.CREATION,
    LegalRole.GENERAL,
    LegalRole.VAE,
    LegalRole.OTHER,
    LegalRole.JURY,
    LegalRole.REGULATION,
    LegalRole.HISTORY,
)
"""Roles of legal citations as readers ask for them: what makes the title, what it rests on, what else is cited."""


def in_order(parts: Iterable[str], page: Page) -> list[str]:
    """Return parts in the order of their source: legal citations by role, for positions count within one."""

    def key(part: str) -> tuple[int, int, str, str]:
        return _role(part, page), _position(part, page), _date(part, page), part

    return sorted(parts, key=key)


def _values(part: str, name: str, page: Page) -> list[str]:
    return page.nodes.get(part, {}).get(page.namer.term(name), [])


def _role(part: str, page: Page) -> int:
    """Return the rank of a citation's first role; what has none comes last."""
    ends = [role[1:-1].rpartition("/")[2] for role in _values(part, "rncp:legalRole", page)]
    return min((place for place, role in enumerate(_ROLES) if role.value in ends), default=len(_ROLES))


def _position(part: str, page: Page) -> int:
    """Return the position of a part; an equivalence stands where its mention does."""
    for one in (part, *_values(part, "rncp:mention", page)):
        for value in _values(one, "rncp:position", page):
            return int(split_literal(value)[0])
    return 0


def _date(part: str, page: Page) -> str:
    return next(iter(_values(part, "dcterms:date", page)), "")
