"""The graph in another store: replaced by PUT, as the SPARQL 1.1 Graph Store HTTP Protocol has it.

https://www.w3.org/TR/sparql11-http-rdf-update/#http-put. How single stores take it is in `docs/push.md`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

import httpx
import pyoxigraph as ox

from rncp_ld import __version__
from rncp_ld.errors import PushError, UsageError
from rncp_ld.formats import N_TRIPLES, TURTLE
from rncp_ld.store.credentials import Credentials
from rncp_ld.store.exchange import Exchange, parse_address, place_of, plain
from rncp_ld.store.graph_dump import Body, GraphDump

DEFAULT_GRAPH: Final = "default"

_REPLACED: Final = {httpx.codes.OK, httpx.codes.CREATED, httpx.codes.NO_CONTENT}
_PROBE = 60.0
"""Seconds to wait for an answer to the first request, which gives the server nothing to do."""


@dataclass(frozen=True, slots=True)
class RemoteGraph:
    """A graph of another store.

    Attributes:
        store: address of the graph store, without the graph.
        graph: IRI, or None for the one that has no name.
    """

    store: httpx.URL
    graph: str | None = None

    @classmethod
    def parse(cls, url: str, graph: str = DEFAULT_GRAPH) -> RemoteGraph:
        """Read what a user has named.

        Args:
            url: the graph store.
            graph: absolute IRI, or "default".

        Raises:
            UsageError: no such address or graph can be.
        """
        store = parse_address(url)
        named = {"default", "graph"} & {name for name, _ in parse_qsl(store.query.decode(), keep_blank_values=True)}
        if named:
            raise UsageError(f"{place_of(store)}: name the graph with --graph, not in the address")
        if graph == DEFAULT_GRAPH:
            return cls(store)
        try:
            ox.NamedNode(graph)
        except ValueError as error:
            raise UsageError(f"--graph {graph!r}: expected an absolute IRI, or {DEFAULT_GRAPH} ({error})") from error
        return cls(store, graph)

    @property
    def address(self) -> httpx.URL:
        """The address of the graph: indirect identification (section 4.2 of the protocol), which all stores have."""
        own = "default" if self.graph is None else f"graph={quote(self.graph, safe='')}"
        before = self.store.query.decode()
        return self.store.copy_with(query=(f"{before}&{own}" if before else own).encode())

    @property
    def count_query(self) -> str:
        """The query that counts its triples."""
        pattern = "?s ?p ?o" if self.graph is None else f"GRAPH <{self.graph}> {{ ?s ?p ?o }}"
        return f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"

    def __str__(self) -> str:
        """Name it in a message."""
        return f"{place_of(self.store)}, {'default graph' if self.graph is None else f'graph <{self.graph}>'}"


@dataclass(frozen=True, slots=True)
class Pushing:
    """How a graph is sent.

    Attributes:
        credentials: who we are.
        endpoint: where the graph's triples are counted afterwards, if anywhere; gets the credentials only where it is of
            the same origin as the store.
        patience: seconds to wait until the store has loaded what it was sent.
        sent: told the bytes that have been sent.
        answered: told each answer, in words.
    """

    credentials: Credentials
    endpoint: httpx.URL | None = None
    patience: float = 3600.0
    sent: Callable[[int], None] | None = None
    answered: Callable[[str], None] | None = None


def replace_graph(dump: GraphDump, remote: RemoteGraph, pushing: Pushing) -> None:
    """Replace a graph of another store by a dump.

    A HEAD goes first: it finds an address that cannot be reached and learns how the server wants us to authenticate, so
    that the graph itself is sent once.

    Raises:
        PushError: the store cannot be reached, refuses, or has another number of triples afterwards.
    """
    with _client(pushing) as client:
        exchange = Exchange(client, remote.address, pushing.credentials)
        # On a connection of its own: Oxigraph gives a HEAD that it refuses a text, where the next answer should begin.
        response, text = exchange.send("HEAD", headers={"Connection": "close"}, patience=min(_PROBE, pushing.patience))
        # Any other answer says nothing of writing: a graph that is not there yet is 404, and Virtuoso has no HEAD (501).
        if response.has_redirect_location or response.status_code == httpx.codes.UNAUTHORIZED:
            raise exchange.refusal(response, text)
        _put(exchange, dump, pushing)
        if pushing.endpoint is not None:
            is_ours = (pushing.endpoint.scheme, pushing.endpoint.netloc) == (remote.store.scheme, remote.store.netloc)
            asking = Exchange(client, pushing.endpoint, pushing.credentials if is_ours else Credentials())
            counted = _count(asking, remote, pushing.patience)
            if counted != dump.triples:
                raise PushError(f"{asking.place}: {dump.triples:,} triples were sent, and the graph has {counted:,}")


def _client(pushing: Pushing) -> httpx.Client:
    """Make what sends the requests; proxies and certificates are those of the environment, as everywhere."""

    def hook(response: httpx.Response) -> None:
        if pushing.answered is not None:
            request, server = response.request, plain(response.headers.get("server", "no name"))
            pushing.answered(f"{request.method} {place_of(request.url)}: {response.status_code} ({server})")

    try:
        return httpx.Client(headers={"User-Agent": f"rncp-ld/{__version__}"}, event_hooks={"response": [hook]})
    except OSError as error:  # ssl.SSLError is one
        raise PushError(f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read: {error}") from error
    except (httpx.InvalidURL, ValueError, ImportError):
        # Without the library's words: they hold the address, which may hold a password.
        raise PushError(
            "the proxy that the environment names cannot be used; expected an address with http://"
        ) from None


def _put(exchange: Exchange, dump: GraphDump, pushing: Pushing) -> None:
    """Send the dump; as Turtle where the server does not take N-Triples, since every N-Triples document is one of Turtle."""
    for form in (N_TRIPLES, TURTLE):
        headers = {"Content-Type": form.media_type, "Content-Length": str(dump.size)}
        response, text = exchange.send("PUT", Body(dump, pushing.sent), headers, pushing.patience)
        if response.status_code in _REPLACED:
            return
        if response.status_code != httpx.codes.UNSUPPORTED_MEDIA_TYPE:
            break
    raise exchange.refusal(response, text)


def _count(exchange: Exchange, remote: RemoteGraph, patience: float) -> int:
    """Ask a SPARQL endpoint how many triples the graph has."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
    query = urlencode({"query": remote.count_query}).encode()
    response, text = exchange.send("POST", query, headers, patience)
    if response.status_code != httpx.codes.OK:
        raise exchange.refusal(response, text)
    try:
        return int(json.loads(text)["results"]["bindings"][0]["n"]["value"])
    except (ValueError, LookupError, TypeError):
        raise PushError(
            f"{exchange.place}: this answer is no SPARQL result in JSON; is it a SPARQL endpoint?"
        ) from None
