"""The rules for web servers: made from one table, the same each time, and choosing as `serve` does."""

from __future__ import annotations

import gzip
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.formats import HTML, ON_DISK, Format
from rncp_ld.headers import EVERYWHERE
from rncp_ld.publish.hosting import Table, hosting_files
from rncp_ld.publish.hosting.accept import choice_rules, choose, weight_rules
from rncp_ld.publish.hosting.table import DEEPEST, ERROR_PAGES, error_page
from rncp_ld.publish.pages.attribution import Attribution
from rncp_ld.serve.negotiation import negotiate
from tests.serve.hosts import program
from tests.serve.test_negotiation import CASES

BASE = "https://w3id.org/rncp/"
RULES = (".htaccess", "hosting/nginx-http.conf", "hosting/nginx-site.conf", "hosting/Caddyfile")

DIFFERENT = {
    "text/turtle;q=0.001, application/ld+json;q=0.002": "weights below a tenth tie",
    "application/ld+json;q=0, application/json": "the first range that names a format counts",
    "text/turtle;q=2": "a header with malformed ranges alone accepts nothing",
    "text/turtle;;q=0.5, text/html;q=0.4": "an empty parameter is malformed",
}
"""Headers on which the rules and `serve` do not agree, and why."""


def files(table: Table) -> dict[str, str]:
    return dict(hosting_files(table, {"rome", "nsf"}, Attribution((), "")))


@pytest.mark.parametrize("accept", sorted({accept or "" for accept, _ in CASES}))
def test_rules_choose_as_serve_does(accept: str) -> None:
    agrees = choose(accept, ON_DISK) == negotiate(accept, ON_DISK)
    assert agrees == (accept not in DIFFERENT), DIFFERENT.get(accept)


RANGES = st.sampled_from(["*/*", "text/*", "application/*", "image/png", *(one.media_type for one in ON_DISK)])
WEIGHTS = st.sampled_from(["", *(f";q=0.{tenth}" for tenth in range(10)), ";q=1", " ; q=1.000", ";Q=0.50", ";q=0.000"])


@given(ranges=st.dictionaries(RANGES, WEIGHTS, max_size=6), separator=st.sampled_from([",", ", ", " ,\t"]))
def test_rules_choose_as_serve_does_whatever_is_asked(ranges: dict[str, str], separator: str) -> None:
    accept = separator.join(f"{name}{weight}" for name, weight in ranges.items())
    assert choose(accept, ON_DISK) == negotiate(accept, ON_DISK)


@given(accept=st.text(alphabet='tex/urlhmapicon+jsd*;q=0.19, "\\', max_size=60))
def test_no_header_takes_long(accept: str) -> None:
    choose(accept * 50, ON_DISK)


def test_expressions_are_of_the_kind_that_all_servers_read() -> None:
    patterns = [rule.pattern for one in ON_DISK for rule in weight_rules(one)]
    patterns += [rule.pattern for rule in choice_rules(ON_DISK)]
    for pattern in patterns:
        assert not re.search(r"\(\?[=!<]|\\[1-9k]|[\"'`]", pattern), pattern


CSV = Format("CSV", "text/x-csv", "csvx", 0.95, others=("text/x-table",), charset=True)
CHANGES = {
    "a format": (replace(Table(BASE), formats=(HTML, CSV)), ("text/x-csv", "text/x-table", "csvx")),
    "a media type": (replace(Table(BASE), types={**Table(BASE).types, "tar": "application/x-tar"}), ("application/x-tar",)),
    "a name": (replace(Table(BASE), named={"LISEZMOI": "text/x-lisezmoi"}), ("LISEZMOI", "text/x-lisezmoi")),
    "a header": (replace(Table(BASE), everywhere={**EVERYWHERE, "X-New": "new value"}), ("X-New", "new value")),
    "caching": (replace(Table(BASE), cache="public, max-age=7"), ("max-age=7",)),
    "the mark": (replace(Table(BASE), gone="retired"), (".retired",)),
    "a method": (replace(Table(BASE), methods=("GET", "HEAD", "OPTIONS", "QUERY")), ("QUERY",)),
    "the preflight": (replace(Table(BASE), preflight={"Allow": "X-ALLOWED"}), ("X-ALLOWED",)),
    "the base": (replace(Table(BASE), base="https://example.org/elsewhere/"), ("https://example.org/elsewhere/",)),
    "the licence": (replace(Table(BASE), licence="https://example.org/licence"), ("https://example.org/licence",)),
}  # fmt: skip
SERVERS = {"Apache": RULES[:1], "nginx": RULES[1:3], "Caddy": RULES[3:]}


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_in_the_table_changes_in_every_server(change: str, server: str) -> None:
    table, needed = CHANGES[change]
    before, after = (
        "".join(files(one)[name] for name in SERVERS[server]).replace("\\", "") for one in (Table(BASE), table)
    )
    assert [text for text in needed if text in before or text not in after] == []


def test_the_htaccess_is_there_to_be_read_too() -> None:
    made = files(Table(BASE))
    assert made[".htaccess"] == made["hosting/apache.htaccess"]


def test_rules_for_w3id_are_made_for_a_base_there_only() -> None:
    assert "hosting/w3id/w3id.htaccess" in files(Table(BASE))
    assert not [name for name in files(Table("https://example.org/rncp/")) if "w3id" in name]
    deeper = files(Table("https://w3id.org/fr/rncp.v1/"))["hosting/w3id/w3id.htaccess"]
    assert r"RewriteRule ^rncp\.v1/(.*)$ " in deeper


def test_every_error_has_a_page_for_every_depth() -> None:
    made = files(Table(BASE))
    assert all(error_page(status, depth) in made for status in ERROR_PAGES for depth in range(DEEPEST + 1))
    assert 'href="https://w3id.org/rncp/assets/style.css"' in made["404.html"]


def test_lines_end_without_spaces_and_files_with_a_line() -> None:
    for name, text in files(Table(BASE)).items():
        if name.endswith(".html"):
            continue
        assert not re.search(r"[ \t]+\n", text), name
        assert re.search(r"[^\n]\n\Z", text), name


def test_caddy_finds_its_rules_well_formatted(tmp_path: Path) -> None:
    rules = tmp_path / "Caddyfile"
    rules.write_text(files(Table(BASE))["hosting/Caddyfile"], encoding="utf-8")
    done = subprocess.run([program("caddy", "caddy"), "fmt", str(rules)], capture_output=True, text=True, check=False)
    assert done.stdout == rules.read_text(encoding="utf-8"), done.stderr


def test_assets_are_compressed_beforehand(seed_build: Path) -> None:
    assets = seed_build / "site" / "assets"
    assert gzip.decompress((assets / "style.css.gz").read_bytes()) == (assets / "style.css").read_bytes()


def test_a_build_has_the_rules(seed_build: Path) -> None:
    site = seed_build / "site"
    made = files(Table(BASE))
    assert [name for name in made if not (site / name).is_file()] == []
    assert [name for name in RULES if (site / name).read_text(encoding="utf-8") != made[name]] == []
