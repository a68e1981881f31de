"""The ledger: every IRI that was ever published, so that what leaves the register becomes a tombstone, never a hole.

It is N-Triples: for each page its type, label and code, the newest export that had it, and for a certification its
successors. It is an input of the next build like the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rncp_ld.errors import SourceError
from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.rdf.concept import concept_iri
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, day, line, text_of
from rncp_ld.rdf.vocabulary import CONCEPT, NOTATION, RDF_TYPE, RDFS_LABEL

Ledger: TypeAlias = Mapping[str, list[Triple]]
"""Entries by IRI."""

_NOMENCLATURES = frozenset(scheme.value for scheme in CodeScheme)

_IRI = r'<[^\x00-\x20<>"{}|^`\\]+>'
_LINE = re.compile(rf'({_IRI}) ({_IRI}) ({_IRI}|"(?:[^"\\\r\n]|\\["\\nrt])*"(?:@[A-Za-z-]+|\^\^{_IRI})?) \.\n')


def read_ledger(path: Path) -> Ledger:
    """Read a ledger; return its triples by IRI. No file, no entries: the first build has none.

    Raises:
        SourceError: the file is damaged, or the link to it leads nowhere.
    """
    entries: dict[str, list[Triple]] = {}
    if not path.exists():
        if path.is_symlink():
            raise SourceError(str(path), "registre des publications introuvable : le lien ne mène plus à un fichier")
        return entries
    with path.open("rb") as lines:
        for number, data in enumerate(lines, 1):
            match = _LINE.fullmatch(data.decode("utf-8", "replace"))
            if match is None:
                expected = "un triplet par ligne attendu ; remettre celui d'une publication précédente"
                raise SourceError(str(path), f"registre des publications endommagé : {expected}", number)
            entries.setdefault(match[1], []).append((match[1], match[2], match[3]))
    return entries


def ledger_entries(triples: Iterable[Triple], iris: Iris, export: date | None) -> Ledger:
    """Return the entries of what is published now (no tombstones): pages of ours, by IRI."""
    rncp = iris.rncp
    kept = {RDF_TYPE, RDFS_LABEL, NOTATION, rncp.code, rncp.replacedBy}
    ours = f"<{iris.base}"
    entries: dict[str, list[Triple]] = {}
    for triple in triples:
        if triple[1] in kept and triple[0].startswith(ours) and "#" not in triple[0]:
            entries.setdefault(triple[0], []).append(triple)
    if export is not None:
        for subject, about in entries.items():
            about.append((subject, rncp.lastSeen, day(export)))
    return entries


def tombstones(old: Ledger, now: Ledger, iris: Iris) -> Ledger:
    """Describe what was published and is described no more: `rncp:Withdrawn`, what it was, its successor; by IRI.

    A certification that left the register, but is still named by others, is one of these: its `rncp:UndescribedResource`
    says less than what was known of it. What the ledger has under another base is not of this publication.
    """
    rncp = iris.rncp
    ours = f"<{iris.base}"
    return {
        subject: [
            (subject, RDF_TYPE, rncp.Withdrawn),
            *((subject, rncp.formerType if p == RDF_TYPE else p, value) for _, p, value in about if p != NOTATION),
        ]
        for subject, about in sorted(old.items())
        if subject.startswith(ours)
        and (subject not in now or (_is_only_named(now[subject], iris) and not _is_only_named(about, iris)))
    }


def inverse_successions(gone: Ledger, now: Ledger, iris: Iris) -> list[Triple]:
    """Say of a living certification that it replaces what was withdrawn, which alone may have said so."""
    rncp = iris.rncp
    return [
        (value, rncp.replaces, subject)
        for subject, about in gone.items()
        for _, p, value in about
        if p == rncp.replacedBy and value in now and value not in gone
    ]


def former_concepts(ledger: Ledger, iris: Iris) -> list[Concept]:
    """Return the concepts of nomenclatures that were published: a code that no fiche uses any more exists all the same."""
    found: list[Concept] = []
    for subject, about in sorted(ledger.items()):
        said = {p: value for _, p, value in about}
        kind, _, name = subject[1:-1].removeprefix(iris.base).partition("/")
        if said.get(RDF_TYPE) != CONCEPT or NOTATION not in said or kind not in _NOMENCLATURES:
            continue
        scheme, code = CodeScheme(kind), text_of(said[NOTATION])
        is_idcc = name.startswith("idcc-")
        label = text_of(said[RDFS_LABEL]) if RDFS_LABEL in said else code
        if concept_iri(scheme, code, iris, is_idcc=is_idcc) == subject:
            found.append(Concept(scheme, code, label if label != code else None, is_idcc=is_idcc))
    return found


def _is_only_named(about: Iterable[Triple], iris: Iris) -> bool:
    return {value for _, p, value in about if p == RDF_TYPE} == {iris.rncp.UndescribedResource}


def without_withdrawn(triples: Iterable[Triple], gone: Ledger) -> list[Triple]:
    """Leave out that a withdrawn resource is not described, and the label it has as such; links from it stay."""
    shown = {RDF_TYPE, RDFS_LABEL}
    return [t for t in triples if t[0] not in gone or t[1] not in shown]


def next_ledger(old: Ledger, now: Ledger, gone: Ledger, iris: Iris) -> Ledger:
    """Return the ledger after this build: what is published now, and what once was, as it was last.

    A date is never lost: sources without a date (a text fiche) keep that of the newest export before.
    """
    seen = iris.rncp.lastSeen
    merged = {**old, **{subject: about for subject, about in now.items() if subject not in gone}}
    for subject in merged.keys() & old.keys():
        days = [t for t in (*merged[subject], *old[subject]) if t[1] == seen]
        if days:
            merged[subject] = [*(t for t in merged[subject] if t[1] != seen), max(days)]
    return merged


def write_ledger(path: Path, entries: Ledger) -> None:
    """Write a ledger: sorted, each triple once."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(text for subject in sorted(entries) for text in sorted({line(t) for t in entries[subject]}))
