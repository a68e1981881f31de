"""The first rows of a result as cells of a table for people: from TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/) or N-Triples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_line, prefixes
from rncp_ld.rdf.terms import text_of

_PATH: Final = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:#[A-Za-z0-9_.-]+)?")
"""What follows the base in an IRI of ours; only these lead to our pages."""

_LOCAL: Final = re.compile(r"[A-Za-z0-9_-]*")
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_TAG: Final = re.compile(r'"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)\Z')
_NUMBER: Final = re.compile(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?")

MOST_CELLS: Final = 20_000
"""Of a table: a thousand rows of twenty columns take a fifth of a second."""

TRIPLE: Final = ("sujet", "propriété", "objet")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table.

    Attributes:
        text: as it is shown.
        href: where it leads, "" where nowhere; relative to the site's root for what is ours.
        whole: the IRI, where the text is shorter.
        is_ours: it leads to a page of this site.
        language: tag of a text.
        datatype: name of the datatype of a literal that is neither text nor number.
        is_number: to be set right.
    """

    text: str
    href: str = ""
    whole: str = ""
    is_ours: bool = False
    language: str = ""
    datatype: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a result, and whether they are all."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    is_whole: bool


def table_of_rows(lines: Sequence[str], is_whole: bool, iris: Iris) -> Table:
    """Read TSV: variables on the first line, then a line for each solution."""
    columns = [name.removeprefix("?") for name in lines[0].split("\t")] if lines and lines[0] else []
    shown = lines[1 : 1 + max(1, MOST_CELLS // max(1, len(columns)))]
    rows = [[cell_of(term, iris) for term in line.split("\t")] for line in shown]
    return Table(columns, rows, is_whole and len(shown) == len(lines) - 1)


def table_of_triples(lines: Sequence[str], is_whole: bool, iris: Iris) -> Table:
    """Read N-Triples."""
    rows = [[cell_of(term, iris) for term in parse_line(f"{line}\n")] for line in lines if line]
    return Table(TRIPLE, rows, is_whole)


def cell_of(term: str, iris: Iris) -> Cell:
    """Return a term, in the writing of Turtle, as a cell."""
    if term.startswith("<"):
        return _link(term[1:-1], iris)
    if not term.startswith('"'):  # unbound, a blank node, a number or a boolean in short form
        return Cell(term, is_number=bool(_NUMBER.fullmatch(term)))
    match = _TAG.search(term)
    language, datatype = (match[1] or "", match[2] or "") if match else ("", "")
    text = text_of(term)
    is_number = bool(_NUMBER.fullmatch(text)) and bool(datatype)
    return Cell(
        text,
        language=language,
        datatype="" if is_number else _compact(datatype, prefixes(iris.namespace)),
        is_number=is_number,
    )


def _link(address: str, iris: Iris) -> Cell:
    path = address.removeprefix(iris.base)
    if path != address and _PATH.fullmatch(path):
        return Cell(_compact(address, {"rncp": iris.namespace}, path), path, address, is_ours=True)
    return Cell(_compact(address, prefixes(iris.namespace)), address if _WEB.match(address) else "", address)


def _compact(address: str, names: Mapping[str, str], otherwise: str = "") -> str:
    for prefix, namespace in names.items():
        local = address.removeprefix(namespace)
        if local != address and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return otherwise or address
