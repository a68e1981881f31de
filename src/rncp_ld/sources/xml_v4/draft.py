"""The fiche while it is being read, and the two shapes that an element's rule can have: one value, or rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rncp_ld.model.codes import Route, is_placeholder
from rncp_ld.model.fiche import AccessCondition, Organisation
from rncp_ld.sources.legal import CitationField
from rncp_ld.sources.text_structure import one_line, read_text
from rncp_ld.sources.xml_v4.findings import Element, Findings, all_text

T = TypeVar("T")

_LONGEST_PLACEHOLDER = 60


@dataclass(slots=True)
class Draft:
    """What was read of a fiche so far.

    Attributes:
        findings: diagnostics and unread pieces.
        fields: arguments of `Fiche`, by name; lists where the record has tuples.
        texts: arguments of `Texts`.
        citations: what cites legal texts.
        conditions: what is said about each access route, in the order of the fiche.
        references: routes whose jury is that of another route ("Idem"), and where this stands.
        juries: structured jury texts by their raw text: a fiche repeats one text on four routes.
    """

    findings: Findings
    fields: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    citations: list[CitationField] = field(default_factory=list)
    conditions: dict[Route, AccessCondition] = field(default_factory=dict)
    references: dict[Route, Element] = field(default_factory=dict)
    juries: dict[str, str] = field(default_factory=dict)

    def text(self, element: Element | None) -> str | None:
        """Return the structured text of a leaf, None where it is blank; a placeholder is reported and kept."""
        if element is None:
            return None
        text = read_text(self.findings.text_of(element))
        if not text:
            return None
        self.report_placeholder(text, element)
        return text

    def report_placeholder(self, text: str, element: Element) -> None:
        """Report a text that stands in for a content that is not there."""
        if len(text) <= _LONGEST_PLACEHOLDER and is_placeholder(text):
            self.findings.report("TEXTE-PROVISOIRE", element, excerpt=text)

    def is_nobody(self, row: Element, organisation: Organisation) -> bool:
        """Leave a row that names nobody."""
        if organisation.name or organisation.siret:
            return False
        self.findings.leave("TEXTE-NON-LU", row, "Ligne sans nom ni SIRET valide.")
        return True


Read = Callable[[Draft, Element], None]
Convert = Callable[[Draft, Element, str], T | None]
"""Makes a value of an element's text, or leaves the element with a diagnostic and returns None."""
Cells = dict[str, tuple[str, Element]]
"""The children of a row by their tags: text and element."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an element below FICHE is read.

    Attributes:
        read: puts what the element says into the draft.
        inside: paths, below the element, of the elements that hold elements and no text; "" is the element itself.
    """

    read: Read
    inside: tuple[str, ...] = ()


def value(name: str, convert: Convert[T]) -> Rule:
    """Make the rule of an element that holds one value."""

    def read(draft: Draft, element: Element) -> None:
        text = draft.findings.text_of(element).strip()
        if not text:
            return
        if name in draft.fields:
            leave_repeated(draft, element)
            return
        found = convert(draft, element, text)
        if found is not None:
            draft.fields[name] = found

    return Rule(read)


def long_text(name: str) -> Rule:
    """Make the rule of an element that holds a text."""

    def read(draft: Draft, element: Element) -> None:
        if name in draft.texts:
            leave_repeated(draft, element)
            return
        text = draft.text(element)
        if text is not None:
            draft.texts[name] = text

    return Rule(read)


def rows(
    name: str,
    tag: str,
    convert: Callable[[Draft, Element], T | None],
    inside: tuple[str, ...] = (),
    *,
    are_texts: bool = False,
) -> Rule:
    """Make the rule of an element that holds rows of one tag; the same record twice is kept once.

    Args:
        name: of the field.
        tag: of the rows.
        convert: makes a record of a row.
        inside: as in `Rule`, below the row.
        are_texts: the rows hold text and no elements.
    """

    def read(draft: Draft, element: Element) -> None:
        found: list[T] = draft.fields.setdefault(name, [])
        seen = set(found)
        leave_text_of_container(draft, element)
        for row in element:
            if row.tag != tag:
                draft.findings.leave_unknown(row)
                continue
            record = convert(draft, row)
            if record is None:
                continue
            if record in seen:
                draft.findings.report("LIGNE-EN-DOUBLE", row, excerpt=all_text(row))
            else:
                seen.add(record)
                found.append(record)

    return Rule(read, ("",) if are_texts else ("", tag, *(f"{tag}/{path}" for path in inside)))


def cells(draft: Draft, row: Element, known: frozenset[str]) -> Cells:
    """Return the texts of a row's children by tag, blank ones left out; unknown and repeated ones are reported."""
    found: Cells = {}
    for cell in row:
        tag = cell.tag
        if tag not in known:
            draft.findings.leave_unknown(cell)
            continue
        text = draft.findings.text_of(cell) if len(cell) else cell.text
        if not text or not (text := text.strip()):
            continue
        if tag in found:
            leave_repeated(draft, cell)
        else:
            found[tag] = (text, cell)
    if not found:
        leave_text_of_container(draft, row)
    return found


def cell_value(draft: Draft, found: Cells, tag: str, convert: Convert[T]) -> T | None:
    """Convert one cell of a row, None where the row has none."""
    known = found.get(tag)
    return None if known is None else convert(draft, known[1], known[0])


def cell_line(found: Cells, tag: str) -> str | None:
    """Return one cell of a row on one line, None where the row has none."""
    known = found.get(tag)
    return None if known is None else one_line(known[0])


def leave_repeated(draft: Draft, element: Element) -> None:
    """Leave an element that may stand once and stood before, unless it is blank."""
    if all_text(element):
        draft.findings.leave("TEXTE-NON-LU", element, "Élément répété ; le premier est gardé.")


def leave_text_of_container(draft: Draft, element: Element) -> None:
    """Leave an element that should hold elements and holds only text; text beside elements is found later."""
    if len(element) == 0 and (element.text or "").strip():
        draft.findings.leave("TEXTE-NON-LU", element, "Texte à la place des éléments attendus.")
