"""The table of forms: which words open which part of a citation, folded (lower case, no accents, no apostrophe).

This is where a new form is added. A word stands in one kind only; the order in which the kinds may follow one another
is the grammar's (`acts.py`, `header.py`, `publication.py`, `articles.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rncp_ld.model.legal import ActType, Gazette
from rncp_ld.sources.legal.code_shorts import SHORT_NAMES
from rncp_ld.sources.legal.records import Relation


def words(text: str) -> frozenset[str]:
    """Return the words of a text, for tables that are read as text."""
    return frozenset(text.split())


Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""First word → phrases that start with it, the longest first."""


def phrases(text: str) -> Phrases:
    """Return the phrases of a text, parted by commas, for tables that are read as text."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(part.split()) for part in text.split(",")), key=len, reverse=True):
        table.setdefault(phrase[0], []).append(phrase)
    return table


class Kind:
    """Kinds of tokens.

    Plain strings, no Enum: the grammar asks for them at every token, and a member of an Enum takes five times as long to
    look up (Python 3.11).
    """

    ACT: Final = "ACT"  # arrêté, décret, loi, ordonnance
    OTHER_TEXT: Final = "OTHER_TEXT"  # a text that is no act here: circulaire, directive
    CODE: Final = "CODE"  # code
    CODE_SHORT: Final = "CODE_SHORT"  # CASF
    ARTICLE_WORD: Final = "ARTICLE_WORD"  # article, art.
    ARTICLE: Final = "ARTICLE"  # R. 338-6
    NUMBER: Final = "NUMBER"  # n° 2016-954
    BARE_NUMBER: Final = "BARE_NUMBER"  # 2016-954
    NOR_WORD: Final = "NOR_WORD"  # NOR
    NOR: Final = "NOR"  # ESRS2100051A
    DATE: Final = "DATE"  # 11 juillet 2016
    DAY: Final = "DAY"  # 26, or 3 mars, of a list of dates
    GAZETTE: Final = "GAZETTE"  # JO, Bulletin officiel
    PUBLISHED: Final = "PUBLISHED"  # paru, publié
    CHANGED: Final = "CHANGED"  # modifié, abrogé
    CHANGING: Final = "CHANGING"  # modifiant, abrogeant
    OBJECT: Final = "OBJECT"  # portant, relatif
    OBJECT_NOUN: Final = "OBJECT_NOUN"  # autorisation, directly after the act
    WORD: Final = "WORD"  # any other word
    STOP: Final = "STOP"  # a full stop
    COMMA: Final = "COMMA"  # ,
    DASH: Final = "DASH"  # - with a space on both sides
    SEMICOLON: Final = "SEMICOLON"  # ; or /
    OPEN: Final = "OPEN"  # (
    CLOSE: Final = "CLOSE"  # )
    BREAK: Final = "BREAK"  # a line break
    MARK: Final = "MARK"  # any other sign
    END: Final = "END"  # the end of the text


ACTS: Mapping[str, ActType] = {
    "arrete": ActType.ARRETE, "arretes": ActType.ARRETE, "arr": ActType.ARRETE,
    "arete": ActType.ARRETE, "aretes": ActType.ARRETE,
    "decret": ActType.DECRET, "decrets": ActType.DECRET,
    "loi": ActType.LOI, "lois": ActType.LOI,
    "ordonnance": ActType.ORDONNANCE, "ordonnances": ActType.ORDONNANCE, "ordonance": ActType.ORDONNANCE,
    "decret-loi": ActType.DECRET_LOI, "decrets-lois": ActType.DECRET_LOI,
}  # fmt: skip

FEMININE: frozenset[ActType] = frozenset({ActType.LOI, ActType.ORDONNANCE})
"""Types whose "modifiée", "relative" agree with them; the others take "modifié", "relatif"."""

GAZETTES: Mapping[str, Gazette] = {  # "J.O.", "Journal officiel", "B.O." too become "jo" and "bo" in the lexer
    **dict.fromkeys(("jo", "jorf"), Gazette.JO),
    **dict.fromkeys(
        ("bo", "boen", "boesr", "bomen", "bomesr", "bojs", "boss", "boenjs", "boesri", "bomenjs"), Gazette.BO
    ),
}

CHANGED: Mapping[str, Relation] = {
    **dict.fromkeys(("modifie", "modifiee", "modifies", "modifiees"), Relation.AMENDS),
    **dict.fromkeys(("complete", "completee", "completes", "completees"), Relation.AMENDS),
    **dict.fromkeys(("remplace", "remplacee", "remplaces", "remplacees"), Relation.REPLACES),
    **dict.fromkeys(("abroge", "abrogee", "abroges", "abrogees"), Relation.REPEALS),
    **dict.fromkeys(("annule", "annulee", "annules", "annulees"), Relation.REPEALS),
}
"""Passive: what follows "par" acts on what stands before."""

CHANGING: Mapping[str, Relation] = {
    **dict.fromkeys(("modifiant", "completant"), Relation.AMENDS),
    "remplacant": Relation.REPLACES,
    "abrogeant": Relation.REPEALS,
    "annulant": Relation.REPEALS,  # office French: "annule et remplace"
}
"""Active: what stands before acts on what follows, where an act follows; else the word opens an object
("remplaçant l'intitulé")."""

CHANGE_NOUNS: Mapping[str, Relation] = {
    "modification": Relation.AMENDS,
    "abrogation": Relation.REPEALS,
    "remplacement": Relation.REPLACES,
}
"""Inside an object ("portant modification de l'arrêté du…"), where an act follows."""

OBJECTS: frozenset[str] = words(
    """
    portant relatif relative relatifs relatives fixant creant autorisant instituant definissant concernant pris
    prise instaurant etablissant precisant determinant organisant approuvant habilitant homologuant
    reconnaissant enregistrant prorogeant renouvelant accordant conferant attribuant octroyant etendant adaptant
    prevoyant supprimant agreant delivrant dispensant admettant validant nommant ouvrant inscrivant publiant
    donnant transposant visant reglementant tendant rendant soumettant permettant accreditant designant
    reconduisant confirmant arretant codifiant
    """
)
RELATIVE_FORMS: Mapping[bool, frozenset[str]] = {
    False: frozenset({"relatif", "relatifs"}),
    True: frozenset({"relative", "relatives"}),
}
"""Feminine or not → forms of "relatif" that agree; asked only where words stand between the act and its object."""

OBJECT_NOUNS: frozenset[str] = frozenset(
    {"autorisation", "homologation", "habilitation", "approbation", "accreditation"}
)
"""Objects without a participle ("Arrêté du 4 novembre 1985 … Autorisation à l'Ecole…")."""

LAW_OBJECTS: frozenset[str] = frozenset({"pour", "de", "d", "sur"})
"""Words that open the object of a loi or an ordonnance: "pour la liberté de…", "de modernisation sociale"."""

PUBLISHED: frozenset[str] = words(
    """
    paru parue parus parues publie publiee publies publiees parution publication insere inseree
    """
)
OTHER_TEXTS: frozenset[str] = words(
    """
    circulaire circulaires directive directives reglement deliberation deliberations avenant avenants
    instruction decision decisions convention conventions accord accords note avis rectificatif norme
    """
)

DETERMINERS: frozenset[str] = words(
    """
    le la l les du des de d un une cet ce cette ces par au aux dit dite ledit audit dudit
    """
)
"""Before an act inside an object they make it part of the object ("visés par l'arrêté du…"); without one the act is a
citation of its own."""

ISSUERS: frozenset[str] = words(
    """
    ministre ministres ministere ministeres ministerielle ministeriel prefet recteur directeur directrice
    secretaire president presidente premier garde haut conseil assemblee gouvernement commission universite
    rectorat prefecture
    """
)
"""Who signs: "Arrêté du 15 mars 2021 du MINISTÈRE DE…, relatif à…", "Arrêté du ministre de… du 5 mai 2010"."""

ADJECTIVES: frozenset[str] = words(
    """
    ministeriel ministeriels interministeriel interministeriels prefectoral rectoral conjoint organique
    organiques royal susvise susvisee precite precitee cadre initial dit application habilitation homologation
    enregistrement creation accreditation autorisation agrement nomination ouverture renouvellement reconduction
    simple modificatif modificatifs modificative rectificatif interprefectoral municipal conjoints prefectoraux fondateur
    modification abrogation extension approbation prorogation reconnaissance specialite validation inscription revision
    """
)
"""Between the word for the act and its date or number: "arrêté ministériel du", "Arrêté d'habilitation n°"."""

ADJECTIVAL_PHRASES: Phrases = phrases(
    """
    en conseil d etat, pris en conseil d etat, en conseil des ministres, pris en conseil des ministres
    """
)
"""At the same place: how a décret was made, which is no part of its object."""

LAW_NAMES: Phrases = phrases(
    """
    agec, alur, avenir professionnel, badinter, borloo, carrez, climat, climat et resilience, delors, egalim, el khomri, elan,
    evin, fillon, grenelle, grenelle ii, grenelle 2, handicap, hoguet, hpst, informatique et libertes, kouchner, labbe, lemoine,
    lru, macron, murcef, notre, pacte, sapin, sapin ii, sapin 2, spinetta, toubon, travail
    """
)
"""Names by which lois are known, between "loi" and the date: "loi Hoguet du 2 janvier 1970"; folded."""

WEEKDAYS: frozenset[str] = words("lundi mardi mercredi jeudi vendredi samedi dimanche")
NOT_SIGNED: frozenset[str] = words("compter partir effet jusqu dater apres avant")
"""Before "du" they make a date no date of signature: "à compter du 1er octobre 1994"."""

ADVERBS: frozenset[str] = words("en dernier lieu notamment successivement depuis et ou aussi ensuite puis")
"""Between "modifié" and "par"."""

FOLLOWING: frozenset[str] = words("suivants suivantes suivant suivante suiv s ss sq sqq")
"""After "et": an open range of articles."""

ESPECIALLY: frozenset[str] = words("notamment particulier specialement dont")
"""Between a code and its articles: the code is cited as a whole, and these of its articles above all."""

ABBREVIATIONS: frozenset[str] = words(
    """
    art arts al cf m mm mme mlle dr st ste no nos ref spec opt min max env ed p pp vol tel arr resp mod etc
    """
)
"""Words whose full stop ends no sentence."""

VERBS: frozenset[str] = words(
    """
    impose imposent prevoit prevoient fixe fixent definit definissent dispose stipule exige permet rend oblige
    encadre etablit instaure institue cree autorise determine est sont ont precise precisent constitue vise
    reglemente comprend comprennent peut peuvent doit doivent
    """
)
"""In prose, where the object of "Le décret n°… relatif à…" ends and the sentence goes on; not "a", for "à" folds to it."""

CLAUSE_STARTS: frozenset[str] = words("le la les l il ils elle elles ce cet cette ces un une chaque tout toute on")
RELATIVES: frozenset[str] = words("qui dont lequel laquelle lesquels lesquelles")
"""In prose, what may follow the comma after an object."""

STOPS: tuple[tuple[str, ...], ...] = (("Enregistrement", "pour"), ("Observations",), ("Observation",))
"""Words as printed that end an object (DESIGN, "Legal acts")."""


def kinds() -> dict[str, str]:
    """Return the table that the lexer asks: folded word → kind."""
    return {
        **dict.fromkeys(OBJECT_NOUNS, Kind.OBJECT_NOUN),
        **dict.fromkeys(OBJECTS, Kind.OBJECT),
        **dict.fromkeys(OTHER_TEXTS, Kind.OTHER_TEXT),
        **dict.fromkeys(PUBLISHED, Kind.PUBLISHED),
        **dict.fromkeys(CHANGED, Kind.CHANGED),
        **dict.fromkeys(CHANGING, Kind.CHANGING),
        **dict.fromkeys(GAZETTES, Kind.GAZETTE),
        **dict.fromkeys(ACTS, Kind.ACT),
        **dict.fromkeys(("article", "articles", "art", "arts"), Kind.ARTICLE_WORD),
        **dict.fromkeys(("code", "codes"), Kind.CODE),
        **dict.fromkeys(SHORT_NAMES, Kind.CODE_SHORT),
        "nor": Kind.NOR_WORD,
    }
