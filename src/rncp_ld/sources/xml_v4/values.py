"""Converters of single values. Each returns None after it has left the element, with a diagnostic that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar

from rncp_ld.model.codes import LEVELS_EUROPE, parse_date, parse_fiche_number, parse_siret
from rncp_ld.model.fiche import Territory
from rncp_ld.sources.text_structure import one_line
from rncp_ld.sources.xml_v4.draft import Convert, Draft, Rule, cells, leave_repeated
from rncp_ld.sources.xml_v4.findings import Element
from rncp_ld.sources.xml_v4.vocabulary import YES_NO, fold

T = TypeVar("T")

LONGEST_TITLE = 1000
_DIGITS = re.compile(r"[0-9]{1,9}")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]0+)?\s*%?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

as_date = lru_cache(maxsize=16_384)(parse_date)
as_siret = lru_cache(maxsize=65_536)(parse_siret)


def number(draft: Draft, element: Element, text: str) -> str | None:
    """NUMERO_FICHE: was parsed before the draft was made; a second one is another matter."""
    found = parse_fiche_number(text)
    if found is None or found != draft.findings.number:
        draft.findings.leave("TEXTE-NON-LU", element)
        return None
    return found


def title(draft: Draft, element: Element, text: str) -> str:
    """INTITULE: on one line; a long one is kept."""
    flat = one_line(text)
    if len(flat) > LONGEST_TITLE:
        draft.findings.report("TITRE-LONG", element, f"Il en a {len(flat)}.", excerpt=flat)
    return flat


def identifier(draft: Draft, element: Element, text: str) -> str | None:
    """ID_FICHE: digits."""
    if _DIGITS.fullmatch(text):
        return text
    draft.findings.leave("NOMBRE-INVALIDE", element)
    return None


def day(draft: Draft, element: Element, text: str) -> date | None:
    """A date JJ/MM/AAAA."""
    found = as_date(text)
    if found is None:
        draft.findings.leave("DATE-INVALIDE", element, "Attendu : JJ/MM/AAAA.")
    return found


def count(draft: Draft, element: Element, text: str) -> int | None:
    """A number of persons or of years."""
    if _DIGITS.fullmatch(text):
        return int(text)
    draft.findings.leave("NOMBRE-INVALIDE", element)
    return None


def percent(draft: Draft, element: Element, text: str) -> int | None:
    """A rate: a whole number from 0 to 100."""
    match = _PERCENT.fullmatch(text)
    if match is not None and int(match[1]) <= 100:
        return int(match[1])
    draft.findings.leave("NOMBRE-INVALIDE", element, "Attendu : un pourcentage entier de 0 à 100.")
    return None


def year(draft: Draft, element: Element, text: str) -> int | None:
    """A year of four digits."""
    if _YEAR.fullmatch(text):
        return int(text)
    draft.findings.leave("NOMBRE-INVALIDE", element, "Attendu : une année.")
    return None


def siret(draft: Draft, element: Element, text: str) -> str | None:
    """A SIRET; a wrong one names nobody."""
    found = as_siret(text)
    if found is None:
        draft.findings.leave("SIRET-INVALIDE", element)
    return found


def fiche_number(draft: Draft, element: Element, text: str) -> str | None:
    """The number of another fiche."""
    found = parse_fiche_number(text)
    if found is None:
        draft.findings.leave("CODE-INVALIDE", element, "Attendu : RNCPn ou RSn.")
    return found


def word(table: Mapping[str, T]) -> Convert[T]:
    """Make the converter of an element with a list of values."""

    def convert(draft: Draft, element: Element, text: str) -> T | None:
        found = table.get(fold(text))
        if found is None:
            draft.findings.leave("VALEUR-INCONNUE", element)
        return found

    return convert


yes_no = word(YES_NO)


def territory(where: Territory) -> Rule:
    """Make the rule of ACCESSIBLE_*: Oui puts the territory into one list, Non into the other."""

    def read(draft: Draft, element: Element) -> None:
        text = draft.findings.text_of(element).strip()
        answer = yes_no(draft, element, text) if text else None
        if answer is None:
            return
        said = [*draft.fields.get("accessible_in", ()), *draft.fields.get("not_accessible_in", ())]
        if where in said:
            leave_repeated(draft, element)
        else:
            draft.fields.setdefault("accessible_in" if answer else "not_accessible_in", []).append(where)

    return Rule(read)


def level(*labels: str) -> Rule:
    """Make the rule of NOMENCLATURE_EUROPE: NIVEAU counts; a label must say the same ("Niveau 7", "Sans niveau…").

    Args:
        labels: the elements that a version of the export has for the label.
    """
    known = frozenset({"NIVEAU", *labels})

    def read(draft: Draft, element: Element) -> None:
        found = cells(draft, element, known)
        if found and "level" in draft.fields:
            leave_repeated(draft, element)
            return
        segment = None
        if "NIVEAU" in found:
            code, cell = found["NIVEAU"]
            segment = LEVELS_EUROPE.get(code.replace(" ", "").upper())
            if segment is None:
                draft.findings.leave("VALEUR-INCONNUE", cell)
            else:
                draft.fields["level"] = segment
        for label, cell in (found[tag] for tag in labels if tag in found):
            if segment is None:
                draft.findings.leave("VALEUR-INCONNUE", cell, "Libellé sans NIVEAU connu.")
            elif not _agrees(segment, fold(one_line(label))):
                draft.findings.leave("VALEUR-INCONNUE", cell, f"NIVEAU dit « {segment} ».")

    return Rule(read, ("",))


def _agrees(segment: str, label: str) -> bool:
    if segment.isdigit():
        return label.replace(" ", "") in {f"niveau{segment}", segment}
    return not any(char.isdigit() for char in label)
