"""Dumps: the whole graph as sorted N-Triples and Turtle, one Turtle file a kind, and their checksums."""

from __future__ import annotations

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.serialise import to_turtle
from rncp_ld.rdf.terms import Triple, line

LEVEL = 6


def kind_of(subject: str, iris: Iris) -> str:
    """Return the kind of one of our resources: the first segment below the base ("certification"), else "autres"."""
    path = subject[1:-1].removeprefix(iris.base)
    return path.partition("/")[0] if subject.startswith(f"<{iris.base}") and "/" in path else "autres"


def write_dumps(triples: Sequence[Triple], folder: Path, iris: Iris) -> dict[str, int]:
    """Write all dumps; return the number of triples by file.

    Args:
        triples: the whole graph, sorted as `rdf.terms.line` sorts, each triple once.
        folder: `site/dumps`, made here.
        iris: of this build.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        kinds[kind_of(document_of(triple[0]), iris)].append(triple)
    counts = {"rncp.nt.gz": len(triples), "rncp.ttl.gz": len(triples)}
    (folder / "rncp.nt.gz").write_bytes(_gzip("".join(line(triple) for triple in triples)))
    # The whole in Turtle is its kinds one after the other: gzip members may be joined (RFC 1952, 2.2), and so may Turtle.
    with (folder / "rncp.ttl.gz").open("wb") as whole:
        for kind in sorted(kinds):
            counts[f"{kind}.ttl.gz"] = len(kinds[kind])
            member = _gzip(to_turtle(kinds[kind], iris.namespace))
            (folder / f"{kind}.ttl.gz").write_bytes(member)
            whole.write(member)
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(counts)]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return counts


def _gzip(text: str) -> bytes:
    """Compress without name and time, so that the same content gives the same bytes."""
    return gzip.compress(text.encode(), LEVEL, mtime=0)
