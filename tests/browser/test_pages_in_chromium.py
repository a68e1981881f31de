"""A real browser opens the site from a folder, without JavaScript, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

PAGES = (
    "index", "def", "certification/RNCP2383", "certification/RNCP37873", "partenariats/RNCP37873", "bloc/RNCP37873BC01",
    "rome/M1805", "nsf/326t", "niveau/6", "organisation/siret-11000007200014", "acte/decret/2016-07-11/2016-954",
    "certification/index", "organisation/index", "certification/RNCP31678", "scheme/nsf", "resolution/resolue",
)  # fmt: skip
PHONE, DESK = 390, 1280


@pytest.fixture(scope="module")
def site(real_build: Path) -> Path:
    return (real_build / "site").resolve()


def open_page(browser: Browser, site: Path, path: str, width: int, *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        java_script_enabled=False,
        color_scheme="dark" if dark else "light",
        offline=True,
    )
    page = context.new_page()
    page.goto((site / f"{path}.html").as_uri())
    return page


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_screen_and_has_one_heading(path: str, width: int, browser: Browser, site: Path) -> None:
    page = open_page(browser, site, path, width)
    # The driver may measure where the page itself may run nothing.
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert page.locator("main").count() == 1
    page.context.close()


def test_links_lead_from_page_to_page_in_a_folder(browser: Browser, site: Path) -> None:
    page = open_page(browser, site, "index", PHONE)
    page.get_by_role("link", name="Certifications", exact=True).last.click()
    page.get_by_role("link", name="RNCP37873").click()
    assert page.locator("h1").inner_text() == "Concepteur développeur d'applications"
    page.get_by_role("link", name="Études et développement informatique").first.click()
    assert page.url == (site / "rome" / "M1805.html").as_uri()
    page.get_by_role("link", name="Accueil").click()
    assert page.url == (site / "index.html").as_uri()
    page.context.close()


def test_a_fragment_is_shown_where_it_stands(browser: Browser, site: Path) -> None:
    page = open_page(browser, site, "certification/RNCP2383", DESK)
    page.get_by_role("link", name="même jury que pour la voie CA").first.click()
    assert page.url.endswith("#acces-CA")
    assert page.locator("#acces-CA").is_visible()
    page.context.close()


def test_the_first_key_reaches_the_content(browser: Browser, site: Path) -> None:
    page = open_page(browser, site, "certification/RNCP2383", PHONE)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Aller au contenu"
    box = focused.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#page.contenu")
    page.context.close()


def test_on_a_phone_a_table_shows_rows_with_their_labels(browser: Browser, site: Path) -> None:
    page = open_page(browser, site, "certification/RNCP2383", PHONE)
    cell = page.locator("#acces-CA td").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Ouverte')
    assert page.locator("table.access thead").evaluate("head => head.getBoundingClientRect().right") < 0
    page.context.close()


CONTRAST = """() => {
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => { for (; node; node = node.parentElement) {
    const colour = rgb(getComputedStyle(node).backgroundColor); if (colour.length < 4 || colour[3] > 0) return colour; }
    return [255, 255, 255]; };
  let worst = [99, ''];
  for (const node of document.querySelectorAll('body *')) {
    if (![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, node.outerHTML.slice(0, 120)];
  }
  return worst;
}"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["index", "certification/RNCP2383", "certification/index", "def"])
def test_text_stands_out_from_its_ground(path: str, dark: bool, browser: Browser, site: Path) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    page = open_page(browser, site, path, DESK, dark=dark)
    ratio, where = page.evaluate(CONTRAST)
    assert ratio >= 4.5, where
    page.context.close()
