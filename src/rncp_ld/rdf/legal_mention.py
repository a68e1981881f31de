"""Maps `rncp:LegalMention`: citations as printed, and the acts and articles they name."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.fiche import Fiche
from rncp_ld.model.legal import ArticleRange, LegalMention, LegalRole, Resolution
from rncp_ld.model.slug import hash8
from rncp_ld.rdf.iris import Iris, segment
from rncp_ld.rdf.terms import Triple, boolean, day, french, integer, string
from rncp_ld.rdf.vocabulary import RDF_TYPE

BASIS: frozenset[LegalRole] = frozenset({LegalRole.GENERAL, LegalRole.CREATION, LegalRole.VAE, LegalRole.OTHER})
"""Roles by which a certification rests on an act; what a jury text or a regulation cites is no basis of the title."""


def legal_mention_iri(mention: LegalMention, number: str, iris: Iris) -> str:
    """Return the mention's IRI: `#mention-{first role}-{hash8}`."""
    return iris.mention(number, mention.roles[0].value, mention.verbatim)


def map_legal_mentions(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the legal mentions of a fiche; the acts themselves are shared, see `rdf.act`."""
    rncp = iris.rncp
    certification = iris.certification(fiche.number)
    for mention in fiche.legal_mentions:
        me = legal_mention_iri(mention, fiche.number, iris)
        yield certification, rncp.legalMention, me
        yield me, RDF_TYPE, rncp.LegalMention
        yield me, rncp.verbatim, french(mention.verbatim)
        yield me, rncp.position, integer(mention.position)
        yield me, rncp.sourcePath, string(mention.source_path)
        for role in mention.roles:
            yield me, rncp.legalRole, iris.concept("role-legal", role.value)
        named = _named(mention, iris)
        for resource in named:
            yield me, rncp.refersTo, resource
        for act in mention.cited_acts:
            yield me, rncp.citedAct, iris.act(act)
        resolution = Resolution.RESOLVED if named or mention.cited_acts else Resolution.UNRESOLVED
        yield me, rncp.resolution, iris.concept("resolution", resolution.value)
        if mention.journal_date is not None:
            yield me, rncp.journalDate, day(mention.journal_date)
        if mention.is_amended:
            yield me, rncp.isAmended, boolean(True)
        for ends in mention.ranges:
            yield from _range(ends, mention, me, fiche.number, iris)
        if BASIS.intersection(mention.roles):
            for resource in named:
                yield certification, rncp.legalBasis, resource


def _named(mention: LegalMention, iris: Iris) -> list[str]:
    """Return what a mention names: acts, codes as a whole, articles."""
    return [
        *(iris.act(act) for act in mention.acts),
        *(iris.code(code) for code, _ in mention.codes),
        *(iris.article(article) for article in mention.articles),
    ]


def _range(ends: ArticleRange, mention: LegalMention, me: str, number: str, iris: Iris) -> Iterator[Triple]:
    rncp = iris.rncp
    last = segment(ends.last.article) if ends.last else "suivants"
    part = iris.part(
        number, f"plage-{segment(ends.first.article)}-{last}-{hash8(mention.roles[0].value + mention.verbatim)}"
    )
    yield me, rncp.articleRange, part
    yield part, RDF_TYPE, rncp.ArticleRange
    yield part, rncp.firstArticle, iris.article(ends.first)
    if ends.last:
        yield part, rncp.lastArticle, iris.article(ends.last)
