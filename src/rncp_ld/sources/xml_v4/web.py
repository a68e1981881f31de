"""Fields that should hold an address of the web, and what they hold: several, none, or prose around one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rncp_ld.model.codes import is_placeholder
from rncp_ld.sources.text_structure import collapse
from rncp_ld.sources.xml_v4.draft import Draft, leave_repeated
from rncp_ld.sources.xml_v4.findings import Element

_ADDRESS = re.compile(r"""(?:https?://|www\.)[^\s<>"{}|\\^`\[\]]+""", re.IGNORECASE)
"""What an IRI may hold (RFC 3987) after http:, https: or www.; javascript: and the like are prose."""
_HOST = re.compile(r"https?://(?:[^\s/?#@]+@)?[^\s/?#@.]+(?:\.[^\s/?#@.]+)+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.)/|–—-]+|\b(?:et|ou)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebField:
    """What a field of addresses holds.

    Attributes:
        pages: http(s) addresses, each once, in order.
        is_plain: there is nothing beside the addresses but what parts them.
    """

    pages: tuple[str, ...]
    is_plain: bool


def read_addresses(text: str) -> WebField:
    """Find the addresses of a field.

    >>> read_addresses("www.x.fr ; https://y.fr/a")
    WebField(pages=('http://www.x.fr', 'https://y.fr/a'), is_plain=True)
    >>> read_addresses("javascript:alert(1)")
    WebField(pages=(), is_plain=False)
    """
    pages: dict[str, None] = {}
    end = 0
    is_plain = True
    for match in _ADDRESS.finditer(text):
        found = match[0].rstrip(".,;:!?'»" if "(" in match[0] else ".,;:!?'»)")  # the sentence's own punctuation
        address = found if found[:4].lower() == "http" else f"http://{found}"
        if not _HOST.match(address):
            continue
        is_plain = is_plain and not _BETWEEN.sub("", text[end : match.start()])
        pages[address] = None
        end = match.start() + len(found)
    is_plain = bool(pages) and is_plain and not _BETWEEN.sub("", text[end:])
    return WebField(tuple(pages), is_plain)


def pages(draft: Draft, element: Element) -> None:
    """LIEN_URL_DESCRIPTION: its addresses are pages; where there is more than addresses, all of it is a note."""
    text = collapse(draft.findings.text_of(element))
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
    found = read_addresses(collapse(text))
    if found.is_plain and len(found.pages) == 1:
        return found.pages[0]
    draft.findings.leave("URL-INVALIDE", element, "Attendu : une adresse.")
    return None
