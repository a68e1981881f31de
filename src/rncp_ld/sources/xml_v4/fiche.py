"""One FICHE element → one `Reading`."""

from __future__ import annotations

import re
from typing import Any, cast

from lxml import etree

from rncp_ld.model.codes import SourceSeries, parse_fiche_number
from rncp_ld.model.fiche import Fiche, Texts
from rncp_ld.model.reading import Activity, Reading, ShareRead, SourceDocument
from rncp_ld.sources.legal import parse_citations
from rncp_ld.sources.xml_v4.access import resolve_references
from rncp_ld.sources.xml_v4.draft import Draft
from rncp_ld.sources.xml_v4.findings import (
    Element,
    Findings,
    line_of,
    non_blank,
    path_of,
    report_html,
    report_odd_characters,
)
from rncp_ld.sources.xml_v4.table import BEFORE_V4, V4, Version

_MAY_HAVE_BESIDE = etree.XPath(
    "boolean(.//text()/following-sibling::* or .//text()/preceding-sibling::* or descendant-or-self::*/@*)"
)
_BESIDE_ELEMENTS = etree.XPath("descendant-or-self::*[*]/text()[normalize-space()] | descendant-or-self::*/@*")
_NOT_COUNTED = b" \t\r\n" + bytes(range(0x80, 0xC0))  # blanks, and all bytes of a character but its first
_ENTITY = re.compile(rb"&[a-zA-Z#][a-zA-Z0-9]{1,30};")


def read_fiche(element: Element, document: SourceDocument, *, suspect: bool) -> Reading:
    """Read one FICHE of an XML export.

    Args:
        element: the element, complete.
        document: where it stands; its series says how it is read.
        suspect: its characters are worth a look.
    """
    line = line_of(element)
    version = V4 if document.series is SourceSeries.XML_V4_1 else BEFORE_V4
    findings = Findings(document.name, number_of(element))
    text = etree.tostring(element, method="text", encoding="utf-8", with_tail=False)
    total = len(text.translate(None, _NOT_COUNTED)) + _leave_beside_elements(element, findings, version.containers)
    has_html = b"<" in text or _ENTITY.search(text) is not None
    fiche = read_elements(element, findings, document, version, suspect=suspect, has_html=has_html)
    return as_reading(document, element, fiche, findings, line=line, total=total)


def number_of(element: Element) -> str | None:
    """Return the number of a FICHE, None where it is missing or none."""
    return parse_fiche_number(element.findtext("NUMERO_FICHE") or "")


def read_elements(
    element: Element, findings: Findings, document: SourceDocument, version: Version, *, suspect: bool, has_html: bool
) -> Fiche | None:
    """Read what stands in a FICHE, wherever it came from; what has no place goes to the findings.

    Args:
        element: the element, complete.
        findings: of this fiche, with its number.
        document: its series is kept in the record.
        version: how the elements are read.
        suspect: its characters are worth a look.
        has_html: its texts may hold HTML.

    Returns:
        None where the number or the title is missing or unusable: then all of the element is kept as unread.
    """
    fiche = None
    if findings.number is None:
        cell = element.find("NUMERO_FICHE")
        printed = (element.findtext("NUMERO_FICHE") or "").strip()
        findings.report("NUMERO-INVALIDE", element if cell is None else cell, excerpt=printed or None)
    else:
        draft = Draft(findings)
        for child in element:
            rule = version.table.get(str(child.tag))
            if rule is None:
                findings.leave_unknown(child)
            else:
                rule.read(draft, child)
        if suspect:
            report_odd_characters(element, findings)
        if has_html:
            report_html(element, findings, is_expected=version.has_html)
        fiche = _fiche(element, draft, document, findings.number)
    findings.close()
    if fiche is None:
        findings.keep(element)
    return fiche


def as_reading(
    document: SourceDocument, element: Element, fiche: Fiche | None, findings: Findings, *, line: int | None, total: int
) -> Reading:
    """Put a reading together; `total` counts the non-blank characters of the fiche in its source."""
    return Reading(
        document=document,
        fiche=fiche,
        number=findings.number,
        line=line,
        diagnostics=tuple(findings.diagnostics),
        share=ShareRead(total - findings.lost if fiche else 0, total),
        unread=tuple(findings.unread),
        activity=_activity(element, fiche, findings),
    )


def _leave_beside_elements(element: Element, findings: Findings, containers: frozenset[str]) -> int:
    """Report texts between elements, and attributes: the format has neither. Returns the attributes' characters."""
    if findings.number is None or not _MAY_HAVE_BESIDE(element):  # without a number all of it is kept anyway
        return 0
    characters = 0
    for piece in cast("list[Any]", _BESIDE_ELEMENTS(element)):
        owner = piece.getparent()
        if piece.is_attribute:
            holder = owner if owner is element else owner.getparent()
            if path_of(holder) in containers:  # else it stands in what was kept as a whole
                findings.leave_piece(owner, str(piece), f"Attribut {piece.attrname}.")
                characters += non_blank(piece)
        else:
            owner = owner.getparent() if piece.is_tail else owner
            if path_of(owner) in containers:
                findings.leave_piece(owner, str(piece), "Texte entre les éléments.")
    return characters


def _fiche(element: Element, draft: Draft, document: SourceDocument, number: str) -> Fiche | None:
    findings = draft.findings
    resolve_references(draft)
    fields: dict[str, Any] = {
        name: tuple(found) if isinstance(found, list) else found for name, found in draft.fields.items()
    }
    citations = parse_citations(draft.citations, number)
    findings.diagnostics += (found.at(file=document.name, fiche=number) for found in citations.diagnostics)
    if "title" not in fields:
        findings.report("TITRE-ABSENT", element)
        return None
    return Fiche(
        series=document.series,
        texts=Texts(**draft.texts),
        acts=citations.acts,
        legal_mentions=citations.mentions,
        access_conditions=tuple(draft.conditions.values()),
        **{**fields, "number": number},
    )


def _activity(element: Element, fiche: Fiche | None, findings: Findings) -> Activity | None:
    """Return what is judged on the day of the export: ACTIF turns Non the day after DATE_FIN_ENREGISTREMENT."""
    if fiche is None or fiche.registration_end is None or fiche.is_active is None:
        return None
    cell = element.find("ACTIF")
    _, line, path = findings.place_of(element if cell is None else cell)
    return Activity(fiche.is_active, fiche.registration_end, line, path)
