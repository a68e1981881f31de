"""Imports run one way, and each outside library has one owner. The table is the rule; a planted import shows it can fail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "rncp_ld"

BASE = {"model", "diagnostics", "errors", "resources", "formats", "headers", "http_client"}
"""What everybody may import: records, diagnostics, errors, where the files are, what they are served as, and how others are asked."""

MAY_IMPORT: dict[str, set[str]] = {
    "diagnostics": set(),
    "errors": set(),
    "formats": set(),
    "headers": set(),
    "http_client": {"diagnostics", "errors"},
    "resources": {"errors"},
    "model": {"diagnostics"},
    "sources": BASE,
    "rdf": BASE,
    "linking": {*BASE, "rdf.iris"},
    "validation": {*BASE, "rdf"},
    "store": {*BASE, "rdf"},
    "publish": {*BASE, "rdf", "store"},
    "fetch": {"errors", "http_client"},
    "serve": {*BASE, "publish", "store", "rdf"},
    "work": {"errors"},
    "pipeline": {*BASE, "sources", "rdf", "linking", "validation", "store", "publish", "work"},
    "cli": {*BASE, "pipeline", "fetch", "serve", "store", "publish", "rdf", "work"},
    "__main__": {"cli"},
    "__init__": set(),
}

OWNERS: dict[str, set[str]] = {
    "lxml": {"sources"},
    "pyshacl": {"validation"},
    "rdflib": {"validation", "publish"},
    "pyoxigraph": {"rdf", "store"},
    "jinja2": {"publish"},
    "markupsafe": {"publish"},
    "click": {"cli"},
    "distributed": {"work"},
    "rich": {"cli", "store"},
    "httpx": {"fetch", "http_client", "serve", "store"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
}
"""Outside library → the parts that may import it. The reason for each stands in docs/decisions.md."""


def imports(source: str) -> Iterator[str]:
    """Yield the full names that a module imports, those inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def faults(part: str, source: str) -> list[str]:
    """Return what a module of a part imports against the rules."""
    found: list[str] = []
    for name in imports(source):
        top = name.split(".")[0]
        if top == "rncp_ld":
            inner = name.removeprefix("rncp_ld").removeprefix(".")
            if inner == "__version__" or inner.split(".")[0] == part:
                continue
            if not any(f"{inner}.".startswith(f"{allowed}.") for allowed in MAY_IMPORT[part]):
                found.append(f"{part} imports {name}")
        elif top in OWNERS and part not in OWNERS[top]:
            found.append(f"{part} imports {top}, which belongs to {', '.join(sorted(OWNERS[top]))}")
    return found


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(PACKAGE)) for p in MODULES])
def test_imports_run_one_way(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert faults(part, path.read_text(encoding="utf-8")) == []


def test_every_part_has_a_rule() -> None:
    parts = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in MODULES}
    assert parts == set(MAY_IMPORT)


@pytest.mark.parametrize(
    ("part", "planted"),
    [
        ("sources", "from rncp_ld.rdf.iris import Iris"),
        ("rdf", "from rncp_ld.sources.reading import SourceReader"),
        ("serve", "import rncp_ld.sources"),
        ("linking", "from rncp_ld.rdf.mapping import map_fiche"),
        ("fetch", "from rncp_ld.sources.archives import open_archive"),
        ("publish", "import pyshacl"),
        ("model", "def late():\n    import lxml.etree"),
    ],
)
def test_the_rule_can_fail(part: str, planted: str) -> None:
    assert faults(part, planted)
