"""Concepts of the nomenclatures that the register uses, with their labels and hierarchy; codes that are no concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.facts import CodeUse, Facts
from rncp_ld.linking.labels import choose_label
from rncp_ld.linking.nomenclature import BROADER, Key, Nomenclature, key_of
from rncp_ld.model.register import CodeScheme, Concept, Undescribed, UndescribedKind


def link_concepts(
    facts: Sequence[Facts], nomenclature: Nomenclature
) -> tuple[list[Concept], list[Undescribed], list[Diagnostic]]:
    """Return the concepts that are used or published as wholes, the codes that are none, and what is to be reported."""
    shipped = nomenclature.shipped
    uses: dict[Key, list[tuple[date | None, str]]] = defaultdict(list)
    where: dict[tuple[Key, str], Facts] = {}
    invalid: dict[Key, list[tuple[date | None, str]]] = defaultdict(list)
    diagnostics: list[Diagnostic] = []
    for fact in facts:
        for use in fact.codes:
            key = (use.scheme, use.code, use.is_idcc)
            is_known = use.is_valid and nomenclature.knows(use.scheme, use.code)
            if use.is_valid and not is_known:
                diagnostics.append(_unknown(use, fact))
            target = uses[key] if is_known else invalid[key]
            if use.label:
                target.append((fact.age, use.label))
                where.setdefault((key, use.label), fact)
    former = {key: one for one in nomenclature.former if (key := key_of(one)) not in uses and key not in invalid}
    for key, one in former.items():
        uses[key] = [(None, one.pref_label)] if one.pref_label else []
    concepts = [_concept(key, uses, nomenclature) for key in _with_broader({*uses, *nomenclature.whole})]
    diagnostics += [
        _differs(concept, label, where[key, label])
        for concept in concepts
        if (key := key_of(concept)) in uses
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
        step = BROADER.get(scheme)
        up = step(code) if step else None
        while step and up:
            found.add((scheme, up, False))
            up = step(up)
    return sorted(found, key=lambda key: (key[0].value, key[1], key[2]))


def _concept(key: Key, uses: Mapping[Key, list[tuple[date | None, str]]], nomenclature: Nomenclature) -> Concept:
    scheme, code, is_idcc = key
    ours = nomenclature.shipped.get(key)
    # The label of a type is the newest export's; that of the table serves where no source gives one.
    ours_wins = ours is not None and scheme is not CodeScheme.TYPE
    label, others = choose_label(uses.get(key, ()), ours.pref_label if ours and ours_wins else None)
    if ours:
        others = tuple(sorted({*others, *ours.alt_labels} - {label or ""}))
        label = label or ours.pref_label
    step = BROADER.get(scheme)
    letter = nomenclature.letters.get(code[3:]) if scheme is CodeScheme.NSF and len(code) == 4 else None
    return Concept(
        scheme,
        code,
        label,
        others,
        broader=step(code) if step else None,
        is_idcc=is_idcc,
        note=f"« {code[3:]} » : {letter}" if letter else None,
    )


def _unknown(use: CodeUse, fact: Facts) -> Diagnostic:
    return Diagnostic.of(
        "CODE-INCONNU",
        file=fact.file,
        line=fact.line,
        fiche=fact.number,
        path=f"{use.scheme.value}/{use.code}",
        excerpt=f"{use.code} {use.label or ''}",
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
