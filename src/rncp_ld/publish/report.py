"""The report of a run: counts, share read, diagnostics, stage times. The one place for clocks and line numbers."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from rncp_ld.diagnostics import CODES, Diagnostic, Severity, ShapeResult, render_json, render_line
from rncp_ld.model.reading import ShareRead, SourceDocument
from rncp_ld.model.slug import hash8
from rncp_ld.rdf.iris import Iris, web_iri
from rncp_ld.rdf.serialise import to_turtle
from rncp_ld.rdf.terms import Triple, boolean, french, iri, string
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE, RDFS_LABEL

_SEVERITY = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning", Severity.INFO: "Info"}
_WORDS = {Severity.VIOLATION: "bloquant", Severity.WARNING: "à corriger", Severity.INFO: "à savoir"}


@dataclass(slots=True)
class Report:
    """What one run did.

    Attributes:
        documents: what was read.
        fiches: number fit to publish.
        rejected: numbers that the check kept out.
        displaced: (document, number) of each record that another source's displaced.
        unusable: fiches without a usable number or title, which never came to the check.
        share: share read, over all fiches, and by fiche number.
        counts: triples, resources, pages, by name.
        seconds: wall time by stage.
        errors: messages of sources that could not be read (with `--keep-going`).
    """

    documents: tuple[SourceDocument, ...] = ()
    fiches: int = 0
    rejected: tuple[str, ...] = ()
    displaced: frozenset[tuple[str, str]] = frozenset()
    unusable: int = 0
    share: ShareRead = field(default_factory=ShareRead)
    shares: dict[str, ShareRead] = field(default_factory=dict)
    unread: list[tuple[str, str, int, str]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def has_violations(self) -> bool:
        """Tell whether a fiche was kept out."""
        return any(d.severity is Severity.VIOLATION for d in self.diagnostics)

    def about_what_is_published(self) -> Iterator[Diagnostic]:
        """Yield the diagnostics but those of records that another source's displaced; that one was is said."""
        for d in self.diagnostics:
            if (d.file, d.fiche) not in self.displaced or d.code == "SOURCE-ECARTEE":
                yield d

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the wall time of what is done meanwhile to a stage."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start

    def by_code(self) -> dict[str, int]:
        """Count the diagnostics by code."""
        return dict(sorted(Counter(d.code for d in self.diagnostics).items()))


def render_summary(report: Report) -> str:
    """Write the summary that ends a run, in a few lines."""
    kept_out = len(report.rejected) + report.unusable
    documents = _count(len(report.documents), "document")
    lines = [
        f"{_count(report.fiches, 'fiche')} fit to publish, {kept_out} kept out, from {documents}",
        f"share read: {report.share.ratio:.2%} of {report.share.total:,} characters",
    ]
    if report.counts:
        lines.append(", ".join(f"{number:,} {name}" for name, number in report.counts.items()))
    by_severity = Counter(d.severity for d in report.diagnostics)
    lines.append("diagnostics: " + ", ".join(f"{by_severity[s]} {s.value}" for s in Severity))
    lines += [f"  {number:6,}  {code}  {CODES[code][1]}" for code, number in report.by_code().items()]
    if report.seconds:
        lines.append("seconds: " + ", ".join(f"{name} {value:.2f}" for name, value in report.seconds.items()))
    return "\n".join(lines)


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Rows:
    """Diagnostics as they stand in a report: as JSON objects, and as rows of a table."""

    json: str
    html: str


def write_found(diagnostics: Sequence[Diagnostic], folder: Path, iris: Iris) -> Rows:
    """Write `report.ttl`, and return what the other two reports say of the diagnostics: most of their writing, done early."""
    (folder / "report.ttl").write_text(render_turtle(diagnostics, iris), encoding="utf-8")
    return Rows(",\n".join(f"  {render_json(d)}" for d in diagnostics), "\n".join(map(_row, diagnostics)))


def write_report(report: Report, folder: Path, rows: Rows) -> None:
    """Write `report.json` and `report.html`."""
    (folder / "report.json").write_text(_json(report, rows.json), encoding="utf-8")
    (folder / "report.html").write_text(_html(report, rows.html), encoding="utf-8")


def _json(report: Report, rows: str) -> str:
    content = {
        "documents": [
            {
                "name": d.name,
                "series": d.series.value,
                "date": d.date.isoformat() if d.date else None,
                "version": d.version,
                "sha256": d.sha256,
            }
            for d in report.documents
        ],
        "fiches": report.fiches,
        "rejected": list(report.rejected),
        "unusable": report.unusable,
        "share_read": _share(report.share),
        "share_read_by_fiche": {number: _share(share) for number, share in sorted(report.shares.items())},
        "unread": [{"file": f, "fiche": n, "line": at or None, "text": text} for f, n, at, text in report.unread],
        "counts": report.counts,
        "diagnostics_by_code": report.by_code(),
        "seconds": {name: round(value, 3) for name, value in report.seconds.items()},
        "errors": report.errors,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}")
    found = f"[\n{rows}\n ]" if rows else "[]"
    return f'{text},\n "diagnostics": {found}\n}}\n'


def _share(share: ShareRead) -> dict[str, float | int]:
    return {"read": share.read, "total": share.total, "ratio": round(share.ratio, 6)}


def map_diagnostics(diagnostics: Iterable[Diagnostic], iris: Iris) -> Iterator[Triple]:
    """Map diagnostics to a `sh:ValidationReport` (https://www.w3.org/TR/shacl/#validation-report), without blank nodes.

    What the check found names its shape and constraint. What a reader or the link stage found is the result of a constraint
    component of its own, `#{code}` of this document; its focus node is the certification, or where no fiche has a number, the report.

    Args:
        diagnostics: in the order of the report.
        iris: of this build.
    """
    report = iris.path("quality/report")
    codes: dict[str, str] = {}
    conforms = True
    yield report, RDF_TYPE, _sh("ValidationReport")
    for diagnostic in diagnostics:
        conforms = False
        check = diagnostic.result
        key = f"{render_line(diagnostic)} {check}" if check else render_line(diagnostic)
        me = iris.path(f"quality/report#{diagnostic.code}-{hash8(key)}")
        yield report, _sh("result"), me
        yield me, RDF_TYPE, _sh("ValidationResult")
        yield me, _sh("resultSeverity"), _sh(_SEVERITY[diagnostic.severity])
        yield me, _sh("resultMessage"), french(diagnostic.full_message)
        yield me, f"<{PREFIXES['dcterms']}identifier>", string(diagnostic.code)
        if check:
            yield from _map_check(check, me)
        else:
            codes[diagnostic.code] = iris.path(f"quality/report#{diagnostic.code}")
            yield me, _sh("focusNode"), iris.certification(diagnostic.fiche) if diagnostic.fiche else report
            yield me, _sh("sourceConstraintComponent"), codes[diagnostic.code]
            if diagnostic.excerpt:
                yield me, _sh("value"), string(diagnostic.excerpt)
        if diagnostic.path:
            yield me, f"<{PREFIXES['rdfs']}comment>", string(diagnostic.path)  # `rncp:sourcePath` is of mentions only
        if diagnostic.file:
            place = diagnostic.file if diagnostic.line is None else f"{diagnostic.file}:{diagnostic.line}"
            yield me, f"<{PREFIXES['dcterms']}source>", string(place)
    for code, component in sorted(codes.items()):
        yield component, RDF_TYPE, _sh("ConstraintComponent")
        yield component, RDFS_LABEL, french(CODES[code][1])
    # A report conforms only where it has no result at all, whatever their severity.
    yield report, _sh("conforms"), boolean(conforms)


def _map_check(check: ShapeResult, me: str) -> Iterator[Triple]:
    yield me, _sh("focusNode"), iri(check.focus)
    yield me, _sh("sourceShape"), iri(check.shape)
    yield me, _sh("sourceConstraintComponent"), iri(check.constraint)
    if check.path:
        yield me, _sh("resultPath"), iri(check.path)
    if check.value:
        yield (
            me,
            _sh("value"),
            (web_iri(check.value) if check.value.startswith("http") else None) or string(check.value),
        )


def _sh(name: str) -> str:
    return f"<{PREFIXES['sh']}{name}>"


def render_turtle(diagnostics: Sequence[Diagnostic], iris: Iris) -> str:
    """Write diagnostics as Turtle."""
    return to_turtle(map_diagnostics(diagnostics, iris), iris.namespace, iris.path("quality/report"))


def _row(d: Diagnostic) -> str:
    return (
        f"<tr><td>{_WORDS[d.severity]}</td><td><code>{escape(d.code)}</code></td><td>{escape(d.fiche or '')}</td>"
        f"<td>{escape(d.path or '')}</td><td>{escape(d.full_message)}</td><td>{escape(d.excerpt or '')}</td>"
        f"<td>{escape(_place(d))}</td></tr>"
    )


def _html(report: Report, rows: str) -> str:
    return f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Compte rendu</title><style>body{{font:16px/1.5 system-ui,sans-serif;margin:2rem}}td{{vertical-align:top;padding:.2rem .6rem}}</style></head>
<body><h1>Compte rendu de la publication</h1><pre>{escape(render_summary(report))}</pre>
<h2>Constats</h2><table><thead><tr><th>Gravité</th><th>Code</th><th>Fiche</th><th>Champ</th><th>Message</th><th>Extrait</th><th>Lieu</th></tr></thead>
<tbody>
{rows}
</tbody></table></body></html>
"""


def _place(diagnostic: Diagnostic) -> str:
    if diagnostic.file is None:
        return ""
    return diagnostic.file if diagnostic.line is None else f"{diagnostic.file}:{diagnostic.line}"


def without_places(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics as they are published: sorted, each once, without file and line, which would churn."""
    bare = {replace(d, file=None, line=None, see=None) for d in diagnostics}
    return tuple(sorted(bare, key=Diagnostic.sort_key))


def group_by_fiche(diagnostics: Iterable[Diagnostic]) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Group by fiche number, for the pages."""
    found: dict[str, list[Diagnostic]] = {}
    for d in diagnostics:
        if d.fiche:
            found.setdefault(d.fiche, []).append(d)
    return {number: tuple(ds) for number, ds in sorted(found.items())}


def write_quality_report(diagnostics: Sequence[Diagnostic], site: Path, iris: Iris) -> None:
    """Write `quality/report.ttl`: what was found, as it is published (see `without_places`)."""
    folder = site / "quality"
    folder.mkdir(exist_ok=True)
    (folder / "report.ttl").write_text(render_turtle(diagnostics, iris), encoding="utf-8", newline="\n")
