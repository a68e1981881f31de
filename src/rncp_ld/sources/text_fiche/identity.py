"""Who a fiche is: its number, its title line, whether it is closed, its levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rncp_ld.model.codes import LEVELS_1969, LEVELS_EUROPE, NO_TYPE, is_placeholder, parse_fiche_number
from rncp_ld.model.fiche import Coded
from rncp_ld.sources.certification_titles import has_abbreviation, split_labelled_line, split_title_line
from rncp_ld.sources.folding import fold, key, squeeze
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import unbalanced
from rncp_ld.sources.text_fiche.paragraphs import Paragraph, blocks_of, split_items
from rncp_ld.sources.text_fiche.pieces import Piece, Section
from rncp_ld.sources.text_fiche.rubrics import Rubric

LONGEST_TITLE = 1000

_CLOSED = re.compile(
    r"\(?(?:l'\s?acces a (?:la|cette) certification n'\s?est plus|(?:la|cette) (?:certification|fiche) (?:n'\s?est plus|a ete "
    r"(?:abrogee|supprimee))|la certification existe desormais sous une autre forme)"
)
_LEVEL = re.compile(
    r"(?P<value>[^()\n]*?)\s*\(\s*nomenclature\s+(?:de\s+)?(?P<which>19\d\d|europe(?:enne)?|europeenne|2019)\s*\)"
)
_BARE_LEVEL = re.compile(r"(?:niveau\s*:?\s*)?(?P<value>v\s?bis|i{1,3}|iv|vi?|niv\s?\d|[1-8]|aucun|sans niveau)")


@dataclass(frozen=True, slots=True)
class Title:
    """What stands under "Intitulé"; `title` is None where there is none."""

    title: str | None = None
    printed: str | None = None
    certification_type: Coded | None = None
    closure_note: str | None = None


def read_number(sections: Sequence[Section], findings: Findings) -> str | None:
    """Read "Code RNCP : 2383"; on the headers of the following pages it must be the same."""
    numbers: list[str] = []
    for section in sections:
        for piece in (piece for piece in section.body if not piece.is_blank):
            prefix = "RS" if fold(section.printed).endswith("rs") else "RNCP"
            text = squeeze(piece.text).strip(" .")
            number = parse_fiche_number(text.upper()) or parse_fiche_number(prefix + text)
            if number is None:
                findings.leave(piece, Rubric.NUMBER, code="NUMERO-INVALIDE")
            elif numbers and number != numbers[0]:
                findings.leave(piece, Rubric.NUMBER, detail=f"Le numéro {numbers[0]} a été lu plus haut.")
            else:
                numbers.append(number)
    return numbers[0] if numbers else None


def read_title(body: Sequence[Piece], findings: Findings) -> Title:
    """Read the title line and the sentence that access is closed; other lines are left."""
    closure: list[str] = []
    candidates: list[Paragraph] = []
    for item in split_items(body, _starts_line):
        if _CLOSED.match(fold(item.text)):
            closure.append(item.text)
        elif is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, Rubric.TITLE, excerpt=item.text)
        else:
            candidates.append(item)
    untyped = [item for item in candidates if "\t" not in item.pieces[0].text]
    typed = [item for item in untyped if split_title_line(item.text) or split_labelled_line(item.text)]
    chosen = next(iter(typed or untyped), None)
    for item in candidates:
        if item is not chosen:
            findings.leave(item, Rubric.TITLE)
    note = " ".join(closure) or None
    return _title(chosen, note, findings) if chosen else Title(closure_note=note)


def _starts_line(text: str, line: str) -> bool:
    """The sentence that access is closed ends where its parentheses are closed; a title goes on until a blank line."""
    if _CLOSED.match(fold(line)):
        return True
    return _CLOSED.match(fold(text)) is not None and unbalanced(text) <= 0 and line[:1] != "("


def _title(item: Paragraph, note: str | None, findings: Findings) -> Title:
    printed = item.text
    kind, title = split_title_line(printed) or (None, printed)
    labelled = split_labelled_line(printed) if kind is None else None
    if labelled is not None:
        abbreviation, kind, title = labelled
        detail = "Abrégé inconnu ; le libellé qui le suit dit le type."
        findings.report("VALEUR-INCONNUE", item.line, Rubric.TITLE, detail=detail, excerpt=abbreviation)
    elif kind is None and has_abbreviation(printed):
        findings.report("TYPE-INCONNU", item.line, Rubric.TITLE, excerpt=printed)
    if kind is not None and kind.code == NO_TYPE:
        kind = None
    if len(title) > LONGEST_TITLE:
        findings.report("TITRE-LONG", item.line, Rubric.TITLE, detail=f"Il en a {len(title)}.", excerpt=title)
    return Title(title, printed if printed != title else None, kind, note)


def read_new_title(body: Sequence[Piece], findings: Findings) -> tuple[str, int] | None:
    """Read "Nouvel intitulé :" and its line."""
    blocks = list(blocks_of(body))
    for block in blocks[1:]:
        findings.leave(Paragraph(tuple(block)), Rubric.NEW_TITLE)
    if not blocks or is_placeholder(Paragraph(tuple(blocks[0])).text):
        return None
    item = Paragraph(tuple(blocks[0]))
    return item.text, item.line


def read_levels(body: Sequence[Piece], findings: Findings) -> tuple[str | None, str | None]:
    """Read "IV (Nomenclature de 1969)" and "4 (Nomenclature Europe)": (level of 1969, level)."""
    found: dict[bool, str] = {}
    for piece in (piece for piece in body if not piece.is_blank):
        rest = piece.text
        for is_1969, value in _values(piece.text):
            rest = rest.replace(value[0], " ", 1)
            level = _level(value[1], is_1969=is_1969)
            if not value[1] or is_placeholder(value[1]):
                continue
            if level is None:
                findings.leave(piece, Rubric.LEVEL, code="VALEUR-INCONNUE", text=value[0])
            elif found.setdefault(is_1969, level) != level:
                findings.leave(piece, Rubric.LEVEL, detail="Un autre niveau a été lu plus haut.", text=value[0])
        if rest.strip(" ,;-–/\t|"):
            findings.leave(piece, Rubric.LEVEL, text=rest)
    return found.get(True), found.get(False)


def _values(text: str) -> list[tuple[bool, tuple[str, str]]]:
    """Return the levels of a line: whether of 1969, (the text that says it, its value)."""
    folded = fold(text)
    named = list(_LEVEL.finditer(folded))
    if named:
        return [
            (
                "europe" not in match["which"] and match["which"] != "2019",
                (text[slice(*match.span())], _cut(text, match)),
            )
            for match in named
        ]
    bare = _BARE_LEVEL.fullmatch(folded.strip(" ."))
    if bare is None:
        return []
    return [(key(bare["value"])[0] in "iv", (text, bare["value"]))]


def _cut(text: str, match: re.Match[str]) -> str:
    value = text[match.start("value") : match.end("value")].strip(" ,;:-–/\t|")
    return re.sub(r"^niveau\s*:?\s*", "", value, flags=re.IGNORECASE)


def _level(value: str, *, is_1969: bool) -> str | None:
    words = squeeze(value).upper()
    if is_1969:
        roman = re.sub(r"^V\s?BIS$", "V bis", words)
        return LEVELS_1969.get(roman)
    compact = words.replace(" ", "")
    if compact in {"SANSNIVEAU", "AUCUN"}:
        return LEVELS_EUROPE["AUCUN"]
    return LEVELS_EUROPE.get(compact) or LEVELS_EUROPE.get(f"NIV{compact}")
