"""Citations inside prose: their spans, and what is no citation."""

from __future__ import annotations

import pytest

from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal import find_citations, parse_citations


def spans(text: str) -> list[str]:
    return [one.verbatim for one in find_citations(text, LegalRole.REGULATION, "REGLEMENTATIONS_ACTIVITES")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le jury est habilité. (Art. R 338-6 du Code de l'Education)", ["Art. R 338-6 du Code de l'Education"]),
        (
            "Selon l’article L. 6113-1 et suivants du code du travail, le jury",
            ["article L. 6113-1 et suivants du code du travail"],
        ),
        (
            "Conformément à l'arrêté du 5 mai 2010 relatif au titre, le jury est composé de trois personnes.",
            ["arrêté du 5 mai 2010 relatif au titre"],
        ),
        (
            "Le décret n° 2017-1 du 3 octobre 2017 relatif à la santé, la sécurité et l'emploi impose un repérage.",
            ["décret n° 2017-1 du 3 octobre 2017 relatif à la santé, la sécurité et l'emploi"],
        ),
        ("précisé par l’Arrêté du 19 juin 2019, qui fixe les conditions", ["Arrêté du 19 juin 2019"]),
        (
            "défini par l'arrêté du 22 décembre 2015 modifié, relatif aux conditions de délivrance du titre.",
            ["arrêté du 22 décembre 2015 modifié, relatif aux conditions de délivrance du titre"],
        ),
        (
            "Arrêté du 19 juin 2019 (modifié)\n\nRelatif au repérage.\n\nCe décret fixe.\n\nCode du travail – Articles R.4412-94 à R.4412-109\n\nDétermine",
            [
                "Arrêté du 19 juin 2019 (modifié)\n\nRelatif au repérage",
                "Code du travail – Articles R.4412-94 à R.4412-109",
            ],
        ),
        (
            "- Arrêté du 5 mai 2010 (JO du 12 mai 2010)\n- Arrêté du 6 mai 2010 ;",
            ["Arrêté du 5 mai 2010 (JO du 12 mai 2010)", "Arrêté du 6 mai 2010"],
        ),
        ("Le titulaire respecte le code de la route et le code NSF.", ["code de la route"]),
        # no citations
        ("Ce décret fixe les obligations ; la loi l'impose, l'arrêté aussi. Article 5 du règlement.", []),
        ("Association loi 1901, arts plastiques, art. dramatique, RGPD, norme NF X46-101 (janvier 2019)", []),
        ("Un bon code informatique, du 5 mai 2010 au 6 mai 2010.", []),
        ("Le jury comprend deux professionnels.", []),
        ("", []),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert spans(text) == expected
    assert all(span in text for span in expected)


def test_a_span_is_a_field_of_its_own() -> None:
    found = find_citations("Voir l'arrêté du 5 mai 2010.", LegalRole.JURY, "SI_JURY_VAE/COMPOSITION")
    assert [(one.role, one.source_path, one.journal_date, one.line) for one in found] == [
        (LegalRole.JURY, "SI_JURY_VAE/COMPOSITION", None, None)
    ]


def test_a_span_is_read_as_it_was_in_its_text() -> None:
    text = "L'arrêté du 19 juin 2019 modifié par l'arrêté du 25 mars 2022 relatif au repérage est en vigueur."
    fields = find_citations(text, LegalRole.REGULATION, "x")
    found = parse_citations(fields, "RS1")
    assert [(act.signature_date.year, act.title) for act in found.acts] == [(2019, "relatif au repérage"), (2022, None)]
    assert found.acts[1].amends == (found.acts[0].id,)
    assert found.diagnostics == ()
