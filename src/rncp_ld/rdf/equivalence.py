"""Maps `rncp:Equivalence` and `rncp:CertificationMention`; an equivalence is never symmetric."""

from __future__ import annotations

from collections.abc import Iterator

from rncp_ld.model.fiche import CertificationMention, Equivalence, Fiche
from rncp_ld.model.legal import Resolution
from rncp_ld.model.slug import hash8
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, french, integer, string
from rncp_ld.rdf.vocabulary import RDF_TYPE, TITLE


def map_equivalences(fiche: Fiche, iris: Iris) -> Iterator[Triple]:
    """Map the equivalences: with a mention, or between sets of blocs (each set holds together: AND)."""
    rncp = iris.rncp
    codes = [block.code for block in fiche.blocks]
    # A code that stands for two blocs of the fiche names neither of them.
    own = {code: term for code, term in zip(codes, iris.blocks(fiche), strict=True) if codes.count(code) == 1}
    for equivalence in fiche.equivalences:
        me = iris.part(fiche.number, f"equivalence-{hash8(_key(equivalence))}")
        yield iris.certification(fiche.number), rncp.equivalence, me
        yield me, RDF_TYPE, rncp.Equivalence
        yield me, rncp.equivalenceKind, iris.concept("type-equivalence", equivalence.kind.value)
        if equivalence.mention:
            mention = equivalence.mention
            yield me, rncp.mention, certification_mention_iri(mention, "equivalence", fiche.number, iris)
            yield from map_certification_mention(mention, "equivalence", fiche.number, iris)
            if mention.number:
                yield me, rncp.equivalentTo, iris.certification(mention.number)
            elif mention.is_generic and mention.certification_type:
                yield me, rncp.equivalentTo, iris.certification_type(mention.certification_type)
        for code in equivalence.source_blocks:
            yield me, rncp.sourceBlock, own.get(code) or iris.cited_block(code, fiche.number)
        if equivalence.target_fiche:
            target = iris.certification(equivalence.target_fiche)
            yield me, rncp.targetCertification, target
            if not equivalence.target_blocks and not equivalence.source_blocks:
                yield me, rncp.equivalentTo, target
        for code in equivalence.target_blocks:
            yield me, rncp.targetBlock, iris.cited_block(code, equivalence.target_fiche or fiche.number)


def _key(equivalence: Equivalence) -> str:
    if equivalence.mention:
        return equivalence.mention.verbatim
    parts = [
        ",".join(sorted(equivalence.source_blocks)),
        equivalence.target_fiche or "",
        ",".join(sorted(equivalence.target_blocks)),
    ]
    return "|".join(parts)


def certification_mention_iri(mention: CertificationMention, role: str, number: str, iris: Iris) -> str:
    """Return `#mention-{role}-{hash8}`; role is `equivalence`, `successeur` or `predecesseur`."""
    return iris.mention(number, role, mention.verbatim)


def map_certification_mention(mention: CertificationMention, role: str, number: str, iris: Iris) -> Iterator[Triple]:
    """Map a mention; what it may refer to is for the link stage, except where its own text says: a number, a whole type."""
    rncp = iris.rncp
    me = certification_mention_iri(mention, role, number, iris)
    yield me, RDF_TYPE, rncp.CertificationMention
    yield me, rncp.verbatim, french(mention.verbatim)
    yield me, rncp.position, integer(mention.position)
    yield me, rncp.sourcePath, string(mention.source_path)
    if mention.title is not None:
        yield me, TITLE, french(mention.title)
    if mention.certification_type is not None:
        yield me, rncp.certificationType, iris.certification_type(mention.certification_type)
    if mention.number is not None:
        yield me, rncp.resolution, iris.concept("resolution", Resolution.RESOLVED.value)
        yield me, rncp.refersTo, iris.certification(mention.number)
    elif mention.is_generic:
        yield me, rncp.resolution, iris.concept("resolution", Resolution.GENERIC.value)
        if mention.certification_type is not None:
            yield me, rncp.refersTo, iris.certification_type(mention.certification_type)
