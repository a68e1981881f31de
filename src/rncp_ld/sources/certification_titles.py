"""Titles of certifications as texts print them: the type's label taken off, the type's code found.

The labels are those of `data/codes/types.csv`. Where two of them start a text, the longer one is meant ("Licence
professionnelle" before "Licence"). A label that several types share ("Mention complémentaire": MC4 and MC5) names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rncp_ld.model.codes import NO_TYPE, parse_fiche_number
from rncp_ld.model.fiche import CertificationMention, Coded
from rncp_ld.sources.code_tables import certification_types
from rncp_ld.sources.folding import fold, squeeze

_TITLE_LINE = re.compile(r"\s*(?P<code>[^:]{1,40}?)\s*:\s*(?P<rest>\S.*)", re.DOTALL)
_ABBREVIATION = re.compile(r"(?=.{1,30}$)(?:[\w.()_-]+\s?){1,3}")
_NUMBER = re.compile(
    r"\(?\s*(?:\b[Ff]iche\s+)?\b(?P<register>RNCP|RS)\s?(?:[Nn]°\s?)?(?P<digits>[1-9][0-9]{0,6})\b\s*\)?(?:\s*[-–—:](?=\s*\S))?"
)
_EDGES = " ,;:-–—"
_QUOTES = str.maketrans(dict.fromkeys('«»“”„"', " "))
_EVERY = re.compile(
    r"(?:de |d')?(?:tout|toute|tous|toutes)s?(?: les| leurs)? (?:specialite|mention|option|filiere|serie|domaine|discipline|"
    r"parcours|support)s?(?: et (?:option|mention|specialite)s?)?(?: confondue?s)?|quelle que soit la (?:specialite|mention|serie)"
)
_EVERY_BEFORE = re.compile(r"(?:tous les|toutes les|tout|toute|l'ensemble des) ")


@dataclass(frozen=True, slots=True)
class _Label:
    """A writing of a type: `pattern` finds it in folded text, `codes` are the types that it names."""

    pattern: re.Pattern[str]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, folded: str, codes: Iterable[str]) -> _Label:
        """Make a label; a plural "s" may close its words."""
        words = r"s?\s+".join(map(re.escape, folded.split()))
        return cls(re.compile(rf"{words}s?(?![a-z0-9])"), tuple(dict.fromkeys(codes)))


def split_title_line(line: str) -> tuple[Coded, str] | None:
    """Split a title line of the text fiche, "{ABREGE}: {type label} {title}".

    The code before the colon, or another writing of it ("Licence Pro"), decides the type; the label after it is taken off
    where it is one of that type's. A title that is the label alone ("CAPD: Capacité en droit") stays whole. None where the code
    is unknown: see `split_labelled_line`.

    >>> split_title_line("TP: Titre professionnel Technicien(ne) médiation services")
    (Coded(code='TP', label='Titre professionnel'), 'Technicien(ne) médiation services')
    """
    match = _TITLE_LINE.fullmatch(line)
    if match is None:
        return None
    code = _codes().get(fold(squeeze(match["code"])))
    if code is None:
        return None
    rest = squeeze(match["rest"])
    end = max((_end_of(label, rest) for label in _labels() if code in label.codes), default=0)
    label = rest[:end] or None
    # "CQP : Certificat de qualification professionnelle (CQP) Vendeur" says the code twice.
    title = rest[end:].strip(_EDGES).removeprefix(f"({code})" if label else "")
    return Coded(code, label), title.strip(_EDGES) or rest


def has_abbreviation(line: str) -> bool:
    """Tell whether a line has the form "{ABREGE}: …", with an abbreviation of up to three words, known or not."""
    before, colon, _ = line.partition(":")
    return bool(colon) and _ABBREVIATION.fullmatch(before.strip()) is not None


def split_labelled_line(line: str) -> tuple[str, Coded, str] | None:
    """Split a title line whose abbreviation is unknown but whose label is known: (abbreviation, type, title).

    The label must name one type and leave a title. One of a single word is a label only where the abbreviation is made of its
    letters: "Expert : Master class" is no master.

    >>> split_labelled_line("LicPro : Licence professionnelle Métiers du livre")
    ('LicPro', Coded(code='Licence Professionnelle', label='Licence professionnelle'), 'Métiers du livre')
    """
    match = _TITLE_LINE.fullmatch(line)
    if match is None or not has_abbreviation(line):
        return None
    rest = squeeze(match["rest"])
    end, label = max(((_end_of(label, rest), label) for label in _labels()), key=lambda found: found[0])
    title = rest[end:].strip(_EDGES)
    if not end or not title or len(label.codes) > 1 or label.codes[0] == NO_TYPE:
        return None
    if " " not in rest[:end] and not _is_made_of(match["code"], rest[:end]):
        return None
    return squeeze(match["code"]), Coded(label.codes[0], rest[:end]), title


def _is_made_of(abbreviation: str, word: str) -> bool:
    """Tell whether an abbreviation's letters stand in a word, in their order ("MAST" in "Master")."""
    letters = iter(fold(word))
    return all(letter in letters for letter in fold(abbreviation) if letter.isalpha())


def parse_certification_mention(verbatim: str, position: int, source_path: str) -> CertificationMention:
    """Read a certification named by its title, with or without its type.

    >>> mention = parse_certification_mention("BPJEPS toutes spécialités", 1, "")
    >>> mention.certification_type, mention.title, mention.is_generic
    ('BPJEPS', None, True)
    >>> mention = parse_certification_mention("Titre professionnel Maçon (RNCP 1917)", 1, "")
    >>> mention.title, mention.number
    ('Maçon', 'RNCP1917')
    """
    printed = squeeze(verbatim)
    numbers = fiche_numbers_in(printed)
    # One number is no guess; where the text gives several, which one it names is not said.
    number = numbers[0] if len(numbers) == 1 else None
    text = _NUMBER.sub(" ", printed) if number else printed
    text = squeeze(text)
    every = _EVERY_BEFORE.match(fold(text))
    start = every.end() if every else 0
    label, end = _longest(text[start:])
    if label is None:
        return CertificationMention(printed, position, source_path, title=_bare(text) or None, number=number)
    rest = _bare(text[start + end :])
    is_every = not rest or _EVERY.fullmatch(fold(rest)) is not None
    code = label.codes[0] if len(label.codes) == 1 and label.codes[0] != NO_TYPE else None
    title = None if is_every else rest
    return CertificationMention(printed, position, source_path, title, code, is_every and number is None, number)


def fiche_numbers_in(text: str) -> tuple[str, ...]:
    """Return the distinct fiche numbers that a text prints.

    >>> fiche_numbers_in("BTS Domotique (fiche RNCP n°55), RNCP 56 - Vendeur")
    ('RNCP55', 'RNCP56')
    """
    found = (parse_fiche_number(f"{match['register']}{match['digits']}") for match in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))


def _bare(text: str) -> str:
    """Remove quotation marks, and what stood between label and title."""
    return squeeze(text.translate(_QUOTES)).strip(_EDGES)


def _longest(text: str) -> tuple[_Label | None, int]:
    """Return the longest label that starts a text, and where it ends there."""
    ends = [(_end_of(label, text) or _end_of_code(label, text), label) for label in _labels()]
    end, label = max(ends, key=lambda found: found[0])
    return (label, end) if end else (None, 0)


def _end_of(label: _Label, text: str) -> int:
    """Return where a label ends that starts a text, 0 where it does not."""
    match = label.pattern.match(fold(text))
    return match.end() if match else 0


def _end_of_code(label: _Label, text: str) -> int:
    """Return where an abbreviation ends that starts a text, written as it is: "BTS", "CAP"."""
    codes = (code for code in label.codes if code != NO_TYPE and text.startswith(code))
    return max((len(code) for code in codes if not text[len(code) :][:1].isalnum()), default=0)


@cache
def _labels() -> tuple[_Label, ...]:
    codes: dict[str, list[str]] = {}
    for entry in certification_types():
        for label in (entry.label, *entry.other_labels):
            codes.setdefault(fold(label), []).append(entry.code)
    return tuple(_Label.of(label, found) for label, found in sorted(codes.items()))


@cache
def _codes() -> Mapping[str, str]:
    """Map what may stand before the colon to its type: the code, else a label that no other type has."""
    labels = {
        fold(writing): entry.code
        for entry in certification_types()
        for writing in (entry.label, *entry.other_labels)
        if not _is_shared(writing)
    }
    return labels | {fold(entry.code): entry.code for entry in certification_types()}


def _is_shared(writing: str) -> bool:
    return any(len(label.codes) > 1 and label.pattern.fullmatch(fold(writing)) for label in _labels())
