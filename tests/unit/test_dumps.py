"""Dumps: sorted N-Triples and Turtle of one graph, one file a kind, checksums, and no IRI of ours without a description."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
import rdflib

from rncp_ld.errors import PublicationError
from rncp_ld.publish.dumps import join_dumps, kind_of, make_parts
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple, line
from rncp_ld.store.graph_files import write_graph
from rncp_ld.store.store import GraphStore

IRIS = Iris()
B = IRIS.base


def text_of(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


@pytest.fixture(scope="module")
def dumps(seed_build: Path) -> Path:
    return seed_build / "site" / "dumps"


def test_ntriples_are_sorted_and_each_comes_once(dumps: Path) -> None:
    lines = text_of(dumps / "rncp.nt.gz").splitlines(keepends=True)
    assert lines == sorted(set(lines), key=str.encode)
    assert all(one.startswith("<") and one.endswith(" .\n") for one in lines)
    assert not [one for one in lines if "_:" in one.partition('"')[0]]


def test_all_dumps_and_the_store_hold_the_same_graph(dumps: Path, seed_build: Path) -> None:
    whole = set(parse_turtle(text_of(dumps / "rncp.ttl.gz")))
    assert len(whole) == text_of(dumps / "rncp.nt.gz").count("\n") == len(GraphStore.open(seed_build / "store"))
    parts = [p for p in dumps.glob("*.ttl.gz") if p.name != "rncp.ttl.gz"]
    by_kind = [parse_turtle(text_of(part)) for part in parts]
    assert sum(map(len, by_kind)) == len(whole)
    assert {triple for part in by_kind for triple in part} == whole
    for path, triples in zip(parts, by_kind, strict=True):
        assert {kind_of(document_of(s), IRIS) for s, _, _ in triples} == {path.name.removesuffix(".ttl.gz")}


def test_another_library_reads_the_same(dumps: Path) -> None:
    ntriples = rdflib.Graph().parse(data=text_of(dumps / "certification.ttl.gz"), format="turtle")
    ours = {one for one in text_of(dumps / "rncp.nt.gz").splitlines() if one.startswith(f"<{B}certification/")}
    assert len(ntriples) == len(ours)


def test_checksums_are_those_of_the_files(dumps: Path) -> None:
    lines = (dumps / "SHA256SUMS").read_text().splitlines()
    names = [one.partition("  ")[2] for one in lines]
    assert names == sorted(path.name for path in dumps.glob("*.gz"))
    for one in lines:
        digest, _, name = one.partition("  ")
        assert hashlib.sha256((dumps / name).read_bytes()).hexdigest() == digest


def test_gzip_holds_neither_a_name_nor_a_time(dumps: Path) -> None:
    for path in dumps.glob("*.gz"):
        head = path.read_bytes()[:10]
        assert head[3] == 0, "FLG: no name, no comment (RFC 1952, 2.3.1)"
        assert head[4:8] == bytes(4), "MTIME"


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        (f"<{B}certification/RNCP1>", "certification"),
        (f"<{B}acte/decret/2016-07-11/2016-954>", "acte"),
        (f"<{B}def>", "autres"),
        (f"<{B}dataset>", "autres"),
        ("<http://publications.europa.eu/resource/authority/country/NCL>", "autres"),
    ],
)
def test_the_kind_of_a_subject(subject: str, kind: str) -> None:
    assert kind_of(subject, IRIS) == kind


def test_the_count_of_a_dump_is_that_of_its_triples(tmp_path: Path) -> None:
    triples: list[Triple] = [
        (f"<{B}nsf/3>", "<a:p>", '"x"'),
        (f"<{B}rome/K>", "<a:p>", '"x"'),
        (f"<{B}rome/K>", "<a:p>", '"y"'),
    ]
    (tmp_path / "parts").mkdir()
    parts = [
        part
        for name, some in (("rome.gz", triples[1:]), ("nsf.gz", triples[:1]))  # segments come in any order
        for part in make_parts([line(one) for one in some], some, tmp_path / "parts" / name, IRIS)
    ]
    assert join_dumps(parts, tmp_path / "parts", tmp_path / "dumps") == {
        "rncp.nt.gz": 3,
        "rncp.ttl.gz": 3,
        "nsf.ttl.gz": 1,
        "rome.ttl.gz": 2,
    }
    assert text_of(tmp_path / "dumps" / "rncp.nt.gz") == "".join(map(line, triples))
    for name, some in (("rncp", triples), ("nsf", triples[:1]), ("rome", triples[1:])):
        assert sorted(parse_turtle(text_of(tmp_path / "dumps" / f"{name}.ttl.gz"))) == some


BROKEN: dict[str, tuple[list[Triple], str]] = {
    "named, not described": (
        [(f"<{B}certification/RNCP1>", "<a:p>", f"<{B}rome/K1205>")],
        f"<{B}rome/K1205> is named by <{B}certification/RNCP1> and nowhere described",
    ),
    "two that fold": (
        [(f"<{B}type/TP>", "<a:p>", '"x"'), (f"<{B}type/tp>", "<a:p>", '"x"')],
        f"<{B}type/TP> and <{B}type/tp> would share a file on a disk that folds case",
    ),
    "a page and a folder": (
        [(f"<{B}acte/decret>", "<a:p>", '"x"'), (f"<{B}acte/decret/1>", "<a:p>", '"x"')],
        f"<{B}acte/decret> would be both a page and the folder of <{B}acte/decret/1>",
    ),
    "a page and a folder by case": (
        [(f"<{B}acte/DECRET>", "<a:p>", '"x"'), (f"<{B}acte/decret/1>", "<a:p>", '"x"')],
        f"<{B}acte/DECRET> would be both a page and the folder of <{B}acte/decret/1>",
    ),
    "a folder two levels up": (
        [(f"<{B}acte>", "<a:p>", '"x"'), (f"<{B}acte/decret/1>", "<a:p>", '"x"')],
        f"<{B}acte> would be both a page and the folder of <{B}acte/decret/1>",
    ),
    "the index of a kind": (
        [(f"<{B}type/Index>", "<a:p>", '"x"')],
        f"<{B}type/Index> would take the place of the index of its kind",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_graph_that_cannot_be_a_site_is_refused(name: str, tmp_path: Path) -> None:
    triples, message = BROKEN[name]
    with pytest.raises(PublicationError) as caught:
        write_graph(tmp_path / "graph.nt", triples, IRIS)
    assert str(caught.value).startswith(message)
    assert not (tmp_path / "graph.nt").exists()


def test_a_fragment_without_a_description_is_found_too(tmp_path: Path) -> None:
    me = f"<{B}certification/RNCP1>"
    with pytest.raises(PublicationError, match="#fiche> is named by"):
        write_graph(tmp_path / "graph.nt", [(me, "<a:p>", f"{me[:-1]}#fiche>")], IRIS)


def test_the_base_itself_is_the_home_page(tmp_path: Path) -> None:
    me = f"<{B}certification/RNCP1>"
    assert write_graph(tmp_path / "graph.nt", [(me, "<a:p>", f"<{B}>")], IRIS)


def test_what_is_no_triple_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_text('<a:s> <a:p> "x" .\n<a:s> <a:p> <http://example.org/%zz> .\n')
    with pytest.raises(PublicationError, match=r"not a triple: .*'%zz'.* in <a:s> <a:p> <http://example.org/%zz> \."):
        GraphStore.build(tmp_path / "store", [[path.read_bytes()]])
