"""HTML that an export left in its texts: layout becomes paragraphs and lists, the rest stays text, nothing is lost."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.reading import SourceDocument
from rncp_ld.sources.html_text import plain_text
from rncp_ld.sources.text_structure import one_line, read_text
from rncp_ld.sources.xml_v4 import read_xml


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # paragraphs, line breaks, entities
        ("<p>Il lit.</p><p>Il &eacute;crit.</p>", "Il lit.\n\nIl écrit."),
        ("<P CLASS='x'>Il lit.</P>\r\n\r\n<P>Il écrit.</P>\r\n", "Il lit.\n\nIl écrit."),
        ("Un<br>Deux<br/>Trois<BR />Quatre", "Un\n\nDeux\n\nTrois\n\nQuatre"),
        (
            "<p>Le jury&nbsp;:<br />- un pr&#233;sident<br />- deux membres</p>",
            "Le jury :\n\n- un président\n- deux membres",
        ),
        ("<div>R&amp;D, a &lt; b &amp; c &gt; d</div>", "R&D, a < b & c > d"),
        ("<p>une ligne\nqui va à la suivante</p>", "une ligne qui va à la suivante"),
        ("<p>Il fait :\n- ceci\n- cela</p>", "Il fait :\n\n- ceci\n- cela"),
        # lists
        ("<p>Il sait :</p><ul><li>lire</li><li>écrire</li></ul>", "Il sait :\n\n- lire\n- écrire"),
        ("<ul>\n<li><p>lire</p></li>\n<li><p>écrire</p></li>\n</ul>", "- lire\n- écrire"),
        ("<ol><li>Un</li><li>Deux</li></ol>", "1. Un\n2. Deux"),
        ("<ul><li>Un<ul><li>a</li></ul></li><li>Deux</li></ul>", "- Un\no a\n- Deux"),
        ("<ul><li>C1. Analyser</li><li>- Mettre</li><li>&bull; Dire</li></ul>", "C1. Analyser\n- Mettre\n• Dire"),
        # inside a line
        ("<p>un <strong>titre</strong> de 10 m<sup>2</sup>, <em>ici</em></p>", "un titre de 10 m2, ici"),
        ('<a href="https://a.fr/?x=1&amp;y=2">le site</a>', "le site (https://a.fr/?x=1&y=2)"),
        ("<a href='https://a.fr'>https://a.fr</a>, <a href='mailto:a@b.fr'>a@b.fr</a>", "https://a.fr, a@b.fr"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", "A\n\nB"),
        # escaped twice, three times
        ("&lt;p&gt;Param&amp;eacute;trer&lt;/p&gt;&#13;\n&lt;p&gt;R&eacute;gler&lt;/p&gt;", "Paramétrer\n\nRégler"),
        ("caf&amp;eacute; R&amp;amp;D", "café R&D"),
        # cut off
        ("<p>Le jury est <strong>composé", "Le jury est composé"),
        # words, not markup
        ("les balises <table> et <form>", "les balises <table> et <form>"),
        ("<p>les balises &lt;table&gt; et &lt;form&gt;</p>", "les balises <table> et <form>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a < b, c > d, <3, R&D; &inconnu;", "a < b, c > d, <3, R&D; &inconnu;"),
        ("https://a.fr/?a=1&copy=2&para=3", "https://a.fr/?a=1&copy=2&para=3"),
    ],
)
def test_html_becomes_the_form_of_the_record(raw: str, text: str) -> None:
    assert read_text(raw) == text


def test_a_real_piece_of_2020() -> None:
    """RNCP31214, LISTE_COMPETENCES, after the parser has taken one level of escapes."""
    raw = (
        "<p>- Diagnostiquer une anomalie</p>\r\n<p>- Param&eacute;trer et r&eacute;gler les &eacute;quipements</p>\r\n"
    )
    raw += "<p>Les modalit&eacute;s sont d&eacute;crites dans les annexes.</p>"
    assert read_text(raw) == (
        "- Diagnostiquer une anomalie\n- Paramétrer et régler les équipements\n\nLes modalités sont décrites dans les annexes."
    )


def test_titles_and_names() -> None:
    assert one_line("<b>Agent</b> d&amp;apos;accueil<br/>et de R&amp;D") == "Agent d'accueil et de R&D"


WORDS = st.lists(
    st.sampled_from(["lire", "écrire", "R&D", "l'été", "a < b", "2 > 1", "«", "C1.", "M&eacute;"]), min_size=1
)
FORMS = st.sampled_from(
    ["<p>{}</p>", "<li>{}</li>", "{}<br/>", "<div><span lang='fr'>{}</span></div>", "<ul><li>{}</li></ul>", "{}"]
)


@given(st.lists(st.tuples(FORMS, WORDS), max_size=6), st.integers(0, 1))
def test_no_word_is_lost_however_often_it_is_escaped(pieces: list[tuple[str, list[str]]], times: int) -> None:
    raw = "\n".join(form.format(html.escape(" ".join(words), quote=False)) for form, words in pieces)
    for _ in range(times):
        raw = html.escape(raw, quote=False)
    text = plain_text(raw)
    wanted = [word for _, words in pieces for word in " ".join(words).replace("M&eacute;", "Mé").split()]
    found = text.split()
    assert [word for word in found if word not in {"-", "o"}] == wanted


@given(st.text(alphabet="<>/&;abp =\"'#x1-! \n", max_size=60))
def test_any_text_is_read(raw: str) -> None:
    text = plain_text(raw)
    assert read_text(raw) == read_text(text) or "&" in text or "<" in text


def fiche(inside: str) -> Fiche:
    xml = "<FICHES><VERSION_FLUX>4.1</VERSION_FLUX><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><INTITULE>A</INTITULE>"
    document = SourceDocument("export.xml", SourceSeries.XML_V4_1)
    (reading,) = read_xml(io.BytesIO(f"{xml}{inside}</FICHE></FICHES>".encode()), document)
    assert reading.fiche is not None
    assert {found.code for found in reading.diagnostics} <= {"HTML", "CODE-BLOC"}
    return reading.fiche


@pytest.mark.parametrize(
    "text",
    [
        "Il sait :      - lire      - écrire      Le tout à l'oral.",
        "Il sait :\n- lire\n- écrire\n\nLe tout à l'oral.",
        "<![CDATA[<p>Il sait&nbsp;:</p><ul><li>lire</li><li>&eacute;crire</li></ul><p>Le tout à l'oral.</p>]]>",
        "&lt;p&gt;Il sait :&lt;/p&gt;&lt;p&gt;- lire&lt;br /&gt;- &amp;eacute;crire&lt;/p&gt;&lt;p&gt;Le tout à l'oral.&lt;/p&gt;",
        "&amp;lt;p&amp;gt;Il sait :&amp;lt;br/&amp;gt;- lire&amp;lt;br/&amp;gt;- écrire&amp;lt;br/&amp;gt;Le tout à l'oral.&amp;lt;/p&amp;gt;",
        "<p>Il sait :</p><ul><li>lire</li><li>écrire</li></ul><p>Le tout à l'oral.</p>",
    ],
)
def test_one_bloc_in_six_writings_is_one_record(text: str) -> None:
    row = f"<CODE>RNCP1BC01</CODE><LIBELLE>Lire</LIBELLE><LISTE_COMPETENCES>{text}</LISTE_COMPETENCES>"
    (block,) = fiche(f"<BLOCS_COMPETENCES><BLOC_COMPETENCES>{row}</BLOC_COMPETENCES></BLOCS_COMPETENCES>").blocks
    assert [one.title for one in block.competences] == ["lire", "écrire"]
    assert block.competences_text == "Il sait :\n\nLe tout à l'oral."
