"""Golden rules for web servers: what of a change in a table or a template reaches a host can be read here."""

from __future__ import annotations

import pytest

from rncp_ld.publish.hosting import Table, hosting_files
from rncp_ld.publish.pages.attribution import Attribution
from tests.golden.test_golden import HERE, compare

RULES = {
    path.removeprefix("hosting/"): text
    for path, text in hosting_files(Table("https://w3id.org/rncp/"), {"certification"}, Attribution((), ""))
    if path.startswith("hosting/") and not path.endswith(".html")
}


@pytest.mark.parametrize("name", RULES)
def test_the_rules_are_what_they_were(name: str) -> None:
    path = HERE / "hosting" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    compare(path, RULES[name])


def test_there_is_no_other() -> None:
    found = {str(path.relative_to(HERE / "hosting")) for path in (HERE / "hosting").rglob("*") if path.is_file()}
    assert found == set(RULES)
