"""One defect is reported once: what a reader has said in its own words is not said again by a shape.

A reader knows the line and the element, a shape the node and the value. Where both speak of the same thing the reader's diagnostic is
kept and takes over what the shape says, so that the validation report has every result. The shapes stay as they are, for data that
no reader of ours has read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from rncp_ld.diagnostics import Diagnostic, ShapeResult, shorten
from rncp_ld.model.slug import hash8
from rncp_ld.rdf.iris import code_segment

Same = Callable[[str, ShapeResult], bool]
"""Tells whether a reader's excerpt and a shape's result are of one thing."""


def _is_code(excerpt: str, result: ShapeResult) -> bool:
    """A code is the last segment of its IRI."""
    return code_segment(excerpt) == (result.value or "").rpartition("/")[2]


def _is_value(excerpt: str, result: ShapeResult) -> bool:
    return excerpt == shorten(result.value or "")


def _is_mention(excerpt: str, result: ShapeResult) -> bool:
    """The IRI of a mention ends in the hash of its text."""
    return hash8(excerpt) == result.focus.rpartition("-")[2]


TWINS: Final[Mapping[str, tuple[str, Same]]] = {
    "Certification-rome-depth": ("CODE-INVALIDE", _is_code),
    "Certification-nsf-depth": ("CODE-INVALIDE", _is_code),
    "CompetenceBlock-code-form": ("CODE-BLOC", _is_value),
    "Certification-replacedBy-disjoint": ("SUCCESSION-EN-BOUCLE", _is_code),
    "Certification-title-length": ("TITRE-LONG", _is_value),
    "CertificationMention-isTruncated-whole": ("VALEUR-TRONQUEE", _is_mention),
    "LegalMention-isTruncated-whole": ("VALEUR-TRONQUEE", _is_mention),
    "OrganisationMention-isTruncated-whole": ("VALEUR-TRONQUEE", _is_mention),
}
"""Shape → the code under which a reader says the same, and how to tell that it does."""


def without_twins(
    found: Iterable[Diagnostic], said: Iterable[Diagnostic], documents: Mapping[str, str] | None = None
) -> list[Diagnostic]:
    """Return all diagnostics, those of a shape that a reader has said joined to the reader's.

    Args:
        found: of the check, each with the file that its fiche was read from.
        said: of readers and links; what was read of the same fiche in another document is of another record.
        documents: files of a document that has several (CSV export) → the one that `found` names.
    """
    kept = list(said)
    named = documents or {}
    by_code: dict[tuple[str, str | None, str | None], list[int]] = {}
    for at, one in enumerate(kept):
        by_code.setdefault((one.code, one.fiche, named.get(one.file or "", one.file)), []).append(at)
    own: list[Diagnostic] = []
    for one in found:
        code, same = TWINS.get(one.result.shape.partition("#")[2], ("", None)) if one.result else ("", None)
        twins = [
            at
            for at in by_code.get((code, one.fiche, one.file), ())
            if same and one.result and same(kept[at].excerpt or "", one.result)
        ]
        free = next((at for at in twins if kept[at].result is None), None)
        if free is None:
            own.append(one)
        else:
            kept[free] = replace(kept[free], result=one.result)
    return [*kept, *own]
