"""Concepts of the nomenclatures that the register uses, with their labels and hierarchy; codes that are no concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import Facts
from rncp_ld.linking.labels import choose_label
from rncp_ld.model.codes import is_rome_job, nsf_broader, rome_broader
from rncp_ld.model.register import CodeScheme, Concept, Undescribed, UndescribedKind

Key = tuple[CodeScheme, str, bool]

_BROADER = {CodeScheme.NSF: nsf_broader, CodeScheme.ROME: rome_broader}


def link_concepts(
    facts: Sequence[Facts], nomenclature: Iterable[Concept], letters: Mapping[str, str]
) -> tuple[list[Concept], list[Undescribed], list[Diagnostic]]:
    """Return the concepts that are used or shipped, the codes that are none, and labels that differ from the chosen ones.

    Args:
        facts: of all fiches.
        nomenclature: concepts that ship with the project (groups of NSF, ROME, types), used or not.
        letters: what the letter of an NSF code means.
    """
    shipped: dict[Key, Concept] = {(c.scheme, c.code, c.is_idcc): c for c in nomenclature}
    uses: dict[Key, list[tuple[date | None, str]]] = defaultdict(list)
    where: dict[tuple[Key, str], Facts] = {}
    invalid: dict[Key, list[tuple[date | None, str]]] = defaultdict(list)
    for fact in facts:
        for use in fact.codes:
            key = (use.scheme, use.code, use.is_idcc)
            target = uses[key] if use.is_valid else invalid[key]
            if use.label:
                target.append((fact.age, use.label))
                where.setdefault((key, use.label), fact)
    # The upper levels of NSF and ROME are published as wholes; of jobs and types, only those that the register uses.
    always = {key for key in shipped if key[0] is not CodeScheme.TYPE and not is_rome_job(key[1])}
    concepts = [_concept(key, uses, shipped, letters) for key in _with_broader({*uses, *always})]
    diagnostics = [
        _differs(concept, label, where[key, label])
        for concept in concepts
        if (key := (concept.scheme, concept.code, concept.is_idcc)) in uses
        for label in concept.alt_labels
        if (key, label) in where and (key not in shipped or label not in shipped[key].alt_labels)
    ]
    nowhere = [
        Undescribed(UndescribedKind(scheme.value), code, choose_label(labels)[0])
        for (scheme, code, _), labels in invalid.items()
    ]
    return concepts, nowhere, diagnostics


def _with_broader(keys: set[Key]) -> list[Key]:
    """Add every broader code of the codes that are used, so that no hierarchy has a hole."""
    found = set(keys)
    for scheme, code, _ in keys:
        step = _BROADER.get(scheme)
        up = step(code) if step else None
        while step and up:
            found.add((scheme, up, False))
            up = step(up)
    return sorted(found, key=lambda key: (key[0].value, key[1], key[2]))


def _concept(
    key: Key,
    uses: Mapping[Key, list[tuple[date | None, str]]],
    shipped: Mapping[Key, Concept],
    letters: Mapping[str, str],
) -> Concept:
    scheme, code, is_idcc = key
    ours = shipped.get(key)
    # The label of a type is the newest export's; that of the table serves where no source gives one.
    ours_wins = ours is not None and scheme is not CodeScheme.TYPE
    label, others = choose_label(uses.get(key, ()), ours.pref_label if ours and ours_wins else None)
    if ours:
        others = tuple(sorted({*others, *ours.alt_labels} - {label or ""}))
        label = label or ours.pref_label
    step = _BROADER.get(scheme)
    letter = letters.get(code[3:]) if scheme is CodeScheme.NSF and len(code) == 4 else None
    return Concept(
        scheme,
        code,
        label,
        others,
        broader=step(code) if step else None,
        is_idcc=is_idcc,
        note=f"« {code[3:]} » : {letter}" if letter else None,
    )


def _differs(concept: Concept, label: str, fact: Facts) -> Diagnostic:
    return Diagnostic.of(
        "LIBELLE-DIVERGENT",
        f"Libellé retenu pour {concept.code} : « {concept.pref_label} ».",
        file=fact.file,
        line=fact.line,
        fiche=fact.number,
        path=f"{concept.scheme.value}/{concept.code}",
        excerpt=label,
    )
