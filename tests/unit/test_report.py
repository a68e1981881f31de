"""The report of a run, and what of it is published: nothing that churns, nothing of the publisher's own disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SH, Graph, Literal, URIRef

from rncp_ld.diagnostics import Diagnostic, Severity, ShapeResult
from rncp_ld.model.reading import ShareRead
from rncp_ld.publish.report import (
    Report,
    group_by_fiche,
    map_diagnostics,
    render_summary,
    render_turtle,
    without_places,
    write_found,
    write_report,
)
from rncp_ld.rdf.iris import Iris

IRIS = Iris()
B = IRIS.base
DATE = Diagnostic.of(
    "DATE-INVALIDE",
    "Attendu : JJ/MM/AAAA.",
    file="a/b.xml",
    line=7,
    fiche="RNCP1",
    path="DATE_EFFET",
    excerpt="31/02/2020",
)
NUMBER = Diagnostic.of("NUMERO-INVALIDE", file="a/b.xml", line=9, excerpt='<b>"../../x"</b>')


@pytest.fixture
def report() -> Report:
    return Report(
        fiches=1, rejected=("RNCP2",), unusable=1, share=ShareRead(98, 100), shares={"RNCP1": ShareRead(98, 100)},
        unread=[("a/b.xml", "RNCP1", 12, "reste"), ("a/b.xml", "RNCP1", 0, "fin")], diagnostics=[DATE, NUMBER],
        counts={"triples": 12345}, seconds={"read and map": 1.23456}, errors=["c.xml: fichier vide"],
    )  # fmt: skip


def test_the_summary(report: Report) -> None:
    assert render_summary(report).splitlines() == [
        "1 fiche fit to publish, 2 kept out, from 0 documents",
        "share read: 98.00% of 100 characters",
        "12,345 triples",
        "diagnostics: 1 violation, 1 warning, 0 info",
        "       1  DATE-INVALIDE  Date impossible ou illisible ; elle n'est pas publiée.",
        "       1  NUMERO-INVALIDE  Numéro de fiche absent ou qui ne suit pas le motif RNCPn ou RSn ; la fiche n'est pas publiée.",
        "seconds: read and map 1.23",
    ]


def test_the_report_as_json(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path, write_found(report.diagnostics, tmp_path, IRIS))
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (told["fiches"], told["rejected"], told["unusable"], told["errors"]) == (
        1,
        ["RNCP2"],
        1,
        ["c.xml: fichier vide"],
    )
    assert told["share_read_by_fiche"] == {"RNCP1": {"read": 98, "total": 100, "ratio": 0.98}}
    assert told["unread"][0] == {"file": "a/b.xml", "fiche": "RNCP1", "line": 12, "text": "reste"}
    assert told["unread"][1]["line"] is None
    assert told["diagnostics"][0] == {
        "code": "DATE-INVALIDE", "severity": "warning", "file": "a/b.xml", "line": 7, "fiche": "RNCP1", "path": "DATE_EFFET",
        "message": "Date impossible ou illisible ; elle n'est pas publiée. Attendu : JJ/MM/AAAA.", "excerpt": "31/02/2020",
    }  # fmt: skip


def test_the_report_as_html_escapes_what_fiches_say(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path, write_found(report.diagnostics, tmp_path, IRIS))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;&quot;../../x&quot;&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "a/b.xml:7" in page


def test_the_report_as_turtle_is_a_validation_report(report: Report) -> None:
    graph = Graph().parse(data=render_turtle(report.diagnostics, IRIS), format="turtle")
    me = URIRef(f"{B}quality/report")
    assert (me, RDF.type, SH.ValidationReport) in graph
    assert graph.value(me, SH.conforms) == Literal(False)
    codes = {str(graph.value(result, DCTERMS.identifier)): result for result in graph.objects(me, SH.result)}
    assert codes.keys() == {"DATE-INVALIDE", "NUMERO-INVALIDE"}
    about = codes["DATE-INVALIDE"]
    assert graph.value(about, SH.resultSeverity) == SH.Warning
    assert graph.value(about, SH.focusNode) == URIRef(f"{B}certification/RNCP1")
    assert graph.value(about, DCTERMS.source) == Literal("a/b.xml:7")
    assert graph.value(codes["NUMERO-INVALIDE"], SH.focusNode) == me


def test_every_result_has_what_the_standard_asks_of_it(real_build: Path) -> None:
    """https://www.w3.org/TR/shacl/#results-validation-result: exactly one focus node, severity and component."""
    graph = Graph().parse(real_build / "site" / "quality" / "report.ttl")
    results = set(graph.subjects(RDF.type, SH.ValidationResult))
    assert results == set(graph.objects(URIRef(f"{B}quality/report"), SH.result))
    for result in results:
        for name in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(set(graph.objects(result, name))) == 1, (result, name)
    components = set(graph.objects(None, SH.sourceConstraintComponent))
    ours = {one for one in components if str(one).startswith(B)}
    assert ours == set(graph.subjects(RDF.type, SH.ConstraintComponent))


def test_what_the_check_found_names_its_shape() -> None:
    result = ShapeResult(f"{B}certification/RNCP1#acces-VAE", f"{B}shapes#AccessCondition-isOpen", str(SH.DatatypeConstraintComponent), f"{B}def#isOpen", "Oui")  # fmt: skip
    found = Diagnostic("SHACL", Severity.WARNING, "Vrai ou faux.", fiche="RNCP1", result=result)
    graph = Graph().parse(data=render_turtle([found], IRIS), format="turtle")
    (me,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert {p: str(graph.value(me, p)) for p in (SH.focusNode, SH.sourceShape, SH.resultPath, SH.value)} == {
        SH.focusNode: result.focus,
        SH.sourceShape: result.shape,
        SH.resultPath: result.path,
        SH.value: "Oui",
    }


@pytest.mark.parametrize(("found", "conforms"), [([], '"true"'), ([DATE], '"false"')])
def test_a_report_conforms_only_without_any_result(found: list[Diagnostic], conforms: str) -> None:
    said = {p: o for s, p, o in map_diagnostics(found, IRIS) if s == f"<{B}quality/report>"}
    assert said[f"<{SH.conforms}>"].startswith(conforms)


def test_what_is_published_says_neither_file_nor_line() -> None:
    twice = Diagnostic.of(
        "DATE-INVALIDE",
        "Attendu : JJ/MM/AAAA.",
        file="c.xml",
        line=70,
        fiche="RNCP1",
        path="DATE_EFFET",
        excerpt="31/02/2020",
        see="x.xml:1",
    )
    bare = without_places([NUMBER, twice, DATE])
    assert [d.code for d in bare] == ["NUMERO-INVALIDE", "DATE-INVALIDE"]
    assert {(d.file, d.line, d.see) for d in bare} == {(None, None, None)}
    assert without_places([DATE, NUMBER, twice]) == bare
    assert group_by_fiche(bare) == {"RNCP1": (bare[1],)}


def test_the_published_report_has_the_same_bytes_whatever_the_lines(real_build: Path) -> None:
    text = (real_build / "site" / "quality" / "report.ttl").read_text(encoding="utf-8")
    assert "sh:ValidationReport" in text
    assert ".xml" not in text
    assert "dcterms:source" not in text


def test_severities_are_those_of_shacl() -> None:
    assert {s.value for s in Severity} == {"violation", "warning", "info"}


def test_the_report_of_a_real_build(real_build: Path) -> None:
    told = json.loads((real_build / "report.json").read_text(encoding="utf-8"))
    assert (told["fiches"], told["rejected"], told["unusable"], len(told["documents"])) == (16, [], 0, 3)
    assert told["share_read"]["ratio"] >= 0.99
    assert set(told["share_read_by_fiche"]) >= {"RNCP2383", "RNCP37873", "RS5000"}
    assert min(share["ratio"] for share in told["share_read_by_fiche"].values()) >= 0.99
    assert set(told["seconds"]) == {"read and map", "link and check", "store", "dumps", "pages", "ledger"}
    assert not [d for d in told["diagnostics"] if d["severity"] == "violation"]
