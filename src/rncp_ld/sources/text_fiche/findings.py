"""What a reader of the text fiche finds beside the values: diagnostics, and text that entered no field."""

from __future__ import annotations

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.reading import ShareRead
from rncp_ld.sources.folding import squeeze
from rncp_ld.sources.text_fiche.lines import non_blank
from rncp_ld.sources.text_fiche.paragraphs import Paragraph
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric


class Findings:
    """Collects, while the rubrics of one fiche are read, what is wrong and what was left."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.unread: list[tuple[int, str]] = []

    def report(
        self, code: str, line: int | None, rubric: Rubric | None = None, *, detail: str = "", excerpt: str | None = None
    ) -> None:
        """Add a diagnostic of a known code."""
        path = rubric.value if rubric else None
        self.diagnostics.append(Diagnostic.of(code, detail, line=line, path=path, excerpt=excerpt))

    def leave(
        self,
        what: Piece | Paragraph,
        rubric: Rubric | None,
        *,
        code: str = "TEXTE-NON-LU",
        detail: str = "",
        text: str | None = None,
    ) -> None:
        """Say that a text ended in no field: the whole of `what`, or only `text` in it."""
        pieces = what.pieces if isinstance(what, Paragraph) and text is None else ()
        for line, left in [(piece.line, piece.text) for piece in pieces] or [(what.line, text or what.text)]:
            if left.strip(" \t|"):
                self.unread.append((line, squeeze(left)))
                self.report(code, line, rubric, detail=detail, excerpt=left)

    def share(self, total: int, *, lost: bool) -> ShareRead:
        """Return the share read, of so many non-blank characters; nothing is read where the fiche as a whole is lost."""
        if lost:
            return ShareRead(0, total)
        left = sum(non_blank(text) for _, text in self.unread)
        return ShareRead(max(total - left, 0), total)
