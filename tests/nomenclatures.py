"""Small lists of codes for tests, as text: each function writes a list in its format; and their editions, read from it."""

from __future__ import annotations

from datetime import date

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.model.reading import SourceDocument
from rncp_ld.sources.nomenclatures import list_of, read_nomenclature


def rome_4(*rows: str) -> str:
    """Write a list of ROME 4.0: rows `code;label;parent`."""
    return "\n".join(("code_rome;libelle_rome;code_rome_parent", *rows, ""))


def rome_v3(*rows: str) -> str:
    """Write a tree of ROME V3: rows `code;label;parent`."""
    items = "".join(
        "<item_arborescence><libelle_referentiel>Arborescence  principale</libelle_referentiel><libelle_noeud>NOEUD</libelle_noeud>"
        f"<code_noeud>{code}</code_noeud><code_pere>{parent}</code_pere><libelle>{label}</libelle></item_arborescence>\n"
        for code, label, parent in (row.split(";") for row in rows)
    )
    return f"<?xml version='1.0' encoding='iso-8859-15'?>\n<ogr>\n{items}</ogr>\n"


def nsf(*rows: str) -> str:
    """Write a list of the NSF: rows `code;parent;label;label of exports`."""
    return "\n".join(("code;parent;label_decree_or_lheo;label_in_rncp_export_2020", *rows, ""))


def idcc(*rows: str) -> str:
    """Write a list of IDCC: rows `code;operator;label;remark`."""
    return "\n".join(("IDCC;Opérateur de compétences;Libellé;obs", *rows, ""))


def descriptor(
    code: str, label: str, synonyms: str = "", broader: str = "", *, narrower: str = "", related: str = ""
) -> str:
    """Write a row of the Formacode."""
    return ";".join((code, label.upper(), label, "DOM", "", synonyms, broader, narrower, related, *[""] * 6))


def formacode(*rows: str) -> str:
    """Write a Formacode."""
    return "\n".join((*rows, ""))


def edition(text: str | bytes, name: str = "liste.csv", day: date | None = None) -> NomenclatureEdition:
    """Read a list as the reader of sources does."""
    data = text if isinstance(text, bytes) else text.encode("iso-8859-15" if text.startswith("<?xml") else "utf-8")
    form = list_of(data.decode("utf-8", "replace").lstrip("\ufeff"))
    assert form is not None
    return read_nomenclature(data, SourceDocument(name, form.series, day, f"sha of {name}"), form)


SERIES = {
    "rome-v3": (rome_v3("A;Agriculture;", "A12;Espaces;A", "A1201;Bûcheronnage;A12"), SourceSeries.ROME_V3),
    "rome-4-0": (rome_4("A1201;Bûcheron;A1201", "A1206;Paysagiste;F1101"), SourceSeries.ROME_4),
    "nsf": (nsf("3;;Services;", "33;3;Services aux personnes;Services", "332t;332;;Aide"), SourceSeries.NSF),
    "formacode": (formacode(descriptor("44054", "action sociale")), SourceSeries.FORMACODE),
    "idcc": (idcc("18;OPCO 2i;Industries textiles;"), SourceSeries.IDCC),
}
"""A list of each series."""
