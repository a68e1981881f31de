"""The register of 22 September 2020 as records, from the tables beside the project (`../shared/data/tables`).

Its successions by code are the truth that the linking of titles is measured by, and stand in no record.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Certifier, Coded, Fiche, Organisation

DAY = date(2020, 9, 22)
TABLES = Path("shared") / "data" / "tables"
"""Where the tables stand, beside the project."""


@dataclass(frozen=True, slots=True)
class Register:
    """Fiches by number, without their successions, and these apart.

    Attributes:
        successors: number → that of the next certification, where the register has it.
        predecessors: number → that of the certification before, likewise.
    """

    fiches: Mapping[str, Fiche]
    successors: Mapping[str, str]
    predecessors: Mapping[str, str]


def read_register(folder: Path) -> Register:
    """Read the tables of fiches, of their groups of training, jobs and certifiers."""
    nsf = _coded(folder, "nsf", "code")
    rome = _coded(folder, "rome", "Rome")
    certifiers: dict[str, list[Certifier]] = defaultdict(list)
    for row in _rows(folder, "certificateurs"):
        organisation = Organisation(_squeeze(row["Certificateur"]), row["siret_organisme"].strip() or None)
        certifiers[row["CodeRNCP"]].append(Certifier(organisation))
    rows = {row["CodeRNCP"]: row for row in _rows(folder, "info")}
    fiches = {
        number: Fiche(
            number,
            SourceSeries.TEXT,
            _squeeze(row["intituleDiplome"]),
            certification_type=Coded(row["CodeTypeCertif"], row["TypeCertif"]) if row["CodeTypeCertif"] else None,
            level=_level(row["NiveauEurope"]),
            is_active=row["ActiveInactive"] == "ACTIVE",
            registration_end=_day(row["date_fin_validite_enregistrement"]),
            nsf=tuple(nsf[number]),
            rome=tuple(rome[number]),
            certifiers=tuple(certifiers[number]),
        )
        for number, row in rows.items()
    }
    return Register(
        fiches,
        {number: row["NouvelleFiche"] for number, row in rows.items() if row["NouvelleFiche"] in rows},
        {number: row["AncienneFiche"] for number, row in rows.items() if row["AncienneFiche"] in rows},
    )


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"rncp_{name}.{DAY}.csv.gz", "rt", encoding="utf-8-sig", newline="") as table:
        yield from csv.DictReader(table, delimiter=";")


def _coded(folder: Path, name: str, column: str) -> Mapping[str, list[Coded]]:
    found: dict[str, list[Coded]] = defaultdict(list)
    for row in _rows(folder, name):
        found[row["CodeRNCP"]].append(Coded(row[column]))
    return found


def _level(text: str) -> str | None:
    """Read "niveau5"; "Sans niveau – le positionnement … est non déterminé" is `reprise`."""
    return text.removeprefix("niveau") if text.startswith("niveau") else "reprise" if text else None


def _day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007 - a day has no time zone


def _squeeze(text: str) -> str:
    return " ".join(text.split())
