"""The blocs de compétences: their table, and what the fiche's summary says about the same statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rncp_ld.model.codes import is_own_block
from rncp_ld.model.fiche import Competence, CompetenceBlock
from rncp_ld.sources.folding import fold, key, squeeze
from rncp_ld.sources.text_fiche.block_rows import gather_blocks
from rncp_ld.sources.text_fiche.block_titles import read_block_title
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.pieces import Piece, Section
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.statements import (
    Activity,
    Statement,
    activity_of,
    are_competences,
    bare_key,
    cut_statements,
    recut,
)

_ASSESSMENT = re.compile(
    r"(?:(?<=[.;])\s*|^)(?:modalites?|modes?|criteres?)\s+d(?:e l)?'\s?evaluations?(?:\s+du bloc)?\s*:\s*|^evaluations?\s*:\s*"
)


def read_blocks(
    sections: Sequence[Section], activities: Sequence[Activity], fiche: str, findings: Findings
) -> tuple[CompetenceBlock, ...]:
    """Read the blocs of the table; the summary's activities say where statements end, and are compared with it."""
    blocks: list[CompetenceBlock] = []
    for cells in gather_blocks(sections, findings):
        title = read_block_title(cells.title, fiche)
        code = title.code
        if code and (not is_own_block(code, fiche) or any(block.code == code for block in blocks)):
            detail = f"Attendu : {fiche}BCnn, une fois."
            findings.report("CODE-BLOC", cells.line, Rubric.BLOCKS, detail=detail, excerpt=code)
        fragments, assessment = _part_assessment(cells.fragments)
        competences, text = _competences(fragments, activity_of(title.title, title.number, activities), findings)
        blocks.append(CompetenceBlock(code, len(blocks) + 1, title.title, competences, text, assessment))
    return tuple(blocks)


def _competences(
    fragments: Sequence[Piece], activity: Activity | None, findings: Findings
) -> tuple[tuple[Competence, ...], str | None]:
    """Return the competences and the text that stands before them; all of it is text where it is clearly no list."""
    statements = cut_statements(fragments)
    start = 1 if statements and statements[0].text.endswith(":") else 0
    items, confirmed = statements[start:], False
    if activity is not None:
        items, confirmed = _reconcile(items, activity, findings)
    if not are_competences(items, confirmed=confirmed):
        return (), "\n\n".join(said.text for said in statements) or None
    competences = tuple(Competence(place, said.text) for place, said in enumerate(items, 1))
    return competences, statements[0].text if start else None


def _part_assessment(fragments: Sequence[Piece]) -> tuple[list[Piece], str | None]:
    """Part "Modalités d'évaluation : …" from what stands before it."""
    for place, piece in enumerate(fragments):
        match = _ASSESSMENT.search(fold(piece.text))
        if match:
            before = Piece(piece.line, piece.text[: match.start()])
            after = [Piece(piece.line, piece.text[match.end() :]), *fragments[place + 1 :]]
            text = squeeze(" ".join(part.text for part in after))
            return [*fragments[:place], *([] if before.is_blank else [before])], text or None
    return list(fragments), None


def _reconcile(statements: list[Statement], activity: Activity, findings: Findings) -> tuple[list[Statement], bool]:
    """Compare the table's statements with the summary's: the summary's lines are whole and say where statements end.

    Where the words differ the table's are kept, and reported.
    """
    table = recut(statements, activity.statements)
    known = {bare_key(statement.text): statement for statement in activity.statements}
    shared = [statement for statement in table if bare_key(statement.text) in known]
    if not shared:
        return statements, False
    only_table = [statement for statement in table if bare_key(statement.text) not in known]
    said = {bare_key(statement.text) for statement in table}
    only_summary = [statement for words, statement in known.items() if words not in said]
    for place in range(max(len(only_table), len(only_summary))):
        mine, other = only_table[place : place + 1], only_summary[place : place + 1]
        detail = f"Résumé : « {other[0].text} » (ligne {other[0].line})." if other else "Absent du résumé."
        line = mine[0].line if mine else other[0].line
        excerpt = mine[0].text if mine else other[0].text
        if not mine:
            detail = "Absent du tableau."
        findings.report("COMPETENCE-DIVERGENTE", line, Rubric.BLOCKS, detail=detail, excerpt=excerpt)
    return [_as_in_summary(item, known.get(bare_key(item.text))) for item in table], True


def _as_in_summary(item: Statement, told: Statement | None) -> Statement:
    """Take the summary's writing of the same characters: its lines are not cut."""
    return Statement(item.line, told.text) if told is not None and key(told.text) == key(item.text) else item
