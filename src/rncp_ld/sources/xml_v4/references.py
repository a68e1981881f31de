"""Jury texts that refer to another route's: "Idem", "idem FI", "Même composition que pour la formation initiale".

A text is a reference only where it holds nothing else: "Idem FI, plus un expert" says something of its own. It is read word
by word: words that refer, names of routes, and words that only join them; any other word makes it a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rncp_ld.model.codes import Route
from rncp_ld.sources.folding import fold

_LONGEST = 160

_ROUTES: tuple[tuple[str, Route], ...] = (
    ("formation initiale", Route.FI),
    ("voie scolaire", Route.FI),
    ("statut scolaire", Route.FI),
    ("statut d'eleve ou d'etudiant", Route.FI),
    ("statut d'eleve", Route.FI),
    ("statut d'etudiant", Route.FI),
    ("fi", Route.FI),
    ("contrat d'apprentissage", Route.CA),
    ("apprentissage", Route.CA),
    ("ca", Route.CA),
    ("formation professionnelle continue", Route.FC),
    ("formation continue", Route.FC),
    ("fpc", Route.FC),
    ("fc", Route.FC),
    ("contrat de professionnalisation", Route.CQ),
    ("professionnalisation", Route.CQ),
    ("cq", Route.CQ),
    ("candidature individuelle", Route.CL),
    ("candidatures individuelles", Route.CL),
    ("candidature libre", Route.CL),
    ("candidats libres", Route.CL),
    ("candidat libre", Route.CL),
    ("ci", Route.CL),
    ("cl", Route.CL),
    ("validation des acquis de l'experience", Route.VAE),
    ("vae", Route.VAE),
    ("experience", Route.VAE),
)
"""Names of a route, folded; the longest of a beginning first. "ci" is the CI of "candidature individuelle"."""
_NAMES = dict(_ROUTES)
_NAME = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name, _ in _ROUTES))

_PREVIOUS = ("ci-dessus", "ci-avant", "precedemment", "precedent", "precedente", "precedents", "precedentes", "supra")
"""Words that name the route above."""
_REFERS = re.compile(
    r"(?:idem|id|ibid|ibidem|identiques?|memes?|similaires?|cf|voir|comme|la meme chose|se reporter|se referer)(?!\w)"
)
_JOINS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "celle",
        "celui",
        "composition",
        "composee",
        "compose",
        "condition",
        "conditions",
        "d",
        "dans",
        "de",
        "des",
        "dispositif",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "est-a-dire",
        "evaluation",
        "il",
        "jury",
        "jurys",
        "l",
        "la",
        "le",
        "les",
        "meme",
        "memes",
        "modalite",
        "modalites",
        "par",
        "parcours",
        "pour",
        "que",
        "qu",
        "sont",
        "sous",
        "supra",
        "titre",
        "type",
        "voie",
        "voies",
        "y",
        "un",
        "une",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def reference_of(text: str) -> tuple[Route, ...] | None:
    """Return the routes that a jury text refers to; () where it means the one above; None where it is no reference.

    >>> [reference_of(one) for one in ("Idem.", "idem FI", "Le jury est identique à celui de la VAE", "Idem, plus un expert")]
    [(), (<Route.FI: 'FI'>,), (<Route.VAE: 'VAE'>,), None]
    """
    return _reference_of(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _reference_of(text: str) -> tuple[Route, ...] | None:
    folded = fold(text).strip(" .*-:;")
    for word in _PREVIOUS:
        folded = re.sub(rf"(?<!\w){word}(?!\w)", " ", folded)
    routes = tuple(dict.fromkeys(_NAMES[found[0]] for found in _NAME.finditer(folded)))
    others = _NAME.sub(" ", folded)
    if _REFERS.search(others) is None:
        return None
    words = _WORD.findall(_REFERS.sub(" ", others))
    return routes if all(word in _JOINS for word in words) else None


def follow(route: Route, texts: Mapping[Route, str]) -> str | None:
    """Return the text that a route's reference leads to, through other references; None where it leads nowhere.

    Args:
        route: whose text is a reference.
        texts: of all routes, in the order of the fiche.
    """
    return _follow(route, texts, frozenset())


def _follow(route: Route, texts: Mapping[Route, str], passed: frozenset[Route]) -> str | None:
    text = texts.get(route)
    if text is None or route in passed:
        return None
    named = reference_of(text)
    if named is None:
        return text
    if not named:
        order = list(texts)
        named = tuple(reversed(order[: order.index(route)]))[:1]
    found = {_follow(one, texts, passed | {route}) for one in named}
    return found.pop() if len(found) == 1 else None  # two routes with different juries: neither is meant alone
