"""A fiche with a violation is kept out whole: nothing of it is left, and where others name it, it is only named.

So is a fiche that names a shared resource with a violation: nothing wrong is published.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rncp_ld.errors import NoFicheError
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.register import Register
from rncp_ld.pipeline import Options, build
from rncp_ld.publish.report import Report
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.terms import Triple, french, string
from rncp_ld.rdf.vocabulary import PREF_LABEL
from rncp_ld.store.store import GraphStore
from tests.exports import fiche, write_export

B = "https://w3id.org/rncp/"
ONE, TWO = f"<{B}certification/RNCP1>", f"<{B}certification/RNCP2>"


def replaced_by(number: str) -> dict[str, Any]:
    return {"NOUVELLES_CERTIFICATIONS": {"NOUVELLE_CERTIFICATION": {"ID_FICHE_NOUVELLE_CERTIFICATION": number}}}


PARTNER = {
    "PARTENAIRES": {
        "PARTENAIRE": {
            "NOM_PARTENAIRE": "Partenaire", "SIRET_PARTENAIRE": "11004401300040",
            "HABILITATION_PARTENAIRE": "HABILITATION_FORMER", "ETAT_HABILITATION": "Actif",
        }
    },
    "CODES_ROME": {"ROME": {"CODE": "K1205", "LIBELLE": "Information sociale"}},
}  # fmt: skip


def with_two_codes(record: Fiche, iris: Iris) -> list[Triple]:
    """Map RNCP2 wrongly, as no reader of ours would have it: a second code."""
    triples = map_fiche(record, iris)
    if record.number == "RNCP2":
        triples.append((iris.certification("RNCP2"), iris.rncp.code, string("RNCP20")))
    return triples


@pytest.fixture
def rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Report, GraphStore, Path]:
    monkeypatch.setattr("rncp_ld.pipeline.mapped.map_fiche", with_two_codes)
    source = write_export(tmp_path, fiche("RNCP1", "Un", **replaced_by("RNCP2")), fiche("RNCP2", "Deux", **PARTNER))
    report = build([str(source)], tmp_path / "build", Options())
    return report, GraphStore.open(tmp_path / "build" / "store"), tmp_path / "build" / "site"


def test_it_is_said_with_its_place(rejected: tuple[Report, GraphStore, Path]) -> None:
    report, _, _ = rejected
    assert (report.fiches, report.rejected, report.has_violations) == (1, ("RNCP2",), True)
    (said,) = [d for d in report.diagnostics if d.severity.value == "violation"]
    assert (said.code, said.fiche, said.line) == ("SHACL", "RNCP2", 20)
    assert str(said.file).endswith("export_fiches_RNCP_V4_1_2026-08-16.xml")
    assert said.result is not None
    assert said.result.shape == f"{B}shapes#Certification-code"


def test_nothing_of_it_is_left(rejected: tuple[Report, GraphStore, Path]) -> None:
    _, store, site = rejected
    types = {o for _, p, o in store.about(TWO) if p.endswith("#type>")}
    assert types == {f"<{B}def#UndescribedResource>"}  # since RNCP1 names it
    assert (TWO, f"<{B}def#replaces>", ONE) in store.about(TWO)
    assert (ONE, f"<{B}def#replacedBy>", TWO) in store.about(ONE)
    for gone in (
        "partenariats/RNCP2",
        "organisation/siret-11004401300040",
        "organisation/siren-110044013",
        "rome/K1205",
    ):
        assert store.about(f"<{B}{gone}>") == []
        assert not (site / f"{gone}.html").exists()
    assert (site / "certification" / "RNCP1.html").exists()


def with_two_names(resource: str) -> Callable[[Register, Iris], list[Triple]]:
    """Map a shared resource wrongly, as no stage of ours would have it: a second name."""

    def mapped(register: Register, iris: Iris) -> list[Triple]:
        triples = list(map_register(register, iris))
        me = iris.path(resource)
        return [*triples, *[(me, p, french("Autre nom")) for s, p, _ in triples if s == me and p == PREF_LABEL]]

    return mapped


@pytest.mark.parametrize(
    "resource", ["organisation/siret-11004401300040", "organisation/siren-110044013", "rome/K1205"]
)
def test_a_fiche_that_names_what_is_wrong_is_kept_out(
    resource: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RNCP2 names the establishment, and through it the legal entity; RNCP1 names RNCP2 only."""
    monkeypatch.setattr("rncp_ld.pipeline.checking.map_register", with_two_names(resource))
    source = write_export(tmp_path, fiche("RNCP1", "Un", **replaced_by("RNCP2")), fiche("RNCP2", "Deux", **PARTNER))
    report = build([str(source)], tmp_path / "build", Options())
    assert (report.fiches, report.rejected) == (1, ("RNCP2",))
    said = [(d.code, d.fiche, d.line, d.path) for d in report.diagnostics if d.severity.value == "violation"]
    assert said == [
        ("SHACL", None, None, f"{resource} skos:prefLabel"),
        ("RESSOURCE-COMMUNE", "RNCP2", 20, resource),
    ]
    assert GraphStore.open(tmp_path / "build" / "store").about(f"<{B}{resource}>") == []


def test_what_all_fiches_name_keeps_all_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last publication stays: a register without a fiche is none."""
    monkeypatch.setattr("rncp_ld.pipeline.checking.map_register", with_two_names("rome/K"))
    source = write_export(tmp_path, fiche("RNCP2", "Deux", **PARTNER))
    with pytest.raises(NoFicheError, match=r"RESSOURCE-COMMUNE \[RNCP2 rome/K\]"):
        build([str(source)], tmp_path / "build", Options())
