"""Each competency question on the graph that is really published, through the code of `rncp-ld query`.

`seed/` holds the rows on the fiche that ships with the project, `real/` the number of rows, their codes and a hash on the
real fiches. `UPDATE_GOLDENS=1` writes what is there now, and still fails.
"""

from __future__ import annotations

import io
import json
import os
import re
from hashlib import sha256
from pathlib import Path

import pytest

from rncp_ld.rdf.iris import Iris
from rncp_ld.store.query import run_query
from rncp_ld.store.questions import Question, list_questions, load_query
from rncp_ld.store.store import GraphStore

HERE = Path(__file__).parent
QUESTIONS = list_questions()
IDS = [question.name for question in QUESTIONS]


def rows_of(store: GraphStore, query: str) -> str:
    """Return the rows as the command writes them with `--format csv`, with plain line ends."""
    out = io.BytesIO()
    run_query(store, query, "csv", out, Iris().namespace)
    return out.getvalue().decode().replace("\r\n", "\n")


def compare(path: Path, actual: str) -> None:
    """Fail where the expected rows are missing or differ; with UPDATE_GOLDENS write them, and fail all the same."""
    expected = path.read_text(encoding="utf-8") if path.exists() else None
    if actual != expected and os.environ.get("UPDATE_GOLDENS"):
        path.write_text(actual, encoding="utf-8")
        pytest.fail(f"{path.name} was written; look at the difference, then run again without UPDATE_GOLDENS")
    assert actual == expected


@pytest.fixture(scope="session")
def seed_store(seed_build: Path) -> GraphStore:
    return GraphStore.open(seed_build / "store")


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_rows_on_the_seed(question: Question, seed_store: GraphStore) -> None:
    values = {p.name: "RNCP2383" for p in question.parameters if p.name == "fiche"}
    compare(HERE / "seed" / f"{question.name}.csv", rows_of(seed_store, load_query(f"@{question.name}", values)))


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_rows_on_the_real_fiches(question: Question, real_store: GraphStore) -> None:
    rows = rows_of(real_store, question.text)
    found = {
        "rows": rows.count("\n") - 1,
        "codes": sorted(set(re.findall(r"\b(?:RNCP|RS)[0-9]+(?:BC[0-9]+)?\b", rows)))[:50],
        "sha256": sha256(rows.encode()).hexdigest(),
    }
    compare(HERE / "real" / f"{question.name}.json", json.dumps(found, indent=1) + "\n")


def test_the_questions_that_this_project_was_made_for(real_store: GraphStore) -> None:
    """Active certifications that lead to ROME M1805 and are open to VAE."""
    rows = rows_of(real_store, load_query("@rome-vae", {"rome": "M1805"})).splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["RNCP36490", "RNCP37873"]


def test_every_expectation_has_its_question() -> None:
    for folder in ("seed", "real"):
        assert {path.stem for path in (HERE / folder).iterdir()} == set(IDS)
