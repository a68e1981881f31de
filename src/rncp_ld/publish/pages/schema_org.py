"""The schema.org view that a page embeds (https://schema.org/docs/), derived from the page's own triples.

A view says less than the Turtle: what a search engine can use. Each property stands in the domain of its class.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rncp_ld.publish.context import LICENCE
from rncp_ld.publish.pages.literals import split_literal
from rncp_ld.publish.pages.page import Page
from rncp_ld.rdf.vocabulary import RDF_TYPE

Json = dict[str, Any]
Write = Callable[[str, Page], Any]


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    sources: tuple[str, ...]
    write: Write


def _text(term: str, _page: Page) -> str:
    return term[1:-1] if term.startswith("<") else split_literal(term)[0]


def _label(term: str, page: Page) -> str:
    return page.linker.lookups.label(term)


def _thing(kind: str) -> Write:
    def write(term: str, page: Page) -> Json:
        thing: Json = {"@type": kind, "@id": term[1:-1], "name": page.linker.lookups.label(term)}
        code = page.linker.lookups.codes.get(term)
        if code and kind == "DefinedTerm":
            thing["termCode"] = code
        return thing

    return write


def _identifier(kind: str) -> Write:
    def write(term: str, _page: Page) -> Json:
        return {"@type": "PropertyValue", "propertyID": kind, "value": split_literal(term)[0]}

    return write


_CREDENTIAL = (
    _Property("identifier", ("rncp:code",), _text),
    _Property("alternateName", ("skos:altLabel",), _text),
    _Property("credentialCategory", ("rncp:certificationType",), _thing("DefinedTerm")),
    _Property("educationalLevel", ("rncp:level",), _thing("DefinedTerm")),
    _Property("recognizedBy", ("rncp:certifier",), _thing("Organization")),
    _Property("competencyRequired", ("rncp:hasBlock", "rncp:hasCompetence"), _thing("DefinedTerm")),
    _Property("about", ("rncp:rome", "rncp:nsf", "rncp:formacode"), _thing("DefinedTerm")),
    _Property("isPartOf", ("rncp:blockOf",), _thing("EducationalOccupationalCredential")),
    _Property("expires", ("rncp:registrationEnd",), _text),
    _Property("sameAs", ("rdfs:seeAlso",), _text),
)
_TERM = (
    _Property("termCode", ("skos:notation", "rncp:code"), _text),
    _Property("alternateName", ("skos:altLabel",), _text),
    _Property("description", ("skos:definition",), _text),
    _Property("inDefinedTermSet", ("skos:inScheme",), _thing("DefinedTermSet")),
)
_ORGANIZATION = (
    _Property("alternateName", ("skos:altLabel",), _text),
    _Property("identifier", ("rncp:siret",), _identifier("SIRET")),
    _Property("identifier", ("rncp:siren",), _identifier("SIREN")),
    _Property("parentOrganization", ("org:unitOf",), _thing("Organization")),
    _Property("sameAs", ("foaf:page",), _text),
)
_LEGISLATION = (
    _Property("legislationIdentifier", ("eli:number", "eli:id_local"), _text),
    _Property("legislationType", ("eli:type_document",), _label),
    _Property("legislationDate", ("eli:date_document",), _text),
    _Property("datePublished", ("eli:date_publication",), _text),
    _Property("legislationAmends", ("eli:amends",), _thing("Legislation")),
    _Property("legislationChanges", ("eli:changes",), _thing("Legislation")),
    _Property("legislationRepeals", ("eli:repeals",), _thing("Legislation")),
    _Property("isPartOf", ("eli:is_part_of",), _thing("Legislation")),
    _Property("sameAs", ("rdfs:seeAlso",), _text),
)

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_CLASSES: Final[Mapping[str, tuple[str, Sequence[_Property]]]] = {
    "rncp:Certification": ("EducationalOccupationalCredential", _CREDENTIAL),
    "rncp:CompetenceBlock": ("EducationalOccupationalCredential", _CREDENTIAL),
    "skos:Concept": ("DefinedTerm", _TERM),
    "skos:ConceptScheme": ("DefinedTermSet", ()),
    "org:Organization": ("Organization", _ORGANIZATION),
    "org:OrganizationalUnit": ("Organization", _ORGANIZATION),
    "rov:RegisteredOrganization": ("Organization", _ORGANIZATION),
    "eli:LegalResource": ("Legislation", _LEGISLATION),
    "eli:LegalResourceSubdivision": ("Legislation", _LEGISLATION),
}


def schema_org(page: Page, title: str, language: str = "fr") -> str:
    """Return the JSON-LD of a page, safe inside a `<script>` element; "" for classes that schema.org has no word for."""
    node = page.nodes[page.resource]
    known = [name for kind in node.get(RDF_TYPE, ()) if (name := page.namer.name(kind)) in _CLASSES]
    if not known:
        return ""
    kind, properties = _CLASSES[known[0]]
    address = page.resource[1:-1]
    view: Json = {"@context": "https://schema.org", "@type": kind, "@id": address, "url": address, "name": title}
    for one in properties:
        terms = [term for source in one.sources for term in node.get(page.namer.term(source), ())]
        if terms:
            values = [_named(one.write(term, page), term, page) for term in terms]
            view[one.name] = values[0] if len(values) == 1 else values
    if kind == "EducationalOccupationalCredential":
        view |= {"inLanguage": language, "license": LICENCE}
    # Inside <script> only "<" could end the element; all three are escaped, as JSON allows anywhere in a string.
    return _ENCODE(view).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _named(value: Any, term: str, page: Page) -> Any:
    """Name a part of this page by its own text: it has no label."""
    if isinstance(value, dict) and page.is_part(term):
        value["name"] = page.part_name(term)
    return value
