"""More made-up fiches of the form, as it was between 2005 and 2018: what each of `fiches/*.txt` shows, and what is read in it."""

from __future__ import annotations

from datetime import date

import pytest

from rncp_ld.model.codes import Route
from rncp_ld.model.fiche import ChangeType, Coded, Fiche, Territory
from rncp_ld.model.legal import LegalRole
from tests.unit.test_text_fiche_variants import codes_of, fiche_of, items, read

CLOSED_FORM = "L'accès à la certification n'est plus possible (La certification existe désormais sous une autre forme"


def authorities(fiche: Fiche) -> list[tuple[str, bool]]:
    return [(mention.verbatim, mention.is_truncated) for mention in fiche.certifier_mentions]


def access(fiche: Fiche) -> dict[str, tuple[bool | None, str | None]]:
    return {item.route.name: (item.is_open, item.jury_word) for item in fiche.access_conditions}


def juries(fiche: Fiche) -> set[str | None]:
    return {item.jury_composition for item in fiche.access_conditions if item.is_open}


class TestProfessionalLicence:
    """`licence-pro.txt`: an unknown abbreviation, three authorities on one line, long places, a heading that nobody knows."""

    def test_the_label_says_the_type_where_the_abbreviation_does_not(self) -> None:
        fiche = fiche_of("licence-pro")
        assert fiche.certification_type == Coded("Licence Professionnelle", "Licence professionnelle")
        assert fiche.title == "Métiers du livre : documentation et bibliothèques"
        assert fiche.printed_title == f"Licence Pro : Licence professionnelle {fiche.title}"

    def test_authorities_on_one_line(self) -> None:
        fiche = fiche_of("licence-pro")
        assert authorities(fiche) == [
            ("Université de Rive-Haute", False),
            ("Université du Val-Dormant", False),
            ("Ministère chargé de l'enseignement supérieur", False),
        ]
        assert fiche.signatories == (
            "Président de l'université de Rive-Haute",
            "Recteur de l'académie, Chancelier des universités",
        )
        assert fiche.elaboration_body == "CNESER"

    def test_codes(self) -> None:
        fiche = fiche_of("licence-pro")
        assert fiche.formacodes == (
            Coded("44028", "médiation sociale"),
            Coded("46301", "documentation"),
            Coded("46349", "bibliothèque"),
        )
        (agreement,) = fiche.collective_agreements
        assert agreement.number == "1486"
        assert [code.code for code in fiche.rome] == ["K1601", "K1602"]

    def test_two_places_on_two_lines(self) -> None:
        texts = fiche_of("licence-pro").texts
        assert texts.certification_places == (
            "Université de Rive-Haute, 12 quai des Bateliers, 99000 Rive-Haute sur Dormant\n\n"
            "Université du Val-Dormant, 3 rue du Moulin, 99200 Val-Dormant"
        )
        assert texts.preparation_places == (
            "IUT de Rive-Haute - département Métiers du livre\n\nCentre de formation des bibliothécaires du Val-Dormant"
        )

    def test_history(self) -> None:
        fiche = fiche_of("licence-pro")
        title, replacement = fiche.change_events
        assert (title.type, title.new_title) == (ChangeType.TITLE, fiche.title)
        assert (replacement.type, replacement.new_title) == (ChangeType.OTHER, None)
        assert fiche.predecessors == ("RNCP2912",)
        assert [(mention.title, mention.number) for mention in fiche.predecessor_mentions] == [
            ("Métiers de l'édition", None),
            ("Métiers de l'édition", "RNCP2912"),
        ]

    def test_an_unknown_heading_in_bold(self) -> None:
        reading, fiche = read("licence-pro")
        remarks = [(120, "Autres remarques :"), (122, "La licence est ouverte en alternance depuis 2014.")]
        assert list(reading.unread) == remarks
        assert fiche.page_note is None
        assert codes_of(reading) == [("TEXTE-NON-LU", 120), ("TEXTE-NON-LU", 122)]


class TestFiveBlocks:
    """`cinq-blocs.txt`: a bloc of twelve lines, one whose left cell is the longer one, one with bullets, one that is prose."""

    def test_blocks(self) -> None:
        blocks = fiche_of("cinq-blocs").blocks
        assert [(block.code, block.title, len(block.competences)) for block in blocks] == [
            ("RNCP31980BC01", "Préparer les cultures sous abri", 2),
            ("RNCP31980BC02", "Conduire les cultures", 8),
            (
                "RNCP31980BC03",
                "Récolter, trier, conditionner et expédier les légumes produits sous abri dans le respect des règles d'hygiène",
                1,
            ),
            ("RNCP31980BC04", "Entretenir", 3),
            ("RNCP31980BC05", "Vendre", 0),
        ]
        assert items(blocks[1])[-2:] == ["Tenir à jour le cahier de culture.", "Rendre compte de son activité."]
        assert blocks[1].assessment_method == (
            "mise en situation professionnelle sur plateau technique, entretien de 30 minutes."
        )
        assert items(blocks[3])[1] == "Détecter une panne simple et prévenir le service de maintenance"
        assert blocks[4].competences_text == (
            "Le candidat est évalué sur un dossier qu'il présente devant le jury. Ce bloc est facultatif."
        )

    def test_idem_by_the_name_of_a_row_that_says_idem(self) -> None:
        fiche = fiche_of("cinq-blocs")
        assert access(fiche) == {
            "FI": (False, None),
            "CA": (True, None),
            "FC": (True, "idem"),
            "CQ": (True, "idem ci-dessus"),
            "CL": (False, None),
            "VAE": (True, "Idem formation continue"),
        }
        (jury,) = juries(fiche)
        assert jury is not None
        assert jury.endswith("Il est composé de professionnels du métier. (Art. R 338-6 du Code de l'Education)")

    def test_equivalences_with_numbers(self) -> None:
        reading, fiche = read("cinq-blocs")
        assert [
            (mention.certification_type, mention.number)
            for mention in (item.mention for item in fiche.equivalences)
            if mention
        ] == [("BPA", "RNCP15151"), ("CAPA", "RNCP24928"), ("CQP", None)]
        assert [text for _, text in reading.unread] == ["Autres certifications :", "CAP Jardinier paysagiste"]


class TestWords:
    """`mots-oui-non.txt`: a CQP in capitals, "Oui" and "Non" as marks, a jury over several lines, both territories."""

    def test_authorities_and_signatories(self) -> None:
        fiche = fiche_of("mots-oui-non")
        assert authorities(fiche) == [
            ("Commission paritaire nationale de l'emploi (CPNE) de la meunerie", False),
            ("Fédération des moulins de France", False),
        ]
        assert fiche.signatories == ("Président de la CPNE", "Vice-président de la CPNE")

    def test_access(self) -> None:
        fiche = fiche_of("mots-oui-non")
        assert access(fiche) == {
            "FI": (False, None),
            "CA": (False, None),
            "FC": (True, None),
            "CQ": (True, "idem"),
            "CL": (True, "Même jury que pour la formation continue"),
            "VAE": (True, "Idem ci-dessus"),
        }
        assert juries(fiche) == {
            "Jury paritaire :\n\n- un représentant des employeurs ;\n- un représentant des salariés ;\n- un formateur avec voix consultative."
        }
        assert fiche.accessible_in == (Territory.NEW_CALEDONIA, Territory.FRENCH_POLYNESIA)

    def test_two_items_on_one_line(self) -> None:
        (block,) = fiche_of("mots-oui-non").blocks
        assert items(block) == ["Répartir les tâches", "Planifier les arrêts", "Transmettre les consignes"]

    def test_codes_parted_by_commas_semicolons_and_nothing(self) -> None:
        fiche = fiche_of("mots-oui-non")
        assert [code.code for code in fiche.rome] == ["H2102", "H2504", "H2503"]
        assert [code.code for code in fiche.formacodes] == ["21554", "32032", "21547"]
        assert [agreement.number for agreement in fiche.collective_agreements] == ["1930", "3109"]

    def test_of_several_registrations_none_is_chosen(self) -> None:
        fiche = fiche_of("mots-oui-non")
        assert (fiche.registration_duration, fiche.registration_end, fiche.effective_date) == (None, None, None)
        assert fiche.validity_unlimited is True

    def test_equivalences_and_predecessor(self) -> None:
        fiche = fiche_of("mots-oui-non")
        assert [item.mention.number for item in fiche.equivalences if item.mention] == ["RNCP1234", "RNCP1235"]
        assert fiche.predecessors == ("RNCP2210",)
        assert fiche.texts.international_agreements == (
            "Oui, dans le cadre de l'accord de la Confédération européenne de la meunerie du 3 mai 2006"
        )

    def test_a_domain_instead_of_a_level_is_left(self) -> None:
        assert read("mots-oui-non")[0].unread == ((20, "221 Agro-alimentaire, alimentation, cuisine"),)


class TestOnDemandAndActive:
    """`sur-demande-active.txt`: "Enregistré pour cinq ans par arrêté…", statistics, sub-headings in the summary."""

    def test_registration(self) -> None:
        fiche = fiche_of("sur-demande-active")
        assert (fiche.registration_duration, fiche.registration_end) == (5, date(2018, 11, 27))
        assert (fiche.is_active, fiche.texts.closure_note) == (None, None)

    def test_title_with_a_colon_and_no_type(self) -> None:
        reading, fiche = read("sur-demande-active")
        assert (fiche.title, fiche.certification_type) == ("Manager de la stratégie : achats et logistique", None)
        assert (reading.unread, codes_of(reading)) == ((), [])

    def test_authorities(self) -> None:
        assert authorities(fiche_of("sur-demande-active")) == [
            ("Groupe ESC Vallée-Noire", False),
            ("Chambre de commerce et d'industrie de la Vallée-Noire", False),
        ]

    def test_a_title_replaced_by_another(self) -> None:
        fiche = fiche_of("sur-demande-active")
        first, second = fiche.change_events
        assert (first.type, first.new_title) == (ChangeType.OTHER, None)
        assert (second.type, second.new_title, second.date) == (ChangeType.TITLE, fiche.title, date(2013, 11, 19))
        assert (fiche.successors, fiche.predecessors) == ((), ())

    def test_texts(self) -> None:
        texts = fiche_of("sur-demande-active").texts
        assert texts.statistics_note is not None
        assert texts.statistics_note.endswith("2011 : 31\n\n2012 : 36\n\n2013 : 38")
        assert texts.accessible_jobs is not None
        assert texts.job_summary is not None
        assert "A - Définition de la politique d'achats" in texts.job_summary


class TestCommasInOneName:
    """`autorites-a-virgules.txt`: a closed diploma; ministries with commas in their names, a long legal section, no bloc."""

    def test_authorities(self) -> None:
        fiche = fiche_of("autorites-a-virgules")
        assert authorities(fiche) == [
            ("Ministère de la santé, de la jeunesse et des sports", False),
            ("Ministère chargé des affaires sociales, Direction générale de la cohésion sociale", False),
        ]
        assert fiche.signatories == ("Préfet de région, directeur régional de la jeunesse et des sports",)
        assert fiche.elaboration_body == "CPC du travail social et de l'intervention sociale"

    def test_closed(self) -> None:
        fiche = fiche_of("autorites-a-virgules")
        assert fiche.is_active is False
        assert fiche.texts.closure_note is not None
        assert fiche.texts.closure_note.startswith(CLOSED_FORM)
        assert fiche.blocks == ()

    def test_the_new_title_belongs_to_the_change_that_tells_it(self) -> None:
        fiche = fiche_of("autorites-a-virgules")
        (event,) = fiche.change_events
        assert (event.type, event.new_title) == (ChangeType.TITLE, "Accompagnant éducatif de séjours")
        assert event.date == date(2016, 1, 29)
        assert fiche.successors == ("RNCP36004",)

    def test_creation_acts(self) -> None:
        fiche = fiche_of("autorites-a-virgules")
        creation = [mention for mention in fiche.legal_mentions if LegalRole.CREATION in mention.roles]
        assert [(len(mention.acts), len(mention.cited_acts)) for mention in creation] == [(1, 0), (1, 3), (0, 0)]


class TestPages:
    """`pages-coupees.txt`: ends of pages in a sentence, in the bloc table and in the table of access routes."""

    def test_a_sentence_over_two_pages(self) -> None:
        summary = fiche_of("pages-coupees").texts.job_summary
        assert summary is not None
        assert summary.endswith("réunit les acteurs et propose des scénarios d'aménagement.")

    def test_a_bloc_over_two_pages(self) -> None:
        first, second = fiche_of("pages-coupees").blocks
        assert (first.title, items(first)) == (
            "Analyser les usages du littoral",
            ["Analyser les usages du littoral.", "Recueillir la parole des usagers, des élus et des associations."],
        )
        assert (second.title, items(second)) == ("Proposer un scénario", ["Concevoir un scénario."])

    def test_access_over_two_pages(self) -> None:
        fiche = fiche_of("pages-coupees")
        assert [(item.route, item.is_open) for item in fiche.access_conditions] == [
            (Route.FI, True),
            (Route.CA, False),
            (Route.FC, True),
            (Route.CQ, False),
            (Route.CL, True),
            (Route.VAE, True),
        ]
        assert fiche.access_conditions[-1].jury_composition == "Idem + deux professionnels"

    def test_authorities_and_signatories(self) -> None:
        fiche = fiche_of("pages-coupees")
        assert [name for name, _ in authorities(fiche)] == [
            "Université Lumière du Nord - Lille 8",
            "Université de Port-Haut",
            "Université de Port-Bas",
            "Ministère chargé de l'enseignement supérieur",
        ]
        assert fiche.signatories[-1] == "Recteur de l'académie, Chancelier des universités"

    def test_history(self) -> None:
        fiche = fiche_of("pages-coupees")
        assert fiche.predecessors == ("RNCP4410", "RNCP4411")
        title = fiche.change_events[-1]
        assert (title.new_title, title.date) == ("Médiation et aménagement des littoraux", date(2014, 2, 4))
        assert title.successor is not None

    def test_labels_in_one_rubric(self) -> None:
        texts = fiche_of("pages-coupees").texts
        assert texts.sectors == "Collectivités, parcs naturels, bureaux d'études"
        assert texts.accessible_jobs == "Chargé de mission littoral, médiateur"


class TestBreaks:
    """`sauts-en-html.txt`: tables with pipes, and `<br>` where a cell has several lines."""

    def test_all_of_it_is_read(self) -> None:
        reading, _ = read("sauts-en-html")
        assert (reading.unread, codes_of(reading)) == ((), [])
        assert reading.share.ratio == 1

    def test_cells_of_several_lines(self) -> None:
        fiche = fiche_of("sauts-en-html")
        assert authorities(fiche) == [("Ministère chargé des sports et de la jeunesse", False)]
        assert fiche.elaboration_body == "CPC des métiers du sport et de l'animation"
        assert [(block.title, items(block), block.assessment_method) for block in fiche.blocks] == [
            (
                "UC1 : Encadrer tout public",
                ["Communiquer dans les situations de la vie professionnelle", "Prendre en compte les publics"],
                "dossier et entretien",
            ),
            ("UC2 : Mettre en œuvre un projet d'animation", ["Concevoir un projet", "Conduire un projet"], None),
        ]
        assert access(fiche)["FI"] == (True, None)
        assert [item.mention.number for item in fiche.equivalences if item.mention] == ["RNCP501", "RNCP502"]
        assert [agreement.number for agreement in fiche.collective_agreements] == ["2511", "1518"]

    def test_new_title_inside_an_event(self) -> None:
        (event,) = fiche_of("sauts-en-html").change_events
        assert (event.new_title, event.date) == ("Educateur sportif, mention pirogue", date(2016, 12, 5))


class TestSchoolDiploma:
    """`bac-pro.txt`: a summary without final stops, blank lines inside sentences, statistics in a table, two successors."""

    def test_the_summary_s_statements_do_not_cut_the_table_s(self) -> None:
        first, second = fiche_of("bac-pro").blocks
        assert items(first) == [
            "Informer le public. (épreuve E2, coefficient 4)",
            "Orienter le public vers les services compétents.",
        ]
        assert items(second) == [
            "Surveiller les plages : repérer les dangers, alerter les secours",
            "Sensibiliser le public",
        ]
        assert second.assessment_method == "contrôle en cours de formation"

    def test_blank_lines_inside_sentences(self) -> None:
        texts = fiche_of("bac-pro").texts
        assert texts.sectors is not None
        assert texts.sectors.endswith("syndicats mixtes et établissements publics.")
        assert texts.accessible_jobs == "Agent d'accueil ; surveillant de plage ; agent portuaire."

    def test_a_table_of_figures_keeps_its_cells_apart(self) -> None:
        assert fiche_of("bac-pro").texts.statistics_note == (
            "Session | Présentés | Admis\n\n2009 | 1 204 | 988\n\n2010 | 1 310 | 1 075"
        )

    def test_a_jury_as_a_list_with_blank_lines(self) -> None:
        (jury,) = juries(fiche_of("bac-pro"))
        assert jury is not None
        assert jury.split("\n") == [
            "Le jury comprend :",
            "",
            "- un enseignant-chercheur, président ;",
            "- des professeurs ;",
            "- des membres de la profession : un employeur, un salarié.",
        ]

    def test_history(self) -> None:
        fiche = fiche_of("bac-pro")
        assert (fiche.predecessors, fiche.successors) == (("RNCP571",), ("RNCP7572", "RNCP7573"))
        assert [event.new_title for event in fiche.change_events] == [None, "Services du littoral", None, None]

    def test_a_name_over_three_lines(self) -> None:
        assert authorities(fiche_of("bac-pro")) == [
            ("MINISTERE DE L'EDUCATION NATIONALE, DE L'ENSEIGNEMENT SUPERIEUR ET DE LA RECHERCHE", False)
        ]

    def test_all_of_it_is_read(self) -> None:
        assert read("bac-pro")[0].unread == ()


class TestWithoutCells:
    """`sans-cellules.txt`: no blank line and no cell is left: what has no column gives no answer."""

    def test_marks_without_columns(self) -> None:
        reading, fiche = read("sans-cellules")
        assert {item.is_open for item in fiche.access_conditions} == {None}
        assert len(fiche.access_conditions) == 6
        assert (fiche.accessible_in, fiche.not_accessible_in) == ((), ())
        assert [code for code, _ in codes_of(reading)] == ["VALEUR-INCONNUE"] * 8 + ["URL-INVALIDE"]

    def test_jury(self) -> None:
        fiche = fiche_of("sans-cellules")
        text = "Décret n°95-665 du 9 mai 1995 portant règlement général du BTS"
        assert {item.jury_composition for item in fiche.access_conditions} == {text}

    def test_authorities_and_signatory(self) -> None:
        fiche = fiche_of("sans-cellules")
        assert [name for name, _ in authorities(fiche)] == ["MINISTERE DE L'EDUCATION NATIONALE", "MINISTERE DE LA MER"]
        assert (fiche.signatories, fiche.elaboration_body) == (("Recteur de l'académie",), "15ème CPC")
        assert fiche.rome[-1].label == "Installation et maintenance d'équipements industriels et d'exploitation"


class TestSmallHeadings:
    """`titres-petits.txt`: headings of five and six `#`, labels of routes over three lines, an unknown rubric at the end."""

    def test_routes_and_territories(self) -> None:
        fiche = fiche_of("titres-petits")
        assert {name: is_open for name, (is_open, _) in access(fiche).items()} == {
            "FI": True,
            "CA": True,
            "FC": True,
            "CQ": False,
            "CL": False,
            "VAE": True,
        }
        assert fiche.not_accessible_in == (Territory.NEW_CALEDONIA, Territory.FRENCH_POLYNESIA)

    def test_a_heading_s_word_in_the_summary(self) -> None:
        fiche = fiche_of("titres-petits")
        assert fiche.texts.job_summary is not None
        assert fiche.texts.job_summary.endswith("Niveau : ingénieur")
        assert (fiche.level_1969, fiche.level) == ("I", "7")

    def test_history(self) -> None:
        became, merged = fiche_of("titres-petits").change_events
        assert (became.new_title, became.date) == (fiche_of("titres-petits").title, date(2018, 1, 24))
        assert (merged.type, merged.new_title, merged.successor) == (ChangeType.OTHER, None, None)
        assert fiche_of("titres-petits").predecessors == ()

    def test_unknown_rubric(self) -> None:
        assert [text for _, text in read("titres-petits")[0].unread] == [
            "Autres informations utiles",
            "Contact : scolarite@esm.example",
        ]


@pytest.mark.parametrize(
    "name",
    ["licence-pro", "cinq-blocs", "mots-oui-non", "sur-demande-active", "autorites-a-virgules", "pages-coupees", "bac-pro",
     "sauts-en-html", "sans-cellules", "titres-petits"],
)  # fmt: skip
def test_nearly_all_of_each_is_read(name: str) -> None:
    assert read(name)[0].share.ratio > 0.97
