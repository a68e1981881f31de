"""Titles of certifications for comparison: which two writings are one title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rncp_ld.linking.facts import Facts
from rncp_ld.model.fiche import CertificationMention
from rncp_ld.model.slug import slug

_BRACKETED = re.compile(r"\((?:(?:ne|trice|euse|e|ère|ière|rice|se|le)s?|s)\)", re.IGNORECASE)
"""Feminine and plural endings in brackets."""

_REMARK = re.compile(r"(?:<b>)?\s*\(?\s*fiche\s+incompl[eè]te\s*\)?\s*(?:</b>)?\s*$", re.IGNORECASE)
"""What 523 titles of the register of 2020 end in, and no part of a title."""


def normalise_title(title: str) -> str:
    """Return a title for comparison: no case, accents, punctuation, bracketed feminine endings or remarks of the registry.

    >>> normalise_title("Médiateur(trice) social(e) accès aux droits et services")
    'mediateur-social-acces-aux-droits-et-services'
    >>> normalise_title("Assistant(e)s de direction(s) (Fiche incomplète)")
    'assistants-de-direction'
    """
    return slug(_BRACKETED.sub("", _REMARK.sub("", title) or title), limit=2000)


def titles_of(mention: CertificationMention) -> frozenset[str]:
    """Return what a mention may be the title of: with the type's label, which may belong to the title, and without."""
    return frozenset(normalise_title(title) for title in (mention.title, mention.verbatim) if title)


def index_titles(facts: Sequence[Facts]) -> Mapping[str, Sequence[Facts]]:
    """Return the fiches by normalised title."""
    index: dict[str, list[Facts]] = defaultdict(list)
    for fact in facts:
        index[normalise_title(fact.title)].append(fact)
    return index
