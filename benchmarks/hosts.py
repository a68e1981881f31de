"""The servers that are compared, each as a process on a free port of 127.0.0.1."""

from __future__ import annotations

import getpass
import importlib.util
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.serve.hosts import Serve, free_port

from rncp_ld.formats import CONTENT_TYPES, SMALLEST
from rncp_ld.headers import CACHE, EVERYWHERE
from rncp_ld.serve.coding import LEVEL
from rncp_ld.serve.sparql.engine import program

_START: Final = 300
"""Seconds in which a server answers: rdflib reads its data anew at each start."""


@dataclass(frozen=True, slots=True)
class Host:
    """A server that runs.

    Attributes:
        name: in tables.
        port: of 127.0.0.1.
        pid: number of its process.
        path: of its SPARQL service.
    """

    name: str
    port: int
    pid: int
    path: str = "/sparql"


@contextmanager
def rncp_ld(build: Path, *options: str) -> Iterator[Host]:
    """Run `rncp-ld serve`."""
    server = Serve(build, *options)
    try:
        yield Host("rncp-ld", server.port, server.process.pid)
    finally:
        server.stop()


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[Host]:
    """Run nginx (Debian package nginx-light) on the same files, with one worker and what `serve` says of each of them."""
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(_nginx_configuration(site, folder, port), encoding="utf-8")
    with _running("nginx", [_nginx(), "-e", "stderr", "-p", str(folder), "-c", str(configuration)], port) as host:
        yield host


@contextmanager
def oxigraph(store: Path) -> Iterator[Host]:
    """Run the bare Oxigraph server."""
    port = free_port()
    command = [program(), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with _running("Oxigraph", command, port, "/query") as host:
        yield host


@contextmanager
def rdflib_endpoint(data: Path) -> Iterator[Host]:
    """Run rdflib-endpoint (https://pypi.org/project/rdflib-endpoint/) on a file of triples."""
    port = free_port()
    command = [sys.executable, "-m", "rdflib_endpoint", "serve", str(data), "--host", "127.0.0.1", "--port", str(port)]
    with _running("rdflib-endpoint", command, port, "/") as host:
        yield host


def missing() -> list[str]:
    """Return what is compared with and is not installed, each with the way to it."""
    looked_for = {
        "wrk (Debian package wrk)": shutil.which("wrk"),
        "nginx (Debian package nginx-light)": shutil.which(_nginx()),
        "rdflib-endpoint (pip install -e '.[bench]')": importlib.util.find_spec("rdflib_endpoint"),
    }
    return [name for name, found in looked_for.items() if not found]


def _nginx() -> str:
    return shutil.which("nginx") or "/usr/sbin/nginx"  # not on the path of an ordinary user


@contextmanager
def _running(name: str, command: Sequence[str], port: int, path: str = "") -> Iterator[Host]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Host(name, port, process.pid, path)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{process.args!r} does not start")


def _nginx_configuration(site: Path, folder: Path, port: int) -> str:
    types = "\n".join(f'    "{kind}" {suffix};' for suffix, kind in CONTENT_TYPES.items())
    headers = "\n".join(
        f'      add_header {name} "{value}";' for name, value in {**EVERYWHERE, "Cache-Control": CACHE}.items()
    )
    places = "\n".join(
        f"  {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""\
daemon off;
user {getpass.getuser()};
worker_processes 1;
pid {folder}/nginx.pid;
error_log /dev/null;
events {{ worker_connections 256; }}
http {{
{places}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  gzip on;
  gzip_comp_level {LEVEL};
  gzip_min_length {SMALLEST};
  gzip_types *;
  types {{
{types}
  }}
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location / {{
      root {site};
{headers}
    }}
  }}
}}
"""
