"""Pages of errors for servers that cannot make them: the frame of the site, and links that hold wherever they are shown.

An error is shown at the address that was asked for, at any depth, and the site may live below any prefix. So there is a
page for each depth, with relative links, and the server's rules take the one that fits. `404.html`, which many hosts
show without any rule, knows no depth: its links are absolute, below the base of the IRIs.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

from rncp_ld.publish.hosting.table import DEEPEST, Table, error_page
from rncp_ld.publish.pages.attribution import Attribution
from rncp_ld.publish.pages.site import environment, frame

_NBSP: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class _Error:
    """What the template of errors asks for."""

    status: int
    title: str
    said: str
    links: tuple[tuple[str, str], ...] = ()


def render_error_pages(table: Table, kinds: Container[str], attribution: Attribution) -> Iterator[tuple[str, str]]:
    """Yield the pages: (path below the site, content).

    Args:
        table: of the site.
        kinds: that have an index, for the menu.
        attribution: of the publication.
    """
    there = ", ".join(one.media_type for one in table.formats)
    errors = (
        _Error(404, "Page introuvable", "Aucune page ni ressource n’a cette adresse."),
        _Error(406, "Aucun format acceptable", f"Cette ressource existe dans ces formats{_NBSP}: {there}."),
    )
    common = frame(kinds)
    template = environment().get_template("problem.html")
    yield "404.html", template.render(root=table.base, common=common, attribution=attribution, problem=errors[0])
    for error in errors:
        for depth in range(DEEPEST + 1):
            page = template.render(root="../" * depth, common=common, attribution=attribution, problem=error)
            yield error_page(error.status, depth), page
