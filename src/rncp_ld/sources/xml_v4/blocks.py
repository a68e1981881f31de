"""Blocs de compétences, and the correspondances between blocs of two certifications."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from rncp_ld.model.codes import fiche_of_block, is_own_block, is_placeholder
from rncp_ld.model.fiche import Competence, CompetenceBlock, Equivalence, EquivalenceKind
from rncp_ld.sources.competence_lists import split_list
from rncp_ld.sources.xml_v4.draft import Cells, Draft, Rule, cell_line, cells, leave_repeated, leave_text_of_container
from rncp_ld.sources.xml_v4.findings import Element
from rncp_ld.sources.xml_v4.values import fiche_number

_BLOCK = frozenset(
    {
        "CODE", "LIBELLE", "LISTE_COMPETENCES", "MODALITES_EVALUATION", "PREREQUIS_ENTREE_FORMATION_BLOC",
        "PREREQUIS_VALIDATION_BLOC",
    }
)  # fmt: skip
_CODE = frozenset({"CODE"})


def _blocks(draft: Draft, element: Element) -> None:
    blocks: list[CompetenceBlock] = draft.fields.setdefault("blocks", [])
    seen = {replace(block, position=0) for block in blocks}
    codes = {block.code for block in blocks}
    leave_text_of_container(draft, element)
    for row in element:
        if row.tag != "BLOC_COMPETENCES":
            draft.findings.leave_unknown(row)
            continue
        found = cells(draft, row, _BLOCK)
        if not found:
            continue
        block = _block(draft, found)
        if block in seen:
            draft.findings.report("LIGNE-EN-DOUBLE", row, excerpt=f"{block.code} {block.title}")
            continue
        seen.add(block)
        if not block.title:
            draft.findings.report("BLOC-SANS-TITRE", row, excerpt=block.code or None)
            block = replace(block, title=block.code or f"Bloc {len(blocks) + 1}")
        _check_code(draft, found["CODE"][1] if "CODE" in found else row, block.code, codes)
        blocks.append(replace(block, position=len(blocks) + 1))
        codes.add(block.code)


BLOCKS = Rule(_blocks, ("", "BLOC_COMPETENCES"))
"""BLOCS_COMPETENCES: every bloc is kept, also where its code is wrong or stands twice."""


def _block(draft: Draft, found: Cells) -> CompetenceBlock:
    """Make the record of a bloc, its position still to be given: it tells nothing about what the bloc says."""
    title = cell_line(found, "LIBELLE") or ""
    if title and is_placeholder(title):
        draft.findings.report("TEXTE-PROVISOIRE", found["LIBELLE"][1], excerpt=title)
    text = _text(draft, found, "LISTE_COMPETENCES")
    competences, rest = _competences(draft, found, text)
    return CompetenceBlock(
        code=_block_code(found),
        position=0,
        title=title,
        competences=competences,
        competences_text=rest,
        assessment_method=_text(draft, found, "MODALITES_EVALUATION"),
        entry_prerequisites=_text(draft, found, "PREREQUIS_ENTREE_FORMATION_BLOC"),
        validation_prerequisites=_text(draft, found, "PREREQUIS_VALIDATION_BLOC"),
    )


def _competences(draft: Draft, found: Cells, text: str | None) -> tuple[tuple[Competence, ...], str | None]:
    """Return the competences where the text is a list, and what stands beside them; else the text.

    An item that is repeated is one competence, of its first theme; a theme that is left without any goes to the rest.
    """
    split = split_list(text) if text else None
    if split is None or text is None:
        return (), text
    items: dict[str, str | None] = {}
    for item, theme in zip_longest(split.items, split.themes):
        if item in items:
            draft.findings.report("LIGNE-EN-DOUBLE", found["LISTE_COMPETENCES"][1], excerpt=item)
        else:
            items[item] = theme
    lost = set(split.themes) - set(items.values())
    beside = [
        *filter(None, (split.rest,)),
        *(theme for theme in dict.fromkeys(split.themes) if theme and theme in lost),
    ]
    competences = (Competence(i, item, theme) for i, (item, theme) in enumerate(items.items(), 1))
    return tuple(competences), "\n\n".join(beside) or None


def _text(draft: Draft, found: Cells, tag: str) -> str | None:
    return draft.text(found[tag][1]) if tag in found else None


def _block_code(found: Cells) -> str:
    """Return the code as printed, without the spaces that some codes hold."""
    return "".join(found["CODE"][0].split()) if "CODE" in found else ""


def _check_code(draft: Draft, element: Element, code: str, before: set[str]) -> None:
    own = draft.findings.number or ""
    if not is_own_block(code, own):
        draft.findings.report("CODE-BLOC", element, f"Attendu : {own}BCnn.", excerpt=code or None)
    if code and code in before:
        draft.findings.report("CODE-BLOC", element, "Ce code sert deux fois dans la fiche.", excerpt=code)


def correspondence(draft: Draft, row: Element) -> Equivalence | None:
    """A CORRESPONDANCE: blocs of this fiche that together give the target's blocs, or the whole target."""
    source: list[str] = []
    target: list[str] = []
    fiche: str | None = None
    leave_text_of_container(draft, row)
    for side in row:
        if side.tag == "SOURCE":
            _side(draft, side, source, "")
        elif side.tag == "DESTINATION":
            fiche = _side(draft, side, target, fiche) or fiche
        else:
            draft.findings.leave_unknown(side)
    if fiche is None:
        if not source and not target:
            return None
        draft.findings.report("CODE-INVALIDE", row, "Correspondance sans NUMERO_FICHE de destination.")
    elif any(fiche_of_block(code) != fiche for code in target):
        draft.findings.report("CODE-BLOC", row, f"Attendu : des blocs de {fiche}.", excerpt=" ".join(target))
    sets = tuple(dict.fromkeys(source)), tuple(dict.fromkeys(target))
    return Equivalence(EquivalenceKind.CORRESPONDENCE, None, sets[0], fiche, sets[1])


IN_CORRESPONDENCE = ("SOURCE", "SOURCE/BLOC_COMPETENCES", "DESTINATION", "DESTINATION/BLOC_COMPETENCES")


def _side(draft: Draft, side: Element, codes: list[str], known: str | None) -> str | None:
    """Read one side: its blocs' codes into `codes`; return its fiche's number, of which there may be one."""
    fiche = known
    leave_text_of_container(draft, side)
    for child in side:
        text = draft.findings.text_of(child).strip() if child.tag == "NUMERO_FICHE" else ""
        if child.tag == "BLOC_COMPETENCES":
            code = _block_code(cells(draft, child, _CODE))
            codes += [code] if code else []
        elif child.tag != "NUMERO_FICHE" or known == "":
            draft.findings.leave_unknown(child)
        elif text and fiche:
            leave_repeated(draft, child)
        elif text:
            fiche = fiche_number(draft, child, text)
    return fiche or None
