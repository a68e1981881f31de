"""Who answers for a certification: authorities, signatories, and the body that made the reference texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import OrganisationMention
from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open, split_at_semicolons, starts_low, unbalanced
from rncp_ld.sources.text_fiche.paragraphs import Paragraph, first_word, split_items, starts_with_connector
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.sections import Piece

_BODIES = frozenset(
    {
        "academie", "afpa", "agence", "apec", "campus", "cci", "cnam", "college", "cpnfp", "edhec", "esc", "essec", "greta", "hec",
        "iae", "ifocop", "iut", "assemblee", "association", "centre", "cesi", "chambre", "comite", "commission", "conseil",
        "conservatoire", "cpne", "cpnef", "cpnefp", "direction", "ecole", "entreprise", "etablissement", "etat", "federation",
        "fondation", "groupe", "groupement", "insa", "institut", "institution", "lycee", "ministere", "office", "ordre",
        "organisme", "pole", "service", "societe", "syndicat", "union", "universite",
    }
)  # fmt: skip
"""First words of the names of organisations: a line that starts with one starts another authority."""

_PERSONS = frozenset(
    {
        "administrateur", "administratrice", "chef", "delegue", "deleguee", "directeur", "directrice", "la", "le", "les",
        "ministre", "prefet", "president", "presidente", "recteur", "rectrice", "representant", "representante", "responsable",
        "secretaire", "delegation",
    }
)  # fmt: skip
"""First words of a signatory's quality."""


def read_authorities(body: Sequence[Piece], findings: Findings) -> tuple[OrganisationMention, ...]:
    """Read the authorities; one that the source cuts is kept as it is and marked."""
    items = _named(split_items(body, _starts_another(_BODIES)), Rubric.AUTHORITY, findings)
    mentions = []
    for position, (line, name) in enumerate(items, 1):
        truncated = is_truncated(name)
        if truncated:
            findings.report("VALEUR-TRONQUEE", line, Rubric.AUTHORITY, excerpt=name)
        mentions.append(OrganisationMention(name, position, Rubric.AUTHORITY.value, truncated))
    return tuple(mentions)


def read_signatories(body: Sequence[Piece], findings: Findings) -> tuple[str, ...]:
    """Read the qualities of the signatories."""
    items = _named(split_items(body, _starts_another(_PERSONS)), Rubric.SIGNATORY, findings)
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
    elided = fold(name).startswith("l'") and first_word(name) not in _BODIES and name.isupper()
    return unbalanced(name) != 0 or starts_low(name) or starts_with_connector(name) or is_open(name) or elided


def _starts_another(openings: frozenset[str]) -> Callable[[str, str], bool]:
    def starts(text: str, line: str) -> bool:
        if text.rstrip().endswith(";"):
            return True
        return not starts_low(line) and first_word(line) in openings and not is_open(text)

    return starts


def _named(items: Sequence[Paragraph], rubric: Rubric, findings: Findings) -> list[tuple[int, str]]:
    """Return the items by line, those on one line parted at their semicolons; placeholders name nobody."""
    named: list[tuple[int, str]] = []
    for item in items:
        if is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, rubric, excerpt=item.text)
            continue
        parts = split_at_semicolons(item.text)
        named += ((item.line, part) for part in parts)
    return named
