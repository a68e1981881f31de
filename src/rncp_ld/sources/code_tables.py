"""Reads the code tables that ship with the project (`data/codes/*.csv`): NSF, ROME, types, conventions.

Where each table comes from stands in `data/codes/README.md`. A table is UTF-8 with `;` and a header. One that is not
what it should be is a fault of the installation, not of anybody's data, and ends the run with file and line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from rncp_ld.errors import RncpError
from rncp_ld.resources import folder

LABEL_SEPARATOR = "|"
"""Parts the labels in the column `other_labels` of `types.csv`."""


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One entry of a hierarchical nomenclature.

    Attributes:
        code: as in the nomenclature: NSF "332", ROME "K12".
        label: French.
        broader: the next broader code; None at the top.
        edition: where the label was read: an article of a code for NSF, an edition for ROME.
    """

    code: str
    label: str
    broader: str | None
    edition: str


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """The letter that ends an NSF code ("t" of 332t): a field of application or a function.

    Attributes:
        family: "disciplinaire" (a to g), "fonction" (m to w) or "développement personnel" (z).
    """

    letter: str
    family: str
    label: str


@dataclass(frozen=True, slots=True)
class LabelledEntry:
    """A code with its label and other ones.

    Attributes:
        code: as the export writes it: "TP", "BAC PRO", "M1805".
        label: French. Two codes may share one: MC4 and MC5 are both "Mention complémentaire".
        other_labels: of a type, other writings, for recognition in texts; of a job, the label of another edition of ROME.
        edition: of a job, the edition of ROME that the label comes from ("V344"); "" for types.
    """

    code: str
    label: str
    other_labels: tuple[str, ...] = ()
    edition: str = ""


@cache
def nsf_groups() -> tuple[CodeEntry, ...]:
    """Return the 4 + 17 + 93 groups of the NSF, by code (code de l'éducation, art. D311-4).

    >>> [(e.code, e.label) for e in nsf_groups() if e.code in {"3", "33", "332"}][-1]
    ('332', 'Travail social')
    """
    return read_codes(folder("codes") / "nsf.csv", edition="source")


@cache
def nsf_letters() -> tuple[LetterEntry, ...]:
    """Return the letters that refine an NSF group, by letter.

    >>> {e.letter: e.label for e in nsf_letters()}["t"]
    'Réalisation du service'
    """
    return read_letters(folder("codes") / "nsf_letters.csv")


@cache
def rome_upper_levels() -> tuple[CodeEntry, ...]:
    """Return the 14 + 110 upper levels of ROME V3, by code.

    >>> next(e.broader for e in rome_upper_levels() if e.code == "K12")
    'K'
    """
    return read_codes(folder("codes") / "rome.csv", edition="version")


@cache
def rome_jobs() -> tuple[LabelledEntry, ...]:
    """Return the job codes of ROME, by code: with the label of V3, or of 4.0 where the code is younger.

    >>> next((e.label, e.other_labels) for e in rome_jobs() if e.code == "M1805")
    ('Études et développement informatique', ('Développeur / Développeuse informatique',))
    """
    return read_labels(folder("codes") / "rome_jobs.csv", edition="version")


@cache
def certification_types() -> tuple[LabelledEntry, ...]:
    """Return the types of certifications (element ABREGE), by code.

    >>> next(e.label for e in certification_types() if e.code == "TP")
    'Titre professionnel'
    """
    return read_labels(folder("codes") / "types.csv")


@cache
def collective_agreements() -> Mapping[str, str]:
    """Return the label of each collective agreement by its IDCC, without leading zeros.

    >>> collective_agreements()["18"]
    'Convention collective nationale des industries textiles'
    """
    return {number: label for _, (number, label) in _rows(folder("codes") / "idcc.csv", ("idcc", "label"))}


def read_codes(path: Path, *, edition: str) -> tuple[CodeEntry, ...]:
    """Read a table `code;label;broader;{edition}`.

    Raises:
        RncpError: malformed, a code twice, or a broader code that the table lacks.
    """
    rows = list(_rows(path, ("code", "label", "broader", edition)))
    known = {code for _, (code, *_) in rows}
    for line, (code, _, broader, _) in rows:
        if broader and broader not in known:
            raise RncpError(f"{path}:{line}: le code « {code} » dépend de « {broader} », absent de la table")
    return tuple(CodeEntry(code, label, broader or None, where) for _, (code, label, broader, where) in rows)


def read_letters(path: Path) -> tuple[LetterEntry, ...]:
    """Read a table `letter;family;label`.

    Raises:
        RncpError: malformed, a letter twice, or more than one letter in a cell.
    """
    rows = list(_rows(path, ("letter", "family", "label")))
    for line, (letter, _, _) in rows:
        if len(letter) != 1:
            raise RncpError(f"{path}:{line}: une lettre est attendue, pas « {letter} »")
    return tuple(LetterEntry(letter, family, label) for _, (letter, family, label) in rows)


def read_labels(path: Path, *, edition: str = "") -> tuple[LabelledEntry, ...]:
    """Read a table `code;label;other_labels`, with a column `{edition}` where it is named.

    Raises:
        RncpError: malformed, a code twice, or an empty label among the others.
    """
    entries = []
    columns = ("code", "label", "other_labels", *((edition,) if edition else ()))
    for line, (code, label, others, *where) in _rows(path, columns):
        labels = tuple(others.split(LABEL_SEPARATOR)) if others else ()
        if not all(labels):
            raise RncpError(f"{path}:{line}: libellé vide parmi « {others} »")
        entries.append(LabelledEntry(code, label, labels, *where))
    return tuple(entries)


_OPTIONAL = frozenset({"broader", "other_labels"})


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield line and cells of each row after the header, checked: columns, no blank cell, first column unique."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RncpError(f"{path}: table de codes illisible ({error})") from error
    reader = csv.reader(StringIO(text), delimiter=";", strict=True)
    seen: dict[str, int] = {}
    try:
        header = next(reader, [])
        if tuple(header) != columns:
            raise RncpError(f"{path}:1: colonnes « {';'.join(columns)} » attendues, pas « {';'.join(header)} »")
        for cells in reader:
            _check_row(f"{path}:{reader.line_num}", columns, cells)
            first = seen.setdefault(cells[0], reader.line_num)
            if first != reader.line_num:
                raise RncpError(f"{path}:{reader.line_num}: « {cells[0]} » figure déjà ligne {first}")
            yield reader.line_num, cells
    except csv.Error as error:
        raise RncpError(f"{path}:{reader.line_num}: CSV mal formé ({error})") from error
    if not seen:
        raise RncpError(f"{path}:2: table sans aucune ligne")


def _check_row(place: str, columns: tuple[str, ...], cells: list[str]) -> None:
    """Raise unless there is one stripped cell per column, and none is blank that may not be."""
    if len(cells) != len(columns):
        raise RncpError(f"{place}: {len(columns)} colonnes attendues, {len(cells)} lues")
    for column, cell in zip(columns, cells, strict=True):
        if cell != cell.strip():
            raise RncpError(f"{place}: blanc au bord de « {cell} » ({column})")
        if not cell and column not in _OPTIONAL:
            raise RncpError(f"{place}: {column} vide")
