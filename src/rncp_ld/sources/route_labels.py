"""How forms and exports call the access routes, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from rncp_ld.model.codes import Route
from rncp_ld.sources.folding import fold

ROUTE_LABELS: Mapping[str, Route] = {
    fold(label): route
    for route, labels in (
        (
            Route.FI,
            (
                "Après un parcours de formation sous statut d'élève ou d'étudiant",
                "Après un parcours de formation initiale",
                "Sous statut d'élève ou d'étudiant",
            ),
        ),
        (Route.CA, ("En contrat d'apprentissage",)),
        (Route.FC, ("Après un parcours de formation continue",)),
        (Route.CQ, ("En contrat de professionnalisation",)),
        (Route.CL, ("Par candidature individuelle", "Par candidature libre")),
        (
            Route.VAE,
            (
                "Par expérience",
                "Par expérience dispositif VAE",
                "Par expérience dispositif VAE prévu en 2002",
                "Par expérience (VAE)",
                "Par la validation des acquis de l'expérience",
            ),
        ),
    )
    for label in labels
}
"""Folded label → route."""
