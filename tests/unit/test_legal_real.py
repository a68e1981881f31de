"""Every legal text of the 16 real fiches, gone through by hand: dates, numbers, keys and relations, never the long texts.

An act is written as type, date, key, gazette and date of publication; the key of an object as its first word and hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from rncp_ld.model.codes import parse_date
from rncp_ld.model.legal import ActId, LegalAct, LegalMention, LegalRole
from rncp_ld.sources.legal import CitationField, CitationResult, find_citations, parse_citations
from tests.unit.legal_helpers import codes_of

EXPORT = "export_fiches_{}_V4_1_2026-08-16.xml"
ELEMENTS = {
    "PUBLICATION_DECRET_GENERAL": LegalRole.GENERAL,
    "PUBLICATION_DECRET_CREATION": LegalRole.CREATION,
    "PUBLICATION_DECRET_AUTRE": LegalRole.OTHER,
}
RECORDED = "portant.3c500223"
"""The object of most arrêtés of the register: enregistrement au répertoire national…"""

ACTS: dict[str, list[str]] = {
    "RNCP34762": [
        "arrete 1985-11-04 autorisation.b0714e9c jo 1985-11-09",
        "arrete 2020-07-08 autorisant.bb6c9dd7 bo 30 2020-07-23",
    ],
    "RNCP35625": ["arrete 2021-03-15 ESRS2100051A jo 2021-03-26"],
    "RNCP35419": [],
    "RNCP37488": ["decret 2023-08-25 2023-824 2023-08-27", "arrete 2023-02-06 MENE2303765A 2023-03-10"],
    "RNCP36612": [
        f"arrete 2012-04-05 {RECORDED} jo 2012-04-14",
        f"arrete 2006-02-16 {RECORDED} jo 2006-03-05",
        "arrete 2003-03-17 portant.68f2f242 jo 2003-03-27",
        "decret 2004-02-19 2004-171 jo 2004-02-22",
        "decret 2002-04-26 2002-616",
        f"arrete 2016-09-26 {RECORDED} jo 2016-10-04",
    ],
    "RNCP36490": [],
    "RNCP35959": [
        "arrete 2001-07-19 portant.4761a32d jo 2001-07-28",
        f"arrete 2011-11-17 {RECORDED} jo 2011-11-25",
        "decret 2004-02-19 2004-171 jo 2004-02-22",
        "decret 2002-04-26 2002-616",
        f"arrete 2016-12-15 {RECORDED} jo 2016-12-18",
        f"arrete 2006-12-19 {RECORDED} jo 2007-01-14",
    ],
    "RNCP37873": [
        "decret 2016-07-11 2016-954 2016-07-13",
        "arrete 2016-07-21 relatif.5fa45ef1 2016-07-28",
        "arrete 2016-07-21 portant.780e5967 2016-07-28",
        "arrete 2015-12-22 relatif.337ca122 2015-12-30",
        "arrete 2023-06-20 modifiant.fcd85a8a 2023-06-24",
        "arrete 2023-04-26 relatif.94a66cc8",
    ],
    "RNCP39568": [
        "arrete 1985-11-04 autorisation.b0714e9c jo 1985-11-09",
        "arrete 2020-07-08 autorisant.bb6c9dd7 bo 30 2020-07-23",
        "arrete 2015-10-07 relatif.0868d6ab bo 2015-10-29",
        "arrete 2024-06-17 autorisant.f911d8b2 bo 26 2024-06-27",
    ],
}
KEPT_JOURNAL_DATES: dict[str, dict[str, date]] = {
    "RNCP36612": {"general 4": date(2004, 2, 19), "creation 1": date(2006, 2, 16)},
    "RNCP35959": {
        "general 1": date(2001, 1, 28),
        "creation 1": date(2011, 11, 17),
        "creation 2": date(2002, 2, 26),
    },
}
SEED = Path("data/fiches/rncp2383.txt")
SECTIONS = {
    "Référence du décret général": LegalRole.GENERAL,
    "Référence arrêté création": LegalRole.CREATION,
    "Référence du décret et/ou arrêté VAE": LegalRole.VAE,
    "Historique de la certification": LegalRole.HISTORY,
}


def fiches(shared: Path, register: str) -> Iterator[tuple[str, etree._Element]]:
    tree = etree.parse(shared / "data" / "export" / EXPORT.format(register))
    for element in tree.iter("FICHE"):
        yield element.findtext("NUMERO_FICHE") or "", element


def titles(fiche: etree._Element) -> list[CitationField]:
    found = []
    for name, role in ELEMENTS.items():
        for one in fiche.iterfind(f"{name}/PUBLICATION_JO"):
            day = parse_date(one.findtext("DATE_PUBLICATION_JO") or "")
            found.append(CitationField(one.findtext("TITRE") or "", role, name, day))
    return found


def short(key: str, act: LegalAct | None = None) -> str:
    if act is not None and act.title and key not in (act.number, act.nor):
        return f"{key.partition('-')[0]}.{key[-8:]}"
    return key


def line(act: LegalAct) -> str:
    parts = [
        act.type.value,
        act.signature_date.isoformat(),
        short(act.key, act),
        act.gazette.value if act.gazette else "",
        act.gazette_number or "",
        act.publication_date.isoformat() if act.publication_date else "",
    ]
    return " ".join(part for part in parts if part)


def seed_fields(project: Path) -> list[CitationField]:
    """Read the paragraphs under the headings of the text fiche, as far as this test needs."""
    text = (project / SEED).read_text(encoding="utf-8")
    found = []
    for heading, role in SECTIONS.items():
        section = re.split(r"\n#|\n\*\*", text.split(heading, 1)[1].partition("\n")[2], maxsplit=1)[0]
        found += [CitationField(part, role, heading) for part in section.split("\n\n") if part.strip()]
    return found


@pytest.fixture(scope="module")
def rncp(shared: Path) -> dict[str, CitationResult]:
    return {number: parse_citations(titles(fiche), number) for number, fiche in fiches(shared, "RNCP")}


@pytest.fixture(scope="module")
def seed(project: Path) -> CitationResult:
    return parse_citations(seed_fields(project), "RNCP2383")


def test_all_titles_of_the_export_are_here(shared: Path) -> None:
    texts = [one.verbatim for _, fiche in fiches(shared, "RNCP") for one in titles(fiche)]
    assert (len(texts), len(set(texts))) == (38, 23)
    assert [one for _, fiche in fiches(shared, "RS") for one in titles(fiche)] == []


def test_the_acts_of_each_fiche(rncp: dict[str, CitationResult]) -> None:
    assert {number: [line(act) for act in found.acts] for number, found in rncp.items()} == ACTS


def test_nothing_is_left_unread_and_every_copy_is_one_mention(rncp: dict[str, CitationResult], shared: Path) -> None:
    for number, fiche in fiches(shared, "RNCP"):
        fields, found = titles(fiche), rncp[number]
        copies = [one for one in found.mentions if one.roles == (LegalRole.CREATION, LegalRole.OTHER)]
        assert len(copies) == sum(one.role is LegalRole.OTHER for one in fields)
        assert len(found.mentions) == len(fields) - len(copies)
        assert {one.verbatim for one in found.mentions} == {" ".join(one.verbatim.split()) for one in fields}
        assert all(one.acts or one.articles for one in found.mentions)
        kept = KEPT_JOURNAL_DATES.get(number, {})
        assert {
            f"{one.roles[0].value} {one.position}": one.journal_date for one in found.mentions if one.journal_date
        } == kept
        assert sorted(codes_of(found)) == ["ACTE-REPETE"] * len(copies) + ["DATE-JO-ECARTEE"] * len(kept)


def test_what_amends_what(rncp: dict[str, CitationResult]) -> None:
    amends = {
        (number, act.signature_date.isoformat()): [other.signature_date.isoformat() for other in act.amends]
        for number, found in rncp.items()
        for act in found.acts
        if act.amends or act.replaces or act.repeals
    }
    assert amends == {
        ("RNCP36612", "2004-02-19"): ["2002-04-26"],
        ("RNCP35959", "2004-02-19"): ["2002-04-26"],
        ("RNCP37873", "2023-06-20"): ["2023-04-26"],
    }
    amended = [
        (number, one.roles[0].value, one.position)
        for number, found in rncp.items()
        for one in found.mentions
        if one.is_amended
    ]
    assert amended == [("RNCP37873", "general", 4)]


def test_the_articles_of_the_export(rncp: dict[str, CitationResult]) -> None:
    mention = rncp["RNCP37488"].mentions[0]
    assert [(one.code, one.article) for one in mention.articles] == [
        ("code-education", "D337-139"),
        ("code-education", "D337-160"),
    ]
    assert [(one.first.article, one.last and one.last.article) for one in mention.ranges] == [("D337-139", "D337-160")]
    assert mention.acts == ()


def test_the_title_of_an_act_ends_where_the_design_says(rncp: dict[str, CitationResult]) -> None:
    ends = {act.key: (act.title or "").rsplit(" ", 1)[1] for found in rncp.values() for act in found.acts}
    assert ends["ESRS2100051A"] == "Théâtre"
    assert ends["MENE2303765A"] == "délivrance"
    assert {end for key, end in ends.items() if key.endswith("3c500223")} == {"professionnelles"}
    assert {end for key, end in ends.items() if key.endswith("4761a32d")} == {"»"}
    assert {end for key, end in ends.items() if key.endswith("0868d6ab")} == {"01/09/2015"}
    assert {end for key, end in ends.items() if key.startswith("2004-171")} == {"professionnelles"}


def test_the_citations_of_the_jury_texts(shared: Path) -> None:
    found: dict[str, list[LegalMention]] = {}
    for number, fiche in fiches(shared, "RNCP"):
        fields = [
            one
            for text in fiche.iter("COMPOSITION")
            for one in find_citations(text.text or "", LegalRole.JURY, "COMPOSITION")
        ]
        if fields:
            found[number] = list(parse_citations(fields, number).mentions)
    assert list(found) == ["RNCP37873"]
    (mention,) = found["RNCP37873"]  # twice in each of four routes: one mention
    assert [one.article for one in mention.articles] == ["R338-6"]


def test_the_citations_of_the_regulations(shared: Path) -> None:
    results: dict[str, CitationResult] = {}
    for number, fiche in fiches(shared, "RS"):
        fields = [
            one
            for name in ("REGLEMENTATIONS_ACTIVITES", "OBJECTIFS_CONTEXTE")
            for one in find_citations(fiche.findtext(name) or "", LegalRole.REGULATION, name)
        ]
        if fields:
            results[number] = parse_citations(fields, number)
    assert {number: [line(act) for act in found.acts] for number, found in results.items()} == {
        "RS6232": ["arrete 2019-06-19 relatif.49b9a9e2", "arrete 2022-03-25 RS6232"],
        "RS7485": [
            "decret 2017-05-09 2017-899",
            "arrete 2019-06-19 relatif.e69c43c2",
            "arrete 2019-10-01 relatif.83aa1c24",
            "arrete 2012-02-23 relatif.673287b0",
            "decret 2017-10-03 2017-1442",
        ],
    }
    assert results["RS6232"].acts[1].amends == (results["RS6232"].acts[0].id,)
    assert len(results["RS6232"].mentions) == 2
    safety = results["RS7485"]
    assert [[one.article for one in mention.articles] for mention in safety.mentions if mention.articles] == [
        ["R4412-94", "R4412-109"]
    ]
    assert [code for mention in safety.mentions for code, _ in mention.codes] == [
        "code-environnement",
        "code-transports",
    ]
    assert [mention.is_amended for mention in safety.mentions].count(True) == 1
    ends = {act.number: (act.title or "").rsplit(" ", 1)[1] for act in safety.acts if act.number}
    assert ends == {"2017-899": "flottants", "2017-1442": "navires"}
    assert all(found.diagnostics == () for found in results.values())


def test_the_seed(seed: CitationResult) -> None:
    assert [line(act) for act in seed.acts] == [
        "arrete 2004-07-26 RNCP2383 jo 2004-08-05",
        "arrete 2013-03-19 RNCP2383",
        "arrete 2017-01-03 relatif.4c55a0a3 jo 2017-01-17",
        "decret 2016-07-11 2016-954",
        "arrete 2015-12-22 relatif.337ca122",
        "arrete 2016-07-21 portant.780e5967",
        "arrete 2016-07-21 relatif.5fa45ef1",
    ]
    assert seed.acts[1].amends == (seed.acts[0].id,)
    assert seed.diagnostics == ()


def test_the_mentions_of_the_seed(seed: CitationResult) -> None:
    by_role = {(one.roles[0].value, one.position): one for one in seed.mentions}
    assert list(by_role) == [
        ("general", 1), ("creation", 1), ("vae", 1), ("vae", 2), ("vae", 3), ("vae", 4), ("historique", 1),
    ]  # fmt: skip
    general = by_role["general", 1]
    assert general.codes == (("code-education", "code de l'éducation"),)
    assert [one.article for one in general.articles] == ["L335-5", "L335-6", "R335-13", "R338-1", "R338-2"]
    assert [(one.first.article, one.last) for one in general.ranges] == [("R338-2", None)]
    creation = by_role["creation", 1]
    assert [one.signature_date.year for one in creation.acts] == [2004, 2017]
    assert [one.signature_date.year for one in creation.cited_acts] == [2013]
    # The history's line has the object: the act that the creation names without one is that act.
    assert by_role["historique", 1].acts == (creation.acts[1],)
    assert [one.is_amended for one in seed.mentions] == [False, False, False, True, False, False, False]
    assert by_role["vae", 4].articles == ()


def test_the_seed_and_the_export_name_the_same_acts(seed: CitationResult, rncp: dict[str, CitationResult]) -> None:
    ids: set[ActId] = {act.id for act in seed.acts}
    shared_acts = ids & {act.id for act in rncp["RNCP37873"].acts}
    assert sorted(f"{one.type.value} {one.signature_date}" for one in shared_acts) == [
        "arrete 2015-12-22", "arrete 2016-07-21", "arrete 2016-07-21", "decret 2016-07-11",
    ]  # fmt: skip
