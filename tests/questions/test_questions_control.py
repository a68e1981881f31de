"""Each competency question on a small invented register: it finds what it should, and leaves out what it should.

The rows were derived by hand from `control/register.ttl`, which says beside each resource what it is there for. That the real
fiches give the right rows is tested apart; many questions have none there.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from rncp_ld.resources import files

CONTROL = Path(__file__).parent / "control"
QUESTIONS = files("ontology", "questions/*.rq")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    whole = ox.Store()
    for path in (*files("ontology", "*.ttl"), *files("ontology", "schemes/*.ttl"), CONTROL / "register.ttl"):
        whole.load(path=str(path))
    return whole


def rows_of(store: ox.Store, query: str) -> str:
    """Return the rows as SPARQL CSV with plain line ends."""
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    text = results.serialize(format=ox.QueryResultsFormat.CSV)
    assert text is not None
    return text.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_finds_its_rows(store: ox.Store, question: Path) -> None:
    expected = (CONTROL / f"{question.stem}.csv").read_text(encoding="utf-8")
    assert rows_of(store, question.read_text(encoding="utf-8")) == expected
    assert expected.count("\n") > 1, "a question without a row shows nothing"


def test_every_expectation_has_its_question() -> None:
    assert {path.stem for path in CONTROL.glob("*.csv")} == {question.stem for question in QUESTIONS}


def test_another_value_gives_other_rows(store: ox.Store) -> None:
    """Exchanging what stands between the quotation marks is all that a tool has to do."""
    query = next(q for q in QUESTIONS if q.stem == "rome-vae").read_text(encoding="utf-8")
    other = rows_of(store, query.replace('{ "K1205" } # param', '{ "M1805" } # param'))
    assert [line.split(",")[0] for line in other.splitlines()] == ["numero", "RNCP36490", "RNCP37873"]
