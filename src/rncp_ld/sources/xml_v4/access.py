"""The access routes: SI_JURY_FI to SI_JURY_VAE, and JURY_* of the exports before V4."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rncp_ld.model.codes import Route
from rncp_ld.model.fiche import AccessCondition
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal import find_citations
from rncp_ld.sources.text_structure import read_text
from rncp_ld.sources.xml_v4.draft import Draft, Rule, cell_value, cells, leave_repeated
from rncp_ld.sources.xml_v4.findings import Element, path_of
from rncp_ld.sources.xml_v4.references import follow, reference_of
from rncp_ld.sources.xml_v4.values import day, yes_no

_read = lru_cache(maxsize=2048)(read_text)
"""Jury texts are the most repeated of an export: 34 MB of one of 470, a few thousand different ones."""
_citations = lru_cache(maxsize=2048)(find_citations)

_CELLS = frozenset({"ACTIF", "COMPOSITION", "DATE_DERNIERE_MODIFICATION"})


def access_route(route: Route) -> Rule:
    """Make the rule of one SI_JURY_* element."""

    def read(draft: Draft, element: Element) -> None:
        conditions: dict[Route, AccessCondition] = draft.conditions
        if route in conditions:
            leave_repeated(draft, element)
            return
        found = cells(draft, element, _CELLS)
        is_open = cell_value(draft, found, "ACTIF", yes_no)
        jury = _jury(draft, found["COMPOSITION"][1]) if "COMPOSITION" in found else None
        changed = cell_value(draft, found, "DATE_DERNIERE_MODIFICATION", day)
        conditions[route] = AccessCondition(route, is_open, jury, None, changed)
        if jury is not None and reference_of(jury) is not None:
            draft.references[route] = found["COMPOSITION"][1]

    return Rule(read, ("",))


def access_route_before_v4(route: Route) -> Rule:
    """Make the rule of one SI_JURY_* element that only says Oui or Non: `<SI_JURY_CA>Oui</SI_JURY_CA>`."""
    nested = access_route(route)

    def read(draft: Draft, element: Element) -> None:
        text = (element.text or "").strip()
        if len(element) or not text:
            nested.read(draft, element)
        elif route in draft.conditions:
            leave_repeated(draft, element)
        else:
            draft.conditions[route] = AccessCondition(route, yes_no(draft, element, text))

    return Rule(read)


def jury_before_v4(route: Route) -> Rule:
    """Make the rule of one JURY_* element, which stands after its SI_JURY_*."""

    def read(draft: Draft, element: Element) -> None:
        condition = draft.conditions.get(route, AccessCondition(route))
        if condition.jury_composition is not None:
            leave_repeated(draft, element)
            return
        jury = _jury(draft, element)
        if jury is None:
            return
        draft.conditions[route] = replace(condition, jury_composition=jury)
        if reference_of(jury) is not None:
            draft.references[route] = element

    return Rule(read)


def _jury(draft: Draft, element: Element) -> str | None:
    """Return the jury's text; a fiche repeats one on four routes, its citations count once."""
    raw = draft.findings.text_of(element)
    text = draft.juries.get(raw)
    if text is None:
        text = draft.juries[raw] = _read(raw)
        if text:
            if reference_of(text) is None:
                draft.report_placeholder(text, element)
            draft.citations += _citations(text, LegalRole.JURY, path_of(element))
    return text or None


def resolve_references(draft: Draft) -> None:
    """Give each route whose jury refers to another route's that text, and keep its word; known once all routes are."""
    if not draft.references:
        return
    texts = {route: one.jury_composition for route, one in draft.conditions.items() if one.jury_composition}
    for route, element in draft.references.items():
        condition = draft.conditions[route]
        jury = follow(route, texts)
        if jury is None:
            draft.findings.report("RENVOI-SANS-OBJET", element, excerpt=condition.jury_composition)
        else:
            draft.conditions[route] = replace(condition, jury_composition=jury, jury_word=condition.jury_composition)
