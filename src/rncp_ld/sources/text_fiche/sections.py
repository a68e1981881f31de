"""Cutting a fiche into its rubrics, in whatever order they stand.

A rubric runs from its heading to the next one. What stands before the first heading, or after a value that fills its rubric,
is in no rubric: its section has None, and all of it is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rncp_ld.sources.folding import fold, squeeze
from rncp_ld.sources.text_fiche.cells import TABLES, Column, Grid, find_header, has_separators, split_cells
from rncp_ld.sources.text_fiche.headings import Found, continued_heading, heading_of, headings_in
from rncp_ld.sources.text_fiche.joining import is_open, starts_low
from rncp_ld.sources.text_fiche.lines import Line
from rncp_ld.sources.text_fiche.pieces import Piece, Section
from rncp_ld.sources.text_fiche.row_labels import starts_block, starts_condition, starts_person
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.unknown_headings import is_unknown_heading

_COLUMN_RUBRICS = {
    Column.AUTHORITY: Rubric.AUTHORITY,
    Column.SIGNATORY: Rubric.SIGNATORY,
    Column.LINK: Rubric.LINKS,
    Column.AGREEMENT: Rubric.AGREEMENTS,
}
"""Columns that are rubrics of their own."""

_NESTED = {Rubric.AUTHORITY: {Rubric.ELABORATION}, Rubric.LINKS: {Rubric.EQUIVALENCES}}
"""Headings that stand inside a column of a table and do not end it."""

_AFTER_VALUE: dict[Rubric, Rubric | None] = {
    Rubric.NEW_TITLE: Rubric.TITLE,
    Rubric.SUCCESSOR: Rubric.HISTORY,
    Rubric.PREDECESSOR: Rubric.HISTORY,
    Rubric.COMPONENT_VALIDITY: None,
    Rubric.DECISION_DATE: None,
    Rubric.EFFECTIVE_DATE: None,
    Rubric.LAST_JOURNAL_DATE: None,
    Rubric.PUBLICATION_DATE: None,
    Rubric.REGISTRATION_END: None,
    Rubric.REGISTRATION_DURATION: None,
}
"""Rubrics of one value: after it and a blank line, the rubric around them goes on."""

_TABLE_OF = {table.rubric: table for table in TABLES}
_LEVEL_LINE = re.compile(r"[^.]{0,20}\(\s*nomenclature (?:de )?(?:19\d\d|europe)")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s*\d+(?:\s*(?:/|sur)\s*\d+)?|\d+\s*/\s*\d+)\s*")
_TERRITORY_HEADER = re.compile(r" ?oui non ?")
_RULE = re.compile(r"\s*[=_*-]{3,}\s*")


def cut_sections(lines: Sequence[Line]) -> list[Section]:
    """Cut the lines of a fiche into sections, in the order of the file."""
    cutter = _Cutter()
    position = 0
    while position < len(lines):
        position += cutter.take(lines[position : position + 3])
    return [section for section in cutter.sections if section.rubric or section.has_content]


def rubrics_in(sections: Iterable[Section]) -> frozenset[Rubric]:
    """Return the rubrics that a heading or the header of a table opened."""
    return frozenset(section.rubric for section in sections if section.rubric and (section.printed or section.grid))


class _Cutter:
    """Reads line by line and remembers the rubric, or the columns of a table, in which it is."""

    def __init__(self) -> None:
        self.current = Section(None, 1)
        self.sections = [self.current]
        self.grid: Grid | None = None
        self.columns: dict[Column, Section] = {}
        self.last_column: Column | None = None
        self.around: Section | None = None
        self.after_page = False

    def take(self, lines: Sequence[Line]) -> int:
        """Take the first of these lines, with those that it needs, and return how many."""
        line = lines[0]
        if line.is_blank:
            self._blank(line)
            return 1
        if _PAGE_NUMBER.fullmatch(fold(line.text)) or _RULE.fullmatch(line.text):
            self.after_page = True
            return 1
        if self.current.rubric is Rubric.CONDITIONS and _TERRITORY_HEADER.fullmatch(fold(line.text)):
            return 1
        if self.current.rubric is not Rubric.LEVEL and _LEVEL_LINE.match(fold(line.text)):
            # Its heading may be missing; the line says itself what it is.
            self._open(Found(0, 0, Rubric.LEVEL, "", at_start=True), line.number)
        header = find_header(_until_blank(lines))
        if header is not None:
            self._open_table(header[0], line.number)
            return header[1]
        for count in range(2, len(_until_blank(lines)) + 1):
            found = continued_heading(*_two(lines[:count]))
            if found is not None:
                joined = " ".join(part.text.strip() for part in lines[:count])
                self._open(found, line.number)
                self._value(joined[found.end :], lines[count - 1].number)
                return count
        self._line(line)
        return 1

    def _line(self, line: Line) -> None:
        found = headings_in(line, self.current.rubric, has_title=self._has(Rubric.TITLE))
        if self._in_column(line, found):
            return
        if not found:
            self._content(line)
            return
        position = 0
        for place, heading in enumerate(found):
            if line.text[position : heading.start].strip(" -–•*"):
                self._value(line.text[position : heading.start], line.number)
            self._open(heading, line.number)
            position = heading.end
            end = found[place + 1].start if place + 1 < len(found) else len(line.text)
            self._value(line.text[position:end], line.number)
            position = end

    def _in_column(self, line: Line, found: Sequence[Found]) -> bool:
        """Put the cells of a row into the columns of the table that is open; tell whether there is one that goes on."""
        if not self.columns or self.grid is None:
            return False
        nested = _NESTED[self.grid.table.rubric]
        if found and found[0].rubric not in nested:
            return False
        if not found and not has_separators(line.text) and is_unknown_heading(line, self.current):
            self._leave_table()
            return False
        for column, cell in self._cells(line.text, self.grid).items():
            heading = heading_of(cell)
            start = 0
            if heading is not None and heading.rubric in nested:
                if heading.rubric is not self.columns[column].rubric:
                    self.columns[column] = self._new(heading.rubric, line.number, heading.printed)
                start = heading.end
            if cell[start:].strip():
                self.columns[column].body.append(Piece(line.number, cell[start:].strip()))
                self.last_column = column
        return True

    def _cells(self, text: str, grid: Grid) -> dict[Column, str]:
        """Return the cells of a row; a line without separators goes on in the cell above that waits for its end."""
        last = self.columns[self.last_column].body if self.last_column else []
        if not grid.shows_columns(text) and self.last_column and last and is_open(last[-1].text):
            return {self.last_column: squeeze(text)}
        if not grid.shows_columns(text) and self.last_column and not grid.tabbed and starts_low(text):
            return {self.last_column: squeeze(text)}
        if Column.SIGNATORY in grid.columns and not has_separators(text) and not grid.starts and starts_person(text):
            return {Column.SIGNATORY: squeeze(text)}
        return grid.cells(text)

    def _content(self, line: Line) -> None:
        if self.after_page and starts_low(line.text):
            self._rejoin_pages()
        self.after_page = False
        cells = [cell for cell in split_cells(line.text) if cell]
        rubric = self.current.rubric
        if len(cells) > 1 and starts_condition(cells[0]) and rubric is not Rubric.CONDITIONS:
            self._open_table(Grid.plain(_TABLE_OF[Rubric.CONDITIONS]), line.number)
        elif len(cells) > 1 and has_separators(line.text) and starts_block(cells[0]) and rubric is not Rubric.BLOCKS:
            self._open_table(Grid.plain(_TABLE_OF[Rubric.BLOCKS]), line.number)
        elif is_unknown_heading(line, self.current):
            self.current = self._new(None, line.number, line.text)
        self._value(line.text, line.number)

    def _rejoin_pages(self) -> None:
        """Take off the blank lines that the end of a page put into a sentence."""
        body = self.current.body
        last = next((piece for piece in reversed(body) if not piece.is_blank), None)
        if last is not None and not last.text.endswith((".", ":", ";", "!", "?")):
            while body[-1].is_blank:
                body.pop()

    def _open(self, found: Found, line: int) -> None:
        if found.rubric in {Rubric.BANNER, Rubric.NUMBER}:
            self.after_page = True
        if found.rubric is Rubric.BANNER:
            self._new(found.rubric, line, found.printed)
            return
        if found.rubric is self.current.rubric and not self.columns:
            return
        if found.rubric is Rubric.NUMBER:
            # On a page's header the number is told again, and the rubric that it interrupts goes on after it.
            self.around = self.current if self.current.rubric else None
        self._leave_table()
        self.current = self._new(found.rubric, line, found.printed)

    def _value(self, text: str, line: int) -> None:
        if not text.strip():
            return
        self.current.body.append(Piece(line, text.rstrip(" ")))
        if self.current.rubric is Rubric.NUMBER:
            self.current = self.around or self._new(Rubric.TITLE, line)

    def _has(self, rubric: Rubric) -> bool:
        return any(section.rubric is rubric and section.has_content for section in self.sections)

    def _blank(self, line: Line) -> None:
        for section in self.columns.values() or (self.current,):
            section.body.append(Piece(line.number, ""))
        rubric = self.current.rubric
        if rubric in _AFTER_VALUE and self.current.has_content:
            self.current = self._new(_AFTER_VALUE[rubric], line.number)

    def _open_table(self, grid: Grid, line: int) -> None:
        self._leave_table()
        self.grid = grid
        if grid.table.rubric in _NESTED:
            self.columns = {column: self._new(_COLUMN_RUBRICS[column], line) for column in grid.columns}
            self.current = self.columns[grid.columns[0]]
        else:
            self.current = self._new(grid.table.rubric, line)
            self.current.grid = grid

    def _leave_table(self) -> None:
        self.columns, self.grid, self.last_column = {}, None, None

    def _new(self, rubric: Rubric | None, line: int, printed: str = "") -> Section:
        section = Section(rubric, line, printed)
        self.sections.append(section)
        return section


def _until_blank(lines: Sequence[Line]) -> list[str]:
    texts = []
    for line in lines:
        if line.is_blank:
            break
        texts.append(line.text)
    return texts


def _two(lines: Sequence[Line]) -> tuple[str, str]:
    """Return all but the last line joined, and the last one."""
    return " ".join(line.text.strip() for line in lines[:-1]), lines[-1].text
