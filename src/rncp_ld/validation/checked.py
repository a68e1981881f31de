"""What the outcomes of all chunks say together."""

from __future__ import annotations

from collections.abc import Iterable

from rncp_ld.diagnostics import Severity
from rncp_ld.errors import CheckError
from rncp_ld.validation.check import ChunkOutcome
from rncp_ld.validation.finding import Finding


def findings_of(outcomes: Iterable[ChunkOutcome]) -> tuple[Finding, ...]:
    """Return what was found in all chunks, in any order of theirs: sorted, each once.

    Raises:
        CheckError: no shape found a focus node in any chunk.
    """
    findings: set[Finding] = set()
    focus_nodes = 0
    for outcome in outcomes:
        findings.update(outcome.findings)
        focus_nodes += outcome.focus_nodes
    if not focus_nodes:
        raise CheckError("no shape finds anything to look at in this graph: pySHACL would call it conforming")
    return tuple(sorted(findings, key=Finding.sort_key))


def rejected_of(outcomes: Iterable[ChunkOutcome]) -> frozenset[str]:
    """Return the numbers of the fiches that a violation keeps out."""
    return frozenset(
        finding.fiche
        for outcome in outcomes
        for finding in outcome.findings
        if finding.severity is Severity.VIOLATION and finding.fiche is not None
    )
