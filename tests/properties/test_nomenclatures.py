"""Lists of codes: no row is lost, no row breaks the reading, the order of editions is none, and every field of a concept shows."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.errors import SourceError
from rncp_ld.linking.editions import with_editions
from rncp_ld.linking.nomenclature import Nomenclature, key_of
from rncp_ld.linking.register import link
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.nomenclature import Family, NomenclatureEdition, NomenclatureEntry
from rncp_ld.model.reading import SourceDocument
from rncp_ld.model.register import CodeScheme, Concept
from rncp_ld.rdf.concept import map_concept
from rncp_ld.rdf.iris import Iris
from rncp_ld.sources.nomenclatures import list_of, read_nomenclature
from tests.nomenclatures import edition, rome_4

CELL = st.sampled_from(["A1201", "A1209", "K12", "Z99", "", "Élagueur", "a1201", " A1203 ", "x;y", '"'])
ROW = st.lists(CELL, min_size=1, max_size=5).map(";".join)


@given(st.lists(ROW, max_size=6))
def test_every_row_of_a_list_is_a_code_or_is_reported(rows: list[str]) -> None:
    try:
        read = edition(rome_4(*rows), "rome_v460.csv")
    except SourceError as error:
        assert str(error).startswith("rome_v460.csv:")  # noqa: PT017
        return
    lines = {one.line for one in read.entries} | {one.line for one in read.diagnostics}
    if '"' not in "".join(rows):  # a quoted cell may hold lines
        assert {line for line, row in enumerate(rows, 2) if row.strip("; ")} <= lines


@given(
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"code_rome;libelle_rome;code_rome_parent\n",
            b"IDCC;Libell\xc3\xa9\n",
            b"<ogr><item_arborescence>",
            b"44026;A;a;DOM\n",
        ]
    ),
)
def test_any_bytes_behind_the_beginning_of_a_list_are_read_or_refused(data: bytes, start: bytes) -> None:
    form = list_of(start.decode())
    assert form is not None
    try:
        read = read_nomenclature(start + data, SourceDocument("x", form.series), form)
    except SourceError as error:
        assert error.file == "x"  # noqa: PT017
        return
    assert read.entries


CODE = st.sampled_from(["10001", "10002", "10003", "10004"])
ENTRY = st.builds(
    NomenclatureEntry,
    code=CODE,
    label=st.sampled_from(["un", "deux", "UN", "trois"]),
    alt_labels=st.lists(st.sampled_from(["un", "quatre"]), max_size=1).map(tuple),
    broader=st.lists(CODE, max_size=2).map(tuple),
    related=st.lists(CODE, max_size=2).map(tuple),
)


def _edition(entries: list[NomenclatureEntry], version: str | None, day: date | None) -> NomenclatureEdition:
    document = SourceDocument(f"{version}-{day}", SourceSeries.FORMACODE, day, f"{hash((version, day))}")
    once = {one.code: one for one in entries}
    return NomenclatureEdition(Family.FORMACODE, tuple(once.values()), document, version)


EDITIONS = st.lists(
    st.builds(_edition, st.lists(ENTRY, max_size=4), st.sampled_from([None, "V1", "V2"]), st.sampled_from([None, date(2025, 1, 1)])),
    max_size=3,
    unique_by=lambda one: (one.version, one.date),
)  # fmt: skip


@given(EDITIONS, st.randoms())
def test_editions_are_merged_whatever_their_order_into_a_hierarchy_without_circles(
    editions: list[NomenclatureEdition], random: object
) -> None:
    shuffled = sorted(editions, key=lambda _: random.random())  # type: ignore[attr-defined]  # a Random of hypothesis
    known, found = with_editions(Nomenclature(), editions)
    other, also = with_editions(Nomenclature(), shuffled)
    assert (known, sorted(found, key=lambda d: d.sort_key())) == (other, sorted(also, key=lambda d: d.sort_key()))
    register, _ = link([], known)
    assert {one.code for one in register.concepts} == {entry.code for one in editions for entry in one.entries}
    for concept in register.concepts:
        assert concept.pref_label not in concept.alt_labels
        above, seen = list(concept.broader), set[str]()
        while above:
            code = above.pop()
            assert code != concept.code
            if code not in seen:
                seen.add(code)
                above += known.concepts[CodeScheme.FORMACODE, code, False].broader
        assert not seen & set(concept.related)
        # Every label of every edition is one of the code's labels.
        said = {entry.label for one in editions for entry in one.entries if entry.code == concept.code}
        assert said <= {concept.pref_label, *concept.alt_labels}


FULL = Concept(
    CodeScheme.FORMACODE, "10001", "un", ("deux",), ("10002",), False, ("10003",), "Définition.", ("Remarque.",), ("Histoire.",), False
)  # fmt: skip
CHANGED = {
    "scheme": CodeScheme.NSF, "code": "10009", "pref_label": "autre", "alt_labels": (), "broader": (), "related": (),
    "definition": None, "notes": (), "history": (),
}  # fmt: skip


def test_every_field_of_a_concept_shows_in_its_triples() -> None:
    iris = Iris()
    before = set(map_concept(FULL, iris))
    assert {field.name for field in fields(Concept)} == {*CHANGED, "is_idcc", "is_placed"}
    for name, value in CHANGED.items():
        assert set(map_concept(replace(FULL, **{name: value}), iris)) != before, name  # type: ignore[arg-type]
    agreement = replace(FULL, scheme=CodeScheme.AGREEMENT, broader=(), related=())
    assert set(map_concept(replace(agreement, is_idcc=True), iris)) != set(map_concept(agreement, iris))
    assert set(map_concept(replace(agreement, is_placed=True), iris)) != set(map_concept(agreement, iris))
    assert key_of(agreement) == (CodeScheme.AGREEMENT, "10001", False)
