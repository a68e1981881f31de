"""What the check finds, as values, and as diagnostics that point back at the fiche."""

from __future__ import annotations

from dataclasses import dataclass

from rncp_ld.diagnostics import Diagnostic, Severity, ShapeResult, shorten
from rncp_ld.rdf.iris import fiche_of
from rncp_ld.rdf.vocabulary import PREFIXES

_SHARED = ("shapes#UndescribedResource", "shapes#Withdrawn")
"""Shapes of resources that may have the IRI of a fiche's page without being described by a fiche."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the check (https://www.w3.org/TR/shacl/#results-validation-result).

    Attributes:
        severity: a violation keeps the fiche out.
        focus: IRI of the resource that was looked at.
        path: IRI of the property, None where the shape looks at the whole resource.
        value: text of the literal, or IRI, that is wrong; None where it is a number of values that is.
        shape: IRI of the shape that says so.
        constraint: IRI of the constraint component.
        message_fr: the shape's message, in French.
        message_en: the same in English.
    """

    severity: Severity
    focus: str
    path: str | None
    value: str | None
    shape: str
    constraint: str
    message_fr: str
    message_en: str

    @property
    def base(self) -> str:
        """The base of our IRIs, which the shape's own IRI shows."""
        return self.shape.partition("shapes#")[0]

    @property
    def fiche(self) -> str | None:
        """Number of the fiche that describes the focus node; None for what fiches share (concepts, organisations, acts)."""
        if self.shape.startswith(tuple(self.base + name for name in _SHARED)):
            return None
        return fiche_of(f"<{self.focus}>", self.base)

    def sort_key(self) -> tuple[str, str, str, str, str]:
        """Order that does not depend on how the graph was cut into chunks."""
        return (self.focus, self.shape, self.constraint, self.path or "", self.value or "")


def diagnostics_of(finding: Finding) -> Diagnostic:
    """Return the finding as a diagnostic of code SHACL, with the place as `resource property`.

    >>> base = "https://w3id.org/rncp/"
    >>> finding = Finding(Severity.WARNING, f"{base}certification/RNCP2383#acces-VAE", f"{base}def#isOpen", "Oui",
    ...     f"{base}shapes#AccessCondition-isOpen", PREFIXES["sh"] + "DatatypeConstraintComponent", "Vrai ou faux.", "")
    >>> diagnostic = diagnostics_of(finding)
    >>> diagnostic.fiche, diagnostic.path, diagnostic.excerpt
    ('RNCP2383', '#acces-VAE rncp:isOpen', 'Oui')
    """
    place = finding.focus.removeprefix(finding.base)
    if finding.fiche:
        place = place.removeprefix(f"certification/{finding.fiche}")
    # The shape's own sentence says what is wrong; the general one of the code would only stand before it.
    return Diagnostic(
        "SHACL",
        finding.severity,
        finding.message_fr,
        fiche=finding.fiche,
        path=" ".join(part for part in (place, _short(finding.path, finding.base)) if part) or None,
        excerpt=None if finding.value in {None, finding.focus} else shorten(str(finding.value)),
        result=ShapeResult(finding.focus, finding.shape, finding.constraint, finding.path, finding.value),
    )


def _short(property_iri: str | None, base: str) -> str:
    if property_iri is None:
        return ""
    for prefix, namespace in {"rncp": f"{base}def#", **PREFIXES}.items():
        if property_iri.startswith(namespace):
            return f"{prefix}:{property_iri.removeprefix(namespace)}"
    return property_iri
