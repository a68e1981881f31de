"""From the rows of one fiche to the FICHE element that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from lxml import etree

from rncp_ld.diagnostics import Severity
from rncp_ld.model.codes import Route
from rncp_ld.sources.csv_export.export import FicheRows, Layout
from rncp_ld.sources.csv_export.files import FILES, KEY, REPEATED_CODES, ROUTE, STANDARD, SUCCESSION, WORDS
from rncp_ld.sources.csv_export.findings import CsvFindings
from rncp_ld.sources.csv_export.rows import Row, Shape, clean_cell, parse_run
from rncp_ld.sources.folding import fold
from rncp_ld.sources.route_labels import ROUTE_LABELS
from rncp_ld.sources.xml_v4.findings import Element, non_blank

_CODE = re.compile(r"[0-9]{1,5}[a-zA-Z]?\s+")
"""What stands before the colon of a label that starts with a code."""

Cells = Mapping[str, str]
"""The cells of a row by column, without blanks around them; blank ones are left out."""

_Leaf = tuple[str, str, str]
"""Tags of a column's element and of the two above it, "" where there is none: the container, that of the row, its own."""

_LEAVES: Mapping[str, Mapping[str, _Leaf]] = {
    file: {column: cast("_Leaf", tuple(f"//{path}".split("/")[-3:])) for column, path in columns.items()}
    for file, columns in FILES.items()
}
_CHANGED = frozenset({*WORDS, *REPEATED_CODES})
"""Columns whose cells are not what the XML export says."""


class FicheElement:
    """Makes the element.

    Attributes:
        element: the FICHE.
        total: non-blank characters of all rows.
        has_main_row: there is a row of the main file that could be read.
    """

    def __init__(self, layout: Layout, rows: FicheRows, findings: CsvFindings) -> None:
        """Make the element of these rows; what has no place goes to the findings."""
        self.element = etree.Element("FICHE")
        self.total = 0
        self.has_main_row = False
        self._layout = layout
        self._findings = findings
        self._containers: dict[str, Element] = {}
        self._routes: dict[Route, Row] = {}
        self._successions: list[Cells] = []
        self._main: Cells = {}
        for file, row, cells in self._cells(rows):
            if file == STANDARD:
                self._take_main(row, cells)
            elif ROUTE in FILES[file]:
                self._take_route(file, row, cells)
            elif file == SUCCESSION:
                self._take_succession(row, cells)
            else:
                self._take(file, row, cells)
        self._add_routes()

    def _cells(self, rows: FicheRows) -> Iterator[tuple[str, Row, Cells]]:
        """Yield the rows that have as many cells as their file has columns."""
        said: list[str] = []
        for file, runs in rows.runs.items():
            columns = self._layout.files[file][1]
            shape = Shape.of(columns.index(KEY))
            read = [(row, _named(row, columns)) for run in runs for row in parse_run(run, shape)]
            is_lost = file == STANDARD and all(cells is None for _, cells in read)
            for row, cells in read:
                if cells is None:
                    said.append(row.text)
                    self._refuse(file, row, len(columns), Severity.VIOLATION if is_lost else None)
                else:
                    said += cells.values()
                    yield file, row, cells
        self.total = non_blank("".join(said))

    def _refuse(self, file: str, row: Row, count: int, severity: Severity | None) -> None:
        found = "guillemets mal fermés" if row.cells is None else f"{len(row.cells)} cellules"
        self._findings.report_row("LIGNE-INVALIDE", file, row, f"{found} ; attendu : {count}.", severity=severity)
        self._findings.keep_text(file, row.line, row.text)

    def _take_main(self, row: Row, cells: Cells) -> None:
        if not self.has_main_row:
            self.has_main_row = True
            self._main = cells
            self._findings.line = row.line
            self._take(STANDARD, row, cells)
        elif cells == self._main:
            self._findings.report_row("LIGNE-EN-DOUBLE", STANDARD, row)
        else:
            differ = [column for column in FILES[STANDARD] if cells.get(column) != self._main.get(column)]
            said = f"Colonnes qui diffèrent : {', '.join(differ)}."
            self._findings.report_row("FICHE-EN-DOUBLE", STANDARD, row, said)
            self._findings.keep_text(STANDARD, row.line, " ".join(cells.values()))

    def _take(self, file: str, row: Row, cells: Cells) -> None:
        """Add the elements that a row says: `made` holds those above its leaves."""
        made: dict[str, Element] = {}
        leaves = _LEAVES[file]
        for column, said in cells.items():
            leaf = leaves.get(column)
            if leaf is None:
                if column != KEY:
                    self._findings.leave_cell(file, column, row.line, said)
                continue
            text = self._value(file, row, column, cells, said) if column in _CHANGED else said
            if text:
                self._add(file, row, leaf, text, made)

    def _add(self, file: str, row: Row, leaf: _Leaf, text: str, made: dict[str, Element]) -> None:
        container, above, tag = leaf
        parent = self.element
        if above:
            known = made.get(above)
            if known is None:
                known = made[above] = etree.SubElement(self._container(container), above)
                self._findings.stands(known, file, row.line)
            parent = known
        element = etree.SubElement(parent, tag)
        element.text = text
        if not above:
            self._findings.stands(element, file, row.line)

    def _container(self, tag: str) -> Element:
        """Return the element that holds the rows of a file: one for the fiche."""
        if not tag:
            return self.element
        known = self._containers.get(tag)
        if known is None:
            known = self._containers[tag] = etree.SubElement(self.element, tag)
        return known

    def _value(self, file: str, row: Row, column: str, cells: Cells, text: str) -> str:
        """Return what the XML export would say; "" where the cell was left with a diagnostic."""
        if column in WORDS:
            return WORDS[column].get(text, text)
        code = cells.get(REPEATED_CODES.get(column, ""))
        start, colon, label = text.partition(":")
        if code is None or not colon:
            return text
        if start.strip().lower() == code.lower():
            return label.strip()
        if _CODE.fullmatch(start) is None:
            return text
        said = f"Le libellé commence par un autre code que {code}."
        self._findings.report_row("VALEUR-INCONNUE", file, Row(row.line, text, None), said, column=column)
        self._findings.keep_text(file, row.line, text)
        return ""

    def _take_succession(self, row: Row, cells: Cells) -> None:
        """Take what no row said before; a row that says all the same again is reported."""
        if cells and cells in self._successions:
            self._findings.report_row("LIGNE-EN-DOUBLE", SUCCESSION, row)
            return
        new = {
            column: said for column, said in cells.items() if all(one.get(column) != said for one in self._successions)
        }
        self._successions.append(cells)
        self._take(SUCCESSION, row, new)

    def _take_route(self, file: str, row: Row, cells: Cells) -> None:
        text = cells.get(ROUTE)
        if text is None:
            return
        route = ROUTE_LABELS.get(fold(" ".join(text.split())))
        if route is None:
            self._findings.report_row("VALEUR-INCONNUE", file, Row(row.line, text, None), column=ROUTE)
            self._findings.keep_text(file, row.line, text)
        elif route in self._routes:
            self._findings.report_row("LIGNE-EN-DOUBLE", file, Row(row.line, text, None), column=ROUTE)
        else:
            self._routes[route] = row

    def _add_routes(self) -> None:
        """Add the open routes, in the order that the XML export has them in."""
        for route in Route:
            if route in self._routes:
                self._add("VoixdAccès", self._routes[route], ("", f"SI_JURY_{route.name}", "ACTIF"), "Oui", {})


def _named(row: Row, columns: Sequence[str]) -> Cells | None:
    """Return the cells by column; None where there are too few, or too many that say something."""
    cells = row.cells
    if cells is None or len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        return None
    clean = clean_cell if "'" in row.text else str.strip
    return {column: text for column, cell in zip(columns, cells, strict=False) if (text := clean(cell))}
