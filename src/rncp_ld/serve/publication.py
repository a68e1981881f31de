"""The publication that is being served: one folder, site and store together, until the next one takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path

from rncp_ld.errors import PublicationError
from rncp_ld.publish.pages.attribution import Attribution
from rncp_ld.publish.pages.site import Frame, frame, indexed_kinds
from rncp_ld.publish.publication import PublicationFacts, current, read_facts
from rncp_ld.rdf.iris import Iris
from rncp_ld.store.questions import Question, list_questions


@dataclass(frozen=True)
class Publication:
    """A publication on disk, whole.

    Attributes:
        folder: `build/publications/7`, without links on the way.
        facts: what it says of itself.
    """

    folder: Path
    facts: PublicationFacts

    @property
    def site(self) -> Path:
        """Folder of the files that are served."""
        return self.folder / "site"

    @property
    def store(self) -> Path:
        """Folder of the Oxigraph store."""
        return self.folder / "store"

    @cached_property
    def iris(self) -> Iris:
        """The IRIs of this publication."""
        return Iris(self.facts.base)

    @cached_property
    def modified(self) -> datetime | None:
        """When the data are of: midnight (UTC) of the newest export's day; None where no source has a date."""
        day = self.facts.exported
        return None if day is None else datetime.combine(day, time(), UTC)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Kinds that have an index page."""
        return indexed_kinds(self.site)

    @cached_property
    def frame(self) -> Frame:
        """What the frame of a page says."""
        return frame(self.kinds)

    @cached_property
    def attribution(self) -> Attribution:
        """What the footer says on pages that `serve` makes: they are about the publication."""
        return Attribution((), self.iris.path("dataset"))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The competency questions, as they are asked of this publication."""
        return tuple(list_questions(self.iris.base))

    @cached_property
    def checksums(self) -> Mapping[str, str]:
        """SHA-256 by name of dump, as `dumps/SHA256SUMS` has it: so that no dump is read only to name it."""
        lines = (self.site / "dumps" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def open_publication(build: Path) -> Publication:
    """Return the current publication of an output folder.

    Raises:
        PublicationError: there is none, a part of it is missing, or it is of another version.
    """
    folder = current(build)
    facts = read_facts(folder)
    for part in ("site/index.html", "site/dumps/SHA256SUMS", "store/CURRENT"):
        if not (folder / part).is_file():
            raise PublicationError(f"{folder}: this publication is incomplete ({part} is missing); build again")
    return Publication(folder, facts)
