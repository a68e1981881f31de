"""Nothing is lost in silence, and nothing makes the reader stumble: properties over damaged fiches."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.text_fiche import looks_like_text_fiche, read_text_fiche

PROJECT = Path(__file__).resolve().parents[2]
PATHS = [PROJECT / "data/fiches/rncp2383.txt", *sorted((Path(__file__).parent / "fiches").glob("*.txt"))]
FICHES = {path.stem: path.read_text(encoding="utf-8").split("\n") for path in PATHS}
DOCUMENT = SourceDocument("x.txt", SourceSeries.TEXT)

WORDS = ("Zorglub", "Bulgroz", "Glubzor")
EXTRA_LINES = [
    "Zorglub", "zorglub", "ZORGLUB", "Zorglub.", "Zorglub ;", "Zorglub :", "Zorglub (", "« Zorglub", "- Zorglub", "1. Zorglub",
    "## Zorglub", "### Zorglub :", "**Zorglub :**", "**Zorglub**", "<b>Zorglub</b>", "Zorglub : Bulgroz", "\tZorglub",
    "Zorglub\tX", "Zorglub\t\tX\tBulgroz", "\tX\tX\tZorglub", "Bulgroz\tZorglub\tGlubzor", "Bulgroz  Zorglub  Glubzor",
    "a\tb\tc\td\te\tZorglub", "K1205: Zorglub", "K1205: Bulgroz, K1206: Zorglub", "330t Zorglub, Bulgroz", "12345 Zorglub",
    "Code(s) NSF : Bulgroz 330t Zorglub, Glubzor", "Formacode(s) : Zorglub", "Convention(s): 12 Zorglub, Bulgroz",
    "Code RNCP : Zorglub", "Intitulé : Zorglub", "Nouvel intitulé : Zorglub", "Statistiques : Zorglub",
    "IV (Nomenclature Zorglub)", "2 (Nomenclature Europe) Zorglub", "Zorglub (Nomenclature de 1969)",
    "Validité des composantes acquises : Zorglub", "Certification suivante : Zorglub", "Certification précédente : Zorglub",
    "Date de décision : Zorglub", "Arrêté du 01/01/2001 Zorglub", "Changement d'intitulé Zorglub", "http://zorglub.fr/a",
    "Bloc de compétence n°9 de Zorglub", "Bloc de compétence n°7 Bulgroz\tZorglub.\tGlubzor", "RNCP2383BC09 Zorglub",
    "Modalités d'évaluation : Zorglub. Glubzor", "En contrat Zorglub", "En contrat d'apprentissage\tX\t\tZorglub",
    "En contrat d'apprentissage\tBulgroz\tZorglub\tGlubzor", "Accessible en Nouvelle Calédonie\tBulgroz\tZorglub\tGlubzor",
    "Idem Zorglub", "Par candidature individuelle\tX\tZorglub\tGlubzor\tBulgroz", "| Zorglub | Bulgroz |",
    "Modalités d'élaboration de références : Bulgroz\tZorglub\tGlubzor", "BTS Zorglub ; CAP Bulgroz ; Glubzor.",
    "Certifications reconnues en équivalence : Bulgroz\tZorglub", "L'accès à la certification n'est plus possible Zorglub",
]  # fmt: skip


def missing(lines: list[str], extra: str) -> list[str]:
    """Return the words of an extra line that the reading of these lines tells nowhere."""
    reading = read_text_fiche("\n".join(lines), DOCUMENT)
    if reading.fiche is None:
        return []
    said = "\n".join(
        [repr(reading.fiche), repr(reading.unread), *(found.excerpt or "" for found in reading.diagnostics)]
    )
    return [word for word in WORDS if word.lower() in extra.lower() and word.lower() not in said.lower()]


@settings(max_examples=250, deadline=None)
@given(
    name=st.sampled_from(sorted(FICHES)),
    extra=st.sampled_from(EXTRA_LINES),
    place=st.floats(0, 1),
    around=st.sampled_from(["", "before", "after", "both"]),
)
def test_an_extra_line_is_read_or_reported(name: str, extra: str, place: float, around: str) -> None:
    lines = list(FICHES[name])
    added = [*([""] if around in {"before", "both"} else []), extra, *([""] if around in {"after", "both"} else [])]
    at = round(place * len(lines))
    lines[at:at] = added
    assert missing(lines, extra) == []


@settings(max_examples=120, deadline=None)
@given(
    name=st.sampled_from(sorted(FICHES)),
    extra=st.sampled_from(EXTRA_LINES),
    seed=st.integers(0, 2**32),
    share=st.sampled_from([0.02, 0.2, 0.6]),
)
def test_an_extra_line_in_a_damaged_fiche(name: str, extra: str, seed: int, share: float) -> None:
    chance = random.Random(seed)
    lines = [line for line in FICHES[name] if chance.random() > share]
    lines.insert(chance.randrange(len(lines) + 1), extra)
    assert missing(lines, extra) == []


def check(reading: Reading, text: str) -> None:
    """What holds of every reading."""
    assert 0 <= reading.share.read <= reading.share.total
    assert reading.share.total == sum(map(len, text.removeprefix("\ufeff").split()))
    reported = {(found.line, found.path) for found in reading.diagnostics}
    assert all(line in {place for place, _ in reported} for line, _ in reading.unread)
    assert all(found.file == "x.txt" for found in reading.diagnostics)
    assert all(1 <= (found.line or 1) <= text.count("\n") + text.count("\r") + 1 for found in reading.diagnostics)


@settings(max_examples=120, deadline=None)
@given(name=st.sampled_from(sorted(FICHES)), seed=st.integers(0, 2**32))
def test_missing_and_shuffled_lines_do_not_stop_it(name: str, seed: int) -> None:
    chance = random.Random(seed)
    lines = [line for line in FICHES[name] if chance.random() > 0.3]
    if seed % 3 == 0:
        chance.shuffle(lines)
    text = "\n".join(lines)
    looks_like_text_fiche(text)
    check(read_text_fiche(text, DOCUMENT), text)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(alphabet="\t |:;.-#*<>()«»X0123456789abcéÉ'\n\r", max_size=40),
            st.sampled_from([line for lines in FICHES.values() for line in lines]),
        ),
        max_size=30,
    )
)
def test_garbage_does_not_stop_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    looks_like_text_fiche(text)
    check(read_text_fiche(text, DOCUMENT), text)


@pytest.mark.parametrize("name", sorted(FICHES))
def test_every_word_is_in_the_record_or_reported(name: str) -> None:
    """Words of headings aside, which are the table's own."""
    reading = read_text_fiche("\n".join(FICHES[name]), DOCUMENT)
    said = (
        " ".join(repr(part) for part in (reading.fiche, reading.unread, reading.diagnostics)).lower().replace("\\", "")
    )
    silent = [
        (number, word)
        for number, line in enumerate(FICHES[name], 1)
        for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"<u>|</u>", "", line).lower())
        if word not in said and not _is_form(word)
    ]
    assert silent == []


def _is_form(word: str) -> bool:
    from rncp_ld.sources.text_fiche.cells import TABLES
    from rncp_ld.sources.text_fiche.row_labels import ROW_LABELS
    from rncp_ld.sources.text_fiche.rubrics import HEADINGS

    labels = [heading.printed for heading in HEADINGS] + [str(label) for label in ROW_LABELS]
    labels += [writing for table in TABLES for _, writings in table.columns for writing in writings]
    from rncp_ld.sources.folding import fold

    own = {"page", "bloc", "fiche", "cadre", "nomenclature", "europe", "illimitée", "mois", "descriptif", "composition"}
    return fold(word) in fold(" ".join(labels)) or word in own
