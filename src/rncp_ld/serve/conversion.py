"""The formats that are not on disk: made on request from a document's Turtle, with the same triples."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rncp_ld.formats import N_TRIPLES, TURTLE, Format
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle, to_ntriples, to_rdfxml


@lru_cache(maxsize=16)  # a list of 3,000 partners takes two megabytes
def convert(turtle: Path, path: str, form: Format, iris: Iris) -> bytes:
    """Return a document in another format.

    What the Turtle says of itself as a document (its licence and source), the other says of itself.

    Args:
        turtle: the file; its folder is never changed once it is published.
        path: of the document that is made: "certification/RNCP2383.nt".
        form: N-Triples or RDF/XML.
        iris: of the publication.
    """
    itself, other = iris.path(f"{path.rpartition('.')[0]}.{TURTLE.suffix}"), iris.path(path)
    triples = [
        (other if subject == itself else subject, predicate, value)
        for subject, predicate, value in parse_turtle(turtle.read_text(encoding="utf-8"))
    ]
    text = to_ntriples(triples) if form is N_TRIPLES else to_rdfxml(triples, iris.namespace)
    return text.encode()
