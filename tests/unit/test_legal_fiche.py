"""The citations of a whole fiche: which of them are one act, and what becomes of DATE_PUBLICATION_JO."""

from __future__ import annotations

from datetime import date

from rncp_ld.diagnostics import Severity
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal import CitationField, parse_citations
from tests.unit.legal_helpers import FICHE, codes_of, field, only, read, shown

D = date


def keys(*texts: str) -> list[str]:
    return [act.key for act in read(*texts).acts]


def test_the_key_is_the_number_else_the_nor_else_the_object_else_the_fiche() -> None:
    assert keys("Décret n° 2016-954 du 11 juillet 2016 relatif au titre. NOR : ETSD1614475D") == ["2016-954"]
    assert keys("Arrêté du 6 février 2023 portant création NOR : MENE2303765A") == ["MENE2303765A"]
    assert keys("Arrêté du 6 février 2023 portant création") == ["portant-creation-64f5833e"]
    assert keys("Arrêté du 6 février 2023") == [FICHE]


def test_the_key_of_an_object_does_not_depend_on_its_typography() -> None:
    variants = (
        "Arrêté du 5 mai 2010 relatif à l’article R. 338-8 du décret n° 2002-616 du 26 avril 2002 « VAE ».",
        "Arrêté du 05/05/2010 Relatif à l'article R338-8 du décret n°2002-616 du 26/04/2002 VAE",
        'ARRÊTÉ DU 5 MAI 2010 RELATIF A L\'ARTICLE R 338-8 DU DECRET  N° 2002-616 DU 26 AVRIL 2002 "VAE" ;',
    )
    assert len({key for text in variants for key in keys(text)}) == 1
    assert keys(variants[0]) != keys(variants[0].replace("VAE", "VAP"))


def test_a_long_object_makes_a_key_of_at_most_80_characters() -> None:
    one, other = (
        keys(f"Arrêté du 5 mai 2010 portant {'création ' * 30}du CAP"),
        keys(f"Arrêté du 5 mai 2010 portant {'création ' * 30}du BEP"),
    )
    assert len(one[0]) <= 80
    assert one != other


def test_a_citation_that_says_less_joins_the_only_act_of_its_day() -> None:
    found = read(
        "Arrêté du 03/01/2017 paru au JO du 17/01/2017",
        "Arrêté du 3 janvier 2017 relatif au TP de médiateur",
        "arrêté du 3 janvier 2017 NOR : ETSD1637838A relatif au TP de médiateur social",
        "arrêté du 03/01/2017",
    )
    assert [shown(act) for act in found.acts] == [
        "arrete 2017-01-03 ETSD1637838A «relatif au TP de médiateur social» JO 2017-01-17"
    ]
    assert {mention.acts for mention in found.mentions} == {(found.acts[0].id,)}


def test_it_stays_apart_where_there_are_several_or_where_it_contradicts() -> None:
    two = ("Arrêté du 21 juillet 2016 portant règlement", "Arrêté du 21 juillet 2016 relatif aux agréments")
    assert keys(*two, "Arrêté du 21 juillet 2016")[2] == FICHE
    assert len(keys(two[0], two[1])) == 2
    assert len(keys("Arrêté du 21 juillet 2016 portant règlement", "Décret du 21 juillet 2016")) == 2
    contradicting = keys(
        "Arrêté du 21 juillet 2016 portant règlement (JO du 28/07/2016)", "Arrêté du 21/07/2016, JO du 30/07/2016"
    )
    assert len(contradicting) == 2
    # Another day in the BO is no contradiction.
    assert (
        len(
            keys(
                "Arrêté du 21 juillet 2016 portant règlement (JO du 28/07/2016)",
                "Arrêté du 21/07/2016, BO du 30/07/2016",
            )
        )
        == 1
    )
    # A number says nothing about an object, nor the other way round: 2002-615 is not 2002-616.
    assert len(keys("Décret n° 2002-615 du 26 avril 2002", "Décret du 26 avril 2002 relatif au répertoire")) == 2
    assert len(keys("Décret n° 2002-615 du 26 avril 2002", "Décret n° 2002-616 du 26 avril 2002")) == 2


def test_an_undated_citation_joins_by_its_number() -> None:
    found = read("Décret n°2016-954", "Décret n° 2016-954 du 11 juillet 2016")
    assert [act.key for act in found.acts] == ["2016-954"]
    assert [mention.acts for mention in found.mentions] == [(found.acts[0].id,)] * 2
    assert codes_of(found) == []


def test_several_acts_of_one_day_without_a_key_are_told_apart_by_their_publication() -> None:
    found = read(
        "Arrêté du 26/07/2004 paru au JO du 05/08/2004",
        "Arrêté du 26/07/2004 paru au JO du 06/09/2004",
        "Arrêté du 26/07/2004",
    )
    assert [act.key for act in found.acts] == ["RNCP1-jo-2004-08-05", "RNCP1-jo-2004-09-06", "RNCP1"]


def test_what_amends_what_holds_across_the_fields_of_a_fiche() -> None:
    found = read("Arrêté du 26/07/2004 modifié par arrêté du 19/03/2013", "Arrêté du 19 mars 2013 relatif au TP")
    assert [act.key for act in found.acts] == [FICHE, "relatif-au-tp-9d47b354"]
    assert found.acts[1].amends == (found.acts[0].id,)
    assert found.mentions[0].cited_acts == (found.acts[1].id,)


def test_the_date_of_the_element_goes_to_the_only_act_of_the_field() -> None:
    found = read("Décret n° 2016-954 du 11 juillet 2016", journal=D(2016, 7, 13))
    assert shown(found.acts[0]) == "decret 2016-07-11 2016-954 2016-07-13"
    assert only(found.mentions).journal_date is None
    # An act that this one modifies is older, and so it is not in doubt.
    modifying = read(
        "Arrêté du 20 juin 2023 modifiant l'arrêté du 26 avril 2023 relatif au titre", journal=D(2023, 6, 24)
    )
    assert [act.publication_date for act in modifying.acts] == [D(2023, 6, 24), None]
    numbered = read("Arrêté du 17/06/2024 - BO n°26", journal=D(2024, 6, 27))
    assert shown(numbered.acts[0]) == "arrete 2024-06-17 BO n°26 2024-06-27"


def test_a_date_of_the_element_that_the_text_repeats_is_no_news() -> None:
    for text in (
        "Arrêté du 5 mai 2010 (JO du 12 mai 2010)",
        "Arrêté du 5 mai 2010 (JO du 12 mai 2010) - Arrêté du 6 mai 2010",
    ):
        found = read(text, journal=D(2010, 5, 12))
        assert codes_of(found) == []
        assert only(found.mentions).journal_date is None


def test_else_it_stays_on_the_mention() -> None:
    for text, journal in (
        ("Arrêté du 5 mai 2010 (JO du 12 mai 2010)", D(2010, 5, 13)),  # the text says another
        ("Arrêté du 5 mai 2010 (JO du 12 mai 2010)", D(2010, 5, 5)),  # the signature
        ("Arrêté du 5 mai 2010", D(2010, 5, 4)),  # before the signature
        ("Arrêté du 5 mai 2010 - Arrêté du 6 mai 2010", D(2010, 5, 12)),  # two acts
        ("Arrêté du 5 mai 2010 modifié par l'arrêté du 3 juin 2011", D(2011, 6, 12)),  # whose?
        ("Code de l'éducation", D(2010, 5, 12)),  # no act
        ("décret n° 2010-12", D(2010, 5, 12)),  # no date of signature
    ):
        found = read(text, journal=journal)
        assert only(found.mentions).journal_date == journal, text
        assert "DATE-JO-ECARTEE" in codes_of(found)
        assert all(act.publication_date != journal for act in found.acts)


def test_the_date_of_a_text_wins_over_that_of_an_element_in_another_field() -> None:
    found = read(
        "Décret n° 2010-1 du 5 mai 2010", "Décret n° 2010-1 du 5 mai 2010 (JO du 12 mai 2010)", journal=D(2010, 5, 13)
    )
    assert [act.publication_date for act in found.acts] == [D(2010, 5, 12)]
    assert found.mentions[0].journal_date == D(2010, 5, 13)
    assert codes_of(found) == ["DATE-JO-ECARTEE"]


def test_two_texts_that_contradict_each_other_about_one_act() -> None:
    found = read(
        "Décret n° 2010-1 du 5 mai 2010 (JO du 12 mai 2010)", "Décret n° 2010-1 du 5 mai 2010 (JO du 13 mai 2010)"
    )
    assert [act.publication_date for act in found.acts] == [D(2010, 5, 12)]
    assert codes_of(found) == ["DATE-JO-ECARTEE"]
    assert found.diagnostics[0].severity is Severity.WARNING


def test_other_that_copies_creation_is_one_mention_with_two_roles() -> None:
    creation = field("Arrêté du 5 mai 2010 relatif à l’emploi", LegalRole.CREATION, D(2010, 5, 12))
    other = field("Arrêté du 5 mai 2010  relatif à l'emploi.", LegalRole.OTHER, D(2010, 5, 13))
    for fields in ([creation, other], [other, creation]):
        found = parse_citations(fields, FICHE)
        mention = only(found.mentions)
        assert mention.roles == (LegalRole.CREATION, LegalRole.OTHER)
        assert mention.source_path == creation.source_path
        assert [act.publication_date for act in found.acts] == [D(2010, 5, 12)]  # the creation's
        assert sorted(codes_of(found)) == ["ACTE-REPETE", "DATE-JO-ECARTEE"]


def test_other_roles_keep_their_own_mention() -> None:
    text = "Arrêté du 5 mai 2010"
    found = parse_citations(
        [field(text), field(text, LegalRole.CREATION), field("Arrêté du 6 mai 2010", LegalRole.OTHER)], FICHE
    )
    assert [mention.roles for mention in found.mentions] == [
        (LegalRole.GENERAL,),
        (LegalRole.CREATION,),
        (LegalRole.OTHER,),
    ]
    assert [mention.position for mention in found.mentions] == [1, 1, 1]
    assert codes_of(found) == []


def test_the_same_text_twice_under_one_heading_is_one_mention() -> None:
    twice = read("Arrêté du 5 mai 2010", "Arrêté du 5 mai 2010", "Arrêté du 6 mai 2010")
    assert [mention.position for mention in twice.mentions] == [1, 2]
    assert codes_of(twice) == ["LIGNE-EN-DOUBLE"]
    jury = field("Art. R 338-6 du Code de l'Education", LegalRole.JURY)
    assert codes_of(parse_citations([jury, jury], FICHE)) == []


def test_the_verbatim_is_kept_whole_and_blank_fields_are_nothing() -> None:
    found = read("  Arrêté du\n 5 mai   2010.  Voir\taussi ", "  ")
    assert only(found.mentions).verbatim == "Arrêté du 5 mai 2010. Voir aussi"


def test_diagnostics_say_where() -> None:
    found = parse_citations([CitationField("rien", LegalRole.VAE, "Référence du décret VAE", line=12)], "RS5000")
    assert [(one.code, one.line, one.fiche, one.path) for one in found.diagnostics] == [
        ("CITATION-NON-LUE", 12, "RS5000", "Référence du décret VAE")
    ]
