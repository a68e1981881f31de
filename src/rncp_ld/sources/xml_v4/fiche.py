"""One FICHE element → one `Reading`."""

from __future__ import annotations

import re
from typing import Any, cast

from lxml import etree

from rncp_ld.model.codes import parse_fiche_number
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
from rncp_ld.sources.xml_v4.table import CONTAINERS, TABLE

_MAY_HAVE_BESIDE = etree.XPath(
    "boolean(.//text()/following-sibling::* or .//text()/preceding-sibling::* or descendant-or-self::*/@*)"
)
_BESIDE_ELEMENTS = etree.XPath("descendant-or-self::*[*]/text()[normalize-space()] | descendant-or-self::*/@*")
_NOT_COUNTED = b" \t\r\n" + bytes(range(0x80, 0xC0))  # blanks, and all bytes of a character but its first
_ENTITY = re.compile(rb"&[a-zA-Z#][a-zA-Z0-9]{1,30};")


def read_fiche(element: Element, document: SourceDocument, *, suspect: bool) -> Reading:
    """Read one FICHE.

    Args:
        element: the element, complete.
        document: where it stands.
        suspect: its characters are worth a look.
    """
    line = line_of(element)
    text = etree.tostring(element, method="text", encoding="utf-8", with_tail=False)
    printed = (element.findtext("NUMERO_FICHE") or "").strip()
    number = parse_fiche_number(printed)
    findings = Findings(document.name, number)
    draft = Draft(findings)
    total = len(text.translate(None, _NOT_COUNTED))
    fiche = None
    if number is None:
        cell = element.find("NUMERO_FICHE")
        findings.report("NUMERO-INVALIDE", element if cell is None else cell, excerpt=printed or None)
    else:
        _read_elements(element, draft)
        total += _leave_beside_elements(element, findings)
        if suspect:
            report_odd_characters(element, findings)
        if b"<" in text or _ENTITY.search(text):
            report_html(element, findings)
        fiche = _fiche(element, draft, document, number)
    findings.close()
    if fiche is None:
        findings.keep(element)
    return Reading(
        document=document,
        fiche=fiche,
        number=number,
        line=line,
        diagnostics=tuple(findings.diagnostics),
        share=ShareRead(total - findings.lost if fiche else 0, total),
        unread=tuple(findings.unread),
        activity=_activity(element, fiche),
    )


def _read_elements(element: Element, draft: Draft) -> None:
    for child in element:
        rule = TABLE.get(str(child.tag))
        if rule is None:
            draft.findings.leave_unknown(child)
        else:
            rule.read(draft, child)


def _leave_beside_elements(element: Element, findings: Findings) -> int:
    """Report texts between elements, and attributes: the format has neither. Returns the attributes' characters."""
    if not _MAY_HAVE_BESIDE(element):
        return 0
    characters = 0
    for piece in cast("list[Any]", _BESIDE_ELEMENTS(element)):
        owner = piece.getparent()
        if piece.is_attribute:
            holder = owner if owner is element else owner.getparent()
            if path_of(holder) in CONTAINERS:  # else it stands in what was kept as a whole
                findings.leave_piece(owner, str(piece), f"Attribut {piece.attrname}.")
                characters += non_blank(piece)
        else:
            owner = owner.getparent() if piece.is_tail else owner
            if path_of(owner) in CONTAINERS:
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


def _activity(element: Element, fiche: Fiche | None) -> Activity | None:
    """Return what is judged on the day of the export: ACTIF turns Non the day after DATE_FIN_ENREGISTREMENT."""
    if fiche is None or fiche.registration_end is None or fiche.is_active is None:
        return None
    cell = element.find("ACTIF")
    place = element if cell is None else cell
    return Activity(fiche.is_active, fiche.registration_end, line_of(place), path_of(place))
