"""The catalogue: DCAT (https://www.w3.org/TR/vocab-dcat-3/) and VoID (https://www.w3.org/TR/void/), made from the data.

The day's files, their dates and checksums stand here and on the home page, and nowhere else: so a fiche that did not
change has the same bytes tomorrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rncp_ld.model.slug import hash8
from rncp_ld.publish.context import LICENCE, SiteContext
from rncp_ld.publish.linksets import map_linksets, target_of
from rncp_ld.publish.series import sources_of
from rncp_ld.rdf.iris import document_of
from rncp_ld.rdf.serialise import to_jsonld, to_turtle
from rncp_ld.rdf.terms import XSD, Triple, day, french, integer, iri, string
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE

_MEDIA = "https://www.iana.org/assignments/media-types/"
_SPDX = "http://spdx.org/rdf/terms#"
_FORMATS = {".nt.gz": "application/n-triples", ".ttl.gz": "text/turtle"}
_TITLE_FR = "RNCP et répertoire spécifique en données liées"
_TITLE_EN = "French register of professional certifications (RNCP and RS) as linked data"
_ABOUT = (
    "Les certifications professionnelles du RNCP et du répertoire spécifique, leurs blocs, voies d'accès, nomenclatures, "
    "organismes, textes juridiques et équivalences, en RDF. Publication non officielle."
)


def _t(name: str) -> str:
    """Write a prefixed name as N-Triples text."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def map_catalogue(triples: Iterable[Triple], dumps: Mapping[str, int], context: SiteContext) -> Iterator[Triple]:
    """Describe the catalogue, the dataset and its distributions.

    Args:
        triples: the whole graph, for the partitions; read once.
        dumps: number of triples by file, as `write_dumps` gives them.
        context: the publication.
    """
    iris = context.iris
    catalogue, dataset = iris.path("catalog"), iris.path("dataset")
    publisher = iris.path("catalog#publisher")
    yield catalogue, RDF_TYPE, _t("dcat:Catalog")
    yield catalogue, _t("dcat:dataset"), dataset
    yield dataset, RDF_TYPE, _t("dcat:Dataset")
    yield dataset, RDF_TYPE, _t("void:Dataset")
    for subject in (catalogue, dataset):
        yield subject, _t("dcterms:title"), french(_TITLE_FR)
        yield subject, _t("dcterms:title"), f'"{_TITLE_EN}"@en'
        yield subject, _t("dcterms:description"), french(_ABOUT)
        yield subject, _t("dcterms:publisher"), publisher
        yield subject, _t("dcterms:license"), iri(LICENCE)
        yield subject, _t("foaf:homepage"), iri(iris.base)
    yield publisher, RDF_TYPE, _t("foaf:Agent")
    yield publisher, _t("foaf:name"), string("rncp_ld")
    yield iri(LICENCE), RDF_TYPE, _t("dcterms:LicenseDocument")
    yield from _sources(dataset, context)
    yield from _distributions(dataset, dumps, context)
    yield from _statistics(dataset, triples, context)


def _sources(dataset: str, context: SiteContext) -> Iterator[Triple]:
    """Name the documents that were read, each with its date and checksum."""
    sources = sources_of(context.documents).values()
    for address in sorted({source.address for source in sources if source.address}):
        yield dataset, _t("dcterms:source"), iri(address)
    yield dataset, _t("dcterms:provenance"), context.iris.path("dataset#provenance")
    yield context.iris.path("dataset#provenance"), RDF_TYPE, _t("dcterms:ProvenanceStatement")
    named = " ; ".join(f"{source.publisher}, {source.name}" for source in sources)
    if named:
        yield context.iris.path("dataset#provenance"), _t("rdfs:label"), french(f"{named}.")
    if context.export_date:
        yield dataset, _t("dcterms:modified"), day(context.export_date)
    for document in context.documents:
        # The path on the publisher's disk is nobody's business; a member of a zip keeps its name within it.
        name = document.name.rsplit("/", 1)[-1]
        me = context.iris.path(f"dataset#source-{hash8(name + document.sha256)}")
        yield dataset, _t("prov:wasDerivedFrom"), me
        yield me, RDF_TYPE, _t("prov:Entity")
        yield me, _t("dcterms:title"), string(name)
        yield me, _t("dcterms:isPartOf"), context.iris.source(document.series)
        if document.date:
            yield me, _t("dcterms:issued"), day(document.date)
        if document.sha256:
            checksum = f"{me[:-1]}-sha256>"
            yield me, iri(_SPDX + "checksum"), checksum
            yield checksum, RDF_TYPE, iri(_SPDX + "Checksum")
            yield checksum, iri(_SPDX + "algorithm"), iri(_SPDX + "checksumAlgorithm_sha256")
            yield checksum, iri(_SPDX + "checksumValue"), f'"{document.sha256}"^^<{XSD}hexBinary>'


def _distributions(dataset: str, dumps: Mapping[str, int], context: SiteContext) -> Iterator[Triple]:
    for name, count in sorted(dumps.items()):
        url = f"{context.iris.base}dumps/{name}"
        me = context.iris.path(f"dataset#dump-{name.replace('.', '-')}")
        media = next(media for suffix, media in _FORMATS.items() if name.endswith(suffix))
        yield dataset, _t("dcat:distribution"), me
        yield me, RDF_TYPE, _t("dcat:Distribution")
        yield me, _t("dcterms:title"), string(name)
        yield me, _t("dcat:accessURL"), iri(url)
        yield me, _t("dcat:downloadURL"), iri(url)
        yield me, _t("dcat:mediaType"), iri(_MEDIA + media)
        yield me, _t("dcat:compressFormat"), iri(_MEDIA + "application/gzip")
        yield me, _t("dcterms:license"), iri(LICENCE)
        yield me, _t("void:triples"), integer(count)
        if name in {"rncp.nt.gz", "rncp.ttl.gz"}:
            yield dataset, _t("void:dataDump"), iri(url)


def _statistics(dataset: str, triples: Iterable[Triple], context: SiteContext) -> Iterator[Triple]:
    """Count triples, pages, classes and properties in one pass; a link set for each other data set that is linked to."""
    iris = context.iris
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    links: Counter[str] = Counter()
    pages: set[str] = set()
    for s, p, o in triples:
        properties[p] += 1
        if p == RDF_TYPE:
            classes[o] += 1
        elif (target := target_of(o)) is not None:
            links[target] += 1
        pages.add(document_of(s))
    yield dataset, _t("void:triples"), integer(sum(properties.values()))
    yield dataset, _t("void:documents"), integer(len(pages))
    yield dataset, _t("void:uriSpace"), string(iris.base)
    yield dataset, _t("void:uriRegexPattern"), string("^" + iris.base.replace(".", r"\."))
    yield (
        dataset,
        _t("void:exampleResource"),
        iris.certification("RNCP2383") if iris.certification("RNCP2383") in pages else min(pages),
    )
    for vocabulary in sorted({*PREFIXES.values(), iris.namespace}):
        if any(p[1:].startswith(vocabulary) for p in properties):
            yield dataset, _t("void:vocabulary"), iri(vocabulary)
    for what, counts, link, count in (
        ("classe", classes, "void:class", "void:entities"),
        ("propriete", properties, "void:property", "void:triples"),
    ):
        partition = "void:classPartition" if what == "classe" else "void:propertyPartition"
        for term, number in sorted(counts.items()):
            me = iris.path(f"dataset#{what}-{hash8(term)}")
            yield dataset, _t(partition), me
            yield me, _t(link), term
            yield me, _t(count), integer(number)
    yield from map_linksets(dataset, links, iris)


def write_catalogue(triples: Iterable[Triple], dumps: Mapping[str, int], site: Path, context: SiteContext) -> None:
    """Write the catalogue and the dataset as Turtle and JSON-LD, and at `/.well-known/void` as well.

    The catalogue names one dataset, so the files of both hold both. For the well-known place see
    https://www.iana.org/assignments/well-known-uris/.
    """
    described = list(map_catalogue(triples, dumps, context))
    namespace = context.iris.namespace
    for path in ("catalog", "dataset"):
        subject = context.iris.path(path)
        _write(site / f"{path}.ttl", to_turtle(described, namespace, subject))
        _write(site / f"{path}.jsonld", to_jsonld(described, namespace, subject))
    (site / ".well-known").mkdir(exist_ok=True)
    _write(site / ".well-known" / "void", to_turtle(described, namespace, context.iris.path("dataset")))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
