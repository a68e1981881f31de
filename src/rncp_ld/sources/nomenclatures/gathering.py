"""Gathers the codes of a list while it is read, each once, with what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.errors import SourceError
from rncp_ld.model.nomenclature import NomenclatureEntry


class Gathering:
    """The codes of one list.

    Args:
        file: the source, for messages.

    Attributes:
        letters: of the NSF: letter → what it means.
        diagnostics: what is wrong, and what is left out.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.letters: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []
        self._entries: dict[str, NomenclatureEntry] = {}
        self._unread: Counter[str] = Counter()

    def add(self, entry: NomenclatureEntry) -> None:
        """Take a code; where the list has it already, its first label stays, and another one is kept beside it."""
        first = self._entries.setdefault(entry.code, entry)
        if first is entry:
            return
        where = f"Première fois : ligne {first.line}." if first.line else ""
        if replace(entry, line=first.line) == first:
            self.report("LIGNE-EN-DOUBLE", where, line=entry.line, path=entry.code, excerpt=entry.label)
            return
        self.report("CODE-EN-DOUBLE", where, line=entry.line, path=entry.code, excerpt=entry.label)
        others = dict.fromkeys((*first.alt_labels, entry.label, *entry.alt_labels))
        self._entries[entry.code] = replace(
            first,
            alt_labels=tuple(label for label in others if label != first.label),
            broader=tuple(dict.fromkeys((*first.broader, *entry.broader))),
            related=tuple(dict.fromkeys((*first.related, *entry.related))),
            definition=first.definition or entry.definition,
            notes=tuple(dict.fromkeys((*first.notes, *entry.notes))),
            history=tuple(dict.fromkeys((*first.history, *entry.history))),
        )

    def add_broader(self, code: str, broader: str) -> None:
        """Place a code below another one where the list says so at the latter."""
        entry = self._entries.get(code)
        if entry and broader not in entry.broader:
            self._entries[code] = replace(entry, broader=(*entry.broader, broader))

    def report(
        self,
        code: str,
        detail: str = "",
        *,
        line: int | None = None,
        path: str | None = None,
        excerpt: str | None = None,
    ) -> None:
        """Report something."""
        self.diagnostics.append(Diagnostic.of(code, detail, file=self.file, line=line, path=path, excerpt=excerpt))

    def leave_out(self, part: str) -> None:
        """Count a value of a part of the list (a column, an element) that the publication does not take up."""
        self._unread[part] += 1

    def leave_out_filled(self, values: Mapping[str, str]) -> None:
        """Count the values of columns that the publication does not take up."""
        for part, value in values.items():
            if value.strip():
                self.leave_out(part)

    def entries(self) -> tuple[NomenclatureEntry, ...]:
        """Return the codes in the order of the list, and report the parts that were left out.

        Raises:
            SourceError: there is none, nor a letter.
        """
        if not self._entries and not self.letters:
            raise SourceError(self.file, "liste sans aucun code bien formé : fichier tronqué, ou d'un autre format")
        for part, number in sorted(self._unread.items()):
            self.report("PARTIE-NON-LUE", f"Nombre de valeurs : {number}.", path=part)
        return tuple(self._entries.values())
