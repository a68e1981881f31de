"""What a link by title rests on where no date of beginning is known: order, body, subject, and what the other side says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rncp_ld.model.fiche import (
    CertificationMention,
    Certifier,
    ChangeEvent,
    ChangeType,
    Coded,
    Equivalence,
    EquivalenceKind,
    Fiche,
    Organisation,
    OrganisationMention,
)
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import MentionLink
from tests.registers import Linked, fiche, linked

TITLE = "Allumeur de réverbères"
SCHOOL = (Certifier(Organisation("École des Brumes")),)
SUBJECT: dict[str, Any] = {"nsf": (Coded("332t"),), "rome": (Coded("K1205"),)}


def mention(title: str, kind: str | None = None) -> CertificationMention:
    return CertificationMention(title, 1, "Historique", title, kind)


def old(number: str = "RNCP100", title: str = "Lanternier", names: str = TITLE, **fields: Any) -> Fiche:
    """Make a fiche that says what comes after it; registered on demand, so without a type."""
    event = ChangeEvent(ChangeType.OTHER, "Certification suivante", successor=mention(names))
    return fiche(number, title, **{"level": "4", "certifiers": SCHOOL, "change_events": (event,), **fields})


def new(number: str = "RNCP200", title: str = TITLE, **fields: Any) -> Fiche:
    return fiche(number, title, **{"level": "4", "certifiers": SCHOOL, **fields})


def link_of(found: Linked, number: str = "RNCP100") -> MentionLink:
    (one,) = found.of(number).mentions
    return one


def resolution(*fiches: Fiche) -> tuple[Resolution, tuple[str, ...]]:
    link = link_of(linked(*fiches))
    return link.resolution, link.numbers


def test_one_body_and_the_order_of_numbers_take_the_place_of_dates() -> None:
    assert resolution(old(), new()) == (Resolution.RESOLVED, ("RNCP200",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ecole des brumes", "ECOLE DES BRUMES (EDB)"),
        ("Centre de techniques internationales (CTI)", "CTI"),
        ("Groupement des écoles de l'Est", "Groupement d'écoles privées de l'Est - EMA"),
    ],
)
def test_names_of_one_body(one: str, other: str) -> None:
    assert resolution(
        old(certifiers=(Certifier(Organisation(one)),)), new(certifiers=(Certifier(Organisation(other)),))
    )[0] is Resolution.RESOLVED  # fmt: skip


def test_a_legal_entity_is_one_whatever_its_names() -> None:
    one, other = Organisation("Kedge", "11004401300040"), Organisation("Bordeaux EM", "11004401300057")
    assert resolution(old(certifiers=(Certifier(one),)), new(certifiers=(Certifier(other),)))[0] is Resolution.RESOLVED


def test_an_authority_as_the_text_fiche_prints_it_is_a_body_too() -> None:
    printed = OrganisationMention(
        "L'EMPLOI ET A LA FORMATION PROFESSIONNELLE (DGEFP).)", 1, "Autorité", is_truncated=True
    )
    ministry = (Certifier(Organisation("Ministère chargé de l'Emploi")),)
    assert (
        resolution(old(certifiers=(), certifier_mentions=(printed,)), new(certifiers=ministry))[0]
        is Resolution.RESOLVED
    )


@pytest.mark.parametrize(
    ("one", "other"), [("Institut de Paris", "École nationale des Brumes"), ("Ministère des Ponts", "Ministère chargé des Eaux")]
)  # fmt: skip
def test_words_of_all_bodies_make_none_the_same(one: str, other: str) -> None:
    found = linked(old(certifiers=(Certifier(Organisation(one)),)), new(certifiers=(Certifier(Organisation(other)),)))
    assert link_of(found).resolution is Resolution.CANDIDATE
    (said,) = found.diagnostics
    assert "Candidats : RNCP200. Rien ne confirme : les dates, l'organisme ou la spécialité." in said.message


def test_another_body_with_the_same_subject_takes_over() -> None:
    """Schools merge and are renamed; group of training and job must both be the same then."""
    other = (Certifier(Organisation("Académie du soir")),)
    assert resolution(old(**SUBJECT), new(certifiers=other, **SUBJECT))[0] is Resolution.RESOLVED
    assert resolution(old(**SUBJECT), new(certifiers=other, nsf=SUBJECT["nsf"]))[0] is Resolution.CANDIDATE


def test_a_title_of_the_national_list_says_nothing_without_its_university() -> None:
    """Dozens of universities have a "Mention Droit"."""
    master: dict[str, Any] = {"certification_type": Coded("MASTER"), **SUBJECT}
    other = (Certifier(Organisation("Université de Rive-Haute")),)
    assert resolution(old(**master), new(certifiers=other, **master))[0] is Resolution.CANDIDATE
    assert resolution(old(**master), new(**master))[0] is Resolution.RESOLVED
    ends = old(registration_end=date(2019, 10, 31), **master)
    begins = new(effective_date=date(2019, 9, 1), **master)
    assert resolution(ends, replace(begins, certifiers=other))[0] is Resolution.CANDIDATE
    assert resolution(ends, begins)[0] is Resolution.RESOLVED


@pytest.mark.parametrize(
    "against",
    [
        new("RNCP50"),
        new(registration_end=date(2010, 1, 1)),
        new(effective_date=date(2001, 1, 1)),
        new(is_active=False),
        new(certification_type=Coded("TP")),
        new(successors=("RNCP100",)),
        new(predecessor_mentions=(mention("Autre titre"),)),
    ],
    ids=["number", "end", "beginning", "status", "type", "code", "names another"],
)
def test_what_speaks_against_it_leaves_a_candidate(against: Fiche) -> None:
    """The only fiche of that title stays one to look at; beside another it is none."""
    first = old(is_active=True, registration_end=date(2012, 1, 1), effective_date=date(2002, 1, 1))
    assert resolution(first, against) == (Resolution.CANDIDATE, (against.number,))
    good = new("RNCP201", effective_date=date(2012, 3, 1))
    assert resolution(first, against, good) == (Resolution.RESOLVED, ("RNCP201",))


def test_other_means_no_type() -> None:
    assert resolution(old(), new(certification_type=Coded("Autre")))[0] is Resolution.RESOLVED


@pytest.mark.parametrize("level", [None, "aucun", "reprise"])
def test_no_level_is_no_agreement(level: str | None) -> None:
    assert resolution(old(level=level), new(level=level))[0] is Resolution.CANDIDATE


def test_the_one_that_names_it_back_is_meant() -> None:
    """Two have the title; one says that it comes after "Lanternier". Both mentions are resolved."""
    back = new("RNCP300", certifiers=(), predecessor_mentions=(mention("Lanternier"),))
    found = linked(old(), back, new("RNCP301"))
    assert (link_of(found).resolution, link_of(found).numbers) == (Resolution.RESOLVED, ("RNCP300",))
    assert link_of(found, "RNCP300") == MentionLink("predecesseur", "Lanternier", Resolution.RESOLVED, ("RNCP100",))


def test_a_code_that_says_the_same_decides() -> None:
    """The other fiche names this one by its number: what the title means is no guess, whatever the level."""
    assert resolution(old(), new(level="6", predecessors=("RNCP100",)), new("RNCP201")) == (
        Resolution.RESOLVED,
        ("RNCP200",),
    )


@pytest.mark.parametrize(
    ("second", "third"),
    [({"successors": ("RNCP300",)}, {}), ({}, {"predecessors": ("RNCP200",)})],
    ids=["the second says so", "the third says so"],
)
def test_of_namesakes_that_follow_each_other_the_next_one_is_meant(
    second: dict[str, Any], third: dict[str, Any]
) -> None:
    """RNCP28288 and the RNCP36241 that replaces it have one title: RNCP2383 was replaced by the first."""
    assert resolution(old(), new(**second), new("RNCP300", **third)) == (Resolution.RESOLVED, ("RNCP200",))


def test_two_registers_have_no_common_order() -> None:
    assert resolution(old(), new("RS200"))[0] is Resolution.CANDIDATE


def equivalence(kind: str | None, **fields: Any) -> Fiche:
    declared = Equivalence(EquivalenceKind.DECLARED, mention(TITLE, kind))
    return fiche("RNCP100", "Lanternier", level="4", equivalences=(declared,), **fields)


TP = Coded("TP")
YEARS: dict[str, Any] = {"effective_date": date(2015, 1, 1), "registration_end": date(2020, 1, 1)}


def test_an_equivalence_that_names_its_type_is_resolved_where_level_and_dates_agree() -> None:
    found = linked(equivalence("TP", **YEARS), new(certification_type=TP, **YEARS))
    assert (link_of(found).resolution, link_of(found).numbers) == (Resolution.RESOLVED, ("RNCP200",))
    assert (found.of("RNCP100").replaced_by, found.of("RNCP200").replaces) == ((), ())


@pytest.mark.parametrize(
    ("kind", "mine", "other", "why"),
    [
        (None, YEARS, YEARS, "le type"),
        ("TP", {}, YEARS, "les dates"),
        ("TP", YEARS, {**YEARS, "level": "5"}, "le niveau"),
    ],
)
def test_an_equivalence_is_a_candidate_otherwise(
    kind: str | None, mine: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    found = linked(equivalence(kind, **{"certification_type": TP, **mine}), new(certification_type=TP, **other))
    assert link_of(found).resolution is Resolution.CANDIDATE
    assert f"Rien ne confirme : {why}." in found.diagnostics[0].message


def test_what_had_ended_before_is_no_equivalent() -> None:
    found = linked(equivalence("TP", **YEARS), new(certification_type=TP, registration_end=date(2010, 1, 1)))
    assert link_of(found).resolution is Resolution.CANDIDATE
