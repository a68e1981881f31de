"""The real lists beside the project: how many codes each holds, what is wrong with them, and codes that one can look up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rncp_ld.errors import NotAFicheError
from rncp_ld.linking.editions import with_editions
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature, key_in
from rncp_ld.linking.register import link
from rncp_ld.model.codes import SourceSeries, is_rome_job, rome_broader
from rncp_ld.model.nomenclature import Family, NomenclatureEdition
from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.pipeline import shipped_nomenclature
from rncp_ld.sources.reading import SourceReader


@pytest.fixture(scope="module")
def lists(shared: Path) -> dict[str, NomenclatureEdition]:
    """By the beginning of the file's name."""
    reader = SourceReader([str(shared / "data" / "nomenclatures")])
    assert list(reader.readings()) == []
    return {Path(one.document.name).name.partition(".")[0]: one for one in reader.nomenclatures if one.document}


def of(lists: dict[str, NomenclatureEdition], start: str) -> NomenclatureEdition:
    return next(one for name, one in lists.items() if name.startswith(start))


@pytest.fixture(scope="module")
def known(lists: dict[str, NomenclatureEdition]) -> Nomenclature:
    return with_editions(shipped_nomenclature(), lists.values())[0]


def concept(known: Nomenclature, scheme: CodeScheme, code: str) -> Concept:
    return known.concepts[key_in(scheme, code)]


LISTS = {
    "rome_v344": (Family.ROME_V3, "V344", 656, {}),
    "rome_v460": (Family.ROME_4, "V460", 1584, {}),
    "nsf_hierarchy": (Family.NSF, None, 478, {}),
    "nsf_letters": (Family.NSF, None, 0, {}),
    "formacode": (Family.FORMACODE, None, 3048, {"EDITION-INCONNUE": 1, "TEXTE-NON-LU": 1}),
    "idcc": (Family.IDCC, None, 330, {"CODE-INVALIDE": 3}),
}
"""Beginning of the file's name → what it is, its edition, how many codes it has, what is wrong with it."""


@pytest.mark.parametrize("start", LISTS)
def test_each_list_has_its_codes(lists: dict[str, NomenclatureEdition], start: str) -> None:
    read = of(lists, start)
    found = Counter(d.code for d in read.diagnostics if d.code != "PARTIE-NON-LUE")
    assert (read.family, read.version, len(read.entries), found) == LISTS[start]
    assert all(d.file for d in read.diagnostics)


def test_the_two_tables_that_are_no_nomenclature_are_refused_by_name(shared: Path) -> None:
    for name, said in (
        ("niveaux_1969_europe_lheo.csv", "correspondance de niveaux"),
        ("abrege_types_observed.csv", "types de certification observés"),
    ):
        with pytest.raises(NotAFicheError, match=said):
            list(SourceReader([str(shared / "data" / "nomenclatures" / name)]).readings())


def test_rome_v3_has_14_domains_110_professional_domains_and_532_jobs(lists: dict[str, NomenclatureEdition]) -> None:
    tree = of(lists, "rome_v344")
    assert Counter(len(one.code) for one in tree.entries) == {1: 14, 3: 110, 5: 532}
    assert all(one.broader == ((above,) if (above := rome_broader(one.code)) else ()) for one in tree.entries)


def test_the_parents_of_rome_4_are_the_532_jobs_of_rome_v3(
    lists: dict[str, NomenclatureEdition], known: Nomenclature
) -> None:
    jobs = {one.code for one in of(lists, "rome_v344").entries if is_rome_job(one.code)}
    below = [one for one in of(lists, "rome_v460").entries if one.broader]
    assert len(below) == 1584 - 532
    assert {parent for one in below for parent in one.broader} <= jobs
    assert not {one.code for one in below} & jobs
    paysagiste = concept(known, CodeScheme.ROME, "A1206")
    assert (paysagiste.pref_label, paysagiste.broader) == ("Concepteur / Conceptrice paysagiste", ("A12", "F1101"))
    assert concept(known, CodeScheme.ROME, "M1854").broader == ("M18", "M1801")
    assert concept(known, CodeScheme.ROME, "M1805").broader == ("M18",)


def test_the_official_lists_say_what_the_tables_that_ship_say(lists: dict[str, NomenclatureEdition]) -> None:
    official = [of(lists, start) for start in ("rome_v344", "rome_v460", "nsf_letters")]
    merged, found = with_editions(shipped_nomenclature(), official)
    assert found == ()
    shipped = shipped_nomenclature()
    labels = {key: (one.pref_label, one.alt_labels) for key, one in merged.concepts.items()}
    assert labels == {key: (one.pref_label, one.alt_labels) for key, one in shipped.concepts.items()}
    assert (merged.letters, merged.dropped) == (shipped.letters, {})


def test_the_formacode_is_an_old_edition_and_claims_nothing(known: Nomenclature) -> None:
    assert known.dated == {}
    aide = concept(known, CodeScheme.FORMACODE, "44028")
    assert (aide.pref_label, aide.broader, aide.related) == ("auxiliaire vie", ("44026",), ("14411",))
    heat = concept(known, CodeScheme.FORMACODE, "11461")  # whose row lacks a cell; its place is said at 11452
    assert (heat.pref_label, heat.broader) == ("thermique", ("11452",))


def test_real_exports_and_the_old_formacode_agree_on_some_codes_and_not_on_others(
    known: Nomenclature, exports: tuple[Path, ...]
) -> None:
    readings = SourceReader([str(path) for path in exports]).readings()
    register, found = link([facts_of(one, one.fiche) for one in readings if one.fiche], known)
    codes = {one.code: one for one in register.concepts if one.scheme is CodeScheme.FORMACODE}
    changed = {d.path for d in found if d.code == "EDITION-DIVERGENTE"}
    assert changed == {f"formacode/{code}" for code in ("31089", "32054", "32654", "34054", "35014")}
    assert (codes["31089"].pref_label, codes["31089"].broader) == ("Développement application mobile", ())
    same = {d.path for d in found if d.code == "LIBELLE-DIVERGENT" and (d.path or "").startswith("formacode/")}
    assert same == {f"formacode/{code}" for code in ("31067", "31094", "32688", "33054")}
    assert (codes["31067"].pref_label, codes["31067"].broader) == ("Développement informatique", ("31054",))
    assert len(codes) == 3048 + 14  # those that the old edition lacks
    assert not [one for one in register.undescribed if one.kind.value == "formacode"]


def test_the_series_of_the_documents_are_those_of_the_ontology(lists: dict[str, NomenclatureEdition]) -> None:
    assert {one.document.series for one in lists.values() if one.document} == {
        s for s in SourceSeries if s.is_nomenclature
    }
