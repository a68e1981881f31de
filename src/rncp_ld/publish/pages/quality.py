"""The quality pages: what was found wrong with the register, by kind of finding, each one linked to its fiche.

The index shows the first findings of each kind; a kind that has more has pages of its own with all of them, 100 each, at
addresses that name the kind, so that they stay when other kinds come and go: `quality/ACTE-REPETE-2.html`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rncp_ld.diagnostics import CODES, Diagnostic, Severity
from rncp_ld.model.slug import hash8
from rncp_ld.publish.pages.findings import WORDS, excerpt_of, split_message
from rncp_ld.publish.pages.linklists import list_address, list_pages
from rncp_ld.publish.pages.listing import pager
from rncp_ld.publish.pages.page import Linker
from rncp_ld.publish.pages.site import Site
from rncp_ld.publish.pages.views import Link, Value

FIRST: Final = 10
"""Findings of one kind that the index shows; it holds some dozens of kinds."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: `detail` is what it says beyond the sentence that all of its kind share."""

    fiche: Value | None
    path: str
    excerpt: str
    detail: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind, and how they are called.

    Attributes:
        key: names the kind in addresses, whatever else was found: its code, for the check with the shape.
        shape: which shape says so, "" for what the check did not find.
        heading: what all of them say, without the stop that ends a sentence.
        found: all of them, in the order of reports.
    """

    key: str
    code: str
    shape: str
    severity: str
    heading: str
    fiches: int
    found: Sequence[Diagnostic]


def group_findings(diagnostics: Sequence[Diagnostic]) -> list[FindingGroup]:
    """Group by severity, then code; the check's findings by shape, since they share a code."""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}

    def kind(one: Diagnostic) -> tuple[int, str, str, str]:
        message, shape, _ = split_message(one)
        return ranks[one.severity], one.code, shape, message

    ordered = sorted(diagnostics, key=lambda one: (kind(one), one.sort_key()))
    groups: list[FindingGroup] = []
    for _, members in groupby(ordered, kind):
        groups.append(_group(list(members), {group.key for group in groups}))
    return groups


def _group(found: Sequence[Diagnostic], taken: Container[str]) -> FindingGroup:
    first = found[0]
    message, shape, _ = split_message(first)
    # A code may have findings of another severity than its own: these have a hash, however many others there are. A
    # shape has one severity and one sentence; that it had two would be a fault of ours, and must not cost a page.
    usual = f"SHACL-{shape.replace(', ', '-')}" not in taken if shape else first.severity is CODES[first.code][0]
    key = "-".join(
        filter(None, (first.code, *shape.split(", "), "" if usual else hash8(message + first.severity.value)))
    )
    fiches = len({one.fiche for one in found if one.fiche})
    return FindingGroup(key, first.code, shape, WORDS[first.severity], message.removesuffix("."), fiches, found)


def render_quality(site: Site) -> Iterator[tuple[str, str]]:
    """Yield `quality/index.html` and the pages of the kinds that have more findings than it shows."""
    diagnostics = site.context.diagnostics
    linker = site.linkers.at("../")
    groups = group_findings(diagnostics)
    yield (
        "quality/index.html",
        site.render(
            "quality.html",
            "../",
            groups=[(group, _lines(group.found[:FIRST], linker, site), _more(group)) for group in groups],
            total=len(diagnostics),
            fiches=len({one.fiche for one in diagnostics if one.fiche}),
            severities=[(WORDS[s], sum(one.severity is s for one in diagnostics)) for s in Severity],
            rejected=site.context.rejected,
            trail=(Link("../index.html", "Accueil"),),
        ),
    )
    for group in groups:
        if _more(group):
            yield from _pages(group, linker, site)


def _pages(group: FindingGroup, linker: Linker, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the pages of one kind of finding."""
    trail = (Link("../index.html", "Accueil"), Link(f"index.html#page.{group.key}", "Qualité des données"))
    for part in list_pages(group.found):
        yield (
            f"quality/{list_address(group.key, part.number)}",
            site.render(
                "findings.html",
                "../",
                group=group,
                lines=_lines(part.items, linker, site),
                part=part,
                pager=pager(part.number, part.pages, lambda number: list_address(group.key, number)),
                trail=trail,
            ),
        )


def _more(group: FindingGroup) -> str:
    return list_address(group.key, 1) if len(group.found) > FIRST else ""


def _lines(found: Sequence[Diagnostic], linker: Linker, site: Site) -> list[FindingLine]:
    return [
        FindingLine(
            linker.link(site.iris.certification(one.fiche)) if one.fiche else None,
            one.path or "",
            excerpt_of(one),
            split_message(one)[2],
        )
        for one in found
    ]
