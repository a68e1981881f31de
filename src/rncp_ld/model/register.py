"""Records of what only the whole register knows: the result of the link stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from rncp_ld.model.codes import Route
from rncp_ld.model.legal import ActId, CodeArticle, LegalAct, LegalRole, Resolution


class CodeScheme(Enum):
    """Nomenclatures whose codes fiches cite; the value is the first segment of their concepts' IRIs and the name in `scheme/…`."""

    NSF = "nsf"
    ROME = "rome"
    FORMACODE = "formacode"
    TYPE = "type"
    AGREEMENT = "convention"


class UndescribedKind(Enum):
    """Kinds of resources that sources may only name; the value is the first segment of the IRI."""

    CERTIFICATION = "certification"
    BLOCK = "bloc"
    NSF = "nsf"
    ROME = "rome"
    FORMACODE = "formacode"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a nomenclature, with the label chosen for it.

    Attributes:
        code: as the source writes it ("K1205", "BAC PRO", "3109").
        is_idcc: for a collective agreement only.
        pref_label: None where no source gives one.
        broader: codes of the next broader concepts of the same scheme, sorted.
        related: codes of concepts of the same scheme that go with it, sorted.
        definition: French.
        notes: remarks in French, e.g. what the letter of an NSF code means.
        history: in French, which edition a label comes from that is not the preferred one, and that an edition dropped the code.
        is_placed: what is broader is known, so that a code without any is one of the scheme's first level.
    """

    scheme: CodeScheme
    code: str
    pref_label: str | None
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    is_idcc: bool = False
    related: tuple[str, ...] = ()
    definition: str | None = None
    notes: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    is_placed: bool = True


@dataclass(frozen=True, slots=True)
class LinkedOrganisation:
    """An organisation as all sources name it.

    Attributes:
        key: as `rdf.iris.organisation_key` makes it.
        siret: None for one known by its name only.
        candidates: keys of organisations that have the same name; a possible match, never merged.
        trains_for: numbers of active certifications that it may train for now.
        assesses_for: numbers of active certifications that it may assess now.
    """

    key: str
    siret: str | None
    pref_label: str | None
    alt_labels: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    trains_for: tuple[str, ...] = ()
    assesses_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedAct:
    """An act as all sources cite it, and acts that may be the same.

    Attributes:
        has_certain_date: False where its number has another date of signature, as frequent or more.
    """

    act: LegalAct
    candidates: tuple[ActId, ...] = ()
    has_certain_date: bool = True


@dataclass(frozen=True, slots=True)
class MentionLink:
    """How far a certification mention could be tied to a certification.

    Attributes:
        role: `equivalence`, `successeur` or `predecesseur`.
        verbatim: the mention's text, which with its role and fiche identifies it.
        numbers: of the fiche it refers to (RESOLVED), or of its candidates.
    """

    role: str
    verbatim: str
    resolution: Resolution
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorityLink:
    """How far the mention of an authority could be tied to organisations: never further than to candidates.

    Attributes:
        verbatim: the mention's text, which with its fiche identifies it.
        keys: of the organisations that have this name.
    """

    verbatim: str
    resolution: Resolution
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificationLinks:
    """What the link stage adds to one certification.

    Attributes:
        replaces: numbers, whichever side states it.
        replaced_by: numbers, whichever side states it.
        active_successors: of one that is not active: numbers of the active ones that `replaced_by` leads to, step by step.
        legal_basis: acts by role, for the roles that have a shortcut.
        articles: articles and codes (slug alone: article is "") by role likewise.
    """

    number: str
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    active_successors: tuple[str, ...] = ()
    open_routes: tuple[Route, ...] = ()
    closed_routes: tuple[Route, ...] = ()
    acts: tuple[tuple[LegalRole, ActId], ...] = ()
    articles: tuple[tuple[LegalRole, CodeArticle], ...] = ()
    codes: tuple[tuple[LegalRole, str], ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    mentions: tuple[MentionLink, ...] = ()
    authorities: tuple[AuthorityLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Undescribed:
    """A code that sources name and none describes.

    Attributes:
        fiche: for a bloc: number of the fiche whose bloc it is said to be.
        candidates: for a bloc: keys of that fiche's blocs that bear this code, which has no IRI of theirs as it is bare or
            serves twice.
        replaces: for a certification: numbers of described fiches that name it as their successor.
        replaced_by: for a certification: numbers of described fiches that name it as their predecessor.
    """

    kind: UndescribedKind
    code: str
    label: str | None = None
    fiche: str = ""
    candidates: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that the link stage adds, sorted."""

    concepts: tuple[Concept, ...]
    organisations: tuple[LinkedOrganisation, ...]
    acts: tuple[LinkedAct, ...]
    codes: tuple[tuple[str, str], ...]
    articles: tuple[CodeArticle, ...]
    certifications: tuple[CertificationLinks, ...]
    undescribed: tuple[Undescribed, ...]
