"""The lexer: a text becomes tokens, by one master expression and the table of forms.

White space never becomes a token, save a line break. Every other character belongs to exactly one token, so that the
text can be had back from their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rncp_ld.sources.legal.dates import MONTH_PATTERN, MONTHS, make_date
from rncp_ld.sources.legal.forms import Kind, kinds

_HYPHEN = "[-‐‑‒–]"
_MASTER = re.compile(
    rf"""
    [^\S\n]*(?:
      (?P<DECREE_LAW> [dD](?i:[ée]\u0301?crets?)(?!\s{_HYPHEN}\sLoi)[^\S\n]?(?:{_HYPHEN}[^\S\n]?)?(?i:lois?)(?![^\W_]) )
    | (?P<PLAIN>   [ac-ik-mo-zàâéèêîôûç](?:(?:[^\W\d_]|[\u0300-\u036f])+['’ʼ‘`´]?|['’]) )
    | (?P<BREAK>   \n\s* )
    | (?P<NOR>     [A-Z]{{3}}[A-Z0-9]\s?[0-9]{{7}}\s?[A-Z](?![^\W_]) )
    | (?P<NUMERIC> [0-9]{{1,2}}\s?/\s?[0-9]{{1,2}}\s?/\s?(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])
                 | [0-9]{{1,2}}[.-][0-9]{{1,2}}[.-][0-9]{{4}}(?![0-9])
                 | (?:(?<=\b(?i:du|le)\s)|(?<![0-9][.-])(?=[0-9]{{2}}[.-][0-9]{{2}}[.-]))
                   [0-9]{{1,2}}(?P<same>[.-])[0-9]{{1,2}}(?P=same)[0-9]{{2}}(?![0-9]|[.-][0-9])
                 | [0-9]{{4}}(?P<iso>[-/])[0-9]{{2}}(?P=iso)[0-9]{{2}}(?![0-9/-]) )
    | (?P<WORDY>   [0-9]{{1,2}}(?:\s?(?i:er)\b|\s?[°º])?\s{{0,3}}(?i:{MONTH_PATTERN})(?![^\W\d_])\.?
                   (?:\s{{0,3}}(?:[0-9]{{4}}(?![0-9])|['’]?[0-9]{{2}}(?![0-9]|\s?(?:h|H|[:/%°-]|[.,][0-9]|[0-9]))))? )
    | (?P<NUMBER>  (?:[nN]\s?[°ºo˚]s?|№|(?i:num[ée]\u0301?ro))\s?:?\s?
                   (?:(?:19|20)[0-9]{{2}}\s?(?:{_HYPHEN}|/)\s?[0-9]{{1,5}}|[0-9]{{2}}(?:{_HYPHEN}|\.)[0-9]{{1,5}}|[0-9]+)
                   (?![0-9]|\s?/\s?[0-9]) )
    | (?P<BARE_NUMBER> (?:(?:19|20)?[0-9]{{2}}{_HYPHEN}[0-9]{{1,5}} | (?:19|20)[0-9]{{2}}/(?!(?:19|20)[0-9]{{2}})[0-9]{{2,5}})
                   (?![-0-9/]) )
    | (?P<ARTICLE> (?:(?:LO|[LRDA])(?:\.\s?|\s)?(?:\*\s?)?[0-9]+(?:{_HYPHEN}[0-9]+)*
                     | [lrd]\.?\s?[0-9]+(?:{_HYPHEN}[0-9]+)+)
                   (?![0-9/]) )
    | (?P<DAY>     [0-9]+ )
    | (?P<GAZETTE> J\.\s?O(?![^\W\d_])\.?(?:\s?R\.?\s?F(?![^\W\d_])\.?)?
                 | B\.\s?O(?![^\W\d_])\.?(?:\s?E\.?\s?N(?![^\W\d_])\.?)?
                 | (?i:journal\s+officiel|journaux\s+officiels|bulletins?\s+officiels?) )
    | (?P<WORD>    (?:[^\W\d_]|[\u0300-\u036f])+['’ʼ‘`´]? )
    | (?P<SIGN>    \S )
    )
    """,
    re.VERBOSE,
)
# PLAIN comes first for speed: small words that can start nothing else (not "n°", "journal officiel", "bulletin", "l 335-5").
_PLAIN, _WORD, _SIGN = (_MASTER.groupindex[name] for name in ("PLAIN", "WORD", "SIGN"))
_SIGNS = {
    ".": Kind.STOP, ",": Kind.COMMA, ";": Kind.SEMICOLON, "/": Kind.SEMICOLON, "(": Kind.OPEN, "[": Kind.OPEN,
    ")": Kind.CLOSE, "]": Kind.CLOSE,
}  # fmt: skip
_DASHES = frozenset("-–—‐‑‒")
_KINDS = kinds()
_NOT_DIGIT = re.compile(r"[^0-9]+")
_WORDY = re.compile(r"([0-9]+)\s*(?:er|[°º])?\s*([a-z]+)\.?\s*([0-9]*)")
_ARTICLE = re.compile(r"([A-Za-z]+)\.?\s*(\*?)\s*([0-9].*)")
_ACCENTS = {
    **str.maketrans("àâäéèêëîïôöùûüçñ", "aaaeeeeiioouuucn", "'’ʼ‘`´"),
    ord("œ"): "oe",
    ord("æ"): "ae",
    **dict.fromkeys(range(0x300, 0x370)),
}


class Token(NamedTuple):
    """A token.

    Attributes:
        start: place of its first character.
        end: place after its last one.
        word: folded word; canonical number, NOR or article ("R338-6"); for a GAZETTE its folded name; of a DATE whose year
            has two digits its parts ("26/7/04").
        day: of a DATE; None there: an impossible date, or a century that the two digits do not say.
    """

    kind: str
    start: int
    end: int
    word: str = ""
    day: date | None = None


def fold(word: str) -> str:
    """Return a word in lower case, without accents and apostrophe.

    >>> fold("ARRÊTÉ"), fold("L’"), fold("Arrèté")
    ('arrete', 'l', 'arrete')
    """
    return word.lower().translate(_ACCENTS)


class _Words(dict[str, tuple[str, str]]):
    """Printed word → kind and folded word, each looked up once; emptied before it grows with the register."""

    _LIMIT = 50_000

    def __missing__(self, printed: str) -> tuple[str, str]:
        if len(self) >= self._LIMIT:
            self.clear()
        word = fold(printed)
        self[printed] = found = (_KINDS.get(word, Kind.WORD), word)
        return found


_WORDS = _Words()
_new = tuple.__new__  # what Token(...) comes to, without its second call


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; four END tokens close it, so that the grammar may look ahead without asking.

    >>> [t.kind for t in tokenise("Décret n°2016-954 du 11 juillet 2016")][:4]
    ['ACT', 'NUMBER', 'WORD', 'DATE']
    """
    found: list[Token] = []
    words, plain, word, sign = _WORDS, _PLAIN, _WORD, _SIGN
    for match in _MASTER.finditer(text):
        group = match.lastindex
        if group is None:  # white space at the end
            continue
        start, end = match.span(group)
        if group in (plain, word):
            kind, folded = words[match[group]]
            found.append(_new(Token, (kind, start, end, folded, None)))
        elif group == sign:
            found.append(_new(Token, (_sign(text, start, end), start, end, match[group], None)))
        else:
            found.append(_READERS[group](match[group], start, end))
    last = Token(Kind.END, len(text), len(text))
    return (*found, last, last, last, last)


def _sign(text: str, start: int, end: int) -> str:
    sign = text[start]
    if sign in _DASHES:
        open_before = start == 0 or text[start - 1].isspace()
        open_after = end == len(text) or text[end].isspace()
        return Kind.DASH if sign == "—" or (open_before and open_after) else Kind.MARK
    return _SIGNS.get(sign, Kind.MARK)


def _numeric(text: str, start: int, end: int) -> Token:
    parts = _NOT_DIGIT.split(text)
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    return Token(Kind.DATE, start, end, _short(day, int(month), year), make_date(day, int(month), year))


def _short(day: str, month: int, year: str) -> str:
    return f"{day}/{month}/{year}" if len(year) == 2 else ""


def _wordy(text: str, start: int, end: int) -> Token:
    kind, word, day = _wordy_date(text)
    return Token(kind, start, end, word, day)


@lru_cache(maxsize=16384)
def _wordy_date(text: str) -> tuple[str, str, date | None]:
    match = _WORDY.match(fold(text))
    if match is None:  # pragma: no cover - the master expression is narrower
        return Kind.MARK, text, None
    month = MONTHS[match[2]]
    if not match[3]:
        return Kind.DAY, f"{match[1]}/{month}", None
    return Kind.DATE, _short(match[1], month, match[3]), make_date(match[1], month, match[3])


def _number(text: str, start: int, end: int) -> Token:
    parts = [part for part in _NOT_DIGIT.split(text) if part]
    return Token(Kind.NUMBER, start, end, "-".join(parts))


def _bare_number(text: str, start: int, end: int) -> Token:
    return Token(Kind.BARE_NUMBER, start, end, "-".join(_NOT_DIGIT.split(text)))


def _article(text: str, start: int, end: int) -> Token:
    match = _ARTICLE.match(text)
    if match is None:  # pragma: no cover - the master expression is narrower
        return Token(Kind.MARK, start, end, text)
    return Token(Kind.ARTICLE, start, end, match[1].upper() + "-".join(_NOT_DIGIT.split(match[3])))


def _decree_law(text: str, start: int, end: int) -> Token:
    """Name a décret-loi as the table of forms does, whatever joins its two words: "Décrets lois" → "decrets-lois"."""
    return Token(Kind.ACT, start, end, "decrets-lois" if text[-1] in "sS" else "decret-loi")


def _gazette(text: str, start: int, end: int) -> Token:
    """Name the gazette as the table of forms does: "J.O.R.F.", "Journal officiel" → "jo"."""
    return Token(Kind.GAZETTE, start, end, text[0].lower() + "o")


_READERS: dict[int, Callable[[str, int, int], Token]] = {
    _MASTER.groupindex["DECREE_LAW"]: _decree_law,
    _MASTER.groupindex["BREAK"]: lambda _, start, end: Token(Kind.BREAK, start, end),
    _MASTER.groupindex["NOR"]: lambda text, start, end: Token(Kind.NOR, start, end, "".join(text.split())),
    _MASTER.groupindex["NUMERIC"]: _numeric,
    _MASTER.groupindex["WORDY"]: _wordy,
    _MASTER.groupindex["NUMBER"]: _number,
    _MASTER.groupindex["BARE_NUMBER"]: _bare_number,
    _MASTER.groupindex["ARTICLE"]: _article,
    _MASTER.groupindex["DAY"]: lambda text, start, end: Token(Kind.DAY, start, end, text),
    _MASTER.groupindex["GAZETTE"]: _gazette,
}
