"""Lists of codes with labels: NSF, ROME, Formacodes, conventions collectives.

Labels hold commas ("330t …, 332t Aide, conseil, orientation, soutien socio-éducatif"), so that a list is cut only where a
code starts an item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rncp_ld.model.codes import is_placeholder, is_rome_job, parse_formacode, parse_nsf, parse_rome
from rncp_ld.model.fiche import Coded, CollectiveAgreement
from rncp_ld.sources.collective_agreements import read_agreement
from rncp_ld.sources.folding import fold, squeeze
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open, join, starts_low
from rncp_ld.sources.text_fiche.paragraphs import blocks_of, without_mark
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """How the codes of one nomenclature are found and judged.

    Attributes:
        rubric: where they stand.
        shape: what looks like a code, right or wrong (folded).
        plain: a code that needs no comma before it to be one, as no label holds the like (folded).
        parse: the code in its canonical writing, or None.
        is_precise: the code is as deep as a fiche's should be.
        expected: for the message, in French.
    """

    rubric: Rubric
    shape: str
    plain: str
    parse: Callable[[str], str | None]
    is_precise: Callable[[str], bool]
    expected: str

    def starts(self) -> re.Pattern[str]:
        """Where an item starts: at the start of a line or after a comma or semicolon, before the label or the end."""
        ending = r"(?=\s*[:,;.–-]|\s+[^\d\s]|\s*$)"
        return re.compile(rf"(?:(?:^|(?<=[,;|\t]))\s*(?P<code>{self.shape})|(?<=\s)(?P<plain>{self.plain})){ending}")


NSF = Nomenclature(
    Rubric.NSF,
    r"\d{2,5}[a-z]{0,2}",
    r"[1-4]\d{2}[a-z]",
    parse_nsf,
    lambda code: len(code) >= 3,
    "trois chiffres, et au plus une lettre (332t)",
)
ROME = Nomenclature(
    Rubric.ROME,
    r"[a-z]\d{1,5}|[a-n](?=\s*:|\s*$)|\d{5}(?=\s*:|\s+[a-z])",
    r"[a-n]\d{4}",
    parse_rome,
    is_rome_job,
    "une lettre et quatre chiffres (K1205)",
)
FORMACODE = Nomenclature(
    Rubric.FORMACODES, r"\d{3,7}|[a-z]\d{4}", r"\d{5}", parse_formacode, lambda _: True, "cinq chiffres (44028)"
)
_CONVENTION = re.compile(
    r"(?:^|(?<=[,;|\t]))\s*(?P<idcc>idcc\s*(?:n°)?\s*:?\s*)?(?P<code>\d{1,5})(?=\s*[:,;.–-]|\s+[^\d\s]|\s*$)"
)


_ROME_LINE = re.compile(r"\s*[a-n]\d{4}\s*[:–-]")


@dataclass(frozen=True, slots=True)
class _Item:
    """A code with the rest of its item, and the text before the first code of a paragraph (no code)."""

    line: int
    code: str
    label: str
    is_idcc: bool = False


def read_codes(body: Sequence[Piece], nomenclature: Nomenclature, findings: Findings) -> tuple[Coded, ...]:
    """Read a list of codes; one that does not match its pattern is kept and reported, as the XML reader does."""
    found: list[Coded] = []
    pattern = nomenclature.starts()
    for item in _items(body, pattern, nomenclature.rubric, findings):
        code = nomenclature.parse(item.code)
        if code is None:
            detail = f"Attendu : {nomenclature.expected}."
            findings.report("CODE-INVALIDE", item.line, nomenclature.rubric, detail=detail, excerpt=item.code)
        elif not nomenclature.is_precise(code):
            detail = f"Niveau supérieur ; attendu : {nomenclature.expected}."
            findings.report("CODE-INVALIDE", item.line, nomenclature.rubric, detail=detail, excerpt=code)
        coded = Coded(code or item.code, item.label or None)
        if coded in found:
            findings.report("LIGNE-EN-DOUBLE", item.line, nomenclature.rubric, excerpt=f"{item.code} {item.label}")
        else:
            found.append(coded)
    return tuple(found)


def read_conventions(body: Sequence[Piece], findings: Findings) -> tuple[CollectiveAgreement, ...]:
    """Read conventions collectives: see `sources.collective_agreements`."""
    items = _items(body, _CONVENTION, Rubric.CONVENTIONS, findings)
    agreements = [read_agreement(item.code, item.label or None, said_idcc=item.is_idcc) for item in items]
    return tuple(dict.fromkeys(agreements))


def take_rome(body: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part the lines of a rubric that start with a ROME code from the others.

    The heading "Réglementation d'activités :" may stand on the line of the first ROME code, and the further codes below it.
    """
    mine: list[Piece] = []
    others: list[Piece] = []
    last: list[Piece] = others
    for piece in body:
        if _ROME_LINE.match(fold(piece.text)):
            last = mine
        elif piece.is_blank or not starts_low(piece.text):
            last = others
        last.append(piece)
    return mine, others


def _items(body: Sequence[Piece], pattern: re.Pattern[str], rubric: Rubric, findings: Findings) -> Iterator[_Item]:
    """Yield the items; a line without a code belongs to the label above it where that is open or the line starts low."""
    for block in blocks_of(body):
        item: _Item | None = None
        for piece in block:
            before, items = _cut(piece, pattern)
            if before and item is not None and (starts_low(before) or is_open(item.label)):
                item = _Item(item.line, item.code, join(item.label, before), item.is_idcc)
            elif before and is_placeholder(before):
                findings.report("TEXTE-PROVISOIRE", piece.line, rubric, excerpt=before)
            elif before:
                findings.leave(piece, rubric, text=before)
            for following in items:
                if item is not None:
                    yield _closed(item)
                item = following
        if item is not None:
            yield _closed(item)


def _closed(item: _Item) -> _Item:
    """Take off what parted a label from the next item; until then a comma at its end says that it goes on."""
    label = _label(item.label)
    return replace(item, label="" if label in {"et", "ou"} else label)


def _cut(piece: Piece, pattern: re.Pattern[str]) -> tuple[str, list[_Item]]:
    """Return what stands before the first code of a line, and its items."""
    text = without_mark(piece.text)
    matches = [match for match in pattern.finditer(_fold_but_tabs(text)) if not _is_letter(text, match)]
    if not matches:
        return squeeze(text), []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    items = []
    for match, end in zip(matches, ends, strict=True):
        place = match.span(match.lastgroup or 0)
        is_idcc = bool(match.groupdict().get("idcc"))
        label = squeeze(text[place[1] : end]).lstrip(" ,;:–-|")
        items.append(_Item(piece.line, text[slice(*place)], label, is_idcc))
    return squeeze(text[: matches[0].start()]).strip(" ,;:"), items


def _is_letter(text: str, match: re.Match[str]) -> bool:
    """Tell whether a match is only a small letter at the end of a label: ROME's domains are capitals."""
    start, end = match.span(match.lastgroup or 0)
    return end - start == 1 and text[start].islower()


def _fold_but_tabs(text: str) -> str:
    """Fold, but keep tabs: they part items."""
    return "".join("\t" if char == "\t" else folded for char, folded in zip(text, fold(text), strict=True))


def _label(text: str) -> str:
    return squeeze(text).strip(" ,;:–-").removesuffix("|").strip()
