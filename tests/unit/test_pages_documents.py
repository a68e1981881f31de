"""The Turtle and JSON-LD of a page hold what the graph says of it and its parts, and two triples about the file itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib

from rncp_ld.publish.context import LICENCE, SiteContext
from rncp_ld.publish.pages import open_site, resources_of
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.serialise import parse_turtle
from rncp_ld.rdf.terms import Triple, line
from rncp_ld.store.store import GraphStore

DCTERMS = "http://purl.org/dc/terms/"
SOURCES = (
    "<https://w3id.org/rncp/dataset>",
    "<https://w3id.org/rncp/source/fiche-texte>",
    "<https://w3id.org/rncp/source/xml-v4-1>",
)


@pytest.fixture(scope="module")
def store(real_build: Path) -> GraphStore:
    return GraphStore.open(real_build / "store")


def graph(triples: Iterable[Triple]) -> set[tuple[object, ...]]:
    return set(rdflib.Graph().parse(data="".join(line(triple) for triple in triples), format="nt"))


def test_turtle_holds_the_graph_s_triples_and_two_more(real_build: Path, store: GraphStore) -> None:
    site = open_site(store, SiteContext(Iris()))
    for resource in resources_of(site):
        path = f"{site.lookups.path(resource)}.ttl"
        found = set(parse_turtle((real_build / "site" / path).read_text(encoding="utf-8")))
        document = f"{resource[:-1]}.ttl>"
        assert {t for t in found if t[0] != document} == set(store.describe(resource)), path
        about = {p: o for s, p, o in found if s == document}
        assert about.keys() == {f"<{DCTERMS}license>", f"<{DCTERMS}source>"}, path
        assert about[f"<{DCTERMS}license>"] == f"<{LICENCE}>"
        assert about[f"<{DCTERMS}source>"] in SOURCES


@pytest.mark.parametrize(
    "path",
    ["certification/RNCP2383", "certification/RNCP37873", "bloc/RNCP2383BC02", "rome/M1805", "niveau/4", "scheme/nsf",
     "organisation/siren-110000072", "certification/RNCP31678", "article/code-education/R338-6", "source/xml-v4-1"],
)  # fmt: skip
def test_json_ld_says_the_same(path: str, real_build: Path, store: GraphStore) -> None:
    data = (real_build / "site" / f"{path}.jsonld").read_text(encoding="utf-8")
    found = set(rdflib.Graph().parse(data=data, format="json-ld"))
    document = rdflib.URIRef(f"https://w3id.org/rncp/{path}.jsonld")
    assert {t for t in found if t[0] != document} == graph(store.describe(f"<https://w3id.org/rncp/{path}>"))
    assert {str(p) for s, p, _ in found if s == document} == {f"{DCTERMS}license", f"{DCTERMS}source"}


_PUBLISH = """
import sys
from pathlib import Path
from tests.sites import WHOLE_FICHE, make_site
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import SourceDocument
make_site(Path(sys.argv[1]), [WHOLE_FICHE], SourceDocument("fiche.txt", SourceSeries.TEXT))
"""


def test_the_same_graph_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    digests = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        subprocess.run([sys.executable, "-c", _PUBLISH, str(folder)], cwd=project, env=environment, check=True)
        site = folder / "site"
        digests.append(
            {
                str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(site.rglob("*"))
                if path.is_file()
            }
        )
    assert digests[0] == digests[1]
    assert len(digests[0]) > 1000
