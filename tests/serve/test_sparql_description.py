"""The description of the service, as SPARQL editors read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, VOID, Graph

from rncp_ld.store.questions import list_questions
from tests.serve.asking import get
from tests.serve.hosts import Serve


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build, "--query-result", "1")
    yield one
    assert one.stop() == ""


def test_the_description_holds_what_editors_read(server: Serve) -> None:
    """The queries are those of SPARQL editors: prefixes, examples, and classes with their properties."""
    graph = Graph().parse(data=get(server, "text/turtle").body, format="turtle")
    prefixes = {
        str(graph.value(one, SH.prefix)): str(graph.value(one, SH.namespace)) for one in graph.subjects(SH.prefix)
    }
    assert prefixes["rncp"] == "https://w3id.org/rncp/def#"
    assert {"rdf", "rdfs", "skos", "dcterms", "eli"} <= set(prefixes)
    examples = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(examples) == len(list_questions())
    for one in examples:
        assert len(list(graph.objects(one, RDFS.comment))) == 1
    partitions = list(
        graph.query(
            """PREFIX void: <http://rdfs.org/ns/void#>
            SELECT ?class ?property WHERE { ?c void:class ?class ; void:propertyPartition ?p . ?p void:property ?property }"""
        )
    )
    assert len(partitions) > 20
    assert (None, VOID.sparqlEndpoint, None) in graph


def test_every_example_of_the_description_runs(server: Serve) -> None:
    graph = Graph().parse(data=get(server, "text/turtle").body, format="turtle")
    for query in graph.objects(None, SH.select):
        assert get(server, query=str(query)).status == 200


def test_the_description_names_the_endpoint_as_it_was_asked_for(server: Serve) -> None:
    def endpoint(host: str) -> str:
        text = server.ask("/sparql", headers={"Host": host, "Accept": "application/n-triples"}).body.decode()
        found = re.search(r"service-description#endpoint> <([^>]*)>", text)
        assert found
        return found[1]

    assert endpoint("data.example.org") == "http://data.example.org/sparql"
    assert endpoint("data.example.org:8443") == "http://data.example.org:8443/sparql"
    assert endpoint('x> <y> "z') == "http://localhost/sparql", "a Host that is none is not repeated"
