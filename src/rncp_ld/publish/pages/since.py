"""Since which export a page says what it says: the one date on the pages of resources, so that a page that did not change has the same bytes.

What a page says without its date is hashed; the ledger keeps the hash, and the date of the first export in a row that gave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Final

from rncp_ld.formats import HTML
from rncp_ld.publish.pages.literals import write_date

MARK: Final = "<!--since-->"
"""Where the date goes in a page that is being made; whatever else a page says is escaped."""

_SUFFIX: Final = f".{HTML.suffix}"


@dataclass(frozen=True, slots=True)
class Since:
    """What a resource's pages say, as a hash of 16 hex digits, and since which export ("2026-08-16")."""

    digest: str
    export: str


def put_dates(
    files: Iterable[tuple[str, str]], former: Since | None, export: date | None
) -> tuple[list[tuple[str, str]], Since | None]:
    """Put the date into the files of one resource.

    Args:
        files: path and text of each.
        former: what the ledger knows of them.
        export: date of this publication's newest export; without one there is no date.
    """
    made = list(files)
    if export is None:
        return [(path, text.replace(MARK, "", 1) if path.endswith(_SUFFIX) else text) for path, text in made], None
    hashed = blake2b(digest_size=8)
    for path, text in made:
        if path.endswith(_SUFFIX):
            hashed.update(path.encode())
            hashed.update(text.encode())
    digest = hashed.hexdigest()
    since = former if former and former.digest == digest else Since(digest, export.isoformat())
    said = f'Page inchangée depuis l’export du <time datetime="{since.export}">{write_date(since.export)}</time>. '
    return [(path, text.replace(MARK, said, 1) if path.endswith(_SUFFIX) else text) for path, text in made], since
