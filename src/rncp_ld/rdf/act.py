"""Maps legal acts, codes and their articles to ELI (https://eur-lex.europa.eu/eli-register/technical_information.html)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rncp_ld.model.legal import ActType, CodeArticle, LegalAct
from rncp_ld.model.register import LinkedAct
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, day, french, iri, string
from rncp_ld.rdf.vocabulary import (
    AMENDS,
    CHANGES,
    DATE_DOCUMENT,
    DATE_PUBLICATION,
    ELI_NUMBER,
    ID_LOCAL,
    IS_PART_OF,
    LEGAL_RESOURCE,
    LEGAL_SUBDIVISION,
    RDF_TYPE,
    RDFS_LABEL,
    RDFS_SEE_ALSO,
    REPEALS,
    TITLE,
    TYPE_DOCUMENT,
)

_WORDS = {
    ActType.ARRETE: "Arrêté",
    ActType.DECRET: "Décret",
    ActType.LOI: "Loi",
    ActType.ORDONNANCE: "Ordonnance",
    ActType.DECRET_LOI: "Décret-loi",
}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

FIRST_ELI_DECREE = 2002
"""Décrets with a number signed since 2002 have an ELI alias at Légifrance made of their date and number."""


def french_date(value: date) -> str:
    """Write a date as people do.

    >>> french_date(date(2001, 10, 1)), french_date(date(2016, 7, 11))
    ('1er octobre 2001', '11 juillet 2016')
    """
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number} {_MONTHS[value.month - 1]} {value.year}"


def act_label(act: LegalAct) -> str:
    """Write an act as it is cited: "Décret n° 2016-954 du 11 juillet 2016 relatif au titre professionnel…"."""
    number = f" n° {act.number}" if act.number else ""
    title = f" {act.title}" if act.title else ""
    return f"{_WORDS[act.type]}{number} du {french_date(act.signature_date)}{title}"


def map_act(linked: LinkedAct, iris: Iris) -> Iterator[Triple]:
    """Map an act and what it does to others; its ELI alias at Légifrance only where the form is certain."""
    act = linked.act
    me = iris.act(act.id)
    yield me, RDF_TYPE, LEGAL_RESOURCE
    yield me, TYPE_DOCUMENT, iris.concept("type-acte", act.type.value)
    yield me, DATE_DOCUMENT, day(act.signature_date)
    yield me, RDFS_LABEL, french(act_label(act))
    yield from _identity(act, me, iris)
    for predicate, targets in ((AMENDS, act.amends), (CHANGES, act.replaces), (REPEALS, act.repeals)):
        for target in targets:
            yield me, predicate, iris.act(target)
    for candidate in linked.candidates:
        yield me, iris.rncp.candidate, iris.act(candidate)
    signed = act.signature_date
    # A number of another year than the date: one of the two is wrong, and the alias would lead nowhere.
    is_certain = linked.has_certain_date and act.number and act.number.startswith(f"{signed.year}-")
    if act.type is ActType.DECRET and is_certain and signed.year >= FIRST_ELI_DECREE:
        eli = (
            f"https://www.legifrance.gouv.fr/eli/decret/{signed.year}/{signed.month}/{signed.day}/{act.number}/jo/texte"
        )
        yield me, RDFS_SEE_ALSO, iri(eli)


def _identity(act: LegalAct, me: str, iris: Iris) -> Iterator[Triple]:
    rncp = iris.rncp
    if act.number:
        yield me, ELI_NUMBER, string(act.number)
    if act.nor:
        yield me, ID_LOCAL, string(act.nor)
    if act.title:
        yield me, TITLE, french(act.title)
    if act.publication_date:
        yield me, DATE_PUBLICATION, day(act.publication_date)
    if act.gazette:
        yield me, rncp.publishedIn, iris.concept("journal", act.gazette.value)
    if act.gazette_number:
        yield me, rncp.gazetteNumber, string(act.gazette_number)


def map_code(code: tuple[str, str], iris: Iris) -> Iterator[Triple]:
    """Map a code (slug, label), e.g. the code de l'éducation."""
    slug, label = code
    me = iris.code(slug)
    yield me, RDF_TYPE, LEGAL_RESOURCE
    yield me, TYPE_DOCUMENT, iris.concept("type-acte", "code")
    title = french(label[:1].upper() + label[1:])
    yield me, TITLE, title
    yield me, RDFS_LABEL, title


def map_article(article: CodeArticle, iris: Iris) -> Iterator[Triple]:
    """Map an article of a code."""
    me = iris.article(article)
    yield me, RDF_TYPE, LEGAL_SUBDIVISION
    yield me, IS_PART_OF, iris.code(article.code)
    yield me, ELI_NUMBER, string(article.article)
    yield me, RDFS_LABEL, french(f"Article {article.article} du {article.code_label}")
