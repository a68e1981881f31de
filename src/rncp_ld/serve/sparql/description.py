"""The description of the service (https://www.w3.org/TR/sparql11-service-description/), as SPARQL editors read it.

What the endpoint can do; the data set behind it, as its VoID says; prefixes and the competency questions in the terms of SHACL
(https://www.w3.org/TR/shacl-af/#SPARQLExecutable), which is where editors look for examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from rncp_ld.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from rncp_ld.rdf.serialise import parse_turtle, prefixes, to_jsonld, to_ntriples, to_rdfxml, to_turtle
from rncp_ld.rdf.terms import XSD, Triple, french, iri, string
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL, prefixed
from rncp_ld.serve.publication import Publication
from rncp_ld.store.questions import Question

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "JSON-LD", "N-Triples", "RDF_XML",
)  # fmt: skip


def describe(publication: Publication, address: str) -> Iterator[Triple]:
    """Describe the service.

    Args:
        publication: whose data it answers from.
        address: of the endpoint, as the client names it.
    """
    iris = publication.iris
    dataset = iris.path("dataset")
    endpoint, service, data = iri(address), iri(f"{address}#service"), iri(f"{address}#dataset")
    yield service, RDF_TYPE, prefixed("sd:Service")
    yield service, RDFS_LABEL, french("SPARQL sur le RNCP et le répertoire spécifique en données liées")
    yield service, prefixed("sd:endpoint"), endpoint
    yield service, prefixed("sd:supportedLanguage"), prefixed("sd:SPARQL11Query")
    for name in _RESULTS:
        yield service, prefixed("sd:resultFormat"), iri(_FORMATS + name)
    yield service, prefixed("sd:defaultDataset"), data
    yield data, RDF_TYPE, prefixed("sd:Dataset")
    yield data, prefixed("sd:defaultGraph"), dataset
    yield dataset, RDF_TYPE, prefixed("sd:Graph")
    yield dataset, prefixed("void:sparqlEndpoint"), endpoint
    yield from parse_turtle((publication.site / ".well-known" / "void").read_text(encoding="utf-8"))
    yield from _prefixes(address, iris.namespace)
    yield from _examples(address, publication.questions)


def _prefixes(address: str, namespace: str) -> Iterator[Triple]:
    ontology = iri(f"{address}#prefixes")
    yield ontology, RDF_TYPE, prefixed("owl:Ontology")
    for prefix, name in prefixes(namespace).items():
        declared = iri(f"{address}#prefix-{prefix}")
        yield ontology, prefixed("sh:declare"), declared
        yield declared, RDF_TYPE, prefixed("sh:PrefixDeclaration")
        yield declared, prefixed("sh:prefix"), string(prefix)
        yield declared, prefixed("sh:namespace"), f'"{name}"^^<{XSD}anyURI>'


def _examples(address: str, questions: Iterable[Question]) -> Iterator[Triple]:
    for question in questions:
        me = iri(f"{address}#question-{question.name}")
        yield me, RDF_TYPE, prefixed("sh:SPARQLExecutable")
        yield me, RDF_TYPE, prefixed("sh:SPARQLSelectExecutable")
        yield me, prefixed("sh:prefixes"), iri(f"{address}#prefixes")
        yield me, prefixed("sh:select"), string(question.text)
        yield me, RDFS_LABEL, f"{string(question.english)}@en"
        yield me, prefixed("rdfs:comment"), french(question.french)
        yield me, prefixed("schema:target"), iri(address)


_WRITERS: Mapping[Format, Callable[[list[Triple], str, str], str]] = {
    TURTLE: to_turtle,
    JSON_LD: to_jsonld,
    N_TRIPLES: lambda triples, _namespace, _service: to_ntriples(triples),
    RDF_XML: lambda triples, namespace, _service: to_rdfxml(triples, namespace),
}
"""Format → what writes triples, with the ontology's namespace and the subject that comes first."""


@lru_cache(maxsize=16)
def render_description(publication: Publication, address: str, form: Format) -> bytes:
    """Return the description in a format of RDF."""
    triples = list(describe(publication, address))
    return _WRITERS[form](triples, publication.iris.namespace, iri(f"{address}#service")).encode()
