"""Legal acts across fiches: merged by equal key only; what might be the same act is a candidate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import Facts, articles_of
from rncp_ld.model.legal import ActId, ActType, CodeArticle, LegalAct
from rncp_ld.model.register import LinkedAct


def link_acts(facts: Sequence[Facts]) -> tuple[list[LinkedAct], list[Diagnostic]]:
    """Return every act once, with the most frequent of what fiches say about it, and what they contradict."""
    cited: dict[ActId, list[tuple[Facts, LegalAct]]] = defaultdict(list)
    for fact in facts:
        for act in fact.acts:
            cited[act.id].append((fact, act))
    diagnostics: list[Diagnostic] = []
    merged = {key: _merge(uses, diagnostics) for key, uses in cited.items()}
    by_day: dict[tuple[ActType, date], list[LegalAct]] = defaultdict(list)
    for act in merged.values():
        by_day[act.type, act.signature_date].append(act)
    linked = [LinkedAct(act, _candidates(act, by_day[act.type, act.signature_date])) for act in merged.values()]
    return sorted(linked, key=lambda one: _order(one.act.id)), diagnostics


def _order(act: ActId) -> tuple[str, date, str]:
    return act.type.value, act.signature_date, act.key


def _merge(uses: list[tuple[Facts, LegalAct]], diagnostics: list[Diagnostic]) -> LegalAct:
    """Merge what fiches say about one act; a contradiction is decided by frequency, then order, and reported."""
    act = uses[0][1]

    def most(get: Callable[[LegalAct], Any]) -> Any:
        counts = Counter(value for _, one in uses if (value := get(one)) is not None)
        return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None

    def union(get: Callable[[LegalAct], tuple[ActId, ...]]) -> tuple[ActId, ...]:
        return tuple(sorted({target for _, one in uses for target in get(one)}, key=_order))

    publication = most(lambda one: one.publication_date)
    for fact, one in uses:
        if one.publication_date not in {None, publication}:
            diagnostics.append(
                Diagnostic.of(
                    "DATE-JO-ECARTEE",
                    f"Les fiches ne donnent pas toutes la même date de publication ; retenue : {publication:%d/%m/%Y}.",
                    file=fact.file,
                    line=fact.line,
                    fiche=fact.number,
                    path=f"acte/{act.type.value}/{act.signature_date}/{act.key}",
                    excerpt=f"{one.publication_date:%d/%m/%Y}",
                )
            )
    agreeing = [one for _, one in uses if one.publication_date == publication]
    gazettes = [one for one in agreeing if one.gazette is not None]
    return replace(
        act,
        number=most(lambda one: one.number),
        nor=most(lambda one: one.nor),
        title=most(lambda one: one.title),
        publication_date=publication,
        gazette=gazettes[0].gazette if gazettes else None,
        gazette_number=next((one.gazette_number for one in gazettes if one.gazette_number), None),
        amends=union(lambda one: one.amends),
        replaces=union(lambda one: one.replaces),
        repeals=union(lambda one: one.repeals),
    )


def _candidates(act: LegalAct, same_day: list[LegalAct]) -> tuple[ActId, ...]:
    """Return the acts of the same type and date that this one says less than, and does not contradict.

    Only an act without number, NOR and title has candidates: it is known by a fiche's number, and so cannot merge.
    """
    if act.number or act.nor or act.title:
        return ()
    return tuple(
        sorted(
            (
                other.id
                for other in same_day
                if (other.number or other.nor or other.title)
                and (
                    None in {act.publication_date, other.publication_date}
                    or act.publication_date == other.publication_date
                )
            ),
            key=_order,
        )
    )


def link_articles(facts: Sequence[Facts]) -> tuple[list[CodeArticle], list[tuple[str, str]]]:
    """Return every article that is cited and every code, (slug, label), each once."""
    articles: dict[tuple[str, str], CodeArticle] = {}
    codes: dict[str, str] = {}
    for fact in facts:
        for article in articles_of(fact):
            articles.setdefault((article.code, article.article), article)
            codes[article.code] = article.code_label
        for mention in fact.legal_mentions:
            codes.update(mention.codes)
    return [articles[key] for key in sorted(articles)], sorted(codes.items())
