"""The rows of the bloc table, gathered into blocs: which row starts one, and to which cell a line belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rncp_ld.model.codes import is_placeholder
from rncp_ld.sources.folding import key, squeeze
from rncp_ld.sources.text_fiche.block_titles import has_whole_number
from rncp_ld.sources.text_fiche.cells import TABLES, Column, Grid, has_separators
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import add_fragment, starts_low
from rncp_ld.sources.text_fiche.pieces import Piece, Section
from rncp_ld.sources.text_fiche.row_labels import starts_block
from rncp_ld.sources.text_fiche.rubrics import Rubric

_PLAIN = Grid.plain(next(table for table in TABLES if table.rubric is Rubric.BLOCKS))
_ENDS = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class BlockCells:
    """The two cells of a bloc: the left one joined, the right one line by line."""

    line: int
    title: str = ""
    fragments: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    piece: Piece
    title: str
    text: str

    @property
    def is_one_cell(self) -> bool:
        """A line without separators: it may go on in either cell."""
        return bool(self.title) and not self.text and not has_separators(self.piece.text)


def gather_blocks(sections: Sequence[Section], findings: Findings) -> list[BlockCells]:
    """Gather the rows of the table.

    Where left cells start with "Bloc…" or a code, these start the blocs. In a table without such titles a bloc starts with
    the first left cell after an empty one.
    """
    table = _Rows(list(_rows(sections)), findings)
    for row in table.rows:
        table.add(row)
    for piece in table.waiting:
        findings.leave(piece, Rubric.BLOCKS)
    return table.blocks


def _rows(sections: Sequence[Section]) -> Iterator[_Row]:
    """Yield the rows that are not blank."""
    for section in sections:
        grid = section.grid or _PLAIN
        for piece in section.body:
            cells = grid.cells(piece.text)
            title, text = cells.get(Column.BLOCK_TITLE, ""), cells.get(Column.BLOCK_TEXT, "")
            if title or text:
                yield _Row(piece, squeeze(title), text)


class _Rows:
    """The blocs so far; `waiting` holds right cells above the first title, which are the first bloc's."""

    def __init__(self, rows: list[_Row], findings: Findings) -> None:
        self.rows = rows
        self.findings = findings
        self.blocks: list[BlockCells] = []
        self.waiting: list[Piece] = []
        self.titled = any(starts_block(row.title) for row in rows)
        self.after_gap = True

    def add(self, row: _Row) -> None:
        block = self.blocks[-1] if self.blocks else None
        if row.is_one_cell and row.title.isdigit():
            self.findings.leave(row.piece, Rubric.BLOCKS)  # the number of a page, most likely
            return
        if block is not None and row.is_one_cell and self._goes_on_right(row.title, block):
            self._add_text(block, row.piece.line, row.title)
            return
        if self._starts(row.title, block):
            block = BlockCells(row.piece.line, fragments=self.waiting)
            self.blocks.append(block)
            self.waiting = []
        self.after_gap = not row.title
        if block is not None:
            self._add_title(block, row.piece.line, row.title)
            self._add_text(block, row.piece.line, row.text)
        else:
            self._wait(row)

    def _starts(self, title: str, block: BlockCells | None) -> bool:
        if self.titled:
            # Some conversions print a cell that spans several rows in each of them.
            return starts_block(title) and (block is None or key(block.title) != key(title))
        if block is None and is_placeholder(title):
            return False
        return bool(title) and self.after_gap and not starts_low(title)

    def _goes_on_right(self, line: str, block: BlockCells) -> bool:
        """Tell whether a line without separators goes on in the right cell of the row above, and not in the left one."""
        if starts_block(line) or (self.titled and not has_whole_number(block.title)):
            return False
        ended = not block.fragments or block.fragments[-1].text.rstrip().endswith(_ENDS)
        return not (ended and starts_low(line))

    def _wait(self, row: _Row) -> None:
        if row.title and is_placeholder(row.title):
            self.findings.report("TEXTE-PROVISOIRE", row.piece.line, Rubric.BLOCKS, excerpt=row.title)
        elif row.title:
            self.findings.leave(row.piece, Rubric.BLOCKS, text=row.title)
        if row.text:
            self.waiting.append(Piece(row.piece.line, row.text))

    def _add_title(self, block: BlockCells, line: int, fragment: str) -> None:
        if fragment:
            block.title, repeated = add_fragment(block.title, fragment)
            if repeated:
                self.findings.report("CELLULE-REPETEE", line, Rubric.BLOCKS, excerpt=repeated)

    def _add_text(self, block: BlockCells, line: int, fragment: str) -> None:
        if not fragment:
            return
        above = key("".join(piece.text for piece in block.fragments[-2:]))
        if len(fragment.split()) > 1 and above.endswith(key(fragment)):
            self.findings.report("CELLULE-REPETEE", line, Rubric.BLOCKS, excerpt=fragment)
        else:
            block.fragments.append(Piece(line, fragment))
