"""What the suite of requests does not ask of web servers: a site below a prefix, few modules, the base at w3id.org."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

import pytest

from rncp_ld.publish.hosting import Table, hosting_files
from rncp_ld.publish.hosting.table import DEEPEST
from rncp_ld.publish.hosting.w3id import PLACEHOLDER
from rncp_ld.publish.pages.attribution import Attribution
from tests.serve.hosts import STATIC_HOSTS, Apache, Serve, StaticHost, readme_says
from tests.sites import parse_html
from tests.unit.test_hosting import BASE, CHANGES


def new_folder(parent: Path, name: str) -> Path:
    """Make an empty folder of this name."""
    folder = parent / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@pytest.fixture(scope="module", params=["", "/rncp"], ids=["root", "below"])
def below(request: pytest.FixtureRequest) -> str:
    """Path that the site is served below."""
    return str(request.param)


@pytest.fixture(scope="module", params=STATIC_HOSTS)
def server(request: pytest.FixtureRequest, published: Path, below: str) -> Iterator[StaticHost]:
    """Each web server, with the site at its root and below a prefix."""
    work = new_folder(published, f"{request.param}{below.replace('/', '-')}")
    one = STATIC_HOSTS[request.param](published / "rncp", work, below).start()
    yield one
    one.stop()


def leads_to(path: str, location: str | None) -> str:
    """Return the path that a redirect leads to."""
    assert location is not None
    return urlsplit(urljoin(f"http://x{path}", location)).path


def test_a_site_below_a_prefix_answers_as_one_at_the_root(server: StaticHost, below: str) -> None:
    iri = f"{below}/certification/RNCP2"
    for accept, suffix in (("text/turtle", "ttl"), ("text/html", "html"), ("application/ld+json;q=0.5", "jsonld")):
        see = server.ask(iri, headers={"Accept": accept})
        assert (see.status, leads_to(iri, see["location"])) == (303, f"{iri}.{suffix}")
        assert "https://w3id.org/rncp/certification/RNCP2>" in str(see["link"])
        document = server.ask(f"{iri}.{suffix}")
        assert (document.status, document["content-location"]) == (200, f"RNCP2.{suffix}")
    assert server.ask(iri, headers={"Accept": "image/png"}).status == 406
    gone = server.ask(f"{below}/certification/RNCP1", headers={"Accept": "text/turtle"})
    assert (gone.status, "rncp:Withdrawn" in gone.body.decode()) == (410, True)
    folder = server.ask(f"{below}/certification")
    assert (folder.status in {301, 308}, leads_to(below, folder["location"])) == (True, f"{below}/certification/")
    assert server.ask(f"{below}/").status == 200
    if below:  # without its slash it is the folder all the same
        bare = server.ask(below)
        assert (bare.status in {301, 308}, leads_to(below, bare["location"])) == (True, f"{below}/")
    for path in ("/dumps/", "/certification/RNCP1.gone", "/.htaccess"):
        assert server.ask(f"{below}{path}").status in {403, 404}


@pytest.mark.parametrize("depth", range(DEEPEST + 2))
def test_links_on_a_page_of_an_error_hold_at_any_depth(depth: int, server: StaticHost, below: str) -> None:
    path = f"{below}/" + "a/" * depth + "nothing"
    response = server.ask(path)
    page = parse_html(response.body.decode())
    assert (response.status, "Page introuvable" in page.text) == (404, True)
    if depth > DEEPEST:  # deeper than anything that is published: absolute, below the base
        assert all(href.startswith(("https://", "#")) for _, href in page.links)
        return
    addresses = [urljoin(path, href) for _, href in page.links if not href.startswith(("https:", "#"))]
    assert len(addresses) >= 5
    assert {address: server.ask(address).status for address in addresses} == dict.fromkeys(addresses, 200)


def test_what_is_not_acceptable_has_a_page_with_links_that_hold(server: StaticHost, below: str) -> None:
    path = f"{below}/acte/decret/2016-07-11/2016-954"
    page = parse_html(server.ask(path, headers={"Accept": "image/png"}).body.decode())
    assert server.ask(urljoin(path, page.hrefs[1])).status == 200


class IncludedApache(Apache):
    """Apache that reads the rules as a part of its configuration: it checks no `.htaccess` before somebody asks for it."""

    def configuration(self) -> str:
        return super().configuration().replace("AllowOverride", f"Include {self.site}/.htaccess\nAllowOverride")


@pytest.mark.parametrize("name", STATIC_HOSTS)
@pytest.mark.parametrize("change", [None, *CHANGES])
def test_each_server_finds_its_rules_sound_whatever_changes_in_the_table(
    change: str | None, name: str, tmp_path: Path
) -> None:
    table = CHANGES[change][0] if change else Table(BASE)
    for path, text in hosting_files(table, (), Attribution((), "")):
        target = tmp_path / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    hosts = {**STATIC_HOSTS, "apache": IncludedApache}
    hosts[name](tmp_path / "site", new_folder(tmp_path, "work"))


def test_an_unsound_rule_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".htaccess").write_text("RewriteRule (", encoding="utf-8")
    with pytest.raises(AssertionError, match="RewriteRule"):
        IncludedApache(tmp_path / "site", new_folder(tmp_path, "work"))


class FewModules(Apache):
    """Apache with the modules that the rules ask for, and no other."""

    modules = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers")


class NoRules(Apache):
    """Apache without the modules that the rules ask for: a plain host of files."""

    modules = ("mpm_event", "authz_core", "dir", "mime")


class OldEncoding(Apache):
    """Apache that takes `.gz` for a coding of what is inside and `.html` for a language, as some hosts have it."""

    more: ClassVar[str] = "AddEncoding x-gzip .gz\nAddLanguage fr .ttl\nAddDefaultCharset iso-8859-1\n"


def test_apache_needs_few_modules(published: Path) -> None:
    server = FewModules(published / "rncp", new_folder(published, "few")).start()
    see = server.ask("/certification/RNCP2", headers={"Accept": "text/html;q=0.1, text/turtle"})
    gone = server.ask("/certification/RNCP1", headers={"Accept": "text/turtle"})
    page = server.ask("/certification/RNCP2.html", headers={"Accept-Encoding": "gzip"})
    said = server.stop()
    assert (see.status, leads_to("/certification/RNCP2", see["location"])) == (303, "/certification/RNCP2.ttl")
    assert (gone.status, b"rncp:Withdrawn" in gone.body) == (410, True)
    assert (page.status, page["content-encoding"], page["access-control-allow-origin"]) == (200, None, "*")
    assert ":alert]" not in said


def test_without_its_modules_apache_still_shows_the_pages(published: Path) -> None:
    server = NoRules(published / "rncp", new_folder(published, "none")).start()
    page, data = server.ask("/certification/RNCP2.html"), server.ask("/certification/RNCP2.ttl")
    said = server.stop()
    assert (page.status, page["content-type"]) == (200, "text/html; charset=utf-8")
    assert (data.status, data["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert ":alert]" not in said


def test_what_a_host_says_of_suffixes_does_not_count(published: Path) -> None:
    server = OldEncoding(published / "rncp", new_folder(published, "old")).start()
    dump, data = server.ask("/dumps/rncp.ttl.gz"), server.ask("/certification/RNCP2.ttl")
    server.stop()
    assert (dump["content-type"], dump["content-encoding"], dump["content-language"]) == (
        "application/gzip",
        None,
        None,
    )
    assert (data["content-type"], data["content-language"]) == ("text/turtle; charset=utf-8", None)


class ProxyingApache(Apache):
    """Apache that passes some addresses on to another program."""

    modules = (*Apache.modules, "proxy", "proxy_http")


@pytest.mark.parametrize("name", STATIC_HOSTS)
def test_another_program_may_answer_beside_the_site(name: str, published: Path, served_build: Path) -> None:
    behind = Serve(served_build, *readme_says("serve build --trusted-proxy").split()[2:])
    hosts = {**STATIC_HOSTS, "apache": ProxyingApache}
    server = hosts[name](published / "rncp", new_folder(published, f"{name}-beside"), endpoint=behind.port).start()
    try:
        assert server.ask("/certification/RNCP2", headers={"Accept": "text/turtle"}).status == 303
        # What it answers is its own business; that it is asked shows in the shape of its errors.
        passed = server.ask("/sparql", "POST", {"Accept": "application/json"}, b"")
        assert "json" in str(passed["content-type"])
        # It says what it is called from outside, whatever a client pretends.
        for lie in ({}, {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}):
            description = server.ask("/sparql", headers={"Accept": "text/turtle", **lie}).body.decode()
            (named,) = re.findall(r"sd:endpoint\s+<([^>]+)>", description)
            assert named == f"http://127.0.0.1:{server.port}/sparql"
        assert server.ask("/certification/RNCP2", "POST").status == 405
    finally:
        server.stop()
        behind.stop()


class W3id(Apache):
    """Apache with a folder of w3id.org, where somebody has written the address of the site into its rules."""

    def __init__(self, site: Path, work: Path, address: str) -> None:
        rules = (site / "hosting" / "w3id" / "w3id.htaccess").read_text(encoding="utf-8")
        assert rules.count(PLACEHOLDER) == 2  # in the comment that says so, and in the rule
        folder = new_folder(work, "rncp")
        (folder / ".htaccess").write_text(rules.replace(PLACEHOLDER, address), encoding="utf-8")
        super().__init__(folder, work)

    def configuration(self) -> str:
        return super().configuration().replace(f'DocumentRoot "{self.site}"', f'DocumentRoot "{self.work}"')


def test_the_base_at_w3id_leads_to_the_site(published: Path) -> None:
    site = Apache(published / "rncp", new_folder(published, "target")).start()
    w3id = W3id(published / "rncp", new_folder(published, "w3id"), f"http://127.0.0.1:{site.port}/").start()
    try:
        for path in ("certification/RNCP2", "certification/RNCP1", "", "def", "dumps/rncp.nt.gz", "x?query=SELECT%20*"):
            moved = w3id.ask(f"/rncp/{path}", headers={"Accept": "text/turtle"})
            assert (moved.status, moved["location"]) == (302, f"http://127.0.0.1:{site.port}/{path}")
            assert moved["access-control-allow-origin"] == "*"
        see = site.ask("/certification/RNCP2", headers={"Accept": "text/turtle"})
        assert (see.status, leads_to("/certification/RNCP2", see["location"])) == (303, "/certification/RNCP2.ttl")
    finally:
        w3id.stop()
        site.stop()
