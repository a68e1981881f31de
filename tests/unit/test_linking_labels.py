"""Which label of a code wins: the newest source, then the most frequent, then the alphabet; NSF and ROME from `data/codes`."""

from __future__ import annotations

from typing import Any

import pytest

from rncp_ld.linking.labels import choose_label
from rncp_ld.model.fiche import Coded, CollectiveAgreement, Fiche
from rncp_ld.model.register import CodeScheme, Concept
from tests.registers import NEW, OLD, Linked, facts, fiche, known, linked


@pytest.mark.parametrize(
    ("uses", "preferred", "chosen", "others"),
    [
        ([], None, None, ()),
        ([], "Table", "Table", ()),
        ([(OLD, "A"), (NEW, "B")], None, "B", ("A",)),
        ([(OLD, "A"), (OLD, "A"), (NEW, "B")], None, "B", ("A",)),  # the newest wins over the most frequent
        ([(NEW, "A"), (NEW, "B"), (NEW, "B")], None, "B", ("A",)),  # of one day, the most frequent
        ([(NEW, "B"), (NEW, "A")], None, "A", ("B",)),  # else the alphabet
        ([(None, "A"), (OLD, "B")], None, "B", ("A",)),  # a source without a date is the oldest
        ([(OLD, "B"), (NEW, "B"), (NEW, "A"), (OLD, "A")], None, "A", ("B",)),
        ([(NEW, "A"), (NEW, "B")], "Table", "Table", ("A", "B")),
        ([(NEW, "Table")], "Table", "Table", ()),
    ],
)
def test_the_label_of_a_code(
    uses: list[tuple[object, str]], preferred: str | None, chosen: str | None, others: tuple[str, ...]
) -> None:
    assert choose_label(uses, preferred) == (chosen, others)  # type: ignore[arg-type]
    assert choose_label(reversed(uses), preferred) == (chosen, others)  # type: ignore[arg-type]


TABLE = (
    Concept(CodeScheme.NSF, "332", "Travail social"),
    Concept(CodeScheme.NSF, "33", "Services aux personnes"),
    Concept(CodeScheme.NSF, "3", "Services"),
    Concept(CodeScheme.ROME, "M1805", "Études et développement informatique", ("Développeur informatique",)),
    Concept(CodeScheme.TYPE, "TP", "Titre professionnel", ("Titre prof.",)),
    Concept(CodeScheme.TYPE, "CAP", "Certificat d'aptitude professionnelle"),
)


def concept(found: Linked, scheme: CodeScheme, code: str) -> Concept:
    return next(one for one in found.register.concepts if (one.scheme, one.code) == (scheme, code))


def test_nsf_has_the_label_of_the_table_and_keeps_the_source_s_own() -> None:
    found = linked(fiche(nsf=(Coded("332", "Travail Social"),)), nomenclature=known(*TABLE))
    nsf = concept(found, CodeScheme.NSF, "332")
    assert (nsf.pref_label, nsf.alt_labels, nsf.broader) == ("Travail social", ("Travail Social",), ("33",))
    (said,) = found.diagnostics
    assert (said.code, said.fiche, said.path, said.excerpt) == (
        "LIBELLE-DIVERGENT",
        "RNCP1",
        "nsf/332",
        "Travail Social",
    )
    assert "« Travail social »" in said.message


def test_a_code_with_a_letter_is_below_its_group_and_says_what_the_letter_means() -> None:
    found = linked(fiche(nsf=(Coded("332t", "Aide, conseil"),)), nomenclature=known(*TABLE))
    nsf = concept(found, CodeScheme.NSF, "332t")
    assert (nsf.pref_label, nsf.broader, nsf.notes) == ("Aide, conseil", ("332",), ("« t » : services",))
    assert found.diagnostics == ()


def test_a_job_of_the_rome_brings_its_domains() -> None:
    found = linked(fiche(rome=(Coded("k1205", "Information sociale"),)))
    assert [(c.code, c.broader) for c in found.register.concepts] == [("K", ()), ("K12", ("K",)), ("K1205", ("K12",))]


def test_a_formacode_has_the_label_of_the_newest_export() -> None:
    """31089 was «MCP» in an old edition of the nomenclature, and is another thing now: the codes are reused."""
    found = linked(
        facts(fiche("RNCP1", formacodes=(Coded("31089", "MCP"),)), OLD, "vieux.xml"),
        facts(fiche("RNCP2", formacodes=(Coded("31089", "Développement application mobile"),)), NEW, "neuf.xml"),
    )
    code = concept(found, CodeScheme.FORMACODE, "31089")
    assert (code.pref_label, code.alt_labels) == ("Développement application mobile", ("MCP",))
    assert [(d.code, d.file, d.fiche) for d in found.diagnostics] == [("LIBELLE-DIVERGENT", "vieux.xml", "RNCP1")]


def test_a_type_has_the_source_s_label_and_the_table_s_where_no_source_gives_one() -> None:
    def types(record: Fiche) -> tuple[str | None, tuple[str, ...]]:
        one = concept(linked(record, nomenclature=known(*TABLE)), CodeScheme.TYPE, "TP")
        return one.pref_label, one.alt_labels

    assert types(fiche(certification_type=Coded("TP", "Titre Pro"))) == ("Titre Pro", ("Titre prof.",))
    assert types(fiche(certification_type=Coded("TP"))) == ("Titre professionnel", ("Titre prof.",))


def test_only_the_types_that_are_used_are_published_but_all_of_nsf() -> None:
    codes = {(c.scheme.value, c.code) for c in linked(fiche(), nomenclature=known(*TABLE)).register.concepts}
    assert codes == {("nsf", "3"), ("nsf", "33"), ("nsf", "332")}


def test_an_idcc_and_a_number_of_the_same_digits_are_two_agreements() -> None:
    found = linked(
        fiche(
            collective_agreements=(
                CollectiveAgreement("3109", True, "IAD"),
                CollectiveAgreement("3109", False, "Métallurgie"),
            )
        )
    )
    assert [(c.code, c.is_idcc, c.pref_label) for c in found.register.concepts] == [
        ("3109", False, "Métallurgie"),
        ("3109", True, "IAD"),
    ]
    assert found.diagnostics == ()


def test_a_job_has_the_label_of_rome_v3_whatever_an_export_says() -> None:
    """The label of ROME 4.0 is known, and no divergence; a third one is."""
    first = linked(fiche(rome=(Coded("M1805", "Développeur informatique"),)), nomenclature=known(*TABLE))
    job = concept(first, CodeScheme.ROME, "M1805")
    assert (job.pref_label, job.alt_labels) == ("Études et développement informatique", ("Développeur informatique",))
    assert first.codes() == []
    other = linked(fiche(rome=(Coded("M1805", "Dev"),)), nomenclature=known(*TABLE))
    assert concept(other, CodeScheme.ROME, "M1805").alt_labels == ("Dev", "Développeur informatique")
    assert other.codes() == ["LIBELLE-DIVERGENT"]


def test_a_job_that_no_fiche_names_is_not_published() -> None:
    """The table knows 1,584 of them; a page for each would drown those that lead somewhere."""
    codes = {one.code for one in linked(fiche(), nomenclature=known(*TABLE)).register.concepts}
    assert "M1805" not in codes
    assert {"332", "33", "3"} <= codes


COMPLETE = known(*TABLE, complete=(CodeScheme.NSF, CodeScheme.ROME))


@pytest.mark.parametrize(
    ("codes", "path"),
    [
        ({"rome": (Coded("K1299", "Inconnu"),)}, "rome/K1299"),  # well-formed, and in no edition
        ({"nsf": (Coded("199z", "Inconnu"),)}, "nsf/199z"),  # no such group
        ({"nsf": (Coded("332q", "Inconnu"),)}, "nsf/332q"),  # no such letter
    ],
)
def test_a_code_that_its_nomenclature_lacks_is_named_and_not_described(codes: dict[str, Any], path: str) -> None:
    found = linked(fiche(**codes), nomenclature=COMPLETE)
    assert [(d.code, d.fiche, d.path) for d in found.diagnostics if d.code == "CODE-INCONNU"] == [
        ("CODE-INCONNU", "RNCP1", path)
    ]
    (named,) = found.register.undescribed
    assert (f"{named.kind.value}/{named.code}", named.label) == (path, "Inconnu")
    assert {one.code for one in found.register.concepts} == {"332", "33", "3"}


def test_a_code_that_its_nomenclature_has_is_described() -> None:
    found = linked(fiche(rome=(Coded("M1805"),), nsf=(Coded("332t"), Coded("33"))), nomenclature=COMPLETE)
    assert (found.diagnostics, found.register.undescribed) == ((), ())
    assert {"M1805", "332t", "332", "33", "3"} <= {one.code for one in found.register.concepts}
