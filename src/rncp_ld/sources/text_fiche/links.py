"""Certifications that a fiche names by their titles: declared equivalences, what came before it and what comes after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import CertificationMention, Equivalence, EquivalenceKind
from rncp_ld.sources.certification_titles import fiche_numbers_in, parse_certification_mention
from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open, split_at_semicolons, starts_low
from rncp_ld.sources.text_fiche.paragraphs import split_items
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.rubrics import Rubric

_AFTER_NUMBER = re.compile(r"(?<=\d\))\s*(?:,|\bet\b|\bou\b)\s+(?=[^)]*\((?:fiche )?(?:RNCP|RS)[\s\d])")
_ABBREVIATED = re.compile(r"(?:(?:\b[A-Z]\.){2,}|\betc\.)$")


def read_equivalences(body: Sequence[Piece], links: Sequence[Piece], findings: Findings) -> tuple[Equivalence, ...]:
    """Read "Certifications reconnues en équivalence": each item is a mention.

    Under "Liens avec d'autres certifications" there may be links of another kind: without the label they are left.
    """
    for item in split_items(links, _starts_title):
        if is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, Rubric.LINKS, excerpt=item.text)
        else:
            findings.leave(item, Rubric.LINKS, detail=f"Attendu : « {Rubric.EQUIVALENCES.value} : ».")
    mentions = read_mentions(body, Rubric.EQUIVALENCES, findings)
    return tuple(Equivalence(EquivalenceKind.DECLARED, mention) for mention in mentions)


def read_mentions(body: Sequence[Piece], rubric: Rubric, findings: Findings) -> tuple[CertificationMention, ...]:
    """Read a list of titles: one a line or parted by semicolons; a title goes on below where its line plainly waits.

    A label inside the list ("Autres certifications :") starts something else: it and what follows it are left.
    """
    mentions: dict[str, CertificationMention] = {}
    is_other = False
    for item in split_items(body, _starts_title):
        is_other = is_other or item.text.endswith(":")
        if is_other:
            findings.leave(item, rubric)
            continue
        parts = (part for text in split_at_semicolons(item.text) for part in _split_after_numbers(text))
        for text in filter(None, map(_without_end, parts)):
            if is_placeholder(text):
                findings.report("TEXTE-PROVISOIRE", item.line, rubric, excerpt=text)
            elif text in mentions:
                findings.report("LIGNE-EN-DOUBLE", item.line, rubric, excerpt=text)
            else:
                mentions[text] = parse_certification_mention(text, len(mentions) + 1, rubric.value)
    return tuple(mentions.values())


def fiche_numbers(mentions: Sequence[CertificationMention]) -> tuple[str, ...]:
    """Return the fiche numbers that mentions hold ("RNCP28288 - Médiateur…")."""
    return tuple(dict.fromkeys(number for mention in mentions for number in fiche_numbers_in(mention.verbatim)))


def _split_after_numbers(text: str) -> list[str]:
    """Cut "CAP A (RNCP12), CAP B (RNCP13)": a number in brackets ends a title before a comma or "et"."""
    return _AFTER_NUMBER.split(text)


def _starts_title(text: str, line: str) -> bool:
    if text.rstrip().endswith(";"):
        return True
    return not starts_low(line) and not is_open(text) and not _waits_for_title(text, line)


def _waits_for_title(text: str, line: str) -> bool:
    """Tell whether a type's label stands alone at the end of a line, and the title below it ("…; Baccalauréat professionnel")."""
    label = text.rpartition(";")[2]
    if parse_certification_mention(line, 1, "").certification_type or " " not in label.strip():
        return False
    mention = parse_certification_mention(label, 1, "")
    return mention.is_generic and fold(label).strip()[:4] not in {"tous", "tout"}


def _without_end(text: str) -> str:
    """Take the closing punctuation of a list off."""
    bare = text.strip(" ;,")
    return bare if _ABBREVIATED.search(bare) else bare.rstrip(" .")
