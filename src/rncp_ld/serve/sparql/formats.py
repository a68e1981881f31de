"""Formats of results: https://www.w3.org/TR/sparql11-results-json/ and its siblings, and RDF for CONSTRUCT and DESCRIBE."""

from __future__ import annotations

from typing import Final

from rncp_ld.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format

JSON: Final = Format("JSON", "application/sparql-results+json", "json", 1.0, others=("application/json",))
XML: Final = Format("XML", "application/sparql-results+xml", "xml", 0.9, others=("application/xml", "text/xml"))
CSV: Final = Format("CSV", "text/csv", "csv", 0.8, charset=True)
TSV: Final = Format("TSV", "text/tab-separated-values", "tsv", 0.7, charset=True)
PAGE: Final = Format("HTML", "text/html", "html", 0.1, others=("application/xhtml+xml",), charset=True)
"""The page with its table: only for those who prefer it, as browsers do."""

ROWS: Final = (JSON, XML, CSV, TSV, PAGE)
"""Of SELECT and ASK."""

GRAPHS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, PAGE)
"""Of CONSTRUCT and DESCRIBE, and of the description of the service."""

_ENDINGS: Final = {
    JSON: b"}",
    XML: b"</sparql>",
    CSV: b"\n",
    TSV: b"\n",
    TURTLE: b".\n",
    JSON_LD: b"]",
    N_TRIPLES: b".\n",
    RDF_XML: b"</rdf:RDF>",
}
"""What the engine ends a result with. Where it fails in the middle it has said 200 already, and ends with its error instead."""

BY_FORM: Final = {"SELECT": ROWS, "ASK": ROWS, "CONSTRUCT": GRAPHS, "DESCRIBE": GRAPHS}


def formats_of(form: str | None) -> tuple[Format, ...]:
    """Return the formats of a query's result; a text that is no query is for the engine to refuse, in any format."""
    return BY_FORM.get(form or "", ROWS)


def by_name(name: str, offered: tuple[Format, ...]) -> Format | None:
    """Return the format that the parameter `format` names: by its suffix, its media type or its name.

    >>> by_name("csv", ROWS) is CSV, by_name("application/json", ROWS) is JSON, by_name("ttl", ROWS)
    (True, True, None)
    """
    wanted = name.lower()
    return next((one for one in offered if wanted in {one.suffix, one.name.lower(), one.media_type, *one.others}), None)


def is_whole(body: bytes, form: Format) -> bool:
    """Tell whether a result came to its end. An ASK in CSV or TSV is one word, and a graph without triples nothing."""
    return body.endswith(_ENDINGS[form]) or body in {b"", b"true", b"false"}
