"""The grammar's top: a text is citations of acts, references to codes, and words that are neither.

    text := { citation | reference | publication | NOR | "modifié par" acts | any token }

A publication, a NOR or "Modifié par…" that stands after the end of a sentence belongs to the last act cited, unless
another kind of text (circulaire, directive) came between.
"""

from __future__ import annotations

from functools import lru_cache

from rncp_ld.model.legal import ArticleRange, CodeArticle
from rncp_ld.sources.legal.acts import ActReader
from rncp_ld.sources.legal.articles import Reference, read_reference
from rncp_ld.sources.legal.code_names import Code
from rncp_ld.sources.legal.draft import Family
from rncp_ld.sources.legal.forms import CHANGED, Kind
from rncp_ld.sources.legal.publication import read_publication
from rncp_ld.sources.legal.records import ReadText, Relation
from rncp_ld.sources.legal.tokens import tokenise

_REFERENCE = frozenset({Kind.CODE, Kind.CODE_SHORT, Kind.ARTICLE_WORD, Kind.ARTICLE})
_LATER = frozenset({Kind.PUBLISHED, Kind.GAZETTE, Kind.CHANGED, Kind.NOR})
_STARTS = _REFERENCE | _LATER | {Kind.ACT, Kind.OTHER_TEXT}


@lru_cache(maxsize=16384)
def read_text(text: str, *, prose: bool = False) -> ReadText:
    """Read what a text cites; the same text is read once, for the register repeats its citations."""
    return _Reading(text, prose=prose).read()


class _Reading:
    """One text being read.

    Attributes:
        last: the last act cited, which a later publication or NOR belongs to.
        announced: index of a publication before the first act; -1 once an act or another kind of text was named.
        current: the last code named, which a list of articles belongs to.
    """

    def __init__(self, text: str, *, prose: bool) -> None:
        self.text = text
        self.prose = prose
        self.tokens = tokenise(text)
        self.acts = ActReader(text, self.tokens, prose=prose)
        self.families: list[Family] = []
        self.last: Family | None = None
        self.announced: int | None = None
        self.current: Code | None = None
        self.codes: dict[Code, None] = {}
        self.articles: dict[CodeArticle, None] = {}
        self.ranges: dict[ArticleRange, None] = {}
        self.spans: list[tuple[int, int]] = []

    def read(self) -> ReadText:
        i = 0
        tokens = self.tokens
        while (kind := tokens[i].kind) != Kind.END:
            i = self._next(i) if kind in _STARTS else i + 1
        return ReadText(
            acts=tuple(act.freeze() for family in self.families for act in family.subjects),
            codes=tuple(self.codes),
            articles=tuple(self.articles),
            ranges=tuple(self.ranges),
            impossible=tuple(self.text[token.start : token.end] for token in self.acts.impossible),
            early=tuple(self.acts.early),
            spans=tuple(self.spans),
        )

    def _next(self, i: int) -> int:
        """Read what stands at `i`; return the index after it."""
        kind = self.tokens[i].kind
        if kind == Kind.ACT:
            return self._citation(i)
        if kind in _REFERENCE:
            reference = read_reference(self.tokens, i, self.current)
            if reference is not None:
                return self._reference(i, reference)
        elif kind == Kind.OTHER_TEXT:
            self.last, self.announced = None, -1
        elif kind in _LATER and not self.prose:
            return self._later(i, self.last) if self.last else self._announcement(i)
        return i + 1

    def _citation(self, i: int) -> int:
        found = self.acts.read(i)
        if found is None:
            return i + 1
        self.last, after = found
        self.families.append(self.last)
        if self.announced is not None and self.announced >= 0:
            self.acts.publish(self.announced, self.last, announced=True)
        self.announced = -1
        self._span(i, after)
        return after

    def _reference(self, i: int, reference: Reference) -> int:
        if reference.code is None:
            return reference.after
        self.current = reference.code
        if reference.is_whole:
            self.codes[reference.code] = None
        self.articles.update(dict.fromkeys(reference.articles))
        self.ranges.update(dict.fromkeys(reference.ranges))
        self._span(i, reference.after)
        return reference.after

    def _announcement(self, i: int) -> int:
        """Keep a publication that stands before the first act: "JO n° 12 du 14 janvier 2001 : arrêté du…"."""
        found = read_publication(self.tokens, i)
        if found is None:
            return i + 1
        if self.announced is None:
            self.announced = i
        return found.after

    def _later(self, i: int, family: Family) -> int:
        kind = self.tokens[i].kind
        after: int | None = None
        if kind == Kind.CHANGED:
            after = self.acts.changed(i, family.subjects, family)
            if after is None and self._is_dated_change(i):
                for subject in family.subjects:
                    subject.is_amended = True
        elif kind == Kind.NOR:
            after = self.acts.nor(i, family)
        else:
            after = self.acts.publish(i, family)
            if after is None and (found := read_publication(self.tokens, i)):
                # It announces the act behind it: the last one has nothing to do with it.
                self.last, self.announced = None, i
                return found.after
        return after or i + 1

    def _is_dated_change(self, i: int) -> bool:
        """Tell whether "modifié le 5 mai 1980" stands at `i`: an amendment of which the act is not said."""
        tokens = self.tokens
        is_amendment = CHANGED[tokens[i].word] is Relation.AMENDS
        return is_amendment and tokens[i + 1].word in ("le", "les") and tokens[i + 2].kind in (Kind.DATE, Kind.DAY)

    def _span(self, first: int, after: int) -> None:
        """Keep the place of tokens [first, after), without light signs at the end."""
        while after - 1 > first and self.tokens[after - 1].kind in (Kind.COMMA, Kind.DASH, Kind.BREAK, Kind.OPEN):
            after -= 1
        self.spans.append((self.tokens[first].start, self.tokens[after - 1].end))
