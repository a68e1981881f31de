"""What a reader gives: a fiche, where it was read, what was wrong with it, and how much of it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document that was read: a file, or a member of a zip.

    Attributes:
        name: as the user named it; `folder/file.zip!member.xml` for a member.
        series: its format.
        date: date of the export, from the file's name; None where the name has none.
        sha256: hex digest of the document's bytes (the catalogue and the home page show it); "" where it streams and is not known yet.
        others: names of the other files of a document that has several (CSV export); diagnostics name these, too.
        version: edition of a nomenclature as its file's name says it ("V460"); None where it has none.
    """

    name: str
    series: SourceSeries
    date: date | None = None
    sha256: str = ""
    others: tuple[str, ...] = ()
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ShareRead:
    """How many of the non-blank characters of a fiche ended in a typed field.

    Attributes:
        read: characters that ended in a typed field (labels and headings that were recognised count as read).
        total: all non-blank characters.
    """

    read: int = 0
    total: int = 0

    def __add__(self, other: ShareRead) -> ShareRead:
        """Sum over fiches."""
        return ShareRead(self.read + other.read, self.total + other.total)

    @property
    def ratio(self) -> float:
        """Between 0 and 1; 1 where there was nothing to read."""
        return self.read / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Activity:
    """Whether a fiche says that it is active, until when, and where; what that means depends on the day it is judged on.

    Attributes:
        is_active: what it says.
        registration_end: last day of the registration.
        line: of the statement.
        path: the element that makes it.
    """

    is_active: bool
    registration_end: date
    line: int | None
    path: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One fiche as read from one document.

    Attributes:
        fiche: None where the number or title was unusable: then a `VIOLATION` in `diagnostics` says so.
        number: the fiche's number as far as it could be read, for messages.
        line: line where the fiche starts, from 1.
        unread: pieces of the source that ended in no field: (line or 0, text). Each also has a diagnostic.
        activity: None where the fiche does not say whether it is active, or until when.
    """

    document: SourceDocument
    fiche: Fiche | None
    number: str | None
    line: int | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    share: ShareRead = ShareRead()
    unread: tuple[tuple[int, str], ...] = ()
    activity: Activity | None = None
