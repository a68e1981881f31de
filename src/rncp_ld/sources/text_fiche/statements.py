"""From the text of a bloc to its competences, and what the fiche's summary says about the same statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from rncp_ld.sources.folding import key, squeeze
from rncp_ld.sources.text_fiche.joining import is_open, join, starts_low
from rncp_ld.sources.text_fiche.paragraphs import Paragraph, blocks_of, has_mark, without_mark
from rncp_ld.sources.text_fiche.pieces import Piece

_INFINITIVE = re.compile(r"(?:S['’]|Se\s)?[^\W\d_]*(?:er|ir|re|ER|IR|RE)\b")
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý])")
_BULLET = re.compile(r"\s*(?P<sign>[-–—•▪◦·*→■])\s")
_BARE_MARK = re.compile(r"[-–—•▪◦·*>→■]|[A-Z]?\d{1,2}(?:[.-]?[A-Z]?\d{1,2})*\s?[.:)]|[a-z]\)")
_ACTIVITY = re.compile(
    r"(?:(?:activité(?:\s+type)?|bloc(?:\s+de\s+compétences?)?|ccp|module|domaine)\s*(?:n°\s*)?)?"
    r"(?P<number>\d{1,2})\s?[.):–-]\s*(?P<title>[^\W\d_].*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement.

    Attributes:
        line: where it starts.
        text: without its bullet, with its own code.
        is_marked: a list mark or a code stood before it.
    """

    line: int
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """A numbered activity of the summary ("2. Assurer un service de médiation") with the statements below it."""

    number: int
    title: str
    statements: tuple[Statement, ...]


def cut_statements(fragments: Sequence[Piece]) -> list[Statement]:
    """Join a cell's lines and cut them into statements, wherever the lines were cut.

    A statement ends with its punctuation before a line that starts high, before a list mark, before a line that starts with
    an infinitive in capitals' writing, or inside a line at a sentence's end before an infinitive ("… réponses. Rendre
    compte…").
    """
    statements: list[Statement] = []
    for fragment, following in zip_longest(fragments, fragments[1:]):
        for part in _parts(fragment.text, following.text if following else ""):
            before = statements[-1].text if statements else ""
            if before and not _starts_statement(before, part):
                statements[-1] = Statement(statements[-1].line, join(before, part))
            else:
                statements.append(Statement(fragment.line, part))
    return [Statement(said.line, without_mark(said.text), has_mark(said.text)) for said in statements]


def _parts(text: str, following: str) -> list[str]:
    """Cut a line where two statements stand on it; a mark that stands alone then goes back to its statement.

    The second statement may start with the line's last word ("Se"), so that the line below is looked at too.
    """
    parts: list[str] = []
    for run in (item for cell in re.split(r"\s{2,}", text) for item in _items(cell)):
        for place, part in enumerate(map(squeeze, _SENTENCE_END.split(run))):
            if parts and (_BARE_MARK.fullmatch(parts[-1]) or (place and not is_infinitive(f"{part} {following}"))):
                parts[-1] = f"{parts[-1]} {part}"
            elif part:
                parts.append(part)
    return parts


def _items(run: str) -> list[str]:
    """Cut "- Répartir les tâches - Planifier les arrêts" at its marks; a dash is one only before an infinitive."""
    mark = _BULLET.match(run)
    if mark is None:
        return [run]
    items: list[str] = []
    for part in re.split(rf"\s+(?={re.escape(mark['sign'])}\s+[A-ZÀ-Ý])", run):
        if items and mark["sign"] in "-–—" and not is_infinitive(without_mark(part)):
            items[-1] = f"{items[-1]} {part}"
        else:
            items.append(part)
    return items


def _starts_statement(before: str, part: str) -> bool:
    if has_mark(part):
        return True
    if starts_low(part) or part.startswith("("):
        return False
    if before.endswith((".", ";", "!", "?", ":")):
        return True
    return is_infinitive(part) and not is_open(before)


def is_infinitive(text: str) -> bool:
    """Tell whether a statement starts with an infinitive, as statements of competences do ("S'inscrire dans…")."""
    return text[:1].isupper() and _INFINITIVE.match(text) is not None


def are_competences(statements: Sequence[Statement], *, confirmed: bool) -> bool:
    """Tell whether statements are clearly a list of competences.

    They are where the summary lists them too, or where each starts with a list mark or an infinitive.
    """
    return bool(statements) and (confirmed or all(said.is_marked or is_infinitive(said.text) for said in statements))


def read_activities(summary: Sequence[Piece]) -> list[Activity]:
    """Read the numbered activities of the summary, and the statements that follow each."""
    activities: list[Activity] = []
    for lines in _parted(summary):
        heading = _ACTIVITY.fullmatch(squeeze(lines[0].text))
        if heading is None:
            activities[-1:] = [_with(activity, lines) for activity in activities[-1:]]
            continue
        title, rest = heading["title"], lines[1:]
        while rest and starts_low(rest[0].text):
            title, rest = join(title, squeeze(rest[0].text)), rest[1:]
        activities.append(_with(Activity(int(heading["number"]), title.rstrip(" :."), ()), rest))
    return activities


def _parted(summary: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the paragraphs of the summary; a numbered activity starts one, too, where no blank line stands before it."""
    for block in blocks_of(summary):
        starts = [place for place, piece in enumerate(block) if place and _ACTIVITY.fullmatch(squeeze(piece.text))]
        for start, end in pairwise([0, *starts, len(block)]):
            yield block[start:end]


def _with(activity: Activity, block: Sequence[Piece]) -> Activity:
    if not block:
        return activity
    whole = Paragraph(tuple(block)).printed
    # A paragraph is one statement as printed, unless its lines are cut: then its own signs say where.
    found = cut_statements(block) if len(block) > 1 else [Statement(block[0].line, without_mark(whole))]
    return Activity(activity.number, activity.title, (*activity.statements, *found))


def activity_of(title: str, number: int | None, activities: Sequence[Activity]) -> Activity | None:
    """Return the activity of a bloc: that of its title, else that of its number."""
    by_title = [activity for activity in activities if key(activity.title) == key(title)]
    by_number = [activity for activity in activities if activity.number == number]
    return next(iter(by_title or by_number), None)


def recut(statements: Sequence[Statement], known: Sequence[Statement]) -> list[Statement]:
    """Cut the table's statements where the summary's do, as far as the words are the same."""
    keys = [bare_key(statement.text) for statement in known]
    result: list[Statement] = []
    waiting = list(statements)
    while waiting:
        first, waiting = waiting[0], waiting[1:]
        words = bare_key(first.text)
        longer = next((known_key for known_key in keys if known_key.startswith(words) and known_key != words), None)
        shorter = max((known_key for known_key in keys if words.startswith(known_key)), key=len, default="")
        place = _end_of(first.text, len(shorter)) if shorter and shorter != words else 0
        if longer and waiting and longer.startswith(words + bare_key(waiting[0].text)):
            waiting[0] = Statement(first.line, join(first.text, waiting[0].text))
        elif place and first.text[place:].lstrip()[:1].isupper():
            result.append(Statement(first.line, first.text[:place].strip()))
            waiting.insert(0, Statement(first.line, first.text[place:].strip()))
        else:
            result.append(first)
    return result


def bare_key(text: str) -> str:
    """Return what two writings of a statement share, its final punctuation aside: the summary may have none."""
    return key(text).rstrip(".;,:")


def _end_of(text: str, count: int) -> int:
    """Return where the first `count` non-blank characters of a text end, with the punctuation that closes them."""
    for place, char in enumerate(text):
        count -= not char.isspace()
        if count < 0 and char not in ".;,":
            return place
    return len(text)
