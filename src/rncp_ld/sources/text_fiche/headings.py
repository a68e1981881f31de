"""Finding headings in a line: alone on it, before their value, or after another rubric's value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.lines import Line
from rncp_ld.sources.text_fiche.rubrics import HEADINGS, Heading, Rubric, pattern_of

PROSE = frozenset({Rubric.SUMMARY, Rubric.SECTORS_AND_JOBS, Rubric.SECTORS, Rubric.JOBS, Rubric.COMPONENTS})
"""Rubrics of free text, where a line may happen to be the same word as a heading, and lines set off are sub-headings."""

_PARTS = {Rubric.SECTORS, Rubric.JOBS}
_WHOLES = {Rubric.SECTORS_AND_JOBS, Rubric.SECTORS, Rubric.JOBS}

_AFFIX = r"[\s*_#]*(?:</?[a-z][a-z0-9]{0,6}>\s*)*"
_AFTER = rf"(?![a-z0-9])(?:\s*\(cadre\s*\d+\))?{_AFFIX}(?::{_AFFIX})?"
_ANY = "|".join(f"(?P<h{index}>{pattern_of(heading.printed)})" for index, heading in enumerate(HEADINGS))
_INLINE = "|".join(
    f"(?P<h{index}>{pattern_of(heading.printed) if ' ' in heading.printed else re.escape(fold(heading.printed))})"
    for index, heading in enumerate(HEADINGS)
    if heading.inline and not heading.printed.isalpha()
)
_AT_START = re.compile(rf"{_AFFIX}(?:{_ANY}){_AFTER}")
_IN_MIDDLE = re.compile(rf"(?<![a-z0-9'])(?:</?[a-z][a-z0-9]{{0,6}}>\s*)*(?:{_INLINE})(?![a-z0-9]){_AFFIX}:{_AFFIX}")


@dataclass(frozen=True, slots=True)
class Found:
    """A heading in a line.

    Attributes:
        start: where it starts in the line's text.
        end: where its value starts, after the colon.
        printed: its words as they stand there.
        at_start: nothing stands before it on the line.
    """

    start: int
    end: int
    rubric: Rubric
    printed: str
    at_start: bool


def headings_in(line: Line, within: Rubric | None, *, has_title: bool = False) -> tuple[Found, ...]:
    """Return the headings of a line, in order.

    Args:
        line: the line.
        within: the rubric in which the line stands.
        has_title: the fiche's title was read before.
    """
    folded = fold(line.text)
    later = list(_in_middle(line, folded))
    first = _at_start(line, folded[: later[0].start] if later else folded, within, has_title=has_title)
    return (first, *(found for found in later if found.start >= first.end)) if first else tuple(later)


def heading_of(text: str, within: Rubric | None = None) -> Found | None:
    """Return the heading that a whole cell is, its value aside ("Modalités d'élaboration de références :")."""
    found = headings_in(Line(0, text), within)
    return found[0] if found and found[0].at_start else None


def continued_heading(first: str, second: str) -> Found | None:
    """Return the heading that starts on one line and ends on the next, as places in the two joined by a space."""
    joined = f"{first.rstrip()} {second.strip()}"
    match = _AT_START.match(fold(joined))
    if match is None:
        return None
    start, end = match.span(match.lastgroup or 0)
    reaches = end > len(first.rstrip()) + 1
    is_whole = match.end() == len(joined) or ":" in joined[end : match.end()]
    if not (reaches and is_whole) or (":" in first and heading_of(first) is not None):
        return None
    return Found(start, match.end(), _heading(match).rubric, joined[start:end], at_start=True)


def _at_start(line: Line, folded: str, within: Rubric | None, *, has_title: bool) -> Found | None:
    match = _AT_START.match(folded)
    if match is None or match.lastgroup is None:
        return None
    heading = _heading(match)
    start, end = match.span(match.lastgroup)
    seen = _Seen(
        colon=":" in folded[end : match.end()],
        whole=not folded[match.end() :].strip(),
        in_bold=any(first <= start and end <= last <= end + 2 for first, last in line.bold),
        bare=heading.bare_value is not None and re.match(heading.bare_value, folded[match.end() :]) is not None,
    )
    if not _opens(heading, seen, within, is_marked=line.is_marked, has_title=has_title):
        return None
    return Found(match.start(), match.end(), heading.rubric, line.text[start:end], at_start=True)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the words of a heading stand on their line: before a colon, alone, in bold, before a value of their own kind."""

    colon: bool
    whole: bool
    in_bold: bool
    bare: bool


def _opens(heading: Heading, seen: _Seen, within: Rubric | None, *, is_marked: bool, has_title: bool) -> bool:
    """Tell whether words that are a heading's also serve as one here."""
    if heading.rubric in _PARTS and within not in _WHOLES and not is_marked:
        return False
    if within in PROSE and " " not in heading.printed:
        says_value = seen.colon and (seen.bare or heading.bare_value is None)
        is_title = seen.whole and heading.rubric is Rubric.TITLE and not has_title
        return seen.in_bold or is_title or (seen.whole and seen.colon) or (is_marked and (seen.whole or says_value))
    return seen.whole or seen.colon or seen.bare or seen.in_bold


def _in_middle(line: Line, folded: str) -> Iterator[Found]:
    """Yield headings after another text: in bold of their own, or followed by a colon and started by a capital."""
    position = 0
    for match in _candidates(line, folded):
        start, end = match.span(match.lastgroup or 0)
        if start >= position and folded[:start].strip() and line.text[start].isupper():
            yield Found(match.start(), match.end(), _heading(match).rubric, line.text[start:end], at_start=False)
            position = match.end()


def _candidates(line: Line, folded: str) -> list[re.Match[str]]:
    candidates = list(_IN_MIDDLE.finditer(folded))
    for start, end in line.bold:
        match = _AT_START.match(folded, start)
        if match and match.end(match.lastgroup or 0) <= end <= match.end():
            candidates.append(match)
    return sorted(candidates, key=lambda match: (match.start(match.lastgroup or 0), -match.end()))


def _heading(match: re.Match[str]) -> Heading:
    return HEADINGS[int((match.lastgroup or "h0")[1:])]
