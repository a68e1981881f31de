"""The words of the export and what they mean: one table for each element with a list of values.

Words of V4.1 as counted in real data; those of 2020 beside them (notes on the input formats, section 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rncp_ld.model.fiche import (
    CertifierStatus,
    FicheStatus,
    Habilitation,
    PartnershipStatus,
    RegistrationType,
)

YES_NO: Mapping[str, bool] = {"oui": True, "non": False}

FICHE_STATUS: Mapping[str, FicheStatus] = {
    "publiée": FicheStatus.PUBLISHED,
    "dépubliée/archivée": FicheStatus.ARCHIVED,
    "modifications à valider": FicheStatus.CHANGES_TO_VALIDATE,
    "modifications à valider par le ministère": FicheStatus.CHANGES_TO_VALIDATE_BY_MINISTRY,
}

REGISTRATION_TYPE: Mapping[str, RegistrationType] = {
    "enregistrement de droit": RegistrationType.BY_RIGHT,
    "enregistrement sur demande": RegistrationType.ON_DEMAND,
}

CERTIFIER_STATUS: Mapping[str, CertifierStatus] = {
    "actif": CertifierStatus.ACTIVE,
    "inactif": CertifierStatus.INACTIVE,
}

HABILITATION: Mapping[str, Habilitation] = {
    "habilitation_former": Habilitation.TRAIN,
    "habilitation_organiser": Habilitation.ASSESS,
    "habilitation_orga_form": Habilitation.TRAIN_AND_ASSESS,
    "habilitation pour former": Habilitation.TRAIN,
    "habilitation pour organiser l'évaluation": Habilitation.ASSESS,
    "habilitation pour former et organiser l'évaluation": Habilitation.TRAIN_AND_ASSESS,
}

PARTNERSHIP_STATUS: Mapping[str, PartnershipStatus] = {
    "actif": PartnershipStatus.ACTIVE,
    "inactif": PartnershipStatus.INACTIVE,
    "supprimé": PartnershipStatus.WITHDRAWN,
}

NO_TYPE = frozenset({"autre"})
"""ABREGE/CODE that says that the certification is of no type."""


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return a word as the tables have it: lower case, straight apostrophes, single spaces.

    >>> fold("Habilitation pour organiser  l’évaluation")
    "habilitation pour organiser l'évaluation"
    """
    return " ".join(text.replace("’", "'").split()).lower()
