"""Mentions of certifications by their titles: candidates, and a link only where everything agrees.

A title alone never makes a link: titles recur in 1,220 groups of the real register (2020), so a unique match stays a
candidate unless type, level and dates agree too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import Facts
from rncp_ld.model.fiche import CertificationMention
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import MentionLink
from rncp_ld.model.slug import slug

_GENDERED = re.compile(r"\((?:ne|trice|euse|e|ère|ière|rice|se|le)s?\)", re.IGNORECASE)
_NEAR = timedelta(days=366)


def normalise_title(title: str) -> str:
    """Return a title for comparison: no case, accents, punctuation or bracketed feminine endings.

    >>> normalise_title("Médiateur(trice) social(e) accès aux droits et services")
    'mediateur-social-acces-aux-droits-et-services'
    """
    return slug(_GENDERED.sub("", title), limit=2000)


def index_titles(facts: Sequence[Facts]) -> Mapping[str, list[Facts]]:
    """Return the fiches by normalised title."""
    index: dict[str, list[Facts]] = defaultdict(list)
    for fact in facts:
        index[normalise_title(fact.title)].append(fact)
    return index


def link_all_mentions(facts: Sequence[Facts]) -> tuple[dict[str, list[MentionLink]], list[Diagnostic]]:
    """Resolve the mentions of all fiches; return them by fiche number, with what is to be reported."""
    index = index_titles(facts)
    found: dict[str, list[MentionLink]] = {}
    diagnostics: list[Diagnostic] = []
    for fact in facts:
        found[fact.number], about = link_mentions(fact, index)
        diagnostics += about
    return found, diagnostics


def link_mentions(fact: Facts, index: Mapping[str, list[Facts]]) -> tuple[list[MentionLink], list[Diagnostic]]:
    """Resolve the mentions of one fiche as far as titles, types, levels and dates allow."""
    links: list[MentionLink] = []
    diagnostics: list[Diagnostic] = []
    for role, mention, when in fact.mentions:
        if mention.is_generic or mention.number:
            continue
        titles = {normalise_title(t) for t in (mention.title, mention.verbatim) if t}
        found = [
            f
            for title in sorted(titles)
            for f in index.get(title, ())
            if f.number != fact.number and _same_type(mention, f)
        ]
        numbers = tuple(dict.fromkeys(f.number for f in found))
        resolution = _resolution(role, mention, when, fact, found)
        links.append(MentionLink(role, mention.verbatim, resolution, tuple(sorted(numbers))))
        if resolution in {Resolution.CANDIDATE, Resolution.AMBIGUOUS}:
            diagnostics.append(
                Diagnostic.of(
                    "MENTION-CANDIDATE",
                    f"Candidats : {', '.join(sorted(numbers))}.",
                    file=fact.file,
                    fiche=fact.number,
                    path=mention.source_path,
                    excerpt=mention.verbatim,
                )
            )
    return links, diagnostics


def _same_type(mention: CertificationMention, other: Facts) -> bool:
    """Tell whether nothing speaks against the type: a mention of another type is no candidate."""
    return mention.certification_type is None or other.certification_type in {None, mention.certification_type}


def _resolution(
    role: str, mention: CertificationMention, when: date | None, fact: Facts, found: Sequence[Facts]
) -> Resolution:
    if not found:
        return Resolution.UNRESOLVED
    if len({f.number for f in found}) > 1:
        return Resolution.AMBIGUOUS
    other = found[0]
    kind = mention.certification_type or (fact.certification_type if role != "equivalence" else None)
    agrees = (
        kind is not None and kind == other.certification_type and fact.level is not None and fact.level == other.level
    )
    return Resolution.RESOLVED if agrees and _dates_agree(role, when, fact, other) else Resolution.CANDIDATE


def _dates_agree(role: str, when: date | None, fact: Facts, other: Facts) -> bool:
    """Tell whether one certification begins about when the other ends, or when the act of the change was signed."""
    if role == "equivalence":
        return False
    old, new = (fact, other) if role == "successeur" else (other, fact)
    turns = [turn for turn in (when, old.valid_until) if turn is not None]
    return new.valid_from is not None and any(abs(new.valid_from - turn) <= _NEAR for turn in turns)
