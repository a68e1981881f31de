"""Whatever a cell of the CSV export holds, it is read as the element of the XML export that says the same."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.csv_export import CsvExport, read_rows
from rncp_ld.sources.csv_export.files import FILES, KEY, ROUTE
from rncp_ld.sources.xml_v4 import read_xml
from tests.csv_exports import COLUMNS, InMemory, csv_files
from tests.exports import Element, element, export

DAY = date(2026, 8, 16)
WORDS = [
    "", "Oui", "Non", "NIV6", "Niveau 6", "REPRISE", "TP", "Autre", "31/12/2006", "31/02/2020", "8/16/26", "RNCP2", "RS 3",
    "K1205", "H12", "M1700", "332t", "33", "44028", "11004401300040", "11004401300041", "123", "HABILITATION_FORMER",
    "Enregistrement de droit", "RNCP1BC01", "/", "Néant", "<b>Chef</b> d'&eacute;quipe", "3109", "1486", 'de "projet"', "a;b", "a\nb",
]  # fmt: skip
"""What real cells hold, and what they should not."""
TEXTS = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)
PLAIN = TEXTS.filter(
    lambda text: text.strip() == text.strip(" \n") and "''" not in text and "\\'" not in text and ":" not in text
)
"""An apostrophe that is doubled, and a label after its code, are how the CSV writes what the XML writes otherwise.

Of the characters that XML does not hold for white space, as U+00A0, the XML reader counts also those around a text.
"""

FIXED = {KEY, ROUTE, "Actif"}
SIZES = {"Standard": (1, 1), "CCN": (0, 1)}
ROWS = {
    file: st.lists(
        st.fixed_dictionaries(
            {column: PLAIN.map("Titre {}".format) if column == "Intitule" else PLAIN for column in columns if column not in FIXED}
        ),
        min_size=SIZES.get(file, (0, 3))[0], max_size=SIZES.get(file, (0, 3))[1],
    )
    for file, columns in FILES.items()
    if file != "VoixdAccès"
}  # fmt: skip
Cells = Mapping[str, list[dict[str, str]]]


def as_csv(cells: Cells) -> Reading:
    rows = {
        file: [tuple({KEY: "RNCP1", "Actif": "INACTIVE", **row}.get(column, "") for column in COLUMNS[file]) for row in found]
        for file, found in cells.items()
    }  # fmt: skip
    made = CsvExport([InMemory(name, data) for name, data in csv_files(rows).items()], "x.zip")
    document = SourceDocument(made.main, SourceSeries.CSV, DAY, made.sha256, made.others)
    (reading,) = (read_rows(made.layout(document), one) for one in made.fiches())
    return reading


def as_xml(cells: Cells) -> Reading:
    fiche: dict[str, Element] = {"NUMERO_FICHE": "RNCP1", "ACTIF": "Non"}
    held: dict[str, dict[str, list[dict[str, Element]]]] = {}
    for file, found in cells.items():
        for row in found:
            made: dict[tuple[str, str], dict[str, Element]] = {}
            for column in (one for one in COLUMNS[file] if one in row):
                container, above, tag = f"//{FILES[file][column]}".split("/")[-3:]
                text = row[column]
                if above:
                    made.setdefault((container, above), {})[tag] = text
                else:
                    fiche[tag] = text
            for (container, above), inside in made.items():
                if container:
                    held.setdefault(container, {}).setdefault(above, []).append(inside)
                else:
                    fiche[above] = inside
    whole = element("FICHE", {**fiche, **held})
    document = SourceDocument("x.xml", SourceSeries.XML_V4_1, DAY)
    (reading,) = read_xml(io.BytesIO(export(whole).encode()), document)
    return reading


def distinct(cells: Cells) -> Cells:
    """Name each other fiche once: the CSV names it again beside another one, and says nothing with that."""
    found = dict(cells)
    rows: list[dict[str, str]] = []
    for row in cells["Ancienne_Nouvelle_Certification"]:
        bare = {column: " ".join(text.split()) for column, text in row.items()}
        rows.append({c: row[c] if all(bare[c] != " ".join(one[c].split()) for one in rows) else "" for c in row})
    found["Ancienne_Nouvelle_Certification"] = rows
    return found


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries(ROWS))
def test_a_cell_is_read_as_its_element(cells: Cells) -> None:
    cells = distinct(cells)
    csv, xml = as_csv(cells), as_xml(cells)
    assert (csv.fiche and replace(csv.fiche, series=SourceSeries.XML_V4_1)) == xml.fiche
    assert sorted((d.code, d.excerpt or "") for d in csv.diagnostics) == sorted(
        (d.code, d.excerpt or "") for d in xml.diagnostics
    )
    assert sorted(text for _, text in csv.unread) == sorted(text for _, text in xml.unread)
    assert csv.share.total - csv.share.read == xml.share.total - xml.share.read
