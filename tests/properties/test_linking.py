"""Whatever the register: its order does not matter, succession has two sides, chains lead where they lead, and no link is a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rncp_ld.linking.agreement import RULES, Naming, is_said_by_code
from rncp_ld.linking.facts import Facts
from rncp_ld.linking.stated import stated_by_code
from rncp_ld.linking.titles import normalise_title
from rncp_ld.model.fiche import CertificationMention, Certifier, ChangeEvent, ChangeType, Coded, Fiche, Organisation
from rncp_ld.model.legal import Resolution
from rncp_ld.model.register import CertificationLinks
from tests.registers import facts, fiche, known, linked

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine makes an example slow, not wrong."""

NUMBERS = [f"RNCP{n}" for n in range(1, 8)] + ["RS1", "RS2"]
TITLES = ["Lanternier", "Allumeur(se) de réverbères", "Bulleur"]
DAYS = [None, date(2010, 1, 1), date(2015, 6, 1), date(2016, 1, 1)]
TYPES = [None, Coded("TP"), Coded("MASTER"), Coded("Autre")]


def mentions() -> st.SearchStrategy[CertificationMention]:
    return st.builds(
        lambda title, kind: CertificationMention(title, 1, "Historique", title, kind),
        st.sampled_from(TITLES),
        st.sampled_from([None, "TP"]),
    )


def fiches() -> st.SearchStrategy[Fiche]:
    codes = st.lists(st.sampled_from([*NUMBERS, "RNCP999"]), max_size=2, unique=True).map(tuple)
    return st.builds(
        lambda after, **fields: fiche(
            title=fields.pop("name"),
            change_events=(ChangeEvent(ChangeType.OTHER, "Suite", successor=after),) if after else (),
            **fields,
        ),
        st.none() | mentions(),
        name=st.sampled_from(TITLES),
        certification_type=st.sampled_from(TYPES),
        level=st.sampled_from([None, "4", "4", "aucun"]),
        is_active=st.sampled_from([None, True, False]),
        effective_date=st.sampled_from(DAYS),
        registration_end=st.sampled_from(DAYS),
        successors=codes,
        predecessors=codes,
        predecessor_mentions=st.lists(mentions(), max_size=1).map(tuple),
        certifiers=st.sampled_from([(), (Certifier(Organisation("École des Brumes")),)]),
    )


@st.composite
def registers(draw: st.DrawFn) -> list[Facts]:
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=len(NUMBERS), unique=True))
    return [facts(replace(draw(fiches()), number=number)) for number in numbers]


def links_of(register: list[Facts]) -> dict[str, CertificationLinks]:
    return {links.number: links for links in linked(*register).register.certifications}


@patient
@given(registers(), st.randoms())
def test_the_order_of_fiches_does_not_matter(register: list[Facts], random: object) -> None:
    found = linked(*register)
    shuffled = list(register)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    again = linked(*shuffled)
    assert again.register == found.register
    assert sorted(map(repr, again.diagnostics)) == sorted(map(repr, found.diagnostics))


@patient
@given(registers())
def test_succession_has_two_sides(register: list[Facts]) -> None:
    links = links_of(register)
    for one in links.values():
        assert one.number not in one.replaced_by
        for number in set(one.replaced_by) & set(links):
            assert one.number in links[number].replaces
        for number in set(one.replaces) & set(links):
            assert one.number in links[number].replaced_by


@patient
@given(registers())
def test_chains_lead_to_what_can_be_reached(register: list[Facts]) -> None:
    links = links_of(register)
    named = {one.code: one.replaced_by for one in linked(*register).register.undescribed}
    after = {**named, **{number: one.replaced_by for number, one in links.items()}}
    active = {fact.number for fact in register if fact.is_active is True}
    for number, one in links.items():
        reached: set[str] = set()
        todo = list(after[number])
        while todo:
            here = todo.pop()
            if here not in reached:
                reached.add(here)
                todo += after.get(here, ())
        assert set(one.active_successors) == (set() if number in active else reached & active)


@patient
@given(registers())
def test_no_link_without_agreement(register: list[Facts]) -> None:
    """What a mention refers to has its title, nothing against it and everything for it, or a code says so."""
    by_number, stated = {fact.number: fact for fact in register}, stated_by_code(register)
    for number, links in links_of(register).items():
        fact = by_number[number]
        for link, (role, mention, when) in zip(links.mentions, fact.mentions, strict=True):
            naming = Naming(fact, role, mention, when, stated)
            assert (link.resolution is Resolution.UNRESOLVED) == (not link.numbers)
            assert (link.resolution is Resolution.AMBIGUOUS) == (len(link.numbers) > 1)
            assert all(normalise_title(by_number[one].title) in naming.titles for one in link.numbers)
            if link.resolution is Resolution.RESOLVED:
                other, rules = by_number[link.numbers[0]], RULES[role]
                agrees = all(rule(naming, other) for rule in rules.agree.values())
                contradicts = any(rule(naming, other) for rule in rules.against.values())
                assert is_said_by_code(naming, other) or (agrees and not contradicts)


def test_the_samples_have_resolved_mentions() -> None:
    """Else the property above would show nothing."""
    after = ChangeEvent(
        ChangeType.OTHER, "Suite", successor=CertificationMention("Bulleur", 1, "Historique", "Bulleur")
    )
    body = (Certifier(Organisation("École des Brumes")),)
    one = fiche("RNCP1", TITLES[0], level="4", certifiers=body, change_events=(after,))
    found = linked(one, fiche("RNCP2", "Bulleur", level="4", certifiers=body), nomenclature=known())
    assert found.of("RNCP1").mentions[0].resolution is Resolution.RESOLVED
