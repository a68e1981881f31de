"""Records of legal citations: acts, articles of codes, and the mentions that cite them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class ActType(Enum):
    """Types of acts that are read; the value is the segment in the act's IRI (`acte/{type}/…`, `type-acte/{type}`)."""

    ARRETE = "arrete"
    DECRET = "decret"
    LOI = "loi"
    ORDONNANCE = "ordonnance"
    DECRET_LOI = "decret-loi"


class Gazette(Enum):
    """Where an act was published."""

    JO = "jo"
    BO = "bo"


class LegalRole(Enum):
    """What a citation does for the certification; the value is the segment of `role-legal/…`."""

    GENERAL = "general"
    CREATION = "creation"
    VAE = "vae"
    OTHER = "autre"
    JURY = "jury"
    REGULATION = "reglementation"
    HISTORY = "historique"


class Resolution(Enum):
    """How far a mention could be tied to what it names; the value is the segment of `resolution/…`."""

    RESOLVED = "resolue"
    CANDIDATE = "candidat"
    AMBIGUOUS = "ambigue"
    GENERIC = "generique"
    UNRESOLVED = "non-resolue"


@dataclass(frozen=True, slots=True)
class LegalAct:
    """An act as one fiche describes it, after its citations were merged (DESIGN: "Legal acts").

    Attributes:
        type: arrêté, décret, loi, ordonnance, décret-loi.
        signature_date: "du 11 juillet 2016"; an act without one is no record, only a mention.
        key: number ("2016-954"), else NOR, else slug and 8-hex hash of `title`, else the fiche's number
            ("RNCP2383", or "RNCP2383-jo-2004-08-05").
        number: of a décret, loi or ordonnance: "2016-954".
        nor: twelve characters, "ESRS2100051A".
        title: the object, "relatif au titre professionnel délivré par…", up to the first sentence end, NOR,
            "Enregistrement pour" or "Observations"; None where the citation says none.
        publication_date: at most one.
        gazette: JO or BO, None where the text does not say: DATE_PUBLICATION_JO holds dates of both.
        gazette_number: "30" of "BO n°30".
        amends: ids of the acts it amends ("modifiant"), `B modifié par A` read from B's side.
        replaces: ids of acts that it replaces ("remplaçant").
        repeals: ids of acts that it repeals ("abrogeant").
    """

    type: ActType
    signature_date: date
    key: str
    number: str | None = None
    nor: str | None = None
    title: str | None = None
    publication_date: date | None = None
    gazette: Gazette | None = None
    gazette_number: str | None = None
    amends: tuple[ActId, ...] = ()
    replaces: tuple[ActId, ...] = ()
    repeals: tuple[ActId, ...] = ()

    @property
    def id(self) -> ActId:
        """What identifies the act within the register: its type, date and key."""
        return ActId(self.type, self.signature_date, self.key)


@dataclass(frozen=True, slots=True, order=False)
class ActId:
    """Type, signature date and key: the three segments of the act's IRI."""

    type: ActType
    signature_date: date
    key: str


@dataclass(frozen=True, slots=True)
class CodeArticle:
    """An article of a code: "R338-6" of "code-education".

    Attributes:
        code: slug of the code, without "de l'", e.g. "code-education", "code-travail".
        code_label: the code's name in lower case with its accents, "code de l'éducation".
        article: canonical, letter and number without space or dot: "R338-6", "L335-5", "D337-139".
    """

    code: str
    code_label: str
    article: str


@dataclass(frozen=True, slots=True)
class ArticleRange:
    """Articles cited by their ends ("D337-139 à D337-160") or openly ("R. 338-2 et suivants"): those between are never invented.

    Attributes:
        first: the first article, itself among the mention's articles.
        last: the last one, also among them; None for an open range ("et suivants").
    """

    first: CodeArticle
    last: CodeArticle | None


@dataclass(frozen=True, slots=True)
class LegalMention:
    """A citation as printed, with what could be read in it.

    Attributes:
        verbatim: lines joined, white space collapsed, list mark removed; the whole field, even where it cites several acts.
        roles: the headings or elements that hold it; two where `_AUTRE` copies `_CREATION`.
        position: from 1, among the mentions of its fiche and role.
        source_path: element or heading.
        acts: acts it cites as its subject, in order of the text (not those that these amend).
        cited_acts: acts that are only named by the others ("modifiant l'arrêté du…", "modifié par l'arrêté du…"). What the
            object of an act is about ("visés à l'article R. 338-8") is in the act's title only.
        codes: slugs and labels of codes cited as a whole ("Code de l'éducation").
        articles: articles it cites.
        ranges: ranges of articles.
        journal_date: DATE_PUBLICATION_JO where it could not be given to an act; stays on the mention.
        is_amended: a bare "modifié" follows the citation, or "modifié par" an act of which the date is not said.
    """

    verbatim: str
    roles: tuple[LegalRole, ...]
    position: int
    source_path: str
    acts: tuple[ActId, ...] = ()
    cited_acts: tuple[ActId, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    articles: tuple[CodeArticle, ...] = ()
    ranges: tuple[ArticleRange, ...] = ()
    journal_date: date | None = None
    is_amended: bool = False
