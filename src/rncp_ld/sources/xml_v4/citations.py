"""Legal texts: PUBLICATION_DECRET_* and the citations that stand inside prose."""

from __future__ import annotations

from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal import CitationField, find_citations
from rncp_ld.sources.text_structure import one_line, read_text
from rncp_ld.sources.xml_v4.draft import Draft, Rule, cell_value, cells, leave_text_of_container, long_text
from rncp_ld.sources.xml_v4.findings import Element, line_of, name_of
from rncp_ld.sources.xml_v4.values import day

_CELLS = frozenset({"TITRE", "DATE_PUBLICATION_JO"})
_REGULATION = long_text("activity_regulation").read


def publications(role: LegalRole) -> Rule:
    """Make the rule of a PUBLICATION_DECRET_* element; each TITRE is one printed paragraph."""

    def read(draft: Draft, element: Element) -> None:
        leave_text_of_container(draft, element)
        for row in element:
            if row.tag != "PUBLICATION_JO":
                draft.findings.leave_unknown(row)
                continue
            found = cells(draft, row, _CELLS)
            if "TITRE" not in found:
                if found:
                    draft.findings.leave("TEXTE-NON-LU", row, "Date de publication sans TITRE.")
                continue
            title, cell = found["TITRE"]
            published = cell_value(draft, found, "DATE_PUBLICATION_JO", day)
            draft.citations.append(CitationField(one_line(title), role, name_of(element), published, line_of(cell)))

    return Rule(read, ("", "PUBLICATION_JO"))


def reference(role: LegalRole) -> Rule:
    """Make the rule of REFERENCE_DECRET_CREATION, before V4: a text, of which each paragraph is printed as one."""
    nested = publications(role)

    def read(draft: Draft, element: Element) -> None:
        if len(element):
            nested.read(draft, element)
            return
        for paragraph in read_text(element.text or "").splitlines():
            if paragraph:
                draft.citations.append(CitationField(paragraph, role, name_of(element), None, line_of(element)))

    return Rule(read)


def regulation(draft: Draft, element: Element) -> None:
    """REGLEMENTATIONS_ACTIVITES: a text, and the acts that it cites."""
    is_first = "activity_regulation" not in draft.texts
    _REGULATION(draft, element)
    if is_first and "activity_regulation" in draft.texts:
        text = draft.texts["activity_regulation"]
        draft.citations += find_citations(text, LegalRole.REGULATION, "REGLEMENTATIONS_ACTIVITES")
