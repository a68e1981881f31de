"""Where the ontology, the shapes and the code tables are: folders of a clone, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rncp_ld.errors import RncpError

DEFAULT_BASE = "https://w3id.org/rncp/"
"""Base of all IRIs in the files of `ontology/` and `shapes/`; `read_rdf` exchanges it for the base in use."""

Folder = Literal["ontology", "shapes", "codes"]

_IN_A_CLONE: dict[Folder, str] = {"ontology": "ontology", "shapes": "shapes", "codes": "data/codes"}
_HERE = Path(__file__).resolve().parent


def folder(name: Folder) -> Path:
    """Return the folder of the ontology, the shapes or the code tables.

    Raises:
        RncpError: the installation is incomplete.
    """
    for candidate in (_HERE / "_resources" / name, _HERE.parents[1] / _IN_A_CLONE[name]):
        if candidate.is_dir():
            return candidate
    raise RncpError(f"installation incomplete: the folder {name}/ of rncp_ld was not found beside {_HERE}")


def files(name: Folder, pattern: str) -> list[Path]:
    """Return the files of a folder that match a glob, in a fixed order."""
    return sorted(folder(name).glob(pattern))


def read_rdf(path: Path, base: str = DEFAULT_BASE) -> str:
    """Read a Turtle or SPARQL file of ours, with its IRIs moved to `base`."""
    text = path.read_text(encoding="utf-8")
    return text if base == DEFAULT_BASE else text.replace(DEFAULT_BASE, base)
