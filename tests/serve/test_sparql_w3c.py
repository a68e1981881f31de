"""The W3C's tests of the SPARQL 1.1 Protocol and of Service Description, against `rncp-ld serve` with the manifest's graphs loaded.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest: 20 tests of queries, and those of updates that must be
refused (a 4xx); the others change data, which this service does not.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conftest import NO_REAL_DATA, PROJECT
from tests.serve.hosts import Response, Serve

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

FOLDER = PROJECT.parent / "shared" / "protocol"
GRAPH = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
NUMBER_OF_QUERY_TESTS = 20

FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
}  # fmt: skip
"""What the manifest calls a format → media types that are one."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=NO_REAL_DATA)


def read_manifest() -> Graph:
    graph = Graph()
    if FOLDER.is_dir():
        graph.parse(FOLDER / "manifest.ttl", format="turtle")
    return graph


MANIFEST = read_manifest()
NAMES = sorted(str(one).rpartition("#")[2] for one in MANIFEST.subjects(RDF.type, MF.ProtocolTest))
QUERY_TESTS = [name for name in NAMES if name.startswith(("query_", "bad_query_", "bad_multiple_queries"))]
REFUSED_UPDATES = [name for name in NAMES if name.startswith(("bad_update_", "bad_multiple_updates"))]


@pytest.fixture(scope="module")
def server(served_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """A build whose store also holds the manifest's graphs, beside our own default graph."""
    copy = tmp_path_factory.mktemp("w3c") / "build"
    shutil.copytree(served_build, copy, symlinks=True)
    store = ox.Store(str(copy / "store"))
    for number in (1, 2, 3):
        store.load(
            path=str(FOLDER / f"data{number}.nt"), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(GRAPH.format(number))
        )  # fmt: skip
    store.flush()
    del store
    one = Serve(copy)
    yield one
    one.stop()


def test_there_are_twenty_tests_of_queries() -> None:
    assert len(QUERY_TESTS) == NUMBER_OF_QUERY_TESTS, QUERY_TESTS


@pytest.mark.parametrize("name", QUERY_TESTS)
def test_protocol(name: str, server: Serve) -> None:
    for request in requests_of(name):
        check(request, send(request, server))


@pytest.mark.parametrize("name", REFUSED_UPDATES)
def test_an_update_that_must_be_refused(name: str, server: Serve) -> None:
    test_protocol(name, server)


def test_a_response_that_is_wrong_would_be_seen() -> None:
    request = requests_of("query_post_form")[0]
    for wrong in (
        Response(500, {"content-type": "application/sparql-results+json"}, b'{"boolean": true}'),
        Response(200, {"content-type": "text/html"}, b'{"boolean": true}'),
        Response(200, {"content-type": "application/sparql-results+json"}, b'{"boolean": false}'),
    ):
        with pytest.raises(AssertionError):
            check(request, wrong)


def requests_of(name: str) -> list[Node]:
    """Return the requests of a test, in their order."""
    test = next(one for one in MANIFEST.subjects(RDF.type, MF.ProtocolTest) if str(one).endswith(f"#{name}"))
    action = MANIFEST.value(test, MF.action)
    found = MANIFEST.value(action, HT.requests)
    assert found is not None
    return list(Collection(MANIFEST, found))


def send(request: Node, server: Serve) -> Response:
    """Send a request of the manifest as it stands there."""
    headers = {}
    listed = MANIFEST.value(request, HT.headers)
    for header in Collection(MANIFEST, listed) if listed is not None else ():
        headers[str(MANIFEST.value(header, HT.fieldName))] = str(MANIFEST.value(header, HT.fieldValue))
    body = MANIFEST.value(request, HT.body)
    content = None
    if body is not None:
        content = str(MANIFEST.value(body, CNT.chars)).encode(str(MANIFEST.value(body, CNT.characterEncoding)))
    path, method = (str(MANIFEST.value(request, one)) for one in (HT.absolutePath, HT.methodName))
    return server.ask(path, method, headers, content)


def check(request: Node, response: Response) -> None:
    """Compare a response with what the manifest expects."""
    expected = MANIFEST.value(request, HT.resp)
    classes = {str(one)[-3] for one in MANIFEST.objects(expected, MF.expectedStatus)}
    assert str(response.status)[0] in classes, response
    form = MANIFEST.value(expected, MF.expectedFormat)
    media_type = (response["content-type"] or "").partition(";")[0]
    if form is not None:
        assert media_type in FORMATS[str(form)]
    boolean = MANIFEST.value(expected, MF.expectedBoolean)
    if boolean is not None:
        assert json.loads(response.body)["boolean"] == boolean.toPython()  # type: ignore[attr-defined]


MEDIA_TYPES = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/n-triples": "nt", "application/ld+json": "json-ld"}  # fmt: skip


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_service_description(media_type: str, path: str, server: Serve) -> None:
    """The three tests of data-sparql11/service-description: it is RDF, it names this endpoint, it keeps to the schema."""
    response = server.ask(path, headers={"Accept": media_type})
    assert (response.status, (response["content-type"] or "").partition(";")[0]) == (200, media_type)
    graph = Graph().parse(data=response.body, format=MEDIA_TYPES[media_type])
    endpoint = URIRef(f"http://127.0.0.1:{server.port}{path}")
    service = next(graph.subjects(SD.endpoint, endpoint))
    assert (service, RDF.type, SD.Service) in graph
    assert list(graph.subjects(RDF.type, SD.Service)) == [service]
    # https://www.w3.org/TR/sparql11-service-description/#vocab: domains and ranges
    for data in graph.objects(service, SD.defaultDataset):
        assert (data, RDF.type, SD.Dataset) in graph
        for default in graph.objects(data, SD.defaultGraph):
            assert (default, RDF.type, SD.Graph) in graph
    known = {SD.endpoint, SD.supportedLanguage, SD.resultFormat, SD.defaultDataset, SD.defaultGraph}
    assert {p for p in graph.predicates() if str(p).startswith(SD)} == known
