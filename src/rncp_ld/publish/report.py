"""The report of a run: counts, share read, diagnostics, stage times. The one place for clocks and line numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from rncp_ld.diagnostics import CODES, Diagnostic, Severity, render_json, render_line
from rncp_ld.model.reading import ShareRead, SourceDocument
from rncp_ld.model.slug import hash8
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import to_turtle
from rncp_ld.rdf.terms import Triple, boolean, french, string
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE

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


def write_report(report: Report, folder: Path, iris: Iris) -> None:
    """Write `report.json`, `report.ttl` and `report.html`."""
    (folder / "report.json").write_text(_json(report), encoding="utf-8")
    (folder / "report.ttl").write_text(render_turtle(report.diagnostics, iris), encoding="utf-8")
    (folder / "report.html").write_text(_html(report), encoding="utf-8")


def _json(report: Report) -> str:
    content = {
        "documents": [
            {
                "name": d.name,
                "series": d.series.value,
                "date": d.date.isoformat() if d.date else None,
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
        "diagnostics": [json.loads(render_json(d)) for d in report.diagnostics],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _share(share: ShareRead) -> dict[str, float | int]:
    return {"read": share.read, "total": share.total, "ratio": round(share.ratio, 6)}


def map_diagnostics(diagnostics: Iterable[Diagnostic], iris: Iris) -> Iterator[Triple]:
    """Map diagnostics to a `sh:ValidationReport` (https://www.w3.org/TR/shacl/#validation-report), without blank nodes.

    Args:
        diagnostics: in the order of the report.
        iris: of this build.
    """
    sh = PREFIXES["sh"]
    report = iris.path("quality/report")
    conforms = True
    yield report, RDF_TYPE, f"<{sh}ValidationReport>"
    for diagnostic in diagnostics:
        conforms = conforms and diagnostic.severity is not Severity.VIOLATION
        me = iris.path(f"quality/report#{diagnostic.code}-{hash8(render_line(diagnostic))}")
        yield report, f"<{sh}result>", me
        yield me, RDF_TYPE, f"<{sh}ValidationResult>"
        yield me, f"<{sh}resultSeverity>", f"<{sh}{_SEVERITY[diagnostic.severity]}>"
        yield me, f"<{sh}resultMessage>", french(diagnostic.full_message)
        yield me, f"<{PREFIXES['dcterms']}identifier>", string(diagnostic.code)
        if diagnostic.fiche:
            yield me, f"<{sh}focusNode>", iris.certification(diagnostic.fiche)
        if diagnostic.path:
            yield me, iris.rncp.sourcePath, string(diagnostic.path)
        if diagnostic.excerpt:
            yield me, iris.rncp.verbatim, french(diagnostic.excerpt)
        if diagnostic.file:
            place = diagnostic.file if diagnostic.line is None else f"{diagnostic.file}:{diagnostic.line}"
            yield me, f"<{PREFIXES['dcterms']}source>", string(place)
    yield report, f"<{sh}conforms>", boolean(conforms)


def render_turtle(diagnostics: Sequence[Diagnostic], iris: Iris) -> str:
    """Write diagnostics as Turtle."""
    return to_turtle(map_diagnostics(diagnostics, iris), iris.namespace, iris.path("quality/report"))


def _html(report: Report) -> str:
    rows = "\n".join(
        f"<tr><td>{_WORDS[d.severity]}</td><td><code>{escape(d.code)}</code></td><td>{escape(d.fiche or '')}</td>"
        f"<td>{escape(d.path or '')}</td><td>{escape(d.full_message)}</td><td>{escape(d.excerpt or '')}</td>"
        f"<td>{escape(_place(d))}</td></tr>"
        for d in report.diagnostics
    )
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
