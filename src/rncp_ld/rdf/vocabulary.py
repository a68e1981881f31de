"""Terms of other people's vocabularies that the graph uses, as N-Triples text, each with its specification."""

from __future__ import annotations

from typing import Final

PREFIXES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "rov": "http://www.w3.org/ns/regorg#",
    "adms": "http://www.w3.org/ns/adms#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": "https://schema.org/",
    "elm": "http://data.europa.eu/snb/model/elm/",
    "ceterms": "https://purl.org/ctdl/terms/",
    "vann": "http://purl.org/vocab/vann/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
"""Prefix → namespace, for all Turtle and JSON-LD that is written; `rncp` is added with the base in use."""


def prefixed(name: str) -> str:
    """Write a prefixed name as N-Triples text.

    >>> prefixed("sh:select")
    '<http://www.w3.org/ns/shacl#select>'
    """
    prefix, _, local = name.partition(":")
    return _term(prefix, local)


def _term(prefix: str, name: str) -> str:
    return f"<{PREFIXES[prefix]}{name}>"


# RDF and RDFS, https://www.w3.org/TR/rdf-schema/
RDF_TYPE: Final = _term("rdf", "type")
RDFS_LABEL: Final = _term("rdfs", "label")
RDFS_SEE_ALSO: Final = _term("rdfs", "seeAlso")
# SKOS, https://www.w3.org/TR/skos-reference/
CONCEPT: Final = _term("skos", "Concept")
PREF_LABEL: Final = _term("skos", "prefLabel")
ALT_LABEL: Final = _term("skos", "altLabel")
DEFINITION: Final = _term("skos", "definition")
HISTORY_NOTE: Final = _term("skos", "historyNote")
SCOPE_NOTE: Final = _term("skos", "scopeNote")
NOTATION: Final = _term("skos", "notation")
BROADER: Final = _term("skos", "broader")
RELATED: Final = _term("skos", "related")
IN_SCHEME: Final = _term("skos", "inScheme")
TOP_CONCEPT_OF: Final = _term("skos", "topConceptOf")
HAS_TOP_CONCEPT: Final = _term("skos", "hasTopConcept")
# Dublin Core terms, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/
TITLE: Final = _term("dcterms", "title")
DATE: Final = _term("dcterms", "date")
# FOAF, http://xmlns.com/foaf/spec/
PAGE: Final = _term("foaf", "page")
PRIMARY_TOPIC: Final = _term("foaf", "primaryTopic")
IS_PRIMARY_TOPIC_OF: Final = _term("foaf", "isPrimaryTopicOf")
# PROV-O, https://www.w3.org/TR/prov-o/
DERIVED_FROM: Final = _term("prov", "wasDerivedFrom")
# ORG and RegOrg, https://www.w3.org/TR/vocab-org/ and https://www.w3.org/TR/vocab-regorg/
ORGANIZATION: Final = _term("org", "Organization")
ORGANIZATIONAL_UNIT: Final = _term("org", "OrganizationalUnit")
UNIT_OF: Final = _term("org", "unitOf")
REGISTERED_ORGANIZATION: Final = _term("rov", "RegisteredOrganization")
LEGAL_NAME: Final = _term("rov", "legalName")
REGISTRATION: Final = _term("rov", "registration")
IDENTIFIER: Final = _term("adms", "Identifier")
SCHEMA_AGENCY: Final = _term("adms", "schemaAgency")
# ELI, https://eur-lex.europa.eu/eli-register/technical_information.html
LEGAL_RESOURCE: Final = _term("eli", "LegalResource")
LEGAL_SUBDIVISION: Final = _term("eli", "LegalResourceSubdivision")
TYPE_DOCUMENT: Final = _term("eli", "type_document")
DATE_DOCUMENT: Final = _term("eli", "date_document")
DATE_PUBLICATION: Final = _term("eli", "date_publication")
ELI_NUMBER: Final = _term("eli", "number")
ID_LOCAL: Final = _term("eli", "id_local")
AMENDS: Final = _term("eli", "amends")
CHANGES: Final = _term("eli", "changes")
REPEALS: Final = _term("eli", "repeals")
IS_PART_OF: Final = _term("eli", "is_part_of")

COUNTRY_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/country/"
"""EU authority table of countries and territories (NCL, PYF)."""
