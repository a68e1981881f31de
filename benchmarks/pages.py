"""Milliseconds of processor time that the files of a page cost, by kind, on one core.

    python -m benchmarks.pages [--build DIR] [--pages N]

Measured is what makes HTML, Turtle and JSON-LD from the triples of a page; reading the store and writing the files are
not. Each round makes the same pages, chosen by chance but always the same ones; the best round counts, since other
programs only ever add to one.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from rncp_ld.publish.context import SiteContext
from rncp_ld.publish.pages import Inputs, Site, open_site, render_page, resources_of
from rncp_ld.publish.pages.kinds import MAIN_KINDS, kind_of_path
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Node, group_triples
from rncp_ld.store.store import GraphStore

ROUNDS = 6


def read_inputs(resource: str, site: Site) -> Inputs:
    """Read all that a page is made of, so that no round asks the store."""
    store = site.store
    known: dict[str, Node] = {}

    def node_of(subject: str) -> Node:
        if subject not in known:
            known[subject] = group_triples(store.about(subject)).get(subject, {})
        return known[subject]

    inputs = Inputs(resource, group_triples(store.describe(resource)), store.incoming(resource), node_of)
    list(render_page(inputs, site))
    return inputs


def measure(pages: list[Inputs], site: Site) -> float:
    """Return the milliseconds a page of the best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for inputs in pages:
            for _file in render_page(inputs, site):
                pass
        best = min(best, time.process_time() - start)
    return best / len(pages) * 1000


def main() -> None:
    """Measure each kind of page of a build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--pages", type=int, default=250, help="of each kind")
    options = parser.parse_args()
    site = open_site(GraphStore.open(options.build / "store"), SiteContext(Iris()))
    resources = resources_of(site)
    random.Random(1).shuffle(resources)
    print(f"{'kind':16}{'pages':>8}{'triples':>9}{'ms a page':>11}")
    for kind in MAIN_KINDS:
        members = [one for one in resources if kind_of_path(site.lookups.path(one)) == kind]
        sample = [read_inputs(one, site) for one in members[: options.pages]]
        if sample:
            triples = sum(len(v) for one in sample for node in one.nodes.values() for v in node.values()) / len(sample)
            print(f"{kind:16}{len(members):>8}{triples:>9.1f}{measure(sample, site):>11.3f}")


if __name__ == "__main__":
    main()
