"""Nothing of the real fiches is lost: every sentence, code, number and date of their XML is in the graph, or was said to be bad."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rncp_ld.rdf.iris import fiche_of
from rncp_ld.rdf.terms import Triple, text_of

BASE = "https://w3id.org/rncp/"
_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_SENTENCE_END = re.compile(r"[.;:]|\s{2,}|\n")
_MARK = re.compile(r"^(?:[-–—*•●▪■◦‣∙·►➢➤✓✔→]\s*|o\s+)+|[\s*•–—-]+$")
_WORDS = {"Oui": "true", "Non": "false"}
_TERRITORIES = {"ACCESSIBLE_NOUVELLE_CALEDONIE": "country/NCL", "ACCESSIBLE_POLYNESIE_FRANCAISE": "country/PYF"}


def collapse(text: str) -> str:
    return " ".join(text.split())


def sentences(text: str) -> Iterator[str]:
    """Cut a text where a sentence, clause or list item may end; what is left of each, without white space and marks."""
    for piece in _SENTENCE_END.split(text):
        bare = collapse(_MARK.sub("", collapse(piece)))
        if re.search(r"\w", bare):
            yield bare


@pytest.fixture(scope="module")
def fiches(exports: tuple[Path, ...]) -> dict[str, ET.Element]:
    roots = [ET.parse(path).getroot() for path in exports]
    return {str(fiche.findtext("NUMERO_FICHE")): fiche for root in roots for fiche in root.iter("FICHE")}


@pytest.fixture(scope="module")
def said(real_graph: list[Triple]) -> dict[str, str]:
    """Everything that the graph says, IRIs without their base too, by fiche; under "" what fiches share."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, _, value in real_graph:
        if not subject.startswith(f"<{BASE}def"):  # the examples of the ontology are taken from fiches
            owner = fiche_of(subject, BASE) or ""
            found[owner] += [collapse(text_of(value).removeprefix(BASE)), subject[1:-1].removeprefix(BASE)]
    return {owner: "\n".join(texts) for owner, texts in found.items()}


@pytest.fixture(scope="module")
def excerpts(real_build: Path) -> set[tuple[str, str]]:
    """(Fiche, text) of every diagnostic."""
    told = json.loads((real_build / "report.json").read_text(encoding="utf-8"))["diagnostics"]
    return {(one["fiche"], one["excerpt"]) for one in told}


def leaves(fiche: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield path and text of every leaf that is not blank."""

    def walk(element: ET.Element, path: str) -> Iterator[tuple[str, str]]:
        if len(element) == 0:
            if (element.text or "").strip():
                yield path, str(element.text)
            return
        for child in element:
            yield from walk(child, f"{path}/{child.tag}" if path else child.tag)

    yield from walk(fiche, "")


def test_there_are_fifteen(fiches: dict[str, ET.Element]) -> None:
    assert len(fiches) == 15
    assert sum(1 for fiche in fiches.values() for _ in leaves(fiche)) > 4000


def lost_pieces(fiches: Mapping[str, ET.Element], said: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return fiche, path and text of what the graph does not say."""
    lost = []
    for number, fiche in fiches.items():
        here = f"{said[number]}\n{said['']}"
        for path, text in leaves(fiche):
            if not _DATE.fullmatch(text.strip()):
                word = _TERRITORIES.get(path) or _WORDS.get(text)
                wanted = [word] if word else list(sentences(text))
                lost += [(number, path, piece) for piece in wanted if piece not in here]
    return lost


def test_every_sentence_code_and_number_is_in_the_graph(fiches: dict[str, ET.Element], said: dict[str, str]) -> None:
    assert lost_pieces(fiches, said) == []


def test_every_date_is_in_the_graph_or_in_a_diagnostic(
    fiches: dict[str, ET.Element], said: dict[str, str], excerpts: set[tuple[str, str]]
) -> None:
    lost = []
    for number, fiche in fiches.items():
        for path, text in leaves(fiche):
            if date := _DATE.fullmatch(text.strip()):
                iso = f"{date[3]}-{date[2]}-{date[1]}"
                # A date of publication stands on the act, which is shared; else on the mention.
                acts = said[""] if "PUBLICATION_JO" in path else ""
                if iso not in said[number] + acts and (number, text.strip()) not in excerpts:
                    lost.append((number, path, text))
    assert lost == []


ROWS = {
    "PARTENAIRES/PARTENAIRE": "partnerships>/hasPartnership",
    "BLOCS_COMPETENCES/BLOC_COMPETENCES": "hasBlock",
    "CERTIFICATEURS/CERTIFICATEUR": "certifierRole",
    "STATISTIQUES_PROMOTIONS/STATISTIQUES_PROMOTION": "promotionStatistics",
    "CODES_ROME/ROME": "rome",
    "CODES_NSF/NSF": "nsf",
    "FORMACODES/FORMACODE": "formacode",
    "CORRESPONDANCES/CORRESPONDANCE": "equivalence",
}


@pytest.mark.parametrize("path", ROWS)
def test_every_distinct_row_is_a_resource(path: str, fiches: dict[str, ET.Element], real_graph: list[Triple]) -> None:
    predicate = f"<{BASE}def#{ROWS[path].rpartition('/')[2]}>"
    counted: dict[str, int] = defaultdict(int)
    for s, p, _ in real_graph:
        if p == predicate:
            counted[str(fiche_of(s, BASE))] += 1
    expected = {
        number: len({ET.tostring(row, method="xml").strip() for row in fiche.findall(path) if list(row.itertext())})
        for number, fiche in fiches.items()
    }
    assert any(expected.values())
    assert {number: counted.get(number, 0) for number in expected} == expected


def test_the_search_can_fail(fiches: dict[str, ET.Element], said: dict[str, str]) -> None:
    one = {"RNCP37873": fiches["RNCP37873"]}
    text = str(one["RNCP37873"].findtext("ACTIVITES_VISEES"))
    first = max(sentences(text), key=len)
    without = {**said, "RNCP37873": said["RNCP37873"].replace(first, "")}
    assert {piece for _, _, piece in lost_pieces(one, without)} == {first}
    assert len(lost_pieces(one, {"RNCP37873": "", "": ""})) > 1000


def test_how_a_text_is_cut() -> None:
    assert list(sentences("Il sait :   - lire ;  - écrire.  • A1C1. Compter")) == [
        "Il sait",
        "lire",
        "écrire",
        "A1C1",
        "Compter",
    ]
