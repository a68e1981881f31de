"""The invalid files: each says in its header which shape and constraints must fire, and with what severity.

A file is named `{Shape}--{what}.ttl`. All are checked in one graph, each under a base of its own, since the start of a
check costs more than a file; what a file trips is what the check says about the IRIs of its base.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import SH, Graph
from rdflib.term import Node

from rncp_ld.diagnostics import Severity
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple
from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.validation.finding import Finding

FOLDER = Path(__file__).parent / "invalid"
CLOSURE = "Closure"
"""Its file is checked alone: it is about the whole graph."""


@dataclass(frozen=True)
class Case:
    """What the header of an invalid file says."""

    path: Path
    shape: str
    constraints: frozenset[str]
    severity: Severity

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def base(self) -> str:
        return f"https://example.org/{self.name}/"

    def triples(self) -> list[Triple]:
        """Return the file's triples under the case's own base."""
        text = self.path.read_text(encoding="utf-8")
        assert f"@base <{DEFAULT_BASE}> ." in text
        return parse_turtle(text.replace(f"@base <{DEFAULT_BASE}>", f"@base <{self.base}>"))


def read_case(path: Path) -> Case:
    """Read the header: words, shape, constraints, severity, one line each."""
    words, shape, constraints, severity = path.read_text(encoding="utf-8").splitlines()[:4]
    assert words.startswith("# ")
    return Case(
        path,
        shape.removeprefix("# Shape: "),
        frozenset(name.replace("sh:", str(SH), 1) for name in constraints.removeprefix("# Constraints: ").split()),
        Severity(severity.removeprefix("# Severity: sh:").lower()),
    )


CASES = [read_case(path) for path in sorted(FOLDER.glob("*.ttl"))]
LOCAL = [case for case in CASES if not case.name.startswith(CLOSURE)]


def triples_of(cases: Iterable[Case]) -> list[Triple]:
    return [triple for case in cases for triple in case.triples()]


def by_case(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings about each case, by its name."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.focus.removeprefix("https://example.org/").partition("/")[0], []).append(finding)
    return found


def faults(case: Case, findings: Iterable[Finding]) -> list[str]:
    """Say how what fired differs from what the header says: exactly that shape, and no other violation."""
    fired = {(f.shape, f.constraint, f.severity) for f in findings}
    expected = {(case.shape, constraint, case.severity) for constraint in case.constraints}
    missing = [f"did not fire: {one}" for one in expected - fired]
    return missing + [
        f"fired unasked: {one}" for one in fired - expected if one[0] == case.shape or one[2] is Severity.VIOLATION
    ]


def members(graph: Graph) -> set[Node]:
    """Return the shapes that are only members of a sh:or: they report nothing themselves."""
    return {member for head in graph.objects(None, SH["or"]) for member in graph.items(head)}
