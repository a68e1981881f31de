"""The check: as pySHACL by itself would say it, faster; and never "conforming" where nothing was looked at."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, Graph

from rncp_ld.diagnostics import Severity
from rncp_ld.errors import CheckError
from rncp_ld.pipeline.segments import Segment, SegmentsTask, make_segments
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple, french, line, string
from rncp_ld.resources import DEFAULT_BASE
from rncp_ld.validation.check import check_chunk, check_graph
from rncp_ld.validation.checked import findings_of, rejected_of
from rncp_ld.validation.finding import Finding, diagnostics_of
from rncp_ld.validation.graph import data_graph, parse_term
from rncp_ld.validation.shapes import Shapes, load_shapes, make_shapes
from tests.properties.samples import FULL_FICHE
from tests.shapes.cases import LOCAL, triples_of
from tests.shapes.plain import COMPLETE, as_plain, complete, plain, shapes_triples

CERTIFICATION = f"<{DEFAULT_BASE}certification/RNCP1>"
NAME = "<http://www.w3.org/2000/01/rdf-schema#label>"


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def test_complete_sample_conforms_and_every_shape_looks_at_it(shapes: Shapes) -> None:
    assert check_graph(complete(), shapes) == []
    types = {value for _, predicate, value in complete() if predicate == f"<{RDF.type}>"}
    assert shapes.targets - types == set()


def test_finds_what_pyshacl_finds_with_the_shapes_as_written(shapes: Shapes) -> None:
    triples = [*triples_of(LOCAL), *complete(), *map_fiche(FULL_FICHE, Iris())]
    found = as_plain(check_graph(triples, shapes))
    assert len(found) > len(LOCAL)
    assert found == plain(triples)


def test_data_graph_equals_what_rdflib_parses() -> None:
    texts = ['a"b', "l'été\nfini\\", "\ttab\r", "\\n", "", "😀 \U0001f600"]
    triples = [
        *complete(),
        *((CERTIFICATION, NAME, french(text)) for text in texts),
        (CERTIFICATION, NAME, string("x")),
    ]
    parsed = Graph().parse(data="".join(line(t) for t in triples), format="nt")
    ours = data_graph([*triples, *triples])
    assert set(ours) == set(parsed)
    assert len(ours) == len(parsed)
    for s, p, o in parsed:
        assert (s, p, o) in ours
        assert set(ours.subjects(p, o)) == set(parsed.subjects(p, o))
        assert set(ours.objects(s, p)) == set(parsed.objects(s, p))
        assert set(ours.predicates(s, o)) == set(parsed.predicates(s, o))
        assert set(ours.subject_objects(p)) == set(parsed.subject_objects(p))


@pytest.mark.parametrize(
    "text", ['"\\u00e9"', '"\\U0001F600"', '"a"@fr-FR', '"1"^^<http://www.w3.org/2001/XMLSchema#byte>']
)
def test_terms_as_rdflib_reads_them(text: str) -> None:
    (_, _, expected), *_ = Graph().parse(data=f"<a:s> <a:p> {text} .", format="nt")
    assert parse_term(text) == expected


@pytest.mark.parametrize("text", ["", "_:b", "plain", '"open', 'open"', '"a"@', '"a"^^<x', '"'])
def test_no_term(text: str) -> None:
    with pytest.raises(ValueError, match="not an IRI or literal"):
        parse_term(text)


def test_findings_do_not_depend_on_order_or_chunks(shapes: Shapes) -> None:
    shuffled = triples_of(LOCAL)
    random.Random(1).shuffle(shuffled)
    whole = check_graph(shuffled, shapes)
    half = len(LOCAL) // 2
    outcomes = [check_chunk(triples_of(part), shapes) for part in (LOCAL[half:], LOCAL[:half])]
    assert findings_of(outcomes) == tuple(whole)


def test_another_base() -> None:
    base = "https://example.org/data/rncp/"
    shapes = load_shapes(base)
    triples = parse_turtle(COMPLETE.read_text(encoding="utf-8").replace(DEFAULT_BASE, base))
    assert check_graph(triples, shapes) == []
    wrong = [t for t in triples if t[1] != "<http://purl.org/dc/terms/title>"]
    finding = next(f for f in check_graph(wrong, shapes) if f.shape.endswith("#Certification-title"))
    assert finding.shape.startswith(base)
    assert finding.fiche == "RNCP1"


def test_nothing_to_look_at_is_an_error(shapes: Shapes) -> None:
    """Data in another namespace conforms to anything (notes/vocabularies.md tells of ELM)."""
    elsewhere = [(s, p, value.replace("def#", "def/")) for s, p, value in complete() if "def#" in value]
    for triples in (elsewhere, []):
        with pytest.raises(CheckError, match="no shape finds anything"):
            check_graph(triples, shapes)
    with pytest.raises(CheckError, match="no shape finds anything"):
        findings_of([check_chunk([], shapes)])
    with pytest.raises(CheckError, match="no shape finds anything"):
        findings_of([])


def test_empty_shapes_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CheckError, match="empty"):
        make_shapes([], DEFAULT_BASE, frozenset())
    monkeypatch.setattr("rncp_ld.validation.shapes.files", lambda *_: [])
    with pytest.raises(CheckError, match="empty"):
        load_shapes()


def test_an_ontology_without_terms_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rncp_ld.validation.closure.files", lambda *_: [])
    with pytest.raises(CheckError, match="declares no term"):
        load_shapes()


SHAPE = f"<{DEFAULT_BASE}shapes#Certification-code>"
PREFIX = "<http://www.w3.org/ns/shacl#"


@pytest.mark.parametrize(
    ("extra", "without", "message"),
    [
        ((SHAPE, f"{PREFIX}path>", NAME), "", "path"),
        (None, f"{PREFIX}path>", "no property shape"),
        ((SHAPE, f"{PREFIX}maxCount>", '"one"'), f"{PREFIX}maxCount>", "maxCount"),
        ((f"<{DEFAULT_BASE}shapes#Closure-query>", f"{PREFIX}select>", '"SELECT $this WHERE {"'), "", "cannot be read"),
    ],
    ids=["two paths", "no path", "maxCount of a word", "unreadable query"],
)
def test_broken_shapes_are_an_error_and_no_finding(extra: Triple | None, without: str, message: str) -> None:
    triples = [t for t in shapes_triples() if not (t[0] == SHAPE and t[1] == without)] + ([extra] if extra else [])
    with pytest.raises(CheckError, match=message):
        check_graph(complete(), make_shapes(triples, DEFAULT_BASE, frozenset()))


def test_a_violation_keeps_its_fiche_out(shapes: Shapes) -> None:
    outcome = check_chunk([t for t in complete() if t[1] != "<http://purl.org/dc/terms/title>"], shapes)
    assert rejected_of([outcome]) == frozenset({"RNCP1"})
    assert rejected_of([check_chunk(complete(), shapes)]) == frozenset()


def test_nothing_is_made_to_be_published_without_the_check(tmp_path: Path) -> None:
    """What is published of a segment comes out of the function that checks it, beside what that found."""
    for folder in ("links", "parts", "edges"):
        (tmp_path / folder).mkdir()
    lines = [line(t) for t in complete() if t[1] != "<http://purl.org/dc/terms/title>"]
    (tmp_path / "links" / "x.nt").write_text("".join(lines), encoding="utf-8")
    (outcome,) = make_segments(
        SegmentsTask((Segment("fiche-RNCP1", links="x.nt", digest="0"),), tmp_path, DEFAULT_BASE, publishes=True)
    )
    assert outcome.published is not None
    assert rejected_of([outcome.checked]) == frozenset({"RNCP1"})


def finding(focus: str, shape: str = "Certification-code", severity: Severity = Severity.VIOLATION) -> Finding:
    return Finding(severity, DEFAULT_BASE + focus, None, None, f"{DEFAULT_BASE}shapes#{shape}", "", "Non.", "No.")


@pytest.mark.parametrize(
    ("focus", "fiche", "path"),
    [
        ("certification/RNCP2383", "RNCP2383", None),
        ("certification/RS5000#acces-VAE", "RS5000", "#acces-VAE"),
        ("bloc/RNCP2383BC01#competence-0a", "RNCP2383", "bloc/RNCP2383BC01#competence-0a"),
        ("bloc/RNCP34160-rncp34160bcrncp34160bc01-0a", "RNCP34160", "bloc/RNCP34160-rncp34160bcrncp34160bc01-0a"),
        ("partenariats/RNCP37873#x-former", "RNCP37873", "partenariats/RNCP37873#x-former"),
        ("organisation/siret-11000007200014", None, "organisation/siret-11000007200014"),
        ("rome/K1205", None, "rome/K1205"),
        ("def", None, "def"),
    ],
)
def test_diagnostic_points_back_at_the_fiche(focus: str, fiche: str | None, path: str | None) -> None:
    diagnostic = diagnostics_of(finding(focus))
    assert (diagnostic.code, diagnostic.fiche, diagnostic.path) == ("SHACL", fiche, path)


def test_what_no_fiche_describes_keeps_no_fiche_out() -> None:
    assert finding("certification/RNCP42005", "UndescribedResource-code").fiche is None


def test_messages_in_both_languages(shapes: Shapes) -> None:
    for one in check_graph(triples_of(LOCAL), shapes):
        assert one.message_fr
        assert one.message_en
        assert one.message_fr != one.message_en


def test_pyshacl_leaves_rdflib_as_it_was(shapes: Shapes) -> None:
    """pySHACL patches rdflib's booleans when it loads shapes by itself; ours are loaded without it."""
    check_graph(complete(), shapes)
    assert rdflib.Literal("1", datatype=rdflib.XSD.boolean).value is True
