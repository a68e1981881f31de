"""Chains of successions: where they lead, and what becomes of those that come back to where they began."""

from __future__ import annotations

from time import process_time

import pytest

from rncp_ld.linking.chains import active_ends, circles, strong_components
from rncp_ld.model.fiche import Fiche
from tests.registers import Linked, fiche, linked


def step(number: str, *successors: str, active: bool | None = False) -> Fiche:
    return fiche(number, is_active=active, successors=successors)


def circles_of(found: Linked) -> list[tuple[str | None, str, str | None]]:
    """Return fiche, way and next number of each report of a circle."""
    said = [d for d in found.diagnostics if d.code == "SUCCESSION-EN-BOUCLE"]
    return [(d.fiche, d.message.partition("disent. ")[2], d.excerpt) for d in said]


def test_a_chain_is_followed_to_the_active_certification() -> None:
    found = linked(step("RNCP1", "RNCP2"), step("RNCP2", "RNCP3"), step("RNCP3", active=True))
    assert [found.of(f"RNCP{n}").active_successors for n in (1, 2, 3)] == [("RNCP3",), ("RNCP3",), ()]


def test_every_active_one_counts_and_an_active_one_needs_none() -> None:
    """RNCP2 is active and has been replaced all the same: both lead on from RNCP1, and RNCP2 itself is not closed."""
    found = linked(
        step("RNCP1", "RNCP2", "RNCP4"), step("RNCP2", "RNCP3", active=True), step("RNCP3", active=True), step("RNCP4")
    )
    assert found.of("RNCP1").active_successors == ("RNCP2", "RNCP3")
    assert found.of("RNCP2").active_successors == ()


def test_a_chain_goes_through_a_fiche_that_nobody_describes() -> None:
    """RNCP9 is only named, by both its neighbours; that is all that is known of it, and enough to go on."""
    found = linked(step("RNCP1", "RNCP9"), fiche("RNCP2", is_active=True, predecessors=("RNCP9",)))
    assert found.of("RNCP1").active_successors == ("RNCP2",)


def test_a_chain_that_leads_to_none() -> None:
    found = linked(step("RNCP1", "RNCP2"), step("RNCP2", "RNCP42005"))
    assert found.of("RNCP1").active_successors == ()


@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_circle_is_kept_and_reported_from_each_of_its_fiches(length: int) -> None:
    numbers = [f"RNCP{n}" for n in range(1, length + 1)]
    after = dict(zip(numbers, [*numbers[1:], numbers[0]], strict=True))
    found = linked(*(step(number, after[number]) for number in numbers))
    assert {number: found.of(number).replaced_by for number in numbers} == {n: (after[n],) for n in numbers}
    assert {number: found.of(number).active_successors for number in numbers} == dict.fromkeys(numbers, ())
    ways = [[*numbers[n:], *numbers[:n], numbers[n]] for n in range(length)]
    assert circles_of(found) == [(way[0], f"{' → '.join(way)}.", way[1]) for way in ways]


def test_a_circle_that_both_sides_of_one_fiche_say() -> None:
    """RNCP1 names RNCP2 as what came before it, and as what comes after."""
    found = linked(fiche("RNCP1", successors=("RNCP2",), predecessors=("RNCP2",)), fiche("RNCP2"))
    assert [fiche for fiche, _, _ in circles_of(found)] == ["RNCP1", "RNCP2"]


def test_a_way_out_of_a_circle_is_found() -> None:
    found = linked(step("RNCP1", "RNCP2"), step("RNCP2", "RNCP1", "RNCP3"), step("RNCP3", active=True))
    assert [found.of(f"RNCP{n}").active_successors for n in (1, 2)] == [("RNCP3",), ("RNCP3",)]


def test_an_active_one_in_a_circle_is_where_it_leads() -> None:
    found = linked(step("RNCP1", "RNCP2"), step("RNCP2", "RNCP1", active=True))
    assert (found.of("RNCP1").active_successors, found.of("RNCP2").active_successors) == (("RNCP2",), ())


def test_two_circles_that_share_a_fiche_are_both_reported() -> None:
    found = linked(step("RNCP1", "RNCP2", "RNCP3"), step("RNCP2", "RNCP1"), step("RNCP3", "RNCP1"))
    assert {way for _, way, _ in circles_of(found)} == {
        "RNCP1 → RNCP2 → RNCP1.", "RNCP2 → RNCP1 → RNCP2.", "RNCP1 → RNCP3 → RNCP1.", "RNCP3 → RNCP1 → RNCP3.",
    }  # fmt: skip


def test_what_only_leads_to_a_circle_is_in_none() -> None:
    found = linked(step("RNCP1", "RNCP2"), step("RNCP2", "RNCP3"), step("RNCP3", "RNCP2"))
    assert {number for number, _, _ in circles_of(found)} == {"RNCP2", "RNCP3"}


def test_a_long_circle_is_shortened_in_the_message_only() -> None:
    numbers = [f"RNCP{n}" for n in range(10, 30)]
    found = linked(*(step(one, numbers[(n + 1) % 20]) for n, one in enumerate(numbers)))
    ways = {fiche: way for fiche, way, _ in circles_of(found)}
    assert set(ways) == set(numbers)
    assert ways["RNCP28"] == (
        "RNCP28 → RNCP29 → RNCP10 → RNCP11 → RNCP12 → RNCP13 → RNCP14 → RNCP15 → … (20 fiches) → RNCP28."
    )


def test_a_chain_longer_than_the_stack_takes_no_time() -> None:
    count = 100_000
    links = {f"{n:06}": (f"{n + 1:06}",) for n in range(count)}
    start = process_time()
    components = strong_components(links)
    ends = active_ends(links, components, {f"{count:06}"})
    assert (len(components), len(set(ends.values()))) == (count + 1, 2)
    assert list(circles(links, components)) == []
    assert process_time() - start < 10
