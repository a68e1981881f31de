"""What a fiche is cut into: lines, and the rubrics that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from rncp_ld.sources.text_fiche.cells import Grid
from rncp_ld.sources.text_fiche.rubrics import Rubric


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or the part of one, that belongs to one rubric; blank lines stay, as they part paragraphs."""

    line: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Only white space, or the empty cells of a row."""
        return not self.text.strip(" \t|")


@dataclass(slots=True)
class Section:
    """A rubric's lines; `grid` says how to cut them where they are rows of a table."""

    rubric: Rubric | None
    line: int
    printed: str = ""
    grid: Grid | None = None
    body: list[Piece] = field(default_factory=list)

    @property
    def has_content(self) -> bool:
        """Something was read in it."""
        return any(not piece.is_blank for piece in self.body)
