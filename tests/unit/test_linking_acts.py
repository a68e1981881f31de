"""Legal acts across fiches: merged by equal key only; a possible match is a candidate; contradictions are reported."""

from __future__ import annotations

from datetime import date

from rncp_ld.model.fiche import Fiche
from rncp_ld.model.legal import (
    ActId,
    ActType,
    ArticleRange,
    CodeArticle,
    Gazette,
    LegalAct,
    LegalMention,
    LegalRole,
)
from rncp_ld.rdf.act import map_act
from rncp_ld.rdf.iris import Iris
from tests.registers import fiche, linked

DAY = date(2016, 7, 21)
JO = date(2016, 7, 28)


def act(key: str, **fields: object) -> LegalAct:
    return LegalAct(ActType.ARRETE, DAY, key, **fields)  # type: ignore[arg-type]


def citing(number: str, *acts: LegalAct) -> Fiche:
    return fiche(number, acts=acts)


def test_the_same_key_is_one_act_with_all_that_fiches_say_of_it() -> None:
    other = ActId(ActType.ARRETE, date(2015, 12, 22), "x")
    third = ActId(ActType.ARRETE, date(2014, 1, 1), "y")
    found = linked(
        citing("RNCP1", act("agrement-1", title="relatif à l'agrément", amends=(other,))),
        citing("RNCP2", act("agrement-1", title="relatif à l'agrément", publication_date=JO, gazette=Gazette.JO)),
        citing(
            "RNCP3",
            act("agrement-1", title="relatif à l’agrément", nor="ETSD1616713A", amends=(third,), gazette_number="9"),
        ),
    )
    (one,) = found.register.acts
    assert one.act.title == "relatif à l'agrément"  # the most frequent writing
    assert (one.act.publication_date, one.act.gazette, one.act.nor) == (JO, Gazette.JO, "ETSD1616713A")
    assert one.act.amends == (third, other)
    assert found.diagnostics == ()


def test_two_objects_of_one_day_are_two_acts() -> None:
    """The seed's two arrêtés of 21 July 2016."""
    found = linked(
        citing("RNCP1", act("reglement-general-1", title="portant règlement"), act("agrement-2", title="relatif"))
    )
    assert [one.act.key for one in found.register.acts] == ["agrement-2", "reglement-general-1"]
    assert [one.candidates for one in found.register.acts] == [(), ()]


def test_a_contradiction_of_publication_dates_goes_to_the_most_frequent_and_is_reported() -> None:
    found = linked(
        citing("RNCP1", act("a", publication_date=JO)),
        citing("RNCP2", act("a", publication_date=date(2016, 7, 21))),
        citing("RNCP3", act("a", publication_date=JO)),
    )
    (one,) = found.register.acts
    assert one.act.publication_date == JO
    (said,) = found.diagnostics
    assert (said.code, said.fiche, said.excerpt) == ("DATE-JO-ECARTEE", "RNCP2", "21/07/2016")
    assert "retenue : 28/07/2016" in said.message
    assert said.path == "acte/arrete/2016-07-21/a"


def test_the_gazette_is_that_of_the_date_that_was_kept() -> None:
    found = linked(
        citing("RNCP1", act("a", publication_date=date(2016, 9, 1), gazette=Gazette.BO, gazette_number="30")),
        citing("RNCP2", act("a", publication_date=JO, gazette=Gazette.JO)),
        citing("RNCP3", act("a", publication_date=JO)),
    )
    (one,) = found.register.acts
    assert (one.act.publication_date, one.act.gazette, one.act.gazette_number) == (JO, Gazette.JO, None)


def candidates_of(*records: Fiche) -> dict[str, list[str]]:
    return {one.act.key: [c.key for c in one.candidates] for one in linked(*records).register.acts}


def test_acts_of_one_day_that_nothing_contradicts_are_candidates_of_each_other() -> None:
    bare, titled, elsewhere = act("RNCP1"), act("agrement-1", title="relatif"), act("b", nor="X", publication_date=JO)
    found = candidates_of(citing("RNCP1", bare), citing("RNCP2", titled, elsewhere))
    assert found == {"RNCP1": ["agrement-1", "b"], "agrement-1": ["RNCP1", "b"], "b": ["RNCP1", "agrement-1"]}


def test_a_title_that_begins_another_is_a_candidate_and_two_nors_are_not() -> None:
    short, long = act("a", title="relatif à l’agrément"), act("b", title="Relatif à l'agrement du titre", nor="X")
    other, half = act("c", title="relatif à l'agrément", nor="Y"), act("d", title="relatif à l'agré")
    found = candidates_of(citing("RNCP1", short, long), citing("RNCP2", other, half))
    assert found == {"a": ["b", "c"], "b": ["a"], "c": ["a"], "d": []}


def test_two_acts_known_by_their_fiches_are_candidates_only_if_published_on_one_known_day() -> None:
    found = candidates_of(
        citing("RNCP1", act("RNCP1", publication_date=JO)),
        citing("RNCP2", act("RNCP2", publication_date=JO)),
        citing("RNCP3", act("RNCP3")),
        citing("RNCP4", act("RNCP4")),
    )
    assert found == {"RNCP1": ["RNCP2"], "RNCP2": ["RNCP1"], "RNCP3": [], "RNCP4": []}


def decree(day: int, number: str = "2016-954") -> LegalAct:
    return LegalAct(ActType.DECRET, date(2016, 7, day), number, number=number)


def aliases(*records: Fiche) -> list[str]:
    return [o for one in linked(*records).register.acts for _, p, o in map_act(one, Iris()) if "seeAlso" in p]


def test_one_number_with_two_dates_is_reported_and_the_rarer_has_no_alias() -> None:
    records = citing("RNCP1", decree(11)), citing("RNCP2", decree(12)), citing("RNCP3", decree(11))
    found = linked(*records)
    assert [[c.signature_date.day for c in one.candidates] for one in found.register.acts] == [[12], [11]]
    assert [one.has_certain_date for one in found.register.acts] == [True, False]
    assert [(said.code, said.fiche) for said in found.diagnostics] == [("ACTE-DATES-DIVERGENTES", "RNCP2")]
    assert len(aliases(*records)) == 1
    assert aliases(*records[:2]) == []


def test_a_number_of_another_year_than_the_date_has_no_alias() -> None:
    assert aliases(citing("RNCP1", decree(11, "2015-954"))) == []


def test_a_candidate_is_of_the_same_type_and_day_and_not_contradicted() -> None:
    bare = act("RNCP1-jo", publication_date=date(2016, 8, 1))
    found = linked(
        citing("RNCP1", bare),
        citing(
            "RNCP2",
            act("contradicts", title="t", publication_date=JO),
            act("agrees", title="u", publication_date=date(2016, 8, 1)),
        ),
        citing("RNCP3", LegalAct(ActType.DECRET, DAY, "2016-1", number="2016-1"), act("RNCP3")),
    )
    candidates = {one.act.key: [c.key for c in one.candidates] for one in found.register.acts}
    assert candidates["RNCP1-jo"] == ["agrees"]
    assert candidates["RNCP3"] == ["agrees", "contradicts"]  # without a date of its own it contradicts none


def test_articles_and_codes_come_once_the_ends_of_ranges_too() -> None:
    first, last = (
        CodeArticle("code-education", "code de l'éducation", "D337-139"),
        CodeArticle("code-education", "code de l'éducation", "D337-160"),
    )
    mention = LegalMention(
        "D337-139 à D337-160",
        (LegalRole.GENERAL,),
        1,
        "x",
        articles=(first,),
        ranges=(ArticleRange(first, last), ArticleRange(first, None)),
    )
    whole = LegalMention("Code du travail", (LegalRole.GENERAL,), 2, "x", codes=(("code-travail", "code du travail"),))
    found = linked(fiche("RNCP1", legal_mentions=(mention, whole)), fiche("RNCP2", legal_mentions=(mention,)))
    assert found.register.articles == (first, last)
    assert found.register.codes == (("code-education", "code de l'éducation"), ("code-travail", "code du travail"))


def test_a_day_of_mass_registration_says_nothing() -> None:
    """Many fiches with an arrêté of that day and no object: none may be the one on asbestos, but for its publication."""
    asbestos = citing("RNCP9", act("amiante-1", title="relatif à l'amiante", publication_date=JO))
    few = [citing(f"RNCP{n}", act(f"RNCP{n}")) for n in (1, 2)]
    many = [citing(f"RNCP{n}", act(f"RNCP{n}", publication_date=JO if n == 1 else None)) for n in range(1, 9)]

    def candidates(*others: Fiche) -> list[str]:
        found = linked(asbestos, *others)
        return [c.key for one in found.register.acts if one.act.key == "amiante-1" for c in one.candidates]

    assert candidates(*few) == ["RNCP1", "RNCP2"]
    assert candidates(*many) == ["RNCP1"]


def test_a_contradiction_of_gazettes_goes_to_the_most_frequent_and_is_reported() -> None:
    found = linked(
        citing("RNCP1", act("a-1", title="a", publication_date=JO, gazette=Gazette.BO)),
        citing("RNCP2", act("a-1", title="a", publication_date=JO, gazette=Gazette.JO)),
        citing("RNCP3", act("a-1", title="a", publication_date=JO, gazette=Gazette.JO)),
    )
    (one,) = found.register.acts
    assert one.act.gazette is Gazette.JO
    assert [(d.code, d.fiche, d.excerpt) for d in found.diagnostics] == [("JOURNAL-DIVERGENT", "RNCP1", "BO")]
