"""Juries that refer to another route's: what counts as a reference, where it leads, and what is said when it leads nowhere."""

from __future__ import annotations

import io

import pytest

from rncp_ld.model.codes import Route, SourceSeries
from rncp_ld.model.fiche import AccessCondition
from rncp_ld.model.reading import Reading, SourceDocument
from rncp_ld.sources.xml_v4 import read_xml
from rncp_ld.sources.xml_v4.references import reference_of

DOCUMENT = SourceDocument("export.xml", SourceSeries.XML_V4_1)
FI, CA, FC, CL, VAE = Route.FI, Route.CA, Route.FC, Route.CL, Route.VAE


def read(**juries: str) -> Reading:
    """Read a fiche with open routes and their juries."""
    routes = "".join(
        f"<SI_JURY_{name}><ACTIF>Oui</ACTIF><COMPOSITION>{text}</COMPOSITION></SI_JURY_{name}>"
        for name, text in juries.items()
    )
    fiche = f"<FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><INTITULE>A</INTITULE>{routes}</FICHE>"
    (reading,) = read_xml(io.BytesIO(f"<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>{fiche}</FICHES>".encode()), DOCUMENT)
    return reading


def juries(reading: Reading) -> list[tuple[str | None, str | None]]:
    assert reading.fiche is not None
    return [(one.jury_composition, one.jury_word) for one in reading.fiche.access_conditions]


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("Idem", ()),
        ("idem.", ()),
        ("- Idem", ()),
        ("Ibid.", ()),
        ("Idem ci-dessus", ()),
        ("Même jury", ()),
        ("Composition identique", ()),
        ("Voir ci-dessus", ()),
        ("Même jury que précédemment", ()),
        ("idem FI", (FI,)),
        ("Idem (FI)", (FI,)),
        ("idem formation initiale", (FI,)),
        ("Idem que pour la formation initiale.", (FI,)),
        ("Identique à la formation initiale", (FI,)),
        ("Identique à celui de la formation continue", (FC,)),
        ("Le jury est identique à celui de la VAE.", (VAE,)),
        ("Même composition que pour l’apprentissage", (CA,)),
        ("Même composition que pour la voie de l'expérience", (VAE,)),
        ("Jury identique à celui de la voie scolaire", (FI,)),
        ("idem candidature individuelle", (CL,)),
        ("Idem FI et FC", (FI, FC)),
        ("cf. VAE", (VAE,)),
        # a jury of its own
        ("Idem FI, avec un professionnel de plus", None),
        ("Un jury de deux membres", None),
        ("Le jury de VAE", None),
        ("Formation initiale", None),
        ("Deux membres, tous de même grade", None),
        ("Idem" + " et le jury" * 20, None),
        ("", None),
    ],
)
def test_what_is_a_reference(text: str, routes: tuple[Route, ...] | None) -> None:
    assert reference_of(text) == routes


def test_idem_takes_the_text_of_the_route_before_and_keeps_its_word() -> None:
    reading = read(FI="Deux membres", CA="Idem.", FC="Trois membres", CQ="idem")
    assert juries(reading) == [
        ("Deux membres", None),
        ("Deux membres", "Idem."),
        ("Trois membres", None),
        ("Trois membres", "idem"),
    ]
    assert reading.diagnostics == ()


def test_a_named_route_is_taken_wherever_it_stands() -> None:
    reading = read(
        FI="idem VAE", CA="Deux membres", FC="Identique à l'apprentissage", CL="idem FI", VAE="Trois membres"
    )
    assert [text for text, _ in juries(reading)] == [
        "Trois membres",
        "Deux membres",
        "Deux membres",
        "Trois membres",
        "Trois membres",
    ]
    assert reading.diagnostics == ()


def test_two_named_routes_with_one_jury() -> None:
    assert juries(read(FI="A et B", FC="A et B", VAE="Idem FI et FC"))[2] == ("A et B", "Idem FI et FC")


@pytest.mark.parametrize(
    ("fiche", "kept"),
    [
        ({"FI": "idem"}, "idem"),  # nothing before it
        ({"FI": "idem FC", "FC": "idem FI"}, "idem FC"),  # a circle
        ({"VAE": "Identique à la formation initiale"}, "Identique à la formation initiale"),  # a route without a jury
        ({"VAE": "Idem FI et FC", "FI": "A", "FC": "B"}, "Idem FI et FC"),  # two juries
    ],
)
def test_a_reference_to_nothing_is_kept_as_text_and_reported(fiche: dict[str, str], kept: str) -> None:
    reading = read(**fiche)
    assert juries(reading)[0] == (kept, None)
    found = reading.diagnostics[0]
    assert (found.code, found.excerpt) == ("RENVOI-SANS-OBJET", kept)
    assert (found.path or "").endswith("/COMPOSITION")


def test_a_jury_that_is_not_said_is_a_placeholder_not_a_reference() -> None:
    reading = read(FI="Néant", FC="Idem")
    assert juries(reading) == [("Néant", None), ("Néant", "Idem")]
    assert [found.code for found in reading.diagnostics] == ["TEXTE-PROVISOIRE"]


def test_a_route_that_only_refers_keeps_its_own_status() -> None:
    reading = read(FI="Deux membres", VAE="Idem")
    assert reading.fiche is not None
    assert reading.fiche.access_conditions[1] == AccessCondition(VAE, True, "Deux membres", "Idem")
