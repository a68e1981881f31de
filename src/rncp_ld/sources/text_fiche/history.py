"""The history of a certification: its events, its new title, the one that comes after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rncp_ld.model.codes import is_placeholder
from rncp_ld.model.fiche import CertificationMention, ChangeEvent, ChangeType
from rncp_ld.model.legal import LegalMention, LegalRole
from rncp_ld.sources.folding import fold, key
from rncp_ld.sources.legal import CitationField, find_citations
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.joining import is_open
from rncp_ld.sources.text_fiche.paragraphs import split_items
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.sections import Piece

_EVENT = re.compile(
    r"(?:changement|modification|creation|revision|suppression|abrogation|remplace|ancien|nouve|renouvellement|prorogation|"
    r"certification|fiche|titre|arrete|decret|loi\b|ordonnance|publi|\d{2}/\d{2}/\d{4}|(?:en |depuis |le )?\d{4}\b)"
)
_OF_TITLE = re.compile(
    r"(?:changement|modification)s?\s+d(?:e l)?'\s?intitule|nouvel\s+intitule|nouvelle\s+(?:denomination|appellation)"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history while its citations are not parsed yet."""

    line: int
    event: ChangeEvent
    citations: tuple[CitationField, ...] = ()


def read_history(
    body: Sequence[Piece],
    new_title: tuple[str, int] | None,
    successors: Sequence[CertificationMention],
    successor_line: int,
    findings: Findings,
) -> list[Event]:
    """Read the events, and give them the new title and the successor.

    The fiche prints these apart from the events. Both belong to the change of title that names the new title, else to the last
    one; where the history tells none, and for further successors, they are events of their own.
    """
    events: list[Event] = []
    for item in split_items(body, _starts_event):
        if is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, Rubric.HISTORY, excerpt=item.text)
            continue
        kind = ChangeType.TITLE if _OF_TITLE.search(fold(item.text)) else ChangeType.OTHER
        citations = find_citations(item.text, LegalRole.HISTORY, Rubric.HISTORY.value)
        cited = tuple(replace(citation, line=citation.line or item.line) for citation in citations)
        events.append(Event(item.line, ChangeEvent(kind, item.text), cited))
    if new_title is not None:
        _give_title(events, *new_title)
    for place, mention in enumerate(successors):
        _give_successor(events, mention, successor_line, is_first=place == 0)
    return events


def close_events(events: Sequence[Event], mentions: Sequence[LegalMention]) -> tuple[ChangeEvent, ...]:
    """Tie the events to the parsed citations; the date is that of the act that made the change."""
    return tuple(_close(event, mentions) for event in events)


def _close(event: Event, mentions: Sequence[LegalMention]) -> ChangeEvent:
    texts = [citation.verbatim for citation in event.citations]
    cited = [mention for text in texts for mention in mentions if mention.verbatim == text and mention.acts]
    cited = [mention for mention in cited if LegalRole.HISTORY in mention.roles] or cited
    if not cited:
        return event.event
    return replace(event.event, legal_mention=cited[0], date=cited[0].acts[0].signature_date)


def _starts_event(text: str, line: str) -> bool:
    return line[:1].isalnum() and not line[:1].islower() and _EVENT.match(fold(line)) is not None and not is_open(text)


def _give_title(events: list[Event], title: str, line: int) -> None:
    changes = [event for event in events if event.event.type is ChangeType.TITLE]
    named = [event for event in changes if key(title) in key(event.event.verbatim)]
    chosen = (named or changes)[-1:]
    if chosen:
        place = events.index(chosen[0])
        events[place] = replace(chosen[0], event=replace(chosen[0].event, new_title=title))
    else:
        verbatim = f"{Rubric.NEW_TITLE.value} : {title}"
        events.append(Event(line, ChangeEvent(ChangeType.TITLE, verbatim, new_title=title)))


def _give_successor(events: list[Event], mention: CertificationMention, line: int, *, is_first: bool) -> None:
    changes = [event for event in events if event.event.type is ChangeType.TITLE]
    titled = [event for event in changes if event.event.new_title]
    chosen = (titled or changes)[-1:] if is_first else []
    if chosen:
        place = events.index(chosen[0])
        events[place] = replace(chosen[0], event=replace(chosen[0].event, successor=mention))
    else:
        verbatim = f"{Rubric.SUCCESSOR.value} : {mention.verbatim}"
        events.append(Event(line, ChangeEvent(ChangeType.OTHER, verbatim, successor=mention)))
