"""Real clients dereference a certification, each with the Accept header that it sends by itself, and read the same triples.

The triples speak of the base IRI, which does not lead to a test's server; so each client is given the certification's
address there. What it must read is what stands in the `.ttl` file on disk, as a set: there are no blank nodes.
"""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from rncp_ld.rdf.terms import Triple
from tests.conftest import absent
from tests.serve.hosts import Serve

CERTIFICATION = "certification/RNCP2"
CLIENTS = Path(__file__).parent / "clients"
"""What npm installs: its version is pinned, and everything below it by the lock file."""

WAIT = 120
"""Seconds that a client may take; npm may take longer."""


DOCUMENT = re.compile(rf"(/{CERTIFICATION})\.(?:ttl|jsonld|nt|rdf)>")


def triples_of(data: bytes | str, form: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> set[Triple]:
    """Read a document as a set of triples; what a document says of itself (its licence) has one subject whatever its format."""
    quads = ox.parse(data, form)
    return {(DOCUMENT.sub(r"\1.*>", str(q.subject)), str(q.predicate), str(q.object)) for q in quads}


@pytest.fixture(scope="module")
def server(served_build: Path) -> Iterator[Serve]:
    one = Serve(served_build)
    yield one
    one.stop()


@pytest.fixture(scope="module")
def address(server: Serve) -> str:
    """Where the certification is."""
    return f"http://127.0.0.1:{server.port}/{CERTIFICATION}"


@pytest.fixture(scope="module")
def on_disk(served_build: Path) -> set[Triple]:
    """The triples that the publication has of the certification and of its document."""
    found = triples_of((served_build / "site" / f"{CERTIFICATION}.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    assert len(found) > 20
    assert any(subject.endswith(".*>") for subject, _, _ in found)
    return found


def tool(name: str, package: str) -> str:
    """Return the path of a command of Debian."""
    found = shutil.which(name)
    if not found:
        absent(f"{name} (Debian package {package})")
    return str(found)


def output(*command: str, cwd: Path | None = None) -> bytes:
    """Run a client; return what it prints."""
    done = subprocess.run(command, capture_output=True, cwd=cwd, timeout=WAIT, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


# curl


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_curl(accept: str, form: ox.RdfFormat, address: str, on_disk: set[Triple]) -> None:
    curl = tool("curl", "curl")
    assert triples_of(output(curl, "-sSfL", "-H", f"Accept: {accept}", address), form) == on_disk
    assert triples_of(output(curl, "-sSfL", "--compressed", "-H", f"Accept: {accept}", address), form) == on_disk


# Raptor's rapper


@pytest.mark.parametrize("options", [["-g"], ["-i", "turtle"], ["-i", "rdfxml"], ["-i", "ntriples"]], ids=" ".join)
def test_rapper(options: Sequence[str], address: str, on_disk: set[Triple]) -> None:
    """With -g it says all that it reads, with `text/html;q=0.6` among it."""
    rapper = tool("rapper", "raptor2-utils")
    assert triples_of(output(rapper, "-q", *options, "-o", "ntriples", address)) == on_disk


@pytest.mark.parametrize(("suffix", "form"), [("ttl", "turtle"), ("rdf", "rdfxml"), ("nt", "ntriples")])
def test_rapper_reads_the_documents(suffix: str, form: str, address: str, on_disk: set[Triple]) -> None:
    rapper = tool("rapper", "raptor2-utils")
    for options in (["-g"], ["-i", form]):
        assert triples_of(output(rapper, "-q", *options, "-o", "ntriples", f"{address}.{suffix}")) == on_disk


# rdflib


def read(address: str, form: str | None = None) -> set[Triple]:
    """Let rdflib read an address: it asks for the format that it is told to read, or for any that it knows."""
    return triples_of(rdflib.Graph().parse(address, format=form).serialize(format="nt"))


@pytest.mark.parametrize("form", [None, "turtle", "xml", "json-ld", "nt", "n3"])
def test_rdflib(form: str | None, address: str, on_disk: set[Triple]) -> None:
    assert read(address, form) == on_disk


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_rdflib_reads_the_documents(suffix: str, address: str, on_disk: set[Triple]) -> None:
    assert read(f"{address}.{suffix}") == on_disk


# Comunica


@pytest.fixture(scope="session")
def comunica() -> str:
    """Path of Comunica's command, installed beside its lock file by the first test that wants it."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        absent("npm (Debian packages nodejs and npm)")
    lock, modules = CLIENTS / "package-lock.json", CLIENTS / "node_modules"
    stamp = modules / ".installed"
    with lock.open("rb") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
            command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=CLIENTS, capture_output=True, text=True, check=False)
            if done.returncode:
                absent(f"Comunica (`npm ci` in {CLIENTS.name}: {(done.stderr.strip() or 'no word').splitlines()[-1]})")
            stamp.write_bytes(lock.read_bytes())
    return str(modules / ".bin" / "comunica-sparql")


def test_comunica(comunica: str, address: str, on_disk: set[Triple]) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert triples_of(output(comunica, address, query, "-t", "application/n-triples")) == on_disk


def test_comunica_finds_what_is_asked_for(comunica: str, address: str) -> None:
    """A query over the certification and over the job that it leads to: two pages of this server."""
    job = address.replace(CERTIFICATION, "rome/K1205")
    query = (
        "SELECT ?code ?job WHERE { ?c <https://w3id.org/rncp/def#code> ?code ; <https://w3id.org/rncp/def#rome> ?r . "
        "?r <http://www.w3.org/2004/02/skos/core#prefLabel> ?job }"
    )
    rows = output(comunica, address, job, query, "-t", "text/csv").decode().split("\r\n")
    assert rows[:2] == ["code,job", "RNCP2,Information sociale"]
