"""Converters of rows: codes with labels, organisations, figures, other fiches."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rncp_ld.model.codes import (
    is_rome_job,
    parse_formacode,
    parse_nsf,
    parse_rome,
)
from rncp_ld.model.fiche import (
    Certifier,
    Coded,
    CollectiveAgreement,
    Organisation,
    PromotionStatistics,
)
from rncp_ld.sources.collective_agreements import read_agreement
from rncp_ld.sources.text_structure import one_line
from rncp_ld.sources.xml_v4.draft import Cells, Draft, Rule, cell_line, cell_value, cells, leave_repeated
from rncp_ld.sources.xml_v4.findings import Element
from rncp_ld.sources.xml_v4.values import count, day, fiche_number, percent, siret, word, year
from rncp_ld.sources.xml_v4.vocabulary import CERTIFIER_STATUS, NO_TYPE
from rncp_ld.sources.xml_v4.web import website

_CODED = frozenset({"CODE", "LIBELLE"})
_INTERNAL = "ID_CERTIFICATEUR"
_NUMBERED = frozenset({"NUMERO", "LIBELLE"})
_CERTIFIER = frozenset(
    {
        "SIRET_CERTIFICATEUR", "NOM_CERTIFICATEUR", "ETAT_CERTIFICATEUR", "DATE_DERNIERE_MODIFICATION_ETAT",
        "NOM_COMMERCIAL", "SITE_INTERNET",
    }
)  # fmt: skip
_FIGURES = (
    ("certified", "NOMBRE_CERTIFIES", count),
    ("certified_by_vae", "NOMBRE_CERTIFIES_VAE", count),
    ("overall_insertion_rate_6_months", "TAUX_INSERTION_GLOBAL_6MOIS", percent),
    ("job_insertion_rate_6_months", "TAUX_INSERTION_METIER_6MOIS", percent),
    ("job_insertion_rate_2_years", "TAUX_INSERTION_METIER_2ANS", percent),
)
_STATISTICS = frozenset({"ANNEE", *(tag for _, tag, _ in _FIGURES)})

_certifier_status = word(CERTIFIER_STATUS)


def coded(
    parse: Callable[[str], str | None], is_precise: Callable[[str], bool], expected: str, *labels: str
) -> Callable[[Draft, Element], Coded | None]:
    """Make the converter of {CODE, LIBELLE}; a code that does not match, or of an upper level, is kept and reported.

    Args:
        parse: returns the code of a text, None where it is none.
        is_precise: tells a code as fiches should have it from one of an upper level.
        expected: what a code looks like, for messages.
        labels: elements that a version of the export has for the label beside LIBELLE; a second label is left.
    """
    known = _CODED | set(labels)

    @lru_cache(maxsize=16_384)
    def read(text: str, label: str | None) -> tuple[Coded, str | None]:
        code = parse(text)
        problem = None
        if code is None:
            problem = f"Attendu : {expected}."
        elif not is_precise(code):
            problem = f"Niveau supérieur ; attendu : {expected}."
        return Coded(code or one_line(text), one_line(label) if label else None), problem

    def convert(draft: Draft, row: Element) -> Coded | None:
        found = cells(draft, row, known)
        if "CODE" not in found:
            if found:
                draft.findings.leave("CODE-INVALIDE", row, "Libellé sans code.")
            return None
        said = [found[tag] for tag in ("LIBELLE", *labels) if tag in found]
        for _, cell in said[1:]:
            leave_repeated(draft, cell)
        record, problem = read(found["CODE"][0], said[0][0] if said else None)
        if problem:
            draft.findings.report("CODE-INVALIDE", row, problem, excerpt=record.code)
        return record

    return convert


rome = coded(parse_rome, is_rome_job, "une lettre et quatre chiffres (K1205)")
nsf = coded(parse_nsf, lambda code: len(code) >= 3, "trois chiffres, et au plus une lettre (332t)")
nsf_before_v4 = coded(
    parse_nsf, lambda code: len(code) >= 3, "trois chiffres, et au plus une lettre (332t)", "INTITULE"
)
formacode = coded(parse_formacode, lambda _: True, "cinq chiffres (44028)")


def certification_type(draft: Draft, element: Element) -> None:
    """ABREGE: the code "Autre" says that there is no type."""
    if "certification_type" in draft.fields:
        leave_repeated(draft, element)
        return
    found = cells(draft, element, _CODED)
    code = cell_line(found, "CODE")
    if code is None and found:
        draft.findings.leave("CODE-INVALIDE", element, "Libellé sans code.")
    elif code is not None and code.lower() not in NO_TYPE:
        draft.fields["certification_type"] = Coded(code, cell_line(found, "LIBELLE"))


def idcc(draft: Draft, row: Element) -> CollectiveAgreement | None:
    """A row of CODES_IDCC."""
    return _agreement(draft, row, cells(draft, row, _CODED), "CODE", is_idcc=True)


def numbered_agreement(draft: Draft, element: Element) -> None:
    """CCN_1 to CCN_3: a number of which nothing says that it is an IDCC."""
    found = _agreement(draft, element, cells(draft, element, _NUMBERED), "NUMERO", is_idcc=False)
    agreements = draft.fields.setdefault("collective_agreements", [])
    if found is not None and found in agreements:
        draft.findings.report("LIGNE-EN-DOUBLE", element, excerpt=found.number)
    elif found is not None:
        agreements.append(found)


def _agreement(draft: Draft, row: Element, found: Cells, tag: str, *, is_idcc: bool) -> CollectiveAgreement | None:
    number = cell_line(found, tag)
    if number is None or not number.isascii() or not number.isdigit():
        if found:
            draft.findings.leave("CODE-INVALIDE", row, "Attendu : un numéro de convention collective.")
        return None
    return read_agreement(number, cell_line(found, "LIBELLE"), said_idcc=is_idcc)


def certifier(draft: Draft, row: Element) -> Certifier | None:
    """A row of CERTIFICATEURS."""
    return _certifier(draft, row, cells(draft, row, _CERTIFIER))


def certifier_before_v4(draft: Draft, row: Element) -> Certifier | None:
    """A row of CERTIFICATEURS with an identifier that means something inside the registry's own base only."""
    found = cells(draft, row, _CERTIFIER | {_INTERNAL})
    if _INTERNAL in found:
        draft.findings.leave_unknown(found.pop(_INTERNAL)[1], "IDENTIFIANT-INTERNE")
    return _certifier(draft, row, found)


def _certifier(draft: Draft, row: Element, found: Cells) -> Certifier | None:
    if not found:
        return None
    organisation = Organisation(
        cell_line(found, "NOM_CERTIFICATEUR") or "",
        cell_value(draft, found, "SIRET_CERTIFICATEUR", siret),
        cell_line(found, "NOM_COMMERCIAL"),
        cell_value(draft, found, "SITE_INTERNET", website),
    )
    if draft.is_nobody(row, organisation):
        return None
    return Certifier(
        organisation,
        cell_value(draft, found, "ETAT_CERTIFICATEUR", _certifier_status),
        cell_value(draft, found, "DATE_DERNIERE_MODIFICATION_ETAT", day),
    )


def statistics(draft: Draft, row: Element) -> PromotionStatistics | None:
    """A row of STATISTIQUES_PROMOTIONS; the year identifies it, so a second row of a year has no place."""
    found = cells(draft, row, _STATISTICS)
    if not found:
        return None
    when = cell_value(draft, found, "ANNEE", year)
    if when is None:
        draft.findings.leave("TEXTE-NON-LU", row, "Ligne sans année.")
        return None
    figures = {name: cell_value(draft, found, tag, convert) for name, tag, convert in _FIGURES}
    record = PromotionStatistics(when, **figures)
    before = [known for known in draft.fields["statistics"] if known.year == when]
    if before and record not in before:
        draft.findings.leave("TEXTE-NON-LU", row, f"L'année {when} est déjà décrite, autrement.")
        return None
    return record


def promotion_year(draft: Draft, row: Element) -> int | None:
    """ANNEE in ANNEES_PROMOTIONS_NIVEAU."""
    text = draft.findings.text_of(row).strip()
    return year(draft, row, text) if text else None


def other_fiche_before_v4(name: str, tag: str) -> Rule:
    """Make the rule of ANCIENNE_/NOUVELLE_CERTIFICATION, which stand in the fiche itself and are repeated.

    Args:
        name: of the field.
        tag: of the element that holds the number from V4 on; before, it is the text.
    """
    nested = other_fiche(tag)

    def read(draft: Draft, element: Element) -> None:
        text = (element.text or "").strip()
        number = nested(draft, element) if len(element) else fiche_number(draft, element, text) if text else None
        found: list[str] = draft.fields.setdefault(name, [])
        if number in found:
            draft.findings.report("LIGNE-EN-DOUBLE", element, excerpt=number)
        elif number:
            found.append(number)

    return Rule(read)


def other_fiche(tag: str) -> Callable[[Draft, Element], str | None]:
    """Make the converter of a row that names a fiche of before or after, in an element called ID_… that is a NUMERO."""
    known = frozenset({tag})

    def convert(draft: Draft, row: Element) -> str | None:
        found = cells(draft, row, known)
        return cell_value(draft, found, tag, fiche_number)

    return convert
