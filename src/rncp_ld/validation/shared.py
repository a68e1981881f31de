"""What is wrong with a resource that fiches share (an organisation, an act, a concept) is wrong with each fiche that names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rncp_ld.diagnostics import Severity
from rncp_ld.rdf.iris import document_of, fiche_of
from rncp_ld.rdf.terms import Triple
from rncp_ld.validation.check import ChunkOutcome


def broken_resources(outcomes: Iterable[ChunkOutcome]) -> frozenset[str]:
    """Return the pages (N-Triples text) of shared resources with a violation."""
    return frozenset(
        document_of(f"<{finding.focus}>")
        for outcome in outcomes
        for finding in outcome.findings
        if finding.severity is Severity.VIOLATION and finding.fiche is None
    )


def fiches_that_name(
    resources: Iterable[str], triples: Callable[[], Iterable[Triple]], base: str
) -> Mapping[str, frozenset[str]]:
    """Say which fiches name each of some shared resources, themselves or through another shared resource.

    A fiche names an establishment, and so its legal entity; an act, and so what this amends. A candidate is not named: it
    is only a possible match.

    Args:
        resources: pages, as N-Triples text.
        triples: gives the whole graph, again for each step of the way from a resource to its fiches.
        base: of our IRIs.
    """
    candidate = f"<{base}def#candidate>"
    origin = {resource: {resource} for resource in resources}
    found: dict[str, set[str]] = {resource: set() for resource in origin}
    step = set(origin)
    while step:
        further: set[str] = set()
        for subject, predicate, value in triples():
            named = document_of(value) if value.startswith("<") else ""
            if named not in step or predicate == candidate:
                continue
            owner, page = fiche_of(subject, base), document_of(subject)
            if owner is not None:
                for resource in origin[named]:
                    found[resource].add(owner)
            elif not origin[named] <= origin.setdefault(page, set()):
                origin[page] |= origin[named]
                further.add(page)
        step = further
    return {resource: frozenset(numbers) for resource, numbers in sorted(found.items())}
