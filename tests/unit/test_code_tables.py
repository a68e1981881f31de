"""The code tables that ship with the project: their counts, their sources, and how a damaged table is refused."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from rncp_ld.errors import RncpError
from rncp_ld.model.codes import NAMED_TYPES, nsf_broader, parse_nsf, parse_rome, rome_broader
from rncp_ld.sources.code_tables import (
    certification_types,
    nsf_groups,
    nsf_letters,
    read_codes,
    read_labels,
    read_letters,
    rome_upper_levels,
)


def test_nsf_has_4_domains_17_fields_and_93_groups() -> None:
    assert Counter(len(entry.code) for entry in nsf_groups()) == {1: 4, 2: 17, 3: 93}


def test_rome_has_14_domains_and_110_professional_domains() -> None:
    assert Counter(len(entry.code) for entry in rome_upper_levels()) == {1: 14, 3: 110}


def test_the_hierarchy_of_the_tables_is_that_of_the_codes() -> None:
    assert {e.code: e.broader for e in nsf_groups()} == {e.code: nsf_broader(e.code) for e in nsf_groups()}
    assert {e.code: e.broader for e in rome_upper_levels()} == {
        e.code: rome_broader(e.code) for e in rome_upper_levels()
    }


def test_every_code_follows_the_pattern_of_its_nomenclature() -> None:
    assert all(parse_nsf(e.code) == e.code for e in nsf_groups())
    assert all(parse_rome(e.code) == e.code for e in rome_upper_levels())


def test_letters_are_those_of_the_decree() -> None:
    """Article D311-4, II: a to g for disciplines, m to w for functions, z for personal development."""
    assert "".join(e.letter for e in nsf_letters()) == "abcdefgmnprstuvwz"
    families = {e.letter: e.family for e in nsf_letters()}
    assert (families["a"], families["t"], families["z"]) == ("disciplinaire", "fonction", "développement personnel")


def test_types_hold_the_seeds_and_their_variants() -> None:
    types = {e.code: e for e in certification_types()}
    assert types["TP"].label == "Titre professionnel"
    assert types["BPJEPS"].label.startswith("Brevet professionnel de la jeunesse")
    assert "Diplôme d'État" in types["DE"].other_labels


def test_a_label_leads_to_one_type_but_for_the_known_pair() -> None:
    owners: dict[str, set[str]] = {}
    for entry in certification_types():
        for label in (entry.label, *entry.other_labels):
            owners.setdefault(label.casefold(), set()).add(entry.code)
    assert {label: codes for label, codes in owners.items() if len(codes) > 1} == {
        "mention complémentaire": {"MC4", "MC5"}
    }


def test_nsf_and_types_are_the_collected_ones(shared: Path) -> None:
    folder = shared / "data" / "nomenclatures"
    with (folder / "nsf_hierarchy_and_used_codes.csv").open(encoding="utf-8") as file:
        upper = {r["code"]: r for r in csv.DictReader(file, delimiter=";") if r["level"] in {"4", "17", "93"}}
    assert {e.code: e.label for e in nsf_groups()} == {
        code: " ".join(row["label_decree_or_lheo"].split()) for code, row in upper.items()
    }
    with (folder / "abrege_types_observed.csv").open(encoding="utf-8") as file:
        observed = {r["code"]: r["label"] for r in csv.DictReader(file, delimiter=";")}
    assert observed.items() <= {e.code: e.label for e in certification_types()}.items()


def test_rome_is_the_official_tree(shared: Path) -> None:
    with gzip.open(shared / "data" / "nomenclatures" / "rome_v344_arborescence_iso8859-15.xml.gz") as file:
        text = file.read().decode("iso-8859-15")
    root = etree.fromstring(re.sub(r"<\?xml[^>]*\?>", "", text, count=1))
    official = {
        item.findtext("code_noeud"): item.findtext("libelle")
        for item in root.iter("item_arborescence")
        if item.findtext("libelle_noeud") == "NOEUD" and (item.findtext("libelle_referentiel") or "").endswith("cipale")
    }
    assert {e.code: e.label for e in rome_upper_levels()} == official


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("code;name;broader;source\n3;x;;y\n", ":1", "colonnes « code;label;broader;source » attendues"),
        ("", ":1", "attendues, pas «  »"),
        ("code;label;broader;source\n", ":2", "sans aucune ligne"),
        ("code;label;broader;source\n3;x;;y\n33;z\n", ":3", "4 colonnes attendues, 2 lues"),
        ("code;label;broader;source\n3;;;y\n", ":2", "label vide"),
        ("code;label;broader;source\n3; x;;y\n", ":2", "blanc au bord"),
        ("code;label;broader;source\n3;x;;y\n3;x;;y\n", ":3", "« 3 » figure déjà ligne 2"),
        ("code;label;broader;source\n33;x;3;y\n", ":2", "dépend de « 3 », absent"),
        ('code;label;broader;source\n3;"x;;y\n', ":2", "CSV mal formé"),
    ],
    ids=["header", "empty", "no-row", "columns", "blank", "space", "twice", "orphan", "quote"],
)
def test_a_damaged_table_is_refused_with_its_line(tmp_path: Path, content: str, place: str, message: str) -> None:
    table = tmp_path / "nsf.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(RncpError) as caught:
        read_codes(table, edition="source")
    assert str(caught.value).startswith(f"{table}{place}: ")
    assert message in str(caught.value)


def test_a_table_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "types.csv"
    table.write_bytes("code;label;other_labels\nDE;Diplôme;\n".encode("cp1252"))
    with pytest.raises(RncpError, match="illisible"):
        read_labels(table)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RncpError, match="illisible"):
        read_labels(tmp_path / "types.csv")


def test_special_rules_of_letters_and_types(tmp_path: Path) -> None:
    letters = tmp_path / "letters.csv"
    letters.write_text("letter;family;label\nab;fonction;x\n", encoding="utf-8")
    with pytest.raises(RncpError, match=":2: une lettre est attendue"):
        read_letters(letters)
    types = tmp_path / "types.csv"
    types.write_text("code;label;other_labels\nDE;Diplôme d'Etat;Diplôme||x\n", encoding="utf-8")
    with pytest.raises(RncpError, match=":2: libellé vide"):
        read_labels(types)


def test_types_whose_code_is_not_made_of_capitals_are_named() -> None:
    """Their codes are IRIs' segments as they are, or their slugs; others with small letters carry a hash."""
    named = {entry.code for entry in certification_types() if not re.fullmatch(r"[A-Z0-9_-]+", entry.code)}
    assert named == NAMED_TYPES
