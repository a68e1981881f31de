"""Small exports V4.1 for tests: a FICHE is its elements as a dictionary, nested as in the format.

`{"INTITULE": "Médiateur", "CODES_ROME": {"ROME": [{"CODE": "K1205"}]}}`: a list repeats its element.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape
from zipfile import ZipFile

Element: TypeAlias = "str | Mapping[str, Element] | Sequence[Element]"

BEFORE, AFTER = '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n', "</FICHES>\n"


def element(tag: str, content: Element) -> str:
    """Write an element; a text is escaped."""
    if isinstance(content, str):
        return f"<{tag}>{escape(content)}</{tag}>\n"
    if isinstance(content, Mapping):
        return f"<{tag}>\n{''.join(element(name, inner) for name, inner in content.items())}</{tag}>\n"
    return "".join(element(tag, one) for one in content)


def fiche(number: str = "RNCP1", title: str = "Titre", **elements: Element) -> str:
    """Write a FICHE: active, with a level, as a real one; `elements` are added or take the place of these."""
    whole: dict[str, Element] = {
        "ID_FICHE": number.lstrip("RNCPS") or "1",
        "NUMERO_FICHE": number,
        "INTITULE": title,
        "ETAT_FICHE": "Publiée",
        "NOMENCLATURE_EUROPE": {"NIVEAU": "NIV4", "LIBELLE": "Niveau 4"},
        "ACTIF": "Oui",
    }
    return element("FICHE", {**whole, **elements})


def export(*fiches: str, version: str = "4.1") -> str:
    """Write a whole export."""
    return BEFORE.replace("4.1", version) + "".join(fiches) + AFTER


def write_export(folder: Path, *fiches: str, day: str = "2026-08-16") -> Path:
    """Write an export into a folder, called as the official ones are."""
    path = folder / f"export_fiches_RNCP_V4_1_{day}.xml"
    path.write_text(export(*fiches), encoding="utf-8")
    return path


def write_zip(path: Path, *members: Path) -> Path:
    """Pack files into a zip."""
    with ZipFile(path, "w") as archive:
        for member in members:
            archive.write(member, member.name)
    return path
