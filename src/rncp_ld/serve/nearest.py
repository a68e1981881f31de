"""What a reader may have meant by a path that names nothing: the same name in other letters, a shorter code, neighbours."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from rncp_ld.formats import HTML

_NUMBERS: Final = re.compile(r"[0-9]+")
_KIND: Final = re.compile(r"[a-z0-9-]{1,80}")
_NAME: Final = re.compile(r"[^/]{1,80}")
"""No segment of ours is longer, and what is longer than its name was meant by nobody."""
_SHORT: Final = 20
"""Signs of a name that is tried with slips: a code, not the slug of a title."""
_SIGNS: Final = "abcdefghijklmnopqrstuvwxyz0123456789-_"
_MOST: Final = 5
"""Addresses that are offered."""


@dataclass(frozen=True)
class _Names:
    """The names of a kind's resources: in natural order, with the keys of that order, and by their small letters."""

    ordered: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    folded: Mapping[str, str]


def nearest(site: Path, path: str) -> list[str]:
    """Return paths of resources that a path may have meant, the likeliest first.

    `rome/k1205` meant `rome/K1205`, and so did `rome/K12055`; `certification/RNCP238` and `RNCP2338` may have meant `RNCP2383`, and
    `RNCP2500` its neighbours by number.
    """
    kind, _, name = path.partition("/")
    name = name.rsplit(".", 1)[0].rstrip("/")
    if not _KIND.fullmatch(kind) or not _NAME.fullmatch(name):
        return []
    if not (site / kind).is_dir():  # so that what is made up does not push real kinds out of the cache
        return []
    names = _names(site, kind)
    folded = name.casefold()
    same = names.folded.get(folded)
    shorter = (names.folded[folded[:end]] for end in range(len(name) - 1, 0, -1) if folded[:end] in names.folded)
    slips = sorted((names.folded[one] for one in _slips(folded) if one in names.folded), key=_natural)
    found = [same] if same else [*islice(shorter, 1), *slips, *_neighbours(names, name)]
    return [f"{kind}/{one}" for one in dict.fromkeys(found)][:_MOST]


def _slips(name: str) -> set[str]:
    """Return what a short name is with one sign less, more, exchanged, or two in each other's place."""
    if len(name) > _SHORT:
        return set()
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    return {
        *(left + right[1:] for left, right in cuts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        *(left + sign + right[cut:] for left, right in cuts for sign in _SIGNS for cut in (0, 1)),
    }


def _neighbours(names: _Names, name: str) -> list[str]:
    """Return the names before and after in natural order that begin with the same letters."""
    start = re.match(r"[a-z]*", name.casefold())
    at = bisect_left(names.keys, _natural(name))
    around = [names.ordered[i] for i in (at - 1, at, at - 2, at + 1) if 0 <= i < len(names.ordered)]
    return [one for one in around if start is None or one.casefold().startswith(start[0])]


def _natural(name: str) -> tuple[str, ...]:
    """Return a key by which RNCP999 stands before RNCP2383."""
    return tuple(_NUMBERS.sub(lambda digits: digits[0].zfill(20), name.casefold()).split("-"))


@lru_cache(maxsize=64)
def _names(site: Path, kind: str) -> _Names:
    """Read the names of a kind's resources, once a publication: its folders are never changed."""
    try:
        files = os.listdir(site / kind)  # noqa: PTH208 - names are enough, and there may be 60,000
    except OSError:
        files = []
    stems = (name.removesuffix(f".{HTML.suffix}") for name in files if name.endswith(f".{HTML.suffix}"))
    ordered = tuple(sorted((one for one in stems if "." not in one and not one.startswith("index")), key=_natural))
    return _Names(ordered, tuple(map(_natural, ordered)), {one.casefold(): one for one in ordered})
