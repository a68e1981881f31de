"""An export that is cut into its fiches gives the same readings as one that is parsed as a whole."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.diagnostics import sort_diagnostics
from rncp_ld.model.reading import Reading
from rncp_ld.sources.reading import SourceReader
from rncp_ld.sources.utf8_stream import Utf8Stream
from rncp_ld.sources.xml_v4 import Irregular
from rncp_ld.sources.xml_v4.cutting import cut

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n'
TAIL = "</FICHES>\n"


def fiche(number: int, more: str = "") -> str:
    return f"<FICHE>\n<NUMERO_FICHE>RNCP{number}</NUMERO_FICHE>\n<INTITULE>Titre {number}</INTITULE>\n{more}</FICHE>\n"


THREE = [fiche(number, "<ACTIF>Oui</ACTIF>\n<INCONNU>x</INCONNU>\n") for number in (1, 2, 3)]

DOCUMENTS = {
    "regular": HEAD + "".join(THREE) + TAIL,
    "on one line": (HEAD + "".join(THREE) + TAIL).replace("\n", ""),
    "no declaration": "<FICHES>" + THREE[0] + TAIL,
    "no version": "<FICHES>\n" + "".join(THREE) + TAIL,
    "another version": HEAD.replace("4.1", "7.0") + "".join(THREE) + TAIL,
    "an unknown element before": HEAD + "<SOURCE>x</SOURCE>" + "".join(THREE) + TAIL,
    "an unknown element between": HEAD + "<SOURCE>x</SOURCE>".join(THREE) + TAIL,
    "an unknown element after": HEAD + "".join(THREE) + "<SOURCE>x</SOURCE>" + TAIL,
    "a text between": HEAD + "bonjour".join(THREE) + TAIL,
    "comments": HEAD + "<!-- <FICHE> -->".join(THREE) + TAIL,
    "a comment that ends a fiche": HEAD + fiche(1, "<!-- </FICHE> -->") + THREE[1] + TAIL,
    "CDATA": HEAD + fiche(1, "<RESUME><![CDATA[</FICHE><FICHE>]]></RESUME>") + THREE[1] + TAIL,
    "a processing instruction": HEAD + "<?x y?>".join(THREE) + TAIL,
    "a tag with spaces": HEAD + "".join(THREE).replace("</FICHE>", "</FICHE >") + TAIL,
    "an attribute": HEAD + "".join(THREE).replace("<FICHE>", '<FICHE a="b">') + TAIL,
    "an attribute of the root": (HEAD + "".join(THREE) + TAIL).replace("<FICHES>", '<FICHES xmlns:x="urn:x">'),
    "a name of a namespace of the root": (HEAD + fiche(1, "<x:A>b</x:A>") + THREE[1] + TAIL).replace(
        "<FICHES>", '<FICHES xmlns:x="urn:x">'
    ),
    "an empty fiche": HEAD + THREE[0] + "<FICHE/>" + THREE[1] + TAIL,
    "a fiche in a fiche": HEAD + fiche(1, fiche(2)) + THREE[2] + TAIL,
    "one fiche alone": "<?xml version='1.0'?>" + THREE[0],
    "wrong declaration": HEAD.replace("UTF-8", "UTF-16") + "".join(THREE) + TAIL,
    "odd characters": HEAD + fiche(1, "<RESUME>a\x85b\ufffd</RESUME>") + THREE[1] + TAIL,
    "no fiche": HEAD + TAIL,
    "truncated in a fiche": (HEAD + "".join(THREE) + TAIL)[:-60],
    "truncated after a fiche": HEAD + "".join(THREE),
    "a tag that does not close": HEAD + THREE[0] + fiche(2, "<RESUME>") + THREE[2] + TAIL,
    "an entity that is none": HEAD + THREE[0] + fiche(2, "<RESUME>&nbsp;</RESUME>") + THREE[2] + TAIL,
    "two roots": HEAD + THREE[0] + TAIL + HEAD + THREE[1] + TAIL,
    "text after the end": HEAD + "".join(THREE) + TAIL + "x",
}


def read(path: Path) -> tuple[list[Reading], list[str]]:
    """Return the readings of a document, and what ended it."""
    errors: list[str] = []
    reader = SourceReader([str(path)], keep_going=True, on_error=lambda error: errors.append(str(error)))
    readings = [replace(one, diagnostics=tuple(sort_diagnostics(one.diagnostics))) for one in reader.readings()]
    return readings, errors


def walk_through(*_: object) -> Iterator[object]:
    raise Irregular(0)
    yield


def both_ways(text: str, folder: Path) -> tuple[object, object]:
    """Read a document cut up, then by a walk through the whole."""
    path = folder / "export_2026-08-16.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rncp_ld.sources.reading.cut_xml", walk_through)
        walked = read(path)
    return read(path), walked


@pytest.mark.parametrize("name", DOCUMENTS)
def test_cut_or_walked_through_the_readings_are_the_same(name: str, tmp_path: Path) -> None:
    cut_up, walked = both_ways(DOCUMENTS[name], tmp_path)
    assert cut_up == walked


@pytest.mark.parametrize("name", ["regular", "on one line", "another version", "odd characters", "wrong declaration"])
def test_the_usual_export_is_cut(name: str) -> None:
    assert len(list(cut(Utf8Stream(io.BytesIO(DOCUMENTS[name].encode()), "x.xml")))) == DOCUMENTS[name].count("<FICHE>")


def test_what_follows_something_irregular_is_left_to_the_parser() -> None:
    data = HEAD + THREE[0] + THREE[1] + "<!-- -->" + THREE[2] + TAIL
    pieces = cut(Utf8Stream(io.BytesIO(data.encode()), "x.xml"))
    assert next(pieces).line == 4
    with pytest.raises(Irregular) as rest:
        list(pieces)
    assert rest.value.cut == 1  # the second one goes to the parser too, which may tell with it what follows


@given(
    st.integers(0, len(DOCUMENTS["regular"])),
    st.sampled_from(["<", ">", "</FICHE>", "<FICHE>", "&", "<!--", "é", "\n"]),
)
def test_whatever_stands_anywhere(at: int, planted: str) -> None:
    """Cut or walked through, also a document that somebody has damaged."""
    text = DOCUMENTS["regular"]
    with tempfile.TemporaryDirectory() as folder:
        cut_up, walked = both_ways(text[:at] + planted + text[at:], Path(folder))
    assert cut_up == walked
