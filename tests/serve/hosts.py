"""Hosts under test: real servers on a free port of 127.0.0.1, and a client that sends a request as it is written."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import ClassVar, Self
from urllib.parse import urlsplit

from tests.conftest import PROJECT, absent


@dataclass(frozen=True)
class Response:
    """What came back; several headers of one name are joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        """Return a header, None where it is absent."""
        return self.headers.get(name.lower())


def ask(
    port: int, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Response:
    """Send a request: no client tidies it up."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        return Response(response.status, found, response.read())
    finally:
        connection.close()


class Serve:
    """`rncp-ld serve` as a process."""

    def __init__(self, build: Path, *options: str, group: bool = False) -> None:
        command = [sys.executable, "-m", "rncp_ld", "serve", str(build), "--port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=group)
        assert self.process.stderr is not None
        self.said = self.process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:[0-9]+/", self.said)
        assert address, self.said + self.process.stderr.read()
        self.port = urlsplit(address[0]).port or 0
        self._said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self._said.extend(self.process.stderr)

    def says(self, text: str) -> bool:
        """Tell whether it has said something on standard error since its start."""
        return any(text in line for line in self._said)

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Send a request."""
        return ask(self.port, path, method, headers, body)

    def query(self, query: str, accept: str = "application/sparql-results+json") -> Response:
        """Ask a SPARQL query."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.ask("/sparql", "POST", headers, query.encode())

    def engines(self) -> list[int]:
        """Return the numbers of its engines' processes."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                parent = status.read_text(encoding="utf-8").rpartition(")")[2].split()[1]
                if int(parent) == self.process.pid:
                    found.append(int(status.parent.name))
        return sorted(found)

    def stop(self) -> str:
        """Stop it as a service manager does; return what else it said."""
        self.process.terminate()
        return self.wait()

    def wait(self) -> str:
        """Wait for its end; return what else it said."""
        self.process.wait(timeout=30)
        self._listener.join(timeout=5)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return "".join(self._said)


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


README = (PROJECT / "tests" / "golden" / "hosting" / "README.md").read_text(encoding="utf-8")
"""What is said to those who publish a site; servers are set up here as it says, so that it is true."""


def readme_says(start: str, **values: object) -> str:
    """Return what the README gives to be written: the code of the line where a piece of it starts so, a line each.

    Args:
        start: of the first piece that is wanted.
        values: what stands for the places and ports of the README.
    """
    for line in README.splitlines():
        pieces = re.findall(r"`([^`]+)`", line)
        places = [place for place, piece in enumerate(pieces) if piece.startswith(start)]
        if places:
            text = "\n".join(pieces[places[0] :])
            for old, new in (("/srv/www/rncp", "DIR"), ("/srv/www", "ABOVE"), (":8000", ":PORT"), ("/rncp", "BELOW")):
                text = text.replace(old, new)
            return re.sub("DIR|ABOVE|PORT|BELOW", lambda match: str(values[match[0]]), text) + "\n"
    raise AssertionError(f"the README does not say {start}")


SBIN = ":/usr/sbin:/sbin:/usr/local/sbin"
"""Where Debian puts servers, which is not on everybody's path."""


def program(name: str, package: str) -> str:
    """Return the path of a server's program; without it the test is skipped, or fails where CI promises it."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + SBIN)
    if not found:
        absent(f"{name} (Debian package {package})")
    return str(found)


class StaticHost:
    """A web server on a free port that serves a folder by the rules in it; the rest of its configuration says where.

    Making one writes the configuration and lets the server check it; `start` starts it.

    The folder is a copy of a build's site, as `rsync -a build/site/ HOST:DIR/` makes it.

    Args:
        site: what is served.
        work: for the configuration, the log and what else the server writes.
        below: path that the site is served below: "/rncp".
        endpoint: port of a program that answers `/sparql` beside the site.
    """

    name: ClassVar[str]
    package: ClassVar[str]

    def __init__(self, site: Path, work: Path, below: str = "", endpoint: int | None = None) -> None:
        self.program = program(self.name, self.package)
        self.site, self.work, self.below, self.endpoint, self.port = site, work, below, endpoint, free_port()
        self.config = work / f"{self.name}.conf"
        self.config.write_text(self.configuration(), encoding="utf-8")
        self.check()

    def start(self) -> Self:
        """Start the server, and wait until it answers."""
        self.log = (self.work / "log").open("wb")
        self.process = subprocess.Popen(
            [self.program, *self.arguments()], stdout=self.log, stderr=self.log, env=self.environment()
        )
        self._wait()
        return self

    def configuration(self) -> str:
        """Return the configuration around the rules: port, folder, log."""
        raise NotImplementedError

    def arguments(self) -> Sequence[str]:
        """Return the arguments that run the server in the foreground."""
        raise NotImplementedError

    def checking(self) -> Sequence[str]:
        """Return the arguments that let the server check its configuration."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """Return the environment of the server: nothing of it is written to a home."""
        return {
            **os.environ,
            "HOME": str(self.work),
            "XDG_DATA_HOME": str(self.work),
            "XDG_CONFIG_HOME": str(self.work),
        }

    def check(self) -> None:
        """Let the server itself read its configuration; a warning of its counts too."""
        done = subprocess.run(
            [self.program, *self.checking()], capture_output=True, text=True, check=False, env=self.environment()
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert not re.search(r"\[(?:warn|emerg)\]|\bWARN\b", said), said

    def _wait(self) -> None:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(self.stop())

    def said(self) -> str:
        """Return what the server wrote to its log."""
        return (self.work / "log").read_text(encoding="utf-8", errors="replace")

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Send a request."""
        return ask(self.port, path, method, headers, body)

    def stop(self) -> str:
        """Stop it; return what it said."""
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
        return self.said()


class Nginx(StaticHost):
    """nginx, in the foreground, as whoever runs the tests."""

    name, package = "nginx", "nginx-light"

    def configuration(self) -> str:
        places = {"DIR": self.site, "ABOVE": self.site.parent, "BELOW": self.below, "PORT": self.endpoint}
        where = readme_says("location /rncp/" if self.below else "location / ", **places)
        if self.endpoint:
            where += readme_says("location = /sparql", **places)
        temporary = "".join(
            f"{one}_temp_path {self.work}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        return (
            f"daemon off; {user} worker_processes 1; pid {self.work}/pid; error_log stderr warn;\n"
            f"events {{}}\nhttp {{ access_log off; {temporary}\n"
            f"{readme_says('include DIR/hosting/nginx-http.conf', **places)}"
            f"server {{ listen 127.0.0.1:{self.port}; {where} }} }}\n"
        )

    def arguments(self) -> Sequence[str]:
        return ["-p", str(self.work), "-e", "stderr", "-c", str(self.config)]

    def checking(self) -> Sequence[str]:
        return [*self.arguments(), "-t"]


class Apache(StaticHost):
    """Apache in the foreground, with the modules that hosts usually have; started by root it becomes another user."""

    name, package = "apache2", "apache2"
    modules: ClassVar[Sequence[str]] = (
        "mpm_event", "authz_core", "dir", "mime", "rewrite", "headers", "setenvif", "filter", "deflate", "alias", "negotiation", "autoindex",
    )  # fmt: skip
    more: ClassVar[str] = ""
    """What else a host may have in its configuration."""

    def configuration(self) -> str:
        loads = "".join(f"LoadModule {one}_module /usr/lib/apache2/modules/mod_{one}.so\n" for one in self.modules)
        user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
        proxied = readme_says("ProxyPass", PORT=self.endpoint) if self.endpoint else ""
        allowed = readme_says("FileInfo")
        where = proxied + (
            f'DocumentRoot "{self.work}"\nAlias "{self.below}" "{self.site}"\n'
            if self.below
            else f'DocumentRoot "{self.site}"\n'
        )
        return (
            f"{loads}{user}ServerName localhost\nListen 127.0.0.1:{self.port}\nPidFile {self.work}/pid\n"
            f"DefaultRuntimeDir {self.work}\nErrorLog {self.work}/log\nLogLevel warn\nTypesConfig /dev/null\n{self.more}{where}"
            f'<Directory "{self.site}">\nAllowOverride {allowed}Options Indexes FollowSymLinks MultiViews\nRequire all granted\n</Directory>\n'
        )

    def arguments(self) -> Sequence[str]:
        return ["-f", str(self.config), "-DFOREGROUND"]

    def checking(self) -> Sequence[str]:
        return ["-f", str(self.config), "-t"]


class Caddy(StaticHost):
    """Caddy, without its certificates and its administration."""

    name, package = "caddy", "caddy"

    def configuration(self) -> str:
        places = {"DIR": self.site, "BELOW": self.below, "PORT": self.endpoint}
        site = readme_says("handle {", **places)
        if self.below:
            instead, _, before = readme_says("handle_path", **places).splitlines()
            site = f"{before}\n{site.replace('handle {', instead)}"
        proxied = readme_says("handle /sparql", **places) if self.endpoint else ""
        return (
            f"{{\nadmin off\nauto_https off\n}}\n{readme_says('import DIR', **places)}"
            f"http://:{self.port} {{\nbind 127.0.0.1\n{proxied}{site}}}\n"
        )

    def arguments(self) -> Sequence[str]:
        return ["run", "--config", str(self.config), "--adapter", "caddyfile"]

    def checking(self) -> Sequence[str]:
        return ["validate", "--config", str(self.config), "--adapter", "caddyfile"]


STATIC_HOSTS: Mapping[str, type[StaticHost]] = {"apache": Apache, "nginx": Nginx, "caddy": Caddy}
