"""What goes into the citation parser, what comes out, and what the grammar reads between the two. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.legal import ActType, ArticleRange, CodeArticle, Gazette, LegalAct, LegalMention, LegalRole


@dataclass(frozen=True, slots=True)
class CitationField:
    """One printed paragraph or TITRE that cites legal texts.

    Attributes:
        verbatim: the paragraph; white space is collapsed in the mention.
        role: what the citation does for the certification.
        source_path: element or heading.
        journal_date: DATE_PUBLICATION_JO of the same PUBLICATION_JO.
        line: line in the source, from 1.
    """

    verbatim: str
    role: LegalRole
    source_path: str
    journal_date: date | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CitationResult:
    """What the fields of one fiche cite.

    Attributes:
        acts: each once, in the order in which they are first named, after the merge within the fiche.
        mentions: in the order of the fields; one per distinct text and role, and one for a text that `_AUTRE` copies
            from `_CREATION`.
        diagnostics: in the order of the fields.
    """

    acts: tuple[LegalAct, ...] = ()
    mentions: tuple[LegalMention, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Relation(Enum):
    """What one act does to another."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication phrase: "paru au JO du 05/08/2004", "BO n°30 du 23/07/2020".

    Attributes:
        day: None where the phrase has no date, or an impossible one.
        gazette: None where it names none ("publié le 5 mars 2006").
        number: "30" of "BO n°30", as printed.
    """

    day: date | None = None
    gazette: Gazette | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """An act as one place of a text cites it.

    Attributes:
        day: date of signature.
        title: its object as printed.
        canonical: the object without its typography (see `keys.canonical`); "" where there is none.
        publication: the one that counts.
        others: further publications of the same citation (an act is published in the JO and then in a BO).
        changes: what it does to the acts it names ("modifiant…"), in order.
        changed_by: what the acts it names do to it ("modifié par…"), in order.
        is_amended: a bare "modifié" follows, or "modifié par" an act that cannot be told.
    """

    type: ActType
    day: date | None = None
    number: str | None = None
    nor: str | None = None
    title: str | None = None
    canonical: str = ""
    publication: Publication | None = None
    others: tuple[Publication, ...] = ()
    changes: tuple[tuple[Relation, Citation], ...] = ()
    changed_by: tuple[tuple[Relation, Citation], ...] = ()
    is_amended: bool = False

    def named(self) -> tuple[Citation, ...]:
        """Return the acts that this citation names beside its own, at any depth."""
        nearest = [act for _, act in (*self.changes, *self.changed_by)]
        return tuple(found for act in nearest for found in (act, *act.named()))


@dataclass(frozen=True, slots=True)
class ReadText:
    """What the grammar reads in one text, whatever fiche it stands in.

    Attributes:
        acts: acts that the text cites as its subjects.
        codes: (slug, label) of codes cited as a whole.
        articles: articles of codes.
        ranges: ranges of them.
        impossible: dates that were read as a signature or publication and do not exist ("31/02/2020").
        early: publications that stand before every act they could belong to.
        spans: where each citation stands in the text.
    """

    acts: tuple[Citation, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    articles: tuple[CodeArticle, ...] = ()
    ranges: tuple[ArticleRange, ...] = ()
    impossible: tuple[str, ...] = ()
    early: tuple[Publication, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing at all was read."""
        return not (self.acts or self.codes or self.articles)
