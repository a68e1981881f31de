"""What a reader may have meant by a path that names nothing: the same name in other letters, a shorter code, neighbours."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import Final

from rncp_ld.formats import HTML

_NUMBERS: Final = re.compile(r"[0-9]+")
_MOST: Final = 5
"""Addresses that are offered."""


def nearest(site: Path, path: str) -> list[str]:
    """Return paths of resources that a path may have meant, the likeliest first.

    >>> # rome/k1205 → rome/K1205; rome/K12055 → rome/K1205; certification/RNCP2384 → its neighbours by number
    """
    kind, _, name = path.partition("/")
    name = name.rsplit(".", 1)[0].rstrip("/")
    if not name or "/" in name or not re.fullmatch(r"[a-z0-9-]+", kind):
        return []
    names = _names(site, kind)
    if not names:
        return []
    folded = {one.casefold(): one for one in names}
    same = folded.get(name.casefold().replace(" ", ""))
    shorter = [folded[name[:end].casefold()] for end in range(len(name) - 1, 0, -1) if name[:end].casefold() in folded]
    found = [same] if same else [*shorter[:1], *_neighbours(names, name)]
    return [f"{kind}/{one}" for one in dict.fromkeys(found)][:_MOST]


def _neighbours(names: tuple[str, ...], name: str) -> list[str]:
    """Return the names before and after in natural order that begin with the same letters."""
    start = name[: len(name) - len(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))].casefold()
    at = bisect_left(names, _natural(name), key=_natural)
    around = [names[i] for i in (at - 1, at, at - 2, at + 1) if 0 <= i < len(names)]
    return [one for one in around if one.casefold().startswith(start)]


def _natural(name: str) -> tuple[str, ...]:
    """Return a key by which RNCP999 stands before RNCP2383."""
    return tuple(_NUMBERS.sub(lambda digits: digits[0].zfill(20), name.casefold()).split("-"))


@lru_cache(maxsize=64)
def _names(site: Path, kind: str) -> tuple[str, ...]:
    """Return the names of a kind's resources in natural order: read once a publication, as its folder is never changed."""
    try:
        files = os.listdir(site / kind)  # noqa: PTH208 - names are enough, and there may be 60,000
    except OSError:
        return ()
    stems = (name.removesuffix(f".{HTML.suffix}") for name in files if name.endswith(f".{HTML.suffix}"))
    return tuple(sorted((stem for stem in stems if "." not in stem and not stem.startswith("index")), key=_natural))
