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

from rncp_ld.errors import PushError, UsageError
from rncp_ld.formats import N_TRIPLES, TURTLE
from rncp_ld.http_client.address import place_of
from rncp_ld.http_client.client import open_client
from rncp_ld.http_client.deadline import Deadline
from rncp_ld.store.credentials import Credentials
from rncp_ld.store.exchange import Exchange, parse_store_address, plain
from rncp_ld.store.graph_dump import Body, GraphDump

DEFAULT_GRAPH: Final = "default"

_REPLACED: Final = {httpx.codes.OK, httpx.codes.CREATED, httpx.codes.NO_CONTENT}
_DOUBT = "the store may still be at work: look what the graph holds"
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
        store = parse_store_address(url)
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
        patience: seconds for all of it: sending, loading, counting.
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
        SettingError: the environment names proxies or certificates that cannot be used.
    """
    with _client(pushing) as client, Deadline(pushing.patience) as deadline:
        exchange = Exchange(client, remote.address, pushing.credentials)
        _probe(exchange, deadline)
        status = _put(exchange, dump, pushing, deadline)
        if pushing.endpoint is not None:
            is_ours = (pushing.endpoint.scheme, pushing.endpoint.netloc) == (remote.store.scheme, remote.store.netloc)
            asking = Exchange(client, pushing.endpoint, pushing.credentials if is_ours else Credentials())
            try:
                counted = _count(asking, remote, deadline)
            except PushError as error:
                raise PushError(
                    f"{remote}: replaced ({status}), {dump.triples:,} triples sent; not counted: {error}"
                ) from error
            if counted != dump.triples:
                raise PushError(f"{asking.place}: {dump.triples:,} triples were sent, and the graph has {counted:,}")


def _client(pushing: Pushing) -> httpx.Client:
    """Make what sends the requests; each answer is told."""

    def hook(response: httpx.Response) -> None:
        if pushing.answered is not None:
            request, server = response.request, plain(response.headers.get("server", "no name"))
            pushing.answered(f"{request.method} {place_of(request.url)}: {response.status_code} ({server})")

    return open_client(hooks={"response": [hook]})


def _probe(exchange: Exchange, deadline: Deadline) -> None:
    """Ask for nothing, to find out who we should be, and whether anybody is there."""
    with deadline.nearer(_PROBE) as soon:
        # On a connection of its own: Oxigraph gives a HEAD that it refuses a text, where the next answer should begin.
        response, text = exchange.send("HEAD", soon, headers={"Connection": "close"}, doubt="nothing was sent")
    # Any other answer says nothing of writing: a graph that is not there yet is 404, and Virtuoso has no HEAD (501).
    if response.has_redirect_location or response.status_code == httpx.codes.UNAUTHORIZED:
        raise exchange.refusal(response, text)


def _put(exchange: Exchange, dump: GraphDump, pushing: Pushing, deadline: Deadline) -> int:
    """Send the dump, and return the status.

    As Turtle where the server does not take N-Triples, since every N-Triples document is one of Turtle.
    """
    for form in (N_TRIPLES, TURTLE):
        headers = {"Content-Type": form.media_type, "Content-Length": str(dump.size)}
        content = Body(dump, pushing.sent)
        response, text = exchange.send("PUT", deadline, content=content, headers=headers, doubt=_DOUBT)
        if response.status_code in _REPLACED:
            return response.status_code
        if response.status_code != httpx.codes.UNSUPPORTED_MEDIA_TYPE:
            break
    raise exchange.refusal(response, text)


def _count(exchange: Exchange, remote: RemoteGraph, deadline: Deadline) -> int:
    """Ask a SPARQL endpoint how many triples the graph has."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
    query = urlencode({"query": remote.count_query}).encode()
    response, text = exchange.send("POST", deadline, content=query, headers=headers)
    if response.status_code != httpx.codes.OK:
        raise exchange.refusal(response, text)
    try:
        return int(json.loads(text)["results"]["bindings"][0]["n"]["value"])
    except (ValueError, LookupError, TypeError):
        raise PushError(
            f"{exchange.place}: this answer is no SPARQL result in JSON; is it a SPARQL endpoint?"
        ) from None
