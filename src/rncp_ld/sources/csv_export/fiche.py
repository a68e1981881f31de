"""The rows of one fiche → one `Reading`; a pure function, so that any process can do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import parse_fiche_number
from rncp_ld.model.reading import Reading, ShareRead
from rncp_ld.sources.csv_export.elements import FicheElement
from rncp_ld.sources.csv_export.export import FicheRows, Layout
from rncp_ld.sources.csv_export.files import KEY, STANDARD
from rncp_ld.sources.csv_export.findings import CsvFindings
from rncp_ld.sources.csv_export.rows import Row, Shape, parse_run
from rncp_ld.sources.xml_v4.fiche import as_reading, read_elements
from rncp_ld.sources.xml_v4.findings import non_blank
from rncp_ld.sources.xml_v4.table import V4


def read_rows(layout: Layout, rows: FicheRows) -> Reading:
    """Read one fiche.

    Args:
        layout: of its export.
        rows: as `CsvExport.fiches` yields them.
    """
    findings = CsvFindings(layout, parse_fiche_number(rows.number))
    made = FicheElement(layout, rows, findings)
    fiche = None
    if made.has_main_row:
        has_html = any("<" in text or "&" in text for runs in rows.runs.values() for _, text in runs)
        fiche = read_elements(made.element, findings, layout.document, V4, suspect=layout.suspect, has_html=has_html)
    else:
        findings.close()
    findings.diagnostics[:0] = rows.notes
    if fiche is None:
        findings.unread = [_unread(file, row) for file, found in _all_rows(layout, rows) for row in found]
    reading = as_reading(layout.document, made.element, fiche, findings, line=findings.line, total=made.total)
    return _with_orphans(reading, layout, rows.orphans) if rows.orphans else reading


def _with_orphans(reading: Reading, layout: Layout, orphans: Sequence[FicheRows]) -> Reading:
    """Return the reading with the rows of fiches that the main file does not have."""
    found: list[Diagnostic] = []
    unread: list[tuple[int, str]] = []
    for orphan in orphans:
        number = parse_fiche_number(orphan.number)
        for file, rows in _all_rows(layout, orphan):
            said = f"{len(rows)} dans ce fichier ; ici la première."
            name, first = layout.files[file][0], rows[0]
            found.append(
                Diagnostic.of(
                    "LIGNE-ORPHELINE", said, file=name, line=first.line, fiche=number, path=file, excerpt=first.text
                )
            )
            unread += (_unread(file, row) for row in rows)
    return replace(
        reading,
        diagnostics=(*reading.diagnostics, *found),
        unread=(*reading.unread, *unread),
        share=reading.share + ShareRead(0, sum(non_blank(text) for _, text in unread)),
    )


def _all_rows(layout: Layout, rows: FicheRows) -> Iterator[tuple[str, list[Row]]]:
    for file, runs in rows.runs.items():
        shape = Shape.of(layout.files[file][1].index(KEY))
        yield file, [row for run in runs for row in parse_run(run, shape)]


def _unread(file: str, row: Row) -> tuple[int, str]:
    """Return a row as unread: its line counts in the main file only."""
    return row.line if file == STANDARD else 0, " ".join(row.text.split())
