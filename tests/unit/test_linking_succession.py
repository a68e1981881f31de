"""Succession by code, and what sources only name."""

from __future__ import annotations

from typing import Any

import pytest

from rncp_ld.model.fiche import Coded, CompetenceBlock, Equivalence, EquivalenceKind
from rncp_ld.model.register import UndescribedKind
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.register import map_register
from tests.registers import facts, fiche, linked

B = Iris().base


def test_both_sides_say_so() -> None:
    found = linked(fiche("RNCP1", successors=("RNCP2",)), fiche("RNCP2", predecessors=("RNCP1",)))
    assert (found.of("RNCP1").replaced_by, found.of("RNCP2").replaces) == (("RNCP2",), ("RNCP1",))
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("old", "new", "by", "path", "cited"),
    [
        ({"successors": ("RNCP2",)}, {}, "RNCP1", "NOUVELLES_CERTIFICATIONS", "RNCP2"),
        ({}, {"predecessors": ("RNCP1",)}, "RNCP2", "ANCIENNES_CERTIFICATIONS", "RNCP1"),
    ],
)
def test_one_side_alone_is_completed_and_reported(
    old: dict[str, Any], new: dict[str, Any], by: str, path: str, cited: str
) -> None:
    found = linked(fiche("RNCP1", **old), facts(fiche("RNCP2", **new), file="deux.xml", line=7))
    assert (found.of("RNCP1").replaced_by, found.of("RNCP2").replaces) == (("RNCP2",), ("RNCP1",))
    assert (found.of("RNCP1").replaces, found.of("RNCP2").replaced_by) == ((), ())
    (said,) = found.diagnostics
    assert (said.code, said.fiche, said.path, said.excerpt) == ("SUCCESSION-UNILATERALE", by, path, cited)
    assert f"{cited} ne cite pas {by}." in said.message


def test_a_fiche_that_nobody_describes_is_named_and_reported() -> None:
    """RNCP9106 names RNCP31053, which the register of 2020 has not."""
    found = linked(fiche("RNCP9106", successors=("RNCP31053",), predecessors=("RNCP1",)))
    named = {one.code: (one.replaces, one.replaced_by) for one in found.register.undescribed}
    assert named == {"RNCP31053": (("RNCP9106",), ()), "RNCP1": ((), ("RNCP9106",))}
    assert found.codes() == ["SUCCESSION-PENDANTE", "SUCCESSION-PENDANTE"]


def test_a_fiche_that_names_itself_is_reported_and_not_linked() -> None:
    found = linked(fiche("RNCP1", successors=("RNCP1",)))
    assert (found.of("RNCP1").replaces, found.of("RNCP1").replaced_by) == ((), ())
    (said,) = found.diagnostics
    assert (said.code, said.path, said.excerpt) == ("SUCCESSION-CIRCULAIRE", "NOUVELLES_CERTIFICATIONS", "RNCP1")


def test_the_two_registers_follow_each_other() -> None:
    """RNCP19468 → RS6117."""
    found = linked(fiche("RNCP19468", successors=("RS6117",)), fiche("RS6117", predecessors=("RNCP19468",)))
    assert found.of("RS6117").replaces == ("RNCP19468",)
    assert [(said.code, said.fiche, said.excerpt) for said in found.diagnostics] == [
        ("SUCCESSION-ENTRE-REPERTOIRES", "RNCP19468", "RS6117"),
        ("SUCCESSION-ENTRE-REPERTOIRES", "RS6117", "RNCP19468"),
    ]


def test_several_successors_and_predecessors() -> None:
    found = linked(
        fiche("RNCP1", successors=("RNCP3", "RNCP4")),
        fiche("RNCP2", successors=("RNCP3",)),
        fiche("RNCP3", predecessors=("RNCP1", "RNCP2")),
        fiche("RNCP4", predecessors=("RNCP1",)),
    )
    assert found.of("RNCP1").replaced_by == ("RNCP3", "RNCP4")
    assert found.of("RNCP3").replaces == ("RNCP1", "RNCP2")
    assert found.diagnostics == ()


def test_codes_that_match_no_pattern_are_no_concepts() -> None:
    """M1700 is no code of any edition of the ROME; `K` and `H12` are upper levels and so are concepts."""
    found = linked(
        fiche(
            rome=(Coded("M1700", "Vieux code"), Coded("K"), Coded("H12")),
            nsf=(Coded("999"),),
            formacodes=(Coded("4402"),),
        )
    )
    named = [(one.kind, one.code, one.label) for one in found.register.undescribed]
    assert named == [
        (UndescribedKind.FORMACODE, "4402", None),
        (UndescribedKind.NSF, "999", None),
        (UndescribedKind.ROME, "M1700", "Vieux code"),
    ]
    assert {c.code for c in found.register.concepts} == {"K", "H", "H12"}
    graph = set(map_register(found.register, Iris()))
    types = {o for s, p, o in graph if s == f"<{B}rome/M1700>" and p.endswith("#type>")}
    assert types == {f"<{B}def#UndescribedResource>"}
    assert not [t for t in graph if t[0] == f"<{B}rome/M1700>" and "inScheme" in t[1]]
    assert (f"<{B}rome/M1700>", "<http://www.w3.org/2000/01/rdf-schema#label>", '"M1700 Vieux code"@fr') in graph


def test_blocs_and_certifications_of_a_correspondence_that_nobody_describes() -> None:
    """RNCP14506BC04 is named by RNCP36490, and RNCP14506 is not in the sample."""
    mine = CompetenceBlock("RNCP1BC01", 1, "Bloc")
    twice = (CompetenceBlock("RNCP2BC04", 1, "a"), CompetenceBlock("RNCP2BC04", 2, "b"))
    correspondence = Equivalence(
        EquivalenceKind.CORRESPONDENCE, None, ("RNCP1BC01",), "RNCP14506", ("RNCP14506BC04", "RNCP2BC04")
    )
    found = linked(fiche("RNCP1", blocks=(mine,), equivalences=(correspondence,)), fiche("RNCP2", blocks=twice))
    assert [(one.kind.value, one.code) for one in found.register.undescribed] == [
        ("bloc", "RNCP14506BC04"),
        ("bloc", "RNCP2BC04"),  # a code that serves twice names neither
        ("certification", "RNCP14506"),
    ]
    said = [(d.code, d.path, d.excerpt) for d in found.diagnostics]
    assert said == [
        ("CODE-SANS-DESCRIPTION", "CORRESPONDANCES", code) for code in ("RNCP14506", "RNCP14506BC04", "RNCP2BC04")
    ]
