"""Certifications that a fiche names by their titles: declared equivalences, what came before it and what comes after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import CertificationMention, Equivalence, EquivalenceKind
from rncp_ld.sources.certification_titles import parse_certification_mention
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open, split_at_semicolons, starts_low
from rncp_ld.sources.text_fiche.paragraphs import split_items
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.sections import Piece

_ABBREVIATED = re.compile(r"(?:(?:\b[A-Z]\.){2,}|\betc\.)$")
_NUMBER = re.compile(r"\b(?:RNCP|RS)\s?[1-9][0-9]{0,6}\b")


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
        for text in filter(None, map(_without_end, split_at_semicolons(item.text))):
            if is_placeholder(text):
                findings.report("TEXTE-PROVISOIRE", item.line, rubric, excerpt=text)
            elif text in mentions:
                findings.report("LIGNE-EN-DOUBLE", item.line, rubric, excerpt=text)
            else:
                mentions[text] = parse_certification_mention(text, len(mentions) + 1, rubric.value)
    return tuple(mentions.values())


def fiche_numbers(mentions: Sequence[CertificationMention]) -> tuple[str, ...]:
    """Return the fiche numbers that mentions hold ("RNCP28288 - Médiateur…")."""
    found = [number for mention in mentions for number in _NUMBER.findall(mention.verbatim)]
    return tuple(dict.fromkeys(number.replace(" ", "") for number in found))


def _starts_title(text: str, line: str) -> bool:
    if text.rstrip().endswith(";"):
        return True
    return not starts_low(line) and not is_open(text)


def _without_end(text: str) -> str:
    """Take the closing punctuation of a list off."""
    bare = text.strip(" ;,")
    return bare if _ABBREVIATED.search(bare) else bare.rstrip(" .")
