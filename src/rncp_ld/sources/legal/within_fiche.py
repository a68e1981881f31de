"""The citations of one fiche: its mentions, and the acts they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rncp_ld.model.legal import ActId, LegalAct, LegalMention, LegalRole
from rncp_ld.sources.legal.clusters import Cluster, Use, cluster, name_all
from rncp_ld.sources.legal.fields import Fields, ReadField
from rncp_ld.sources.legal.records import Citation, CitationField, CitationResult, Relation


def parse_citations(fields: Sequence[CitationField], fiche: str) -> CitationResult:
    """Read the legal citations of one fiche.

    Args:
        fields: printed paragraphs, in the order of the source; acts and mentions keep it.
        fiche: number of the fiche; the key of acts of which only the date is known.
    """
    return _Fiche(Fields(fields, fiche)).result()


class _Fiche:
    """The citations of one fiche, grouped by act.

    Attributes:
        uses: every citation, the named ones too; a use's `order` is its index.
        relations: (use that acts, what it does, use that it acts on).
        of_use: the act of each use.
    """

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.uses: list[Use] = []
        self.relations: list[tuple[int, Relation, int]] = []
        for place, one in enumerate(fields):
            one.subjects = [self._number(place, one, act, is_subject=True) for act in one.read.acts]
        self.clusters = sorted(cluster(self.uses), key=lambda one: min(use.order for use in one.uses))
        name_all(self.clusters, fields.fiche)
        self.of_use = {use.order: one for one in self.clusters for use in one.uses}

    def _number(self, place: int, one: ReadField, act: Citation, *, is_subject: bool = False) -> int:
        """Give a citation, and those it names, their places; return its own."""
        order = len(self.uses)
        # The date of the element goes to the field's only act.
        given = one.verdict.publication if is_subject else None
        self.uses.append(Use(order, place, act, given or act.publication, from_element=given is not None))
        for relation, other in act.changes:
            named = self._number(place, one, other)
            self.relations.append((order, relation, named))
            one.named.append(named)
        for relation, other in act.changed_by:
            named = self._number(place, one, other)
            self.relations.append((named, relation, order))
            one.named.append(named)
        return order

    def result(self) -> CitationResult:
        """Return acts, mentions and diagnostics."""
        self._report_publications()
        mentions = tuple(self._mentions())
        acts = tuple(act for one in self.clusters if (act := self._act(one)))
        return CitationResult(acts, mentions, self.fields.diagnostics())

    def _report_publications(self) -> None:
        """Report the dates of publication that an act cannot take, for it has one; an element's stays on its mention."""
        for one in self.clusters:
            chosen = one.publication
            for use in one.uses:
                other = use.publication
                if chosen is None or other is None or other.day is None or other.day == chosen.day:
                    continue
                detail = f"{other.day:%d/%m/%Y} pour un acte publié le {chosen.day:%d/%m/%Y} selon un autre texte de la fiche."
                self.fields.report(use.place, "DATE-JO-ECARTEE", detail)
                if use.from_element:
                    self.fields[use.place].keeps_journal_date = True

    def _mentions(self) -> Iterator[LegalMention]:
        positions: dict[LegalRole, int] = {}
        for place, one in enumerate(self.fields):
            role = one.roles[0]
            positions[role] = positions.get(role, 0) + 1
            acts, read = self._ids(one.subjects), one.read
            if read.acts and not (acts or read.articles or read.codes or read.impossible):
                self.fields.report(place, "CITATION-NON-LUE", "L'acte cité n'a pas de date de signature.")
            yield LegalMention(
                verbatim=one.verbatim,
                roles=one.roles,
                position=positions[role],
                source_path=one.source.source_path,
                acts=acts,
                cited_acts=tuple(act for act in self._ids(one.named) if act not in acts),
                codes=read.codes,
                articles=read.articles,
                ranges=read.ranges,
                journal_date=one.source.journal_date if one.keeps_journal_date else None,
                is_amended=self._is_amended(one),
            )

    def _is_amended(self, one: ReadField) -> bool:
        """Tell whether a bare "modifié" follows an act of the field, or "modifié par" an act that has no date."""
        return any(act.is_amended for act in one.read.acts) or any(
            relation is Relation.AMENDS and target in one.subjects and self.of_use[source].day is None
            for source, relation, target in self.relations
        )

    def _ids(self, uses: Iterable[int]) -> tuple[ActId, ...]:
        found = dict.fromkeys(self.of_use[use].id for use in uses)
        return tuple(act for act in found if act is not None)

    def _act(self, one: Cluster) -> LegalAct | None:
        """Return the record of an act; None where it has no date."""
        if one.day is None:
            return None
        published = one.publication
        targets: dict[Relation, dict[ActId, None]] = {relation: {} for relation in Relation}
        for source, relation, target in self.relations:
            changed = self.of_use[target].id
            if self.of_use[source] is one and changed is not None and changed != one.id:
                targets[relation][changed] = None
        return LegalAct(
            one.type,
            one.day,
            one.key,
            number=one.number,
            nor=one.nor,
            title=one.title,
            publication_date=published.day if published else None,
            gazette=published.gazette if published else None,
            gazette_number=published.number if published else None,
            amends=tuple(targets[Relation.AMENDS]),
            replaces=tuple(targets[Relation.REPLACES]),
            repeals=tuple(targets[Relation.REPEALS]),
        )
