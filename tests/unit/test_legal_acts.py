"""The forms in which acts are cited: a made-up list of what authors of fiches write, and what is read in each."""

from __future__ import annotations

from time import perf_counter

import pytest

from tests.unit.legal_helpers import acts, codes_of, dates, only, read

FORMS: list[tuple[str, list[str]]] = [
    # types, capitals, accents
    ("Arrete du 5 mai 2010", ["arrete 2010-05-05"]),
    ("ARRÊTÉ DU 5 MAI 2010", ["arrete 2010-05-05"]),
    ("arrêté ministériel du 5/5/2010", ["arrete 2010-05-05"]),
    ("Arrêté interministériel en date du lundi 5 mai 2010", ["arrete 2010-05-05"]),
    ("Arre\u0302te\u0301 du 5 aou\u0302t 2010", ["arrete 2010-08-05"]),
    ("Date de l'arrêté : 05-05-2010", ["arrete 2010-05-05"]),
    ("Arrêté du 1er octobre 2001", ["arrete 2001-10-01"]),
    ("Arrêté du 1° oct. 2001", ["arrete 2001-10-01"]),
    ("Arrêté du 2001-10-01", ["arrete 2001-10-01"]),
    ("Arrêté du 01/10/01", ["arrete 2001-10-01"]),
    ("Arrêté du\u00a05\u00a0mai\u00a02010", ["arrete 2010-05-05"]),
    (
        "Arrêté du ministre de l'éducation nationale du 5 mai 2010 relatif au BTS",
        ["arrete 2010-05-05 «relatif au BTS»"],
    ),
    ("Arrêté relatif à la licence du 17 novembre 1999", ["arrete 1999-11-17 «relatif à la licence»"]),
    # numbers and NORs
    ("Décret n°2016-954 du 11 juillet 2016", ["decret 2016-07-11 2016-954"]),
    ("décret no 2016-954 du 11 juillet 2016", ["decret 2016-07-11 2016-954"]),
    ("Décret N° 2016 - 954 du 11/07/2016", ["decret 2016-07-11 2016-954"]),
    ("Décret 2002-615 du 26-04-2002", ["decret 2002-04-26 2002-615"]),
    ("Décret du 11 juillet 2016 n° 2016‑954", ["decret 2016-07-11 2016-954"]),
    ("Décret du 27 août 1992 (92-1153)", ["decret 1992-08-27 92-1153"]),
    ("Arrêté d'habilitation n° 20044186 du 01/09/2004", ["arrete 2004-09-01 20044186"]),
    ("Arrêté NOR MENE2303765A du 6 février 2023", ["arrete 2023-02-06 MENE2303765A"]),
    ("Arrêté du 6 février 2023 (NOR : MENE2303765A)", ["arrete 2023-02-06 MENE2303765A"]),
    ("Arrêté d'accréditation de l'université de Lille du 12/07/2018", ["arrete 2018-07-12"]),
    ("Arrêté du 12/07/2018 accréditant l'université", ["arrete 2018-07-12 «accréditant l'université»"]),
    # lois and ordonnances, whose object has no participle
    (
        "loi n° 2018-771 du 5 septembre 2018 pour la liberté de choisir son avenir professionnel",
        ["loi 2018-09-05 2018-771 «pour la liberté de choisir son avenir professionnel»"],
    ),
    (
        "Loi de modernisation sociale n° 2002-73 du 17 janvier 2002",
        ["loi 2002-01-17 2002-73 «de modernisation sociale»"],
    ),
    ("loi du 1er juillet 1901", ["loi 1901-07-01"]),
    (
        "Ordonnance n° 2005-1527 du 8 décembre 2005 relative au permis de construire (JO du 9 décembre 2005)",
        ["ordonnance 2005-12-08 2005-1527 «relative au permis de construire» JO 2005-12-09"],
    ),
    # publications
    ("Arrêté du 1er octobre 2001 (JO du 10 octobre 2001)", ["arrete 2001-10-01 JO 2001-10-10"]),
    ("Arrêté du 1er octobre 2001, J.O. du 10 octobre 2001", ["arrete 2001-10-01 JO 2001-10-10"]),
    ("Arrêté du 1er octobre 2001 publié le 10 octobre 2001", ["arrete 2001-10-01 2001-10-10"]),
    ("arrêté du 1/10/2001 (date de publication au JO : 10/10/2001)", ["arrete 2001-10-01 JO 2001-10-10"]),
    (
        "Arrêté du 21 juillet 2016 JORF n°0172 du 26 juillet 2016 texte n° 34 relatif au jury",
        ["arrete 2016-07-21 «relatif au jury» JO n°0172 2016-07-26"],
    ),
    (
        "Arrêté du 2 juin 2008, JORF n°0132 du 7 juin 2008 page 9341, texte n° 31",
        ["arrete 2008-06-02 JO n°0132 2008-06-07"],
    ),
    ("Arrêté du 9 avril 1997 (B.O. n° 17 du 24/04/1997)", ["arrete 1997-04-09 BO n°17 1997-04-24"]),
    ("Arrêté du 17/06/2024 - BO n°26 du 27/06/2024", ["arrete 2024-06-17 BO n°26 2024-06-27"]),
    (
        "Arrêté du 17 novembre 1999 relatif à la licence - Bulletin officiel de l'éducation nationale n°44 du 9 décembre 1999",
        ["arrete 1999-11-17 «relatif à la licence» BO n°44 1999-12-09"],
    ),
    (
        "Arrêté du 5 mai 2010 paru au Journal officiel de la République française du 12 mai 2010",
        ["arrete 2010-05-05 JO 2010-05-12"],
    ),
    (
        "Arrêté du 15 juin 2007 portant nomination. Publié au JO du 20 juin 2007",
        ["arrete 2007-06-15 «portant nomination» JO 2007-06-20"],
    ),
    ("J.O. n° 12 du 14 janvier 2001 : arrêté du 5 janvier 2001", ["arrete 2001-01-05 JO n°12 2001-01-14"]),
    ("JORF n°0172 du 26 juillet 2016 texte n° 34", []),
    ("Circulaire du 5 mai 2010 publiée au BO n°20 du 20 mai 2010", []),
    ("Arrêté du 5 mai 2010. Circulaire du 6 mai 2010 publiée au BO n°20 du 20 mai 2010", ["arrete 2010-05-05"]),
    # several acts
    ("arrêtés des 26 juillet 2004 et 19 mars 2013", ["arrete 2004-07-26", "arrete 2013-03-19"]),
    (
        "arrêtés des 26 et 27 juillet 2004 et du 3 mars 2005",
        ["arrete 2004-07-26", "arrete 2004-07-27", "arrete 2005-03-03"],
    ),
    ("Arrêtés : 26/07/2004, 19/03/2013", ["arrete 2004-07-26", "arrete 2013-03-19"]),
    ("Décret n°2002-615 et n° 2002-616 du 26 avril 2002", ["decret 2002-04-26 2002-615", "decret 2002-04-26 2002-616"]),
    (
        "décrets n°2002-615, 2002-616 et 2002-617 du 26 avril 2002",
        ["decret 2002-04-26 2002-615", "decret 2002-04-26 2002-616", "decret 2002-04-26 2002-617"],
    ),
    ("Décret n°2007-692 du 3/05/2007 - Arrêté du 3 mai 2007", ["decret 2007-05-03 2007-692", "arrete 2007-05-03"]),
    (
        "Loi n°84-52 du 26 janvier 1984 sur l'enseignement ; décret n° 2002-481 du 8 avril 2002 ; arrêté du 25 avril 2002",
        ["loi 1984-01-26 84-52 «sur l'enseignement»", "decret 2002-04-08 2002-481", "arrete 2002-04-25"],
    ),
    (
        "Arrêté du 3 mars 2010 relatif au CAP boulanger Arrêté du 5 mai 2011 relatif au CAP fleuriste",
        ["arrete 2010-03-03 «relatif au CAP boulanger»", "arrete 2011-05-05 «relatif au CAP fleuriste»"],
    ),
    # no act
    ("arrêté", []),
    ("Equivalences définies par arrêté avec les certifications suivantes :", []),
    ("décret 2002-615", []),
    ("décret n°2016-954", []),
    ("Enregistrement pour cinq ans à compter du 1er janvier 2020", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_form(text: str, expected: list[str]) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # where an object ends
        ("portant création du titre. Enregistrement pour cinq ans.", "portant création du titre"),
        ("portant création du titre Enregistrement pour cinq ans.", "portant création du titre"),
        ("portant création du titre Observations : homologué en 1994", "portant création du titre"),
        ("portant création du titre NOR : MENE0700001A suite", "portant création du titre"),
        ("portant création du titre, publié au JO du 20/06/2007", "portant création du titre"),
        ("portant création du titre (JO du 20/06/2007)", "portant création du titre"),
        ("portant création du titre - Décret n° 2002-615 du 26 avril 2002", "portant création du titre"),
        ("portant création du titre - option bois - niveau 3", "portant création du titre - option bois - niveau 3"),
        ("portant création du titre ; articles L. 335-5 du code de l'éducation", "portant création du titre"),
        ("portant création du titre et arrêté du 5 mai 2011", "portant création du titre"),
        ("portant création du titre, modifié par l'arrêté du 5 mai 2011", "portant création du titre"),
        ("portant création du titre modifié", "portant création du titre"),
        ("portant création du titre, modifié.", "portant création du titre"),
        # what does not end it
        (
            "fixant la liste des titres modifiée par l'arrêté du 5 mai 2011",
            "fixant la liste des titres modifiée par l'arrêté du 5 mai 2011",
        ),
        (
            "relatif aux titres publiés au Journal officiel de l'Union",
            "relatif aux titres publiés au Journal officiel de l'Union",
        ),
        ("visant l'art. 5 du décret et M. Dupont", "visant l'art. 5 du décret et M. Dupont"),
        (
            "pris en application de l'article 5 du décret n° 2002-615 du 26 avril 2002 modifié par le décret n° 2003-1 du 3 janvier 2003",
            "pris en application de l'article 5 du décret n° 2002-615 du 26 avril 2002 modifié par le décret n° 2003-1 du 3 janvier 2003",
        ),
        ("(MEN) portant création", "portant création"),
        ("du recteur de l'académie d'Aix, portant création", "portant création"),
        ("homologation du titre", None),
        ("Homologation du titre", "Homologation du titre"),
    ],
)
def test_the_object_of_an_act(text: str, title: str | None) -> None:
    found = read(f"Arrêté du 15 juin 2007 {text}").acts[0]
    assert found.title == (title or text)


def test_what_one_act_does_to_another() -> None:
    modified = read(
        "Arrêté du 10 avril 2009 portant création, modifié par les arrêtés du 5 mai 2010 et du 6 juin 2011 et par le décret n° 2012-1 du 2 janvier 2012"
    )
    assert dates(only(modified.mentions).acts) == ["arrete 2009-04-10"]
    assert dates(only(modified.mentions).cited_acts) == ["arrete 2010-05-05", "arrete 2011-06-06", "decret 2012-01-02"]
    assert [dates(act.amends) for act in modified.acts[1:]] == [["arrete 2009-04-10"]] * 3

    modifying = read("Arrêté du 27 avril 2018 modifiant l'arrêté du 20 juillet 2011 portant création du brevet")
    assert [act.title for act in modifying.acts] == [
        "modifiant l'arrêté du 20 juillet 2011 portant création du brevet",
        "portant création du brevet",
    ]
    assert modifying.acts[0].amends == (modifying.acts[1].id,)

    noun = read("Arrêté du 5 mai 2010 portant modification de l'arrêté du 3 mars 2005 portant création du CAP")
    assert noun.acts[0].amends == (noun.acts[1].id,)

    both = read("Arrêté du 5 mai 2010 abrogeant l'arrêté du 3 mars 2005 et remplaçant l'arrêté du 4 avril 2006")
    assert dates(both.acts[0].repeals) == ["arrete 2005-03-03"]
    assert dates(both.acts[0].replaces) == ["arrete 2006-04-04"]

    repealed = read("Arrêté du 5 mai 2010 abrogé par l'arrêté du 3 mars 2015")
    assert dates(repealed.acts[1].repeals) == ["arrete 2010-05-05"]

    object_only = read("Décret n° 2023-824 du 25 août 2023 remplaçant l'intitulé du diplôme").acts
    assert [act.title for act in object_only] == ["remplaçant l'intitulé du diplôme"]
    assert object_only[0].replaces == ()


def test_a_bare_modifie_adds_no_act() -> None:
    for text in (
        "Arrêté du 22 décembre 2015 modifié relatif au titre",
        "Arrêté modifié du 22 décembre 2015 relatif au titre",
        "Arrêté du 22 décembre 2015 (modifié) relatif au titre",
        "Arrêté du 22 décembre 2015 relatif au titre, modifié",
        "Arrêté du 22 décembre 2015 relatif au titre, modifié en juin 2016",
    ):
        found = read(text)
        assert [(act.title, act.amends) for act in found.acts] == [("relatif au titre", ())], text
        assert only(found.mentions).is_amended, text
    assert not only(read("Arrêté du 22 décembre 2015 relatif au titre").mentions).is_amended


def test_amended_by_an_act_without_a_date_is_a_bare_modifie() -> None:
    found = read("Arrêté du 5 mai 2010 modifié par le décret n° 2019-434")
    assert len(found.acts) == 1
    assert only(found.mentions).is_amended


def test_a_publication_belongs_to_the_youngest_act_signed_by_then() -> None:
    amended = acts("Arrêté du 26/07/2004 modifié par arrêté du 19/03/2013 paru au JO du 28/03/2013")
    assert amended == ["arrete 2004-07-26", "arrete 2013-03-19 JO 2013-03-28"]
    both = acts("Arrêté du 26/07/2004 (JO du 5/8/2004) modifié par l'arrêté du 19/03/2013 (JO du 28/3/2013)")
    assert both == ["arrete 2004-07-26 JO 2004-08-05", "arrete 2013-03-19 JO 2013-03-28"]
    older = acts("Arrêté du 26/07/2004 modifié par arrêté du 19/03/2013 (JO du 05/08/2004)")
    assert older == ["arrete 2004-07-26 JO 2004-08-05", "arrete 2013-03-19"]


def test_one_publication_an_act_the_jo_first() -> None:
    found = read("Arrêté du 5 mai 2010 paru au BO n° 21 du 27 mai 2010 et au JO du 12 mai 2010")
    assert acts("Arrêté du 5 mai 2010 paru au BO n° 21 du 27 mai 2010 et au JO du 12 mai 2010") == [
        "arrete 2010-05-05 JO 2010-05-12"
    ]
    assert codes_of(found) == ["DATE-JO-ECARTEE"]


@pytest.mark.parametrize(
    ("text", "codes", "count"),
    [
        ("Arrêté du 31/02/2020 relatif au titre", ["DATE-INVALIDE"], 0),
        ("Arrêté du 5 mai 2010 publié au JO du 31/04/2010", ["DATE-INVALIDE"], 1),
        ("Arrêté du 5 mai 2010 publié au JO du 12 avril 2010", ["DATE-JO-ECARTEE"], 1),
        ("Voir le site du ministère", ["CITATION-NON-LUE"], 0),
        ("décret n°2016-954", ["CITATION-NON-LUE"], 0),
        ("Néant.", ["TEXTE-PROVISOIRE"], 0),
        ("Arrêté du 5 mai 2010", [], 1),
    ],
)
def test_what_is_wrong_is_said(text: str, codes: list[str], count: int) -> None:
    found = read(text)
    assert codes_of(found) == codes
    assert len(found.acts) == count
    assert only(found.mentions).verbatim == text
    assert all(one.fiche == "RNCP1" and one.excerpt == text and one.path for one in found.diagnostics)


@pytest.mark.parametrize(
    "part",
    [
        ", article 5 de",
        "l'article 2 de ",
        "; JO du 5/8/2004 : arrêté du 1/1/2010 ",
        "code du travail, L. 1-1 ; ",
        "loi Hoguet ",
        "articles 5, ",
        "L. 335-5, ",
        "modifié ",
        "arrêté du 1/1/2010 modifié par l'",
        "JO ",
        "(",
    ],
)
def test_a_long_hostile_text_is_read_in_time(part: str) -> None:
    start = perf_counter()
    read("Arrêté du 5 mai 2010 " + part * (30_000 // len(part)))
    assert perf_counter() - start < 5  # 0.1 s where it grows with the text; 10 s and more where with its square
