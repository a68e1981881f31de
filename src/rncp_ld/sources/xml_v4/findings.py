"""What is found while one FICHE is read: diagnostics, and the pieces of it that ended in no field."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from rncp_ld.diagnostics import Diagnostic, Severity
from rncp_ld.sources.decoding import odd_character_names
from rncp_ld.sources.html_text import plain_text

Element = etree._Element  # noqa: SLF001  (lxml names the type of its elements only so)

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LINES_OF_LIBXML2 = 65_535
"""Up to this line libxml2 knows where an element starts; after it, only where a text ends."""


def line_of(element: Element) -> int:
    """Return the line where an element starts, from 1; after line 65,535, where its first leaf starts."""
    line = cast("int | None", element.sourceline) or 0
    if line < _LINES_OF_LIBXML2:
        return line
    return line_of(element[0]) if len(element) else line - (element.text or "").count("\n")


def path_of(element: Element) -> str:
    """Return the path of an element below its FICHE: "BLOCS_COMPETENCES/BLOC_COMPETENCES/CODE"."""
    tags = [name_of(element)]
    tags += [name_of(parent) for parent in element.iterancestors()]
    below = tags[: tags.index("FICHE")] if "FICHE" in tags else tags
    return "/".join(reversed(below)) or "FICHE"


def name_of(element: Element) -> str:
    """Return the tag of an element, without the braces of a namespace's name."""
    return str(element.tag).rsplit("}", 1)[-1]


def non_blank(text: str) -> int:
    """Count the characters of a text that are no XML white space."""
    return len(text) - text.count(" ") - text.count("\n") - text.count("\t") - text.count("\r")


class Findings:
    """Collects what is wrong with one fiche; a subclass may know other places of its elements than those of an XML file.

    Attributes:
        diagnostics: in the order in which they were found.
        unread: pieces of the source that ended in no field: (line, text).
        lost: non-blank characters of these pieces.
    """

    def __init__(self, file: str, number: str | None) -> None:
        self.file = file
        self.number = number
        self.diagnostics: list[Diagnostic] = []
        self.unread: list[tuple[int, str]] = []
        self.lost = 0
        self._left: dict[tuple[str, str], tuple[Element, int]] = {}
        self._kept: set[Element] = set()  # an element may be left, and then its row

    def place_of(self, element: Element) -> tuple[str, int, str]:
        """Return where an element stands: file, line, and its path there."""
        return self.file, line_of(element), path_of(element)

    def line_in_document(self, element: Element) -> int:
        """Return the line of an element in the document's own file, 0 where it stands in another file of it."""
        file, line, _ = self.place_of(element)
        return line if file == self.file else 0

    def report(
        self,
        code: str,
        element: Element,
        detail: str = "",
        *,
        excerpt: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Report something about an element; what it holds is read all the same."""
        file, line, path = self.place_of(element)
        self.diagnostics.append(
            Diagnostic.of(
                code, detail, severity=severity, file=file, line=line, fiche=self.number, path=path, excerpt=excerpt
            )
        )

    def text_of(self, element: Element) -> str:
        """Return the text of a leaf; markup inside it, which the format does not have, is kept as text and reported."""
        if len(element) == 0:
            return element.text or ""
        inside = "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in element)
        self.report("HTML", element, excerpt=inside)
        return (element.text or "") + inside

    def leave(self, code: str, element: Element, detail: str = "") -> None:
        """Report an element whose content ends in no field, and keep that content."""
        self.report(code, element, detail, excerpt=self.keep(element) or None)

    def leave_piece(self, element: Element, text: str, detail: str = "") -> None:
        """Report and keep a text that stands in or beside an element, but is not its content."""
        self.report("TEXTE-NON-LU", element, detail, excerpt=text)
        self.unread.append((self.line_in_document(element), " ".join(text.split())))
        self.lost += non_blank(text)

    def leave_unknown(self, element: Element, code: str = "ELEMENT-INCONNU") -> None:
        """Keep the content of an element that the table does not know; reported once per path, with a count."""
        self.keep(element)
        kind = (code, path_of(element))
        first, count = self._left.get(kind, (element, 0))
        self._left[kind] = (first, count + 1)

    def close(self) -> None:
        """Report the unknown elements."""
        for (code, _), (first, count) in self._left.items():
            more = f"({count} fois dans cette fiche ; ici la première.)" if count > 1 else ""
            self.report(code, first, more, excerpt=all_text(first) or None)
        self._left.clear()

    def keep(self, element: Element) -> str:
        """Keep the content of an element as unread, and return it on one line."""
        text = all_text(element)
        if text:
            self.unread.append((self.line_in_document(element), text))
        for part in element.iter():
            if part not in self._kept:
                self._kept.add(part)
                self.lost += non_blank(part.text or "") + (non_blank(part.tail or "") if part is not element else 0)
        return text


def all_text(element: Element) -> str:
    """Return the texts of an element and all below it, parted by single spaces."""
    return " ".join(part for text in element.itertext() for part in str(text).split())


def report_odd_characters(fiche: Element, findings: Findings) -> None:
    """Report control and replacement characters in the texts of a fiche; they are kept as they are."""
    for element, text in _texts(fiche):
        odd = odd_character_names(text)
        if odd:
            findings.report("CARACTERE", element, f"{odd}.", excerpt=text)


def report_html(fiche: Element, findings: Findings, *, is_expected: bool) -> None:
    """Report tags and entities of HTML in the texts of a fiche.

    Args:
        fiche: the element.
        findings: of the fiche.
        is_expected: the format's texts are HTML: then only what is left of it in the text that was read.
    """
    for element, raw in _texts(fiche):
        text = plain_text(raw) if is_expected and ("<" in raw or "&" in raw) else raw
        tag = _TAG.search(text) if "<" in text else None
        start = tag.start() if tag is not None else _entity(text)
        if start is not None:
            findings.report("HTML", element, excerpt=text[start:])


def _entity(text: str) -> int | None:
    """Return where the first entity of HTML starts."""
    if "&" in text:
        for entity in _ENTITY.finditer(text):
            if html.unescape(entity[0]) != entity[0]:
                return entity.start()
    return None


def _texts(fiche: Element) -> Iterator[tuple[Element, str]]:
    for element in fiche.iter():
        if len(element) == 0 and element.text:
            yield element, element.text
