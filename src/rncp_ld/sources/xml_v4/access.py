"""The access routes: SI_JURY_FI to SI_JURY_VAE."""

from __future__ import annotations

from rncp_ld.model.codes import Route
from rncp_ld.model.fiche import AccessCondition
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal import find_citations
from rncp_ld.sources.text_structure import structure_text
from rncp_ld.sources.xml_v4.draft import Draft, Rule, cell_value, cells, leave_repeated
from rncp_ld.sources.xml_v4.findings import Element, path_of
from rncp_ld.sources.xml_v4.values import day, yes_no

_CELLS = frozenset({"ACTIF", "COMPOSITION", "DATE_DERNIERE_MODIFICATION"})
_THE_SAME = frozenset({"idem", "id", "ibid", "ibidem"})


def access_route(route: Route) -> Rule:
    """Make the rule of one SI_JURY_* element."""

    def read(draft: Draft, element: Element) -> None:
        conditions: list[AccessCondition] = draft.fields.setdefault("access_conditions", [])
        if any(condition.route is route for condition in conditions):
            leave_repeated(draft, element)
            return
        if len(element) == 0:  # V1 to V3: <SI_JURY_CA>Oui</SI_JURY_CA>
            text = (element.text or "").strip()
            conditions.append(AccessCondition(route, yes_no(draft, element, text) if text else None))
            return
        found = cells(draft, element, _CELLS)
        is_open = cell_value(draft, found, "ACTIF", yes_no)
        jury, said = _jury(draft, found["COMPOSITION"][1], conditions) if "COMPOSITION" in found else (None, None)
        changed = cell_value(draft, found, "DATE_DERNIERE_MODIFICATION", day)
        conditions.append(AccessCondition(route, is_open, jury, said, changed))

    return Rule(read, ("",))


def _jury(draft: Draft, element: Element, before: list[AccessCondition]) -> tuple[str | None, str | None]:
    """Return the jury's text, and the word ("idem") where the text is that of the route before."""
    raw = draft.findings.text_of(element)
    text = draft.juries.get(raw)
    if text is None:
        text = structure_text(raw)
        if text.strip(" .").lower() in _THE_SAME:
            known = [condition.jury_composition for condition in before if condition.jury_composition]
            if known:
                return known[-1], text
        text = draft.text(element) or ""
        draft.juries[raw] = text
        draft.citations += find_citations(text, LegalRole.JURY, path_of(element))
    return text, None
