"""The rubrics of the CNCP's form, and the headings that open them.

The form is the "Résumé descriptif de la certification" that the Commission nationale de la certification professionnelle
published until 2019; its frames were numbered once ("Intitulé (cadre 1)"). Some headings are those of the fiches that came
after it. What is compared is folded (case, accents, plural marks), so that `# INTITULÉ`, `**Intitulé :**` and "Intitulé" are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from rncp_ld.sources.folding import fold


class Rubric(Enum):
    """A rubric; the value is its heading as the form prints it, and so the `source_path` of what stands in it."""

    BANNER = "Le Répertoire National des Certifications Professionnelles"
    NUMBER = "Code RNCP"
    TITLE = "Intitulé"
    NEW_TITLE = "Nouvel intitulé"
    AUTHORITY = "Autorité responsable de la certification"
    SIGNATORY = "Qualité du(es) signataire(s) de la certification"
    ELABORATION = "Modalités d'élaboration de références"
    LEVEL = "Niveau et/ou domaine d'activité"
    CONVENTIONS = "Convention(s)"
    NSF = "Code(s) NSF"
    FORMACODES = "Formacode(s)"
    SUMMARY = "Résumé du référentiel d'emploi ou éléments de compétence acquis"
    SECTORS_AND_JOBS = "Secteurs d'activité ou types d'emplois accessibles"
    SECTORS = "Secteurs d'activité"
    JOBS = "Types d'emplois accessibles"
    ROME = "Codes des fiches ROME les plus proches"
    REGULATION = "Réglementation d'activités"
    ACCESS = "Modalités d'accès à cette certification"
    COMPONENTS = "Descriptif des composantes de la certification"
    BLOCKS = "Bloc de compétence"
    COMPONENT_VALIDITY = "Validité des composantes acquises"
    CONDITIONS = "Conditions d'inscription à la certification"
    LINKS = "Liens avec d'autres certifications"
    EQUIVALENCES = "Certifications reconnues en équivalence"
    AGREEMENTS = "Accords européens ou internationaux"
    LAW = "Base légale"
    LAW_GENERAL = "Référence du décret général"
    LAW_CREATION = "Référence arrêté création (ou date 1er arrêté enregistrement)"
    LAW_VAE = "Référence du décret et/ou arrêté VAE"
    LAW_OTHER = "Références autres"
    INFORMATION = "Pour plus d'informations"
    STATISTICS = "Statistiques"
    PAGES = "Autres sources d'information"
    CERTIFICATION_PLACES = "Lieu(x) de certification"
    PREPARATION_PLACES = "Lieu(x) de préparation à la certification déclarés par l'organisme certificateur"
    HISTORY = "Historique de la certification"
    PREDECESSOR = "Certification précédente"
    SUCCESSOR = "Certification suivante"
    DECISION_DATE = "Date de décision"
    EFFECTIVE_DATE = "Date d'effet de la certification"
    LAST_JOURNAL_DATE = "Date du dernier Journal Officiel ou Bulletin Officiel"
    PUBLICATION_DATE = "Date de publication de la fiche"
    REGISTRATION_END = "Date d'échéance de l'enregistrement"
    REGISTRATION_DURATION = "Durée de l'enregistrement"


@dataclass(frozen=True, slots=True)
class Heading:
    """A writing of a heading.

    Attributes:
        printed: the words; plural marks are optional when it is looked for.
        rubric: what it opens.
        inline: it may stand in the middle of a line, after another rubric's value, if a colon follows.
        bare_value: what a value starts with that may follow it without a colon (folded).
    """

    printed: str
    rubric: Rubric
    inline: bool = False
    bare_value: str | None = None


_OTHER_WRITINGS: tuple[tuple[Rubric, tuple[str, ...]], ...] = (
    (Rubric.BANNER, (
        "Le Répertoire National des Certifications Professionnelles (RNCP)",
        "Répertoire National des Certifications Professionnelles (RNCP)",
        "Répertoire National des Certifications Professionnelles",
        "Commission nationale de la certification professionnelle",
        "Résumé descriptif de la certification",
    )),
    (Rubric.NUMBER, ("Code RS", "Code fiche", "Numéro de fiche", "N° de fiche")),
    (Rubric.TITLE, ("Intitulé de la certification",)),
    (Rubric.AUTHORITY, ("Autorité responsable",)),
    (Rubric.SIGNATORY, ("Qualité du signataire", "Qualité des signataires de la certification")),
    (Rubric.ELABORATION, ("Modalités d'élaboration des références",)),
    (Rubric.LEVEL, ("Niveau et domaine d'activité", "Niveau ou domaine d'activité", "Niveau")),
    (Rubric.CONVENTIONS, ("Convention(s) collective(s)",)),
    (Rubric.NSF, ("NSF",)),
    (Rubric.SUMMARY, (
        "Résumé du référentiel d'emploi ou éléments de compétences acquises",
        "Résumé du référentiel d'emploi",
        "Éléments de compétence acquis",
    )),
    (Rubric.SECTORS_AND_JOBS, (
        "Secteurs d'activité ou types d'emplois accessibles par le détenteur de ce diplôme, ce titre ou ce certificat",
        "Secteurs d'activité et types d'emplois accessibles",
        "Secteurs d'activité, types d'emplois accessibles",
    )),
    (Rubric.JOBS, ("Types d'emplois",)),
    (Rubric.ROME, ("Code(s) ROME", "Codes des fiches ROME")),
    (Rubric.REGULATION, ("Références juridiques des réglementations d'activité",)),
    (Rubric.ACCESS, ("Modalités d'accès à la certification", "Modalités d'accès")),
    (Rubric.COMPONENTS, ("Descriptif des composantes", "Descriptif des modalités d'acquisition de la certification")),
    (Rubric.BLOCKS, ("Liste des blocs de compétences",)),
    (Rubric.COMPONENT_VALIDITY, (
        "Durée de validité des composantes acquises",
        "Le bénéfice des composantes acquises peut être gardé",
        "Le bénéfice des composantes acquises peut être conservé",
    )),
    (Rubric.CONDITIONS, ("Conditions d'inscription",)),
    (Rubric.EQUIVALENCES, (
        "Certifications reconnues par équivalence",
        "Certifications équivalentes",
        "Équivalences",
        "Certifications professionnelles reconnues en équivalence",
        "Certifications professionnelles enregistrées au RNCP en correspondance",
    )),
    (Rubric.AGREEMENTS, ("Accords européens", "Accords internationaux")),
    (Rubric.LAW_GENERAL, ("Décret général",)),
    (Rubric.LAW_CREATION, (
        "Référence arrêté création (ou date 1er arrêté d'enregistrement)",
        "Référence de l'arrêté de création (ou date du 1er arrêté d'enregistrement)",
        "Référence arrêté création",
        "Référence de l'arrêté de création",
        "Référence arrêté d'enregistrement",
    )),
    (Rubric.LAW_VAE, ("Référence du décret ou arrêté VAE", "Référence décret VAE", "Référence du décret et arrêté VAE")),
    (Rubric.LAW_OTHER, ("Autres références",)),
    (Rubric.STATISTICS, ("Statistiques de la certification",)),
    (Rubric.PAGES, (
        "Site internet de l'autorité délivrant la certification",
        "Lien internet vers le descriptif de la certification",
    )),
    (Rubric.PREPARATION_PLACES, ("Lieu(x) de préparation à la certification",)),
    (Rubric.HISTORY, ("Historique",)),
    (Rubric.PREDECESSOR, ("Ancienne certification",)),
    (Rubric.SUCCESSOR, ("Nouvelle certification",)),
    (Rubric.DECISION_DATE, ("Date de la décision",)),
    (Rubric.EFFECTIVE_DATE, ("Date d'effet",)),
    (Rubric.LAST_JOURNAL_DATE, ("Date du dernier JO", "Date du dernier Journal Officiel")),
    (Rubric.PUBLICATION_DATE, ("Date de publication",)),
    (Rubric.REGISTRATION_END, ("Date d'échéance", "Date de fin d'enregistrement", "Date de fin de l'enregistrement")),
    (Rubric.REGISTRATION_DURATION, ("Durée de l'enregistrement en années", "Durée d'enregistrement")),
)  # fmt: skip

_INLINE = frozenset(
    {
        Rubric.NUMBER, Rubric.NEW_TITLE, Rubric.ELABORATION, Rubric.CONVENTIONS, Rubric.NSF, Rubric.FORMACODES, Rubric.ROME,
        Rubric.REGULATION, Rubric.COMPONENT_VALIDITY, Rubric.LAW_GENERAL, Rubric.LAW_CREATION, Rubric.LAW_VAE,
        Rubric.CERTIFICATION_PLACES, Rubric.PREPARATION_PLACES, Rubric.HISTORY, Rubric.PREDECESSOR, Rubric.SUCCESSOR,
        Rubric.DECISION_DATE, Rubric.REGISTRATION_DURATION, Rubric.REGISTRATION_END,
    }
)  # fmt: skip

_BARE_VALUES: dict[Rubric, str] = {
    Rubric.NUMBER: r"(?:rncp|rs)?\s?\d",
    Rubric.LEVEL: r"(?:niv(?:eau)?\s?)?(?:[1-8]|i{1,3}|iv|v|v bis|vi)\s*(?:\(|$)",
    Rubric.NSF: r"[1-4]\d",
    Rubric.FORMACODES: r"\d{5}",
    Rubric.ROME: r"[a-n]\d",
    Rubric.CONVENTIONS: r"\d{3}",
    Rubric.COMPONENT_VALIDITY: r"\d|illimit",
    Rubric.REGISTRATION_DURATION: r"\d",
    Rubric.DECISION_DATE: r"\d{2}/",
    Rubric.EFFECTIVE_DATE: r"\d{2}/",
    Rubric.LAST_JOURNAL_DATE: r"\d{2}/",
    Rubric.PUBLICATION_DATE: r"\d{2}/",
    Rubric.REGISTRATION_END: r"\d{2}/",
}


def _table() -> tuple[Heading, ...]:
    """All writings, the longest first: "Secteurs d'activité ou types d'emplois…" before "Secteurs d'activité"."""
    writings = {rubric.value: rubric for rubric in Rubric}
    writings |= {printed: rubric for rubric, others in _OTHER_WRITINGS for printed in others}
    by_length = sorted(writings.items(), key=lambda writing: (-len(writing[0]), writing[0]))
    return tuple(Heading(printed, rubric, rubric in _INLINE, _BARE_VALUES.get(rubric)) for printed, rubric in by_length)


HEADINGS: tuple[Heading, ...] = _table()
"""Heading → rubric: the one place where a further writing is added."""

_PLURAL = re.compile(r"(?:\((?:s|x|es)\)|s|x)$")
_ANY_PLURAL = r"(?:\((?:s|x|es)\)|s|x)?"


def pattern_of(printed: str) -> str:
    """Return a pattern for the folded text: white space is free, the plural of each longer word is optional.

    >>> bool(re.fullmatch(pattern_of("Code(s) NSF"), fold("CODES  NSF")))
    True
    """
    return r"\s+".join(_pattern_of_word(word) for word in fold(printed).split())


def _pattern_of_word(word: str) -> str:
    """Return the pattern of one word: "certification(s)" and "certifications" make their ending optional, "des" does not."""
    tail = "" if _PLURAL.search(word) else word[len(word.rstrip(",)")) :]
    stem = word.removesuffix(tail)
    bare = _PLURAL.sub("", stem) if len(stem) > 3 else stem
    plural = _ANY_PLURAL if len(bare) > 3 or bare != stem else ""
    escaped = re.escape(bare).replace("'", r"'\s?").replace("/", r"\s?/\s?").replace(r"\(", r"\(\s?")
    return escaped + plural + (r"\s?" + re.escape(tail) if tail else "")
