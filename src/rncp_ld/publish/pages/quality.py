"""The quality page: what was found wrong with the register, by code, with examples linked to their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rncp_ld.diagnostics import CODES, Diagnostic, Severity
from rncp_ld.publish.pages.page import Linker
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.views import Value

EXAMPLES = 10
"""Examples that are shown of one kind of finding; all of them are in `quality/report.ttl`."""

WORDS = {Severity.VIOLATION: "Bloquant", Severity.WARNING: "À corriger", Severity.INFO: "À savoir"}


@dataclass(frozen=True, slots=True)
class Example:
    """One finding, on the page of its fiche."""

    fiche: Value | None
    path: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one code, and for the check of one message."""

    anchor: str
    code: str
    severity: str
    message: str
    count: int
    fiches: int
    examples: tuple[Example, ...]


def render_quality(site: Site) -> str:
    """Return `quality/index.html`."""
    diagnostics = site.context.diagnostics
    return site.render(
        "quality.html",
        "../",
        groups=_groups(diagnostics, Linker(site.lookups, "../"), site),
        total=len(diagnostics),
        fiches=len({d.fiche for d in diagnostics if d.fiche}),
        severities=[(WORDS[s], sum(d.severity is s for d in diagnostics)) for s in Severity],
        rejected=site.context.rejected,
    )


def _groups(diagnostics: Sequence[Diagnostic], linker: Linker, site: Site) -> list[FindingGroup]:
    """Group by severity and code; the check's findings by what they say, since they share a code."""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}

    def key(d: Diagnostic) -> tuple[int, str, str]:
        return ranks[d.severity], d.code, d.message if d.code == "SHACL" else ""

    groups = []
    for number, (_, members) in enumerate(groupby(sorted(diagnostics, key=lambda d: (key(d), d.sort_key())), key), 1):
        found = list(members)
        first = found[0]
        examples = tuple(
            Example(linker.link(site.iris.certification(d.fiche)) if d.fiche else None, d.path or "", d.excerpt or "")
            for d in found[:EXAMPLES]
        )
        groups.append(
            FindingGroup(
                f"constat-{number}",
                first.code,
                WORDS[first.severity],
                first.message if first.code == "SHACL" else CODES[first.code][1],
                len(found),
                len({d.fiche for d in found if d.fiche}),
                examples,
            )
        )
    return groups
