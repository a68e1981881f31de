"""The table of codes: the French codes that certifications cite, by their names at Légifrance.

The slug of a code drops the article before its name: "code de l'éducation" → `code-education`.
"""

from __future__ import annotations

from collections.abc import Sequence

from rncp_ld.model.slug import slug
from rncp_ld.sources.legal.code_shorts import DOTTED_NAMES, SHORT_NAMES
from rncp_ld.sources.legal.forms import Kind
from rncp_ld.sources.legal.tokens import Token, fold, tokenise

CODE_NAMES: tuple[str, ...] = (
    "code civil",
    "code de commerce",
    "code de déontologie des architectes",
    "code de justice administrative",
    "code de la commande publique",
    "code de la consommation",
    "code de la construction et de l'habitation",
    "code de la défense",
    "code de la famille et de l'aide sociale",
    "code de la mutualité",
    "code de la propriété intellectuelle",
    "code de la recherche",
    "code de la route",
    "code de la santé publique",
    "code de la sécurité intérieure",
    "code de la sécurité sociale",
    "code de la voirie routière",
    "code de l'action sociale et des familles",
    "code de l'artisanat",
    "code de l'aviation civile",
    "code de l'éducation",
    "code de l'énergie",
    "code de l'enseignement technique",
    "code de l'entrée et du séjour des étrangers et du droit d'asile",
    "code de l'environnement",
    "code de l'organisation judiciaire",
    "code de l'urbanisme",
    "code de procédure civile",
    "code de procédure pénale",
    "code des assurances",
    "code des douanes",
    "code des juridictions financières",
    "code des marchés publics",
    "code des ports maritimes",
    "code des postes et des communications électroniques",
    "code des procédures civiles d'exécution",
    "code des relations entre le public et l'administration",
    "code des transports",
    "code du cinéma et de l'image animée",
    "code du patrimoine",
    "code du service national",
    "code du sport",
    "code du tourisme",
    "code du travail",
    "code du travail maritime",
    "code électoral",
    "code forestier",
    "code général de la fonction publique",
    "code général de la propriété des personnes publiques",
    "code général des collectivités territoriales",
    "code général des impôts",
    "code minier",
    "code monétaire et financier",
    "code pénal",
    "code pénitentiaire",
    "code rural et de la pêche maritime",
)
ALIASES: dict[str, str] = {
    "code rural": "code rural et de la pêche maritime",  # its name until 2010 (ordonnance n° 2010-460)
    "code rural et de la pêche": "code rural et de la pêche maritime",
    "code l'éducation": "code de l'éducation",
    "code éducation": "code de l'éducation",
    "code de éducation": "code de l'éducation",
    "code travail": "code du travail",
    "code de travail": "code du travail",
    "code de la santé": "code de la santé publique",
    "code santé publique": "code de la santé publique",
    "code de l'aide sociale et des familles": "code de l'action sociale et des familles",
    "code de l'action sociale et de la famille": "code de l'action sociale et des familles",
    "code de l'action sociale et familiale": "code de l'action sociale et des familles",
    "code de la sécurité": "code de la sécurité intérieure",
    "code de sécurité intérieure": "code de la sécurité intérieure",
    "code de sécurité sociale": "code de la sécurité sociale",
    "code des sports": "code du sport",
    "code du commerce": "code de commerce",
    "code du transport": "code des transports",
    "code général de collectivités territoriales": "code général des collectivités territoriales",
}
"""Other writings of these names, and former names of the same code; abbreviations stand in `code_shorts.py`."""

_ARTICLES = ("de la ", "de l'", "des ", "du ", "de ")


Code = tuple[str, str]
"""Slug and label of a code."""


def code_slug(name: str) -> str:
    """Return the slug of a code's name, without the article after "code".

    >>> code_slug("code de l'éducation"), code_slug("code monétaire et financier")
    ('code-education', 'code-monetaire-et-financier')
    """
    rest = name.removeprefix("code ")
    for article in _ARTICLES:
        if rest.startswith(article):
            return slug("code " + rest.removeprefix(article))
    return slug(name)


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokenise(name) if token.kind != Kind.END)


def _table() -> dict[str, list[tuple[tuple[str, ...], Code]]]:
    """Return the names by the folded word after "code", the longest first."""
    names = {name: name for name in CODE_NAMES} | ALIASES
    table: dict[str, list[tuple[tuple[str, ...], Code]]] = {}
    for printed, name in names.items():
        words = _words(printed)[1:]
        table.setdefault(words[0], []).append((words, (code_slug(name), name)))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


_TABLE = _table()
_DOTTED = tuple((_words(printed), (code_slug(name), name)) for printed, name in DOTTED_NAMES.items())
_LONGEST = max(len(words) for entries in _TABLE.values() for words, _ in entries)


def read_short(tokens: Sequence[Token], i: int) -> tuple[Code, int] | None:
    """Read an abbreviation at `i`: (code, index after it), or None; it names a code only beside articles."""
    token = tokens[i]
    if token.kind == Kind.CODE_SHORT:
        name = SHORT_NAMES[token.word]
        return (code_slug(name), name), i + 1
    if token.word == "c" and tokens[i + 1].kind == Kind.STOP:
        for words, code in _DOTTED:
            if all(t.word == word for t, word in zip(tokens[i : i + len(words)], words, strict=False)):
                return code, i + len(words)
    return None


def read_code(tokens: Sequence[Token], i: int) -> tuple[Code, int] | None:
    """Read a code's name from its word "code": ((slug, label), index after it), or None."""
    if tokens[i].kind != Kind.CODE or fold(tokens[i].word) != "code":
        return None
    entries = _TABLE.get(tokens[i + 1].word)
    if entries is None:
        return None
    words = tuple(token.word for token in tokens[i + 1 : i + 1 + _LONGEST])
    for name, code in entries:
        if words[: len(name)] == name:
            return code, i + 1 + len(name)
    return None
