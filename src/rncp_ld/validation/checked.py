"""The checked graph: what may be published, and only the check can make one (so that no stage can be left out)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rncp_ld.diagnostics import Severity
from rncp_ld.errors import CheckError
from rncp_ld.rdf.terms import Triple
from rncp_ld.validation.check import ChunkOutcome
from rncp_ld.validation.finding import Finding

TripleSource = Callable[[frozenset[str]], Iterable[Triple]]
"""Given the numbers of the fiches that are kept out, gives the triples of all others; may be called more than once."""

_TOKEN: Final = object()


class CheckedGraph:
    """A graph that was checked. Made by `accept` only.

    Attributes:
        findings: of all chunks, sorted, each once.
        rejected: numbers of the fiches that a violation keeps out.
    """

    def __init__(
        self, token: object, source: TripleSource, findings: tuple[Finding, ...], rejected: frozenset[str]
    ) -> None:
        if token is not _TOKEN:
            raise TypeError("a CheckedGraph is made by rncp_ld.validation.checked.accept")
        self._source = source
        self.findings = findings
        self.rejected = rejected

    def triples(self) -> Iterator[Triple]:
        """Yield the triples that may be published: without the fiches that were kept out."""
        yield from self._source(self.rejected)


def accept(source: TripleSource, outcomes: Iterable[ChunkOutcome], also: frozenset[str] = frozenset()) -> CheckedGraph:
    """Make the checked graph of the outcomes of all its chunks, in any order.

    Args:
        source: gives the triples.
        outcomes: of the chunks.
        also: numbers of fiches that are kept out for what they share (`shared.fiches_that_name`).

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
    return CheckedGraph(_TOKEN, source, tuple(sorted(findings, key=Finding.sort_key)), _rejected(findings) | also)


def rejected_of(outcomes: Iterable[ChunkOutcome]) -> frozenset[str]:
    """Return the numbers of the fiches that a violation keeps out."""
    return _rejected(finding for outcome in outcomes for finding in outcome.findings)


def _rejected(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(f.fiche for f in findings if f.severity is Severity.VIOLATION and f.fiche is not None)
