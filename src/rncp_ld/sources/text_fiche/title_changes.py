"""Changes of title that the history tells in words: "L'intitulé a été modifié : « A » devient « B »"."""

from __future__ import annotations

import re

from rncp_ld.sources.folding import fold, key, squeeze

_QUOTED = r'"[^"]+"'
_NEW = r'"\s*(?P<new>[^"]+?)\s*"'
_TITLE = r"(?:intitule|libelle|denomination|appellation|nom\b|titre de la certification)"
_BECOMES = (
    r"(?:devient|deviennent|(?:est|etait|ete)\s+devenue?|devenue?|(?:est|a ete|ete)\s+(?:renomme|rebaptise|modifie|change)e?\s+"
    r"(?:en|par|comme suit)|→|->|=>)"
)
_REPLACED = rf"(?:{_BECOMES}|(?:(?:est|a ete|ete)\s+)?(?:modifie|change|transforme)e?s?\s+en|remplacee?\s+par)"
_UNTIL = (
    r"(?=\s*(?:$|[.;]|\s\((?:arrete|decret|decision|jo\b|depuis|en\b|le\b|\d)|,?\s+(?:par (?:arrete|decision|decret)|"
    r"a (?:compter|partir)|depuis|suite a|selon|en application|conformement|le \d|en \d{4}|/)))"
)
"""What follows a title without quotation marks."""

_BARE = rf'(?P<new>[^":;.→]{{3,}}?){_UNTIL}'

_OF_TITLE = re.compile(
    rf"(?:changement|modification|evolution)s?\s+(?:d'|de l'|de la\s+|du\s+|de\s+)\s?{_TITLE}|nouvel\s+intitule|ancien\s+intitule|"
    rf"nouveau\s+libelle|nouvelle\s+(?:denomination|appellation)|"
    rf"{_TITLE}(?:[^.;\"]|\"[^\"]*\"){{0,80}}?\b(?:modifie|change|remplace|devient|devenu)"
)

_FORMS = tuple(
    re.compile(form)
    for form in (
        # « A » devient « B »
        rf"{_QUOTED}\s*,?\s*{_BECOMES}\s*:?\s*{_NEW}",
        # nouvel intitulé : « B »; nouvelle dénomination de la certification : « B »
        rf'(?:nouvel|nouveau|nouvelle)\s+{_TITLE}[^":;.]{{0,40}}:?\s*{_NEW}',
        # l'intitulé (« A ») est remplacé par « B »; intitulé modifié en « B »
        rf'{_TITLE}(?:[^".;]|{_QUOTED})*?{_REPLACED}\s*:?\s*{_NEW}',
        # changement d'intitulé de « A » en « B »
        rf'{_TITLE}[^".;]*?\bde\s+{_QUOTED}\s+(?:en|a|vers)\s+{_NEW}',
        # intitulé : « B » remplace « A »
        rf'{_TITLE}[^".;]*?{_NEW}\s+(?:remplace|au lieu de|en remplacement de|\(?anciennement)\s*:?\s*{_QUOTED}',
        # la certification devient « B »; désormais intitulée « B »; renommée « B »
        rf"(?:\bdevient|(?:desormais|maintenant)\s+(?:intitule|denomme|appele)e?s?|(?:renomme|rebaptise)e?s?(?:\s+en)?)\s*:?\s*{_NEW}",
        # the same without quotation marks
        rf"(?:nouvel|nouveau|nouvelle)\s+{_TITLE}\s*:\s*{_BARE}",
        rf'{_TITLE}[^".;]*?{_REPLACED}\s*:?\s*{_BARE}',
    )
)
"""In folded text, where every quotation mark is `"`; the first form that is found says it."""


def changes_title(text: str) -> bool:
    """Tell whether an event of the history is about the certification's title.

    >>> changes_title("Changement d'intitulé / Arrêté du 03/01/2017"), changes_title("Création par arrêté du 02/05/2006")
    (True, False)
    """
    return _OF_TITLE.search(fold(text)) is not None or new_title_in(text) is not None


def new_title_in(text: str) -> str | None:
    """Return the new title that an event tells; None where it tells none, or several.

    >>> new_title_in("L'intitulé de la certification a été modifié : « A » devient « B »")
    'B'
    >>> new_title_in("Changement d'intitulé : Vendeur devient Conseiller de vente (arrêté du 03/01/2017)")
    'Conseiller de vente'
    """
    folded = fold(text)
    for form in _FORMS:
        found = [squeeze(text[slice(*match.span("new"))]).strip(" ,") for match in form.finditer(folded)]
        if found:
            return found[0] if len(set(map(key, found))) == 1 else None
    return None
