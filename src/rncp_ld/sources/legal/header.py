"""What names an act: its type, its numbers, NORs and dates of signature, in the orders in which they are printed.

header := ACT lead item { joint item }
item   := { glue ( NUMBER | NOR | DATE ) }          each at most once
joint  := "," | "et" | "et du"                       "arrêtés des 26 juillet 2004 et 19 mars 2013"
lead   := see `leads.py`
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from rncp_ld.model.legal import ActType
from rncp_ld.sources.legal.dates import settled
from rncp_ld.sources.legal.forms import ACTS, DETERMINERS, NOT_SIGNED, WEEKDAYS, Kind
from rncp_ld.sources.legal.leads import adjectives, lead
from rncp_ld.sources.legal.publication import read_publication
from rncp_ld.sources.legal.tokens import Token

_GLUE_WORDS = frozenset({"du", "de", "des", "d", "le", "en", "date", "la", "signe", "signee", "n"}) | WEEKDAYS
_GLUE = frozenset({Kind.COMMA, Kind.MARK, Kind.OPEN, Kind.CLOSE, Kind.NOR_WORD, Kind.DASH})
_NUMBERS = frozenset({Kind.NUMBER, Kind.BARE_NUMBER})
_PARTS_ACTS = frozenset({Kind.COMMA, Kind.SEMICOLON, Kind.DASH, Kind.BREAK, Kind.STOP})
_SECOND = _NUMBERS | {Kind.DATE}


@dataclass(slots=True)
class Item:
    """One act of a header; it fills while it is read.

    Attributes:
        partial: day, or day/month, of a list whose last date gives the rest ("des 26 et 27 juillet 2004").
        impossible: the token of a date of signature that does not exist.
        short: that date as printed, where its year has two digits.
    """

    number: str | None = None
    nor: str | None = None
    day: date | None = None
    partial: str | None = None
    impossible: Token | None = None
    short: str = ""

    @property
    def is_known(self) -> bool:
        """Something of it was read."""
        return bool(self.number or self.nor or self.day or self.partial or self.impossible)


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was read.

    Attributes:
        after: index of the token after it.
        is_amended: "arrêté modifié du 22 décembre 2015".
        object: indices (first, after) of an object that stands before the date.
        asides: indices of the parentheses between its acts: "arrêtés du 5 mai 2010 (JO du 12 mai 2010) et du…".
    """

    type: ActType
    items: tuple[Item, ...]
    after: int
    is_amended: bool = False
    object: tuple[int, int] | None = None
    asides: tuple[int, ...] = ()


def read_header(tokens: Sequence[Token], i: int) -> Header | None:
    """Read the header of the act whose word stands at `i`; None where neither number, NOR nor date follows."""
    kind = ACTS[tokens[i].word]
    plural = tokens[i].word.endswith("s")
    start, amended = adjectives(tokens, i + 1)
    led = lead(tokens, start, kind)
    first, after = _item(tokens, led[0] if led else start, plural=plural)
    if not first.is_known:
        return None
    items, asides = [first], []
    while joint := _joint(tokens, after, plural=plural):
        item, following = _item(tokens, joint, plural=plural)
        if not item.is_known:
            break
        items.append(item)
        if tokens[after].kind == Kind.OPEN:
            asides.append(after)
        after = following
    for one in items:
        if one.short:
            one.day = settled(one.short, one.number, is_decree_law=kind is ActType.DECRET_LOI)
            one.impossible = None if one.day else one.impossible
    return Header(kind, _completed(items), after, amended, led[1] if led else None, tuple(asides))


def announces_act(tokens: Sequence[Token], i: int, after: int) -> bool:
    """Tell whether the publication at [i, after) is that of the act behind it: "; JO du 14/06/2011 : arrêté du…"."""
    if tokens[after].word != ":" or tokens[i].kind != Kind.GAZETTE or tokens[i - 1].kind not in _PARTS_ACTS:
        return False
    j = after + 1
    while tokens[j].word in DETERMINERS:
        j += 1
    return tokens[j].kind == Kind.ACT and read_header(tokens, j) is not None


def act_joint(text: str, tokens: Sequence[Token], i: int) -> int | None:
    """Return the index after a joint that goes on with the acts of a relation, or None.

    A capital starts a citation of its own, unless "par" stands before it: "modifié par arrêté du…, Arrêté du…".
    """
    j = i
    while tokens[j].kind == Kind.COMMA or tokens[j].word in ("et", "puis"):
        j += 1
    if j == i:
        return None
    k = j
    while tokens[k].word in DETERMINERS:
        k += 1
    token = tokens[k]
    if token.kind != Kind.ACT or read_header(tokens, k) is None:
        return None
    return j if tokens[j].word == "par" or text[token.start].islower() else None


def _item(tokens: Sequence[Token], i: int, *, plural: bool) -> tuple[Item, int]:
    """Read the parts of one act, in any order; return it with the index after its last part."""
    item, after = Item(), i
    while True:
        j = after
        while tokens[j].word in _GLUE_WORDS or tokens[j].kind in _GLUE:
            j += 1
        if not _take(item, tokens, j, plural=plural):
            break
        after = j + 1
    if tokens[after].kind == Kind.CLOSE and any(t.kind == Kind.OPEN for t in tokens[i:after]):
        after += 1
    return item, after


def _take(item: Item, tokens: Sequence[Token], j: int, *, plural: bool) -> bool:
    """Give the item the part at `j`; False where that is none, or the item has one of its kind."""
    token = tokens[j]
    dated = item.day or item.impossible or item.partial
    if token.kind == Kind.DATE and not dated and tokens[j - 2].word not in NOT_SIGNED and not _starts_period(tokens, j):
        # A second date, or one after "compter du", is not this act's.
        item.day, item.impossible, item.short = token.day, None if token.day else token, token.word
    elif token.kind in _NUMBERS and not item.number and ("-" in token.word or not dated):
        # After the date only a number that looks like one of an act: else it is that of a gazette.
        item.number = token.word
    elif token.kind == Kind.NOR and not item.nor:
        item.nor = token.word
    elif token.kind == Kind.DAY and plural and not dated and _goes_on(tokens, j + 1):
        item.partial = token.word
    else:
        return False
    return True


def _starts_period(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether "du 01/09/2015 au 31/08/2020" stands there: for how long, not when it was signed."""
    return tokens[j + 1].word == "au" and tokens[j + 2].kind == Kind.DATE


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a list of days goes on to a whole date."""
    for token in tokens[i : i + 12]:
        if token.kind == Kind.DATE:
            return True
        if token.kind not in (Kind.COMMA, Kind.DAY) and token.word not in ("et", "du", "des"):
            return False
    return False


def _joint(tokens: Sequence[Token], i: int, *, plural: bool) -> int | None:
    """Return the index after a joint of two acts of one header, or None."""
    i = _after_aside(tokens, i)
    token, following = tokens[i], tokens[i + 1]
    if token.kind == Kind.COMMA and (plural or (following.word == "du" and tokens[i + 2].kind == Kind.DATE)):
        return i + 2 if following.word == "et" else i + 1
    if token.word == "et" and (plural or following.word in ("du", "des", "n") or following.kind in _SECOND):
        return i + 1
    return None


def _after_aside(tokens: Sequence[Token], i: int) -> int:
    """Return the index after "(licence)" or "(JO du 12 mai 2010)" at `i`, or `i`."""
    if tokens[i].kind != Kind.OPEN:
        return i
    found = read_publication(tokens, i)
    j = found.after - 1 if found else i + 1
    while tokens[j].kind == Kind.WORD:
        j += 1
    return j + 1 if tokens[j].kind == Kind.CLOSE else i


def _completed(items: list[Item]) -> tuple[Item, ...]:
    """Give each item what it leaves to a later one: "des 26 et 27 juillet 2004", "n° 2002-615 et n° 2002-616 du…"."""
    following: date | None = None
    for item in reversed(items):
        if item.partial and following:
            day, _, month = item.partial.partition("/")
            with suppress(ValueError):
                item.day = date(following.year, int(month or following.month), int(day))
        elif item.number and not item.day and not item.impossible:
            item.day = following
        following = item.day or following
    return tuple(items)
