"""A page depends on its inputs alone: the list in `pages.resource` is what a build compares before it keeps a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar, cast

import pytest

from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages import Site, open_site, resources_of
from rncp_ld.publish.pages.page import Linkers
from rncp_ld.publish.pages.resource import Inputs, render_page, render_resource
from rncp_ld.rdf.iris import Iris, document_of, fiche_of
from rncp_ld.rdf.terms import Node, group_triples
from rncp_ld.store.store import GraphStore

IRIS = Iris()
RNCP = IRIS.rncp
V = TypeVar("V")


class Recorded(Mapping[str, V]):
    """A mapping that remembers what it was asked."""

    def __init__(self, whole: Mapping[str, V], asked: set[str]) -> None:
        self._whole = whole
        self._asked = asked

    def __getitem__(self, key: str) -> V:
        self._asked.add(key)
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        self._asked.add(cast("str", key))
        return key in self._whole

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("a page reads the whole of a lookup")

    def __len__(self) -> int:
        return len(self._whole)


class Unread:
    """A store that no page may ask."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"a page asks the store: {name}")


@dataclass
class Rendered:
    """The files of a page, and what was asked to make them."""

    files: list[tuple[str, str]]
    looked_up: set[str] = field(default_factory=set)
    broader: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def site(real_store: GraphStore) -> Site:
    return open_site(real_store, SiteContext(IRIS))


def inputs_of(resource: str, store: GraphStore, described: set[str]) -> Inputs:
    def node_of(subject: str) -> Node:
        described.add(subject)
        return group_triples(store.about(subject)).get(subject, {})

    return Inputs(resource, group_triples(store.describe(resource)), store.incoming(resource), node_of)


def render(inputs: Inputs, site: Site, described: set[str]) -> Rendered:
    found = Rendered([], described=described)
    known, asked = site.lookups, found.looked_up
    lookups = replace(
        known,
        labels=Recorded(known.labels, asked),
        codes=Recorded(known.codes, asked),
        types=Recorded(known.types, asked),
        states=Recorded(known.states, asked),
        superclasses={},
        broader=Recorded(known.broader, found.broader),
        series=Recorded(known.series, found.series),
    )
    # A linker of its own: what another page has asked already would not be seen.
    alone = replace(site, store=cast("GraphStore", Unread()), lookups=lookups, linkers=Linkers(lookups))
    found.files = list(render_page(inputs, alone))
    return found


def test_a_page_asks_only_for_what_it_is_said_to_depend_on(site: Site) -> None:
    for resource in resources_of(site):
        described: set[str] = set()
        inputs = inputs_of(resource, site.store, described)
        found = render(inputs, site, described)
        terms = {*inputs.nodes, *(o for node in inputs.nodes.values() for terms in node.values() for o in terms)}
        named = {term for term in terms if term.startswith("<")}
        linking = {document_of(subject) for subject in chain(*inputs.incoming.values())}
        above = set(chain_up(resource, inputs, site))
        allowed = {resource, *named, *map(document_of, named), *linking, *above}
        assert {one for one in found.looked_up if one.startswith("<")} <= allowed, resource
        assert found.broader <= above, resource
        number = fiche_of(resource, IRIS.base)
        assert found.series <= ({IRIS.fiche(number)} if number else set()), resource
        blocs = inputs.nodes.get(resource, {}).get(RNCP.hasBlock, [])
        partners = inputs.nodes.get(resource, {}).get(RNCP.partnerships, [])
        assert {document_of(one) for one in found.described} <= {*blocs, *partners}, resource
        assert all(fiche_of(one, IRIS.base) == number for one in found.described), resource


def chain_up(resource: str, inputs: Inputs, site: Site) -> Iterator[str]:
    """Yield the pages that may stand above a page: what it belongs to, and what that is narrower than."""
    node = inputs.nodes.get(resource, {})
    first = [one for terms in node.values() for one in terms if one in site.lookups.types]
    first += inputs.incoming.get(RNCP.hasBlock, [])
    for one in first:
        current: str | None = one
        for _ in range(7):
            if current:
                yield current
                current = site.lookups.broader.get(current)


def test_from_which_part_a_link_comes_changes_nothing(site: Site) -> None:
    for resource in resources_of(site):
        whole = inputs_of(resource, site.store, set())
        short = {
            predicate: sorted({f"{one.partition('#')[0]}#x>" if "#" in one else one for one in subjects})
            for predicate, subjects in whole.incoming.items()
        }
        assert list(render_page(replace(whole, incoming=short), site)) == list(render_resource(resource, site))
