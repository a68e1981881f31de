"""Citations while they are being read: mutable, and frozen into `Citation` when their text is at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rncp_ld.model.legal import ActType, Gazette
from rncp_ld.sources.legal.header import Item
from rncp_ld.sources.legal.records import Citation, Publication, Relation


@dataclass(slots=True, eq=False)
class Draft:
    """An act being read; the attributes are those of `Citation`."""

    type: ActType
    day: date | None
    number: str | None
    nor: str | None
    title: str | None = None
    canonical: str = ""
    publication: Publication | None = None
    others: list[Publication] = field(default_factory=list)
    changes: list[tuple[Relation, Draft]] = field(default_factory=list)
    changed_by: list[tuple[Relation, Draft]] = field(default_factory=list)
    is_amended: bool = False

    @classmethod
    def of(cls, kind: ActType, item: Item, *, is_amended: bool) -> Draft:
        """Start from an item of a header."""
        return cls(kind, item.day, item.number, item.nor, is_amended=is_amended)

    def freeze(self) -> Citation:
        """Return the citation; an act that cannot be told (no number, NOR or date) leaves a bare "modifié"."""
        known = [(relation, act) for relation, act in self.changed_by if act.day or act.number or act.nor]
        return Citation(
            self.type,
            self.day,
            self.number,
            self.nor,
            self.title,
            self.canonical,
            self.publication,
            tuple(self.others),
            tuple((relation, act.freeze()) for relation, act in self.changes if act.day or act.number or act.nor),
            tuple((relation, act.freeze()) for relation, act in known),
            self.is_amended or len(known) < len(self.changed_by),
        )


@dataclass(slots=True, eq=False)
class Family:
    """A citation with all the acts that it names, in the order of the text.

    Attributes:
        subjects: the acts that the text cites ("arrêtés des… et…": two).
        members: subjects, and the acts that they name.
    """

    subjects: list[Draft]
    members: list[Draft]

    def publish(self, publication: Publication) -> bool:
        """Give a publication to the act it belongs to; False where it stands before the signature of all of them.

        It belongs to the youngest act of the citation that was signed by then and has none yet: "Décret n° 2004-171 du
        19 février 2004 modifiant le décret n° 2002-616 du 26 avril 2002 (publié … du 22 février 2004)" is about 2004-171,
        "Arrêté du 26/07/2004 modifié par arrêté du 19/03/2013 paru au JO du 28/03/2013" about the second. Where all have
        one, a JO takes the place of a BO, and the other is kept aside.
        """
        day = publication.day
        if day is None:
            return self._publish_undated(publication)
        signed = [act for act in self.members if act.day is not None and act.day <= day]
        if not signed:
            undated = [act for act in self.members if act.day is None and act.publication is None]
            if undated:
                undated[-1].publication = publication
            return bool(undated)
        free = [act for act in signed if act.publication is None or act.publication.day is None]
        act = max(free or signed, key=lambda one: (one.day or date.min, one in self.subjects))
        before = act.publication
        if before is None:
            act.publication = publication
        elif before.day is None or (before.gazette is Gazette.BO and publication.gazette is Gazette.JO):
            act.publication = publication
            act.others.append(before)
        elif before != publication:
            act.others.append(publication)
        return True

    def identify(self, nor: str) -> None:
        """Give a NOR to the subject, wherever it stands, unless its year is that of another act of the citation only.

        "Arrêté du 3 mai 2005 modifié par l'arrêté du 5 mai 2010, NOR : ESRS1010101A" (of 2010): the second's.
        """
        subject = self.subjects[-1]
        of_year = [act for act in self.members if act.day and f"{act.day:%y}" == nor[4:6]]
        act = of_year[-1] if of_year and subject not in of_year else subject
        act.nor = act.nor or nor

    def _publish_undated(self, publication: Publication) -> bool:
        """Give "BO n°30" to the act read last, if it has no publication."""
        act = self.members[-1]
        if act.publication is None:
            act.publication = publication
        else:
            act.others.append(publication)
        return True
