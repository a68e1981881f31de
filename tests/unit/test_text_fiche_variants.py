"""Made-up fiches of the same form: `fiches/*.txt`, each with its own ways of printing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import ChangeType, Coded, CollectiveAgreement, CompetenceBlock, Fiche, Territory
from rncp_ld.model.legal import LegalRole
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.text_fiche import looks_like_text_fiche, read_text_fiche

FICHES = Path(__file__).parent / "fiches"


def read(name: str) -> tuple[Reading, Fiche]:
    text = (FICHES / f"{name}.txt").read_text(encoding="utf-8")
    assert looks_like_text_fiche(text)
    reading = read_text_fiche(text, SourceDocument(f"{name}.txt", SourceSeries.TEXT))
    assert reading.fiche is not None
    return reading, reading.fiche


def fiche_of(name: str) -> Fiche:
    return read(name)[1]


def codes_of(reading: Reading) -> list[tuple[str, int | None]]:
    return [(found.code, found.line) for found in reading.diagnostics if found.code != "CITATION-NON-LUE"]


def items(block: CompetenceBlock) -> list[str]:
    return [item.title for item in block.competences]


class TestCapitals:
    """`capitales.txt`: plain headings in capitals, a page's header inside a rubric, many values in each rubric, an active fiche."""

    def test_identity(self) -> None:
        fiche = fiche_of("capitales")
        assert fiche.number == "RNCP41207"
        assert fiche.certification_type == Coded("BTS", "Brevet de technicien supérieur")
        assert fiche.title == "Gestion des espaces fictifs"
        assert fiche.is_active is None
        assert fiche.texts.closure_note is None
        assert (fiche.level, fiche.level_1969) == (None, None)

    def test_several_authorities_and_signatories(self) -> None:
        fiche = fiche_of("capitales")
        assert [(mention.verbatim, mention.is_truncated) for mention in fiche.certifier_mentions] == [
            ("MINISTÈRE CHARGÉ DE L'ENSEIGNEMENT SUPÉRIEUR", False),
            ("Université de la Côte imaginaire", False),
            ("Chambre de commerce et d'industrie de Ville-Neuve", False),
        ]
        assert fiche.signatories == ("Recteur de l'académie", "Président de l'université de la Côte imaginaire")
        assert fiche.elaboration_body == "CPC Bâtiment"

    def test_labels_hold_commas(self) -> None:
        assert fiche_of("capitales").nsf == (
            Coded("230", "Spécialités pluritechnologiques, génie civil, construction, bois"),
            Coded("213t", "Exploitation forestière"),
            Coded("34", "Échanges et gestion"),
        )

    def test_formacodes_and_conventions(self) -> None:
        fiche = fiche_of("capitales")
        assert fiche.formacodes == (
            Coded("22254", "Bâtiment gros œuvre"),
            Coded("21027", "Aménagement paysager"),
            Coded("12522"),
        )
        assert fiche.collective_agreements == (
            CollectiveAgreement("3109", is_idcc=False, label="Métallurgie (accords nationaux)"),
            CollectiveAgreement("1486", False, "Bureaux d'études techniques, cabinets d'ingénieurs-conseils"),
            CollectiveAgreement("2216", True, "Commerce de détail et de gros à prédominance alimentaire"),
        )

    def test_lines_are_joined_and_lists_are_kept(self) -> None:
        fiche = fiche_of("capitales")
        assert str(fiche.texts.job_summary).split("\n\n") == [
            (
                "Le gestionnaire d'espaces fictifs organise les chantiers, répartit les équipes et veille au respect des délais. "
                "Il rend compte au maître d'ouvrage et tient à jour les documents de l'opération."
            ),
            "Statistiques",
            "Ses outils sont :",
            "- le relevé de terrain ;\n- le tableau de suivi, qui réunit les coûts et les délais ;\n- le compte rendu.",
        ]
        assert fiche.texts.statistics_note == "85 % des diplômés de 2015 ont un emploi à six mois."

    def test_three_paragraphs_of_sectors_and_jobs_stay_together(self) -> None:
        reading, fiche = read("capitales")
        assert fiche.texts.sectors == "Bâtiment.\n\nCollectivités.\n\nChef d'équipe, conducteur de travaux."
        assert fiche.texts.accessible_jobs is None
        assert ("RUBRIQUE-AMBIGUE", 47) in codes_of(reading)

    def test_a_page_header_does_not_end_a_rubric(self) -> None:
        expected = "L'exercice suppose l'habilitation prévue par le règlement du chantier."
        assert fiche_of("capitales").texts.activity_regulation == expected

    def test_marks_and_idem(self) -> None:
        conditions = fiche_of("capitales").access_conditions
        assert [(item.route, item.is_open, item.jury_word) for item in conditions] == [
            (Route.FI, True, None),
            (Route.CA, True, "Idem"),
            (Route.FC, True, "Idem."),
            (Route.CQ, False, None),
            (Route.CL, True, None),
            (Route.VAE, True, "idem ci-dessus"),
        ]
        two = "Deux enseignants et un professionnel, nommés par le recteur."
        assert [item.jury_composition for item in conditions] == [
            *(two, two, two), None, "Trois professionnels.", "Trois professionnels.",
        ]  # fmt: skip

    def test_territories(self) -> None:
        fiche = fiche_of("capitales")
        assert fiche.accessible_in == (Territory.NEW_CALEDONIA,)
        assert fiche.not_accessible_in == (Territory.FRENCH_POLYNESIA,)

    def test_links(self) -> None:
        fiche = fiche_of("capitales")
        assert fiche.equivalences == ()
        assert fiche.texts.international_agreements == "Reconnaissance par la Confédération imaginaire"
        assert [mention.verbatim for mention in fiche.predecessor_mentions] == ["BTS Gestion des espaces"]

    def test_each_act_is_a_paragraph(self) -> None:
        creation = [m.verbatim for m in fiche_of("capitales").legal_mentions if LegalRole.CREATION in m.roles]
        assert creation == [
            "Arrêté du 12/02/2014 publié au JO du 05/03/2014",
            "Arrêté du 03/09/2015 publié au JO du 20/09/2015",
        ]

    def test_pages_places_and_validity(self) -> None:
        fiche = fiche_of("capitales")
        assert fiche.pages == ("http://www.exemple.fr/bts", "http://www.exemple.org")
        assert fiche.page_note == "S'adresser au rectorat"
        assert fiche.texts.preparation_places == "Lycée des Deux-Rives\n\nLycée du Haut-Val"
        assert (fiche.component_validity, fiche.validity_unlimited) == (None, True)

    def test_all_of_it_is_read(self) -> None:
        reading, _ = read("capitales")
        assert reading.unread == ()
        assert codes_of(reading) == [
            ("CODE-INVALIDE", 24),
            ("RUBRIQUE-AMBIGUE", 47),
            ("TEXTE-PROVISOIRE", 89),
            ("TEXTE-PROVISOIRE", 102),
            ("URL-INVALIDE", 116),
        ]


class TestBold:
    """`gras.txt`: headings in bold, in the middle of lines, in another order; blocs with titles of other forms and cell cuts."""

    def test_codes_around_another_heading(self) -> None:
        fiche = fiche_of("gras")
        assert [coded.code for coded in fiche.rome] == ["B1604", "H1404", "H1210", "I1310"]
        assert fiche.rome[0].label == "Réparation - montage en systèmes horlogers"
        assert fiche.texts.activity_regulation == "Aucune autorisation n'est demandée."
        assert (fiche.level_1969, fiche.level) == ("V", "3")
        assert fiche.nsf == (Coded("251r", "Contrôle en mécanique"),)
        assert fiche.formacodes == (Coded("31624"),)

    def test_blocks_with_other_titles(self) -> None:
        first, second, third = fiche_of("gras").blocks
        assert (first.code, first.title) == ("RNCP512BC01", "Démonter et nettoyer une boussole")
        assert items(first) == [
            "Identifier les pièces.",
            "Ranger les outils dans l'ordre prévu.",
            "Nettoyer le cadran.",
            "Remonter l'ensemble selon la notice.",
        ]
        assert (second.code, second.title) == ("RNCP512BC02", "Régler l'aiguille")
        assert items(second) == ["Mesurer l'écart ;", "Corriger l'écart avec une clé de réglage."]
        assert second.competences_text == "Le candidat est capable de :"
        assert second.assessment_method == "épreuve pratique de deux heures, devant le jury."
        assert (third.code, third.title, items(third)) == ("RNCP512BC03", "Conseiller le client", [])
        assert third.competences_text == "Ce bloc porte sur l'accueil du client.\n\nIl est évalué à l'oral."

    def test_sectors_and_jobs_with_labels(self) -> None:
        texts = fiche_of("gras").texts
        assert (texts.sectors, texts.accessible_jobs) == ("Marine, montagne.", "Réparateur.")

    def test_access(self) -> None:
        conditions = {item.route: item for item in fiche_of("gras").access_conditions}
        assert conditions[Route.FI].jury_composition == "Un maître d'apprentissage et un horloger."
        assert conditions[Route.CA].is_open is False
        assert conditions[Route.CA].jury_word == "Idem formation continue"
        assert conditions[Route.CA].jury_composition == conditions[Route.FC].jury_composition == "Deux horlogers."
        assert conditions[Route.CL].is_open is None
        assert Route.VAE not in conditions

    def test_equivalences(self) -> None:
        mentions = [item.mention for item in fiche_of("gras").equivalences if item.mention]
        assert [(mention.certification_type, mention.title, mention.is_generic) for mention in mentions] == [
            ("CAPA", "Berger (option alpage ; option vallée)", False),
            ("BTS", None, True),
            ("Licence Professionnelle", "Instruments", False),
            (None, "Boussole", False),
        ]

    def test_history_of_several_events(self) -> None:
        fiche = fiche_of("gras")
        creation, second, first, _ = fiche.change_events
        assert creation.type is ChangeType.OTHER
        assert second.new_title == "Réparateur d'instruments d'orientation"
        assert second.date == date(2011, 6, 14)
        assert second.successor is not None
        assert second.successor.title == "Réparateur d'instruments d'orientation"
        assert second.successor.certification_type == "CAP"
        assert (first.type, first.new_title, first.date) == (ChangeType.TITLE, None, date(2008, 6, 10))
        assert fiche.successors == ("RNCP40512",)

    def test_a_second_successor_is_an_event_of_its_own(self) -> None:
        last = fiche_of("gras").change_events[-1]
        assert (last.type, last.verbatim) == (ChangeType.OTHER, "Certification suivante : CAP Horloger")

    def test_authority_cut_at_its_end(self) -> None:
        (mention,) = fiche_of("gras").certifier_mentions
        assert mention.is_truncated
        assert fiche_of("gras").component_validity == "P24M"

    def test_all_of_it_is_read(self) -> None:
        reading, _ = read("gras")
        assert reading.unread == ()
        assert codes_of(reading) == [("CELLULE-REPETEE", 39), ("TEXTE-PROVISOIRE", 67), ("VALEUR-TRONQUEE", 79)]


class TestSpaces:
    """`espaces.txt`: tables laid out with spaces only."""

    def test_authorities(self) -> None:
        fiche = fiche_of("espaces")
        assert [mention.verbatim for mention in fiche.certifier_mentions] == [
            "Université de Rive-Haute",
            "Université de Rive-Basse",
        ]
        assert fiche.signatories == ("Le président de l'université", "Le recteur, chancelier des universités")
        assert fiche.elaboration_body == "Commission pédagogique nationale"

    def test_a_colon_in_the_title(self) -> None:
        fiche = fiche_of("espaces")
        assert fiche.certification_type == Coded("Licence Professionnelle", "Licence professionnelle")
        assert fiche.title == "Sciences humaines et sociales, mention « médiation : cartes et plans »"

    def test_blocks(self) -> None:
        assert [(block.code, block.title, items(block)) for block in fiche_of("espaces").blocks] == [
            ("RNCP7001BC01", "Cartographier un territoire", ["Lire une carte.", "Tracer un plan à l'échelle."]),
            ("RNCP7001BC02", "Animer", ["Animer une réunion.", "Rendre compte."]),
        ]

    def test_marks_under_their_columns(self) -> None:
        fiche = fiche_of("espaces")
        assert [(item.route.name, item.is_open) for item in fiche.access_conditions] == [
            ("FI", True),
            ("CA", True),
            ("FC", False),
            ("CL", False),
            ("VAE", True),
        ]
        assert fiche.access_conditions[0].jury_composition == "Jury nommé par le président de l'université"
        assert fiche.access_conditions[1].jury_word == "idem"
        assert fiche.accessible_in == (Territory.NEW_CALEDONIA,)
        assert fiche.not_accessible_in == (Territory.FRENCH_POLYNESIA,)
        assert fiche.texts.international_agreements == "Accord de Rive de 1998"

    def test_all_of_it_is_read(self) -> None:
        assert read("espaces")[0].unread == ()


class TestOnDemand:
    """`sur-demande.txt`: a fiche without type, without blocs and without most rubrics."""

    def test_a_title_without_type(self) -> None:
        reading, fiche = read("sur-demande")
        assert fiche.certification_type is None
        assert fiche.title == "Responsable de projet en cabotage : stratégie et développement"
        assert fiche.printed_title is None
        assert codes_of(reading) == []

    def test_dates_and_durations(self) -> None:
        fiche = fiche_of("sur-demande")
        assert fiche.decision_date == date(2016, 7, 11)
        assert fiche.registration_end == date(2019, 7, 19)
        assert fiche.registration_duration == 3
        assert fiche.component_validity == "P5Y"

    def test_what_is_not_there(self) -> None:
        fiche = fiche_of("sur-demande")
        assert (fiche.blocks, fiche.access_conditions, fiche.equivalences, fiche.rome) == ((), (), (), ())
        assert (fiche.level_1969, fiche.texts.job_summary) == (None, None)

    def test_signatories_on_one_line(self) -> None:
        assert fiche_of("sur-demande").signatories == ("Directrice de l'école", "Président du jury")

    def test_citations(self) -> None:
        fiche = fiche_of("sur-demande")
        creation = [mention for mention in fiche.legal_mentions if LegalRole.CREATION in mention.roles]
        other = [mention.verbatim for mention in fiche.legal_mentions if LegalRole.OTHER in mention.roles]
        assert len(creation) == 1
        assert creation[0].verbatim.endswith("jusqu'au 19 juillet 2019.")
        assert other == ["Loi n° 2002-73 du 17 janvier 2002", "Décret n° 2002-616 du 26 avril 2002"]

    def test_a_successor_without_history(self) -> None:
        (event,) = fiche_of("sur-demande").change_events
        assert event.type is ChangeType.OTHER
        assert event.successor is not None
        assert event.successor.verbatim == "Directeur de cabotage"


class TestOrder:
    """`ordre.txt`: rubrics in another order, numbered frames, pipes, a summary that differs from the table."""

    def test_identity_from_the_end(self) -> None:
        fiche = fiche_of("ordre")
        assert (fiche.number, fiche.title, fiche.is_active) == ("RNCP88", "Gardien de phare", False)
        assert fiche.texts.closure_note == "L'accès à la certification n'est plus possible"
        assert fiche.level_1969 == "V-bis"

    def test_the_table_wins_over_the_summary(self) -> None:
        reading, fiche = read("ordre")
        first, second = fiche.blocks
        assert items(first) == ["Allumer la lampe.", "Surveiller la mer et consigner ce qui est vu."]
        assert items(second) == ["Repeindre la tour.", "Graisser la lampe."]
        different = next(found for found in reading.diagnostics if found.code == "COMPETENCE-DIVERGENTE")
        assert (different.line, different.excerpt) == (44, "Repeindre la tour.")
        assert "Peindre la tour." in different.message

    def test_both_columns_marked_is_no_answer(self) -> None:
        reading, fiche = read("ordre")
        assert [(item.route.name, item.is_open) for item in fiche.access_conditions] == [
            ("VAE", True),
            ("CA", None),
            ("CQ", None),
        ]
        assert ("VALEUR-INCONNUE", 21) in codes_of(reading)

    def test_a_citation_over_two_lines(self) -> None:
        vae = [mention.verbatim for mention in fiche_of("ordre").legal_mentions if LegalRole.VAE in mention.roles]
        assert vae == [
            "Décret n°2016-954 du 11 juillet 2016",
            "Arrêté du 21 juillet 2016 relatif aux modalités d'agrément des organismes visés à l'article R. 338-8 du code de l'éducation",
        ]

    def test_a_placeholder_is_kept_and_said(self) -> None:
        reading, fiche = read("ordre")
        assert fiche.texts.statistics_note == "Néant"
        assert ("TEXTE-PROVISOIRE", 5) in codes_of(reading)
