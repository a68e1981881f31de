"""What exports before V4 write otherwise (notes on the input formats, section 1): every element has a field or a diagnostic."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import AccessCondition, Coded
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.reading import SourceReader
from rncp_ld.sources.xml_v4 import read_xml
from rncp_ld.sources.xml_v4.table import BEFORE_V4, V4

OLD = SourceDocument("export_fiches_RNCP_V2_0_2020-09-22.xml", SourceSeries.XML_OLD, date(2020, 9, 22))
NEW = SourceDocument("export.xml", SourceSeries.XML_V4_1, date(2020, 9, 22))


def read(inside: str, document: SourceDocument = OLD) -> Reading:
    fiche = f"<FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><INTITULE>Titre</INTITULE>{inside}</FICHE>"
    (reading,) = read_xml(io.BytesIO(f"<FICHES><VERSION_FLUX>2.0</VERSION_FLUX>{fiche}</FICHES>".encode()), document)
    return reading


def found(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    return [(d.code, d.path, d.excerpt) for d in reading.diagnostics]


def test_flat_routes_and_their_juries() -> None:
    reading = read(
        "<SI_JURY_FI>Non</SI_JURY_FI><JURY_FI/>"
        "<SI_JURY_CA>Oui</SI_JURY_CA><JURY_CA>&lt;p&gt;Trois membres&lt;/p&gt;</JURY_CA>"
        "<SI_JURY_FC>Oui</SI_JURY_FC><JURY_FC>&lt;p&gt;idem&lt;/p&gt;</JURY_FC><SI_JURY_CQ/>"
    )
    assert reading.fiche is not None
    assert reading.fiche.access_conditions == (
        AccessCondition(Route.FI, False),
        AccessCondition(Route.CA, True, "Trois membres"),
        AccessCondition(Route.FC, True, "Trois membres", "idem"),
        AccessCondition(Route.CQ),
    )
    assert (found(reading), reading.unread) == ([], ())


def test_labels_of_level_and_nsf_are_called_intitule() -> None:
    reading = read(
        "<NOMENCLATURE_EUROPE><NIVEAU>NIV4</NIVEAU><INTITULE>niveau4</INTITULE></NOMENCLATURE_EUROPE>"
        "<CODES_NSF><NSF><CODE>332t</CODE><INTITULE>Aide &amp;eacute;coute</INTITULE></NSF></CODES_NSF>"
    )
    assert reading.fiche is not None
    assert (reading.fiche.level, reading.fiche.nsf) == ("4", (Coded("332t", "Aide écoute"),))
    assert (found(reading), reading.share.ratio) == ([], 1)


def test_succession_stands_in_the_fiche_itself() -> None:
    reading = read(
        "<ANCIENNE_CERTIFICATION>RNCP2</ANCIENNE_CERTIFICATION><ANCIENNE_CERTIFICATION>RNCP3</ANCIENNE_CERTIFICATION>"
        "<ANCIENNE_CERTIFICATION>RNCP2</ANCIENNE_CERTIFICATION><NOUVELLE_CERTIFICATION/>"
        "<NOUVELLE_CERTIFICATION>RS 4</NOUVELLE_CERTIFICATION><NOUVELLE_CERTIFICATION>le BTS</NOUVELLE_CERTIFICATION>"
    )
    assert reading.fiche is not None
    assert (reading.fiche.predecessors, reading.fiche.successors) == (("RNCP2", "RNCP3"), ("RS4",))
    assert found(reading) == [
        ("LIGNE-EN-DOUBLE", "ANCIENNE_CERTIFICATION", "RNCP2"),
        ("CODE-INVALIDE", "NOUVELLE_CERTIFICATION", "le BTS"),
    ]


def test_the_internal_identifier_of_a_certifier_is_kept_and_said_once() -> None:
    row = "<CERTIFICATEUR><ID_CERTIFICATEUR>20224</ID_CERTIFICATEUR><NOM_CERTIFICATEUR>{}</NOM_CERTIFICATEUR></CERTIFICATEUR>"
    reading = read(f"<CERTIFICATEURS>{row.format('Alpha')}{row.format('Beta')}</CERTIFICATEURS>")
    assert reading.fiche is not None
    assert [c.organisation.name for c in reading.fiche.certifiers] == ["Alpha", "Beta"]
    assert found(reading) == [("IDENTIFIANT-INTERNE", "CERTIFICATEURS/CERTIFICATEUR/ID_CERTIFICATEUR", "20224")]
    assert [text for _, text in reading.unread] == ["20224", "20224"]


def test_the_reference_of_the_creation_act_and_the_link_to_statistics() -> None:
    reading = read(
        "<PUBLICATION_DECRET_CREATION><PUBLICATION_JO/></PUBLICATION_DECRET_CREATION>"
        "<REFERENCE_DECRET_CREATION>&lt;p&gt;Arr&amp;ecirc;t&amp;eacute; du 5 ao&amp;ucirc;t 2004&lt;/p&gt;</REFERENCE_DECRET_CREATION>"
        "<LIEN_STATIQUES>http://example.org/chiffres</LIEN_STATIQUES>"
    )
    assert reading.fiche is not None
    (mention,) = reading.fiche.legal_mentions
    assert (mention.verbatim, mention.source_path) == ("Arrêté du 5 août 2004", "REFERENCE_DECRET_CREATION")
    assert mention.acts == (reading.fiche.acts[0].id,)
    assert reading.fiche.texts.statistics_note == "http://example.org/chiffres"
    assert reading.share.ratio == 1


def test_html_is_how_these_versions_write_texts_and_nothing_to_report() -> None:
    text = "&lt;p&gt;Param&amp;eacute;trer&amp;nbsp;:&lt;/p&gt;&#13;\n&lt;ul&gt;&lt;li&gt;lire&lt;/li&gt;&lt;li&gt;&amp;eacute;crire&lt;/li&gt;&lt;/ul&gt;"
    inside = f"<ACTIVITES_VISEES>{text}</ACTIVITES_VISEES>"
    old, new = read(inside), read(inside, NEW)
    assert old.fiche is not None
    assert old.fiche.texts.targeted_activities == "Paramétrer :\n\n- lire\n- écrire"
    assert new.fiche is not None
    assert new.fiche.texts == old.fiche.texts
    assert (found(old), [d.code for d in new.diagnostics]) == ([], ["HTML"])
    left = read("<ACTIVITES_VISEES>&lt;p&gt;a&lt;/p&gt;&lt;script&gt;b&lt;/script&gt;</ACTIVITES_VISEES>")
    assert [(d.code, d.excerpt) for d in left.diagnostics] == [("HTML", "<script>b</script>")]


def test_v4_has_none_of_this() -> None:
    only_before = {*BEFORE_V4.table} - {*V4.table}
    assert "LIEN_STATIQUES" in only_before
    for tag in sorted(only_before):
        reading = read(f"<{tag}>Oui</{tag}>", NEW)
        assert found(reading) == [("ELEMENT-INCONNU", tag, "Oui")]


def test_the_real_files_of_2020_are_read_whole(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "data" / "older-xml").glob("*.xml")):
        if path.name == "rncp-invalid.xml":  # broken on purpose
            continue
        copy = tmp_path / path.name
        copy.write_text(path.read_text(encoding="utf-8").replace("RNCPXXXX1", "RNCP1"), encoding="utf-8")
        (reading,) = SourceReader([str(copy)]).readings()
        assert reading.fiche is not None
        assert len(reading.fiche.partnerships) == 3
        assert {p.habilitation is not None for p in reading.fiche.partnerships} == {True}
        assert [text for _, text in reading.unread if not text.isdigit()] == []
        codes = [d.code for d in reading.diagnostics]
        assert codes[:2] == ["ENCODAGE", "VERSION-INCONNUE"]
        assert set(codes[2:]) == {"SIRET-INVALIDE", "IDENTIFIANT-INTERNE"}


def test_the_real_fragment_becomes_clean_text_with_its_structure(shared: Path) -> None:
    raw = (shared / "data" / "older-xml" / "V2_fragment_saxy-issue-73_RNCP31214.txt").read_text(encoding="utf-8")
    first = raw[raw.index("<SECTEURS_ACTIVITE>") : raw.index("--- excerpt 2")]
    second = re.sub(
        r"-+\n", "", raw[raw.index("&lt;p&gt;- Diagnostiquer une anomalie") : raw.index("</LISTE_COMPETENCES>")]
    )
    blocks = f"<BLOC_COMPETENCES><CODE>RNCP1BC01</CODE><LIBELLE>U</LIBELLE><LISTE_COMPETENCES>{second}</LISTE_COMPETENCES></BLOC_COMPETENCES>"
    whole = f"{first}</PUBLICATION_DECRET_CREATION><BLOCS_COMPETENCES>{blocks}</BLOCS_COMPETENCES>"
    reading = read(whole)
    assert reading.fiche is not None
    (block,) = reading.fiche.blocks
    assert [c.title[:14] for c in block.competences][:4] == [
        "Diagnostiquer ",
        "Traiter l'eau",
        "Paramétrer et ",
        "Contrôler l'ou",
    ]
    assert len(block.competences) == 8
    assert (block.competences_text or "").startswith("Les modalités d'évaluation sont décrites")
    juries = {
        c.route: (c.is_open, c.jury_word, (c.jury_composition or "").count("\n- "))
        for c in reading.fiche.access_conditions
    }
    assert juries[Route.CA] == (True, None, 2)
    assert {juries[r] for r in (Route.FC, Route.CQ, Route.CL, Route.VAE)} == {(True, "idem", 2)}
    assert (found(reading), reading.unread, reading.share.ratio) == (
        [("TEXTE-PROVISOIRE", "REGLEMENTATIONS_ACTIVITES", "A compléter (Reprise)")],
        (),
        1,
    )
