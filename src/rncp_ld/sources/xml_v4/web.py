"""Elements that should hold an address of the web."""

from __future__ import annotations

from rncp_ld.model.codes import is_placeholder
from rncp_ld.sources.text_structure import one_line
from rncp_ld.sources.web_addresses import read_addresses
from rncp_ld.sources.xml_v4.draft import Draft, leave_repeated
from rncp_ld.sources.xml_v4.findings import Element


def pages(draft: Draft, element: Element) -> None:
    """LIEN_URL_DESCRIPTION: its addresses are pages; where there is more than addresses, all of it is a note."""
    text = one_line(draft.findings.text_of(element))
    if not text:
        return
    if "pages" in draft.fields or "page_note" in draft.fields:
        leave_repeated(draft, element)
        return
    found = read_addresses(text)
    if found.pages:
        draft.fields["pages"] = list(found.pages)
    if found.is_plain:
        return
    draft.fields["page_note"] = text
    if is_placeholder(text):
        draft.findings.report("TEXTE-PROVISOIRE", element, excerpt=text)
    else:
        draft.findings.report("URL-INVALIDE", element, excerpt=text)


def website(draft: Draft, element: Element, text: str) -> str | None:
    """SITE_INTERNET: one address."""
    found = read_addresses(one_line(text))
    if found.is_plain and len(found.pages) == 1:
        return found.pages[0]
    draft.findings.leave("TEXTE-NON-LU", element, "Attendu : une adresse.")
    return None
