"""A nomenclature as one edition of it says: the codes with their labels, hierarchy and notes, before editions are merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
from rncp_ld.model.register import CodeScheme


class Family(Enum):
    """Nomenclatures that come in editions; the value is what is said of one in French ("libellé du ROME 4.0").

    Of one scheme the first wins: a job has its label of ROME V3, and that of ROME 4.0 beside it.
    """

    ROME_V3 = "du ROME V3"
    ROME_4 = "du ROME 4.0"
    NSF = "de la NSF"
    FORMACODE = "du Formacode"
    IDCC = "de la liste des IDCC"
    TYPE = "des types de certification"

    @property
    def scheme(self) -> CodeScheme:
        """The scheme that its codes belong to."""
        return _SCHEMES[self]


_SCHEMES = {
    Family.ROME_V3: CodeScheme.ROME,
    Family.ROME_4: CodeScheme.ROME,
    Family.NSF: CodeScheme.NSF,
    Family.FORMACODE: CodeScheme.FORMACODE,
    Family.IDCC: CodeScheme.AGREEMENT,
    Family.TYPE: CodeScheme.TYPE,
}

FAMILIES = {
    SourceSeries.ROME_V3: Family.ROME_V3,
    SourceSeries.ROME_4: Family.ROME_4,
    SourceSeries.NSF: Family.NSF,
    SourceSeries.FORMACODE: Family.FORMACODE,
    SourceSeries.IDCC: Family.IDCC,
}
"""Series of sources → what its documents are editions of."""


@dataclass(frozen=True, slots=True)
class NomenclatureEntry:
    """A code as one edition describes it.

    Attributes:
        code: in canonical writing ("K1205", "332t", "18").
        label: French.
        alt_labels: other writings and synonyms.
        broader: codes that the edition places above it; what the code itself says (K1205 → K12) need not stand here.
        related: codes that the edition says go with it.
        definition: French.
        notes: remarks in French.
        history: remarks in French on what the code was.
        line: where it stands in its document.
    """

    code: str
    label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    definition: str | None = None
    notes: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class NomenclatureEdition:
    """One edition of a nomenclature: a document that was given, or a table that ships with the project.

    Attributes:
        document: where it was read; None for a table that ships.
        version: "V460"; None where it is not known.
        letters: (letter, what it means), of the NSF only.
        is_whole: each of its codes is published, used or not.
    """

    family: Family
    entries: tuple[NomenclatureEntry, ...] = ()
    document: SourceDocument | None = None
    version: str | None = None
    letters: tuple[tuple[str, str], ...] = ()
    is_whole: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def date(self) -> date | None:
        """Date in its file's name."""
        return self.document.date if self.document else None

    @property
    def name(self) -> str:
        """What it is called in French: "édition V460", "édition du 01/02/2026", "édition sans numéro ni date"."""
        if self.version:
            return f"édition {self.version}"
        return f"édition du {self.date:%d/%m/%Y}" if self.date else "édition sans numéro ni date"
