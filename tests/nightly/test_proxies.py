"""The proxies of docs/nightly.md, real ones, in front of a server that is started as its unit starts it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import absent
from tests.nightly.document import block
from tests.nightly.machine import Machine
from tests.serve.hosts import ask, free_port, until

# As root its workers would be somebody else, who may not read the folders of tests.
USER = "user root; " if os.geteuid() == 0 else ""
NGINX = (
    USER
    + "daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}} http {{ access_log off; {temp} {server} }}"
)
TEMP = " ".join(f"{name}_temp_path {{folder}}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))


@pytest.fixture
def served(machine: Machine, seed_build: Path) -> Iterator[Machine]:
    """The machine with a publication that it serves."""
    machine.build.symlink_to(seed_build)
    with machine.serving():
        yield machine


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)

    def answers() -> bool:
        assert process.poll() is None, command
        try:
            return ask(port, "/").status > 0
        except OSError:
            return False

    try:
        until(answers)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def nginx(machine: Machine, server: str) -> Iterator[int]:
    program = shutil.which("nginx")
    if not program:
        absent("nginx (Debian package nginx)")
    port = free_port()
    text = machine.here(server).replace("listen 80;", f"listen 127.0.0.1:{port};")
    configuration = machine.folder / "nginx.conf"
    configuration.write_text(
        NGINX.format(folder=machine.folder, temp=TEMP.format(folder=machine.folder), server=text), encoding="utf-8"
    )
    log = machine.folder / "nginx.log"
    with running([str(program), "-c", str(configuration), "-e", "stderr"], port, log):
        yield port
    said = [
        line
        for line in log.read_text(encoding="utf-8").splitlines()
        if re.search(r"\[(?:warn|crit|alert|emerg)\]", line)
    ]
    assert said == []


@contextmanager
def caddy(machine: Machine, server: str) -> Iterator[int]:
    program = shutil.which("caddy")
    if not program:
        absent("Caddy (Debian package caddy)")
    port = free_port()
    text = "{\n    admin off\n}\n" + machine.here(server).replace("rncp.example.org", f"http://127.0.0.1:{port}")
    configuration = machine.folder / "Caddyfile"
    configuration.write_text(text, encoding="utf-8")
    command = [str(program), "run", "--config", str(configuration), "--adapter", "caddyfile"]
    environment = ["env", f"HOME={machine.folder}", f"XDG_DATA_HOME={machine.folder}"]
    with running([*environment, *command], port, machine.folder / "caddy.log"):
        yield port


QUERY = {
    "Content-Type": "application/sparql-query",
    "Accept": "application/sparql-results+json",
}


def expect_everything(port: int) -> None:
    turtle = ask(port, "/certification/RNCP2383", headers={"Accept": "text/turtle"})
    assert (turtle.status, turtle["location"]) == (303, "RNCP2383.ttl")
    assert ask(port, "/certification/RNCP2383.html").status == 200
    assert ask(port, "/health").status == 200
    answer = ask(port, "/sparql", "POST", QUERY, b"ASK { ?s ?p ?o }")
    assert (answer.status, b'"boolean":true' in answer.body.replace(b" ", b"")) == (200, True)
    description = ask(port, "/sparql", headers={"Accept": "text/turtle"}).body.decode()
    assert f"http://127.0.0.1:{port}/sparql" in description, "the proxy says by which name it was asked"


def test_nginx_in_front_of_everything(served: Machine) -> None:
    with nginx(served, block("nginx", holding="location / {\n        proxy_pass")) as port:
        expect_everything(port)


def test_caddy_in_front_of_everything(served: Machine) -> None:
    with caddy(served, block("caddy")) as port:
        expect_everything(port)


def test_nginx_with_the_files_and_sparql_behind_it(served: Machine) -> None:
    released = served.run(block("sh", holding="release.sh"))
    assert released.returncode == 0, released.stderr
    folder = served.site / "current" / "certification"
    for suffix in ("html", "ttl", "jsonld"):
        shutil.copy(folder / f"RNCP2383.{suffix}", folder / f"RNCP2384.{suffix}")
    (folder / "RNCP2384.gone").touch()
    with nginx(served, block("nginx", holding="root /srv/rncp/current")) as port:
        for path, media_type in (
            ("/", "text/html; charset=utf-8"),
            ("/certification/", "text/html; charset=utf-8"),
            ("/certification/RNCP2383.ttl", "text/turtle; charset=utf-8"),
            ("/.well-known/void", "text/turtle; charset=utf-8"),
            ("/def.jsonld", "application/ld+json"),
            ("/dumps/rncp.nt.gz", "application/gzip"),
        ):
            assert (path, curl(served, port, path)) == (path, f"200 {media_type}")
        iri = "/certification/RNCP2383"
        assert curl(served, port, iri, "text/turtle").startswith(f"303 http://127.0.0.1:{port}{iri}.ttl")
        assert curl(served, port, iri).startswith(f"303 http://127.0.0.1:{port}{iri}.html")
        assert curl(served, port, iri, "image/png").startswith("406 ")
        withdrawn = "/certification/RNCP2384"
        assert curl(served, port, withdrawn, "text/turtle") == "410 text/turtle; charset=utf-8"
        assert curl(served, port, f"{withdrawn}.html").startswith("410 ")
        for path in (f"{withdrawn}.gone", "/.htaccess", "/certification/RNCP9", "/dumps/"):
            assert (path, curl(served, port, path)) == (path, "404 text/html; charset=utf-8")
        assert ask(port, "/certification").status == 301
        assert ask(port, iri, "POST").status == 405
        assert ask(port, "/sparql", "POST", QUERY, b"ASK {}").status == 200
        description = ask(port, "/sparql", headers={"Accept": "text/turtle"}).body.decode()
        assert f"http://127.0.0.1:{port}/sparql" in description


def curl(machine: Machine, port: int, path: str, accept: str = "*/*") -> str:
    """Return what curl says of an answer: status, where it leads to, media type."""
    said = "%{http_code} %{redirect_url} %{content_type}"
    done = machine.run(
        shlex.join(
            ["curl", "-sS", "-o", "/dev/null", "-w", said, "-H", f"Accept: {accept}", f"http://127.0.0.1:{port}{path}"]
        )
    )
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


READ_ONLY = (
    "mount --bind {build} {build} && mount -o remount,bind,ro {build} && touch {build}/x 2>/dev/null || exec {command}"
)


def test_the_server_needs_no_right_to_write(machine: Machine, seed_build: Path) -> None:
    """As with ProtectSystem=strict: the publications are mounted read-only, in a mount namespace of its own."""
    unshare = [shutil.which("unshare") or "unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run(
        [*unshare, f"mount --bind {seed_build} {seed_build}"], capture_output=True, check=False
    ).returncode:
        absent("the right to mount in a namespace (Debian package util-linux)")
    command = f"{sys.executable} -m rncp_ld serve {seed_build} --port {machine.port}"
    process = subprocess.Popen(
        [*unshare, READ_ONLY.format(build=seed_build, command=command)], stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("serving ")
        assert ask(machine.port, "/sparql", "POST", QUERY, b"ASK {}").status == 200
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert not (seed_build / "x").exists()
