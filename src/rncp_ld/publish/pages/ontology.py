"""The ontology's page and files, made from the graph: every term with labels, definitions, domain, range, alignments.

Its terms are fragments of `def`, so `def.ttl` and `def.jsonld` hold what the graph says of them, alignments included. The
IRI of the version (`owl:versionIRI`) has a page and files of its own with the same ontology, so that both IRIs lead to an
ontology in every format (https://www.w3.org/TR/owl2-syntax/#Versioning_of_OWL_2_Ontologies).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.publish.pages.documents import json_ld, turtle
from rncp_ld.publish.pages.literals import sort_key, split_literal
from rncp_ld.publish.pages.page import is_web
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.views import Link, Plain, Value
from rncp_ld.rdf.terms import Node, Triple, group_triples
from rncp_ld.rdf.vocabulary import RDF_TYPE, RDFS_LABEL

_LANGUAGES: Final = ("fr", "en")
_FACTS: Final = (
    ("rdfs:subClassOf", "Sous-classe de"),
    ("rdfs:subPropertyOf", "Sous-propriété de"),
    ("owl:inverseOf", "Inverse de"),
    ("rdfs:domain", "Domaine"),
    ("schema:domainIncludes", "Domaine (au choix)"),
    ("rdfs:range", "Portée"),
    ("schema:rangeIncludes", "Portée (au choix)"),
    ("rdfs:seeAlso", "Proche de"),
)
_KINDS: Final = (
    ("owl:Class", "Classes", "classe"),
    ("owl:ObjectProperty", "Propriétés entre ressources", "propriété"),
    ("owl:DatatypeProperty", "Propriétés à valeur littérale", "propriété"),
    ("", "Autres termes", "terme"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology: `texts` are (language, label, definition, example)."""

    id: str
    iri: str
    name: str
    kind: str
    texts: tuple[tuple[str, str, str, str], ...]
    note: str
    facts: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms of one kind, in alphabetical order of their names."""

    id: str
    label: str
    terms: tuple[Term, ...]


def ontology_pages(site: Site) -> tuple[str, ...]:
    """Return the ontology and its version, whose pages are of this module's making; nothing where the graph has none."""
    me = site.iris.path("def")
    version = site.store.value(me, site.namer.term("owl:versionIRI"))
    return tuple(one for one in (me, version) if one is not None and one in site.lookups.types)


def render_ontology(site: Site) -> Iterator[tuple[str, str]]:
    """Yield `def.html` with its Turtle and JSON-LD, then those of the version."""
    pages = ontology_pages(site)
    if not pages:
        return
    me = pages[0]
    ontology = _triples(me, site)
    nodes = group_triples(ontology)
    about = nodes.pop(me)
    shared = {
        "namespace": site.iris.namespace,
        "about": _texts(about, "dcterms:description", site),
        "version": (_texts(about, "owl:versionInfo", site) or [("", "")])[0][1],
        "groups": _groups(nodes, site),
        "trail": (Link("index.html", "Accueil"),),
        "pages": [site.lookups.path(one) for one in pages],
    }
    for one in pages:
        path = site.lookups.path(one)
        # The version's files hold the ontology, and beside it what the graph says of the version.
        triples = ontology if one == me else [*ontology, *site.store.about(one)]
        source = site.attribution.series
        yield (
            f"{path}.html",
            site.render("ontology.html", "", title=site.lookups.label(me), path=path, iri=one[1:-1], **shared),
        )
        yield f"{path}.ttl", turtle(one, group_triples(triples), source, site.iris, me)
        yield f"{path}.jsonld", json_ld(one, group_triples(triples), source, site.iris, me)


def _triples(me: str, site: Site) -> list[Triple]:
    """Return what the graph says of the ontology and its terms, which nothing links from the ontology itself."""
    prefix = f"<{site.iris.namespace}"
    terms = {subject for subject in site.lookups.labels if subject.startswith(prefix)}
    return [triple for subject in (me, *sorted(terms)) for triple in site.store.about(subject)]


def _groups(nodes: Mapping[str, Node], site: Site) -> list[TermGroup]:
    name = site.namer.name
    rest = dict(nodes)
    groups: list[TermGroup] = []
    for kind, label, word in _KINDS:
        members = [t for t, node in rest.items() if not kind or kind in {name(c) for c in node.get(RDF_TYPE, ())}]
        for term in members:
            del rest[term]
        if members:
            terms = [_term(term, nodes[term], word, site) for term in members]
            groups.append(
                TermGroup(f"page.{label.split()[0].lower()}-{len(groups)}", label, tuple(sorted(terms, key=_by_name)))
            )
    return groups


def _by_name(term: Term) -> tuple[str, str]:
    return sort_key(term.name), term.name


def _term(term: str, node: Node, kind: str, site: Site) -> Term:
    definitions, examples = (dict(_texts(node, name, site)) for name in ("skos:definition", "skos:example"))
    labels = dict(_labels(node))
    texts = tuple(
        (language, labels[language], definitions.get(language, ""), examples.get(language, ""))
        for language in _LANGUAGES
        if language in labels
    )
    facts = tuple(
        (label, tuple(_value(value, site) for value in values))
        for name, label in _FACTS
        if (values := node.get(site.namer.term(name)))
    )
    notes = " ".join(text for language, text in _texts(node, "skos:scopeNote", site) if language == "fr")
    local = term[1:-1].partition("#")[2]
    return Term(local, term[1:-1], f"rncp:{local}", kind, texts, notes, facts)


def _value(value: str, site: Site) -> Value:
    """Return another term: one of ours by its place on this page, one of others by its address."""
    name = site.namer.name(value)
    if value.startswith(f"<{site.iris.namespace}"):
        return Link(f"#{value[1:-1].partition('#')[2]}", name)
    return Link(value[1:-1], name, external=True) if is_web(value[1:-1]) else Plain(name)


def _labels(node: Node) -> Sequence[tuple[str, str]]:
    return [(tag, text) for text, tag in (split_literal(value) for value in node.get(RDFS_LABEL, ()))]


def _texts(node: Node, name: str, site: Site) -> list[tuple[str, str]]:
    """Return (language, text) of a property, French first."""
    pairs = [(tag, text) for text, tag in (split_literal(v) for v in node.get(site.namer.term(name), ()))]
    return sorted(pairs, key=lambda pair: (pair[0] != "fr", pair))
