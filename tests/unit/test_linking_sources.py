"""One fiche, several sources: one record describes it whole; what only the others say, or say differently, is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rncp_ld.diagnostics import render_json, render_line
from rncp_ld.linking.choosing import Choice, Record, choose, said_by
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Coded, Fiche, Texts
from rncp_ld.model.reading import SourceDocument
from rncp_ld.pipeline import Options, build, check
from rncp_ld.publish.report import Report
from rncp_ld.store.store import GraphStore
from tests.exports import fiche as fiche_xml
from tests.exports import write_export
from tests.registers import NEW, OLD, XML, fiche


def document(name: str, day: date | None, series: SourceSeries = XML, sha256: str = "00") -> SourceDocument:
    return SourceDocument(name, series, day, sha256)


def heard(*records: tuple[SourceDocument, Fiche]) -> Choice:
    """Choose among records, each of which starts at line 4 of its document, or of its part of it."""
    several: dict[str, list[Record]] = {}
    said = {}
    for at, (about, record) in enumerate(records):
        heard_now = Record((about.name, at), 4)
        several.setdefault(record.number, []).append(heard_now)
        said[heard_now.place] = said_by(record)
    return choose(several, [about for about, _ in records], said)


TEXT = SourceSeries.TEXT


@pytest.mark.parametrize(
    ("kept", "dropped"),
    [
        (document("b.xml", NEW), document("a.xml", OLD)),
        (document("a.xml", NEW), document("b.txt", NEW, TEXT)),
        (document("b.txt", NEW, TEXT), document("a.xml", OLD)),  # the newest first, then the series
        (document("b.txt", NEW, TEXT), document("a.csv", NEW, SourceSeries.CSV)),
        (document("b.xml", OLD), document("a.txt", None, TEXT)),  # a text fiche has no date
        (document("b.xml", NEW, sha256="01"), document("a.xml", NEW, sha256="02")),
        (document("a.xml", NEW), document("b.xml", NEW)),  # the same bytes under two names
    ],
)
def test_which_source_is_kept(kept: SourceDocument, dropped: SourceDocument) -> None:
    for order in ((kept, dropped), (dropped, kept)):
        choice = heard(*((one, fiche()) for one in order))
        assert choice.displaced == {(dropped.name, "RNCP1")}
        assert choice.kept == {"RNCP1": (kept.name, order.index(kept))}


def test_what_differs_is_named_as_in_the_ontology() -> None:
    kept = fiche(texts=Texts(job_summary="Le médiateur.", sectors="Associations."), is_active=False)
    other = fiche(texts=Texts(job_summary="La médiatrice."), is_active=True, level_1969="IV", nsf=(Coded("332"),))
    choice = heard((document("neuf.xml", NEW), kept), (document("vieux.xml", OLD), other))
    (said,) = choice.diagnostics
    assert (said.code, said.fiche, said.file, said.line) == ("SOURCE-ECARTEE", "RNCP1", "vieux.xml", 4)
    assert "Champs que seule celle-ci donne : level1969, nsf." in said.message
    assert "Champs qui diffèrent : isActive, jobSummary." in said.message
    assert "neuf.xml" not in said.message  # published too, and does not churn
    assert "(voir neuf.xml:4)" in render_line(said)
    assert "(voir neuf.xml:4)" in render_json(said)


def test_a_source_that_says_the_same_is_reported_without_fields() -> None:
    choice = heard((document("a.xml", NEW), fiche()), (document("b.xml", OLD), fiche()))
    assert "Champs" not in choice.diagnostics[0].message


def test_the_same_number_twice_in_one_document() -> None:
    one = document("a.xml", NEW)
    choice = heard((one, fiche()), (one, fiche(title="Autre")))
    assert choice.displaced == set()
    assert choice.kept == {"RNCP1": ("a.xml", 0)}  # the first one counts
    (said,) = choice.diagnostics
    assert (said.code, said.message.rpartition(" Champs")[2]) == ("FICHE-EN-DOUBLE", " qui diffèrent : title.")


def test_the_winner_does_not_depend_on_the_order_of_three() -> None:
    sources = [document("a.xml", OLD), document("b.xml", NEW), document("c.txt", None, TEXT)]
    for order in (sources, sources[::-1], [sources[1], sources[2], sources[0]]):
        choice = heard(*((one, replace(fiche(), title=one.name)) for one in order))
        assert choice.displaced == {("a.xml", "RNCP1"), ("c.txt", "RNCP1")}


@pytest.fixture(scope="module")
def two_dates(tmp_path_factory: pytest.TempPathFactory, project: Path) -> tuple[Report, Path]:
    """RNCP2383 in the seed and in two exports; RNCP5 in the older one only."""
    folder = tmp_path_factory.mktemp("sources")
    before = write_export(
        folder,
        fiche_xml("RNCP2383", "Technicien", CODES_ROME={"ROME": [{"CODE": "K1205", "LIBELLE": "Info"}]}),
        fiche_xml("RNCP5"),
        day="2024-02-22",
    )
    after = write_export(folder, fiche_xml("RNCP2383", "Technicien médiation services", ACTIF="Non"), day="2026-08-16")
    out = folder / "build"
    return build([str(project / "data" / "fiches"), str(before), str(after)], out, Options()), out


def test_the_newest_export_describes_the_fiche_whole(two_dates: tuple[Report, Path]) -> None:
    report, out = two_dates
    store = GraphStore.open(out / "store")
    me = "<https://w3id.org/rncp/certification/RNCP2383>"
    about = store.about(me)
    titles = [o for _, p, o in about if p == "<http://purl.org/dc/terms/title>"]
    assert titles == ['"Technicien médiation services"@fr']
    assert not [
        t for t in about if t[1].endswith(("#rome>", "#nsf>", "#level1969>"))
    ]  # of the others nothing is mixed in
    assert {o for _, p, o in store.describe(me) if p.endswith("wasDerivedFrom>")} == {
        "<https://w3id.org/rncp/source/xml-v4-1>"
    }
    assert report.fiches == 2
    assert sorted(d.file.rpartition("/")[2] for d in report.diagnostics if d.code == "SOURCE-ECARTEE" and d.file) == [
        "export_fiches_RNCP_V4_1_2024-02-22.xml",
        "rncp2383.txt",
    ]


def test_its_page_does_not_show_what_is_wrong_with_the_others(two_dates: tuple[Report, Path]) -> None:
    report, out = two_dates
    assert "VALEUR-TRONQUEE" in report.by_code()  # of the text fiche, for those who run the command
    page = (out / "site" / "certification" / "RNCP2383.html").read_text(encoding="utf-8")
    assert "Texte coupé dans la source" not in page
    assert "La même fiche figure dans une source plus récente" in page
    assert "2024-02-22" not in page


def test_a_source_given_twice_is_read_once(tmp_path: Path) -> None:
    path = str(write_export(tmp_path, fiche_xml("RNCP1")))
    report = check([path, path], Options())
    assert report.fiches == 1
    assert "FICHE-EN-DOUBLE" not in report.by_code()
