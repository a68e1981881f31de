"""One text fiche → one `Reading`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rncp_ld.diagnostics import sort_diagnostics
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.decoding import decode_text
from rncp_ld.sources.text_fiche.assembling import assemble
from rncp_ld.sources.text_fiche.contents import Contents
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.identity import read_number
from rncp_ld.sources.text_fiche.lines import Line, read_lines
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.sections import cut_sections, rubrics_in

_BEGINNING = 20_000
_OTHER_FORMAT = re.compile(r"\s*(?:<\?xml|<FICHES|<!DOCTYPE|<html|[{\[]|\"?Id_Fiche\"?;)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")


def looks_like_text_fiche(data: str) -> bool:
    """Tell whether a decoded file is a text fiche: it names a fiche and opens another rubric, or opens four."""
    if _OTHER_FORMAT.match(data):
        return False
    found = rubrics_in(cut_sections(read_lines(data[:_BEGINNING])))
    return len(found) > (1 if Rubric.NUMBER in found else 3)


def read_text_document(data: bytes, document: SourceDocument) -> Reading:
    """Read a text fiche from its bytes."""
    decoded = decode_text(data, document.name)
    reading = read_text_fiche(decoded.text, document)
    return replace(reading, diagnostics=(*decoded.diagnostics, *reading.diagnostics))


def read_text_fiche(data: str, document: SourceDocument) -> Reading:
    """Read a decoded text fiche.

    Every line that is not blank ends in a field, or in `Reading.unread` with a diagnostic. Without a number or a title there
    is no fiche, and nothing counts as read.
    """
    lines = read_lines(data)
    sections = cut_sections(lines)
    contents = Contents(sections)
    findings = Findings()
    start = next((section.line for section in sections if section.rubric), 1)
    number = read_number(contents.sections(Rubric.NUMBER), findings)
    fiche = None
    if number is not None:
        _report_html(lines, findings)
        fiche = assemble(number, contents, findings)
        if fiche is None:
            findings.report("TITRE-ABSENT", start, Rubric.TITLE)
    elif not findings.diagnostics:
        first = next((line.text for line in lines if not line.is_blank), None)
        findings.report("NUMERO-INVALIDE", start, Rubric.NUMBER, excerpt=first)
    placed = (found.at(file=document.name, fiche=number) for found in findings.diagnostics)
    return Reading(
        document=document,
        fiche=fiche,
        number=number,
        line=start,
        diagnostics=tuple(sort_diagnostics(placed)),
        share=findings.share(sum(line.weight for line in lines), lost=fiche is None),
        unread=tuple(findings.unread),
    )


def _report_html(lines: Sequence[Line], findings: Findings) -> None:
    """Report tags and entities of HTML, which stay in the texts as they are."""
    for line in lines:
        tag = _TAG.search(line.text)
        if tag:
            findings.report("HTML", line.number, excerpt=line.text[tag.start() :])
