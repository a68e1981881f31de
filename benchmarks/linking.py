"""Precision and recall of linking by title, on the register of 2020.

    python -m benchmarks.linking [FOLDER OF THE TABLES]

Each fiche that a next certification is known of gets a mention of it as the old text fiche prints it: under "Certification
suivante" the title alone, without type or number (likewise "Certification précédente"). The numbers themselves are the truth and stay
hidden. Then the whole register is linked by the program's own link stage, three times: with mentions of what comes after only, of what came before only,
and both.

Precision is the share of resolved mentions that name the right fiche, recall the share of all mentions that are resolved
rightly. The rules were chosen by looking at the development half only (by a hash of the number); the other half shows whether they hold.
"Withheld" links each mention once more in a register without the fiche that it names: whatever is resolved then is wrong. Ambiguous and candidate
mentions link nothing; "listed" counts those whose candidates hold the right one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from benchmarks.register_2020 import DAY, TABLES, Register, read_register
from rncp_ld.linking.agreement import RULES, Naming
from rncp_ld.linking.facts import Facts, facts_of
from rncp_ld.linking.mentions import link_mention
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.linking.stated import stated_by_code
from rncp_ld.linking.titles import index_titles
from rncp_ld.model.fiche import ChangeEvent, ChangeType, Fiche
from rncp_ld.model.legal import Resolution
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.model.register import MentionLink
from rncp_ld.sources.certification_titles import parse_certification_mention

SETTINGS: Mapping[str, frozenset[str]] = {
    "next only": frozenset({"successeur"}),
    "previous only": frozenset({"predecesseur"}),
    "both": frozenset({"successeur", "predecesseur"}),
}
"""Which mentions the fiches print → roles of these."""

HALVES = ("development", "held out")
WORST = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A mention, what became of it, and what is true.

    Attributes:
        withheld: what became of it where the fiche that it names is not in the register.
    """

    naming: Naming
    link: MentionLink
    withheld: MentionLink
    truth: Facts

    @property
    def is_right(self) -> bool:
        """Whether it is resolved to the fiche that it names."""
        return self.link.resolution is Resolution.RESOLVED and self.link.numbers == (self.truth.number,)

    @property
    def is_wrong(self) -> bool:
        """Whether it is resolved to another one."""
        return self.link.resolution is Resolution.RESOLVED and not self.is_right

    @property
    def half(self) -> str:
        """The half of the data that its fiche is in."""
        return HALVES[sha256(self.naming.fact.number.encode()).digest()[0] % 2]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases and what follows from them."""

    mentions: int
    resolutions: Mapping[Resolution, int]
    right: int
    wrong: int
    listed: int
    withheld: int

    @property
    def precision(self) -> float:
        """Right of those resolved; 1 where none is."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right of all."""
        return self.right / self.mentions if self.mentions else 0.0


def figures_of(cases: Sequence[Case]) -> Figures:
    """Count."""
    return Figures(
        len(cases),
        Counter(case.link.resolution for case in cases),
        sum(case.is_right for case in cases),
        sum(case.is_wrong for case in cases),
        sum(case.truth.number in case.link.numbers for case in cases),
        sum(case.withheld.resolution is Resolution.RESOLVED for case in cases),
    )


def with_mentions(register: Register, roles: frozenset[str]) -> list[Facts]:
    """Return what the link stage is told of all fiches, each with the mentions of these roles as the text fiche prints them."""
    document = SourceDocument("fiches", next(iter(register.fiches.values())).series, DAY)
    found = []
    for number, bare in register.fiches.items():
        fiche = bare
        after, before = register.successors.get(number), register.predecessors.get(number)
        if after and "successeur" in roles:
            fiche = _with_successor(fiche, register.fiches[after].title)
        if before and "predecesseur" in roles:
            mention = parse_certification_mention(register.fiches[before].title, 1, "Certification précédente")
            fiche = replace(fiche, predecessor_mentions=(mention,))
        found.append(facts_of(Reading(document, fiche, number, None), fiche))
    return found


def _with_successor(fiche: Fiche, title: str) -> Fiche:
    mention = parse_certification_mention(title, 1, "Certification suivante")
    return replace(fiche, change_events=(ChangeEvent(ChangeType.OTHER, title, successor=mention),))


def measure(register: Register, roles: frozenset[str]) -> list[Case]:
    """Link the whole register with mentions of these roles, and set what comes of it beside the truth."""
    facts = with_mentions(register, roles)
    linked, _ = link(facts, Nomenclature())
    links = {(one.number, mention.role): mention for one in linked.certifications for mention in one.mentions}
    known = {fact.number: fact for fact in facts}
    index = index_titles(facts)
    truths = {"successeur": register.successors, "predecesseur": register.predecessors}
    cases, stated = [], stated_by_code(facts)
    for fact in sorted(facts, key=lambda fact: fact.number):
        for role, mention, when in fact.mentions:
            naming, truth = Naming(fact, role, mention, when, stated), known[truths[role][fact.number]]
            # A mention that prints a number or a whole type is not linked by its title.
            unlinked = MentionLink(role, mention.verbatim, Resolution.UNRESOLVED)
            withheld = unlinked if mention.number or mention.is_generic else _without(truth, naming, index)
            cases.append(Case(naming, links.get((fact.number, role), unlinked), withheld, truth))
    return cases


def _without(truth: Facts, naming: Naming, index: Mapping[str, Sequence[Facts]]) -> MentionLink:
    others = {title: [fact for fact in index.get(title, ()) if fact is not truth] for title in naming.titles}
    return link_mention(naming, others)[0]


def worst_of(cases: Sequence[Case]) -> list[Case]:
    """Return the worst: what is linked wrongly, then what is not even a candidate, then what is one of very many."""

    def badness(case: Case) -> tuple[bool, bool, int, str]:
        is_lost = case.truth.number not in case.link.numbers
        return not case.is_wrong, not is_lost, -len(case.link.numbers), case.naming.fact.number

    return sorted((case for case in cases if not case.is_right), key=badness)[:WORST]


def explain(case: Case) -> Iterator[str]:
    """Say what was named, what was made of it, what is true, and what spoke against it."""
    fact, rules = case.naming.fact, RULES[case.naming.role]
    yield f"{fact.number} « {_short(fact.title)} » ({_about(fact)})"
    yield f"    {case.naming.mention.source_path} : « {_short(case.naming.mention.verbatim)} »"
    many = f" and {len(case.link.numbers) - 5} more" if len(case.link.numbers) > 5 else ""
    yield f"    {case.link.resolution.value}: {', '.join(case.link.numbers[:5]) or 'none'}{many}"
    against = [name for name, rule in rules.against.items() if rule(case.naming, case.truth)]
    missing = [name for name, rule in rules.agree.items() if not rule(case.naming, case.truth)]
    why = "; ".join(
        part
        for part in (
            f"against it: {', '.join(against)}" if against else "",
            f"does not agree: {', '.join(missing)}" if missing else "",
        )
        if part
    )
    yield f"    true: {case.truth.number} ({_about(case.truth)}); {why or 'others have the same title'}"


def _about(fact: Facts) -> str:
    until = f"until {fact.valid_until:%d/%m/%Y}" if fact.valid_until else "no end known"
    return f"{fact.certification_type or 'no type'}, level {fact.level or '?'}, {until}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[2] / TABLES)
    folder = parser.parse_args().folder
    if not folder.is_dir():
        sys.exit(f"{folder}: no tables of the register here; nothing measured")
    register = read_register(folder)
    print(f"{len(register.fiches):,} fiches of {DAY:%d/%m/%Y}; mentions as the text fiche prints them")
    print(
        f"{'mentions':<15}{'half':<13}{'number':>7}{'precision':>11}{'recall':>8}{'resolved':>10}{'ambiguous':>11}"
        f"{'candidate':>11}{'unresolved':>12}{'listed':>8}{'withheld':>10}"
    )
    worst: list[Case] = []
    for name, roles in SETTINGS.items():
        start = time.perf_counter()
        cases = measure(register, roles)
        seconds = time.perf_counter() - start
        for half in HALVES:
            row(name, half, figures_of([case for case in cases if case.half == half]))
        print(f"{'':<15}{seconds:.1f} s", file=sys.stderr)
        worst = worst or worst_of(cases)
    print(f"\nThe {WORST} worst with mentions of the next certification only:")
    for case in worst:
        print("\n".join(explain(case)))


def row(name: str, half: str, figures: Figures) -> None:
    """Print the figures of one half."""
    counts = figures.resolutions
    print(
        f"{name:<15}{half:<13}{figures.mentions:>7,}{figures.precision:>11.4f}{figures.recall:>8.3f}"
        f"{counts[Resolution.RESOLVED]:>10,}{counts[Resolution.AMBIGUOUS]:>11,}{counts[Resolution.CANDIDATE]:>11,}"
        f"{counts[Resolution.UNRESOLVED]:>12,}{figures.listed / figures.mentions:>8.3f}{figures.withheld / figures.mentions:>10.3f}"
    )


if __name__ == "__main__":
    main()
