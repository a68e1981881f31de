"""The pages of the catalogue and of its one dataset: what can be taken away, and how much of what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rncp_ld.publish.pages.kinds import kind
from rncp_ld.publish.pages.literals import write_number
from rncp_ld.publish.pages.site import Site

WHOLE = {"rncp.nt.gz": "Tout le graphe, N-Triples", "rncp.ttl.gz": "Tout le graphe, Turtle"}


def render_dataset(site: Site) -> Iterator[tuple[str, str]]:
    """Yield `catalog.html` and `dataset.html`, which say the same of two resources: the catalogue holds one dataset."""
    dumps = [(name, _label(name), write_number(str(count))) for name, count in _whole_first(site.context.dumps)]
    for path, title in (("catalog", "Catalogue"), ("dataset", "Jeu de données")):
        yield f"{path}.html", site.render("dataset.html", "", title=title, path=path, dumps=dumps, base=site.iris.base)


def _whole_first(dumps: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(dumps.items(), key=lambda one: (one[0] not in WHOLE, one[0]))


def _label(name: str) -> str:
    return WHOLE.get(name) or kind(name.removesuffix(".ttl.gz")).plural
