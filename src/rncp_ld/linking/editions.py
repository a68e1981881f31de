"""Several editions of a nomenclature to one: which label a code has, what is kept of the others, what changed between them.

Of one family (ROME 4.0, Formacode…) the newest edition wins, by its version, then its date; one with neither is older than
all others. What an edition says of a code (hierarchy, synonyms, definition) holds as long as the code is called by a label
or synonym of that edition: codes are reused, and under another label a code may be another thing. Such a label is kept as
another label, with a note of where it comes from, and reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.hierarchy import Statement, report_link, sound_links
from rncp_ld.linking.newest_edition import dated_lists, dropped_codes, origin_of, ranked
from rncp_ld.linking.nomenclature import BROADER, Key, Nomenclature, key_in
from rncp_ld.model.nomenclature import Family, NomenclatureEdition, NomenclatureEntry
from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.model.slug import slug

Said: TypeAlias = tuple[NomenclatureEdition, NomenclatureEntry]
"""What one edition says of one code."""

COMPLETE = frozenset({CodeScheme.NSF, CodeScheme.ROME})
"""Schemes that are known as wholes: the tables that ship hold them, newer editions add to them."""

_LONG = 2000


def same_label(one: str, other: str) -> bool:
    """Tell whether two labels differ by case, accents and signs at most.

    >>> same_label("SECURITE INFORMATIQUE", "sécurité informatique"), same_label("MCP", "Développement mobile")
    (True, False)
    """
    return one == other or slug(one, limit=_LONG) == slug(other, limit=_LONG)


def calls_so(entry: NomenclatureEntry, label: str) -> bool:
    """Tell whether a label is the entry's own, or one of its synonyms."""
    return any(same_label(label, own) for own in (entry.label, *entry.alt_labels))


def with_editions(
    known: Nomenclature, given: Iterable[NomenclatureEdition]
) -> tuple[Nomenclature, tuple[Diagnostic, ...]]:
    """Add editions to what is known; return it with what is to be reported.

    The result does not depend on the order in which they are given.
    """
    editions = ranked((*known.editions, *given))
    if editions == known.editions:
        return known, ()
    merging = _Merging()
    for edition in editions:
        merging.add(edition)
    concepts = merging.concepts()
    merged = replace(
        known,
        concepts=concepts,
        letters=merging.letters,
        whole=frozenset(merging.whole),
        complete=known.complete | {one.family.scheme for one in editions} & COMPLETE,
        dated=dated_lists(editions),
        origins=merging.origins,
        dropped=dropped_codes(editions, concepts),
        places=merging.places,
        editions=editions,
    )
    return merged, tuple(merging.diagnostics)


@dataclass(slots=True)
class _Merging:
    """Hears the editions, the newest of each family first."""

    said: dict[Key, list[Said]] = field(default_factory=lambda: defaultdict(list))
    letters: dict[str, str] = field(default_factory=dict)
    whole: set[Key] = field(default_factory=set)
    origins: dict[Key, dict[str, str]] = field(default_factory=dict)
    places: dict[Key, tuple[str, int | None]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, edition: NomenclatureEdition) -> None:
        """Take note of an edition."""
        for letter, label in edition.letters:
            if not same_label(label, kept := self.letters.setdefault(letter, label)):
                self._report("EDITION-DIVERGENTE", kept, (edition, NomenclatureEntry(letter, label)), "nsf/lettre")
        for entry in edition.entries:
            key = key_in(edition.family.scheme, entry.code)
            self.said[key].append((edition, entry))
            if edition.is_whole:
                self.whole.add(key)
            if edition.document:
                self.places.setdefault(key, (edition.document.name, entry.line))

    def concepts(self) -> dict[Key, Concept]:
        """Return every code once."""
        labels = {key: self._labels(key, said) for key, said in self.said.items()}
        links = self._links(labels)
        return {key: self._concept(key, said, labels[key], links) for key, said in self.said.items()}

    def _labels(self, key: Key, said: Sequence[Said]) -> dict[Family, str]:
        """Choose the label of each family, note where the others come from, and report those of former editions."""
        chosen: dict[Family, str] = {}
        origins = self.origins.setdefault(key, {})
        for edition, entry in said:
            kept = chosen.setdefault(edition.family, entry.label)
            if edition.family is not Family.TYPE:  # whose labels are the exports' own
                origins.setdefault(entry.label, origin_of(edition, is_newest=same_label(kept, entry.label)))
            if kept != entry.label:
                code = "LIBELLE-DIVERGENT" if calls_so(entry, kept) else "EDITION-DIVERGENTE"
                shown = self._given_first(said, (edition, entry))
                self._report(code, kept, shown, f"{key[0].value}/{key[1]}", entry.label)
        return chosen

    @staticmethod
    def _given_first(said: Sequence[Said], other: Said) -> Said:
        """Return what to point at where two editions differ: what was given, since nobody looks into a table of ours."""
        return other if other[0].document else said[0]

    def _report(self, code: str, kept: str, said: Said, path: str, excerpt: str | None = None) -> None:
        edition, entry = said
        self.diagnostics.append(
            Diagnostic.of(
                code,
                f"Libellé retenu : « {kept} ».",
                file=edition.document.name if edition.document else None,
                line=entry.line,
                path=path,
                excerpt=excerpt or entry.label,
            )
        )

    def _links(self, labels: Mapping[Key, Mapping[Family, str]]) -> Mapping[Key, tuple[set[str], set[str]]]:
        """Return the sound hierarchical and other links of all codes, by what the editions state."""
        statements: list[Statement] = []
        for key, said in self.said.items():
            for kind in ("broader", "related"):
                for edition, entry in _stating(said, kind, labels[key]):
                    place = (edition.document.name if edition.document else "", entry.line)
                    for code in getattr(entry, kind):
                        one = Statement(key, key_in(key[0], code), kind == "broader", place)
                        if self._has_kept_its_label(edition, one.target, labels):
                            statements.append(one)
                        else:
                            self.diagnostics.append(report_link("LIEN-ECARTE", one))
        links, found = sound_links(statements, self.said.keys())
        self.diagnostics += found
        return links

    def _has_kept_its_label(
        self, edition: NomenclatureEdition, key: Key, labels: Mapping[Key, Mapping[Family, str]]
    ) -> bool:
        said = [entry for one, entry in self.said.get(key, ()) if one is edition]
        return all(calls_so(entry, labels[key][edition.family]) for entry in said)

    def _concept(
        self,
        key: Key,
        said: Sequence[Said],
        labels: Mapping[Family, str],
        links: Mapping[Key, tuple[set[str], set[str]]],
    ) -> Concept:
        scheme, code, is_idcc = key
        (pref, *_) = labels.values()  # families come in the order of their preference
        holding = [(edition, entry) for edition, entry in said if calls_so(entry, labels[edition.family])]
        others = {entry.label for _, entry in said} | {other for _, entry in holding for other in entry.alt_labels}
        broader, related = links.get(key, (set(), set()))
        by_code = BROADER[scheme](code) if scheme in BROADER else None
        return Concept(
            scheme,
            code,
            pref,
            tuple(sorted(others - {pref})),
            broader=tuple(sorted({*broader, *((by_code,) if by_code else ())})),
            is_idcc=is_idcc,
            related=tuple(sorted(related)),
            definition=next((entry.definition for _, entry in holding if entry.definition), None),
            notes=next((entry.notes for _, entry in holding if entry.notes), ()),
            history=next((entry.history for _, entry in holding if entry.history), ()),
            # Where a list names something broader that does not hold, nobody knows what is above the code.
            is_placed=bool(broader or by_code) or not any(entry.broader for _, entry in holding),
        )


def _stating(said: Sequence[Said], kind: str, labels: Mapping[Family, str]) -> list[Said]:
    """Return of each family the newest edition that places codes so and calls this one as it is called now."""
    found: dict[Family, Said] = {}
    for edition, entry in said:
        if getattr(entry, kind) and calls_so(entry, labels[edition.family]):
            found.setdefault(edition.family, (edition, entry))
    return list(found.values())
