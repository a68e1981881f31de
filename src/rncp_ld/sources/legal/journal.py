"""DATE_PUBLICATION_JO: when that element gives an act its date of publication, and when it stays on the mention.

DESIGN, "Legal acts": a date in the text wins; the element counts only if TITRE holds one act and the date is not before
the signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rncp_ld.sources.legal.clusters import Cluster, Use, cluster
from rncp_ld.sources.legal.records import Citation, Publication, ReadText


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of the date.

    Attributes:
        publication: that of the field's only act, where the date counts.
        refusal: French; why the date stays on the mention; None where it counts or repeats the text.
    """

    publication: Publication | None = None
    refusal: str | None = None


def judge(read: ReadText, day: date) -> Verdict:
    """Decide on the DATE_PUBLICATION_JO of a field that reads so."""
    cited = [found for act in read.acts for found in (act, *act.named())]
    if day in _published(cited):
        return Verdict()
    acts: Sequence[Citation | Cluster] = read.acts
    if len(acts) > 1:
        acts = cluster(Use(i, 0, act, act.publication) for i, act in enumerate(read.acts))
    if len(acts) != 1:
        return Verdict(refusal=f"Le texte cite {len(acts)} actes." if acts else "Le texte ne cite aucun acte.")
    act, printed = acts[0], acts[0].publication
    refusal: str | None = None
    if printed is not None and printed.day is not None:
        refusal = f"Le texte donne le {printed.day:%d/%m/%Y}."
    elif act.day is None:
        refusal = "L'acte cité n'a pas de date de signature."
    elif day < act.day:
        refusal = f"Elle précède la signature, du {act.day:%d/%m/%Y}."
    elif any(other.day and act.day < other.day <= day for other in cited):
        refusal = "Le texte cite aussi un acte qui le modifie, et qui était signé à cette date."
    if refusal:
        return Verdict(refusal=refusal)
    return Verdict(Publication(day, printed.gazette, printed.number) if printed else Publication(day))


def _published(cited: Sequence[Citation]) -> set[date | None]:
    first = {act.publication.day for act in cited if act.publication}
    return first | {other.day for act in cited for other in act.others}
