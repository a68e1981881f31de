"""Who answers for a certification: authorities, signatories, and the body that made the reference texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import OrganisationMention
from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open, split_at_semicolons, starts_low, unbalanced
from rncp_ld.sources.text_fiche.names import BODIES, PERSONS, split_authorities, split_signatories
from rncp_ld.sources.text_fiche.paragraphs import Paragraph, first_word, split_items, starts_with_connector
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric


def read_authorities(body: Sequence[Piece], findings: Findings) -> tuple[OrganisationMention, ...]:
    """Read the authorities; one that the source cuts is kept as it is and marked."""
    items = _named(split_items(body, _starts_another(BODIES)), Rubric.AUTHORITY, findings, split_authorities)
    mentions = []
    for position, (line, name) in enumerate(items, 1):
        truncated = is_truncated(name)
        if truncated:
            findings.report("VALEUR-TRONQUEE", line, Rubric.AUTHORITY, excerpt=name)
        mentions.append(OrganisationMention(name, position, Rubric.AUTHORITY.value, truncated))
    return tuple(mentions)


def read_signatories(body: Sequence[Piece], findings: Findings) -> tuple[str, ...]:
    """Read the qualities of the signatories."""
    items = _named(split_items(body, _starts_another(PERSONS)), Rubric.SIGNATORY, findings, split_signatories)
    return tuple(dict.fromkeys(quality for _, quality in items))


def read_elaboration(body: Sequence[Piece]) -> str | None:
    """Read the body that made the reference texts ("CPC Autres services…"), on one line."""
    texts = [item.text for item in split_items(body, lambda *_: False)]
    return " ".join(texts) or None


def is_truncated(name: str) -> bool:
    """Tell whether the source cut a name at its start or end.

    Signs: a bracket without its partner, a start that only goes on ("et de la formation", "L'EMPLOI ET…", where what follows
    the article starts no organisation's name), an end that waits.

    >>> is_truncated("L'EMPLOI ET A LA FORMATION PROFESSIONNELLE (DGEFP).)"), is_truncated("L'École nationale (ENA)")
    (True, False)
    """
    elided = fold(name).startswith("l'") and first_word(name) not in BODIES and name.isupper()
    return unbalanced(name) != 0 or starts_low(name) or starts_with_connector(name) or is_open(name) or elided


def _starts_another(openings: frozenset[str]) -> Callable[[str, str], bool]:
    def starts(text: str, line: str) -> bool:
        if text.rstrip().endswith(";"):
            return True
        return not starts_low(line) and first_word(line) in openings and not is_open(text)

    return starts


def _named(
    items: Sequence[Paragraph], rubric: Rubric, findings: Findings, split: Callable[[str], list[str]]
) -> list[tuple[int, str]]:
    """Return the items by line, those on one line parted; placeholders name nobody."""
    named: list[tuple[int, str]] = []
    for item, following in zip_longest(items, items[1:]):
        if is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, rubric, excerpt=item.text)
            continue
        # A comma before a name that starts on a line of its own is the list's.
        text = item.text.rstrip(" ,") if following is not None and not starts_low(following.text) else item.text
        named += ((item.line, name) for part in split_at_semicolons(text) for name in split(part))
    return named
