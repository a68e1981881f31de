"""The ontology and the shapes as files of the site: `def.ttl`, `def.jsonld`, `shapes.ttl`."""

from __future__ import annotations

from pathlib import Path

from rncp_ld import resources
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle, to_jsonld, to_turtle


def write_vocabulary_files(site: Path, iris: Iris) -> None:
    """Write the ontology (as it is written, with its comments) and the shapes, each as one file."""
    ontology = resources.read_rdf(resources.folder("ontology") / "rncp.ttl", iris.base)
    (site / "def.ttl").write_text(ontology, encoding="utf-8", newline="\n")
    definition = to_jsonld(parse_turtle(ontology), iris.namespace, iris.path("def"))
    (site / "def.jsonld").write_text(definition, encoding="utf-8", newline="\n")
    shapes = [
        t for path in resources.files("shapes", "*.ttl") for t in parse_turtle(resources.read_rdf(path, iris.base))
    ]
    text = to_turtle(shapes, iris.namespace, iris.path("shapes"))
    (site / "shapes.ttl").write_text(text, encoding="utf-8", newline="\n")
