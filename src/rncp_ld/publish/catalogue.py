"""The catalogue: DCAT (https://www.w3.org/TR/vocab-dcat-3/) and VoID (https://www.w3.org/TR/void/), made from the data.

The day's files, their dates and checksums stand here and on the home page, and nowhere else: so a fiche that did not
change has the same bytes tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rncp_ld.model.slug import hash8
from rncp_ld.publish.context import LICENCE, SiteContext
from rncp_ld.publish.counts import Counts
from rncp_ld.publish.linksets import map_linksets
from rncp_ld.publish.series import sources_of
from rncp_ld.rdf.serialise import to_jsonld, to_turtle
from rncp_ld.rdf.terms import XSD, Triple, day, french, integer, iri, string
from rncp_ld.rdf.vocabulary import PREFIXES, RDF_TYPE, prefixed

_MEDIA = "https://www.iana.org/assignments/media-types/"
_SPDX = "http://spdx.org/rdf/terms#"
_FORMATS = {".nt.gz": "application/n-triples", ".ttl.gz": "text/turtle"}
_TITLE_FR = "RNCP et répertoire spécifique en données liées"
_TITLE_EN = "French register of professional certifications (RNCP and RS) as linked data"
_ABOUT = (
    "Les certifications professionnelles du RNCP et du répertoire spécifique, leurs blocs, voies d'accès, nomenclatures, "
    "organismes, textes juridiques et équivalences, en RDF. Publication non officielle."
)


def map_catalogue(counts: Counts, dumps: Mapping[str, int], context: SiteContext) -> Iterator[Triple]:
    """Describe the catalogue, the dataset and its distributions.

    Args:
        counts: of the whole graph, for the partitions.
        dumps: number of triples by file.
        context: the publication.
    """
    iris = context.iris
    catalogue, dataset = iris.path("catalog"), iris.path("dataset")
    publisher = iris.path("catalog#publisher")
    yield catalogue, RDF_TYPE, prefixed("dcat:Catalog")
    yield catalogue, prefixed("dcat:dataset"), dataset
    yield dataset, RDF_TYPE, prefixed("dcat:Dataset")
    yield dataset, RDF_TYPE, prefixed("void:Dataset")
    for subject in (catalogue, dataset):
        yield subject, prefixed("dcterms:title"), french(_TITLE_FR)
        yield subject, prefixed("dcterms:title"), f'"{_TITLE_EN}"@en'
        yield subject, prefixed("dcterms:description"), french(_ABOUT)
        yield subject, prefixed("dcterms:publisher"), publisher
        yield subject, prefixed("dcterms:license"), iri(LICENCE)
        yield subject, prefixed("foaf:homepage"), iri(iris.base)
    yield publisher, RDF_TYPE, prefixed("foaf:Agent")
    yield publisher, prefixed("foaf:name"), string("rncp_ld")
    yield iri(LICENCE), RDF_TYPE, prefixed("dcterms:LicenseDocument")
    yield from _sources(dataset, context)
    yield from _distributions(dataset, dumps, context)
    yield from _statistics(dataset, counts, context)


def _sources(dataset: str, context: SiteContext) -> Iterator[Triple]:
    """Name the documents that were read, each with its date and checksum."""
    sources = sources_of(context.documents).values()
    for address in sorted({source.address for source in sources if source.address}):
        yield dataset, prefixed("dcterms:source"), iri(address)
    yield dataset, prefixed("dcterms:provenance"), context.iris.path("dataset#provenance")
    yield context.iris.path("dataset#provenance"), RDF_TYPE, prefixed("dcterms:ProvenanceStatement")
    named = " ; ".join(f"{source.publisher}, {source.name}" for source in sources)
    if named:
        yield context.iris.path("dataset#provenance"), prefixed("rdfs:label"), french(f"{named}.")
    if context.export_date:
        yield dataset, prefixed("dcterms:modified"), day(context.export_date)
    for document in context.documents:
        # The path on the publisher's disk is nobody's business; a member of a zip keeps its name within it.
        name = document.name.rsplit("/", 1)[-1]
        me = context.iris.path(f"dataset#source-{hash8(name + document.sha256)}")
        yield dataset, prefixed("prov:wasDerivedFrom"), me
        yield me, RDF_TYPE, prefixed("prov:Entity")
        yield me, prefixed("dcterms:title"), string(name)
        yield me, prefixed("dcterms:isPartOf"), context.iris.source(document.series)
        if document.date:
            yield me, prefixed("dcterms:issued"), day(document.date)
        if document.version:
            yield me, prefixed("dcat:version"), string(document.version)
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
        yield dataset, prefixed("dcat:distribution"), me
        yield me, RDF_TYPE, prefixed("dcat:Distribution")
        yield me, prefixed("dcterms:title"), string(name)
        yield me, prefixed("dcat:accessURL"), iri(url)
        yield me, prefixed("dcat:downloadURL"), iri(url)
        yield me, prefixed("dcat:mediaType"), iri(_MEDIA + media)
        yield me, prefixed("dcat:compressFormat"), iri(_MEDIA + "application/gzip")
        yield me, prefixed("dcterms:license"), iri(LICENCE)
        yield me, prefixed("void:triples"), integer(count)
        if name in {"rncp.nt.gz", "rncp.ttl.gz"}:
            yield dataset, prefixed("void:dataDump"), iri(url)


def _statistics(dataset: str, counts: Counts, context: SiteContext) -> Iterator[Triple]:
    """Say how many triples, pages, classes and properties there are; a link set for each other data set that is linked to."""
    iris = context.iris
    classes, properties = counts.classes, counts.properties
    yield dataset, prefixed("void:triples"), integer(counts.triples)
    yield dataset, prefixed("void:documents"), integer(counts.pages)
    yield dataset, prefixed("void:uriSpace"), string(iris.base)
    yield dataset, prefixed("void:uriRegexPattern"), string("^" + iris.base.replace(".", r"\."))
    if context.example:
        yield dataset, prefixed("void:exampleResource"), context.example
    for vocabulary in sorted({*PREFIXES.values(), iris.namespace}):
        if any(p[1:].startswith(vocabulary) for p in properties):
            yield dataset, prefixed("void:vocabulary"), iri(vocabulary)
    for term, number in sorted(properties.items()):
        me = iris.path(f"dataset#propriete-{hash8(term)}")
        yield from _partition(dataset, "void:propertyPartition", me, ("void:property", term), ("void:triples", number))
    for term, number in sorted(classes.items()):
        me = iris.path(f"dataset#classe-{hash8(term)}")
        yield from _partition(dataset, "void:classPartition", me, ("void:class", term), ("void:entities", number))
    # What the members of a class have: from this, editors complete a query.
    for (owner, term), number in sorted(counts.pairs.items()):
        mine, me = (iris.path(f"dataset#classe-{hash8(owner)}{part}") for part in ("", f"-{hash8(term)}"))
        yield from _partition(mine, "void:propertyPartition", me, ("void:property", term), ("void:triples", number))
    yield from map_linksets(dataset, counts.links, iris)


def _partition(whole: str, link: str, part: str, term: tuple[str, str], count: tuple[str, int]) -> Iterator[Triple]:
    """Describe a part of a data set: the triples with a property, or those of a class's members."""
    yield whole, prefixed(link), part
    yield part, prefixed(term[0]), term[1]
    yield part, prefixed(count[0]), integer(count[1])


def write_catalogue(counts: Counts, dumps: Mapping[str, int], site: Path, context: SiteContext) -> None:
    """Write the catalogue and the dataset as Turtle and JSON-LD, and at `/.well-known/void` as well.

    The catalogue names one dataset, so the files of both hold both. For the well-known place see
    https://www.iana.org/assignments/well-known-uris/.
    """
    described = list(map_catalogue(counts, dumps, context))
    namespace = context.iris.namespace
    for path in ("catalog", "dataset"):
        subject = context.iris.path(path)
        _write(site / f"{path}.ttl", to_turtle(described, namespace, subject))
        _write(site / f"{path}.jsonld", to_jsonld(described, namespace, subject))
    (site / ".well-known").mkdir(exist_ok=True)
    _write(site / ".well-known" / "void", to_turtle(described, namespace, context.iris.path("dataset")))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
