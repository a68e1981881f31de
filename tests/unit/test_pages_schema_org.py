"""The schema.org view that pages embed: each class and property exists there, and stands where schema.org allows it.

Checked against the vocabulary itself, on every page of the real build. The same walk is shown to see a wrong property.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from tests.sites import read_html

SCHEMA = "https://schema.org/"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


class Vocabulary:
    """schema.org as its Turtle says it: classes with their superclasses, properties with domains and ranges."""

    def __init__(self, path: Path) -> None:
        self.superclasses: dict[str, set[str]] = {}
        self.domains: dict[str, set[str]] = {}
        self.ranges: dict[str, set[str]] = {}
        tables = {
            SUBCLASS: self.superclasses,
            f"{SCHEMA}domainIncludes": self.domains,
            f"{SCHEMA}rangeIncludes": self.ranges,
        }
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            table = tables.get(getattr(quad.predicate, "value", ""))
            if table is not None:
                table.setdefault(getattr(quad.subject, "value", ""), set()).add(getattr(quad.object, "value", ""))

    def above(self, name: str) -> set[str]:
        """Return a class and all that it is a kind of."""
        found, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += self.superclasses.get(one, ())
        return found

    def faults(self, view: Any, where: str = "") -> Iterator[str]:
        """Yield what schema.org does not allow in a view."""
        kind = f"{SCHEMA}{view['@type']}"
        if kind not in self.superclasses:
            yield f"{where}: no class {kind}"
        for name, value in view.items():
            if name.startswith("@"):
                continue
            at = f"{where}/{view['@type']}.{name}"
            term = f"{SCHEMA}{name}"
            if not self.domains.get(term, set()) & self.above(kind):
                yield f"{at}: no property of this class"
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield from self.faults(one, at)
                    if not self.ranges.get(term, set()) & self.above(f"{SCHEMA}{one['@type']}"):
                        yield f"{at}: {one['@type']} is not in its range"
                elif not isinstance(one, str):  # any property takes a text: https://schema.org/docs/datamodel.html
                    yield f"{at}: {one!r} is no text"


@pytest.fixture(scope="module")
def vocabulary(shared: Path) -> Vocabulary:
    return Vocabulary(shared / "vocab" / "schema" / "schemaorg-30.0-all-https.ttl")


def views(site: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(site.rglob("*.html")):
        for script in read_html(path).scripts:
            yield path.relative_to(site).as_posix(), json.loads(script)


def test_every_view_holds(vocabulary: Vocabulary, real_build: Path) -> None:
    seen: set[str] = set()
    faults: set[str] = set()
    for page, view in views(real_build / "site"):
        seen.add(view["@type"])
        faults.update(vocabulary.faults(view, page.partition("/")[0]))
    assert faults == set()
    assert seen >= {"EducationalOccupationalCredential", "DefinedTerm", "DefinedTermSet", "Organization", "Legislation"}


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ({"@type": "Diplome", "name": "x"}, "no class https://schema.org/Diplome"),
        ({"@type": "DefinedTerm", "legislationDate": "2016-07-11"}, "DefinedTerm.legislationDate: no property"),
        ({"@type": "DefinedTerm", "supersededBy": "x"}, "DefinedTerm.supersededBy: no property"),
        (
            {"@type": "DefinedTerm", "inDefinedTermSet": {"@type": "Organization", "name": "x"}},
            "Organization is not in its range",
        ),
    ],
)
def test_the_walk_sees_what_is_wrong(vocabulary: Vocabulary, view: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in vocabulary.faults(view))
