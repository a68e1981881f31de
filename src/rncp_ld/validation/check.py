"""Checks chunks of the graph: the own triples of some fiches, or the descriptions of what fiches share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyshacl.errors import ReportableRuntimeError
from pyshacl.pytypes import SHACLExecutor
from rdflib import SH, URIRef
from rdflib.term import Node

from rncp_ld.diagnostics import Severity
from rncp_ld.errors import CheckError
from rncp_ld.rdf.terms import Triple
from rncp_ld.validation.closure import undeclared_terms
from rncp_ld.validation.finding import Finding
from rncp_ld.validation.graph import ChunkGraph, Index, index_of
from rncp_ld.validation.shapes import Shapes

_SEVERITIES: Mapping[Node, Severity] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class ChunkOutcome:
    """What the check of one chunk gave; small and picklable, so that chunks can be checked in any process.

    Attributes:
        findings: sorted, each once.
        focus_nodes: how many resources some shape targets.
    """

    findings: tuple[Finding, ...]
    focus_nodes: int


def check_chunk(triples: Iterable[Triple], shapes: Shapes) -> ChunkOutcome:
    """Check the triples of some fiches, or of shared resources.

    A chunk holds all triples of the fiches that it describes (links included); what it only names may be elsewhere.

    Raises:
        CheckError: the shapes are broken; data that does not conform is a finding.
    """
    index = index_of(triples)
    suspects = shapes.prefilter.suspects(index)
    findings = {_finding(result, shapes) for result in _results(suspects.nodes, index, shapes)} | _closure(
        suspects.doubtful, shapes
    )
    return ChunkOutcome(tuple(sorted(findings, key=Finding.sort_key)), suspects.focus_nodes)


def check_graph(triples: Iterable[Triple], shapes: Shapes) -> list[Finding]:
    """Check a whole graph at once.

    Raises:
        CheckError: no shape finds a focus node, which pySHACL would call conforming; or the shapes are broken.
    """
    outcome = check_chunk(triples, shapes)
    if not outcome.focus_nodes:
        raise CheckError("no shape finds anything to look at in this graph: pySHACL would call it conforming")
    return list(outcome.findings)


def _results(suspects: Mapping[Node, Sequence[str]], index: Index, shapes: Shapes) -> Iterator[Mapping[Node, Node]]:
    """Run pySHACL on the suspects; yield the properties of each result."""
    graph, executor = ChunkGraph(index, shapes.terms), SHACLExecutor()
    looks = [(shape, [URIRef(node[1:-1]) for node in nodes]) for shape, nodes in suspects.items()]
    try:
        for shape, focus in (*looks, *((shape, None) for shape in shapes.prefilter.always)):
            _, results = shapes.prepared.lookup_shape_from_node(shape).validate(executor, graph, focus)
            for _, _, properties in results:
                # Beside some of its terms pySHACL keeps the graph that they are from.
                yield {p: value[1] if isinstance(value, tuple) else value for _, p, value in properties}
    except ReportableRuntimeError as error:
        raise CheckError(f"the shapes are broken: {error}") from error
    finally:
        graph.close()


def _finding(about: Mapping[Node, Node], shapes: Shapes) -> Finding:
    """Read a result. Messages come from the shapes: pySHACL drops the language of those of SPARQL constraints."""
    shape = str(about[SH.sourceShape])
    message = shapes.messages.get(str(about.get(SH.sourceConstraint))) or shapes.messages.get(shape, ("", ""))
    path, value = about.get(SH.resultPath), about.get(SH.value)
    return Finding(
        _SEVERITIES[about[SH.resultSeverity]],
        str(about[SH.focusNode]),
        None if path is None else str(path),
        None if value is None else str(value),
        shape,
        str(about[SH.sourceConstraintComponent]),
        *message,
    )


def _closure(index: Index, shapes: Shapes) -> set[Finding]:
    shape = f"{shapes.base}shapes#Closure"
    return {
        Finding(
            Severity.VIOLATION,
            f"{shapes.base}def",
            None,
            term,
            shape,
            str(SH.SPARQLConstraintComponent),
            *shapes.messages.get(shape, ("", "")),
        )
        for term in undeclared_terms(index, shapes.base, shapes.declared)
    }
