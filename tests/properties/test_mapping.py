"""Nothing is lost between record and triples: whatever a record says, another record says with other triples."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
import rdflib

from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import parse_turtle, to_jsonld, to_ntriples, to_turtle
from rncp_ld.rdf.terms import Triple, line
from tests.properties.samples import FULL_FICHE, mutations

IRIS = Iris()
SILENT = (
    # One label for a code: another article of it still says the old one.
    ".code_label",
    # A number says more than a type.
    ".successor.is_generic",
    # A reference to one of `Fiche.legal_mentions`, which is changed on its own; its role and text, which say which, count.
    ".change_events[0].legal_mention.",
)
"""Leaves that may change without a trace, and why."""
SPOKEN = (".change_events[0].legal_mention.verbatim", ".change_events[0].legal_mention.roles[0]")


MUTATIONS = [
    (where, changed)
    for where, changed in mutations(FULL_FICHE)
    if changed != FULL_FICHE and (where.endswith(SPOKEN) or not any(part in where for part in SILENT))
]


def triples_of(fiche: Fiche) -> set[Triple]:
    """Return everything the graph says when this fiche is the whole register."""
    reading = Reading(SourceDocument("fiche.txt", SourceSeries.TEXT), fiche, fiche.number)
    register, _ = link([facts_of(reading, fiche)], Nomenclature())
    return {*map_fiche(fiche, IRIS), *map_register(register, IRIS)}


BEFORE = triples_of(FULL_FICHE)


@pytest.mark.parametrize(("where", "changed"), MUTATIONS, ids=[where for where, _ in MUTATIONS])
def test_changing_any_field_changes_the_triples(where: str, changed: Fiche) -> None:
    assert triples_of(changed) != BEFORE, f"{where} has no effect on the graph: its content would be lost"


def empty_leaves(value: Any, path: str = "fiche") -> list[str]:
    if is_dataclass(value):
        return [p for f in fields(value) for p in empty_leaves(getattr(value, f.name), f"{path}.{f.name}")]
    if isinstance(value, tuple) and value:
        return [p for i, item in enumerate(value) for p in empty_leaves(item, f"{path}[{i}]")]
    return [path] if value in (None, (), "") else []


def test_the_sample_leaves_no_field_of_a_fiche_empty() -> None:
    """A new field that the sample does not fill would escape the test above."""
    optional = {"mention", "source_blocks", "target_fiche", "target_blocks", "certification_type", "number"}
    missing = [p for p in empty_leaves(FULL_FICHE) if p.rpartition(".")[2] not in optional]
    assert missing == []


def test_every_subject_is_one_of_ours_and_no_node_is_blank() -> None:
    for s, p, o in BEFORE:
        assert s.startswith(f"<{IRIS.base}"), s
        assert p.startswith("<"), p
        assert not o.startswith("_:"), o


def test_the_mapping_is_pure() -> None:
    assert map_fiche(FULL_FICHE, IRIS) == map_fiche(FULL_FICHE, IRIS)


@pytest.mark.parametrize("format_name", ["turtle", "json-ld", "nt"])
def test_what_is_written_reads_back_as_the_same_graph(format_name: str) -> None:
    text = {
        "turtle": to_turtle(BEFORE, IRIS.namespace),
        "json-ld": to_jsonld(BEFORE, IRIS.namespace, IRIS.certification("RNCP2383")),
        "nt": to_ntriples(BEFORE),
    }[format_name]
    expected = rdflib.Graph().parse(data="".join(line(t) for t in BEFORE), format="nt")
    assert set(rdflib.Graph().parse(data=text, format=format_name)) == set(expected)


def test_turtle_of_ours_is_read_as_the_triples_it_was_made_of() -> None:
    assert set(parse_turtle(to_turtle(BEFORE, IRIS.namespace))) == BEFORE


def test_another_base_moves_every_iri_of_ours() -> None:
    moved = Iris("https://example.org/data/rncp/")
    text = to_ntriples(map_fiche(FULL_FICHE, moved))
    assert "w3id.org" not in text
    assert text.replace(moved.base, IRIS.base).count("\n") == to_ntriples(map_fiche(FULL_FICHE, IRIS)).count("\n")
