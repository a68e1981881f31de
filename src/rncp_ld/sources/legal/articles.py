"""Articles of codes: "Code de l'éducation, notamment les articles L. 335-5 … et suivants", "Art. R 338-6 du Code de…".

reference := code [link list] | short link list | list ["du"] (code | short) | list
                                                     a list alone belongs to the code named before
list      := [article-word] item { joint [article-word] item }
item      := ARTICLE [ "à" ARTICLE ] [ "et" "suivants" ]
joint     := "," | ";" | "et" | "ou"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rncp_ld.model.legal import ArticleRange, CodeArticle
from rncp_ld.sources.legal.code_names import Code, read_code, read_short
from rncp_ld.sources.legal.forms import ESPECIALLY, FOLLOWING, Kind, words
from rncp_ld.sources.legal.tokens import Token

_LONGEST_LINK = 12
_LINK_WORDS = ESPECIALLY | words(
    "en les l la le aux au a ses son et dans d des du de partie reglementaire legislative livre titre section"
)
_LINK = frozenset({Kind.COMMA, Kind.DASH, Kind.MARK, Kind.OPEN, Kind.CLOSE, Kind.BREAK, Kind.SEMICOLON})
_BEFORE_CODE = frozenset({"du", "de", "la", "l", "le", "des"})
_SAME = words("precite precites susvise susvises susmentionne")
_WITHIN = words("meme present livre titre chapitre dit susdit")


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Articles as printed, without their code.

    Attributes:
        numbers: canonical numbers, in order, each once.
        ranges: (first, last) or (first, None).
        is_plain: its first has no letter ("article 515-8"): they belong to a code only where it follows.
        after: index after the list.
    """

    numbers: tuple[str, ...]
    ranges: tuple[tuple[str, str | None], ...]
    is_plain: bool
    after: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A code or articles of it.

    Attributes:
        code: (slug, label); None for a list of articles that belongs to no code: it is skipped.
        is_whole: the code itself is cited, not only articles of it.
    """

    code: Code | None
    is_whole: bool
    articles: tuple[CodeArticle, ...]
    ranges: tuple[ArticleRange, ...]
    after: int


def read_reference(tokens: Sequence[Token], i: int, current: Code | None) -> Reference | None:
    """Read a code, or articles, at `i`; `current` is the code that a list without one belongs to."""
    if tokens[i].kind in (Kind.CODE, Kind.CODE_SHORT):
        return _from_code(tokens, i)
    listed = read_list(tokens, i)
    if listed is None:
        return None
    found = _code_after(tokens, listed.after, needs_word=current is not None)
    if found is not None:
        return _reference(found[0], listed, found[1])
    if current is None or listed.is_plain or _is_of_another(tokens, listed.after):
        return Reference(None, False, (), (), listed.after)
    return _reference(current, listed, listed.after)


def read_list(tokens: Sequence[Token], i: int, *, to_restart: bool = False) -> ArticleList | None:
    """Read a list of articles at an article or the word "article"; `to_restart` ends it where ";" or "article" starts anew."""
    numbers: dict[str, None] = {}
    ranges: list[tuple[str, str | None]] = []
    plain = False
    has_word = False
    j, after = i, i
    while True:
        if tokens[j].kind == Kind.ARTICLE_WORD:
            has_word = True
            j += 2 if tokens[j + 1].kind == Kind.STOP else 1
        if tokens[j].kind == Kind.ARTICLE:
            first, j = tokens[j].word, j + 1
        elif has_word and (plain or not numbers) and _is_plain(tokens[j]):
            first, j = _plain_number(tokens, j)
            plain = True
        else:
            break
        numbers[first] = None
        last, j = _end_of_range(tokens, j, first)
        if last is not None:
            numbers[last] = None
            ranges.append((first, last))
        opened = _is_open(tokens, j)
        if opened is not None:
            ranges.append((last or first, None))
            j = opened
        after = j
        following = _after_joint(tokens, j)
        if following is None:
            break
        if to_restart and (tokens[following].kind == Kind.ARTICLE_WORD or tokens[j].kind == Kind.SEMICOLON):
            break
        j = following
    return ArticleList(tuple(numbers), tuple(ranges), plain, after) if numbers else None


def _is_plain(token: Token) -> bool:
    return token.kind in (Kind.DAY, Kind.BARE_NUMBER) and "/" not in token.word


def _plain_number(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Read a number without a letter: "515-8"."""
    number, j = tokens[i].word, i + 1
    while tokens[j].word == "-" and tokens[j + 1].kind == Kind.DAY and tokens[j].end == tokens[j + 1].start:
        number, j = f"{number}-{tokens[j + 1].word}", j + 2
    return number, j


def _end_of_range(tokens: Sequence[Token], i: int, first: str) -> tuple[str | None, int]:
    """Read "à D337-160", or "à 160", which leaves out what it shares with the first."""
    j = i
    if tokens[j].kind == Kind.COMMA:
        j += 1
    if tokens[j].word != "a":
        return None, i
    j += 1
    if tokens[j].word in ("l", "article"):
        j += 1
    token = tokens[j]
    if token.kind == Kind.ARTICLE:
        return token.word, j + 1
    head, hyphen, tail = first.rpartition("-")
    if token.kind == Kind.DAY and token.word.isdecimal() and hyphen and int(token.word) > int(tail):
        return f"{head}-{token.word}", j + 1
    return None, i


def _is_open(tokens: Sequence[Token], i: int) -> int | None:
    """Return the index after "et suivants", or None."""
    if tokens[i].word == "et" and tokens[i + 1].word in FOLLOWING:
        after = i + 2
    elif tokens[i].word in ("ss", "sq", "sqq", "suivants"):
        after = i + 1
    else:
        return None
    is_abbreviated = tokens[after].kind == Kind.STOP and tokens[after - 1].word in ("s", "ss", "suiv", "sq", "sqq")
    return after + 1 if is_abbreviated else after


def _after_joint(tokens: Sequence[Token], i: int) -> int | None:
    j = i
    while tokens[j].kind in (Kind.COMMA, Kind.SEMICOLON) or tokens[j].word in (
        "et",
        "ou",
        "aux",
        "les",
        "l",
        "des",
        "de",
        "d",
    ):
        j += 1
    return j if j > i and tokens[j].kind in (Kind.ARTICLE, Kind.ARTICLE_WORD, Kind.DAY, Kind.BARE_NUMBER) else None


def _code_after(tokens: Sequence[Token], i: int, *, needs_word: bool) -> tuple[Code, int] | None:
    """Read "du code de…" after a list; with a code named before the list, "du" must be there."""
    j = i
    while tokens[j].word in _BEFORE_CODE or (not needs_word and tokens[j].kind in (Kind.COMMA, Kind.OPEN, Kind.DASH)):
        j += 1
    if needs_word and j == i:
        return None
    return read_code(tokens, j) or read_short(tokens, j)


def _is_of_another(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether "du CE", "de la loi…", "du code" of an unknown name follows a list: it is not the last code's."""
    if tokens[i].word not in ("du", "de", "des"):
        return False
    j = i + 1
    while tokens[j].word in _BEFORE_CODE:
        j += 1
    token, following = tokens[j], tokens[j + 1]
    if token.kind == Kind.CODE:
        return following.kind == Kind.WORD and following.word not in _SAME
    if token.kind in (Kind.ACT, Kind.OTHER_TEXT):
        return True
    # "du CE" (two letters, ambiguous); "de ce code" and "du livre IV" are the last code's.
    return tokens[i].word == "du" and token.kind == Kind.WORD and token.word not in _WITHIN


def _from_code(tokens: Sequence[Token], i: int) -> Reference | None:
    """Read a code and the articles behind it; an abbreviation is a code only with them."""
    found = read_code(tokens, i) or read_short(tokens, i)
    if found is None:
        return None
    code, after = found
    is_short = tokens[i].kind == Kind.CODE_SHORT
    is_whole = True
    for j in range(after, after + _LONGEST_LINK):
        token = tokens[j]
        if token.kind == Kind.CODE_SHORT and (read_short(tokens, j) or found)[0] == code:
            continue  # "code de la sécurité intérieure (CSI), articles…"
        if token.kind in (Kind.ARTICLE, Kind.ARTICLE_WORD):
            listed = _own_list(tokens, j, code)
            if listed and (not is_short or token.kind == Kind.ARTICLE_WORD or "-" in token.word):
                is_whole = not is_short and any(one.word in ESPECIALLY for one in tokens[after:j])
                return _reference(code, listed, listed.after, is_whole=is_whole)
            break
        if token.word not in _LINK_WORDS and token.kind not in _LINK:
            break
    return None if is_short else Reference(code, is_whole, (), (), after)


def _own_list(tokens: Sequence[Token], i: int, code: Code) -> ArticleList | None:
    """Read the articles of the code named before `i`; None where they are another's.

    "Code du travail, article L. 335-5 du code de l'éducation": that one's. "Code du travail, article L. 6113-1 ; article
    L. 335-5 du code de l'éducation": up to where the list starts anew they are the first code's.
    """
    for to_restart in (False, True):
        listed = read_list(tokens, i, to_restart=to_restart)
        if listed is None or listed.is_plain:
            return None
        named = _code_after(tokens, listed.after, needs_word=True)
        if named is not None and named[0] == code:
            return replace(listed, after=named[1])
        if named is None and not _is_of_another(tokens, listed.after):
            return listed
    return None


def _reference(code: Code, listed: ArticleList, after: int, *, is_whole: bool = False) -> Reference:
    articles = {number: CodeArticle(*code, number) for number in listed.numbers}
    ranges = tuple(ArticleRange(articles[first], articles[last] if last else None) for first, last in listed.ranges)
    return Reference(code, is_whole, tuple(articles.values()), ranges, after)
