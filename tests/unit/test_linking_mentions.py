"""Mentions without a code: a title alone never makes a link."""

from __future__ import annotations

from datetime import date

import pytest

from rncp_ld.linking.titles import normalise_title
from rncp_ld.model.fiche import (
    CertificationMention,
    ChangeEvent,
    ChangeType,
    Coded,
    Equivalence,
    EquivalenceKind,
    Fiche,
)
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import MentionLink
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from tests.registers import Linked, fiche, linked

TP = Coded("TP", "Titre professionnel")
TURN = date(2017, 1, 17)
NEW_TITLE = "Médiateur(trice) social(e) accès aux droits et services"


def mention(title: str | None, kind: str | None = None, **fields: object) -> CertificationMention:
    return CertificationMention(title or "BPJEPS toutes spécialités", 1, "Liens", title, kind, **fields)  # type: ignore[arg-type]


def old(successor: CertificationMention, **fields: object) -> Fiche:
    """RNCP2383: closed by an arrêté of 3 January 2017 that names what follows by its title."""
    event = ChangeEvent(ChangeType.TITLE, "Changement d'intitulé", NEW_TITLE, successor, TURN)
    return fiche(
        "RNCP2383", "Technicien", **{"certification_type": TP, "level": "4", "change_events": (event,), **fields}
    )


def new(number: str = "RNCP28288", title: str = NEW_TITLE, **fields: object) -> Fiche:
    """RNCP28288: its successor, as all agrees."""
    return fiche(
        number, title, **{"certification_type": TP, "level": "4", "effective_date": date(2017, 4, 28), **fields}
    )


def link_of(found: Linked, number: str = "RNCP2383") -> MentionLink:
    (one,) = found.of(number).mentions
    return one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NEW_TITLE, "MEDIATEUR SOCIAL ACCES AUX DROITS ET SERVICES"),
        (NEW_TITLE, "Médiateur social, accès aux droits et services."),
        ("Technicien(ne) médiation services", "Technicien médiation services"),
        ("Boulanger(ère)", "Boulanger"),
    ],
)
def test_titles_that_are_the_same_title(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


def test_titles_that_are_not() -> None:
    assert normalise_title("Technicien réseaux") != normalise_title("Technicien réseau")


def test_type_level_and_dates_agree_so_it_is_resolved() -> None:
    found = linked(old(mention(NEW_TITLE)), new())
    assert link_of(found) == MentionLink("successeur", NEW_TITLE, Resolution.RESOLVED, ("RNCP28288",))
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    "other",
    [
        new(level="3"),
        new(level=None),
        new(certification_type=None),
        new(effective_date=date(2019, 1, 1)),
        new(effective_date=None),
    ],
    ids=["level", "no level", "no type", "dates", "no date"],
)
def test_a_unique_title_alone_stays_a_candidate(other: Fiche) -> None:
    found = linked(old(mention(NEW_TITLE)), other)
    assert link_of(found) == MentionLink("successeur", NEW_TITLE, Resolution.CANDIDATE, ("RNCP28288",))
    (said,) = found.diagnostics
    assert (said.code, said.fiche, said.path, said.excerpt) == ("MENTION-CANDIDATE", "RNCP2383", "Liens", NEW_TITLE)
    assert "Candidats : RNCP28288." in said.message


def test_another_type_is_no_candidate() -> None:
    found = linked(old(mention(NEW_TITLE, "BAC PRO")), new())
    assert link_of(found) == MentionLink("successeur", NEW_TITLE, Resolution.UNRESOLVED, ())


def test_a_title_that_two_fiches_have_is_ambiguous_whatever_agrees() -> None:
    """Titles recur in 1,220 groups of the register of 2020."""
    found = linked(old(mention(NEW_TITLE)), new(), new("RNCP30000", level="3"))
    assert link_of(found) == MentionLink("successeur", NEW_TITLE, Resolution.AMBIGUOUS, ("RNCP28288", "RNCP30000"))
    assert "Candidats : RNCP28288, RNCP30000." in found.diagnostics[0].message


def test_nothing_of_that_title() -> None:
    found = linked(old(mention("Moniteur-éducateur")), new())
    assert link_of(found) == MentionLink("successeur", "Moniteur-éducateur", Resolution.UNRESOLVED, ())
    assert found.diagnostics == ()


def test_the_fiche_s_own_title_is_not_what_it_names() -> None:
    found = linked(old(mention("Technicien")))
    assert link_of(found).resolution is Resolution.UNRESOLVED


def test_an_equivalent_title_without_dates_is_a_candidate() -> None:
    """Nothing says that both were valid at a time."""
    declared = Equivalence(EquivalenceKind.DECLARED, mention(NEW_TITLE, "TP"))
    found = linked(fiche("RNCP2383", "Technicien", level="4", certification_type=TP, equivalences=(declared,)), new())
    assert link_of(found).resolution is Resolution.CANDIDATE


def test_a_predecessor_is_found_the_other_way_round() -> None:
    follower = new(predecessor_mentions=(mention("Technicien"),), effective_date=TURN)
    found = linked(
        follower, fiche("RNCP2383", "Technicien", certification_type=TP, level="4", registration_end=date(2016, 12, 31))
    )
    assert link_of(found, "RNCP28288") == MentionLink("predecesseur", "Technicien", Resolution.RESOLVED, ("RNCP2383",))


def test_a_whole_family_is_named_generically() -> None:
    """«BPJEPS toutes spécialités» refers to a type; no certification is its candidate."""
    record = fiche(
        "RNCP2383", equivalences=(Equivalence(EquivalenceKind.DECLARED, mention(None, "BPJEPS", is_generic=True)),)
    )
    assert linked(record, fiche("RNCP9", "BPJEPS toutes spécialités")).of("RNCP2383").mentions == ()
    iris = Iris()
    said = {(p, o) for s, p, o in map_fiche(record, iris) if "#mention-equivalence" in s}
    assert (iris.rncp.resolution, iris.concept("resolution", "generique")) in said
    assert (iris.rncp.refersTo, iris.certification_type("BPJEPS")) in said


def test_a_resolved_mention_of_a_successor_is_a_succession() -> None:
    """Type, level and dates agree: what the mention refers to replaces the certification, for queries too."""
    found = linked(old(mention(NEW_TITLE)), new())
    assert found.of("RNCP2383").mentions[0].resolution is Resolution.RESOLVED
    assert (found.of("RNCP2383").replaced_by, found.of("RNCP28288").replaces) == (("RNCP28288",), ("RNCP2383",))


def test_a_candidate_makes_no_succession() -> None:
    found = linked(old(mention(NEW_TITLE)), new(level="5"))
    assert found.of("RNCP2383").mentions[0].resolution is Resolution.CANDIDATE
    assert (found.of("RNCP2383").replaced_by, found.of("RNCP28288").replaces) == ((), ())
