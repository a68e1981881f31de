"""Terms at the edge of what constraints allow, as N-Triples text: where a test over text and pySHACL could differ."""

from __future__ import annotations

from rncp_ld.rdf.terms import XSD
from rncp_ld.resources import DEFAULT_BASE

LEXICAL: dict[str, tuple[str, ...]] = {
    "boolean": ("true", "false", "1", "0", "TRUE", "oui", ""),
    "date": (
        "2024-01-31", "2024-02-29", "2023-02-29", "2024-02-30", "2024-04-31", "2024-13-01", "2024-1-1", "0000-01-01", "0001-01-01",
        "9999-12-31", "2024-01-01Z", "2024-01-01+02:00", "-2024-01-01", "12024-01-01", "20240101", "2024-W01-1", " 2024-01-01",
        "2024-01-01\\n", "01/02/2024", "２０２４-01-01",
    ),
    "duration": ("P5Y", "P0D", "P1Y2M", "-P5Y", "PT5M", "5 ans", "P", "P5Y\\n", "p5y"),
    "gYear": ("2024", "24", "12024", "-2024", "2024Z", "an 2024"),
    "integer": ("0", "1", "100", "101", "-1", "-0", "+1", "05", " 5", "5 ", "5\\n", "１", "1.0", "1e3", "9" * 18, "9" * 30, "", "-"),
    "string": ("", "a", "12345678901234", "RNCP1"),
    "decimal": ("1", "1.5", "x"),
    "dateTime": ("2024-01-01T00:00:00", "2024-01-01"),
    "token": ("", " ", " a "),
    "anyURI": ("https://example.org/",),
}  # fmt: skip
"""Datatype → lexical forms, right and wrong."""

TEXTS = (
    "", " ", "a", "été", "RNCP1", "RNCP0", "RNCP1BC01", "RNCP1\\n", "\\u0052NCP1", "12345678901234", "123456789", "１２３４５６７８９",
    "AGRS1234567A", "false", "2024-01-01", "1", "\\\\", '\\"', "x" * 999, "x" * 1000, "x" * 1001, "😀" * 500, "\\U0001F600" * 100,
    '\\"@fr', "https://example.org/",
)  # fmt: skip

LANGUAGES = ("fr", "FR", "Fr", "fr-FR", "en", "EN", "en-GB", "frr", "x-fr")

IRIS = (
    "https://example.org/", "http://example.org/été", "ftp://example.org/", "urn:x", "x:", "mailto:a@fr", "https://example.org/a@fr",
    *(
        f"{DEFAULT_BASE}{path}"
        for path in (
            "certification/RNCP1", "certification/RNCP1#fiche", "certification/RNCP01", "certification/RS12345678", "voie/VAE", "voie/VAE/",
            "voie/vae", "niveau/9", "niveau/1969-V", "rome/K12", "rome/K1205", "nsf/332t", "def#Certification", "def#nothing",
            "repertoire/rs", "type/TP", "bloc/RNCP1BC01", "acte/decret/2016-07-11/2016-954", "organisation/siren-110044013",
        )
    ),
)  # fmt: skip

TERMS: tuple[str, ...] = (
    *(f"<{iri}>" for iri in IRIS),
    *(f'"{text}"' for text in TEXTS),
    *(f'"{text}"@{language}' for text in TEXTS for language in LANGUAGES),
    *(f'"{form}"^^<{XSD}{kind}>' for kind, forms in LEXICAL.items() for form in forms),
    *(f'"{text}"^^<{XSD}{kind}>' for text in TEXTS for kind in ("string", "token", "normalizedString")),
    f'"1"^^<{XSD}int>',
    '"a"^^<https://example.org/datatype>',
)
