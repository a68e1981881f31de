"""What the XML reader says about bad values: each defect has its diagnostic, and nothing is lost in silence."""

from __future__ import annotations

import io
from datetime import date

import pytest

from rncp_ld.diagnostics import Diagnostic, Severity, render_line
from rncp_ld.model.codes import SourceSeries
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.activity import judge
from rncp_ld.sources.xml_v4 import read_xml

DOCUMENT = SourceDocument("export.xml", SourceSeries.XML_V4_1, date(2026, 8, 16))
OLD = "ID_FICHE_ANCIENNE_CERTIFICATION"
START = "<NUMERO_FICHE>RNCP100</NUMERO_FICHE><INTITULE>Titre</INTITULE>"


def read_raw(inside: str) -> Reading:
    xml = f"<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>\n<FICHE>{inside}</FICHE></FICHES>"
    (reading,) = read_xml(io.BytesIO(xml.encode()), DOCUMENT)
    return reading


def read(inside: str) -> tuple[Fiche, Reading]:
    reading = read_raw(START + inside)
    assert reading.fiche is not None
    return reading.fiche, reading


def only(reading: Reading) -> Diagnostic:
    (found,) = reading.diagnostics
    assert found.file == "export.xml"
    assert found.line
    assert found.path
    return found


@pytest.mark.parametrize(
    ("inside", "code", "path", "message", "unread"),
    [
        ("<DATE_EFFET>31/02/2020</DATE_EFFET>", "DATE-INVALIDE", "DATE_EFFET", "Attendu : JJ/MM/AAAA.", "31/02/2020"),
        ("<DATE_EFFET>2/9/20</DATE_EFFET>", "DATE-INVALIDE", "DATE_EFFET", "Attendu : JJ/MM/AAAA.", "2/9/20"),
        ("<ETAT_FICHE>Perdue</ETAT_FICHE>", "VALEUR-INCONNUE", "ETAT_FICHE", "Valeur hors de la liste", "Perdue"),
        ("<ACTIF>Peut-être</ACTIF>", "VALEUR-INCONNUE", "ACTIF", "Valeur hors de la liste", "Peut-être"),
        (
            "<NOMENCLATURE_EUROPE><NIVEAU>NIV9</NIVEAU></NOMENCLATURE_EUROPE>",
            "VALEUR-INCONNUE", "NOMENCLATURE_EUROPE/NIVEAU", "Valeur hors de la liste", "NIV9",
        ),
        (
            "<NOMENCLATURE_EUROPE><NIVEAU>NIV7</NIVEAU><LIBELLE>Niveau 6</LIBELLE></NOMENCLATURE_EUROPE>",
            "VALEUR-INCONNUE", "NOMENCLATURE_EUROPE/LIBELLE", "NIVEAU dit « 7 ».", "Niveau 6",
        ),
        (
            "<NOMENCLATURE_EUROPE><LIBELLE>Niveau 6</LIBELLE></NOMENCLATURE_EUROPE>",
            "VALEUR-INCONNUE", "NOMENCLATURE_EUROPE/LIBELLE", "Libellé sans NIVEAU connu.", "Niveau 6",
        ),
        (
            "<SI_JURY_VAE><ACTIF>Si</ACTIF></SI_JURY_VAE>",
            "VALEUR-INCONNUE", "SI_JURY_VAE/ACTIF", "Valeur hors de la liste", "Si",
        ),
        ("<DUREE_ENREGISTREMENT>cinq</DUREE_ENREGISTREMENT>", "NOMBRE-INVALIDE", "DUREE_ENREGISTREMENT", "Nombre", "cinq"),
        ("<ID_FICHE>x1</ID_FICHE>", "NOMBRE-INVALIDE", "ID_FICHE", "Nombre illisible", "x1"),
        (
            "<CODES_ROME><ROME><LIBELLE>Sans code</LIBELLE></ROME></CODES_ROME>",
            "CODE-INVALIDE", "CODES_ROME/ROME", "Libellé sans code.", "Sans code",
        ),
        (
            f"<ANCIENNES_CERTIFICATIONS><ANCIENNE_CERTIFICATION><{OLD}>X12</{OLD}></ANCIENNE_CERTIFICATION></ANCIENNES_CERTIFICATIONS>",
            "CODE-INVALIDE",
            f"ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/{OLD}",
            "Attendu : RNCPn ou RSn.", "X12",
        ),
        ("<NOUVEAU>texte</NOUVEAU>", "ELEMENT-INCONNU", "NOUVEAU", "Élément du XML", "texte"),
        (
            "<CODES_NSF><NSF><CODE>332t</CODE><NIV>a</NIV></NSF></CODES_NSF>",
            "ELEMENT-INCONNU", "CODES_NSF/NSF/NIV", "Élément du XML", "a",
        ),
        ("<CODES_NSF>perdu</CODES_NSF>", "TEXTE-NON-LU", "CODES_NSF", "à la place des éléments", "perdu"),
        ("<CODES_NSF><NSF>là</NSF></CODES_NSF>", "TEXTE-NON-LU", "CODES_NSF/NSF", "à la place des éléments", "là"),
        ("<CORRESPONDANCES><CORRESPONDANCE><SOURCE>ci</SOURCE></CORRESPONDANCE></CORRESPONDANCES>",
            "TEXTE-NON-LU", "CORRESPONDANCES/CORRESPONDANCE/SOURCE", "à la place des éléments", "ci"),
        ("<CODES_NSF>entre<NSF><CODE>332t</CODE></NSF></CODES_NSF>",
            "TEXTE-NON-LU", "CODES_NSF", "Texte entre les éléments.", "entre"),
        ("<CODES_NSF><NSF><CODE>332t</CODE>après</NSF></CODES_NSF>",
            "TEXTE-NON-LU", "CODES_NSF/NSF", "Texte entre les éléments.", "après"),
        ("<ABREGE>TP</ABREGE>", "TEXTE-NON-LU", "ABREGE", "à la place des éléments", "TP"),
        ("<ACTIF>Oui</ACTIF><ACTIF>Non</ACTIF>", "TEXTE-NON-LU", "ACTIF", "Élément répété", "Non"),
        ('<ACTIF lang="fr">Oui</ACTIF>', "TEXTE-NON-LU", "ACTIF", "Attribut lang.", "fr"),
        (
            "<CERTIFICATEURS><CERTIFICATEUR><ETAT_CERTIFICATEUR>Actif</ETAT_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>",
            "TEXTE-NON-LU", "CERTIFICATEURS/CERTIFICATEUR", "Ligne sans nom ni SIRET valide.", "Actif",
        ),
        (
            "<PUBLICATION_DECRET_AUTRE><PUBLICATION_JO><DATE_PUBLICATION_JO>01/01/2020</DATE_PUBLICATION_JO></PUBLICATION_JO></PUBLICATION_DECRET_AUTRE>",
            "TEXTE-NON-LU", "PUBLICATION_DECRET_AUTRE/PUBLICATION_JO", "sans TITRE", "01/01/2020",
        ),
    ],
)  # fmt: skip
def test_a_bad_value_is_reported_and_kept_as_unread(
    inside: str, code: str, path: str, message: str, unread: str
) -> None:
    _, reading = read(inside)
    found = only(reading)
    assert (found.code, found.path, found.fiche) == (code, path, "RNCP100")
    assert message in found.message
    assert [text for _, text in reading.unread] == [unread]
    assert reading.share.total - reading.share.read == sum(len(word) for word in unread.split())


@pytest.mark.parametrize(
    ("number", "excerpt"), [("../../x", "../../x"), ("RNCP34160BC01", "RNCP34160BC01"), ("", None), ("RNCP0", "RNCP0")]
)
def test_a_fiche_without_a_usable_number_is_kept_out(number: str, excerpt: str | None) -> None:
    reading = read_raw(f"<NUMERO_FICHE>{number}</NUMERO_FICHE><INTITULE>Titre</INTITULE>")
    found = only(reading)
    assert reading.fiche is None
    assert reading.number is None
    assert (found.code, found.severity, found.excerpt) == ("NUMERO-INVALIDE", Severity.VIOLATION, excerpt)
    assert reading.share.read == 0 < reading.share.total


def test_a_fiche_without_a_title_is_kept_out() -> None:
    reading = read_raw("<NUMERO_FICHE>RS5</NUMERO_FICHE><INTITULE> </INTITULE>")
    assert (reading.fiche, reading.number) == (None, "RS5")
    assert render_line(only(reading)) == (
        "export.xml:2: violation TITRE-ABSENT [RS5 FICHE] Fiche sans intitulé ; elle n'est pas publiée."
    )


def test_a_title_of_5000_characters_is_kept() -> None:
    reading = read_raw(f"<NUMERO_FICHE>RS5</NUMERO_FICHE><INTITULE>{'é' * 5000}</INTITULE>")
    assert reading.fiche is not None
    assert len(reading.fiche.title) == 5000
    assert (only(reading).code, only(reading).severity) == ("TITRE-LONG", Severity.WARNING)
    assert "Il en a 5000." in only(reading).message


@pytest.mark.parametrize(
    "title",
    [
        "Chef &lt;script&gt;alert(1)&lt;/script&gt;",
        "Chef <script>alert(1)</script>",
        "Chef <![CDATA[<script>alert(1)</script>]]>",
    ],
)
def test_html_in_a_title_is_text(title: str) -> None:
    reading = read_raw(f"<NUMERO_FICHE>RS5</NUMERO_FICHE><INTITULE>{title}</INTITULE>")
    assert reading.fiche is not None
    assert reading.fiche.title == "Chef <script>alert(1)</script>"
    assert (only(reading).code, only(reading).severity) == ("HTML", Severity.INFO)
    assert (only(reading).excerpt or "").startswith("<script>alert(1)")


def test_an_entity_of_html_is_its_character_and_an_ampersand_is_no_entity() -> None:
    fiche, reading = read("<SECTEURS_ACTIVITE>R&amp;D; caf&amp;eacute;</SECTEURS_ACTIVITE>")
    assert fiche.texts.sectors == "R&D; café"
    assert (only(reading).code, only(reading).excerpt) == ("HTML", "&eacute;")
    assert read("<SECTEURS_ACTIVITE>R&amp;D, a &lt; b</SECTEURS_ACTIVITE>")[1].diagnostics == ()


@pytest.mark.parametrize(
    ("code", "kept", "message"),
    [
        ("K", "K", "Niveau supérieur"),
        ("H12", "H12", "Niveau supérieur"),
        ("M1700", "M1700", "Attendu : une lettre et quatre chiffres"),
        ("m1805 ", "M1805", None),
    ],
)
def test_rome_codes_that_name_no_job_are_kept_and_reported(code: str, kept: str, message: str | None) -> None:
    fiche, reading = read(f"<CODES_ROME><ROME><CODE>{code}</CODE><LIBELLE>L</LIBELLE></ROME></CODES_ROME>")
    assert [c.code for c in fiche.rome] == [kept]
    assert reading.share.ratio == 1
    if message is None:
        assert reading.diagnostics == ()
    else:
        assert only(reading).code == "CODE-INVALIDE"
        assert message in only(reading).message


@pytest.mark.parametrize(("code", "problem"), [("33", "Niveau supérieur"), ("9x", "trois chiffres")])
def test_nsf_codes_that_do_not_match_are_kept_and_reported(code: str, problem: str) -> None:
    fiche, reading = read(f"<CODES_NSF><NSF><CODE>{code}</CODE></NSF></CODES_NSF>")
    assert [c.code for c in fiche.nsf] == [code]
    assert problem in only(reading).message


def test_a_bloc_code_of_another_pattern_and_one_that_stands_twice() -> None:
    block = "<BLOC_COMPETENCES><CODE>{}</CODE><LIBELLE>{}</LIBELLE></BLOC_COMPETENCES>"
    codes = ("RNCP100BC01", "RNCP100BCRNCP100BC01", "RNCP100BC01", "01")
    rows = "".join(block.format(code, f"T{i}") for i, code in enumerate(codes))
    fiche, reading = read(f"<BLOCS_COMPETENCES>{rows}</BLOCS_COMPETENCES>")
    assert tuple(b.code for b in fiche.blocks) == codes
    assert [b.position for b in fiche.blocks] == [1, 2, 3, 4]
    assert [(d.code, d.excerpt) for d in reading.diagnostics] == [
        ("CODE-BLOC", "RNCP100BCRNCP100BC01"),
        ("CODE-BLOC", "RNCP100BC01"),
        ("CODE-BLOC", "01"),
    ]
    assert "Ce code sert deux fois dans la fiche." in reading.diagnostics[1].message


def test_a_bloc_without_code_or_with_a_slash_for_a_title() -> None:
    fiche, reading = read(
        "<BLOCS_COMPETENCES><BLOC_COMPETENCES><LIBELLE>/</LIBELLE></BLOC_COMPETENCES>"
        "<BLOC_COMPETENCES/></BLOCS_COMPETENCES>"
    )
    assert [(b.code, b.title) for b in fiche.blocks] == [("", "/")]
    assert [d.code for d in reading.diagnostics] == ["TEXTE-PROVISOIRE", "CODE-BLOC"]


@pytest.mark.parametrize("siret", ["1100440130004", "11004401300041", "ABC", "0" * 14])
def test_a_wrong_siret_names_nobody(siret: str) -> None:
    fiche, reading = read(
        f"<PARTENAIRES><PARTENAIRE><NOM_PARTENAIRE>A</NOM_PARTENAIRE><SIRET_PARTENAIRE>{siret}</SIRET_PARTENAIRE>"
        "</PARTENAIRE></PARTENAIRES>"
    )
    assert fiche.partnerships[0].organisation.siret is None
    assert (only(reading).code, only(reading).excerpt) == ("SIRET-INVALIDE", siret)


def test_a_partner_row_repeated_is_kept_once_and_one_that_differs_is_kept() -> None:
    row = "<PARTENAIRE><NOM_PARTENAIRE>A</NOM_PARTENAIRE><ETAT_HABILITATION>{}</ETAT_HABILITATION></PARTENAIRE>"
    rows = row.format("Actif") + row.format("Inactif") + row.format("Actif")
    fiche, reading = read(f"<PARTENAIRES>{rows}</PARTENAIRES>")
    assert len(fiche.partnerships) == 2
    assert (only(reading).code, only(reading).excerpt) == ("LIGNE-EN-DOUBLE", "A Actif")
    assert reading.share.ratio == 1


def test_an_unknown_element_in_many_rows_is_reported_once() -> None:
    row = "<PARTENAIRE><NOM_PARTENAIRE>A{0}</NOM_PARTENAIRE><UAI>{0}</UAI></PARTENAIRE>"
    _, reading = read(f"<PARTENAIRES>{''.join(row.format(i) for i in range(1, 4))}</PARTENAIRES>")
    assert only(reading).path == "PARTENAIRES/PARTENAIRE/UAI"
    assert "(3 fois dans cette fiche ; ici la première.)" in only(reading).message
    assert [text for _, text in reading.unread] == ["1", "2", "3"]


def test_figures_of_a_year_said_twice_and_impossible_rates() -> None:
    row = "<STATISTIQUES_PROMOTION><ANNEE>{}</ANNEE><TAUX_INSERTION_GLOBAL_6MOIS>{}</TAUX_INSERTION_GLOBAL_6MOIS></STATISTIQUES_PROMOTION>"
    rows = (
        row.format(2020, 90) + row.format(2020, 91) + row.format(2020, 90) + row.format(2021, 140) + row.format("x", 1)
    )
    fiche, reading = read(f"<STATISTIQUES_PROMOTIONS>{rows}</STATISTIQUES_PROMOTIONS>")
    assert [(s.year, s.overall_insertion_rate_6_months) for s in fiche.statistics] == [(2020, 90), (2021, None)]
    assert [d.code for d in reading.diagnostics] == [
        "TEXTE-NON-LU", "LIGNE-EN-DOUBLE", "NOMBRE-INVALIDE", "NOMBRE-INVALIDE", "TEXTE-NON-LU",
    ]  # fmt: skip
    assert "L'année 2020 est déjà décrite, autrement." in reading.diagnostics[0].message
    lost = len("202091") + len("140") + len("x1")
    assert reading.share.total - reading.share.read == lost


@pytest.mark.parametrize(
    ("text", "pages", "note", "code"),
    [
        ("https://a.fr", ("https://a.fr",), None, None),
        ("www.a.fr.", ("http://www.a.fr",), None, None),
        (
            "https://a.fr ; http://b.fr/x(1) et www.c.fr",
            ("https://a.fr", "http://b.fr/x(1)", "http://www.c.fr"),
            None,
            None,
        ),
        ("https://a.fr    https://a.fr", ("https://a.fr",), None, None),
        ("*       *", (), "* *", "TEXTE-PROVISOIRE"),
        ("Voir le site", (), "Voir le site", "URL-INVALIDE"),
        ("javascript:alert(1)", (), "javascript:alert(1)", "URL-INVALIDE"),
        ("http://localhost", (), "http://localhost", "URL-INVALIDE"),
        ("Voir https://a.fr/b, page 2", ("https://a.fr/b",), "Voir https://a.fr/b, page 2", "URL-INVALIDE"),
    ],
)
def test_the_url_field(text: str, pages: tuple[str, ...], note: str | None, code: str | None) -> None:
    fiche, reading = read(f"<LIEN_URL_DESCRIPTION>{text}</LIEN_URL_DESCRIPTION>")
    assert (fiche.pages, fiche.page_note) == (pages, note)
    assert [d.code for d in reading.diagnostics] == ([code] if code else [])
    assert reading.share.ratio == 1


def test_a_placeholder_is_kept_and_marked() -> None:
    fiche, reading = read("<ACTIVITES_VISEES>A compléter (Reprise)</ACTIVITES_VISEES>")
    assert fiche.texts.targeted_activities == "A compléter (Reprise)"
    assert (only(reading).code, only(reading).severity) == ("TEXTE-PROVISOIRE", Severity.INFO)


@pytest.mark.parametrize(
    ("active", "end", "code"),
    [
        ("Oui", "15/08/2026", "ACTIVE-EXPIREE"),
        ("Oui", "16/08/2026", None),
        ("Non", "15/08/2026", None),
        ("Non", "17/08/2026", "INACTIVE-NON-EXPIREE"),
    ],
)
def test_activity_is_judged_on_the_day_of_the_export(active: str, end: str, code: str | None) -> None:
    _, reading = read(f"<ACTIF>{active}</ACTIF><DATE_FIN_ENREGISTREMENT>{end}</DATE_FIN_ENREGISTREMENT>")
    found = judge(reading.activity, DOCUMENT.date, file=DOCUMENT.name, fiche=reading.number)
    assert [d.code for d in found] == ([code] if code else [])


def test_correspondences_without_source_or_target() -> None:
    blocks = "<BLOC_COMPETENCES><CODE>RNCP9BC01</CODE></BLOC_COMPETENCES>"
    fiche, reading = read(
        "<CORRESPONDANCES>"
        "<CORRESPONDANCE><DESTINATION><NUMERO_FICHE>RNCP9</NUMERO_FICHE></DESTINATION></CORRESPONDANCE>"
        f"<CORRESPONDANCE><DESTINATION>{blocks}</DESTINATION></CORRESPONDANCE>"
        f"<CORRESPONDANCE><DESTINATION><NUMERO_FICHE>RNCP8</NUMERO_FICHE>{blocks}</DESTINATION></CORRESPONDANCE>"
        "<CORRESPONDANCE/></CORRESPONDANCES>"
    )
    assert [(e.source_blocks, e.target_fiche, e.target_blocks) for e in fiche.equivalences] == [
        ((), "RNCP9", ()),
        ((), None, ("RNCP9BC01",)),
        ((), "RNCP8", ("RNCP9BC01",)),
    ]
    assert [d.code for d in reading.diagnostics] == ["CODE-INVALIDE", "CODE-BLOC"]
    assert "Correspondance sans NUMERO_FICHE de destination." in reading.diagnostics[0].message


def test_control_and_replacement_characters_are_reported() -> None:
    fiche, reading = read("<SECTEURS_ACTIVITE>caf\ufffd \x93a\x94 x</SECTEURS_ACTIVITE>")
    assert "\ufffd" in (fiche.texts.sectors or "")
    assert only(reading).code == "CARACTERE"
    assert "U+FFFD, U+0093, U+0094." in only(reading).message


def test_a_bloc_without_code_and_title_that_is_repeated_is_one() -> None:
    """It is named by its place, and said to have no title."""
    row = "<BLOC_COMPETENCES><LISTE_COMPETENCES>- Faire    - Dire</LISTE_COMPETENCES></BLOC_COMPETENCES>"
    fiche, reading = read(f"<BLOCS_COMPETENCES>{row}{row}</BLOCS_COMPETENCES>")
    assert [block.title for block in fiche.blocks] == ["Bloc 1"]
    assert {"BLOC-SANS-TITRE", "LIGNE-EN-DOUBLE"} <= {d.code for d in reading.diagnostics}
