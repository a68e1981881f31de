"""Kinds of resources: the first segment of an IRI's path, with the words that pages use for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource.

    Attributes:
        plural: title of the kind's index.
        singular: what stands above the title of a page of this kind.
        shows_code: a link to such a resource starts with its code.
        by_code: the index follows the codes (in the order of their IRIs), not the labels.
        by_length: singular by the code's length, where that says how fine it is.
        feminine: what its members are called is feminine, and so are the words that go with it.
    """

    plural: str
    singular: str
    shows_code: bool = False
    by_code: bool = False
    by_length: tuple[tuple[int, str], ...] = ()
    feminine: bool = False

    def agree(self, word: tuple[str, str], number: int = 1) -> str:
        """Write a word, given in its masculine and its feminine, as it goes with so many of this kind.

        >>> Kind("Blocs", "Bloc").agree(("cité", "citée"), 40), Kind("Voies", "Voie", feminine=True).agree(("actif", "active"))
        ('cités', 'active')
        """
        return f"{word[self.feminine]}{'s' if number > 1 else ''}"


KINDS: Final[Mapping[str, Kind]] = {
    "certification": Kind("Certifications", "Certification professionnelle", shows_code=True, feminine=True),
    "bloc": Kind("Blocs de compétences", "Bloc de compétences", shows_code=True, by_code=True),
    "partenariats": Kind("Listes de partenaires", "Partenaires d’une certification", by_code=True, feminine=True),
    "organisation": Kind("Organismes", "Organisme"),
    "rome": Kind(
        "Métiers (ROME)",
        "Code ROME",
        shows_code=True,
        by_code=True,
        by_length=((1, "Grand domaine (ROME)"), (3, "Domaine professionnel (ROME)"), (5, "Métier (ROME)")),
    ),
    "nsf": Kind(
        "Spécialités de formation (NSF)",
        "Spécialité de formation (NSF)",
        shows_code=True,
        by_code=True,
        by_length=((1, "Grand domaine (NSF)"), (2, "Domaine (NSF)"), (3, "Groupe de spécialités (NSF)")),
        feminine=True,
    ),
    "formacode": Kind("Formacodes", "Formacode", shows_code=True, by_code=True),
    "niveau": Kind("Niveaux", "Niveau de qualification", by_code=True),
    "type": Kind("Types de certification", "Type de certification", shows_code=True),
    "voie": Kind("Voies d’accès", "Voie d’accès", shows_code=True, feminine=True),
    "convention": Kind("Conventions collectives", "Convention collective", shows_code=True, feminine=True),
    "acte": Kind("Textes juridiques", "Texte juridique", by_code=True),
    "code": Kind("Codes juridiques", "Code juridique"),
    "article": Kind("Articles de codes", "Article d’un code", by_code=True),
    "repertoire": Kind("Répertoires", "Répertoire"),
    "scheme": Kind("Nomenclatures", "Nomenclature", feminine=True),
    "source": Kind("Séries de sources", "Série de sources", feminine=True),
    "role-legal": Kind("Rôles d’un texte", "Rôle d’un texte"),
    "type-acte": Kind("Types de textes juridiques", "Type de texte juridique"),
    "journal": Kind("Journaux officiels", "Journal officiel"),
    "habilitation": Kind("Habilitations des partenaires", "Habilitation", feminine=True),
    "etat-habilitation": Kind("États d’une habilitation", "État d’une habilitation"),
    "etat-certificateur": Kind("États d’un certificateur", "État d’un certificateur"),
    "etat-fiche": Kind("États d’une fiche", "État d’une fiche"),
    "type-enregistrement": Kind("Types d’enregistrement", "Type d’enregistrement"),
    "type-equivalence": Kind("Types d’équivalence", "Type d’équivalence"),
    "changement": Kind("Types de changement", "Type de changement"),
    "resolution": Kind("Résolutions d’une mention", "Résolution d’une mention", feminine=True),
}
"""In the order of the home page: what people look for first, then what describes it."""

MAIN_KINDS: Final = tuple(KINDS)[: tuple(KINDS).index("role-legal")]
"""The kinds that every page's menu and the home page put forward."""


def kind_of_path(path: str) -> str:
    """Return the kind of a path: `acte` for `acte/decret/2016-07-11/2016-954`; "" for a path without a folder."""
    return path.partition("/")[0] if "/" in path else ""


def kind(segment: str) -> Kind:
    """Return a kind; one that this table does not know is called by its segment."""
    return KINDS.get(segment) or Kind(segment.capitalize(), segment.capitalize())
