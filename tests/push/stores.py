"""Stores under test: real servers with a folder and ports of their own; they know how to count and to give back a graph."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pyoxigraph as ox

from rncp_ld.rdf.terms import Triple
from tests.serve.hosts import free_port

SECONDS = 60
"""To wait for a server that starts."""


def triples_of(ntriples: bytes) -> set[Triple]:
    """Read N-Triples as a set; there are no blank nodes in what is published."""
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)}


class Server:
    """A server as a process.

    Attributes:
        endpoint: of SPARQL queries, open to all.
    """

    def __init__(self, command: list[str | Path], folder: Path, endpoint: str) -> None:
        self.endpoint = endpoint
        self._log = folder / "server.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)

    def wait(self) -> None:
        """Return when it answers."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(self.endpoint, params={"query": "ASK {}"}).is_success:
                    return
            time.sleep(0.1)
        self.stop()
        raise AssertionError(self._log.read_text(errors="replace")[-2000:])

    def ask(self, query: str, accept: str) -> bytes:
        """Send a query; return what comes back."""
        response = httpx.post(self.endpoint, data={"query": query}, headers={"Accept": accept}, timeout=60)
        assert response.is_success, response.text
        return response.content

    def count(self, graph: str | None = None) -> int:
        """Count the triples of a graph."""
        pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        answer = self.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", "text/csv")
        return int(answer.decode().split()[1])

    def triples(self, graph: str | None = None) -> set[Triple]:
        """Return the triples of a graph."""
        pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        return triples_of(self.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", "application/n-triples"))

    def stop(self) -> None:
        """Stop it, whatever it is doing."""
        self.process.kill()
        self.process.wait(20)


class Oxigraph(Server):
    """`oxigraph serve`, of the package on PyPI that is installed with us.

    Attributes:
        bind: address and port.
        graph_store: address of its Graph Store Protocol.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.bind = bind = f"127.0.0.1:{free_port()}"
        self.graph_store = f"http://{bind}/store"
        oxigraph = Path(sys.executable).with_name("oxigraph")
        serve = "serve-read-only" if read_only else "serve"
        super().__init__(
            [oxigraph, serve, "--location", folder / "data", "--bind", bind], folder, f"http://{bind}/query"
        )
        self.wait()


VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}

[HTTPServer]
ServerPort = {bind}
ServerRoot = .
ServerThreads = 5
Charset = UTF-8

[SPARQL]
ResultSetMaxRows = 1000000
"""


class Virtuoso(Server):
    """Virtuoso 7 of Debian, with a user who may do no more than SPARQL updates.

    Attributes:
        folder: its files; what it may load files from.
        sql: address and port for `isql-vt`.
        bind: address and port for HTTP.
        graph_store: its Graph Store Protocol for those who have a password (digest authentication).
        open_store: the same for everybody, who may only read.
        user: may write.
        password: of the user; with a sign beyond ASCII, as people have.
    """

    user, password = "pusher", "mot de passé"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sql, self.bind = (f"127.0.0.1:{free_port()}" for _ in range(2))
        (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=self.sql, bind=self.bind, folder=folder))
        self.graph_store = f"http://{self.bind}/sparql-graph-crud-auth"
        self.open_store = f"http://{self.bind}/sparql-graph-crud"
        command: list[str | Path] = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
        super().__init__(command, folder, f"http://{self.bind}/sparql")
        self.wait()
        create = f"DB.DBA.USER_CREATE('{self.user}', '{self.password}'); GRANT SPARQL_UPDATE TO \"{self.user}\";"
        subprocess.run(["isql-vt", self.sql, "dba", "dba", f"EXEC={create}"], check=True, capture_output=True)
