"""Nothing of the real CSV export is lost: every cell that is not blank is in the graph, or was said to have no place there."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.reading import Reading
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.terms import text_of
from rncp_ld.sources.reading import SourceReader

IRIS = Iris()
Cell = tuple[str, str, str, str]
"""File, fiche, column, text."""

_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_ROUTES = {
    "Par expérience": "VAE",
    "Par candidature individuelle": "CL",
    "Après un parcours de formation sous statut d’élève ou d’étudiant": "FI",
    "En contrat d’apprentissage": "CA",
    "En contrat de professionnalisation": "CQ",
    "Après un parcours de formation continue": "FC",
}
_WORDS = {
    ("Actif", "ACTIVE"): ("isActive", "true"),
    ("Actif", "INACTIVE"): ("isActive", "false"),
    ("Validation_Partielle", "Non"): ("partialValidation", "false"),
    ("Accessible_Nouvelle_Caledonie", "Non"): ("notAccessibleIn", "country/NCL"),
    ("Accessible_Polynesie_Francaise", "Non"): ("notAccessibleIn", "country/PYF"),
    ("Type_Enregistrement", "Enregistrement sur demande"): ("registrationType", "type-enregistrement/sur-demande"),
    ("Type_Enregistrement", "Enregistrement de droit"): ("registrationType", "type-enregistrement/de-droit"),
    ("Habilitation_Partenaire", "HABILITATION_ORGA_FORM"): ("habilitation", "habilitation/former-et-organiser"),
}
_DATES = {
    "Date_dernier_jo": "lastJournalDate",
    "Date_Decision": "decisionDate",
    "Date_Fin_Enregistrement": "registrationEnd",
    "Date_Effet": "effectiveDate",
}


@pytest.fixture(scope="module")
def export(shared: Path) -> Path:
    return shared / "data" / "csv" / "export-fiches-csv-2024-02-22.zip"


@pytest.fixture(scope="module")
def cells(export: Path) -> list[Cell]:
    """Every cell that is not blank, read by the csv module of Python alone."""
    found: list[Cell] = []
    with ZipFile(export) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";"):
                found += [
                    (name, row["Numero_Fiche"], column, said.strip()) for column, said in row.items() if said.strip()
                ]
    return found


@pytest.fixture(scope="module")
def readings(export: Path) -> list[Reading]:
    return list(SourceReader([str(export)]).readings())


@pytest.fixture(scope="module")
def said(readings: list[Reading]) -> dict[str, set[tuple[str, str]]]:
    """(Property, value) of all triples that a fiche and what it names have, IRIs without their base."""
    found: dict[str, set[tuple[str, str]]] = {}
    for reading in readings:
        assert reading.fiche is not None
        register, _ = link([facts_of(reading, reading.fiche)], Nomenclature())
        triples = [*map_fiche(reading.fiche, IRIS), *map_register(register, IRIS)]
        found[reading.fiche.number] = {
            (re.split("[#/]", p)[-1][:-1], text_of(o).removeprefix(IRIS.base).removeprefix("http://publications.europa.eu/resource/authority/"))
            for _, p, o in triples
        }  # fmt: skip
    return found


def expected(column: str, text: str) -> tuple[str | None, str]:
    """Return the property and value that a cell should have in the graph; None where any property will do."""
    if (column, text) in _WORDS:
        return _WORDS[column, text]
    if column in _DATES and (day := _DATE.fullmatch(text)):
        return _DATES[column], f"{day[3]}-{day[2]}-{day[1]}"
    if column == "Si_Jury":
        return "openRoute", f"voie/{_ROUTES[text]}"
    if column == "Nomenclature_Europe_Niveau":
        return "level", f"niveau/{text.removeprefix('NIV').lower()}"
    if column in {"Nsf_Intitule", "Formacode_Libelle"}:
        return None, text.partition(" : ")[2]
    return None, text.replace("''", "'")


def lost(cells: list[Cell], said: Mapping[str, set[tuple[str, str]]]) -> Iterator[Cell]:
    for cell in cells:
        _, fiche, column, text = cell
        name, value = expected(column, text)
        known = said.get(fiche, set())
        if column == "Nomenclature_Europe_Intitule":  # said by the level itself, which shows it
            continue
        if not any(value == other and name in {None, property_} for property_, other in known):
            yield cell


def test_the_real_export_has_nine_fiches(cells: list[Cell]) -> None:
    by_file: dict[str, set[str]] = defaultdict(set)
    for file, fiche, _, _ in cells:
        by_file[file].add(fiche)
    assert len(by_file) == 10
    assert len(by_file["export_fiches_CSV_Standard_2024_02_22.csv"]) == 9
    assert len(cells) > 350


def test_every_cell_is_in_the_graph_or_in_a_diagnostic(
    cells: list[Cell], said: dict[str, set[tuple[str, str]]], readings: list[Reading]
) -> None:
    kept = " ".join(text for reading in readings for _, text in reading.unread)
    assert [cell for cell in lost(cells, said) if cell[3] not in kept] == []
    reported = {(d.code, d.fiche) for reading in readings for d in reading.diagnostics}
    assert reported == {("APOSTROPHE", None), ("LIGNE-ORPHELINE", "RNCP38228")}
    assert {cell[1] for cell in lost(cells, said)} == {"RNCP38228"}, "the one fiche without a row in the main file"


def test_the_share_read_counts_every_character_of_the_cells(cells: list[Cell], readings: list[Reading]) -> None:
    orphan = '"RNCP38228";"RNCP509";'
    inside = sum(len("".join(text.replace("''", "'").split())) for _, fiche, _, text in cells if fiche != "RNCP38228")
    share = sum((reading.share for reading in readings[1:]), readings[0].share)
    assert (share.total, share.total - share.read) == (inside + len(orphan), len(orphan))


def test_the_search_can_fail(cells: list[Cell], said: dict[str, set[tuple[str, str]]]) -> None:
    without = {number: {(p, v) for p, v in known if v != "CQP Tourier"} for number, known in said.items()}
    assert {(fiche, column) for _, fiche, column, _ in lost(cells, without)} - {
        ("RNCP38228", "Numero_Fiche"), ("RNCP38228", "Ancienne_Certification"),
    } == {("RNCP19468", "Intitule"), ("RS6117", "Intitule")}  # fmt: skip
    assert len(list(lost(cells, {}))) == len([cell for cell in cells if cell[2] != "Nomenclature_Europe_Intitule"])
