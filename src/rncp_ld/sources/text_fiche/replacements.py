"""Certifications that the history says to come before or after: "Remplace la certification … (RNCP2912)".

Only what is said of this fiche counts: where both numbers of a sentence are those of other fiches, it stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from rncp_ld.model.fiche import CertificationMention
from rncp_ld.sources.certification_titles import fiche_numbers_in, parse_certification_mention
from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.title_changes import changes_title

_NUMBER = re.compile(r"\(?\s*\b(?:fiche\s+)?(?:(?:n°\s*)?(?:rncp|rs)\s?(?:n°\s?)?[1-9]\d{0,6})\b\s*\)?")
_REPLACES = re.compile(
    r"\b(?:(?:annule et\s+)?remplac(?:e|ait|ant)\b(?!\s+par\b)|succede a\b|se substitue a\b|fait suite a\b|"
    r"(?:en|par) remplacement d(?:e\b|u\b|es\b|')|issue?s? d(?:e\b|u\b|es\b|'))"
)
_REPLACED_BY = re.compile(r"\bremplacee?s?\b[^.;\"]{0,40}?\bpar\b")
_SENTENCE_END = re.compile(
    r"(?:\.|;)(?=\s|$)|,?\s+(?:par arrete|a compter|a partir du|depuis|suite a)\b|\s*\((?=arrete|decret|jo\b|decision)|"
    r"\s+(?=qui\b|enregistree?\b)|$"
)
_LEAD = re.compile(
    r"\s*:?\s*(?:(?:les?|la|l'|aux?|d[eu]s?)\s*)?(?P<named>(?:anciennes?\s+)?(?:certification|fiche)s?\b(?:\s+suivante?s?)?\s*:?)?\s*"
)
_BETWEEN = re.compile(r"^(?:\s|,|;|et\b|ainsi que\b|la\b|le\b|les\b|l')*")


@dataclass(frozen=True, slots=True)
class Replacements:
    """What a line of the history says of the order of certifications."""

    predecessors: tuple[CertificationMention, ...] = ()
    successors: tuple[CertificationMention, ...] = ()


def read_replacements(text: str, fiche: str) -> Replacements:
    """Read what a line says to come before or after the fiche in which it stands.

    >>> said = read_replacements("Remplace la certification Vendeur (RNCP12) et le CQP Caissier (RNCP 13).", "RNCP77")
    >>> [mention.verbatim for mention in said.predecessors]
    ['Vendeur (RNCP12)', 'CQP Caissier (RNCP 13)']
    >>> [mention.number for mention in read_replacements("Remplacée par RNCP78 - Vendeur", "RNCP77").successors]
    ['RNCP78']
    """
    folded = fold(text)
    replaced_by = next((match for match in _REPLACED_BY.finditer(folded) if _is_passive(text, match)), None)
    replaces = next((match for match in _REPLACES.finditer(folded) if not _is_participle(text, match)), None)
    verb = replaced_by or replaces
    if verb is None or (replaced_by and replaces):
        return Replacements()
    mentions = _mentions(text, folded, verb.end())
    subject, named = _numbers(folded[: verb.start()]), {mention.number for mention in mentions if mention.number}
    says_later = verb is replaced_by
    if subject and subject != {fiche}:
        # "RNCP12 est remplacé par RNCP77", in fiche RNCP77: what stands before the verb is the other one.
        mentions = _subjects(subject) if named == {fiche} else ()
        says_later = not says_later
    elif fiche in named or (not named and (changes_title(text) or '"' in folded[: verb.start()])):
        # "« A » est remplacé par « B »" without numbers may be the same certification under a new title.
        return Replacements()
    return Replacements((), mentions) if says_later else Replacements(mentions)


def _is_participle(text: str, match: re.Match[str]) -> bool:
    """Tell "remplacé" from "remplace", which are one when folded; "a remplacé" is as active as the other."""
    return match[0].endswith("remplace") and text[match.end() - 1] in "éÉ" and not _has_auxiliary(text, match)


def _is_passive(text: str, match: re.Match[str]) -> bool:
    """Tell "remplacé le 1er mai par" from "remplace … par arrêté": without the accent, "par" must follow at once."""
    ending = text[match.start() + len("remplac")]
    at_once = re.fullmatch(r"remplacee?s?\s+par", match[0]) is not None
    return at_once or (ending in "éÉ" and not _has_auxiliary(text, match))


def _has_auxiliary(text: str, match: re.Match[str]) -> bool:
    return re.search(r"\ba\s+$", fold(text[: match.start()])) is not None


def _numbers(folded: str) -> set[str]:
    return set(fiche_numbers_in(folded.upper()))


def _subjects(numbers: set[str]) -> tuple[CertificationMention, ...]:
    return tuple(_mention(number, place) for place, number in enumerate(sorted(numbers), 1))


def _mentions(text: str, folded: str, start: int) -> tuple[CertificationMention, ...]:
    """Return the certifications that follow the verb: each up to its number, or from one number to the next."""
    lead = _LEAD.match(folded, start)
    assert lead is not None, "the pattern matches nothing, too"
    start = lead.end()
    found = list(_NUMBER.finditer(folded, start))
    if not found:
        return _unnumbered(text, folded, start, is_named=lead["named"] is not None)
    stop = next(match.start() for match in _SENTENCE_END.finditer(folded, start) if match.start() >= found[0].end() - 1)
    found = [match for match in found if match.start() < stop]
    starts_with_number = not folded[start : found[0].start()].strip(' "')
    if starts_with_number:
        cuts = [match.start() for match in found] + [max(stop, found[-1].end())]
    else:
        cuts = [start, *(match.end() for match in found)]
    parts = [text[before:after] for before, after in pairwise(cuts)]
    return tuple(_mention(_part(part), place) for place, part in enumerate(filter(str.strip, parts), 1))


def _part(text: str) -> str:
    between = _BETWEEN.match(fold(text))
    return text[between.end() if between else 0 :].strip(" ,;.")


def _unnumbered(text: str, folded: str, start: int, *, is_named: bool) -> tuple[CertificationMention, ...]:
    """Return a certification without a number: a quoted title, or a title after the word "certification"."""
    quoted = re.compile(r'"\s*([^"]+?)\s*"').match(folded, start)
    if quoted is not None:
        return (_mention(text[slice(*quoted.span(1))], 1),)
    stop = next((match.start() for match in _SENTENCE_END.finditer(folded, start)), len(text))
    title = text[start:stop].strip(" ,;.")
    if not title or not (is_named or parse_certification_mention(title, 1, "").certification_type):
        return ()
    return (_mention(title, 1),)


def _mention(verbatim: str, position: int) -> CertificationMention:
    return parse_certification_mention(verbatim, position, Rubric.HISTORY.value)
