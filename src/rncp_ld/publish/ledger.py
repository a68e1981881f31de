"""The ledger: every IRI that was ever published, so that what leaves the register becomes a tombstone, never a hole.

It is N-Triples: for each page its type, label and code, the newest export that had it, what its pages say (as a hash) and since
which export, and for a certification its successors. It is an input of the next build like the sources. An entry is kept as
its lines: most are only copied.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rncp_ld.errors import SourceError
from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.publish.pages.since import Since
from rncp_ld.rdf.concept import concept_iri
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_line
from rncp_ld.rdf.terms import Triple, day, line, string, text_of
from rncp_ld.rdf.vocabulary import CONCEPT, NOTATION, PREFIXES, RDF_TYPE, RDFS_LABEL

Ledger: TypeAlias = Mapping[str, str]
"""Entries by IRI: their lines, sorted."""

Stones: TypeAlias = Mapping[str, list[Triple]]
"""What is said of what was withdrawn, by IRI."""

DIGEST = "<http://spdx.org/rdf/terms#checksumValue>"
SINCE = f"<{PREFIXES['dcterms']}modified>"
"""What a resource's pages say, as a hash, and since which export they say it; in the ledger only."""

_NOMENCLATURES = frozenset(scheme.value for scheme in CodeScheme)

_IRI = r'<[^\x00-\x20<>"{}|^`\\]+>'
_LINE = re.compile(rf'({_IRI}) {_IRI} (?:{_IRI}|"(?:[^"\\\r\n]|\\["\\nrt])*"(?:@[A-Za-z-]+|\^\^{_IRI})?) \.\n')


def read_ledger(path: Path) -> Ledger:
    """Read a ledger. No file, no entries: the first build has none.

    Raises:
        SourceError: the file is damaged, or the link to it leads nowhere.
    """
    entries: dict[str, list[str]] = {}
    if not path.exists():
        if path.is_symlink():
            raise SourceError(str(path), "registre des publications introuvable : le lien ne mène plus à un fichier")
        return {}
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, text in enumerate(lines, 1):
            match = _LINE.fullmatch(text)
            if match is None:
                expected = "un triplet par ligne attendu ; remettre celui d'une publication précédente"
                raise SourceError(str(path), f"registre des publications endommagé : {expected}", number)
            entries.setdefault(match[1], []).append(text)
    return {subject: "".join(sorted(set(about))) for subject, about in entries.items()}


def triples_of(entry: str) -> list[Triple]:
    """Return the triples of an entry."""
    # Not `splitlines`, to which other characters end a line than to N-Triples.
    return [parse_line(f"{text}\n") for text in entry.split("\n") if text]


def ledger_lines(triples: Iterable[Triple], iris: Iris) -> dict[str, str]:
    """Return the entries of what is published now, without the date: pages of ours, by IRI."""
    rncp = iris.rncp
    kept = {RDF_TYPE, RDFS_LABEL, NOTATION, rncp.code, rncp.replacedBy}
    ours = f"<{iris.base}"
    entries: dict[str, list[str]] = {}
    for triple in triples:
        if triple[1] in kept and triple[0].startswith(ours) and "#" not in triple[0]:
            entries.setdefault(triple[0], []).append(line(triple))
    return {subject: "".join(sorted(set(about))) for subject, about in entries.items()}


def tombstones(old: Ledger, living: Container[str], only_named: Container[str], iris: Iris) -> Stones:
    """Describe what was published and is described no more: `rncp:Withdrawn`, what it was, its successor; by IRI.

    A certification that left the register, but is still named by others, is one of these: its `rncp:UndescribedResource`
    says less than what was known of it. What the ledger has under another base is not of this publication.

    Args:
        old: the ledger.
        living: pages that are published now.
        only_named: those of them that no source describes.
        iris: of this build.
    """
    rncp = iris.rncp
    ours = f"<{iris.base}"
    gone: dict[str, list[Triple]] = {}
    unsaid = {NOTATION, DIGEST, SINCE}
    for subject, entry in sorted(old.items()):
        if not subject.startswith(ours) or (subject in living and subject not in only_named):
            continue
        about = triples_of(entry)
        if subject in living and _is_only_named(about, iris):
            continue
        gone[subject] = [
            (subject, RDF_TYPE, rncp.Withdrawn),
            *((subject, rncp.formerType if p == RDF_TYPE else p, value) for _, p, value in about if p not in unsaid),
        ]
    return gone


def inverse_successions(gone: Stones, living: Container[str]) -> list[Triple]:
    """Say of a living certification that it replaces what was withdrawn, which alone may have said so."""
    return [
        (value, p.replace("#replacedBy>", "#replaces>"), subject)
        for subject, about in gone.items()
        for _, p, value in about
        if p.endswith("#replacedBy>") and value in living and value not in gone
    ]


def former_concepts(ledger: Ledger, iris: Iris) -> list[Concept]:
    """Return the concepts of nomenclatures that were published: a code that no fiche uses any more exists all the same."""
    found: list[Concept] = []
    kinds = tuple(f"<{iris.base}{kind}/" for kind in sorted(_NOMENCLATURES))
    for subject in sorted(subject for subject in ledger if subject.startswith(kinds)):
        said = {p: value for _, p, value in triples_of(ledger[subject])}
        kind, _, name = subject[1:-1].removeprefix(iris.base).partition("/")
        if said.get(RDF_TYPE) != CONCEPT or NOTATION not in said:
            continue
        scheme, code = CodeScheme(kind), text_of(said[NOTATION])
        is_idcc = name.startswith("idcc-")
        label = text_of(said[RDFS_LABEL]) if RDFS_LABEL in said else code
        if concept_iri(scheme, code, iris, is_idcc=is_idcc) == subject:
            found.append(Concept(scheme, code, label if label != code else None, is_idcc=is_idcc))
    return found


def _is_only_named(about: Iterable[Triple], iris: Iris) -> bool:
    return {value for _, p, value in about if p == RDF_TYPE} == {iris.rncp.UndescribedResource}


def since_of(entry: str) -> Since | None:
    """Return what an entry knows of what its pages say."""
    digest, export = _value(entry, DIGEST), _value(entry, SINCE)
    return Since(text_of(digest), text_of(export)) if digest and export else None


def _value(entry: str, predicate: str) -> str:
    """Return the value of a property that an entry has once at most, "" where it has none; it holds no blank."""
    at = entry.find(f" {predicate} ")
    return entry[at:].split(" ", 3)[2] if at >= 0 else ""


def next_ledger(
    old: Ledger, now: Ledger, since: Mapping[str, Since], gone: Container[str], *, export: date | None, iris: Iris
) -> Ledger:
    """Return the ledger after this build: what is published now, and what once was, as it was last.

    A date is never lost: sources without a date (a text fiche) keep that of the newest export before.

    Args:
        old: the ledger before.
        now: entries of what is published, without dates.
        since: by page that was written, what it says and since when; others say what they said.
        gone: what was withdrawn.
        export: date of the newest export.
        iris: of this build.
    """
    merged = dict(old)
    rncp = iris.rncp
    today = day(export) if export else ""
    for subject, entry in now.items():
        before = old.get(subject, "")
        known = since.get(subject) or since_of(before)
        if subject in gone:
            # What it was stays; of its tombstone only what that says and since when.
            kept = [text for text in before.split("\n") if text and f" {DIGEST} " not in text]
            lines = [f"{text}\n" for text in kept if f" {SINCE} " not in text]
        else:
            newest = max(today, _value(before, rncp.lastSeen))
            lines = [f"{text}\n" for text in entry.split("\n") if text]
            lines += [f"{subject} {rncp.lastSeen} {newest} .\n"] if newest else []
        if known:
            lines.append(f"{subject} {DIGEST} {string(known.digest)} .\n")
            lines.append(f"{subject} {SINCE} {day(date.fromisoformat(known.export))} .\n")
        merged[subject] = "".join(sorted(lines))
    return merged


def write_ledger(path: Path, entries: Ledger) -> None:
    """Write a ledger, sorted."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(entries[subject] for subject in sorted(entries))
