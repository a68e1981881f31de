"""A real browser asks queries on the SPARQL page of a real server: without JavaScript, and better with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.serve.asking import RUNAWAY
from tests.serve.hosts import Serve, until

PHONE, DESK = 390, 1280


@pytest.fixture(scope="module")
def server(seed_build: Path) -> Iterator[Serve]:
    one = Serve(seed_build, "--query-seconds", "30")
    yield one
    one.stop()


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Serve) -> Iterator[Page]:
    yield from open_page(browser, server, is_scripted=request.param)


@pytest.fixture
def scripted(browser: Browser, server: Serve) -> Iterator[Page]:
    yield from open_page(browser, server, is_scripted=True)


def open_page(browser: Browser, server: Serve, *, is_scripted: bool) -> Iterator[Page]:
    """Open the page; whatever the browser complains of, and whatever it asks another host for, fails the test."""
    context = browser.new_context(viewport={"width": DESK, "height": 844}, java_script_enabled=is_scripted)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"http://127.0.0.1:{server.port}/sparql")
    yield page
    context.close()
    # A browser says that an answer is no 2xx, and that there is no favicon.
    assert [text for text in complaints if "Failed to load resource" not in text] == []
    assert hosts == {f"127.0.0.1:{server.port}"}


def test_a_query_is_answered_by_a_table_whose_iris_lead_to_pages(page: Page) -> None:
    page.get_by_label("Requête").fill("SELECT ?c { ?c a <https://w3id.org/rncp/def#Certification> }")
    page.get_by_role("button", name="Poser la question", exact=True).click()
    expect(page.get_by_role("heading", name="Résultat 1 ligne")).to_be_visible()
    assert "query=SELECT" in page.url
    page.get_by_role("link", name="certification/RNCP2383").click()
    page.wait_for_url("**/certification/RNCP2383.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Résultat 1 ligne")).to_be_visible()


def test_a_question_is_asked_with_its_parameter(page: Page) -> None:
    question = page.locator("li", has_text="Quelles voies d'accès une fiche déclare-t-elle fermées")
    question.get_by_role("textbox").fill("rncp2383")
    question.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Résultat")).to_be_visible()
    expect(page.get_by_label("Requête")).to_have_value(re.compile(r'VALUES \?fiche \{ "RNCP2383" \}'))
    expect(page.get_by_role("table")).to_contain_text("FI")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "resultat.csv"
    assert "FI" in Path(download.value.path()).read_text(encoding="utf-8")


def test_what_is_wrong_is_said_and_the_query_stays(page: Page) -> None:
    page.get_by_label("Requête").fill("SELECT ?s {\n  ?s a ;\n}")
    page.get_by_role("button", name="Poser la question", exact=True).click()
    expect(page.get_by_text("Ligne 3, colonne")).to_be_visible()
    expect(page.get_by_label("Requête")).to_have_value("SELECT ?s {\n  ?s a ;\n}")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("fields", ["", "?question=blocs-et-competences", "?query=DESCRIBE+%3Chttps://w3id.org/rncp/certification/RNCP2383%3E", "?query=%7B"])  # fmt: skip
def test_the_page_fits_its_screen(fields: str, width: int, browser: Browser, server: Serve) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"http://127.0.0.1:{server.port}/sparql{fields}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    for one in page.get_by_role("button").all() + page.get_by_role("textbox").all():
        box = one.bounding_box()
        assert box is None or (box["height"] >= 24 and box["x"] + box["width"] <= width)
    page.close()


# With JavaScript


def test_the_answer_appears_in_place(scripted: Page) -> None:
    scripted.evaluate("window.stayed = true")
    scripted.get_by_label("Requête").fill("ASK {}")
    scripted.get_by_label("Requête").press("Control+Enter")
    expect(scripted.get_by_text("Oui", exact=True)).to_be_visible()
    assert scripted.evaluate("window.stayed") is True
    assert scripted.url.endswith("/sparql?query=ASK+%7B%7D")
    scripted.reload()
    expect(scripted.get_by_text("Oui", exact=True)).to_be_visible()


def test_a_query_can_be_stopped(scripted: Page, server: Serve) -> None:
    scripted.get_by_label("Requête").fill(RUNAWAY)
    scripted.get_by_role("button", name="Poser la question", exact=True).click()
    until(lambda: json.loads(server.ask("/health").body)["queries"] == 1)
    scripted.get_by_role("button", name="Arrêter").click()
    expect(scripted.get_by_text("arrêtée")).to_be_visible()
    until(lambda: json.loads(server.ask("/health").body)["queries"] == 0)
    expect(scripted.get_by_role("button", name="Arrêter")).to_be_hidden()


def test_what_is_typed_while_a_query_runs_stays(scripted: Page) -> None:
    def slowly(route: Route) -> None:
        scripted.wait_for_timeout(500)
        route.continue_()

    scripted.route("**/sparql?*", slowly)
    scripted.get_by_label("Requête").fill("ASK {}")
    scripted.get_by_label("Requête").press("Control+Enter")
    scripted.get_by_label("Requête").fill("ASK { ?s ?p ?o }")
    expect(scripted.get_by_text("Oui", exact=True)).to_be_visible()
    expect(scripted.get_by_label("Requête")).to_have_value("ASK { ?s ?p ?o }")


def test_an_answer_that_is_no_page_leaves_no_old_result(scripted: Page) -> None:
    scripted.get_by_label("Requête").fill("ASK {}")
    scripted.get_by_label("Requête").press("Control+Enter")
    expect(scripted.get_by_text("Oui", exact=True)).to_be_visible()
    scripted.get_by_label("Requête").fill(f"ASK {{}} # {'x' * 600_000}")
    scripted.get_by_label("Requête").press("Control+Enter")
    expect(scripted.get_by_text("Le corps d'une requête a 512 Kio au plus")).to_be_visible()
    expect(scripted.get_by_text("Oui", exact=True)).to_have_count(0)


def test_the_cursor_goes_where_the_query_is_wrong(scripted: Page) -> None:
    scripted.get_by_label("Requête").fill("SELECT ?s {\n  ?s a ;\n}")
    scripted.get_by_label("Requête").press("Control+Enter")
    expect(scripted.get_by_text("Ligne 3, colonne 2")).to_be_visible()
    assert scripted.evaluate("[document.activeElement.name, document.activeElement.selectionStart]") == ["query", 22]


def test_a_query_that_is_too_long_for_an_address_is_sent_all_the_same(scripted: Page) -> None:
    scripted.get_by_label("Requête").fill(f"ASK {{}} # {'x' * 100_000}")
    scripted.get_by_label("Requête").press("Control+Enter")
    expect(scripted.get_by_text("Oui", exact=True)).to_be_visible()
    assert len(scripted.url) < 100


def test_a_file_is_left_to_the_browser(scripted: Page) -> None:
    scripted.get_by_label("Requête").fill("SELECT * { ?s ?p ?o } LIMIT 3")
    scripted.get_by_label("Réponse").select_option("csv")
    with scripted.expect_download() as download:
        scripted.get_by_role("button", name="Poser la question", exact=True).click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) == 4
