"""Notices at the top of a page: closed, replaced, replacing, only named, withdrawn; and what the check found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rncp_ld.diagnostics import Diagnostic, Severity
from rncp_ld.publish.pages.findings import WORDS, excerpt_of, split_message
from rncp_ld.publish.pages.literals import NBSP, count_of, split_literal, write_date
from rncp_ld.publish.pages.order import in_order
from rncp_ld.publish.pages.page import Page
from rncp_ld.publish.pages.views import Banner, Finding, Link
from rncp_ld.rdf.terms import FALSE
from rncp_ld.rdf.vocabulary import RDF_TYPE


def make_banners(page: Page, cited_by: int) -> tuple[Banner, ...]:
    """Return the notices of a page; `cited_by` is the number of pages that link to it."""
    types = {page.namer.name(kind) for kind in page.nodes[page.resource].get(RDF_TYPE, ())}
    if "rncp:UndescribedResource" in types:
        return (_undescribed(cited_by), *_succession(page))
    if "rncp:Withdrawn" in types:
        return (_withdrawn(page), *_succession(page))
    if "rncp:Certification" in types:
        return tuple(_closed(page)) + _succession(page)
    return ()


def _objects(page: Page, name: str, subject: str | None = None) -> Sequence[str]:
    return page.nodes[subject or page.resource].get(page.namer.term(name), ())


def _links(page: Page, terms: Iterable[str]) -> tuple[Link, ...]:
    return tuple(link for term in terms if isinstance(link := page.linker.link(term), Link))


def _undescribed(cited_by: int) -> Banner:
    by = f"cité par {count_of(cited_by, 'page', 'pages')}" if cited_by else "cité"
    return Banner("named", f"Ce code est {by} et n’est décrit par aucune des sources lues.")


def _withdrawn(page: Page) -> Banner:
    seen = [write_date(split_literal(term)[0]) for term in _objects(page, "rncp:lastSeen")]
    when = f" Dernière publication{NBSP}: export du {seen[0]}." if seen else ""
    gone = f"Cette ressource n’est plus publiée{NBSP}: elle ne figure plus dans les sources, ou le contrôle l’écarte."
    return Banner("closed", f"{gone}{when}")


def _closed(page: Page) -> list[Banner]:
    is_inactive = FALSE in _objects(page, "rncp:isActive")
    note = [split_literal(term)[0] for term in _objects(page, "rncp:closureNote")]
    if not is_inactive and not note:
        return []
    ended = [write_date(split_literal(term)[0]) for term in _objects(page, "rncp:registrationEnd")]
    until = f" Son enregistrement a pris fin le {ended[0]}." if ended and is_inactive else ""
    said = f" La fiche dit{NBSP}: «{NBSP}{note[0]}{NBSP}»." if note else ""
    text = "Cette certification n’est plus active." if is_inactive else "L’accès à cette certification est fermé."
    return [Banner("closed", f"{text}{until}{said}")]


def _succession(page: Page) -> tuple[Banner, ...]:
    """Name what replaces it and the active one that this leads to, else what the fiche says may do so; then what it replaces."""
    out: list[Banner] = []
    direct = _objects(page, "rncp:replacedBy")
    successors = _links(page, direct)
    if successors:
        out.append(Banner("next", "", "Remplacée par", successors))
        ends = [term for term in _objects(page, "rncp:activeSuccessor") if term not in direct]
        if ends:
            out.append(Banner("next", "", "Mène à la certification active", _links(page, ends)))
    else:
        out += _mentioned(page, "rncp:successorMention", "Certification suivante", "next")
    predecessors = _links(page, _objects(page, "rncp:replaces"))
    if predecessors:
        out.append(Banner("previous", "", "Remplace", predecessors))
    else:
        out += _mentioned(page, "rncp:predecessorMention", "Certification précédente", "previous")
    return tuple(out)


def _mentioned(page: Page, name: str, label: str, style: str) -> list[Banner]:
    """Name a certification that the fiche names by its title only, with what it refers to or may refer to."""
    out: list[Banner] = []
    for mention in in_order([term for subject in page.nodes for term in _objects(page, name, subject)], page):
        if mention not in page.nodes:
            continue
        verbatim = f"«{NBSP}{page.part_name(mention)}{NBSP}»"
        known = _links(page, _objects(page, "rncp:refersTo", mention))
        candidates = _links(page, _objects(page, "rncp:candidate", mention))
        if known:
            out.append(Banner(style, f"{verbatim}{NBSP}:", label, known))
        elif candidates:
            out.append(Banner(style, f"{verbatim}, citée sans son numéro. Peut-être{NBSP}:", label, candidates))
        else:
            out.append(
                Banner(style, f"{verbatim}, citée sans son numéro{NBSP}; aucune fiche ne porte ce titre ici.", label)
            )
    return out


def make_findings(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Return what the check found about a fiche, the gravest first, each once; files and lines stay in the report."""
    rank = {severity: place for place, severity in enumerate(WORDS)}
    found: dict[tuple[Severity, str], set[str]] = {}
    for one in diagnostics:
        message, _, detail = split_message(one)
        says = f"{message} {detail}".strip()
        found.setdefault((one.severity, says), set()).update(filter(None, [excerpt_of(one)]))
    ordered = sorted(found, key=lambda key: (rank[key[0]], key[1]))
    return tuple(Finding(WORDS[key[0]], key[0].value, key[1], tuple(sorted(found[key]))) for key in ordered)
