"""The shapes as a file of the site, `shapes.ttl`: they are no part of the graph, and have no page."""

from __future__ import annotations

from pathlib import Path

from rncp_ld import resources
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle, to_turtle


def write_shapes(site: Path, iris: Iris) -> None:
    """Write all shapes as one file."""
    shapes = [
        t for path in resources.files("shapes", "*.ttl") for t in parse_turtle(resources.read_rdf(path, iris.base))
    ]
    text = to_turtle(shapes, iris.namespace, iris.path("shapes"))
    (site / "shapes.ttl").write_text(text, encoding="utf-8", newline="\n")
