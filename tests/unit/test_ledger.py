"""The ledger: what leaves the register becomes a tombstone, and is what it was again when it comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rncp_ld.errors import SourceError
from rncp_ld.pipeline import Options, build
from rncp_ld.publish.ledger import (
    ledger_lines,
    next_ledger,
    read_ledger,
    since_of,
    tombstones,
    triples_of,
    write_ledger,
)
from rncp_ld.publish.pages.since import Since
from rncp_ld.publish.report import Report
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple
from rncp_ld.store.store import GraphStore
from tests.command import run
from tests.exports import fiche, write_export

B = "https://w3id.org/rncp/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ONE, TWO = f"<{B}certification/RNCP1>", f"<{B}certification/RNCP2>"


def rncp(name: str) -> str:
    return f"<{B}def#{name}>"


def day(text: str) -> str:
    return f'"{text}"^^<http://www.w3.org/2001/XMLSchema#date>'


REPLACED: dict[str, Any] = {
    "NOUVELLES_CERTIFICATIONS": {"NOUVELLE_CERTIFICATION": {"ID_FICHE_NOUVELLE_CERTIFICATION": "RNCP2"}}
}


class Registers:
    """Builds one export after the other into the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "build"

    def publish(self, day: str, *fiches: str) -> Report:
        return build([str(write_export(self.folder, *fiches, day=day))], self.out, Options())

    def about(self, subject: str) -> set[tuple[str, str]]:
        return {(p, o) for _, p, o in GraphStore.open(self.out / "store").about(subject)}

    def ledger(self) -> bytes:
        return (self.out / "ledger.nt").read_bytes()


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    return Registers(tmp_path)


def test_a_fiche_that_left_and_came_back(registers: Registers) -> None:
    one, two = fiche("RNCP1", "Technicien", **REPLACED), fiche("RNCP2", "Médiateur")
    registers.publish("2026-08-16", one, two)
    described = registers.about(ONE)
    assert (TYPE, rncp("Certification")) in described

    registers.publish("2026-08-17", two)
    gone = {
        (TYPE, rncp("Withdrawn")),
        (rncp("formerType"), rncp("Certification")),
        (LABEL, '"Technicien"@fr'),
        (rncp("code"), '"RNCP1"'),
        (rncp("lastSeen"), day("2026-08-16")),
        (rncp("replacedBy"), TWO),
    }
    assert registers.about(ONE) == gone

    registers.publish("2026-08-18", two)  # still gone: since the same export
    assert registers.about(ONE) == gone

    registers.publish("2026-08-19", one, two)
    assert registers.about(ONE) == described


def test_the_page_of_a_fiche_that_left(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1", "Technicien", **REPLACED), fiche("RNCP2"))
    registers.publish("2026-08-17", fiche("RNCP2"))
    page = (registers.out / "site" / "certification" / "RNCP1.html").read_text(encoding="utf-8")
    assert "Technicien" in page
    assert "ne figure plus dans les sources" in page
    assert "RNCP2.html" in page


def test_its_successor_leaves_too(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1", **REPLACED), fiche("RNCP2"), fiche("RNCP9"))
    registers.publish("2026-08-17", fiche("RNCP2"), fiche("RNCP9"))
    registers.publish("2026-08-18", fiche("RNCP9"))
    assert (rncp("lastSeen"), day("2026-08-16")) in registers.about(ONE)
    assert (rncp("lastSeen"), day("2026-08-17")) in registers.about(TWO)


def test_a_fiche_that_left_and_is_still_named_by_others_is_withdrawn_and_not_merely_undescribed(
    registers: Registers,
) -> None:
    one, two = fiche("RNCP1", **REPLACED), fiche("RNCP2", "Médiateur")
    registers.publish("2026-08-16", one, two)
    registers.publish("2026-08-17", one)
    about = registers.about(TWO)
    assert {o for p, o in about if p == TYPE} == {rncp("Withdrawn")}
    assert {o for p, o in about if p == LABEL} == {'"Médiateur"@fr'}
    assert (rncp("formerType"), rncp("Certification")) in about
    assert (rncp("replaces"), ONE) in about
    registers.publish("2026-08-18", one)
    assert registers.about(TWO) == about


def test_a_code_that_was_only_named_gets_its_description(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1", **REPLACED))
    assert (TYPE, rncp("UndescribedResource")) in registers.about(TWO)
    registers.publish("2026-08-17", fiche("RNCP1", **REPLACED), fiche("RNCP2"))
    assert {o for p, o in registers.about(TWO) if p == TYPE} == {rncp("Certification")}


def test_the_same_sources_and_ledger_give_the_same_ledger(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1"), fiche("RNCP2"))
    before = registers.ledger()
    registers.publish("2026-08-16", fiche("RNCP1"), fiche("RNCP2"))
    assert registers.ledger() == before
    lines = before.decode().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert "#" not in "".join(line.partition(" ")[0] for line in lines)


def test_a_text_fiche_without_a_date_keeps_the_date_of_the_export_before(registers: Registers, project: Path) -> None:
    registers.publish("2026-08-16", fiche("RNCP2383"))
    build([str(project / "data" / "fiches")], registers.out, Options())
    registers.publish("2026-08-20", fiche("RNCP9"))
    assert (rncp("lastSeen"), day("2026-08-16")) in registers.about(f"<{B}certification/RNCP2383>")


def test_what_another_base_published_is_no_tombstone_of_this_one(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1"))
    other = "https://example.org/rncp/"
    source = str(write_export(registers.folder, fiche("RNCP2"), day="2026-08-17"))
    build([source], registers.out, Options(base=other))
    assert registers.about(ONE) == set()
    assert not list(GraphStore.open(registers.out / "store").select(f"SELECT ?s {{ ?s a <{other}def#Withdrawn> }}")[1])
    assert ONE.encode() in registers.ledger()  # nothing that was ever published is forgotten
    registers.publish("2026-08-18", fiche("RNCP2"))
    assert (TYPE, rncp("Withdrawn")) in registers.about(ONE)


DAMAGED = {
    "truncated": (f'{ONE} {LABEL} "a"@fr .\n{TWO} {LABEL} "b"@f', 2),
    "no triple": (f'{ONE} {LABEL} "a"@fr .\nhello\n', 2),
    "blank line": (f'\n{ONE} {LABEL} "a"@fr .\n', 1),
    "not an IRI": (f'x {LABEL} "a"@fr .\n', 1),
    "open literal": (f'{ONE} {LABEL} "a .\n', 1),
    "bytes": (f"{ONE} {LABEL} \udcff .\n", 1),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_ledger_is_said_with_its_line(name: str, tmp_path: Path) -> None:
    text, line = DAMAGED[name]
    path = tmp_path / "ledger.nt"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError) as caught:
        read_ledger(path)
    assert str(caught.value).startswith(
        f"{path}:{line}: registre des publications endommagé : un triplet par ligne attendu"
    )


def test_a_damaged_ledger_ends_the_build_and_the_publication_stays(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1"))
    (registers.out / "publications" / "1" / "ledger.nt").write_text("x\n")
    outcome = run("build", write_export(registers.folder, fiche("RNCP2")), "-o", registers.out)
    assert outcome.code == 3
    assert outcome.err.startswith(f"rncp-ld: {registers.out}/ledger.nt:1: registre des publications endommagé")
    assert (TYPE, rncp("Certification")) in registers.about(ONE)


def test_a_ledger_that_is_lost_is_said(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1"))
    (registers.out / "publications" / "1" / "ledger.nt").unlink()
    outcome = run("build", write_export(registers.folder, fiche("RNCP2")), "-o", registers.out)
    assert (outcome.code, "registre des publications introuvable" in outcome.err) == (3, True)


def test_no_ledger_no_entries(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "ledger.nt") == {}


def test_a_ledger_reads_back_as_it_was_written(tmp_path: Path) -> None:
    triples: list[Triple] = [(ONE, TYPE, rncp("Certification")), (ONE, LABEL, '"l\\"été\\n\\\\ 😀\u2028"@fr')]
    entries = ledger_lines(triples, Iris())
    write_ledger(tmp_path / "ledger.nt", entries)
    assert read_ledger(tmp_path / "ledger.nt") == entries
    assert triples_of(entries[ONE]) == sorted(triples)


def test_only_pages_of_ours_are_in_it() -> None:
    iris = Iris()
    triples: list[Triple] = [
        (ONE, LABEL, '"a"@fr'),
        (ONE, rncp("level"), f"<{B}niveau/4>"),
        (f"<{B}certification/RNCP1#fiche>", LABEL, '"a"@fr'),
        ("<https://example.org/x>", LABEL, '"a"@fr'),
    ]
    now = ledger_lines(triples, iris)
    assert now == {ONE: f'{ONE} {LABEL} "a"@fr .\n'}
    seen = next_ledger({}, now, {}, set(), export=date(2026, 8, 16), iris=iris)
    assert triples_of(seen[ONE]) == [(ONE, LABEL, '"a"@fr'), (ONE, rncp("lastSeen"), day("2026-08-16"))]
    assert tombstones(seen, now.keys(), set(), iris) == {}
    assert next_ledger(seen, now, {}, set(), export=None, iris=iris) == seen


def test_what_a_page_says_is_kept_with_the_date_since_when() -> None:
    iris = Iris()
    now = ledger_lines([(ONE, LABEL, '"a"@fr'), (ONE, TYPE, rncp("Certification"))], iris)
    since = Since("0123456789abcdef", "2026-08-16")
    first = next_ledger({}, now, {ONE: since}, set(), export=date(2026, 8, 16), iris=iris)
    assert since_of(first[ONE]) == since
    later = next_ledger(first, now, {}, set(), export=date(2026, 8, 17), iris=iris)  # it was not written anew
    assert since_of(later[ONE]) == since
    assert (ONE, rncp("lastSeen"), day("2026-08-17")) in triples_of(later[ONE])
    (gone,) = tombstones(later, set(), set(), iris).values()
    assert {p for _, p, _ in gone} == {TYPE, rncp("formerType"), LABEL, rncp("lastSeen")}


def test_a_tombstone_is_checked(registers: Registers) -> None:
    """What a ledger says wrongly is reported and not published; the ledger keeps it, so that it can be mended."""
    registers.publish("2026-08-16", fiche("RNCP1", "Technicien"), fiche("RNCP2", "Médiateur"), fiche("RNCP3", "Agent"))
    said = registers.ledger().decode()
    wrong = said.replace(f'{ONE} {LABEL} "Technicien"@fr .\n', "")
    assert wrong != said
    (registers.out / "ledger.nt").write_text(wrong, encoding="utf-8")
    report = registers.publish("2026-08-17", fiche("RNCP3", "Agent"))
    assert [(d.severity.value, d.file, d.path) for d in report.diagnostics if d.file == "ledger.nt"] == [
        ("violation", "ledger.nt", "certification/RNCP1 rdfs:label")
    ]
    assert registers.about(ONE) == set()
    assert (TYPE, rncp("Withdrawn")) in registers.about(TWO)
    assert f"{ONE} {TYPE}".encode() in registers.ledger()


def test_a_successor_keeps_whom_it_replaces_though_only_the_withdrawn_one_said_so(registers: Registers) -> None:
    registers.publish("2026-08-16", fiche("RNCP1", **REPLACED), fiche("RNCP2"))
    assert (rncp("replaces"), ONE) in registers.about(TWO)
    registers.publish("2026-08-17", fiche("RNCP2"))
    assert (rncp("replaces"), ONE) in registers.about(TWO)


CODES: dict[str, Any] = {
    "CODES_ROME": {"ROME": {"CODE": "H3302", "LIBELLE": "Opérations manuelles d'assemblage"}},
    "CODES_NSF": {"NSF": {"CODE": "332t", "LIBELLE": "Aide, conseil"}},
    "FORMACODES": {"FORMACODE": {"CODE": "44028", "LIBELLE": "Médiation sociale"}},
    "ABREGE": {"CODE": "TP", "LIBELLE": "Titre professionnel"},
    "CODES_IDCC": {"IDCC": {"CODE": "1486", "LIBELLE": "Bureaux d'études"}},
}


def test_a_code_that_no_fiche_uses_any_more_is_no_less_a_code(registers: Registers) -> None:
    """A nomenclature's code does not leave the register: its IRI stays described, with the label that it had last."""
    paths = ("rome/H3302", "nsf/332t", "formacode/44028", "type/TP", "convention/idcc-1486")
    registers.publish("2026-08-16", fiche("RNCP1", **CODES), fiche("RNCP2"))
    before = {path: registers.about(f"<{B}{path}>") for path in paths}
    for day_ in ("2026-08-17", "2026-08-18"):
        registers.publish(day_, fiche("RNCP1"), fiche("RNCP2"))
        for path in paths:
            about = registers.about(f"<{B}{path}>")
            assert (TYPE, "<http://www.w3.org/2004/02/skos/core#Concept>") in about, path
            assert {(p, o) for p, o in before[path] if p == LABEL} <= about
