"""Concepts of the nomenclatures that the register uses, with their labels and hierarchy; codes that are no concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.editions import same_label
from rncp_ld.linking.facts import CodeUse, Facts
from rncp_ld.linking.hierarchy import report_link
from rncp_ld.linking.labels import choose_label
from rncp_ld.linking.nomenclature import BROADER, REUSED, Key, Nomenclature, has_official_label, key_of
from rncp_ld.linking.renaming import cut_links, is_called_otherwise, is_synonym, report_renamed
from rncp_ld.model.register import CodeScheme, Concept, Undescribed, UndescribedKind


@dataclass(slots=True)
class _Uses:
    """What fiches say of codes.

    Attributes:
        labels: (age of the source, label), one for each time it was written; a code that is used without one has none.
        where: a fiche that writes a label, for messages.
        invalid: the same as `labels`, of what is no code of its nomenclature.
    """

    labels: dict[Key, list[tuple[date | None, str]]] = field(default_factory=lambda: defaultdict(list))
    where: dict[tuple[Key, str], Facts] = field(default_factory=dict)
    invalid: dict[Key, list[tuple[date | None, str]]] = field(default_factory=lambda: defaultdict(list))
    diagnostics: list[Diagnostic] = field(default_factory=list)


def link_concepts(
    facts: Sequence[Facts], nomenclature: Nomenclature
) -> tuple[list[Concept], list[Undescribed], list[Diagnostic]]:
    """Return the concepts that are used or published as wholes, the codes that are none, and what is to be reported."""
    uses = _hear(facts, nomenclature)
    diagnostics = uses.diagnostics
    keys = _with_broader({*uses.labels, *nomenclature.whole}, nomenclature)
    chosen = {key: _label(key, uses.labels.get(key, ()), nomenclature) for key in keys}
    renamed = {key for key, (label, _) in chosen.items() if is_called_otherwise(key, label, nomenclature)}
    changed = frozenset(
        key for key in renamed if key[0] in REUSED and not is_synonym(key, chosen[key][0], nomenclature)
    )
    concepts = [_concept(key, *chosen[key], changed, nomenclature) for key in keys]
    diagnostics += [
        report_renamed(concept, nomenclature, is_changed=key_of(concept) in changed)
        for concept in concepts
        if key_of(concept) in renamed
    ]
    diagnostics += [
        report_link("LIEN-ECARTE", link)
        for key in keys
        if key not in changed
        for link in cut_links(key, changed, nomenclature)
    ]
    diagnostics += [
        _differs(concept, label, uses.where[key, label])
        for concept in concepts
        if (key := key_of(concept)) in uses.labels
        for label in concept.alt_labels
        if (key, label) in uses.where and not _is_known(key, label, nomenclature)
    ]
    nowhere = [
        Undescribed(UndescribedKind(scheme.value), code, choose_label(labels)[0])
        for (scheme, code, _), labels in uses.invalid.items()
    ]
    return concepts, nowhere, diagnostics


def _hear(facts: Sequence[Facts], nomenclature: Nomenclature) -> _Uses:
    """Hear what fiches say of codes, and what earlier publications did of those that none uses."""
    heard = _Uses()
    complete = nomenclature.complete_for(max((fact.age for fact in facts if fact.age), default=None))
    for fact in facts:
        for use in fact.codes:
            key = (use.scheme, use.code, use.is_idcc)
            is_known = use.is_valid and (use.scheme not in complete or nomenclature.knows(use.scheme, use.code))
            if use.is_valid and not is_known:
                heard.diagnostics.append(_about("CODE-INCONNU", use, fact))
            elif key in nomenclature.dropped:
                heard.diagnostics.append(_about("CODE-ABANDONNE", use, fact))
            target = heard.labels[key] if is_known else heard.invalid[key]
            if use.label:
                target.append((fact.age, use.label))
                heard.where.setdefault((key, use.label), fact)
    for one in nomenclature.former:
        if (key := key_of(one)) not in heard.labels and key not in heard.invalid:
            # A label that a list gave then is a list's to give now; one that an export gave is remembered.
            is_listed = one.pref_label in nomenclature.origins.get(key, ())
            heard.labels[key] = [(None, one.pref_label)] if one.pref_label and not is_listed else []
    return heard


def _with_broader(keys: set[Key], nomenclature: Nomenclature) -> list[Key]:
    """Add every broader code of the codes that are used, so that no hierarchy has a hole."""
    found = set(keys)
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        for code in _broader(key, nomenclature):
            up = (key[0], code, key[2])
            if up not in found:
                found.add(up)
                waiting.append(up)
    return sorted(found, key=lambda key: (key[0].value, key[1], key[2]))


def _broader(key: Key, nomenclature: Nomenclature) -> tuple[str, ...]:
    if key in nomenclature.concepts:
        return nomenclature.concepts[key].broader or _broader_by_code(key)
    return _broader_by_code(key)


def _broader_by_code(key: Key) -> tuple[str, ...]:
    above = BROADER[key[0]](key[1]) if key[0] in BROADER else None
    return (above,) if above else ()


def _label(
    key: Key, uses: Iterable[tuple[date | None, str]], nomenclature: Nomenclature
) -> tuple[str | None, tuple[str, ...]]:
    """Choose the label of a code, and return it with the others that fiches write.

    Where no list is official, it is the newest export's; that of the list serves where no source gives one.
    """
    ours = nomenclature.concepts.get(key)
    if ours is None:
        return choose_label(uses)
    label, others = choose_label(uses, ours.pref_label if has_official_label(key) else None)
    return label or ours.pref_label, others


def _concept(
    key: Key, label: str | None, others: tuple[str, ...], changed: frozenset[Key], nomenclature: Nomenclature
) -> Concept:
    """Describe a code; where it is called otherwise than in the list, nothing that the list says of it but its label."""
    scheme, code, is_idcc = key
    ours = nomenclature.concepts.get(key)
    origins = nomenclature.origins.get(key, {})
    letter = nomenclature.letters.get(code[3:]) if scheme is CodeScheme.NSF and len(code) == 4 else None
    notes = (f"« {code[3:]} » : {letter}",) if letter else ()
    bare = Concept(
        scheme,
        code,
        label,
        tuple(sorted({*others, *origins} - {label or ""})),
        broader=_broader_by_code(key),
        is_idcc=is_idcc,
        notes=notes,
        history=_history(key, label, nomenclature),
        is_placed=scheme not in REUSED or scheme not in nomenclature.schemes,
    )
    if ours is None or key in changed:
        return bare
    broader = _broader(key, nomenclature)
    return replace(
        bare,
        alt_labels=tuple(sorted({*bare.alt_labels, *ours.alt_labels} - {label or ""})),
        broader=tuple(up for up in broader if (scheme, up, is_idcc) not in changed),
        related=tuple(other for other in ours.related if (scheme, other, is_idcc) not in changed),
        definition=ours.definition,
        notes=(*notes, *ours.notes),
        history=(*bare.history, *ours.history),
        is_placed=ours.is_placed and not any((scheme, up, is_idcc) in changed for up in broader),
    )


def _history(key: Key, label: str | None, nomenclature: Nomenclature) -> tuple[str, ...]:
    """Say which edition each label comes from that is another than the preferred one, and that the newest has the code no more."""
    origins = nomenclature.origins.get(key, {})
    said = [f"« {other} » : {origin}." for other, origin in origins.items() if not same_label(other, label or "")]
    dropped = nomenclature.dropped.get(key)
    return tuple(sorted(said)) + ((dropped,) if dropped else ())


def _is_known(key: Key, label: str, nomenclature: Nomenclature) -> bool:
    """Tell whether a label is one that the tables give beside the preferred one."""
    return key in nomenclature.concepts and label in nomenclature.concepts[key].alt_labels


def _about(code: str, use: CodeUse, fact: Facts) -> Diagnostic:
    return Diagnostic.of(
        code,
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
