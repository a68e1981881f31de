"""Legal acts across fiches: merged by equal key only; what might be the same act is a candidate, in both directions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import Facts
from rncp_ld.model.legal import ActId, ActType, CodeArticle, LegalAct
from rncp_ld.model.register import LinkedAct
from rncp_ld.model.slug import slug

MASS = 6
"""Acts of one type and day known by their fiches only, from which on the day is one of mass registration."""


def link_acts(facts: Sequence[Facts]) -> tuple[list[LinkedAct], list[Diagnostic]]:
    """Return every act once, with the most frequent of what fiches say about it, and what they contradict."""
    cited: dict[ActId, list[tuple[Facts, LegalAct]]] = defaultdict(list)
    for fact in facts:
        for act in fact.acts:
            cited[act.id].append((fact, act))
    diagnostics: list[Diagnostic] = []
    merged = {key: _merge(uses, diagnostics) for key, uses in cited.items()}
    candidates: dict[ActId, set[ActId]] = defaultdict(set)
    for one, other in _pairs(merged.values()):
        candidates[one].add(other)
        candidates[other].add(one)
    uncertain: set[ActId] = set()
    for alike in _by_number(merged):
        for one in alike:
            candidates[one].update(other for other in alike if other != one)
        uncertain |= _dates_diverge(alike, cited, diagnostics)
    linked = [
        LinkedAct(act, tuple(sorted(candidates[key], key=_order)), has_certain_date=key not in uncertain)
        for key, act in merged.items()
    ]
    return sorted(linked, key=lambda one: _order(one.act.id)), diagnostics


def _order(act: ActId) -> tuple[str, date, str]:
    return act.type.value, act.signature_date, act.key


def _merge(uses: list[tuple[Facts, LegalAct]], diagnostics: list[Diagnostic]) -> LegalAct:
    """Merge what fiches say about one act; a contradiction is decided by frequency, then order, and reported."""
    act = uses[0][1]
    if len(uses) == 1 and max(map(len, (act.amends, act.replaces, act.repeals))) < 2:
        return act

    def most(get: Callable[[LegalAct], Any]) -> Any:
        counts = Counter(value for _, one in uses if (value := get(one)) is not None)
        return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None

    def union(get: Callable[[LegalAct], tuple[ActId, ...]]) -> tuple[ActId, ...]:
        return tuple(sorted({target for _, one in uses for target in get(one)}, key=_order))

    publication = most(lambda one: one.publication_date)
    gazette = most(lambda one: one.gazette if one.publication_date == publication else None)
    for fact, one in uses:
        if one.publication_date not in {None, publication}:
            kept = f"Les fiches ne donnent pas toutes la même date de publication ; retenue : {publication:%d/%m/%Y}."
            diagnostics.append(_contradicts("DATE-JO-ECARTEE", kept, fact, act, f"{one.publication_date:%d/%m/%Y}"))
        elif one.gazette is not None and one.gazette is not gazette:
            kept = f"Retenu : {gazette.name}."
            diagnostics.append(_contradicts("JOURNAL-DIVERGENT", kept, fact, act, one.gazette.name))
    agreeing = [one for _, one in uses if one.publication_date == publication]
    return replace(
        act,
        number=most(lambda one: one.number),
        nor=most(lambda one: one.nor),
        title=most(lambda one: one.title),
        publication_date=publication,
        gazette=gazette,
        gazette_number=next(
            (one.gazette_number for one in agreeing if one.gazette is gazette and one.gazette_number), None
        ),
        amends=union(lambda one: one.amends),
        replaces=union(lambda one: one.replaces),
        repeals=union(lambda one: one.repeals),
    )


def _contradicts(code: str, kept: str, fact: Facts, act: LegalAct, said: str) -> Diagnostic:
    path = f"acte/{act.type.value}/{act.signature_date}/{act.key}"
    return Diagnostic.of(code, kept, file=fact.file, line=fact.line, fiche=fact.number, path=path, excerpt=said)


def _is_keyless(act: LegalAct) -> bool:
    """Tell whether the act has neither number, NOR nor title: a fiche's number is its key, so it cannot merge."""
    return not (act.number or act.nor or act.title)


def _pairs(acts: Iterable[LegalAct]) -> Iterator[tuple[ActId, ActId]]:
    """Yield the pairs of acts of one type and day that nothing contradicts.

    Two acts known by their fiche only are a pair where both are published on the same known day. On a day on which many fiches
    have an arrêté of their own, that day alone says nothing of those with a key either.
    """
    keyed: dict[tuple[ActType, date], list[LegalAct]] = defaultdict(list)
    keyless: dict[tuple[ActType, date], list[LegalAct]] = defaultdict(list)
    published: dict[tuple[ActType, date, date], list[LegalAct]] = defaultdict(list)
    for act in acts:
        day = (act.type, act.signature_date)
        (keyless if _is_keyless(act) else keyed)[day].append(act)
        if _is_keyless(act) and act.publication_date:
            published[(*day, act.publication_date)].append(act)
    for day, known in keyed.items():
        bare = keyless.get(day, [])
        if len(bare) < MASS:
            yield from _alike((*combinations(known, 2), *product(known, bare)))
        else:
            titled = (pair for pair in combinations(known, 2) if _agree(*pair))
            near = (
                (one, other) for one in known for other in published.get((*day, one.publication_date or date.min), ())
            )
            yield from _alike((*titled, *near))
    for alike in published.values():
        # So many of one publication are one text most likely: each is tied to the first, not to all others.
        first, *others = ordered = sorted(alike, key=lambda act: _order(act.id))
        mass = ((first, other) for other in others)
        yield from ((one.id, other.id) for one, other in (mass if len(alike) > MASS else combinations(ordered, 2)))


def _alike(pairs: Iterable[tuple[LegalAct, LegalAct]]) -> Iterator[tuple[ActId, ActId]]:
    return ((one.id, other.id) for one, other in pairs if _may_be_same(one, other))


def _agree(one: LegalAct, other: LegalAct) -> bool:
    """Tell whether more than the day speaks for two acts being the same: a title each, or the same known publication."""
    if one.title is not None and other.title is not None:
        return True
    return one.publication_date is not None and one.publication_date == other.publication_date


def _may_be_same(one: LegalAct, other: LegalAct) -> bool:
    """Tell whether nothing speaks against two acts of one type and day being the same."""
    if (one.number and other.number) or (one.nor and other.nor):
        return False
    if None not in {one.publication_date, other.publication_date} and one.publication_date != other.publication_date:
        return False
    if one.title is None or other.title is None:
        return True
    short, long = sorted((f"{slug(act.title or '', limit=2000)}-" for act in (one, other)), key=len)
    return long.startswith(short)


def _by_number(acts: Mapping[ActId, LegalAct]) -> list[list[ActId]]:
    """Return the acts of one type and number that have several dates of signature."""
    found: dict[tuple[ActType, str], list[ActId]] = defaultdict(list)
    for key, act in acts.items():
        # Only a number with its year tells one act from another: "n° 12" recurs.
        if act.number and "-" in act.number:
            found[act.type, act.number].append(key)
    return [alike for alike in found.values() if len({one.signature_date for one in alike}) > 1]


def _dates_diverge(
    alike: Sequence[ActId], cited: Mapping[ActId, list[tuple[Facts, LegalAct]]], diagnostics: list[Diagnostic]
) -> set[ActId]:
    """Report the citations whose date is not the most frequent for their number; return these acts (all, where tied)."""
    most = max(len(cited[one]) for one in alike)
    frequent = [one for one in alike if len(cited[one]) == most]
    rare = {one for one in alike if len(frequent) > 1 or one not in frequent}
    days = ", ".join(f"{one.signature_date:%d/%m/%Y}" for one in sorted(alike, key=_order))
    for one in sorted(rare, key=_order):
        diagnostics += [
            Diagnostic.of(
                "ACTE-DATES-DIVERGENTES",
                f"Dates de signature données : {days}.",
                file=fact.file,
                line=fact.line,
                fiche=fact.number,
                path=f"acte/{one.type.value}/{one.signature_date}/{one.key}",
                excerpt=f"{act.number}",
            )
            for fact, act in cited[one]
        ]
    return rare


def link_articles(facts: Sequence[Facts]) -> tuple[list[CodeArticle], list[tuple[str, str]]]:
    """Return every article that is cited and every code, (slug, label), each once."""
    articles: dict[tuple[str, str], CodeArticle] = {}
    codes: dict[str, str] = {}
    for fact in facts:
        for use in fact.legal:
            for article in (*use.articles, *use.range_ends):
                articles.setdefault((article.code, article.article), article)
                codes[article.code] = article.code_label
            codes.update(use.codes)
    return [articles[key] for key in sorted(articles)], sorted(codes.items())
