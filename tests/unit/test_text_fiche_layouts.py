"""The same fiche in other clothes: other headings, other separators, other line ends. The record stays the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.reading import SourceDocument
from rncp_ld.sources.text_fiche import looks_like_text_fiche, read_text_fiche

DOCUMENT = SourceDocument("x.txt", SourceSeries.TEXT)
HEADING = re.compile(r"^#+ (?!\d\.)(.*)$", re.MULTILINE)


def headings_as(write: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: HEADING.sub(lambda match: write(match[1]), text)


def aligned(text: str) -> str:
    """Write each table with spaces, columns below their labels."""
    out: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.replace("d'étudiant\t\t\t\n\nEn", "d'étudiant\t\t\t\nEn").split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        width = max(map(len, rows), default=0)
        widths = [max(len(row[place]) for row in rows if place < len(row)) for place in range(width)]
        out += ("   ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=False)).rstrip() for row in rows)
        rows = []
        out.append(line)
    return "\n".join(out)


def piped(text: str) -> str:
    return "\n".join(f"| {' | '.join(line.split(chr(9)))} |" if "\t" in line else line for line in text.split("\n"))


def page_header(text: str) -> str:
    """Put a page's end and the next one's beginning into the middle of the summary, and into a table."""
    header = "Page 1/3\n\f\nRésumé descriptif de la certification Code RNCP: 2383\n\n"
    before_text, before_row = "Le (la) TMS exerce ses activités", "En contrat de professionnalisation"
    return text.replace(before_text, header + before_text).replace(before_row, header + before_row)


LAYOUTS: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text: text.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u202f»"),
    "two spaces for a tab": lambda text: text.replace("\t", "  "),
    "four spaces for a tab": lambda text: text.replace("\t", "    "),
    "columns aligned with spaces": aligned,
    "pipes": piped,
    "no trailing tabs": lambda text: re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE),
    "# headings": headings_as("# {}".format),
    "#### headings": headings_as("#### {}".format),
    "closed headings": headings_as("## {} ##".format),
    "headings in capitals": headings_as(str.upper),
    "headings in bold": headings_as("**{}**".format),
    "headings in bold capitals": headings_as(lambda heading: f"**{heading.upper()}**"),
    "plain headings": headings_as(str),
    "headings with frames": headings_as(lambda heading: f"{heading} (cadre 5)" if ":" not in heading else heading),
    "headings without colon": headings_as(
        lambda heading: f"## {heading.rstrip(' :')}" if "5 an" not in heading else heading
    ),
    "headings without plural marks": headings_as(
        lambda heading: f"## {heading.replace('(x)', 'x').replace('(s)', 's')}"
    ),
    "no blank lines": lambda text: re.sub(r"\n{2,}", "\n", text),
    "page headers": page_header,
    "an untagged K1205": lambda text: text.replace("<u>", "").replace("</u>", "").replace("**", ""),
}


@pytest.fixture(scope="module")
def seed(project: Path) -> str:
    return (project / "data/fiches/rncp2383.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def expected(seed: str) -> Fiche | None:
    return read_text_fiche(seed, DOCUMENT).fiche


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_does_not_matter(layout: str, seed: str, expected: Fiche | None) -> None:
    text = LAYOUTS[layout](seed)
    assert text != seed
    assert looks_like_text_fiche(text)
    reading = read_text_fiche(text, DOCUMENT)
    assert reading.fiche == expected
    assert reading.unread == ()


def test_order_of_the_rubrics_does_not_matter(seed: str, expected: Fiche | None) -> None:
    """Cut the seed before its main headings, and turn the order round."""
    cuts = [
        "### Intitulé",
        "### Niveau et",
        "## Résumé du",
        "# Secteurs",
        "# Modalités d'accès",
        "## Base légale",
        "### Pour plus",
    ]
    places = [seed.index(cut) for cut in cuts]
    parts = [seed[start:end] for start, end in zip(places, [*places[1:], len(seed)], strict=True)]
    reading = read_text_fiche("\n".join([seed[: places[0]], *reversed(parts)]), DOCUMENT)
    assert reading.fiche == expected
    assert reading.unread == ()


def test_number_may_come_last(seed: str, expected: Fiche | None) -> None:
    header = "Résumé descriptif de la certification Code RNCP: 2383"
    assert read_text_fiche(f"{seed.replace(header, '')}\n\n{header}\n", DOCUMENT).fiche == expected
