"""Fiches per second of each stage, and the ratio to the plain way of doing the same work, in one run.

    python -m benchmarks.pipeline [SOURCE...] [--fiches N] [--plain N]

Without a source, an export of N fiches of realistic sizes is generated where the generator is beside the project
(`../shared/tools/make_registry.py`); else the fiches that ship with it are measured, which says little.

The plain way is what one writes first: one rdflib graph a fiche, pySHACL on each, rdflib's Turtle for each resource, one
process. It is measured on the first N fiches of the same sources; reading is the same for both and is not compared.
"Turtle" is the same work for both: one file for each resource of these fiches. What only we publish (store, dumps, pages, JSON-LD) is
timed in the whole build and has no ratio. Not a test: a figure depends on the machine, a ratio less so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import rdflib
from pyshacl import validate

from rncp_ld import pipeline, resources
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.reading import Reading
from rncp_ld.rdf.iris import Iris, document_of
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import to_turtle
from rncp_ld.rdf.terms import Triple, line
from rncp_ld.sources.reading import SourceReader


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Add the wall time of a block to a stage."""
    start = time.perf_counter()
    yield
    seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - start


def plain_way(readings: Sequence[Reading], folder: Path) -> dict[str, float]:
    """Map, check and write fiche by fiche with rdflib and pySHACL."""
    seconds: dict[str, float] = {}
    iris = Iris()
    shapes = rdflib.Graph()
    for path in resources.files("shapes", "*.ttl"):
        shapes.parse(path, format="turtle")
    for reading in readings:
        if reading.fiche is None:
            continue
        with timed(seconds, "map"):
            graph = rdflib.Graph()
            register, _ = link([facts_of(reading, reading.fiche)], Nomenclature())
            triples = [*map_fiche(reading.fiche, iris), *map_register(register, iris)]
            graph.parse(data="".join(line(t) for t in triples), format="nt")
        with timed(seconds, "check"):
            validate(graph, shacl_graph=shapes, advanced=False, inplace=True)
        with timed(seconds, "Turtle"):
            pages: dict[str, rdflib.Graph] = {}
            for s, p, o in graph:
                pages.setdefault(document_of(f"<{s}>"), rdflib.Graph()).add((s, p, o))
            for number, page in enumerate(pages.values()):
                page.serialize(folder / f"{reading.number}-{number}.ttl", format="turtle")
    return seconds


def our_turtle(readings: Sequence[Reading], folder: Path) -> float:
    """Write the same files as the plain way, with our own Turtle; return the seconds."""
    iris, seconds = Iris(), 0.0
    for reading in readings:
        if reading.fiche is None:
            continue
        register, _ = link([facts_of(reading, reading.fiche)], Nomenclature())
        triples = [*map_fiche(reading.fiche, iris), *map_register(register, iris)]
        start = time.perf_counter()
        pages: dict[str, list[Triple]] = {}
        for triple in triples:
            pages.setdefault(document_of(triple[0]), []).append(triple)
        for number, (resource, page) in enumerate(pages.items()):
            text = to_turtle(page, iris.namespace, resource)
            (folder / f"ours-{reading.number}-{number}.ttl").write_text(text, encoding="utf-8")
        seconds += time.perf_counter() - start
    return seconds


def sources_of_size(fiches: int, folder: Path) -> list[str]:
    """Generate an export where the generator is at hand; else name the fiches that ship with the project."""
    project = Path(__file__).resolve().parents[1]
    generator = project.parent / "shared" / "tools" / "make_registry.py"
    if not generator.is_file():
        return [str(project / "data" / "fiches")]
    subprocess.run(
        [sys.executable, str(generator), "--out", str(folder), "--fiches", str(fiches)], check=True, capture_output=True
    )
    return [str(folder)]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", help="what to measure on")
    parser.add_argument("--fiches", type=int, default=1000, help="RNCP fiches to generate; RS in proportion")
    parser.add_argument("--plain", type=int, default=100, help="fiches to measure the plain way on")
    arguments = parser.parse_args()

    with TemporaryDirectory() as folder:
        sources = arguments.sources or sources_of_size(arguments.fiches, Path(folder) / "export")
        start = time.perf_counter()
        readings = list(SourceReader(sources).readings())
        read = time.perf_counter() - start
        report = pipeline.build(sources, Path(folder) / "build", pipeline.Options())
        sample = readings[: arguments.plain]
        plain = plain_way(sample, Path(folder))
        turtle = our_turtle(sample, Path(folder))
    fiches = report.fiches
    # What checks a segment also counts and compresses it; the plain way does neither.
    ours = {
        "map, check": (report.seconds["read and map"] - read + report.seconds["link and check"]) / fiches,
        "Turtle": turtle / len(sample),
    }
    plain["map, check"] = plain["map"] + plain["check"]
    print(f"{fiches} fiches; {', '.join(f'{n:,} {what}' for what, n in report.counts.items())}")
    print(f"{'stage':<10}{'ours, fiches/s':>16}{'plain, fiches/s':>17}{'ratio':>8}")
    print(f"{'read':<10}{fiches / read:>16,.0f}{'the same':>17}")
    for stage, seconds in ours.items():
        row(stage, seconds, plain[stage] / len(sample))
    row("all", sum(ours.values()), (plain["map, check"] + plain["Turtle"]) / len(sample))
    print("Whole build, s: " + ", ".join(f"{name} {value:.2f}" for name, value in report.seconds.items()))


def row(stage: str, ours: float, plain: float) -> None:
    """Print a stage; both in seconds a fiche."""
    print(f"{stage:<10}{1 / ours:>16,.0f}{1 / plain:>17,.0f}{plain / ours:>8.1f}")


if __name__ == "__main__":
    main()
