"""Checks chunks of the graph: the own triples of some fiches, or the descriptions of what fiches share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from rncp_ld.diagnostics import Severity
from rncp_ld.errors import CheckError
from rncp_ld.rdf.terms import Triple
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.validation.closure import undeclared_terms
from rncp_ld.validation.conditions import Condition
from rncp_ld.validation.finding import Finding
from rncp_ld.validation.graph import data_graph
from rncp_ld.validation.shapes import LOG, Shapes

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
    chunk = list(triples)
    focus_nodes = {subject for subject, predicate, cls in chunk if predicate == RDF_TYPE and cls in shapes.targets}
    findings = _closure(chunk, shapes)
    if focus_nodes:
        findings |= _validate(data_graph(chunk, shapes.terms), shapes)
    return ChunkOutcome(tuple(sorted(findings, key=Finding.sort_key)), len(focus_nodes))


def check_graph(triples: Iterable[Triple], shapes: Shapes) -> list[Finding]:
    """Check a whole graph at once.

    Raises:
        CheckError: no shape finds a focus node, which pySHACL would call conforming; or the shapes are broken.
    """
    outcome = check_chunk(triples, shapes)
    if not outcome.focus_nodes:
        raise CheckError("no shape finds anything to look at in this graph: pySHACL would call it conforming")
    return list(outcome.findings)


def _validate(graph: Graph, shapes: Shapes) -> set[Finding]:
    """Run pySHACL. The shapes were read once, in `load_shapes`; the data graph is not cloned (`inplace`)."""
    options = {"inplace": True, "logger": LOG}
    try:
        data = DataGraph.from_rdflib(graph)
        validator = Validator(data, shacl_graph=shapes.prepared.graph, options=options)
        validator.shacl_graph = shapes.prepared
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]
        found = _findings(report, shapes)
        for condition in shapes.conditions:
            for node in condition.failing(data, shapes.prepared, validator.make_executor()):
                found.add(_failed(condition, str(node), shapes))
    except ReportableRuntimeError as error:
        raise CheckError(f"the shapes are broken: {error}") from error
    return found


def _failed(condition: Condition, node: str, shapes: Shapes) -> Finding:
    shape = str(condition.shape)
    message = shapes.messages.get(shape, ("", ""))
    # The value node of a node shape is its focus node.
    return Finding(_SEVERITIES[condition.severity], node, None, node, shape, str(SH.OrConstraintComponent), *message)


def _findings(report: Graph, shapes: Shapes) -> set[Finding]:
    """Read the results. Messages come from the shapes: pySHACL drops the language of those of SPARQL constraints."""
    found: set[Finding] = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        about = dict(report.predicate_objects(result))
        shape = str(about[SH.sourceShape])
        message = shapes.messages.get(str(about.get(SH.sourceConstraint))) or shapes.messages.get(shape, ("", ""))
        path, value = about.get(SH.resultPath), about.get(SH.value)
        found.add(
            Finding(
                _SEVERITIES[about[SH.resultSeverity]],
                str(about[SH.focusNode]),
                None if path is None else str(path),
                None if value is None else str(value),
                shape,
                str(about[SH.sourceConstraintComponent]),
                *message,
            )
        )
    return found


def _closure(chunk: list[Triple], shapes: Shapes) -> set[Finding]:
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
        for term in undeclared_terms(chunk, shapes.base, shapes.declared)
    }
