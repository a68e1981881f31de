"""What the link stage needs of one fiche: small, picklable, without the long texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from rncp_ld.model.codes import Route, SourceSeries, is_own_block, parse_formacode, parse_nsf, parse_rome
from rncp_ld.model.fiche import (
    CertificationMention,
    Fiche,
    Habilitation,
    Organisation,
    OrganisationMention,
    PartnershipStatus,
)
from rncp_ld.model.legal import ActId, CodeArticle, LegalAct, LegalMention, LegalRole
from rncp_ld.model.reading import Reading
from rncp_ld.model.register import CodeScheme
from rncp_ld.rdf.iris import block_keys, organisation_key

T = TypeVar("T")

CORRESPONDENCES = "CORRESPONDANCES"
"""The element that cites certifications and blocs by their codes alone."""


class CodeUse(NamedTuple):
    """A code as one fiche writes it, in canonical writing where it is valid.

    Attributes:
        is_valid: it matches the pattern of its nomenclature; only then is it a concept.
    """

    scheme: CodeScheme
    code: str
    label: str | None
    is_valid: bool = True
    is_idcc: bool = False


class NamedOrganisation(NamedTuple):
    """An organisation as one fiche names it.

    Attributes:
        key: as `rdf.iris.organisation_key` makes it.
    """

    key: str
    name: str
    trade_name: str | None = None
    website: str | None = None


class LegalUse(NamedTuple):
    """What a legal mention cites, without its text.

    Attributes:
        codes: (slug, label) of codes that are cited as wholes.
        range_ends: first and last articles of ranges; what lies between is not said.
    """

    roles: tuple[LegalRole, ...]
    acts: tuple[ActId, ...]
    articles: tuple[CodeArticle, ...]
    codes: tuple[tuple[str, str], ...]
    range_ends: tuple[CodeArticle, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One fiche for the link stage: plain values, so that those of the whole register are read back from a disk in seconds.

    The heavy ones, of 37 MB for 30,475 fiches: `organisations` (a third of it), `acts` and `codes`.

    Attributes:
        file, line: where it was read, for diagnostics.
        age: date of the export, or None; the newest source's labels win.
        organisations: certifiers first, then partners, each once.
        certifiers: how many of `organisations` are certifiers.
        trains: keys of organisations that may train for it, by active partnership.
        assesses: keys of organisations that may assess it, by active partnership.
        mentions: (role, mention) of certifications named by their titles.
        own_blocks: codes of its blocs that have an IRI of their own (`bloc/{code}`).
        other_blocks: (code, key of the IRI) of its other blocs: a bare code, one that serves twice.
        cited_blocks: (fiche, code) of blocs that it cites and does not describe.
        cited_fiches: (number, element or heading) that it cites otherwise than as predecessor or successor.
    """

    number: str
    file: str
    line: int | None
    series: SourceSeries
    age: date | None
    title: str
    certification_type: str | None
    level: str | None
    is_active: bool | None
    valid_from: date | None
    valid_until: date | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    codes: tuple[CodeUse, ...]
    organisations: tuple[NamedOrganisation, ...]
    certifiers: int
    trains: tuple[str, ...]
    assesses: tuple[str, ...]
    acts: tuple[LegalAct, ...]
    legal: tuple[LegalUse, ...]
    mentions: tuple[tuple[str, CertificationMention, date | None], ...]
    open_routes: tuple[Route, ...]
    closed_routes: tuple[Route, ...]
    own_blocks: tuple[str, ...]
    other_blocks: tuple[tuple[str, str], ...]
    cited_blocks: tuple[tuple[str, str], ...]
    cited_fiches: tuple[tuple[str, str], ...]
    authorities: tuple[OrganisationMention, ...] = ()


def facts_of(reading: Reading, fiche: Fiche) -> Facts:
    """Extract from a fiche and where it was read what the link stage needs."""
    uses = Counter(block.code for block in fiche.blocks)
    blocks = [(b.code, is_own_block(b.code, fiche.number) and uses[b.code] == 1) for b in fiche.blocks]
    certifiers = _distinct(*(_named(c.organisation) for c in fiche.certifiers))
    partners = [_named(p.organisation) for p in fiche.partnerships]
    return Facts(
        number=fiche.number,
        file=reading.document.name,
        line=reading.line,
        series=reading.document.series,
        age=reading.document.date,
        title=fiche.title,
        certification_type=fiche.certification_type.code if fiche.certification_type else None,
        level=fiche.level,
        is_active=fiche.is_active,
        valid_from=fiche.effective_date or fiche.decision_date,
        valid_until=fiche.registration_end,
        predecessors=fiche.predecessors,
        successors=fiche.successors,
        codes=_codes(fiche),
        organisations=_distinct(*certifiers, *partners),
        certifiers=len(certifiers),
        trains=_may(fiche, partners, Habilitation.TRAIN),
        assesses=_may(fiche, partners, Habilitation.ASSESS),
        acts=fiche.acts,
        authorities=fiche.certifier_mentions,
        legal=tuple(map(_legal_use, fiche.legal_mentions)),
        mentions=_mentions(fiche),
        open_routes=tuple(c.route for c in fiche.access_conditions if c.is_open is True),
        closed_routes=tuple(c.route for c in fiche.access_conditions if c.is_open is False),
        own_blocks=tuple(code for code, is_own in blocks if is_own),
        other_blocks=tuple(
            (code, key) for (code, is_own), key in zip(blocks, block_keys(fiche), strict=True) if code and not is_own
        ),
        cited_blocks=_distinct(
            *((fiche.number, c) for e in fiche.equivalences for c in e.source_blocks if uses[c] != 1),
            *((e.target_fiche or fiche.number, c) for e in fiche.equivalences for c in e.target_blocks),
        ),
        cited_fiches=_distinct(
            *((e.target_fiche, CORRESPONDENCES) for e in fiche.equivalences if e.target_fiche),
            *((mention.number, mention.source_path) for _, mention, _ in _mentions(fiche) if mention.number),
        ),
    )


def _distinct(*values: T) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _codes(fiche: Fiche) -> tuple[CodeUse, ...]:
    uses = [
        *(CodeUse(CodeScheme.NSF, parse_nsf(c.code) or c.code, c.label, parse_nsf(c.code) is not None) for c in fiche.nsf),
        *(CodeUse(CodeScheme.ROME, parse_rome(c.code) or c.code, c.label, parse_rome(c.code) is not None) for c in fiche.rome),
        *(CodeUse(CodeScheme.FORMACODE, parse_formacode(c.code) or c.code, c.label, parse_formacode(c.code) is not None) for c in fiche.formacodes),
        *(CodeUse(CodeScheme.AGREEMENT, a.number, a.label, is_idcc=a.is_idcc) for a in fiche.collective_agreements),
    ]  # fmt: skip
    if fiche.certification_type:
        uses.append(CodeUse(CodeScheme.TYPE, fiche.certification_type.code, fiche.certification_type.label))
    uses += [
        CodeUse(CodeScheme.TYPE, mention.certification_type, None)
        for _, mention, _ in _mentions(fiche)
        if mention.certification_type
    ]
    return tuple(uses)


def _may(fiche: Fiche, partners: Sequence[NamedOrganisation], what: Habilitation) -> tuple[str, ...]:
    """Return who may train or assess now: the habilitation is active, and so is the certification."""
    if fiche.is_active is not True:
        return ()
    granting = {what, Habilitation.TRAIN_AND_ASSESS}
    return _distinct(
        *(
            partner.key
            for partner, p in zip(partners, fiche.partnerships, strict=True)
            if p.status is PartnershipStatus.ACTIVE and p.habilitation in granting
        )
    )


def _mentions(fiche: Fiche) -> tuple[tuple[str, CertificationMention, date | None], ...]:
    return (
        *(("equivalence", e.mention, None) for e in fiche.equivalences if e.mention),
        *(("successeur", c.successor, c.date) for c in fiche.change_events if c.successor),
        *(("predecesseur", m, None) for m in fiche.predecessor_mentions),
    )


def siret_of(key: str) -> str | None:
    """Return the SIRET in an organisation's key, None for one that is known by its name only.

    >>> siret_of("siret-11004401300040"), siret_of("nom-ministere")
    ('11004401300040', None)
    """
    return key.removeprefix("siret-") if key.startswith("siret-") else None


def _named(organisation: Organisation) -> NamedOrganisation:
    key = organisation_key(organisation)
    return NamedOrganisation(key, organisation.name, organisation.trade_name, organisation.website)


def _legal_use(mention: LegalMention) -> LegalUse:
    ends = (end for ends in mention.ranges for end in (ends.first, ends.last) if end is not None)
    return LegalUse(mention.roles, mention.acts, mention.articles, mention.codes, _distinct(*ends))
