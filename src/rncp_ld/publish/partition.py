"""The graph in segments and parts: what is made anew only where something in it changed, and copied where nothing did.

A *segment* is a set of pages that are checked, written and rendered together: those of some fiches (certification, blocs,
partners), or those of one kind that begin alike. A *part* is what stands together in a dump: lines of a segment that
begin alike. Both depend on a subject's IRI alone, so that what is added or taken away elsewhere moves nothing.
"""

from __future__ import annotations

import re
from typing import Final

from rncp_ld.rdf.iris import fiche_of

_DIGITS: Final = 4
"""Of a fiche's number that name its segment: fiches RNCP35400 to RNCP35409, and RNCP3540 with them."""

_BEGINNINGS: Final = (
    r"(?:certification|bloc|partenariats)/(?:RNCP|RS).{4}"
    r"|organisation/[a-z]+-.{3}"
    r"|acte/[^/#> ]+/.{7}"
    r"|article/[^/#> ]+/"
    r"|formacode/.{3}"
    r"|rome/."
)
"""Beginnings of paths, of one length where they start alike: so no key is the beginning of another one."""

_OWN_RULE: Final = r"(?:certification|bloc|partenariats|organisation|acte|article|formacode|rome)/"
_KEY: Final = re.compile(rf"{_BEGINNINGS}|(?!{_OWN_RULE})[^/#> ]+[/#>]")


def key_of(subject: str, base: str) -> str:
    """Return the key of the part that a subject's lines stand in: the beginning of all of them.

    Lines of N-Triples sort as their parts' keys do; a subject that fits no rule is a part by itself.

    >>> key_of("<https://w3id.org/rncp/certification/RNCP2383#fiche>", "https://w3id.org/rncp/")
    '<https://w3id.org/rncp/certification/RNCP2383'
    >>> key_of("<https://w3id.org/rncp/certification/RNCP12#fiche>", "https://w3id.org/rncp/")
    '<https://w3id.org/rncp/certification/RNCP12#'
    """
    start = len(base) + 1
    match = _KEY.match(f"{subject} ", start) if subject.startswith(base, 1) else None
    return subject[: match.end()] if match else subject


def segment_of(page: str, base: str) -> str:
    """Return the name of a page's segment; it is fit to be a file's. Lines of one key are of one segment.

    >>> segment_of("<https://w3id.org/rncp/bloc/RNCP35400BC01>", "https://w3id.org/rncp/")
    'fiche-RNCP3540'
    >>> segment_of("<https://w3id.org/rncp/acte/decret/2016-07-11/2016-954>", "https://w3id.org/rncp/")
    'acte-decret-2016-07'
    """
    number = fiche_of(page, base)
    if number is not None:
        return f"fiche-{number[: len(number.rstrip('0123456789')) + _DIGITS]}"
    if not page.startswith(base, 1):
        return "autres"
    key = key_of(page, base)[len(base) + 1 :]
    if key.endswith(">") and "/" not in key:
        return "autres"
    return re.sub(r"[^A-Za-z0-9_-]+", "-", key).strip("-")
