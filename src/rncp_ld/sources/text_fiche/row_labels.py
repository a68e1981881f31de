"""What the rows of the form's tables start with: access routes, territories, blocs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from rncp_ld.model.codes import Route
from rncp_ld.model.fiche import Territory
from rncp_ld.sources.folding import fold
from rncp_ld.sources.route_labels import ROUTE_LABELS

ROW_LABELS: Mapping[str, Route | Territory] = {
    **ROUTE_LABELS,
    fold("Accessible en Nouvelle Calédonie"): Territory.NEW_CALEDONIA,
    fold("Accessible en Polynésie Française"): Territory.FRENCH_POLYNESIA,
}
"""Folded label of a row → what the row is about."""


class Match(Enum):
    """How a text compares with the labels."""

    WHOLE = auto()
    START = auto()
    NONE = auto()


def words_of(text: str) -> str:
    """Reduce a label to what is compared: folded words, hyphens as spaces ("Nouvelle-Calédonie"), no final colon."""
    return " ".join(fold(text).replace("-", " ").split()).rstrip(" :.")


def match_label(text: str) -> tuple[Match, Route | Territory | None]:
    """Compare a text, or the joined lines of a cell, with the labels.

    >>> match_label("Après un parcours de formation")[0].name, match_label("En contrat d’apprentissage")[1].name
    ('START', 'CA')
    """
    words = words_of(text)
    if words in ROW_LABELS:
        return Match.WHOLE, ROW_LABELS[words]
    if words and any(label.startswith(f"{words} ") for label in ROW_LABELS):
        return Match.START, None
    return Match.NONE, None


def label_before(text: str) -> tuple[str, str] | None:
    """Return the longest label that a text starts with, and the rest, for rows whose cells are not parted."""
    folded = fold(text).replace("-", " ")
    ends = [len(label) for label in ROW_LABELS if folded.startswith(label) and not folded[len(label) :][:1].isalnum()]
    # The label's first line may stand before the mark, the rest of it below ("Après un parcours de formation X Le jury…").
    mark = _MARK.search(folded)
    if not ends and mark and match_label(text[: mark.start()])[0] is Match.START:
        ends = [mark.start()]
    return (text[: max(ends)], text[max(ends) :].strip()) if ends else None


_MARK = re.compile(r"(?<=\s)(?:[xχх×✓✔]|oui|non)(?!\S)")
_PERSON = re.compile(
    r"(?:l[ae]\s+|l'\s?)?(?:recteur|rectrice|(?:vice-)?presidente?|directeur|directrice|prefete?|administrateur|administratrice)\b"
)


def starts_person(text: str) -> bool:
    """Tell whether a text is about one who signs, and so names no authority: "Recteur de l'académie"."""
    return _PERSON.match(fold(text).lstrip()) is not None


def starts_condition(cell: str) -> bool:
    """Tell whether a cell is, or starts, a row label: with three words at least, so that no sentence is taken for one."""
    return len(cell.split()) > 2 and match_label(cell)[0] is not Match.NONE


_BLOCK_START = re.compile(r"(?:bloc|ccp)s?\s+(?:de\b|n°|no?\b|[a-z]?\d|[ivx]+\b)|(?:rncp|rs)\s?\d+\s?bc\s?\d")


def starts_block(cell: str) -> bool:
    """Tell whether a cell starts a bloc's title: "Bloc de compétence n°2 de", "BLOC 3 :", "RNCP2383BC01".

    >>> starts_block("Bloc de compétence n°2 de"), starts_block("la fiche n° 2383 - Assurer un service")
    (True, False)
    """
    return cell[:1].isupper() and _BLOCK_START.match(fold(cell)) is not None
