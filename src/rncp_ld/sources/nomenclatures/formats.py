"""Which list of codes a source is, by its content, and its reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.nomenclature import FAMILIES, NomenclatureEdition
from rncp_ld.model.reading import SourceDocument
from rncp_ld.sources.decoding import decode_text
from rncp_ld.sources.nomenclatures import formacode, idcc, nsf, nsf_letters, rome_4, rome_v3
from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.nomenclatures.tables import columns_of

_VERSION = re.compile(r"(?<![A-Za-z0-9])[vV]([0-9]{1,4})(?![0-9])")


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A format of lists of codes.

    Attributes:
        matches: tells from the beginning of a text whether it is one.
        read: reads a whole text into what gathers its codes.
        has_editions: the nomenclature comes in editions, which the name of a file should tell.
    """

    series: SourceSeries
    matches: Callable[[str], bool]
    read: Callable[[str, Gathering], None]
    has_editions: bool = False


FORMATS = (
    ListFormat(SourceSeries.ROME_V3, rome_v3.matches, rome_v3.read, has_editions=True),
    ListFormat(SourceSeries.ROME_4, rome_4.matches, rome_4.read, has_editions=True),
    ListFormat(SourceSeries.NSF, nsf.matches, nsf.read),
    ListFormat(SourceSeries.NSF, nsf_letters.matches, nsf_letters.read),
    ListFormat(SourceSeries.FORMACODE, formacode.matches, formacode.read, has_editions=True),
    ListFormat(SourceSeries.IDCC, idcc.matches, idcc.read),
)

_REFUSED: Mapping[frozenset[str], str] = {
    frozenset({"niveau_europe", "niveau_1969"}): (
        "correspondance de niveaux, qui n'est pas une liste de codes ; la publication a la sienne (scheme/niveau)"
    ),
    frozenset({"code", "label", "n_2020-09"}): (
        "types de certification observés, qui ne sont pas une nomenclature officielle ; ceux des exports font foi"
    ),
}
"""Columns of tables that stand beside nomenclatures → what they are, and why they are not read."""


def list_of(head: str) -> ListFormat | None:
    """Return the format of a list of codes by the beginning of its text; None where it is none."""
    return next((one for one in FORMATS if one.matches(head)), None)


def refusal_of(head: str) -> str | None:
    """Say in French why a table is not read that might be taken for a list of codes; None where it is no such table."""
    columns = columns_of(head)
    return next((said for known, said in _REFUSED.items() if known <= columns), None)


def version_of(name: str) -> str | None:
    """Return the edition that a file's name tells.

    >>> version_of("rome_v460_referentiel_code_rome.csv"), version_of("formacode.csv.gz!formacode.csv")
    ('V460', None)
    """
    match = _VERSION.search(name.rsplit("/", 1)[-1])
    return f"V{int(match[1])}" if match else None


def read_nomenclature(data: bytes, document: SourceDocument, form: ListFormat) -> NomenclatureEdition:
    """Read a list of codes as a whole.

    Args:
        data: all its bytes.
        document: the source; its version is added here.
        form: as `list_of` tells it.

    Raises:
        SourceError: it lacks a column, ends too early, is not well-formed, or holds no code at all.
    """
    decoded = decode_text(data, document.name)
    dated = replace(document, version=version_of(document.name) if form.has_editions else None)
    gathering = Gathering(document.name)
    form.read(decoded.text, gathering)
    entries, found = gathering.entries(), list(decoded.diagnostics)
    if form.has_editions and not (dated.version or dated.date):
        found.append(Diagnostic.of("EDITION-INCONNUE", file=document.name))
    return NomenclatureEdition(
        FAMILIES[form.series],
        entries,
        dated,
        dated.version,
        letters=tuple(gathering.letters.items()),
        diagnostics=(*found, *gathering.diagnostics),
    )
