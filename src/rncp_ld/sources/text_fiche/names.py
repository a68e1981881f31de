"""Names of organisations and of those who sign for them: which word starts one, and how a line parts into several.

A line may name several authorities, parted by " - ", by a comma or by "et". The same signs stand inside one name ("Université
Lumière - Lyon 2", "Ministère de la santé, de la jeunesse et des sports"), so that a line is cut only before a word that
starts the name of another body; a part of the body before it ("Ministère…, Direction générale…") stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.joining import unbalanced
from rncp_ld.sources.text_fiche.paragraphs import first_word

BODIES = frozenset(
    {
        "academie", "afpa", "agence", "apec", "campus", "cci", "cnam", "college", "cpnfp", "edhec", "esc", "essec", "greta", "hec",
        "iae", "ifocop", "iut", "assemblee", "association", "centre", "cesi", "chambre", "comite", "commission", "conseil",
        "conservatoire", "cpne", "cpnef", "cpnefp", "direction", "ecole", "entreprise", "etablissement", "etat", "federation",
        "fondation", "groupe", "groupement", "insa", "institut", "institution", "lycee", "ministere", "office", "ordre",
        "organisme", "pole", "service", "societe", "syndicat", "union", "universite",
    }
)  # fmt: skip
"""First words of the names of organisations: a line that starts with one starts another authority."""

PERSONS = frozenset(
    {
        "administrateur", "administratrice", "chef", "delegue", "deleguee", "directeur", "directrice", "la", "le", "les",
        "ministre", "prefet", "president", "presidente", "recteur", "rectrice", "representant", "representante", "responsable",
        "secretaire", "delegation", "vice",
    }
)  # fmt: skip
"""First words of a signatory's quality."""

_OFFICES = frozenset({"recteur", "rectrice", "prefet", "prefete"})
"""Offices that nobody holds beside another one; a president may be a director, too."""

_ARTICLES = frozenset({"la", "le", "les"})
_ALONE = BODIES - {"assemblee", "conseil", "comite", "entreprise", "etat", "ordre", "organisme", "union", "office", "pole", "service",
                   "direction", "campus", "groupe", "groupement", "etablissement", "institution"}  # fmt: skip
"""Those that start a name in the middle of a line, too; the others are as often words of a name that goes on."""

_UNITS: Mapping[str, frozenset[str]] = {
    "universite": frozenset({"iut", "iae", "institut", "ecole", "centre", "college", "commission"}),
    "chambre": frozenset({"ecole", "institut", "centre", "college", "commission"}),
    "cci": frozenset({"ecole", "institut", "centre", "college", "esc"}),
    "groupe": frozenset({"ecole", "institut", "centre", "college", "esc"}),
    "federation": frozenset({"institut", "centre", "ecole"}),
    "ministere": frozenset({"commission", "agence", "direction", "service"}),
    "institut": frozenset({"ecole", "centre"}),
    "ecole": frozenset({"institut", "centre"}),
}
"""First word of a name → what may be a part of that body rather than another one: side by side, in either order, they are
kept as one text, for the line does not say which it is."""

_SEPARATOR = re.compile(r"\s+[-–—/]\s+|,\s+|\s+et\s+|\s+ET\s+")


def split_authorities(text: str) -> list[str]:
    """Cut a line where the name of another body starts.

    >>> split_authorities("Ministère de la santé, de la jeunesse - Université Lumière - Lyon 2, AFPA")
    ['Ministère de la santé, de la jeunesse', 'Université Lumière - Lyon 2', 'AFPA']
    >>> split_authorities("Ministère de la santé, Direction générale de l'offre de soins")
    ["Ministère de la santé, Direction générale de l'offre de soins"]
    """
    return _split(text, _starts_body)


def split_signatories(text: str) -> list[str]:
    """Cut a line where the quality of another person starts; one person may have two ("Recteur, Chancelier…").

    >>> split_signatories("Président de l'université A, Président de l'université B - Directeur, directeur des études")
    ["Président de l'université A", "Président de l'université B", 'Directeur, directeur des études']
    """
    return _split(text, _starts_person)


def _split(text: str, starts: Callable[[str, str, str], bool]) -> list[str]:
    parts = [""]
    position = 0
    for match in _SEPARATOR.finditer(text):
        before = parts[-1] + text[position : match.start()]
        following = text[match.end() :]
        if (
            before
            and unbalanced(before) == 0
            and following[:1].isupper()
            and starts(before, match[0].strip(), following)
        ):
            parts[-1:] = [before, ""]
        else:
            parts[-1] = before + match[0]
        position = match.end()
    parts[-1] += text[position:]
    return parts


def _starts_body(before: str, separator: str, following: str) -> bool:
    left, right = first_word(before), first_word(following)
    if left == right and right in BODIES:
        return True
    if left not in BODIES or right not in _ALONE or (fold(separator) == "et" and right != "ministere"):
        return False
    is_part = right in _UNITS.get(left, frozenset()) or left in _UNITS.get(right, frozenset())
    return not is_part and not _spells_out(before, following)


def _spells_out(short: str, name: str) -> bool:
    """Tell whether a name only spells out the abbreviation before it ("AFPA - Association nationale pour la…")."""
    letters = short.strip()
    return letters.isupper() and " " not in letters and letters[0] == name[0] and len(name.split()) >= len(letters) - 1


def _starts_person(before: str, separator: str, following: str) -> bool:
    left, right = _person(before), _person(following)
    if right not in PERSONS - _ARTICLES:
        return False
    return left == right or right in _OFFICES or (separator != "," and fold(separator) != "et")


def _person(text: str) -> str:
    """Return the first word that says what a person is."""
    words = (first_word(word) for word in text.replace("-", " ").split())
    return next((word for word in words if word not in _ARTICLES), "")
