"""Codes that exports call otherwise than the list that describes them: another name, or another thing by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.linking.editions import same_label
from rncp_ld.linking.hierarchy import Statement
from rncp_ld.linking.nomenclature import Key, Nomenclature, has_official_label, key_of
from rncp_ld.model.register import Concept


def is_called_otherwise(key: Key, label: str | None, nomenclature: Nomenclature) -> bool:
    """Tell whether exports call a code otherwise than the list that describes it."""
    ours = nomenclature.concepts.get(key) if nomenclature.origins.get(key) and not has_official_label(key) else None
    return ours is not None and not same_label(ours.pref_label or "", label or "")


def is_synonym(key: Key, label: str | None, nomenclature: Nomenclature) -> bool:
    """Tell whether the list knows the label that exports give a code: then it means the same."""
    return any(same_label(label or "", other) for other in nomenclature.concepts[key].alt_labels)


def cut_links(key: Key, changed: frozenset[Key], nomenclature: Nomenclature) -> Iterator[Statement]:
    """Yield the links of a list to codes that exports call otherwise."""
    ours = nomenclature.concepts.get(key) if changed else None
    if ours is not None:
        file, line = nomenclature.places.get(key, ("", None))
        for codes, is_broader in ((ours.broader, True), (ours.related, False)):
            for code in codes:
                if (target := (key[0], code, key[2])) in changed:
                    yield Statement(key, target, is_broader, (file, line))


def report_renamed(concept: Concept, nomenclature: Nomenclature, *, is_changed: bool) -> Diagnostic:
    """Report a code that exports call otherwise than the list; where it may be another thing, with what is not published of it."""
    key = key_of(concept)
    ours = nomenclature.concepts[key]
    parts = (
        ("synonymes", _joined(sorted(set(ours.alt_labels) - nomenclature.origins.get(key, {}).keys()))),
        ("codes plus larges", _joined(ours.broader)),
        ("codes associés", _joined(ours.related)),
        ("définition", ours.definition),
        ("remarques", " ".join((*ours.notes, *ours.history))),
    )
    said = " ; ".join(f"{name} : {text}" for name, text in parts if text) if is_changed else ""
    left_out = f" Ce que la liste en dit n'est pas repris ({said})." if said else ""
    file, line = nomenclature.places.get(key, (None, None))
    return Diagnostic.of(
        "EDITION-DIVERGENTE" if is_changed else "LIBELLE-DIVERGENT",
        f"Libellé retenu, d'après les exports : « {concept.pref_label} ».{left_out}",
        file=file,
        line=line,
        path=f"{concept.scheme.value}/{concept.code}",
        excerpt=ours.pref_label,
    )


def _joined(labels: Iterable[str]) -> str:
    return ", ".join(labels)
