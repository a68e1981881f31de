"""Rows of partners: what the quick way reads is what the general way reads, and whatever has anything to say goes the general way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rncp_ld.model.fiche import Habilitation, Organisation, Partnership, PartnershipStatus
from rncp_ld.sources.xml_v4.draft import Draft
from rncp_ld.sources.xml_v4.findings import Findings
from rncp_ld.sources.xml_v4.partners import _GENERAL, PARTNERS, read_quickly

NAME = "<NOM_PARTENAIRE>{}</NOM_PARTENAIRE>"
ROW = f"<PARTENAIRE>{NAME.format('CFA')}<SIRET_PARTENAIRE>81738914100018</SIRET_PARTENAIRE></PARTENAIRE>"


def both_ways(inside: str) -> tuple[Draft, Draft]:
    drafts = Draft(Findings("export.xml", "RNCP1")), Draft(Findings("export.xml", "RNCP1"))
    for draft, rule in zip(drafts, (PARTNERS, _GENERAL), strict=True):
        rule.read(draft, etree.fromstring(f"<PARTENAIRES>{inside}</PARTENAIRES>"))
        draft.findings.close()
    return drafts


def test_a_plain_row_goes_the_quick_way() -> None:
    row = (
        "<PARTENAIRE><NOM_PARTENAIRE>CFA &amp;  Cie</NOM_PARTENAIRE><SIRET_PARTENAIRE/>"
        "<HABILITATION_PARTENAIRE>HABILITATION_FORMER</HABILITATION_PARTENAIRE><ETAT_HABILITATION>Actif</ETAT_HABILITATION>"
        "</PARTENAIRE>"
    )
    expected = Partnership(Organisation("CFA & Cie"), Habilitation.TRAIN, PartnershipStatus.ACTIVE)
    assert read_quickly(f"<PARTENAIRES>{row}</PARTENAIRES>") == [expected]


@pytest.mark.parametrize(
    "inside",
    [
        ROW + ROW,  # said twice
        f"{ROW}text",
        f"{ROW}<AUTRE>x</AUTRE>",
        "<PARTENAIRE/>",
        "<PARTENAIRE>text</PARTENAIRE>",
        "<PARTENAIRE><NOM_PARTENAIRE> </NOM_PARTENAIRE></PARTENAIRE>",  # names nobody
        "<PARTENAIRE a='1'><NOM_PARTENAIRE>A</NOM_PARTENAIRE></PARTENAIRE>",
        "<PARTENAIRE><NOM_PARTENAIRE><b>A</b></NOM_PARTENAIRE></PARTENAIRE>",
        f"<PARTENAIRE>{NAME.format('A')}{NAME.format('B')}</PARTENAIRE>",
        f"<PARTENAIRE><ETAT_HABILITATION>Actif</ETAT_HABILITATION>{NAME.format('A')}</PARTENAIRE>",  # another order
        ROW.replace("0018", "0019"),  # a wrong key
        ROW.replace("</PARTENAIRE>", "<DATE_ACTIF>31/02/2020</DATE_ACTIF></PARTENAIRE>"),
        ROW.replace("</PARTENAIRE>", "<ETAT_HABILITATION>Perdu</ETAT_HABILITATION></PARTENAIRE>"),
    ],
)
def test_what_there_is_something_to_say_about_goes_the_general_way(inside: str) -> None:
    assert read_quickly(f"<PARTENAIRES>{inside}</PARTENAIRES>") is None
    quick, general = both_ways(inside)
    assert quick.fields == general.fields
    assert quick.findings.diagnostics == general.findings.diagnostics
    assert quick.findings.unread == general.findings.unread


CELLS = {
    "NOM_PARTENAIRE": ["CFA", " CFA ", "A &amp; B", "A &amp;amp; B", "CFA   d'Aix", ""],
    "SIRET_PARTENAIRE": ["81738914100018", "817 389 141 00018", "81738914100019", " ", ""],
    "HABILITATION_PARTENAIRE": ["HABILITATION_ORGA_FORM", "Habilitation pour former", "?", ""],
    "ETAT_HABILITATION": ["Actif", "Supprimé", "ACTIF ", "?", ""],
    "DATE_ACTIF": ["12/04/2023", " 12/04/2023", "31/02/2023", ""],
    "DATE_DERNIERE_MODIFICATION_ETAT": ["12/04/2023", "x", ""],
}
ROWS = st.fixed_dictionaries({}, optional={tag: st.sampled_from(texts) for tag, texts in CELLS.items()})


@given(st.lists(ROWS, max_size=4))
def test_both_ways_say_the_same(rows: list[dict[str, str]]) -> None:
    inside = "".join(
        f"<PARTENAIRE>{''.join(f'<{tag}>{row[tag]}</{tag}>' for tag in CELLS if tag in row)}</PARTENAIRE>"
        for row in rows
    )
    quick, general = both_ways(inside)
    assert quick.fields == general.fields
    assert quick.findings.diagnostics == general.findings.diagnostics
