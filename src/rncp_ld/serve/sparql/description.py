"""The description of the service (https://www.w3.org/TR/sparql11-service-description/), as SPARQL editors read it.

What the endpoint can do; the data set behind it, as its VoID says; prefixes and the competency questions in the terms of SHACL
(https://www.w3.org/TR/shacl-af/#SPARQLExecutable), which is where editors look for examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from rncp_ld.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from rncp_ld.rdf.serialise import parse_turtle, prefixes, to_jsonld, to_ntriples, to_rdfxml, to_turtle
from rncp_ld.rdf.terms import XSD, Triple, french, iri, string
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE, RDFS_LABEL
from rncp_ld.serve.publication import Publication
from rncp_ld.store.questions import list_questions

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "JSON-LD", "N-Triples", "RDF_XML",
)  # fmt: skip


def _t(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def describe(publication: Publication, address: str) -> Iterator[Triple]:
    """Describe the service.

    Args:
        publication: whose data it answers from.
        address: of the endpoint, as the client names it.
    """
    iris = publication.iris
    dataset = iris.path("dataset")
    endpoint, service, data = iri(address), iri(f"{address}#service"), iri(f"{address}#dataset")
    yield service, RDF_TYPE, _t("sd:Service")
    yield service, RDFS_LABEL, french("SPARQL sur le RNCP et le répertoire spécifique en données liées")
    yield service, _t("sd:endpoint"), endpoint
    yield service, _t("sd:supportedLanguage"), _t("sd:SPARQL11Query")
    for name in _RESULTS:
        yield service, _t("sd:resultFormat"), iri(_FORMATS + name)
    yield service, _t("sd:defaultDataset"), data
    yield data, RDF_TYPE, _t("sd:Dataset")
    yield data, _t("sd:defaultGraph"), dataset
    yield dataset, RDF_TYPE, _t("sd:Graph")
    yield dataset, _t("void:sparqlEndpoint"), endpoint
    yield from parse_turtle((publication.site / ".well-known" / "void").read_text(encoding="utf-8"))
    yield from _prefixes(address, iris.namespace)
    yield from _examples(address, iris.base)


def _prefixes(address: str, namespace: str) -> Iterator[Triple]:
    ontology = iri(f"{address}#prefixes")
    yield ontology, RDF_TYPE, _t("owl:Ontology")
    for prefix, name in prefixes(namespace).items():
        declared = iri(f"{address}#prefix-{prefix}")
        yield ontology, _t("sh:declare"), declared
        yield declared, RDF_TYPE, _t("sh:PrefixDeclaration")
        yield declared, _t("sh:prefix"), string(prefix)
        yield declared, _t("sh:namespace"), f'"{name}"^^<{XSD}anyURI>'


def _examples(address: str, base: str) -> Iterator[Triple]:
    for question in list_questions(base):
        me = iri(f"{address}#question-{question.name}")
        yield me, RDF_TYPE, _t("sh:SPARQLExecutable")
        yield me, RDF_TYPE, _t("sh:SPARQLSelectExecutable")
        yield me, _t("sh:prefixes"), iri(f"{address}#prefixes")
        yield me, _t("sh:select"), string(question.text)
        yield me, RDFS_LABEL, f"{string(question.english)}@en"
        yield me, _t("rdfs:comment"), french(question.french)
        yield me, _t("schema:target"), iri(address)


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
