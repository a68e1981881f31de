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
from rncp_ld.sources.text_fiche.pieces import Piece
from rncp_ld.sources.text_fiche.replacements import read_replacements
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.title_changes import changes_title, new_title_in

_EVENT = re.compile(
    r"(?:changement|modification|creation|revision|suppression|abrogation|remplace|ancien|nouve|renouvellement|prorogation|"
    r"certification|fiche|titre|arrete|decret|loi\b|ordonnance|publi|\d{2}/\d{2}/\d{4}|(?:en |depuis |le )?\d{4}\b|intitule|"
    r"fusion|transformation|en remplacement|(?:l'\s?|la |le |cette |cet |ce )(?:intitule|certification|titre|diplome|fiche))"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history while its citations are not parsed yet."""

    line: int
    event: ChangeEvent
    citations: tuple[CitationField, ...] = ()
    predecessors: tuple[CertificationMention, ...] = ()
    further_successors: tuple[CertificationMention, ...] = ()


def read_history(
    body: Sequence[Piece],
    fiche: str,
    new_title: tuple[str, int] | None,
    successors: tuple[Sequence[CertificationMention], int],
    findings: Findings,
) -> list[Event]:
    """Read the events, and give them the new title and the successor.

    The fiche prints these apart from the events. Both belong to the change of title that names the new title, else to the last
    one; where the history tells none, and for further successors, they are events of their own. Title and successors come with
    the line where they stand.
    """
    events: list[Event] = []
    for item in split_items(body, _starts_event):
        if is_placeholder(item.text):
            findings.report("TEXTE-PROVISOIRE", item.line, Rubric.HISTORY, excerpt=item.text)
            continue
        events.append(_event(item.text, item.line, fiche))
    if new_title is not None:
        _give_title(events, *new_title)
    mentions, line = successors
    for place, mention in enumerate(mentions):
        _give_successor(events, mention, line, is_first=place == 0)
    return events


def _event(text: str, line: int, fiche: str) -> Event:
    """Read one event: what it says of the title, of certifications before and after, and of legal texts."""
    kind = ChangeType.TITLE if changes_title(text) else ChangeType.OTHER
    citations = find_citations(text, LegalRole.HISTORY, Rubric.HISTORY.value)
    cited = tuple(replace(citation, line=citation.line or line) for citation in citations)
    said = read_replacements(text, fiche)
    event = ChangeEvent(kind, text, new_title_in(text), next(iter(said.successors), None))
    return Event(line, event, cited, said.predecessors, said.successors[1:])


def told_predecessors(
    printed: Sequence[CertificationMention], events: Sequence[Event]
) -> tuple[CertificationMention, ...]:
    """Return the predecessors under their heading and those that the history tells, each once."""
    mentions: dict[str, CertificationMention] = {}
    for mention in (*printed, *(mention for event in events for mention in event.predecessors)):
        mentions.setdefault(mention.verbatim, mention)
    return tuple(replace(mention, position=place) for place, mention in enumerate(mentions.values(), 1))


def told_successors(events: Sequence[Event]) -> tuple[CertificationMention, ...]:
    """Return the successors of all events."""
    return tuple(
        mention for event in events for mention in (event.event.successor, *event.further_successors) if mention
    )


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


def _give_title(events: list[Event], printed: str, line: int) -> None:
    """Give the title printed after "Nouvel intitulé :" to the change that names it, else to the last one that names none.

    What stands beside the title ("« … » (arrêté du 04/02/2014)") keeps it an event of its own, with its citations.
    """
    verbatim = f"{Rubric.NEW_TITLE.value} : {printed}"
    title = new_title_in(verbatim) or printed
    changes = [event for event in events if event.event.type is ChangeType.TITLE]
    named = [event for event in changes if key(title) in key(event.event.verbatim)]
    untold = [event for event in changes if event.event.new_title is None]
    chosen = (named or untold)[-1:]
    if chosen and title == printed:
        place = events.index(chosen[0])
        events[place] = replace(chosen[0], event=replace(chosen[0].event, new_title=title))
    else:
        event = _event(verbatim, line, "")
        events.append(replace(event, event=replace(event.event, new_title=title)))


def _give_successor(events: list[Event], mention: CertificationMention, line: int, *, is_first: bool) -> None:
    changes = [event for event in events if event.event.type is ChangeType.TITLE]
    titled = [event for event in changes if event.event.new_title]
    if any(event.event.successor and event.event.successor.verbatim == mention.verbatim for event in events):
        return
    free = [event for event in titled or changes if event.event.successor is None]
    chosen = free[-1:] if is_first else []
    if chosen:
        place = events.index(chosen[0])
        events[place] = replace(chosen[0], event=replace(chosen[0].event, successor=mention))
    else:
        verbatim = f"{Rubric.SUCCESSOR.value} : {mention.verbatim}"
        events.append(Event(line, ChangeEvent(ChangeType.OTHER, verbatim, successor=mention)))
