"""A fiche in which every field of every record says something, and a walk over all its leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import (
    AccessCondition,
    CertificationMention,
    Certifier,
    CertifierStatus,
    ChangeEvent,
    ChangeType,
    Coded,
    CollectiveAgreement,
    Competence,
    CompetenceBlock,
    Equivalence,
    EquivalenceKind,
    Fiche,
    FicheStatus,
    Habilitation,
    Organisation,
    OrganisationMention,
    Partnership,
    PartnershipStatus,
    PromotionStatistics,
    RegistrationType,
    Territory,
    Texts,
)
from rncp_ld.model.legal import ActId, ActType, ArticleRange, CodeArticle, Gazette, LegalAct, LegalMention, LegalRole
from rncp_ld.rdf.iris import organisation_key

DAY = date(2016, 7, 11)
ORGANISATION = Organisation("MINISTERE DU TRAVAIL", "11000007200014", "Travail", "https://travail-emploi.gouv.fr")
OTHER_ACT = ActId(ActType.ARRETE, DAY, "2016-1")
ACT = LegalAct(
    ActType.DECRET, DAY, "2016-954", "2016-954", "ETSD1612267D", "relatif au titre professionnel", date(2016, 7, 13),
    Gazette.JO, "161", (OTHER_ACT,), (OTHER_ACT,), (OTHER_ACT,),
)  # fmt: skip
ARTICLE = CodeArticle("code-education", "code de l'éducation", "R338-1")
LAST_ARTICLE = CodeArticle("code-education", "code de l'éducation", "R338-2")
LEGAL_MENTION = LegalMention(
    "Décret n°2016-954 du 11 juillet 2016", (LegalRole.GENERAL, LegalRole.VAE), 1, "PUBLICATION_DECRET_GENERAL",
    (ACT.id,), (OTHER_ACT,), (("code-travail", "code du travail"),), (ARTICLE, LAST_ARTICLE),
    (ArticleRange(ARTICLE, LAST_ARTICLE),), DAY, is_amended=True,
)  # fmt: skip
MENTION = CertificationMention(
    "Baccalauréat professionnel « services »", 1, "Liens", "services", "BAC PRO", is_generic=True
)

FULL_FICHE = Fiche(
    number="RNCP2383",
    series=SourceSeries.TEXT,
    title="Technicien(ne) médiation services",
    fiche_id="2383",
    status=FicheStatus.PUBLISHED,
    publication_date=DAY,
    printed_title="TP: Titre professionnel Technicien(ne) médiation services",
    certification_type=Coded("TP", "Titre professionnel"),
    is_active=True,
    level="4",
    level_1969="IV",
    nsf=(Coded("332t", "Aide"),),
    rome=(Coded("K1205", "Information sociale"),),
    formacodes=(Coded("44028", "Médiation"),),
    collective_agreements=(CollectiveAgreement("1486", True, "Bureaux d'études"),),
    certifiers=(Certifier(ORGANISATION, CertifierStatus.ACTIVE, DAY),),
    certifier_mentions=(OrganisationMention("DGEFP).)", 1, "AUTORITÉ", is_truncated=True),),
    signatories=("Le représentant territorial",),
    elaboration_body="CPC Autres services",
    texts=Texts(**{f.name: f"Texte de {f.name}." for f in fields(Texts)}),
    blocks=(
        CompetenceBlock("RNCP2383BC01", 1, "Participer", (Competence(1, "Analyser", "Diagnostic :"),), "Reste.", "Épreuve.", "Aucun diplôme.", "Un rapport."),
    ),
    access_conditions=(AccessCondition(Route.VAE, True, "Le jury.", "Idem", DAY),),
    accessible_in=(Territory.NEW_CALEDONIA,),
    not_accessible_in=(Territory.FRENCH_POLYNESIA,),
    has_partners=True,
    partnerships=(Partnership(ORGANISATION, Habilitation.TRAIN_AND_ASSESS, PartnershipStatus.ACTIVE, DAY, DAY),),
    statistics=(PromotionStatistics(2021, 10, 1, 80, 70, 90),),
    promotion_years=(2021,),
    acts=(ACT,),
    legal_mentions=(LEGAL_MENTION,),
    equivalences=(
        Equivalence(EquivalenceKind.DECLARED, MENTION),
        Equivalence(EquivalenceKind.CORRESPONDENCE, None, ("RNCP2383BC01",), "RNCP1", ("RNCP1BC01",)),
    ),
    predecessors=("RNCP2",),
    successors=("RNCP3",),
    change_events=(
        ChangeEvent(
            ChangeType.TITLE, "Changement d'intitulé", "Médiateur", CertificationMention("Médiateur", 1, "Historique", "Médiateur", number="RNCP1917"),
            DAY, LEGAL_MENTION,
        ),
    ),
    predecessor_mentions=(CertificationMention("Agent", 1, "Historique", "Agent", "TP"),),
    component_validity="P5Y",
    validity_unlimited=True,
    partial_validation=True,
    registration_type=RegistrationType.BY_RIGHT,
    registration_duration=5,
    registration_end=DAY,
    decision_date=DAY,
    effective_date=DAY,
    last_journal_date=DAY,
    delivery_deadline=DAY,
    pages=("http://www.travail-emploi.gouv.fr",),
    page_note="Voir le site",
)  # fmt: skip
assert organisation_key(ORGANISATION) == "siret-11000007200014"


def mutations(value: Any, path: str = "fiche") -> Iterator[tuple[str, Any]]:
    """Yield, for every leaf of a record, its path and the record with just that leaf changed."""
    if is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            for where, changed in mutations(getattr(value, f.name), f"{path}.{f.name}"):
                yield where, replace(value, **{f.name: changed})
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            for where, changed in mutations(item, f"{path}[{i}]"):
                yield where, (*value[:i], changed, *value[i + 1 :])
        if not any(isinstance(item, str) and path.endswith("]") for item in value):  # a pair is no list
            yield f"{path}[:-1]", value[:-1]
    else:
        yield path, other_value(value)


def other_value(value: Any) -> Any:  # noqa: PLR0911 - one return a kind of value
    """Return another value of the same kind, still valid for its field."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, Enum):
        members = list(type(value))
        return members[(members.index(value) + 1) % len(members)]
    known = {
        "TP": "CAP",
        "P5Y": "P3Y",
        "IV": "III",
        "332t": "331t",
        "K1205": "K1206",
        "11000007200014": "11004401300040",
    }
    if value is None:
        return None
    if value in known:
        return known[value]
    if value.startswith("http"):
        return f"{value}/bis"
    return value[:-1] + str((int(value[-1]) + 1) % 10) if value[-1].isdigit() else f"{value} bis"
