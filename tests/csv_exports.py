"""Small CSV exports for tests: ten files as the official ones are written, from the rows that a test names.

`{"Nsf": [("RNCP1", "332t", "332t : Aide")]}`: a row is its cells in the order of the columns; files that are not named have a header only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

Rows = Mapping[str, Sequence[Sequence[str]]]

COLUMNS: Mapping[str, Sequence[str]] = {
    "Standard": (
        "Id_Fiche", "Numero_Fiche", "Intitule", "Abrege_Libelle", "Abrege_Intitule", "Nomenclature_Europe_Niveau",
        "Nomenclature_Europe_Intitule", "Accessible_Nouvelle_Caledonie", "Accessible_Polynesie_Francaise", "Date_dernier_jo",
        "Date_Decision", "Date_Fin_Enregistrement", "Date_Effet", "Type_Enregistrement", "Validation_Partielle", "Actif",
    ),
    "CCN": (
        "Numero_Fiche", "Ccn_1_Numero", "Ccn_1_Libelle", "Ccn_2_Numero", "Ccn_2_Libelle", "Ccn_3_Numero", "Ccn_3_Libelle",
    ),
    "Nsf": ("Numero_Fiche", "Nsf_Code", "Nsf_Intitule"),
    "Formacode": ("Numero_Fiche", "Formacode_Code", "Formacode_Libelle"),
    "Rome": ("Numero_Fiche", "Codes_Rome_Code", "Codes_Rome_Libelle"),
    "Certificateurs": ("Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"),
    "Partenaires": ("Numero_Fiche", "Nom_Partenaire", "Siret_Partenaire", "Habilitation_Partenaire"),
    "Blocs_De_Compétences": ("Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"),
    "Ancienne_Nouvelle_Certification": ("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification"),
    "VoixdAccès": ("Numero_Fiche", "Si_Jury"),
}  # fmt: skip
"""As in the export of 2024-02-22, typed again: the tests do not take them from the reader."""


def standard(number: str = "RNCP1", title: str = "Titre", **cells: str) -> tuple[str, ...]:
    """Return a row of the main file: active, with a level; `cells` are added or take the place of these."""
    whole = {
        "Id_Fiche": number.lstrip("RNCPS") or "1", "Numero_Fiche": number, "Intitule": title,
        "Nomenclature_Europe_Niveau": "NIV4", "Nomenclature_Europe_Intitule": "Niveau 4", "Actif": "ACTIVE", **cells,
    }  # fmt: skip
    assert set(whole) <= set(COLUMNS["Standard"])
    return tuple(whole.get(column, "") for column in COLUMNS["Standard"])


def csv_row(cells: Sequence[str]) -> str:
    """Write a row: cells that are not empty are quoted, the line ends with CRLF."""
    doubled = (cell.replace('"', '""') for cell in cells)
    return ";".join(f'"{cell}"' if cell else "" for cell in doubled) + "\r\n"


def csv_files(rows: Rows, day: str = "2026_08_16") -> dict[str, bytes]:
    """Return the ten files by name."""
    assert set(rows) <= set(COLUMNS)
    return {
        f"export_fiches_CSV_{file}_{day}.csv": "".join(map(csv_row, (columns, *rows.get(file, ())))).encode()
        for file, columns in COLUMNS.items()
    }


@dataclass(frozen=True)
class InMemory:
    """A file of an export without a disk."""

    name: str
    data: bytes

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it."""
        yield io.BytesIO(self.data)


def write_csv_zip(folder: Path, rows: Rows | Mapping[str, bytes], day: str = "2026-08-16") -> Path:
    """Write an export, called as the official ones are; from rows, or from files as `csv_files` returns them."""
    path = folder / f"export-fiches-csv-{day}.zip"
    files = {name: data for name, data in rows.items() if isinstance(data, bytes)}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in (files or csv_files(rows, day.replace("-", "_"))).items():  # type: ignore[arg-type]  # rows if no files
            archive.writestr(name, data)
    return path


def write_csv_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files of an export into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
