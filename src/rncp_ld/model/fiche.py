"""The record of a fiche: everything that either the old text fiche or the XML export says, and nothing of how it was read.

All parts are frozen. A text is a `str` of paragraphs parted by a blank line; inside a paragraph, lines are list items
and keep their mark ("- ", "• ", "A1C1. "). White space is single. None means that the source does not say;
an empty tuple means that it names none. Lines, files and dates of export are not here: they stand in `Reading`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from rncp_ld.model.codes import Register, Route, SourceSeries, register_of
from rncp_ld.model.legal import LegalAct, LegalMention


class FicheStatus(Enum):
    """ETAT_FICHE; the value is the segment of `etat-fiche/…`."""

    PUBLISHED = "publiee"
    ARCHIVED = "depubliee-archivee"
    CHANGES_TO_VALIDATE = "modifications-a-valider"
    CHANGES_TO_VALIDATE_BY_MINISTRY = "modifications-a-valider-par-le-ministere"


class RegistrationType(Enum):
    """TYPE_ENREGISTREMENT; the value is the segment of `type-enregistrement/…`."""

    BY_RIGHT = "de-droit"
    ON_DEMAND = "sur-demande"


class Habilitation(Enum):
    """HABILITATION_PARTENAIRE; the value is the segment of `habilitation/…`."""

    TRAIN = "former"
    ASSESS = "organiser"
    TRAIN_AND_ASSESS = "former-et-organiser"


class PartnershipStatus(Enum):
    """ETAT_HABILITATION; the value is the segment of `etat-habilitation/…`."""

    ACTIVE = "actif"
    INACTIVE = "inactif"
    WITHDRAWN = "supprime"


class CertifierStatus(Enum):
    """ETAT_CERTIFICATEUR; the value is the segment of `etat-certificateur/…`."""

    ACTIVE = "actif"
    INACTIVE = "inactif"


class ChangeType(Enum):
    """What happened to a certification; the value is the segment of `changement/…`."""

    TITLE = "intitule"
    OTHER = "autre"


class Territory(Enum):
    """Overseas territories with a field of their own; the value is the code in the EU country authority table."""

    NEW_CALEDONIA = "NCL"
    FRENCH_POLYNESIA = "PYF"


class EquivalenceKind(Enum):
    """Where an equivalence is declared; the value is the segment of `type-equivalence/…`."""

    DECLARED = "declaree"
    CORRESPONDENCE = "correspondance"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a nomenclature with the label its source gives it (None: no label)."""

    code: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class CollectiveAgreement:
    """A convention collective.

    Attributes:
        number: as printed, digits.
        is_idcc: the number is known to be an IDCC (element CODES_IDCC); else it is only a number.
        label: as printed.
    """

    number: str
    is_idcc: bool
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as a source names it.

    Attributes:
        name: as printed; "" where the source gives none.
        siret: 14 digits with a right key, else None: then the name identifies it.
        trade_name: NOM_COMMERCIAL.
        website: SITE_INTERNET where it is an http(s) address.
    """

    name: str
    siret: str | None = None
    trade_name: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Certifier:
    """A row of CERTIFICATEURS: who certifies (ontology: `CertifierRole`)."""

    organisation: Organisation
    status: CertifierStatus | None = None
    status_date: date | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """A distinct row of PARTENAIRES: who may train or assess."""

    organisation: Organisation
    habilitation: Habilitation | None = None
    status: PartnershipStatus | None = None
    active_since: date | None = None
    status_date: date | None = None


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """An authority as the text fiche prints it, without a SIRET.

    Attributes:
        is_truncated: the source cuts it at its start or end.
    """

    verbatim: str
    position: int
    source_path: str
    is_truncated: bool = False


@dataclass(frozen=True, slots=True)
class CertificationMention:
    """A certification named by its title only.

    Attributes:
        verbatim: as printed (lines joined, list mark and closing punctuation of the list removed).
        title: the title without the type's label and quotation marks, for matching; None where it names a whole type.
        certification_type: code of the type it starts with ("BAC PRO", "BPJEPS"), None where unknown.
        is_generic: it names every certification of the type ("BPJEPS toutes spécialités").
        number: number of a fiche that the text itself gives ("… (RNCP 1917)"): then it is no guess what it names.
    """

    verbatim: str
    position: int
    source_path: str
    title: str | None = None
    certification_type: str | None = None
    is_generic: bool = False
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Competence:
    """One competence of a bloc.

    Attributes:
        position: from 1.
        title: without its list mark ("- "), but with its own code ("A1C1. ").
        theme: the heading that it stands under inside the list of its bloc ("Activité B :"), None where there is none.
    """

    position: int
    title: str
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class CompetenceBlock:
    """A bloc de compétences.

    Attributes:
        code: as printed ("RNCP2383BC01"); "" where the source gives none.
        position: from 1.
        competences: the items, where the text is clearly a list; else empty.
        competences_text: the whole text where it is no list, else only what introduces and closes it.
    """

    code: str
    position: int
    title: str
    competences: tuple[Competence, ...] = ()
    competences_text: str | None = None
    assessment_method: str | None = None
    entry_prerequisites: str | None = None
    validation_prerequisites: str | None = None


@dataclass(frozen=True, slots=True)
class AccessCondition:
    """What a fiche says about one access route.

    Attributes:
        is_open: None where the fiche says neither yes nor no.
        jury_composition: text; where the fiche says "Idem", the text it refers to.
        jury_word: the word as printed where it refers to another row ("Idem"), else None.
    """

    route: Route
    is_open: bool | None = None
    jury_composition: str | None = None
    jury_word: str | None = None
    last_modified: date | None = None


@dataclass(frozen=True, slots=True)
class PromotionStatistics:
    """Figures of one year; rates in percent, 0 to 100."""

    year: int
    certified: int | None = None
    certified_by_vae: int | None = None
    overall_insertion_rate_6_months: int | None = None
    job_insertion_rate_6_months: int | None = None
    job_insertion_rate_2_years: int | None = None


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A declared equivalence; never symmetric.

    Attributes:
        kind: a line of the text fiche, or a CORRESPONDANCE.
        mention: the text, for a declared one.
        source_blocks: codes of blocs of this fiche that together (AND) give...
        target_fiche: ...in this certification...
        target_blocks: ...these blocs together; empty where the whole certification is meant or the source says none.
    """

    kind: EquivalenceKind
    mention: CertificationMention | None = None
    source_blocks: tuple[str, ...] = ()
    target_fiche: str | None = None
    target_blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """An event in a certification's history.

    Attributes:
        verbatim: the line as printed.
        date: of the act that made the change, where it is said.
        legal_mention: the act's citation, itself among `Fiche.legal_mentions`.
    """

    type: ChangeType
    verbatim: str
    new_title: str | None = None
    successor: CertificationMention | None = None
    date: date | None = None
    legal_mention: LegalMention | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """The long texts of a fiche, one attribute per field, named as in the ontology."""

    job_summary: str | None = None
    targeted_activities: str | None = None
    certified_capacities: str | None = None
    objectives_and_context: str | None = None
    sectors: str | None = None
    accessible_jobs: str | None = None
    activity_regulation: str | None = None
    components_description: str | None = None
    entry_prerequisites: str | None = None
    validation_prerequisites: str | None = None
    mastery_level: str | None = None
    renewal_terms: str | None = None
    validity_duration: str | None = None
    partial_validation_scope: str | None = None
    certification_places: str | None = None
    preparation_places: str | None = None
    international_agreements: str | None = None
    statistics_note: str | None = None
    closure_note: str | None = None


@dataclass(frozen=True, slots=True)
class Fiche:
    """One fiche of the RNCP or the RS, from one source.

    Attributes:
        number: "RNCP2383" or "RS5000"; always matches the pattern.
        series: which series of sources says all this.
        fiche_id: ID_FICHE.
        title: without the type's label.
        printed_title: the title line as the text fiche prints it, where it differs from `title`.
        level: segment of the level's IRI: "4", "aucun", "reprise".
        level_1969: segment after `1969-`: "IV", "V-bis".
        signatories: QUALITÉ DU(ES) SIGNATAIRE(S).
        elaboration_body: "CPC Autres services…".
        predecessors: numbers of fiches (ANCIENNES_CERTIFICATIONS).
        successors: numbers of fiches (NOUVELLES_CERTIFICATIONS).
        component_validity: ISO 8601 duration ("P5Y") of the blocs that were obtained.
        validity_unlimited: the fiche says "illimitée".
        registration_duration: years.
        partial_validation: VALIDATION_PARTIELLE.
        pages: http(s) addresses.
        page_note: what stands in a URL field and is no URL.
    """

    number: str
    series: SourceSeries
    title: str
    fiche_id: str | None = None
    status: FicheStatus | None = None
    publication_date: date | None = None
    printed_title: str | None = None
    certification_type: Coded | None = None
    is_active: bool | None = None
    level: str | None = None
    level_1969: str | None = None
    nsf: tuple[Coded, ...] = ()
    rome: tuple[Coded, ...] = ()
    formacodes: tuple[Coded, ...] = ()
    collective_agreements: tuple[CollectiveAgreement, ...] = ()
    certifiers: tuple[Certifier, ...] = ()
    certifier_mentions: tuple[OrganisationMention, ...] = ()
    signatories: tuple[str, ...] = ()
    elaboration_body: str | None = None
    texts: Texts = field(default_factory=Texts)
    blocks: tuple[CompetenceBlock, ...] = ()
    access_conditions: tuple[AccessCondition, ...] = ()
    accessible_in: tuple[Territory, ...] = ()
    not_accessible_in: tuple[Territory, ...] = ()
    has_partners: bool | None = None
    partnerships: tuple[Partnership, ...] = ()
    statistics: tuple[PromotionStatistics, ...] = ()
    promotion_years: tuple[int, ...] = ()
    acts: tuple[LegalAct, ...] = ()
    legal_mentions: tuple[LegalMention, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    change_events: tuple[ChangeEvent, ...] = ()
    predecessor_mentions: tuple[CertificationMention, ...] = ()
    component_validity: str | None = None
    validity_unlimited: bool | None = None
    partial_validation: bool | None = None
    registration_type: RegistrationType | None = None
    registration_duration: int | None = None
    registration_end: date | None = None
    decision_date: date | None = None
    effective_date: date | None = None
    last_journal_date: date | None = None
    delivery_deadline: date | None = None
    pages: tuple[str, ...] = ()
    page_note: str | None = None

    @property
    def register(self) -> Register:
        """RNCP or RS, by the number."""
        return register_of(self.number)
