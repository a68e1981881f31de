"""The sections of one fiche, handed out by rubric; what nobody asked for is known at the end."""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.sources.text_fiche.pieces import Piece, Section
from rncp_ld.sources.text_fiche.rubrics import Rubric


class Contents:
    """Sections by rubric; several of one rubric (it goes on after a table or on the next page) are read as one."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._taken: set[Rubric] = set()

    def sections(self, rubric: Rubric) -> list[Section]:
        """Return the sections of a rubric."""
        self._taken.add(rubric)
        return [section for section in self._sections if section.rubric is rubric]

    def body(self, rubric: Rubric) -> list[Piece]:
        """Return the lines of a rubric; where another one stands between them, a blank line parts them."""
        pieces: list[Piece] = []
        for section in self.sections(rubric):
            pieces += [Piece(section.line, ""), *section.body]
        return pieces

    def line(self, rubric: Rubric) -> int | None:
        """Return the line where a rubric's first text stands, its heading's where it has none."""
        found = [section for section in self._sections if section.rubric is rubric]
        lines = [piece.line for section in found for piece in section.body if not piece.is_blank]
        return min(lines, default=found[0].line if found else None)

    def rest(self) -> list[tuple[Rubric | None, Piece]]:
        """Return the lines of rubrics that nobody took, and those that stand in none."""
        return [
            (section.rubric, piece)
            for section in self._sections
            if section.rubric is None or section.rubric not in self._taken
            for piece in section.body
            if not piece.is_blank
        ]
