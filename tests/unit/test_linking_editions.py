"""Several editions of a nomenclature: which label a code has, what holds of an older edition, what is complete."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.editions import with_editions
from rncp_ld.linking.nomenclature import Nomenclature, key_in
from rncp_ld.model.fiche import Coded
from rncp_ld.model.nomenclature import Family, NomenclatureEdition, NomenclatureEntry
from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.pipeline import shipped_nomenclature
from tests.nomenclatures import descriptor, edition, formacode, idcc, nsf, rome_4, rome_v3
from tests.registers import NEW, Linked, facts, fiche, linked

DAY_BEFORE, DAY_AFTER = date(2026, 8, 15), date(2026, 8, 17)
"""Around the export of `NEW`."""


def merged(*lists: NomenclatureEdition, shipped: bool = False) -> Nomenclature:
    return with_editions(shipped_nomenclature() if shipped else Nomenclature(), lists)[0]


def about(*lists: NomenclatureEdition) -> list[tuple[str, str | None, str | None]]:
    found: tuple[Diagnostic, ...] = with_editions(Nomenclature(), lists)[1]
    return sorted((d.code, d.path, d.excerpt) for d in found)


def concept(known: Nomenclature, scheme: CodeScheme, code: str) -> Concept:
    return known.concepts[key_in(scheme, code)]


def published(found: Linked, scheme: CodeScheme, code: str) -> Concept:
    return next(one for one in found.register.concepts if (one.scheme, one.code) == (scheme, code))


V3 = edition(rome_v3("A;Agriculture;", "A12;Espaces naturels;A", "A1201;Bûcheronnage;A12"), "v344.xml")
V450 = edition(rome_4("A1201;Bûcheron;A1201", "A1206;Dessinateur;A1201", "A1210;Débardeur;A1201"), "rome_v450.csv")
V460 = edition(rome_4("A1201;Bûcheron;A1201", "A1206;Paysagiste;A1201"), "rome_v460.csv")


def test_a_job_has_its_label_of_rome_v3_and_that_of_rome_4_beside_it() -> None:
    job = concept(merged(V3, V460), CodeScheme.ROME, "A1201")
    assert (job.pref_label, job.alt_labels, job.broader) == ("Bûcheronnage", ("Bûcheron",), ("A12",))


@pytest.mark.parametrize("order", list(permutations((V3, V450, V460))))
def test_the_newest_edition_wins_in_whatever_order_they_are_given(order: tuple[NomenclatureEdition, ...]) -> None:
    job = concept(merged(*order), CodeScheme.ROME, "A1206")
    assert (job.pref_label, job.alt_labels) == ("Paysagiste", ("Dessinateur",))
    assert about(*order) == [("EDITION-DIVERGENTE", "rome/A1206", "Dessinateur")]


def test_a_label_that_is_not_retained_says_its_edition() -> None:
    found = linked(fiche(rome=(Coded("A1206", "Paysagiste"),)), nomenclature=merged(V3, V450, V460))
    assert published(found, CodeScheme.ROME, "A1206").history == (
        "« Dessinateur » : libellé du ROME 4.0, édition V450 ; changé depuis.",
    )
    assert published(found, CodeScheme.ROME, "A1201").history == ("« Bûcheron » : libellé du ROME 4.0.",)


def test_a_code_that_the_newest_edition_dropped_is_a_concept_and_reported_where_it_is_used() -> None:
    found = linked(fiche(rome=(Coded("A1210", "Débardeur"),)), nomenclature=merged(V3, V450, V460))
    assert published(found, CodeScheme.ROME, "A1210").history == (
        "Ce code ne figure plus dans l'édition la plus récente du ROME 4.0.",
    )
    assert [(d.code, d.fiche, d.path) for d in found.diagnostics] == [("CODE-ABANDONNE", "RNCP1", "rome/A1210")]
    assert found.register.undescribed == ()


def test_a_list_without_an_edition_is_older_than_those_that_ship() -> None:
    """It names codes that nobody knew, and changes the label of none."""
    known = merged(edition(rome_4("M1805;Autre libellé;M1805", "M1899;Métier neuf;M1802"), "rome.csv"), shipped=True)
    old = concept(known, CodeScheme.ROME, "M1805")
    assert old.pref_label == "Études et développement informatique"
    assert "Autre libellé" in old.alt_labels
    new = concept(known, CodeScheme.ROME, "M1899")
    assert (new.pref_label, new.broader) == ("Métier neuf", ("M18", "M1802"))


def test_a_newer_edition_than_the_one_that_ships_gives_the_label_of_rome_4() -> None:
    known = merged(edition(rome_4("A1206;Paysagiste;F1101", "M1805;Développeur;M1805"), "rome_v999.csv"), shipped=True)
    job = concept(known, CodeScheme.ROME, "A1206")
    assert (job.pref_label, job.alt_labels) == ("Paysagiste", ("Concepteur / Conceptrice paysagiste",))
    job = concept(known, CodeScheme.ROME, "M1805")
    assert job.pref_label == "Études et développement informatique"
    assert job.alt_labels == ("Développeur", "Développeur / Développeuse informatique")
    assert key_in(CodeScheme.ROME, "M1806") in known.dropped
    assert key_in(CodeScheme.ROME, "M18") not in known.dropped  # the list holds no domains


def test_a_given_list_publishes_every_code_and_a_table_that_ships_does_not() -> None:
    code = key_in(CodeScheme.ROME, "A1201")
    assert code not in shipped_nomenclature().whole
    assert code in merged(V460, shipped=True).whole


def test_the_same_list_given_twice_counts_once() -> None:
    assert merged(V460, V460).editions == (V460,)
    assert with_editions(merged(V460), ())[0] == merged(V460)


def test_letters_that_a_list_gives_are_those_of_the_decree_or_reported() -> None:
    letters = edition("letter;family;label\nt;fonction;Autre chose\nx;fonction;Nouveau\n")
    known, found = with_editions(shipped_nomenclature(), [letters])
    assert (known.letters["t"], known.letters["x"]) == ("Réalisation du service", "Nouveau")
    assert [(d.code, d.path, d.excerpt) for d in found] == [("EDITION-DIVERGENTE", "nsf/lettre", "Autre chose")]


OLD = edition(
    formacode(
        descriptor("31054", "informatique"),
        descriptor("31068", "méthode analyse", broader="31054 INFORMATIQUE"),
        descriptor("31089", "MCP", "méthode de conception", "31068 METHODE ANALYSE"),
        descriptor("31094", "conduite projet", "gestion projet", "31089 MCP", related="31055 RESEAU"),
        descriptor("31055", "réseau", broader="31054 INFORMATIQUE"),
    ),
    "formacode.csv",
)


def test_a_code_that_exports_call_otherwise_keeps_nothing_of_the_list_but_its_label() -> None:
    """31089 was «MCP» in an old edition: what that said of its place and meaning is not true of what it is now."""
    found = linked(fiche(formacodes=(Coded("31089", "Développement mobile"),)), nomenclature=merged(OLD))
    code = published(found, CodeScheme.FORMACODE, "31089")
    assert (code.pref_label, code.alt_labels, code.broader, code.is_placed) == (
        "Développement mobile",
        ("MCP",),
        (),
        False,
    )
    assert code.history == ("« MCP » : libellé du Formacode, édition sans numéro ni date.",)
    below = published(found, CodeScheme.FORMACODE, "31094")
    assert (below.broader, below.related, below.is_placed) == ((), ("31055",), False)
    said = {d.code: d for d in found.diagnostics}
    assert sorted(said) == ["EDITION-DIVERGENTE", "LIEN-ECARTE"]
    changed = said["EDITION-DIVERGENTE"]
    assert (changed.file, changed.line, changed.excerpt) == ("formacode.csv", 3, "MCP")
    assert "synonymes : méthode de conception ; codes plus larges : 31068" in changed.message
    assert (said["LIEN-ECARTE"].line, said["LIEN-ECARTE"].path, said["LIEN-ECARTE"].excerpt) == (
        4,
        "formacode/31094",
        "31089",
    )


def test_a_code_that_exports_call_by_a_synonym_of_the_list_is_the_same() -> None:
    found = linked(fiche(formacodes=(Coded("31094", "Gestion projet"),)), nomenclature=merged(OLD))
    code = published(found, CodeScheme.FORMACODE, "31094")
    assert (code.pref_label, code.alt_labels, code.broader) == (
        "Gestion projet",
        ("conduite projet", "gestion projet"),
        ("31089",),
    )
    assert found.codes() == ["LIBELLE-DIVERGENT"]


def test_case_and_accents_make_no_other_label() -> None:
    found = linked(fiche(formacodes=(Coded("31068", "METHODE ANALYSE"),)), nomenclature=merged(OLD))
    code = published(found, CodeScheme.FORMACODE, "31068")
    assert (code.pref_label, code.broader, code.history) == ("METHODE ANALYSE", ("31054",), ())
    assert found.diagnostics == ()


def test_what_an_older_edition_says_holds_where_the_label_is_the_same() -> None:
    new = edition(
        formacode(descriptor("31054", "informatique"), descriptor("31089", "mobile", broader="31054 INFORMATIQUE")),
        "v14.csv",
    )
    known = merged(OLD, new)
    assert concept(known, CodeScheme.FORMACODE, "31068").broader == ("31054",)
    code = concept(known, CodeScheme.FORMACODE, "31089")
    assert (code.pref_label, code.alt_labels, code.broader) == ("mobile", ("MCP",), ("31054",))
    assert ("LIEN-ECARTE", "formacode/31094", "31089") in about(OLD, new)


def dangling(*lists: NomenclatureEdition, day: date | None = NEW) -> list[str]:
    found = linked(facts(fiche(formacodes=(Coded("99998", "Inconnu"),)), day), nomenclature=merged(*lists))
    assert len(found.register.undescribed) == found.codes().count("CODE-INCONNU")
    return [one.code for one in found.register.undescribed]


def test_a_list_is_complete_for_sources_of_its_day_and_before_only() -> None:
    """Of a code that an older edition lacks nothing is claimed: a younger one may have it."""
    text = formacode(descriptor("31054", "informatique"))
    assert dangling(edition(text, "a.csv", NEW)) == ["99998"]
    assert dangling(edition(text, "a.csv", DAY_AFTER)) == ["99998"]
    assert dangling(edition(text, "a.csv", DAY_BEFORE)) == []
    assert dangling(edition(text, "a.csv")) == []
    assert dangling(edition(text, "formacode_v14.csv")) == []  # a number does not say of which day it is
    assert dangling() == []
    assert dangling(edition(text, "a.csv", DAY_BEFORE), day=None) == ["99998"]


def test_rome_and_nsf_are_complete_and_idcc_are_never() -> None:
    known = merged(V460, edition(nsf("3;;Services;")), edition(idcc("18;;Textiles;"), "i.csv", DAY_AFTER))
    assert known.complete_for(NEW) == {CodeScheme.ROME, CodeScheme.NSF}


def test_a_remembered_label_of_a_list_does_not_win_over_the_list_s_own() -> None:
    """What the ledger kept of a code is the label that an export gave, or the one that a former list did."""
    new = edition(formacode(descriptor("31089", "mobile")), "v14.csv")

    def label(former: str) -> str | None:
        known = merged(OLD, new).remembering([Concept(CodeScheme.FORMACODE, "31089", former)])
        return published(linked(fiche(), nomenclature=known), CodeScheme.FORMACODE, "31089").pref_label

    assert (label("MCP"), label("mobile"), label("D'un export")) == ("mobile", "mobile", "D'un export")


def entry(code: str, *, broader: tuple[str, ...] = (), related: tuple[str, ...] = ()) -> NomenclatureEntry:
    return NomenclatureEntry(code, code, broader=broader, related=related)


def thesaurus(*entries: NomenclatureEntry) -> NomenclatureEdition:
    return NomenclatureEdition(Family.FORMACODE, entries, version="V1")


def test_circles_are_cut_and_what_hangs_below_stays() -> None:
    known = merged(
        one := thesaurus(
            entry("1", broader=("2",)), entry("2", broader=("3",)), entry("3", broader=("1",)), entry("4", broader=("1",)), entry("5", broader=("5",)),
        )
    )  # fmt: skip
    assert {code: concept(known, CodeScheme.FORMACODE, code).broader for code in "12345"} == {
        "1": (), "2": (), "3": (), "4": ("1",), "5": (),
    }  # fmt: skip
    assert [code for code, _, _ in about(one)] == ["HIERARCHIE-CIRCULAIRE"] * 4


def test_a_job_below_another_one_and_that_one_below_it_by_its_domain_is_a_circle() -> None:
    one = NomenclatureEdition(Family.ROME_4, (entry("A12", broader=("A1201",)), entry("A1201")), version="V1")
    assert about(one) == [("HIERARCHIE-CIRCULAIRE", "rome/A12", "A1201")]
    assert concept(merged(one), CodeScheme.ROME, "A1201").broader == ("A12",)


def test_links_to_nowhere_and_contradictions_are_not_published() -> None:
    one = thesaurus(
        entry("1", broader=("9",), related=("8",)), entry("2", broader=("3",), related=("3", "1")), entry("3")
    )
    assert about(one) == [
        ("LIEN-CONTRADICTOIRE", "formacode/2", "3"),
        ("LIEN-SANS-CIBLE", "formacode/1", "8"),
        ("LIEN-SANS-CIBLE", "formacode/1", "9"),
    ]
    known = merged(one)
    assert {code: concept(known, CodeScheme.FORMACODE, code).related for code in "123"} == {
        "1": ("2",),
        "2": ("1",),
        "3": (),
    }
    assert [concept(known, CodeScheme.FORMACODE, code).is_placed for code in "123"] == [False, True, True]
