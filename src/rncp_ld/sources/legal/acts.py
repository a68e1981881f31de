"""Citations of acts: what follows a header, in any order, as far as it is about the act.

citation    := header { tail }
tail        := article | publication | NOR | changed | object | issuer
changed     := ("modifié" | "abrogé" …) [adverbs] "par" acts     what follows acts on what stands before
| "modifié"                                         bare
object      := ("portant" | "relatif" … | changing) text         up to its end, see `objects.py`
changing    := ("modifiant" | "remplaçant" …) acts               inside an object: the object names the acts
acts        := ["l'article 31 de"] [determiner] citation { ("," | "et" | "puis") ["par"] [determiner] citation }
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rncp_ld.sources.legal.draft import Draft, Family
from rncp_ld.sources.legal.forms import ADVERBS, CHANGED, CHANGING, DETERMINERS, FEMININE, Kind
from rncp_ld.sources.legal.header import Header, act_joint, announces_act, read_header
from rncp_ld.sources.legal.keys import canonical
from rncp_ld.sources.legal.object_start import after_issuer, opens_object, skip_light, starts_sentence
from rncp_ld.sources.legal.objects import ends_object, noun_change, trimmed
from rncp_ld.sources.legal.parts import before, behind
from rncp_ld.sources.legal.publication import read_publication
from rncp_ld.sources.legal.records import Publication, Relation
from rncp_ld.sources.legal.tokens import Token

_PUBLICATION = frozenset({Kind.PUBLISHED, Kind.GAZETTE})
_BESIDE_THE_NAME = _PUBLICATION | {Kind.NOR, Kind.NOR_WORD}
_DEEPEST = 12


class ActReader:
    """Reads the citations of one text; what is wrong in it is kept beside.

    Attributes:
        impossible: tokens of dates that do not exist.
        early: publications that stand before every act they could belong to.
    """

    def __init__(self, text: str, tokens: Sequence[Token], *, prose: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.prose = prose
        self.impossible: list[Token] = []
        self.early: list[Publication] = []
        self._published: dict[int, int] = {}
        self._is_clause = False

    def read(self, i: int) -> tuple[Family, int] | None:
        """Read the citation whose act word stands at `i`: the family and the index after it, or None."""
        header = read_header(self.tokens, i)
        if header is None:
            return None
        self._is_clause = self.prose and starts_sentence(self.tokens, i)
        subjects = self._drafts(header)
        family = Family(subjects, list(subjects))
        self._publish_asides(header, family)
        after, _ = self._tail(header.after, subjects, family, depth=0)
        return family, after

    def publish(self, i: int, family: Family, *, announced: bool = False) -> int | None:
        """Read a publication phrase at `i` for a family; the index after it, or None.

        The tail of an act that an object names may have read it already: then it is only skipped. One that announces the
        act behind it ("JO du 14/06/2011 : arrêté du…") is that act's.
        """
        if i in self._published:
            return self._published[i]
        found = read_publication(self.tokens, i)
        if found is None or (announces_act(self.tokens, i, found.after) and not announced):
            return None
        if found.impossible:
            self.impossible.append(found.impossible)
        elif not family.publish(found.publication):
            self.early.append(found.publication)
        self._published[i] = found.after
        return found.after

    def nor(self, i: int, family: Family) -> int | None:
        """Read "NOR : ESRS2100051A" at `i` for the act of the family that it is of; the index after it, or None."""
        j = i
        while self.tokens[j].kind == Kind.NOR_WORD or self.tokens[j].word in (":", "n"):
            j += 1
        if self.tokens[j].kind != Kind.NOR:
            return None
        family.identify(self.tokens[j].word)
        return j + 1

    def changed(self, i: int, subjects: list[Draft], family: Family, depth: int = 0) -> int | None:
        """Read "modifié par l'arrêté du…" at `i`; the index after the acts, or None where "par" and an act do not follow."""
        j = i + 1
        while self.tokens[j].word in ADVERBS or self.tokens[j].kind in (Kind.CHANGED, Kind.OPEN):
            j += 1
        if self.tokens[j].word != "par":
            return None
        # The object of "A relatif à… modifié par B relatif à…" is B's only where A has its own; in "A modifié par B,
        # abrogé par C" both are about A.
        has_object = any(act.title for act in subjects)
        named, after, _ = self._acts(j + 1, family, depth, takes_object=has_object, takes_change=False)
        for act in named:
            for subject in subjects:
                subject.changed_by.append((CHANGED[self.tokens[i].word], act))
        return after if named else None

    def _publish_asides(self, header: Header, family: Family) -> None:
        for aside in header.asides:
            self.publish(aside, family)

    def _drafts(self, header: Header) -> list[Draft]:
        self.impossible += [item.impossible for item in header.items if item.impossible]
        drafts = [Draft.of(header.type, item, is_amended=header.is_amended) for item in header.items]
        if header.object:
            self._entitle(drafts, *header.object)
        return drafts

    def _entitle(self, subjects: list[Draft], first: int, after: int) -> None:
        """Give the tokens [first, after) to the subjects as their object."""
        first, after = trimmed(self.tokens, first, after)
        title = " ".join(self.text[self.tokens[first].start : self.tokens[after - 1].end].split())
        name = canonical(self.tokens[first:after])
        for act in subjects:
            act.title, act.canonical = title, name

    def _acts(
        self, i: int, family: Family, depth: int, *, takes_object: bool, takes_change: bool = True
    ) -> tuple[list[Draft], int, int]:
        """Read a list of acts after a relation: the acts, the index after them, and the one where their names end."""
        named: list[Draft] = []
        after = end = i
        start = i
        while depth < _DEEPEST:
            j = before(self.tokens, start) or start
            while self.tokens[j].word in DETERMINERS:
                j += 1
            header = read_header(self.tokens, j) if self.tokens[j].kind == Kind.ACT else None
            if header is None:
                break
            drafts = self._drafts(header)
            named += drafts
            family.members += drafts
            self._publish_asides(header, family)
            after, end = self._tail(
                header.after, drafts, family, depth + 1, takes_object=takes_object, takes_change=takes_change
            )
            joint = act_joint(self.text, self.tokens, after)
            if joint is None:
                break
            start = joint
        return named, after, end

    def _tail(
        self,
        i: int,
        subjects: list[Draft],
        family: Family,
        depth: int,
        *,
        takes_object: bool = True,
        takes_change: bool = True,
    ) -> tuple[int, int]:
        """Read what follows a header; the index after it, and the one where the act's own name ends."""
        after = end = i
        while True:
            after = behind(self.tokens, after) or after
            j = skip_light(self.tokens, after)
            token = self.tokens[j]
            following: int | None = None
            if token.kind in _PUBLICATION:
                following = self.publish(j, family)
            elif token.kind in (Kind.NOR, Kind.NOR_WORD):
                following = self.nor(j, family)
            elif token.kind == Kind.CHANGED and takes_change:
                following = self._changed_or_bare(j, subjects, family, depth)
            elif (
                takes_object
                and not subjects[0].title
                and opens_object(self.tokens, j, subjects[0], after, prose=self.prose)
            ):
                following = self._object(j, subjects, family, depth)
            elif takes_object and not subjects[0].title and after == i:
                following = after_issuer(self.tokens, j, subjects[0])
            if following is None:
                return after, end
            if self.tokens[j - 1].kind == Kind.OPEN and self.tokens[following].kind == Kind.CLOSE:
                following += 1
            if token.kind not in _BESIDE_THE_NAME:
                end = following
            after = following

    def _changed_or_bare(self, i: int, subjects: list[Draft], family: Family, depth: int) -> int | None:
        """Read "modifié par…", "modifie le décret…", or a bare "modifié"."""
        relation = CHANGED[self.tokens[i].word]
        following = self.changed(i, subjects, family, depth)
        if following is not None:
            return following
        verb = i
        while self.tokens[verb + 1].word == "et" and self.tokens[verb + 2].kind == Kind.CHANGED:
            verb += 2  # "annule et remplace l'arrêté du…"
        if self.tokens[verb + 1].word in ("le", "la", "l", "les"):
            named, following, _ = self._acts(verb + 1, family, depth, takes_object=True)
            if named:
                for subject in subjects:
                    subject.changes += [(relation, act) for act in named]
                return following
        if relation is not Relation.AMENDS:
            return None
        for subject in subjects:
            subject.is_amended = True
        after = i + 1
        while self.tokens[after].kind == Kind.CHANGED:  # "modifié, complété": one word is enough
            after += 1
        return after

    def _object(self, i: int, subjects: list[Draft], family: Family, depth: int) -> int:
        """Read an object at `i`, with the acts that it says to change; return the index after it."""
        tokens = self.tokens
        j = end = i
        open_parentheses = 0
        names_act = False
        ends = partial(
            ends_object,
            self.text,
            tokens,
            prose=self.prose,
            is_clause=self._is_clause,
            feminine=subjects[0].type in FEMININE,
        )
        while True:
            token = tokens[j]
            relation = CHANGING.get(token.word) or noun_change(tokens, j)
            if relation is not None:
                start = j + 2 if tokens[j + 1].word == "et" and tokens[j + 2].kind == Kind.CHANGING else j
                named, _, name_end = self._acts(start + 1, family, depth, takes_object=True)
                if before(tokens, start + 1):
                    relation = Relation.AMENDS  # "abrogeant l'article 2 de": the rest of the act stands
                if named:
                    for subject in subjects:
                        subject.changes += [(relation, act) for act in named]
                    j = end = name_end
                    names_act = True
                    continue
            if token.kind == Kind.OPEN:
                open_parentheses += 1
            elif token.kind == Kind.CLOSE:
                open_parentheses -= 1
            if open_parentheses < 0 or (j > i and ends(j, names_act=names_act)):
                break
            names_act = names_act or token.kind == Kind.ACT
            j += 1
            end = j
        self._entitle(subjects, i, end)
        return end
