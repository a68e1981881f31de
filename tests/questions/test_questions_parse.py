"""The files of `ontology/questions`: 28, each valid SPARQL as it stands, with the header that `README.md` there describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

from rncp_ld.resources import DEFAULT_BASE, files, folder

QUESTIONS = files("ontology", "questions/*.rq")
DEFAULTS = re.compile(r'^  VALUES \?(?P<name>\w+) \{ "(?P<value>[^"\\]*)"(?:\^\^xsd:\w+)? \} # param$', re.MULTILINE)
DECLARED = re.compile(r"^# param (?P<name>\w+): .+ \(défaut : (?P<value>.+)\)$", re.MULTILINE)


@pytest.fixture(scope="module")
def terms() -> set[str]:
    """Names of the ontology's terms."""
    subjects = Graph().parse(folder("ontology") / "rncp.ttl").subjects()
    namespace = f"{DEFAULT_BASE}def#"
    return {str(s).removeprefix(namespace) for s in subjects if isinstance(s, URIRef) and s.startswith(namespace)}


def faults_of(text: str, terms: set[str]) -> Iterator[str]:
    """Yield what is wrong with a question's text."""
    first, second = [*text.splitlines(), "", ""][:2]
    if not re.fullmatch(r"# .+ \?", first):
        yield "question in French"
    if not re.fullmatch(r"# en: .+\?", second):
        yield "question in English"
    if dict(DECLARED.findall(text)) != dict(DEFAULTS.findall(text)) or text.count("VALUES") != len(
        DEFAULTS.findall(text)
    ):
        yield "parameters"
    prefixes = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE))
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    bare = re.sub(r'"[^"]*"', '""', body)
    if set(re.findall(r"(\w+):\w", bare)) != set(prefixes):
        yield "prefixes"
    if not set(re.findall(r"\brncp:(\w+)", bare)) <= terms:
        yield "terms"
    if DEFAULT_BASE in body or [p for p, iri in prefixes.items() if DEFAULT_BASE in iri] not in ([], ["rncp"]):
        yield "base"
    yield from _faults_of_query(text, body)


def _faults_of_query(text: str, body: str) -> Iterator[str]:
    try:
        results = ox.Store().query(text)
        prepareQuery(text)
    except Exception:  # noqa: BLE001 - rdflib's parser raises whatever pyparsing does
        yield "syntax"
        return
    if not isinstance(results, ox.QuerySolutions):
        yield "SELECT"
        return
    columns = [variable.value for variable in results.variables]
    if not all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in columns):
        yield "columns"
    ordered = re.findall(r"\?(\w+)", body.rpartition("ORDER BY")[2])
    if set(ordered) != set(columns) or "ORDER BY" not in body:
        yield "order"


def test_there_are_28_questions_with_plain_names() -> None:
    assert len(QUESTIONS) == 28
    assert [q.stem for q in QUESTIONS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", q.stem)] == []
    assert len({q.read_text(encoding="utf-8").splitlines()[0] for q in QUESTIONS}) == 28


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_is_as_the_readme_says(question: Path, terms: set[str]) -> None:
    text = question.read_bytes().decode("utf-8")
    assert "\r" not in text
    assert list(faults_of(text, terms)) == []


GOOD = """# Quel est l'intitulé ?
# en: What is the title?
# param fiche: numéro (défaut : RNCP1)
PREFIX rncp: <https://w3id.org/rncp/def#>

SELECT ?certification WHERE {
  VALUES ?fiche { "RNCP1" } # param
  ?certification rncp:code ?fiche .
}
ORDER BY ?certification
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# Quel est l'intitulé ?\n", "", "question in French"),
        ("# en: What is the title?", "# What is the title?", "question in English"),
        ("défaut : RNCP1", "défaut : RNCP2", "parameters"),
        ("# param fiche: numéro (défaut : RNCP1)\n", "", "parameters"),
        (" } # param", " }", "parameters"),
        ("PREFIX rncp", "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\nPREFIX rncp", "prefixes"),
        ("rncp:code", "rncp:cod", "terms"),
        ("rncp:code ?fiche", "rncp:code ?fiche ; a <https://w3id.org/rncp/x>", "base"),
        ("WHERE {", "WHERE {{", "syntax"),
        ("?certification WHERE", "(?certification AS ?Certification) WHERE", "columns"),
        ("ORDER BY ?certification\n", "", "order"),
        ("SELECT ?certification", "SELECT ?certification ?fiche", "order"),
    ],
)
def test_a_planted_fault_is_found(old: str, new: str, fault: str, terms: set[str]) -> None:
    assert list(faults_of(GOOD, terms)) == []
    assert old in GOOD
    assert fault in list(faults_of(GOOD.replace(old, new, 1), terms))
