"""The HTML that is written outside templates: whatever a text holds, it stays a text."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from jinja2 import Environment

from rncp_ld.publish.pages import markup
from rncp_ld.publish.pages.markup import Content, Row, Statement
from rncp_ld.publish.pages.prose import Block, split_prose
from rncp_ld.publish.pages.views import Link, Plain, Prose, Value

EVIL = "a\"b'c<script>d&amp;e</script>"
PROSE = f"{EVIL} :\n\n- {EVIL}\n\nA1. {EVIL}\nA2. {EVIL}"

VALUES: tuple[Value, ...] = (
    Link(EVIL, EVIL, EVIL, EVIL, EVIL),
    Link(EVIL, EVIL, external=True),
    Plain(EVIL),
    Plain(EVIL, dim=True),
    Plain(EVIL, lang=EVIL),
    Prose(split_prose(PROSE), EVIL),
)


class Reader(HTMLParser):
    """Collects elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.values: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.values.append(data)


def contents() -> list[str]:
    """Return one of each kind of content, every text of which is hostile."""
    link = Link(EVIL, EVIL)
    statement = Statement((Block("p", (EVIL,)),), EVIL, EVIL)
    row = Row(EVIL, Content(Plain(EVIL).html))
    return [
        markup.values([*VALUES], link).html,
        markup.table("partners", [EVIL, EVIL], ["", EVIL], [(EVIL, [link.html, Plain(EVIL).html])], VALUES).html,
        markup.parts(EVIL, [markup.part(EVIL, VALUES, [row], EVIL)]).html,
        markup.statements([statement, Statement(split_prose(PROSE))]).html,
        markup.cards([markup.card(link, [statement], split_prose(PROSE))]).html,
        markup.write_rows([row], label=EVIL),
    ]


@pytest.mark.parametrize("html", [*(value.html for value in VALUES), *contents()])
def test_a_text_stays_a_text(html: str) -> None:
    read = Reader(html)
    assert "script" not in read.elements
    assert any(EVIL in value for value in read.values)
    # Nothing is lost: what is not markup is the text, as often as it was given.
    assert unescape(html).count(EVIL) == sum(value.count(EVIL) for value in read.values)


@pytest.mark.parametrize("value", VALUES)
def test_a_template_shows_a_value_as_it_is_written(value: Value) -> None:
    shown = Environment(autoescape=True).from_string("{{ value }} {{ text }}").render(value=value, text=value.html)
    assert shown.startswith(value.html)
    assert "<script" not in shown


def test_a_name_that_the_section_says_already_is_hidden_from_the_eye() -> None:
    table = markup.table("access", ["Voie"], [""], [("acces-VAE", ["VAE"])])
    assert '<dt class="hidden">Voies</dt>' in markup.write_rows([Row("Voies", table)], label="Accès")
    assert "hidden" not in markup.write_rows([Row("Voies", table), Row("Jury", table)], label="Accès")
    assert "hidden" not in markup.write_rows([Row("Voies", table)])
