"""Linking by title on the register of 2020: what `make bench` prints must hold, and the seed finds its successor there."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.linking import HALVES, SETTINGS, Case, explain, figures_of, measure, worst_of
from benchmarks.register_2020 import Register, read_register

from rncp_ld.linking.facts import facts_of
from rncp_ld.model.legal import Resolution
from rncp_ld.sources.reading import SourceReader
from tests.registers import facts, linked


@pytest.fixture(scope="module")
def register(shared: Path) -> Register:
    return read_register(shared / "data" / "tables")


@pytest.fixture(scope="module")
def cases(register: Register) -> list[Case]:
    return measure(register, SETTINGS["next only"])


def test_the_whole_register_is_measured(register: Register, cases: list[Case]) -> None:
    assert (len(register.fiches), len(cases)) == (17_729, 3_076)


def test_no_record_holds_the_truth(register: Register) -> None:
    assert not any(one.successors or one.predecessors for one in register.fiches.values())


@pytest.mark.parametrize("half", HALVES)
def test_precision_first_then_recall(half: str, cases: list[Case]) -> None:
    """The rules were chosen on one half; the other one shows that they are not made for it."""
    figures = figures_of([case for case in cases if case.half == half])
    assert figures.precision >= 0.98
    assert figures.recall >= 0.6


def test_a_fiche_that_is_not_there_is_seldom_replaced_by_another(cases: list[Case]) -> None:
    """What is meant is withheld: most mentions are left open, though another fiche has the title."""
    assert figures_of(cases).withheld / len(cases) < 0.11


def test_the_right_one_is_nearly_always_named(cases: list[Case]) -> None:
    assert figures_of(cases).listed / len(cases) > 0.98


def test_the_worst_cases_say_why(cases: list[Case]) -> None:
    worst = worst_of(cases)
    assert len(worst) == 10
    assert sum(case.is_wrong for case in worst) == figures_of(cases).wrong
    assert all("true: " in "\n".join(explain(case)) for case in worst)


def test_the_seed_names_its_successor(register: Register, project: Path) -> None:
    """Fiche 2383 as its text is, RNCP28288 as the register of 2020 has it: title, type and level agree, and the ministry."""
    (seed,) = (r for r in SourceReader([str(project / "data" / "fiches")]).readings() if r.number == "RNCP2383")
    assert seed.fiche is not None
    found = linked(facts_of(seed, seed.fiche), facts(register.fiches["RNCP28288"]))
    mention = next(one for one in found.of("RNCP2383").mentions if one.role == "successeur")
    assert (mention.resolution, mention.numbers) == (Resolution.RESOLVED, ("RNCP28288",))
    assert found.of("RNCP2383").replaced_by == found.of("RNCP2383").active_successors == ("RNCP28288",)
    assert found.of("RNCP28288").replaces == ("RNCP2383",)
