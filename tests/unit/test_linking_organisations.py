"""Organisations: an establishment is a unit of its legal entity; a name is never enough to merge two of them."""

from __future__ import annotations

import pytest

from rncp_ld.model.fiche import (
    Certifier,
    Fiche,
    Habilitation,
    Organisation,
    OrganisationMention,
    Partnership,
    PartnershipStatus,
)
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import LinkedOrganisation
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.organisation import map_organisations
from rncp_ld.rdf.terms import Triple
from tests.registers import NEW, OLD, Linked, facts, fiche, linked

SIRET, OTHER_SIRET = "11004401300040", "11004401300057"
"""Two establishments of the ministère chargé de l'enseignement supérieur."""
B = Iris().base


def certified_by(number: str, *organisations: Organisation) -> Fiche:
    return fiche(number, certifiers=tuple(Certifier(one) for one in organisations))


def by_key(found: Linked) -> dict[str, LinkedOrganisation]:
    return {one.key: one for one in found.register.organisations}


def triples(found: Linked) -> set[Triple]:
    return set(map_organisations(found.register.organisations, Iris()))


def test_an_establishment_is_a_unit_of_its_legal_entity() -> None:
    graph = triples(
        linked(certified_by("RNCP1", Organisation("Ministère", SIRET), Organisation("Ministère", OTHER_SIRET)))
    )
    entity = f"<{B}organisation/siren-110044013>"
    for siret in (SIRET, OTHER_SIRET):
        unit = f"<{B}organisation/siret-{siret}>"
        assert (unit, "<http://www.w3.org/ns/org#unitOf>", entity) in graph
        assert (unit, f"<{B}def#siret>", f'"{siret}"') in graph
    registration = f"<{B}organisation/siren-110044013#registration>"
    assert (entity, "<http://www.w3.org/ns/regorg#registration>", registration) in graph
    assert (registration, "<http://www.w3.org/2004/02/skos/core#notation>", '"110044013"') in graph
    assert (entity, f"<{B}def#siren>", '"110044013"') in graph
    assert len([t for t in graph if t[0] == entity and t[1].endswith("prefLabel>")]) == 1


def test_one_establishment_with_several_names_has_one_preferred_name() -> None:
    """242 SIRETs of 2020 have several names."""
    found = linked(
        facts(certified_by("RNCP1", Organisation("AFPA", SIRET, "Agence", "https://afpa.fr")), OLD),
        facts(certified_by("RNCP2", Organisation("Agence nationale", SIRET)), NEW),
        facts(certified_by("RNCP3", Organisation("", SIRET)), NEW),
    )
    (one,) = found.register.organisations
    assert (one.pref_label, one.alt_labels, one.websites) == (
        "Agence nationale",
        ("AFPA", "Agence"),
        ("https://afpa.fr",),
    )


def test_the_same_name_without_siret_is_a_candidate_and_never_a_merge() -> None:
    found = by_key(
        linked(
            certified_by("RNCP1", Organisation("École d'ingénieurs", SIRET)),
            certified_by("RNCP2", Organisation("ECOLE D’INGENIEURS")),
            certified_by("RNCP3", Organisation("École de commerce")),
        )
    )
    assert found["nom-ecole-d-ingenieurs"].candidates == (f"siret-{SIRET}",)
    assert found["nom-ecole-de-commerce"].candidates == ()
    assert found[f"siret-{SIRET}"].candidates == ()
    assert len(found) == 3


def test_a_name_that_two_establishments_have_has_two_candidates() -> None:
    found = linked(
        certified_by("RNCP1", Organisation("Ministère", SIRET), Organisation("Ministère", OTHER_SIRET)),
        certified_by("RNCP2", Organisation("Ministère")),
    )
    assert by_key(found)["nom-ministere"].candidates == (f"siret-{SIRET}", f"siret-{OTHER_SIRET}")
    graph = triples(found)
    assert len([t for t in graph if t[1] == f"<{B}def#candidate>"]) == 2
    assert not [t for t in graph if "sameAs" in t[1]]


def test_spellings_that_differ_by_case_accents_and_stops_are_one_name() -> None:
    found = linked(
        certified_by("RNCP1", Organisation("Ministère de l'Éducation")),
        certified_by("RNCP2", Organisation("MINISTERE DE L’EDUCATION.")),
        certified_by("RNCP3", Organisation("MINISTERE DE L’EDUCATION.")),
    )
    (one,) = found.register.organisations
    assert (one.pref_label, one.alt_labels) == ("MINISTERE DE L’EDUCATION.", ("Ministère de l'Éducation",))


@pytest.mark.parametrize(
    "name", ["Idem", "Index", "index.html", "..", "/", "…", "C++", "C", "株式会社", "x" * 500, "../../etc/passwd"]
)
def test_a_strange_name_has_a_page_like_any_other(name: str) -> None:
    graph = triples(linked(certified_by("RNCP1", Organisation(name))))
    (page,) = {document_of(s) for s, _, _ in graph}
    path = page.removeprefix(f"<{B}organisation/nom-").removesuffix(">")
    assert path
    assert set(path) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(path) <= 90


def test_names_that_a_slug_would_confuse_stay_two() -> None:
    found = linked(certified_by("RNCP1", Organisation("C++"), Organisation("C"), Organisation("C#")))
    assert len(found.register.organisations) == 3


def partner(
    habilitation: Habilitation | None, status: PartnershipStatus | None = PartnershipStatus.ACTIVE
) -> Partnership:
    return Partnership(Organisation("Partenaire", SIRET), habilitation, status)


@pytest.mark.parametrize(
    ("row", "is_active", "trains", "assesses"),
    [
        (partner(Habilitation.TRAIN), True, True, False),
        (partner(Habilitation.ASSESS), True, False, True),
        (partner(Habilitation.TRAIN_AND_ASSESS), True, True, True),
        (partner(None), True, False, False),
        (partner(Habilitation.TRAIN_AND_ASSESS, PartnershipStatus.INACTIVE), True, False, False),
        (partner(Habilitation.TRAIN_AND_ASSESS, PartnershipStatus.WITHDRAWN), True, False, False),
        (partner(Habilitation.TRAIN_AND_ASSESS, None), True, False, False),
        (partner(Habilitation.TRAIN_AND_ASSESS), False, False, False),
        (partner(Habilitation.TRAIN_AND_ASSESS), None, False, False),
    ],
)
def test_who_may_train_and_assess(row: Partnership, is_active: bool | None, trains: bool, assesses: bool) -> None:
    """A partner may where its habilitation is active and the fiche is (notes on the input formats, section 1)."""
    (one,) = linked(fiche(is_active=is_active, partnerships=(row,))).register.organisations
    assert (bool(one.trains_for), bool(one.assesses_for)) == (trains, assesses)


@pytest.mark.parametrize(
    ("names", "cut", "resolution"),
    [
        ((), False, Resolution.UNRESOLVED),
        ((Organisation("MINISTERE"),), False, Resolution.CANDIDATE),
        ((Organisation("Ministère", SIRET), Organisation("Ministère")), False, Resolution.AMBIGUOUS),
        ((Organisation("Ministère", SIRET),), True, Resolution.UNRESOLVED),
    ],
)
def test_an_authority_has_candidates_by_its_name_unless_it_is_cut(
    names: tuple[Organisation, ...], cut: bool, resolution: Resolution
) -> None:
    mention = OrganisationMention("Ministère", 1, "AUTORITÉ", is_truncated=cut)
    found = linked(fiche("RNCP1", certifier_mentions=(mention,)), certified_by("RNCP2", *names))
    (link,) = found.of("RNCP1").authorities
    assert link.resolution is resolution
    assert len(link.keys) == (0 if cut else len(names))
