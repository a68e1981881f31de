"""The documents say what the code does: those that are made from it are equal to it, and the table of IRIs names what there is."""

from __future__ import annotations

import re

import pytest

from rncp_ld.diagnostics import CODES
from rncp_ld.rdf.terms import Triple
from tests.documents import DOCS, DOCUMENTS, render_cli

B = "https://w3id.org/rncp/"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_is_made_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == DOCUMENTS[name](), "run `python -m tests.documents`"


def test_every_code_is_in_the_document_with_its_severity() -> None:
    rows = re.findall(
        r"^\| `([A-Z0-9-]+)` \| (\w+) \| (.+) \|$", (DOCS / "diagnostics.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    words = {"violation": "violation", "avertissement": "warning", "information": "info"}
    assert [(code, words[word], says) for code, word, says in rows] == [
        (code, severity.value, says) for code, (severity, says) in CODES.items()
    ]


def test_every_code_is_used_and_every_used_code_is_known() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (DOCS.parent / "src").rglob("*.py")
        if path.name != "diagnostics.py"
    )
    assert [code for code in CODES if f'"{code}"' not in sources] == []


def test_every_command_is_in_the_document() -> None:
    assert re.findall(r"^## rncp-ld (\w+)$", render_cli(), re.MULTILINE) == [
        "build",
        "check",
        "convert",
        "fetch",
        "push",
        "query",
        "serve",
    ]


def examples() -> list[str]:
    """Return the paths of docs/iris.md that are whole: without {} and not a fragment alone."""
    table = (DOCS / "iris.md").read_text(encoding="utf-8").partition("| --- |")[2].partition("\n\n")[0]
    return [path for path in re.findall(r"`([^`]+)`", table) if "{" not in path and not path.startswith("#")]


def test_the_table_of_iris_has_examples() -> None:
    assert len(examples()) > 25


def test_every_kind_of_iri_is_in_the_table(real_graph: list[Triple]) -> None:
    """The other way round: what is published is of a kind that the document names."""
    text = (DOCS / "iris.md").read_text(encoding="utf-8")
    kinds = {
        s.removeprefix(f"<{B}").partition("/")[0].partition("#")[0].rstrip(">")
        for s, _, _ in real_graph
        if s.startswith(f"<{B}")
    }
    small = {s.removeprefix(f"<{B}scheme/").rstrip(">") for s, _, _ in real_graph if s.startswith(f"<{B}scheme/")}
    assert {kind for kind in kinds - small if f"`{kind}" not in text and f", `{kind}" not in text} == set()


ELSEWHERE = {"dataset", "catalog", "shapes", "shapes#Certification", "quality/report"}
"""In files of their own, not in the graph."""

ABSENT = {
    "convention/idcc-1486", "convention/numero-3109", "formacode/44028", "organisation/siret-11004401300040",
    "organisation/siren-110044013",
}  # fmt: skip
"""What neither the seed nor the 15 real fiches name: examples of DESIGN."""


def test_the_examples_are_iris_of_the_graph(real_graph: list[Triple]) -> None:
    subjects = {s for s, _, _ in real_graph}
    assert {path for path in examples() if f"<{B}{path}>" not in subjects} - ELSEWHERE - ABSENT == set()
