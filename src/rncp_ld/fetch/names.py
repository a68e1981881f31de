"""Names of the official exports and where they are. A name that is not exactly of this form is never used, so that none leads out of the folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

API: Final = "https://www.data.gouv.fr/api/2"
DATASET: Final = "5eebbc067a14b6fecc9c9976"
"""`repertoire-national-des-certifications-professionnelles-et-repertoire-specifique`, of France compétences."""


class Register(StrEnum):
    """A register as file names call it."""

    RNCP = "rncp"
    RS = "rs"


@dataclass(frozen=True, slots=True, order=True)
class ExportName:
    """The name of an export V4.1.

    Attributes:
        day: of the export.
        register: what it holds.
    """

    day: date
    register: Register

    def __str__(self) -> str:
        return f"export-fiches-{self.register}-v4-1-{self.day.isoformat()}.zip"


_NAME: Final = re.compile(r"export-fiches-(rncp|rs)-v4-1-([0-9]{4}-[0-9]{2}-[0-9]{2})\.zip")


def parse_name(text: str) -> ExportName | None:
    """Return the export that a title or the end of an address names; None for anything else."""
    match = _NAME.fullmatch(text)
    if match is None:
        return None
    try:
        return ExportName(date.fromisoformat(match[2]), Register(match[1]))
    except ValueError:  # a 30th of February
        return None
