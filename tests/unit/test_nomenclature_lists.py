"""Lists of codes, format by format: what each says of a code, what is reported, and what ends the reading."""

from __future__ import annotations

from datetime import date

import pytest

from rncp_ld.errors import SourceError
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.nomenclature import FAMILIES, NomenclatureEdition, NomenclatureEntry
from rncp_ld.sources.nomenclatures import list_of
from rncp_ld.sources.nomenclatures.formats import version_of
from tests.nomenclatures import SERIES, descriptor, edition, formacode, idcc, nsf, rome_4, rome_v3


def codes(read: NomenclatureEdition) -> list[str]:
    return [entry.code for entry in read.entries]


def found(read: NomenclatureEdition) -> list[tuple[str, int | None, str | None]]:
    return [(d.code, d.line, d.path) for d in read.diagnostics if d.code not in {"EDITION-INCONNUE", "PARTIE-NON-LUE"}]


def failure(text: str | bytes, name: str = "liste.csv") -> str:
    with pytest.raises(SourceError) as caught:
        edition(text, name)
    return str(caught.value)


@pytest.mark.parametrize("name", SERIES)
def test_a_list_is_told_by_its_content(name: str) -> None:
    text, series = SERIES[name]
    form = list_of(text)
    assert form is not None
    assert form.series is series
    read = edition(text)
    assert (read.family, read.document.series if read.document else None) == (FAMILIES[series], series)
    assert found(read) == []


def test_every_series_of_lists_has_a_format() -> None:
    assert (
        {series for series in SourceSeries if series.is_nomenclature}
        == {series for _, series in SERIES.values()}
        == set(FAMILIES)
    )


def test_rome_v3_is_a_tree_in_iso_8859_15() -> None:
    text = rome_v3("A;Agriculture et Pêche;Racine AP", "A12;Cœur de forêt;A", "A1201;Bûcheronnage;A12")
    read = edition(text.encode("iso-8859-15"), "rome_v344_arborescence.xml")
    assert read.entries == (
        NomenclatureEntry("A", "Agriculture et Pêche", line=3),
        NomenclatureEntry("A12", "Cœur de forêt", broader=("A",), line=4),
        NomenclatureEntry("A1201", "Bûcheronnage", broader=("A12",), line=5),
    )
    assert (read.version, read.name, found(read)) == ("V344", "édition V344", [])


def test_rome_4_has_parents_and_a_job_that_is_its_own_parent_has_none() -> None:
    read = edition(rome_4("A1201;Bûcheron;A1201", "A1209;Élagueur;A1201", "A1210;Débardeur;"), "unix_v460_codes.csv")
    assert [(one.code, one.label, one.broader) for one in read.entries] == [
        ("A1201", "Bûcheron", ()),
        ("A1209", "Élagueur", ("A1201",)),
        ("A1210", "Débardeur", ()),
    ]


def test_columns_are_found_by_name_whatever_parts_them_and_in_any_order() -> None:
    read = edition(
        '"emploi_cadre","code_rome_parent","libelle_rome","code_rome"\r\n"N","A1201","Élagueur, grimpeur","A1209"\r\n'
    )
    (job,) = read.entries
    assert (job.code, job.label, job.broader, job.line) == ("A1209", "Élagueur, grimpeur", ("A1201",), 2)
    assert [
        (d.code, d.path, "Nombre de valeurs : 1." in d.message) for d in read.diagnostics if d.code == "PARTIE-NON-LUE"
    ] == [("PARTIE-NON-LUE", "emploi_cadre", True)]


def test_nsf_has_the_label_of_the_decree_and_that_of_exports_beside_it() -> None:
    read = edition(nsf("33;3;Services aux personnes;Services rendus", "332t;332;;Aide et conseil"))
    assert read.entries == (
        NomenclatureEntry("33", "Services aux personnes", ("Services rendus",), ("3",), line=2),
        NomenclatureEntry("332t", "Aide et conseil", broader=("332",), line=3),
    )


def test_nsf_letters_are_no_codes() -> None:
    read = edition(
        "letter;family;label\nt;fonction;Réalisation du service\nS;fonction;Production\nss;fonction;Rien\nt;fonction;Autre\n"
    )
    assert (read.entries, read.letters) == ((), (("t", "Réalisation du service"), ("s", "Production")))
    assert found(read) == [("CODE-INVALIDE", 4, "letter"), ("CODE-EN-DOUBLE", 5, "letter/t")]


def test_idcc_lose_their_zeros_and_a_row_without_one_is_reported() -> None:
    read = edition(
        "\ufeff" + idcc("0018;OPCO 2i;Industries  textiles ;Étendue", "na;OPCO X;Forêts;", ";;;", "0;;Zéro;", "7;;;")
    )
    assert read.entries == (
        NomenclatureEntry("18", "Industries textiles", notes=("Opérateur de compétences : OPCO 2i", "Étendue"), line=2),
    )
    assert found(read) == [("CODE-INVALIDE", 3, "IDCC"), ("CODE-INVALIDE", 5, "IDCC"), ("CODE-INVALIDE", 6, "IDCC")]


def test_formacode_has_synonyms_links_and_a_definition() -> None:
    row = "44026;FAMILLE;famille;DOM;440 ACTION;aide$soutien;44054 ACTION;44028 AIDE;44067 ENFANCE;Définition.;Usage.;;332 Travail;1 X;44026 FAMILLE$44027 FOYER"
    read = edition(formacode(row, descriptor("44028", "aide"), "80015;EMPLOYE;employé;PUB"))
    family, aid, employee = read.entries
    assert family == NomenclatureEntry(
        "44026",
        "famille",
        ("aide", "soutien"),
        ("44054",),
        ("44067",),
        "Définition.",
        ("Usage.", "Champ sémantique : 440 ACTION", "NSF : 332 Travail"),
        ("Dans une édition antérieure : 44027 FOYER.",),
        1,
    )
    assert aid.broader == ("44026",)  # said at the broader code alone
    assert (employee.code, employee.label, employee.alt_labels) == ("80015", "employé", ())


def test_a_row_of_the_formacode_with_a_cell_too_few_keeps_its_code() -> None:
    """As the real list has one: which cell is missing, nobody knows."""
    read = edition(
        formacode(
            descriptor("11452", "physique"),
            "11461;THERMIQUE;thermique;DOM;114 PHYSIQUE;combustion;11452 PHYSIQUE;;;;;115;;",
        )
    )
    assert read.entries[1] == NomenclatureEntry("11461", "thermique", line=2)
    assert found(read) == [("TEXTE-NON-LU", 2, None)]


def test_bad_codes_and_labels_are_reported_with_their_line() -> None:
    read = edition(
        rome_4(
            "K12;Domaine;K12",
            "Z9999;Hors motif;A1201",
            "A1202;;A1201",
            "A1203;Jardinier;X",
            "A1204;Trop;A1201;de cellules",
        )
    )
    assert codes(read) == ["A1203"]
    assert found(read) == [
        ("CODE-INVALIDE", 2, "code_rome"),
        ("CODE-INVALIDE", 3, "code_rome"),
        ("CODE-INVALIDE", 4, "code_rome"),
        ("CODE-INVALIDE", 5, "code_rome_parent"),
        ("TEXTE-NON-LU", 6, None),
    ]  # fmt: skip


def test_a_code_twice_keeps_its_first_label_and_the_other_one_beside_it() -> None:
    read = edition(rome_4("A1209;Élagueur;A1201", "A1209;Élagueur;A1201", "A1209;Grimpeur;A1203"))
    assert read.entries == (NomenclatureEntry("A1209", "Élagueur", ("Grimpeur",), ("A1201", "A1203"), line=2),)
    assert found(read) == [("LIGNE-EN-DOUBLE", 3, "A1209"), ("CODE-EN-DOUBLE", 4, "A1209")]


def test_what_the_tree_holds_besides_codes_is_reported() -> None:
    text = rome_v3("A;Agriculture;", "A99X;Faux;A", "A12;Espaces;ZZ").replace("</ogr>", "<autre>Texte</autre></ogr>")
    text = text.replace("<code_noeud>A<", "<code_ogr>7</code_ogr><code_noeud>A<")
    read = edition(text)
    assert [(one.code, one.broader) for one in read.entries] == [("A", ()), ("A12", ())]
    assert found(read) == [
        ("CODE-INVALIDE", 4, "code_noeud"),
        ("CODE-INVALIDE", 5, "code_pere"),
        ("ELEMENT-INCONNU", 6, "autre"),
    ]
    assert [d.path for d in read.diagnostics if d.code == "PARTIE-NON-LUE"] == ["code_ogr"]


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("unix_referentiel_code_rome_v460_utf8.csv", "V460"),
        ("dossier-v2/liste.csv", None),
        ("rome.zip!ROME-V0461.csv", "V461"),
        ("formacode_V14.csv.gz!formacode_V14.csv", "V14"),
        ("serv12.csv", None),
    ],
)
def test_the_edition_is_in_the_name_of_the_file(name: str, version: str | None) -> None:
    assert version_of(name) == version


def test_a_list_without_an_edition_says_so_and_one_of_a_decree_has_none() -> None:
    def unknown(text: str, name: str, day: date | None = None) -> bool:
        return "EDITION-INCONNUE" in {d.code for d in edition(text, name, day).diagnostics}

    assert unknown(SERIES["rome-4-0"][0], "rome.csv")
    assert unknown(SERIES["formacode"][0], "formacode.csv")
    assert not unknown(SERIES["formacode"][0], "formacode.csv", date(2025, 1, 1))
    assert not unknown(SERIES["rome-4-0"][0], "rome_v460.csv")
    assert not unknown(SERIES["nsf"][0], "nsf_v2.csv")
    assert edition(SERIES["nsf"][0], "nsf_v2.csv").version is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code_rome;libelle_rome\nA1201;x\n", "liste.csv:1: colonne « code_rome_parent » absente ; attendu : code_rome, libelle_rome, code_rome_parent ; lu : code_rome, libelle_rome"),
        ("code_rome;code_rome;libelle_rome;code_rome_parent\n", "liste.csv:1: colonne « code_rome » en double"),
        ("IDCC;Opérateur\n18;x\n", "liste.csv:1: colonne « Libellé » absente"),
        ("code;label_decree_or_lheo\n3;x\n", "liste.csv:1: colonne « parent » absente"),
        (rome_4(), "liste.csv: liste sans aucun code bien formé"),
        (rome_4("x;y;z"), "liste.csv: liste sans aucun code bien formé"),
        (rome_4("A1201;Bûcheron;A1201") + "A1209;Éla", "liste.csv:3: table tronquée : 3 colonnes attendues, 2 lues"),
        ('code_rome,libelle_rome,code_rome_parent\n"A1201","Bûch', "liste.csv:2: table tronquée : un guillemet n'est pas fermé"),
        ('code_rome,libelle_rome,code_rome_parent\n"A1201"x,"B","C"\n', "liste.csv:2: table mal formée"),
        (formacode(descriptor("44026", "famille")) + "44028;AIDE;ai", "liste.csv:2: table tronquée"),
        (SERIES["rome-v3"][0][:-40], "liste.csv:5: XML tronqué"),
        (SERIES["rome-v3"][0].replace("</libelle>", "</libell>", 1), "liste.csv:3: XML mal formé"),
        (rome_v3(), "liste.csv: liste sans aucun code bien formé"),
        ("<!DOCTYPE ogr [<!ENTITY a 'a'>]>\n<ogr>\n<item_arborescence/></ogr>", "liste.csv:1: déclaration DOCTYPE refusée"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_to_its_end_says_why_and_where(text: str, message: str) -> None:
    if text == rome_v3():
        text = text.replace("</ogr>", "<item_arborescence/></ogr>")
    assert failure(text).startswith(message)


def test_a_list_in_cp1252_is_read_and_reported() -> None:
    read = edition(idcc("18;OPCO 2i;Métallurgie – forge;").encode("cp1252"))
    assert read.entries[0].label == "Métallurgie – forge"
    assert [d.code for d in read.diagnostics] == ["ENCODAGE"]
