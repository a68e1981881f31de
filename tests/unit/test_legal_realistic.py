"""Citations as authors of fiches write them, with their habits and faults: what is read in each, and what stays text.

The table reads as a document: the text, its acts (see `legal_helpers.shown`), and what one does to another.
"""

from __future__ import annotations

import pytest

from rncp_ld.model.legal import ActType, LegalRole
from rncp_ld.sources.legal import find_citations
from tests.unit.legal_helpers import acts, codes_of, dates, only, read

NOTHING: list[str] = []

CITATIONS: list[tuple[str, list[str]]] = [
    # how a décret was made is no part of its name
    ("Décret en Conseil d'État n° 2002-615 du 26 avril 2002", ["decret 2002-04-26 2002-615"]),
    (
        "Décret en Conseil d'Etat du 26 avril 2002 relatif à la VAE",
        ["decret 2002-04-26 «relatif à la VAE»"],
    ),
    ("Décret pris en Conseil d’Etat n°2002-615 du 26/04/2002", ["decret 2002-04-26 2002-615"]),
    ("Décret en Conseil des ministres du 5 mai 2010", ["decret 2010-05-05"]),
    ("Décret simple n° 2017-1135 du 4 juillet 2017", ["decret 2017-07-04 2017-1135"]),
    ("décret tertiaire n° 2019-771 du 23 juillet 2019", ["decret 2019-07-23 2019-771"]),
    # a number with a slash is the number; a school year and a European text have none
    ("Décret n°2002/615 du 26 avril 2002", ["decret 2002-04-26 2002-615"]),
    ("décret 2002/615 du 26/04/2002, JO du 28/04/2002", ["decret 2002-04-26 2002-615 JO 2002-04-28"]),
    ("arrêté de l'année 2018/2019", NOTHING),
    ("Règlement (UE) n° 2016/679 du 27 avril 2016", NOTHING),
    ("Arrêté n° 2010-1234/GNC du 5 mai 2010", NOTHING),  # its number is not 2010-1234
    # lois by the name they go by
    ("loi Hoguet du 2 janvier 1970", ["loi 1970-01-02"]),
    ("Loi « Informatique et Libertés » n° 78-17 du 6 janvier 1978 modifiée", ["loi 1978-01-06 78-17"]),
    ("Loi Avenir professionnel n°2018-771 du 5 septembre 2018", ["loi 2018-09-05 2018-771"]),
    ("la loi applicable du 5 mai 2010", NOTHING),
    # years of two digits
    ("Arrêté du 26/07/04 (JO du 05/08/04)", ["arrete 2004-07-26 JO 2004-08-05"]),
    ("Arrêté du 26.07.04", ["arrete 2004-07-26"]),
    ("Arrêté du 9-4-97 - BO n° 17 du 24-4-97", ["arrete 1997-04-09 BO n°17 1997-04-24"]),
    ("arrêté du 3 mai 98 relatif au CAP", ["arrete 1998-05-03 «relatif au CAP»"]),
    ("réunion du 3 mai 14 h, arrêté du 5 mai 2010", ["arrete 2010-05-05"]),
    ("Ordonnance n° 45-2658 du 2/11/45", ["ordonnance 1945-11-02 45-2658"]),
    ("décret n°02-615 du 26/04/02", ["decret 2002-04-26 02-615"]),
    ("loi du 30/10/35", NOTHING),  # 1935 or 2035
    # dates in other forms, and periods, which are no signature
    ("Arrêté du 2010/05/05", ["arrete 2010-05-05"]),
    ("Arrêté du\u00a01 er\u00a0octobre 2001", ["arrete 2001-10-01"]),
    ("Arrêté du 14 janv. 2019 publié au J.O. du 22 févr. 2019", ["arrete 2019-01-14 JO 2019-02-22"]),
    ("Arrêté d'habilitation du 01/09/2015 au 31/08/2020", NOTHING),
    ("Arrêté du 5 ami 2010", NOTHING),
    # several acts
    ("Arrêtés des 3 et 5 mai 2010", ["arrete 2010-05-03", "arrete 2010-05-05"]),
    ("Arrêté du 8 juillet 2020 et 9 août 2021", ["arrete 2020-07-08", "arrete 2021-08-09"]),
    (
        "Décrets n° 2002-795 du 3 mai 2002 (licence) et n° 2002-481 du 8 avril 2002",
        ["decret 2002-05-03 2002-795", "decret 2002-04-08 2002-481"],
    ),
    (
        "1er arrêté : 03/05/2005. Dernier arrêté de modification : 06/06/2011",
        ["arrete 2005-05-03", "arrete 2011-06-06"],
    ),
    (
        "Arrêté du 18 mars 2015. Arrêté modificatif : 3 mai 2020 (JO du 10/05/2020)",
        ["arrete 2015-03-18", "arrete 2020-05-03 JO 2020-05-10"],
    ),
    # a publication belongs to the act before it, unless it announces the one behind it
    (
        "Journal officiel du 12/05/2010 : arrêté du 05/05/2010 ; Journal officiel du 14/06/2011 : arrêté du 06/06/2011",
        ["arrete 2010-05-05 JO 2010-05-12", "arrete 2011-06-06 JO 2011-06-14"],
    ),
    (
        "Arrêté du 5 mai 2010 ; JO du 14/06/2011 : arrêté du 6 juin 2011",
        ["arrete 2010-05-05", "arrete 2011-06-06 JO 2011-06-14"],
    ),
    (
        "Arrêté du 5 mai 2010 paru au JO du 12/05/2010 : arrêté du 6 juin 2011",
        ["arrete 2010-05-05 JO 2010-05-12", "arrete 2011-06-06"],
    ),
    ("Arrêté du 8 juillet 2020 publié le 23 juillet 2020 au JO", ["arrete 2020-07-08 JO 2020-07-23"]),
    ("Arrêté du 8 juillet 2020 – BOESRI n°30 du 23/07/2020", ["arrete 2020-07-08 BO n°30 2020-07-23"]),
    (
        "Décret n° 2016-954 du 11 juillet 2016 NOR: ETSD1612267D JORF n°0162 du 13 juillet 2016 texte n° 34",
        ["decret 2016-07-11 2016-954 ETSD1612267D JO n°0162 2016-07-13"],
    ),
    (
        "Arrêtés ministériels des 5 mai 2010 (JO du 12 mai 2010) et 6 juin 2011 (JO du 14 juin 2011)",
        ["arrete 2010-05-05 JO 2010-05-12", "arrete 2011-06-06 JO 2011-06-14"],
    ),
    # a NOR says its year: it is that of the act of that year
    ("arrêté n° ETSD1612267A du 5 mai 2016", ["arrete 2016-05-05 ETSD1612267A"]),
    (
        "Arrêté du 3 mai 2005 modifié par l'arrêté du 5 mai 2010, NOR : ESRS1010101A",
        ["arrete 2005-05-03", "arrete 2010-05-05 ESRS1010101A"],
    ),
    # faults of typing
    ("Arreté du 5 mai 2010", ["arrete 2010-05-05"]),
    ("Arété du 5 mai 2010", ["arrete 2010-05-05"]),
    ("ARRETE INTERMINISTERIEL DU 1ER OCTOBRE 2001", ["arrete 2001-10-01"]),
    ("Ordonance n° 2005-731 du 30 juin 2005", ["ordonnance 2005-06-30 2005-731"]),
    # what is said of a consolidated version dates no act
    ("Arrêté du 3 mai 2005 (version consolidée au 5 juin 2010)", ["arrete 2005-05-03"]),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS, ids=[text for text, _ in CITATIONS])
def test_citation(text: str, expected: list[str]) -> None:
    found = read(text)
    assert acts(text) == expected
    assert only(found.mentions).verbatim == " ".join(text.split())
    assert found.acts or found.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "Décret-loi du 30 octobre 1935",
        "Décret loi du 30 octobre 1935",
        "DÉCRET-LOI DU 30 OCTOBRE 1935",
        "De\u0301cret-loi du 30 octobre 1935",
        "décrets-lois du 30 octobre 1935",
        "décret - loi du 30 octobre 1935",
        "décret-loi du 30/10/35",
    ],
)
def test_a_decret_loi_is_neither_a_decret_nor_a_loi(text: str) -> None:
    (act,) = read(text).acts
    assert (act.type, str(act.signature_date)) == (ActType.DECRET_LOI, "1935-10-30")
    assert len(read(text, "loi du 30 octobre 1935", "décret du 30 octobre 1935").acts) == 3


def test_a_dash_between_spaces_still_parts_a_decret_from_a_loi() -> None:
    assert acts("Décret n° 2007-692 du 3 mai 2007 - Loi n° 2002-73 du 17 janvier 2002") == [
        "decret 2007-05-03 2007-692",
        "loi 2002-01-17 2002-73",
    ]


LIBERTY = "Loi n° 2018-771 du 5 septembre 2018 pour la liberté de choisir son avenir professionnel"


@pytest.mark.parametrize(
    "behind",
    [
        ", article 31", " (article 31)", " - article 31", " : art. 31", ", articles 31 et 32", ", articles 1er, 3 bis à 5 et suivants",
        ", notamment son article 31", ", en particulier ses articles 31-I et 32", " (JO du 6 septembre 2018), article 31",
    ],
)  # fmt: skip
def test_an_article_of_the_act_is_no_part_of_its_title(behind: str) -> None:
    found = read(LIBERTY + behind)
    assert [act.title for act in found.acts] == ["pour la liberté de choisir son avenir professionnel"]
    mention = only(found.mentions)
    assert mention.verbatim == LIBERTY + behind
    assert mention.articles == ()  # those of codes have an IRI, those of acts have none
    (span,) = find_citations(f"Voir la {LIBERTY}{behind}.", LegalRole.REGULATION, "x")
    assert span.verbatim.removesuffix(" et suivants") == (LIBERTY + behind).removesuffix(" et suivants")


@pytest.mark.parametrize(
    "title",
    [
        "relatif à l'article 5",
        "relatif aux titres, article 5 de la loi du 3 mars 2010",
        "relatif aux titres (article 5 du décret n° 2002-615 du 26 avril 2002)",
        "relatif aux titres, article R. 338-1 du code de l'éducation",
    ],
)
def test_an_article_of_something_else_stays_in_the_title(title: str) -> None:
    assert [act.title for act in read(f"Arrêté du 5 mai 2010 {title}").acts] == [title]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("modifié en dernier lieu par l'arrêté du 5 mai 2010", "amends"),
        ("modifié par l'article 31 de la loi n° 2018-771 du 5 septembre 2018", "amends"),
        ("modifié par les articles 2 et 3 du décret du 5 mai 2010", "amends"),
        ("modifié par décret du 10/05/2006, du 11/06/2007 et du 12/07/2008", "amends"),
        ("tel que modifié par l'arrêté du 5 mai 2010", "amends"),
        ("complété par l'arrêté du 5 mai 2010", "amends"),
        ("abrogé par arrêté du 5 mai 2010", "repeals"),
        ("annulé et remplacé par l'arrêté du 5 mai 2010", "repeals"),
        ("abrogé et remplacé par l'arrêté du 5 mai 2010", "repeals"),
        ("remplacé par l'arrêté du 5 mai 2010", "replaces"),
    ],
)
def test_what_later_acts_do_to_it(text: str, relation: str) -> None:
    found = read(f"Arrêté du 3 mai 2005 {text}")
    assert dates(only(found.mentions).acts) == ["arrete 2005-05-03"]
    assert [dates(getattr(act, relation)) for act in found.acts[1:]] == [["arrete 2005-05-03"]] * len(found.acts[1:])
    assert len(found.acts) == (4 if "du 11/06/2007" in text else 2)


def test_what_is_done_one_after_the_other_is_done_to_the_first_act() -> None:
    found = read(
        "Arrêté du 26/07/2004 (JO du 05/08/2004), modifié par arrêté du 19/03/2013 (JO du 28/03/2013), "
        "modifié par arrêté du 03/01/2017 (JO du 17/01/2017), abrogé par l'arrêté du 05/05/2020"
    )
    first, second, third, last = found.acts
    assert second.amends == third.amends == last.repeals == (first.id,)
    assert [str(act.publication_date) for act in found.acts] == ["2004-08-05", "2013-03-28", "2017-01-17", "None"]
    # What an object says to change keeps its own history.
    inside = read("Arrêté du 18 mars 2015 modifiant l'arrêté du 3 mai 2005 modifié par l'arrêté du 5 mai 2010")
    assert [dates(act.amends) for act in inside.acts] == [["arrete 2005-05-03"], [], ["arrete 2005-05-03"]]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("modifiant l'article 2 de l'arrêté du 3 mai 2000", "amends"),
        ("modifiant les annexes I et II de l'arrêté du 3 mai 2000", "amends"),
        ("portant modification des articles 2 et 3 de l'arrêté du 3 mai 2000", "amends"),
        ("abrogeant l'article 2 de l'arrêté du 3 mai 2000", "amends"),  # the rest of it stands
        ("abrogeant certaines dispositions de l'arrêté du 3 mai 2000", "amends"),
        ("annulant et remplaçant l'arrêté du 3 mai 2000", "repeals"),
        ("annule et remplace l'arrêté du 3 mai 2000", "repeals"),
        ("portant abrogation et remplacement de l'arrêté du 3 mai 2000", "replaces"),
    ],
)
def test_what_it_does_to_earlier_acts(text: str, relation: str) -> None:
    found = read(f"Arrêté du 5 mai 2010 {text}")
    assert dates(only(found.mentions).acts) == ["arrete 2010-05-05"]
    assert dates(getattr(found.acts[0], relation)) == ["arrete 2000-05-03"]


def test_an_amendment_of_which_only_the_date_is_said() -> None:
    found = read("Arrêté du 29 juin 1973 (1ère session 1975), modifié les 5 mai 1980 et 3 mars 1982")
    assert dates(only(found.mentions).acts) == ["arrete 1973-06-29"]
    assert only(found.mentions).is_amended


def test_a_date_that_does_not_say_its_century_is_reported() -> None:
    found = read("loi du 30/10/35")
    assert codes_of(found) == ["DATE-INVALIDE"]
    assert "ne dit pas son siècle" in found.diagnostics[0].message
    assert "n'existe pas" in read("Arrêté du 31/02/04").diagnostics[0].message


def test_citations_in_capitals_and_abbreviations_are_found_in_prose() -> None:
    def spans(text: str) -> list[str]:
        return [one.verbatim for one in find_citations(text, LegalRole.REGULATION, "x")]

    assert spans("Voir l'ARRÊTÉ DU 5 MAI 2010.") == ["ARRÊTÉ DU 5 MAI 2010"]
    assert spans("Métier réglementé (L. 4321-1 du CSP).") == ["L. 4321-1 du CSP"]
    assert spans("Le candidat maîtrise HTML, CSS, D3 et relève d'une CSP+.") == []
