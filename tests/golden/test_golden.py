"""Golden folders: a fiche, the Turtle it becomes, and what is said about it.

Each folder of `cases/` holds `fiche.txt` or `fiche.xml` (or `sources/`, a small register), `expected.ttl` and `expected.diagnostics`; lists of codes may stand
beside the fiche. What it shows stands in its `README.md`. A missing golden is a failure. After a change that is meant, look at the difference and then run

    UPDATE_GOLDENS=1 make test

which writes what is there now and still fails, so that nobody updates by accident.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from rncp_ld.diagnostics import Diagnostic, render_line
from rncp_ld.linking.editions import with_editions
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Nomenclature
from rncp_ld.linking.register import link
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.model.reading import Reading
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.serialise import to_ntriples, to_turtle
from rncp_ld.rdf.terms import Triple, text_of
from rncp_ld.rdf.vocabulary import RDF_TYPE
from rncp_ld.sources.reading import SourceReader

HERE = Path(__file__).parent
CASES = sorted(p for p in (HERE / "cases").iterdir() if p.is_dir())
IRIS = Iris()


def triples_and_diagnostics(
    readings: Iterable[Reading], lists: Sequence[NomenclatureEdition] = ()
) -> tuple[list[Triple], list[Diagnostic]]:
    """Read, map and link what a source holds, as if it were the whole register; `lists` is complete when it has been read."""
    triples: list[Triple] = []
    diagnostics: list[Diagnostic] = []
    facts = []
    for reading in readings:
        diagnostics += reading.diagnostics
        if reading.fiche is not None:
            triples += map_fiche(reading.fiche, IRIS)
            facts.append(facts_of(reading, reading.fiche))
    known, about_lists = with_editions(Nomenclature(), lists)
    register, about_links = link(facts, known)
    diagnostics += [diagnostic for one in lists for diagnostic in one.diagnostics]
    return [*triples, *map_register(register, IRIS)], [*diagnostics, *about_lists, *about_links]


def compare(path: Path, actual: str) -> None:
    """Fail where a golden is missing or differs; with UPDATE_GOLDENS write it, and fail all the same."""
    expected = path.read_text(encoding="utf-8") if path.exists() else None
    if expected == actual:
        return
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(actual, encoding="utf-8")
        pytest.fail(
            f"{path.relative_to(HERE)} was written; look at the difference, then run again without UPDATE_GOLDENS"
        )
    assert expected is not None, f"{path.relative_to(HERE)} is missing"
    assert actual == expected


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fiche_becomes_its_turtle_and_diagnostics(case: Path) -> None:
    ours = {"README.md", "expected.ttl", "expected.diagnostics"}
    reader = SourceReader(sorted(str(path) for path in case.iterdir() if path.name not in ours))
    triples, diagnostics = triples_and_diagnostics(reader.readings(), reader.nomenclatures)
    lines = [render_line(d).replace(f"{case}/", "") for d in sorted(set(diagnostics), key=Diagnostic.sort_key)]
    compare(case / "expected.ttl", to_turtle(triples, IRIS.namespace))
    compare(case / "expected.diagnostics", "".join(f"{text}\n" for text in lines))


def test_every_case_says_what_it_shows() -> None:
    assert [case.name for case in CASES if not (case / "README.md").is_file()] == []


def summary(triples: Iterable[Triple]) -> dict[str, object]:
    """Say what the triples of a real fiche are without its texts: counts, codes, and a hash of all."""
    found = set(triples)
    types = Counter(text_of(o).rpartition("#")[2].rpartition("/")[2] for _, p, o in found if p == RDF_TYPE)
    codes = {p: sorted(text_of(o).removeprefix(IRIS.base) for _, q, o in found if q == getattr(IRIS.rncp, p)) for p in (
        "rome", "nsf", "formacode", "certificationType", "level", "openRoute", "closedRoute", "replaces", "replacedBy", "legalBasis",
    )}  # fmt: skip
    return {
        "triples": len(found),
        "types": dict(sorted(types.items())),
        "codes": {name: values for name, values in codes.items() if values},
        "sha256": sha256(to_ntriples(found).encode()).hexdigest(),
    }


REAL = ["RNCP34762", "RNCP35419", "RNCP35625", "RNCP35959", "RNCP36490", "RNCP36612", "RNCP37488", "RNCP37873", "RNCP39568",
        "RS5000", "RS5568", "RS6232", "RS6604", "RS7423", "RS7485"]  # fmt: skip


@pytest.fixture(scope="module")
def real_readings(shared: Path) -> dict[str, Reading]:
    return {str(r.number): r for r in SourceReader([str(shared / "data" / "export")]).readings()}


@pytest.mark.parametrize("number", REAL)
def test_a_real_fiche_becomes_what_it_became(number: str, real_readings: dict[str, Reading]) -> None:
    """Goldens of real fiches hold counts, codes and hashes; their texts are not ours to publish."""
    reading = real_readings[number]
    triples, diagnostics = triples_and_diagnostics([reading])
    found = summary(triples)
    found["diagnostics"] = dict(sorted(Counter(d.code for d in diagnostics).items()))
    found["share_read"] = round(reading.share.ratio, 6)
    compare(HERE / "real" / f"{number}.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def test_the_real_export_holds_these_fiches_and_no_others(real_readings: dict[str, Reading]) -> None:
    assert sorted(real_readings) == sorted(REAL)
