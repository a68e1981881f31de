"""`rncp-ld serve` beside other servers on the same publication, in one run, over loopback.

    python -m benchmarks.serving [--build DIR] [--fiches N] [--seconds N] [--rounds N]

Without --build, an export of N fiches is generated and published first, as in `benchmarks.pipeline`. Needed besides Python: wrk, nginx
(Debian packages wrk and nginx-light), and rdflib-endpoint (`pip install -e '.[bench]'`).

Rounds alternate between servers, so that what else the machine does falls on each of them. "a core" divides by the processor time that
the server itself took, which a busy machine changes less than the clock. Not a test: figures depend on the machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.hosts import Host, missing, nginx, oxigraph, rdflib_endpoint, rncp_ld
from benchmarks.pipeline import sources_of_size
from benchmarks.processes import processor_seconds
from benchmarks.visitors import QUESTIONS, RUNAWAY, documents_of
from rncp_ld import pipeline
from rncp_ld.serve.publication import Publication, open_publication
from rncp_ld.store.questions import answer_with, list_questions

ACCEPTS: Final = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",  # a browser
    "text/turtle",
    "application/ld+json, application/json;q=0.9",
    "application/rdf+xml;q=0.9, text/turtle, application/n-triples;q=0.8",
    "*/*",
    "",
)
"""What clients of each sort say."""

SUFFIXES: Final = ("html", "ttl", "jsonld")
"""Formats on disk."""

RUNAWAYS: Final = 4


@dataclass(slots=True)
class Load:
    """What wrk measured on one server, in all rounds."""

    requests: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    errors: int = 0
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, help="output folder of a build; else one is made")
    parser.add_argument("--fiches", type=int, default=300, help="RNCP fiches to generate; RS in proportion")
    parser.add_argument("--seconds", type=int, default=5, help="of each round of wrk")
    parser.add_argument("--rounds", type=int, default=3, help="of each server")
    parser.add_argument("--connections", type=int, default=16, help="of wrk")
    parser.add_argument("--repetitions", type=int, default=200, help="of each SPARQL query")
    arguments = parser.parse_args()
    if lacking := missing():
        raise SystemExit(f"not installed: {', '.join(lacking)}")
    with publication(arguments.build, arguments.fiches) as (build, folder):
        print(f"load of the machine before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors\n")
        measure_files(build, folder, arguments)
        print()
        measure_queries(build, folder, arguments.repetitions)
        print()
        measure_trivial(build)
        print(f"\nload of the machine after: {os.getloadavg()[0]:.2f}")


@contextmanager
def publication(build: Path | None, fiches: int) -> Iterator[tuple[Path, Path]]:
    """Give the output folder of a build, made where none is named, and a folder to write in."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        if build is None:
            build = folder / "build"
            pipeline.build(sources_of_size(fiches, folder / "export"), build, pipeline.Options())
        yield build, folder


def measure_files(build: Path, folder: Path, arguments: argparse.Namespace) -> None:
    """Print requests a second for documents and for negotiated IRIs."""
    site = (build / "site").resolve()
    iris = [path.removesuffix(".ttl") for path in documents_of(site)]  # more than any cache of ours holds
    paths = [f"{iri}.{SUFFIXES[number % len(SUFFIXES)]}" for number, iri in enumerate(iris)]
    loads = {
        "documents": [(path, "", "") for path in paths],
        "documents, gzip": [(path, "", "gzip") for path in paths],
        "negotiated IRIs": [(path, ACCEPTS[number % len(ACCEPTS)], "") for number, path in enumerate(iris)],
    }
    print(f"{'':<18}{'server':<12}{'req/s':>9}{'req/s a core':>14}{'p50, ms':>9}{'p99, ms':>9}{'errors':>8}")
    with rncp_ld(build) as ours, nginx(site, folder) as theirs:
        for name, requests in loads.items():
            # Which document an IRI leads to is not in nginx's files: that takes the rules of a host.
            hosts = [ours] if name == "negotiated IRIs" else [ours, theirs]
            for host, load in wrk_in_turns(hosts, requests, folder, arguments).items():
                print_load(name, host, load)


def wrk_in_turns(
    hosts: Sequence[Host], requests: Sequence[tuple[str, str, str]], folder: Path, arguments: argparse.Namespace
) -> Mapping[Host, Load]:
    """Ask each server in turn, some rounds; requests are (path, Accept, Accept-Encoding)."""
    listed = folder / "requests.txt"
    listed.write_text("".join("\t".join(one) + "\n" for one in requests), encoding="utf-8")
    loads = {host: Load() for host in hosts}
    for _ in range(arguments.rounds):
        for host, load in loads.items():
            wrk(host, load, listed, arguments)
    return loads


def wrk(host: Host, load: Load, listed: Path, arguments: argparse.Namespace) -> None:
    """Let wrk (https://github.com/wg/wrk) ask for some seconds, and add what it measured."""
    options = ["--threads", "1", "--connections", str(arguments.connections), "--duration", f"{arguments.seconds}s"]
    script = Path(__file__).with_name("requests.lua")
    command = ["wrk", *options, "--script", str(script), f"http://127.0.0.1:{host.port}/", "--", str(listed)]
    before = processor_seconds(host.pid)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    load.processor += processor_seconds(host.pid) - before
    requests, duration, p50, p99, errors = map(int, said.rpartition("measured ")[2].split())
    load.requests += requests
    load.seconds += duration / 1e6
    load.errors += errors
    load.p50.append(p50 / 1e3)
    load.p99.append(p99 / 1e3)


def print_load(name: str, host: Host, load: Load) -> None:
    """Print a row."""
    print(
        f"{name:<18}{host.name:<12}{load.requests / load.seconds:>9,.0f}{load.requests / load.processor:>14,.0f}"
        f"{statistics.median(load.p50):>9.2f}{statistics.median(load.p99):>9.2f}{load.errors:>8}"
    )


def measure_queries(build: Path, folder: Path, repetitions: int) -> None:
    """Print what a query takes through us, at the bare engine, and at rdflib-endpoint."""
    data = folder / "data.nt"
    with gzip.open(build / "site" / "dumps" / "rncp.nt.gz") as packed, data.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    print(
        f"{'question':<24}{'rows':>5}{'ours, p50':>11}{'p99':>8}{'Oxigraph, p50':>15}{'p99':>8}{'overhead':>10}"
        f"{'rdflib, p50':>13}{'ratio':>8}   (ms)"
    )
    with ExitStack() as stack:
        hosts = [stack.enter_context(one) for one in (rncp_ld(build), oxigraph(build / "store"), rdflib_endpoint(data))]
        for name, text in questions(open_publication(build), hosts[1]).items():
            clients = [Client(host) for host in hosts]
            *fast, slow = clients
            for number in range(repetitions + 20):
                for client in fast:
                    client.ask(text, is_counted=number >= 20)
            for _ in range(5):
                slow.ask(text)
            print_query(name, clients)


def questions(publication: Publication, engine: Host) -> Mapping[str, str]:
    """Return the queries: a question about a fiche is asked about one that has many answers."""
    fiches = largest(publication.site / "certification") + largest(publication.site / "partenariats")
    asked = {
        one.name: with_most_rows([answer_with(one, {"fiche": fiche}) for fiche in fiches], engine)
        if any(each.name == "fiche" for each in one.parameters)
        else one.text
        for one in list_questions()
        if one.name in QUESTIONS
    }
    return {**asked, "DESCRIBE of a fiche": f"DESCRIBE {publication.iris.certification(fiches[0])}"}


def largest(folder: Path) -> list[str]:
    """Return the numbers of the fiches of which most is said in a folder."""
    return [path.stem for path in sorted(folder.glob("RNCP*.ttl"), key=lambda path: -path.stat().st_size)[:20]]


def with_most_rows(queries: Sequence[str], engine: Host) -> str:
    """Return the query that has the most answers."""
    return max(queries, key=lambda query: Client(engine).count(query))


class Client:
    """A client that keeps its connection, and what its queries took.

    Args:
        host: that is asked.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._connection = HTTPConnection("127.0.0.1", host.port, timeout=300)
        self.milliseconds: list[float] = []
        self.rows = 0

    def ask(self, query: str, *, is_counted: bool = True) -> int:
        """Ask a query and read its result; return the status."""
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json, text/turtle"}
        start = time.perf_counter()
        self._connection.request("POST", self._host.path, query.encode(), headers)
        response = self._connection.getresponse()
        body = response.read()
        if is_counted:
            self.milliseconds.append((time.perf_counter() - start) * 1e3)
        if not self.rows and "json" in (response.getheader("Content-Type") or ""):
            self.rows = len(json.loads(body).get("results", {}).get("bindings", ()))
        return response.status

    def count(self, query: str) -> int:
        """Return how many rows a query has."""
        self.ask(query, is_counted=False)
        return self.rows

    def percentile(self, percent: int) -> float:
        """Return what so many of a hundred queries took at most."""
        return percentile(self.milliseconds, percent)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many of a hundred do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def print_query(name: str, clients: Sequence[Client]) -> None:
    """Print a row."""
    ours, bare, plain = clients
    print(
        f"{name:<24}{ours.rows:>5}{ours.percentile(50):>11.2f}{ours.percentile(99):>8.2f}"
        f"{bare.percentile(50):>15.2f}{bare.percentile(99):>8.2f}{ours.percentile(50) - bare.percentile(50):>10.2f}"
        f"{plain.percentile(50):>13.1f}{plain.percentile(50) / ours.percentile(50):>8.1f}"
    )


def measure_trivial(build: Path, asked: int = 1000) -> None:
    """Print how long a query that costs nothing waits while others burn, some deadlines long."""
    burning = threading.Event()
    burning.set()
    with rncp_ld(build) as host:
        quiet, busy = Client(host), Client(host)
        burnt: list[int] = []
        threads = [threading.Thread(target=burn, args=(host, burning, burnt)) for _ in range(RUNAWAYS)]
        for _ in range(200):
            quiet.ask("ASK {}")
        for thread in threads:
            thread.start()
        time.sleep(1)
        failed = 0
        for _ in range(asked):
            failed += busy.ask("ASK {}") != 200
            time.sleep(0.02)
        burning.clear()
        for thread in threads:
            thread.join()
    print(f"{'ASK {}':<34}{'p50, ms':>9}{'p99, ms':>9}{'max, ms':>9}")
    for name, client in (("alone", quiet), (f"while {RUNAWAYS} runaway queries burn", busy)):
        print(f"{name:<34}{client.percentile(50):>9.2f}{client.percentile(99):>9.2f}{max(client.milliseconds):>9.2f}")
    print(f"not answered 200: {failed} of {asked}; runaway queries by status: {dict(Counter(burnt))}")


def burn(host: Host, burning: threading.Event, burnt: list[int]) -> None:
    """Ask a runaway query again and again, and note how each ends."""
    client = Client(host)
    while burning.is_set():
        burnt.append(client.ask(RUNAWAY))


if __name__ == "__main__":
    main()
