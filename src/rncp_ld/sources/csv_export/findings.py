"""What is found while the rows of one fiche are read; its places are files, lines and columns of the CSV export."""

from __future__ import annotations

from collections.abc import Mapping

from rncp_ld.diagnostics import Diagnostic, Severity
from rncp_ld.sources.csv_export.export import Layout
from rncp_ld.sources.csv_export.files import FILES, STANDARD
from rncp_ld.sources.csv_export.rows import Row
from rncp_ld.sources.xml_v4.findings import Element, Findings, non_blank, path_of

_COLUMNS: Mapping[tuple[str, str], str] = {
    (file, path): column for file, columns in FILES.items() for column, path in columns.items()
}


class CsvFindings(Findings):
    """Collects what is wrong with one fiche of a CSV export.

    Attributes:
        line: of the fiche's row in the main file; None until it is known.
    """

    def __init__(self, layout: Layout, number: str | None) -> None:
        super().__init__(layout.document.name, number)
        self.line: int | None = None
        self._files = layout.files
        self._rows: dict[Element, tuple[str, int]] = {}
        self._unknown: dict[tuple[str, str], tuple[int, str, int]] = {}

    def stands(self, element: Element, file: str, line: int) -> None:
        """Say from which row an element was made; what is inside it comes from there, too."""
        self._rows[element] = (file, line)

    def place_of(self, element: Element) -> tuple[str, int, str]:
        """Return the file, the line and `file/column` of an element."""
        row = next((one for one in (element, *element.iterancestors(), *element) if one in self._rows), None)
        file, line = (STANDARD, self.line or 1) if row is None else self._rows[row]
        path = path_of(element)
        if file == "VoixdAccès":
            path = path.replace(path.partition("/")[0], "SI_JURY_*")
        column = _COLUMNS.get((file, path))
        return self._files[file][0], line, f"{file}/{column}" if column else file

    def report_row(
        self, code: str, file: str, row: Row, detail: str = "", *, column: str = "", severity: Severity | None = None
    ) -> None:
        """Report something about a row."""
        self.diagnostics.append(
            Diagnostic.of(
                code, detail, severity=severity, file=self._files[file][0], line=row.line, fiche=self.number,
                path=f"{file}/{column}" if column else file, excerpt=row.text,
            )
        )  # fmt: skip

    def keep_text(self, file: str, line: int, text: str) -> None:
        """Keep a text of a row as unread."""
        self.unread.append((line if file == STANDARD else 0, " ".join(text.split())))
        self.lost += non_blank(text)

    def leave_cell(self, file: str, column: str, line: int, text: str) -> None:
        """Keep a cell of a column that no table knows; reported once per column, with a count."""
        self.keep_text(file, line, text)
        first, said, count = self._unknown.get((file, column), (line, text, 0))
        self._unknown[file, column] = (first, said, count + 1)

    def close(self) -> None:
        """Report the unknown columns."""
        super().close()
        for (file, column), (line, said, count) in self._unknown.items():
            more = f"({count} fois dans cette fiche ; ici la première.)" if count > 1 else ""
            row = Row(line, said, None)
            self.report_row("ELEMENT-INCONNU", file, row, more, column=column)
        self._unknown.clear()
