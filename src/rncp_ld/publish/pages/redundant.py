"""What a page does not say twice: shortcuts and inverses whose long path it shows, and what its title says already.

Nothing is lost by it: each entry is dropped only where the page shows what covers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COVERED: Final[Mapping[str, tuple[str, ...]]] = {
    "rncp:openRoute": ("rncp:accessCondition",),
    "rncp:closedRoute": ("rncp:accessCondition",),
    "rncp:validFrom": ("rncp:effectiveDate", "rncp:decisionDate"),
    "rncp:validUntil": ("rncp:registrationEnd",),
    "rncp:certifier": ("rncp:certifierRole",),
    "rncp:formerCertifier": ("rncp:certifierRole",),
    "rncp:hasPartners": ("rncp:partnerships",),
    "rncp:equivalentTo": ("rncp:targetCertification",),
    "skos:topConceptOf": ("skos:inScheme",),
}
"""Property → properties of the same subject; where one of them is there, it says the same and more."""

COVERED_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "rncp:legalBasis": ("rncp:creationAct", "rncp:generalAct", "rncp:vaeAct"),
    "rncp:certificationType": ("rncp:refersTo",),
    "rncp:activeSuccessor": ("rncp:replacedBy",),
}
"""Property → properties of the same subject; a value that one of them has is not shown again."""

NAMING: Final = frozenset({"rdfs:label", "dcterms:title", "skos:prefLabel"})
"""Properties whose value is not shown again where the page's title is the same text."""

CODES: Final = frozenset({"rncp:code", "skos:notation"})
"""Properties whose value is not shown again where it stands above the title."""

UNSPOKEN: Final = frozenset({"rdf:type", "rncp:placeholderProperty"})
"""Shown otherwise: the class above the title or by the form of the part, the placeholders by dimming their text."""

UNSPOKEN_OF_PARTS: Final = UNSPOKEN | {"rncp:position", "rncp:ofCertification", "foaf:primaryTopic"}
"""Of parts also: their order on the page says their position, the page itself what they belong to."""
