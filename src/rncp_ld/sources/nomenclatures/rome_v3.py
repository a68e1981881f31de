"""ROME V3: the official tree, XML in ISO-8859-15, of which the main one holds domains, professional domains and jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from rncp_ld.errors import SourceError
from rncp_ld.model.codes import parse_rome
from rncp_ld.model.nomenclature import NomenclatureEntry
from rncp_ld.sources.folding import key
from rncp_ld.sources.nomenclatures.gathering import Gathering
from rncp_ld.sources.xml_prolog import read_prolog

_ITEM = "item_arborescence"
_MAIN = key("Arborescence principale")
_ROOT_NODE = "RACINE"
_TAKEN = frozenset({"libelle_referentiel", "libelle_noeud", "code_noeud", "code_pere", "libelle"})


def matches(head: str) -> bool:
    """Tell whether a text begins as the tree does; one with a document type is told by its elements, and refused when read."""
    prolog = read_prolog(head)
    return (prolog.root == "ogr" or prolog.doctype_line is not None) and f"<{_ITEM}" in head


def read(text: str, gathering: Gathering) -> None:
    """Read the main tree; the second one arranges the same jobs by themes and is left out, which is said.

    Raises:
        SourceError: the XML is not well-formed, ends too early, or has a document type declaration.
    """
    for item, line in _items(text, gathering):
        if key(item.get("libelle_referentiel", "")) != _MAIN:
            gathering.leave_out(item.get("libelle_referentiel") or "libelle_referentiel")
            continue
        if item.get("libelle_noeud") == _ROOT_NODE:
            continue
        code, label, parent = parse_rome(item.get("code_noeud", "")), item.get("libelle", ""), item.get("code_pere", "")
        if code is None or not label:
            excerpt = f"{item.get('code_noeud', '')} {label}"
            gathering.report(
                "CODE-INVALIDE", "" if label else "Libellé absent.", line=line, path="code_noeud", excerpt=excerpt
            )
            continue
        # The tops are below the tree's root, whose code is none of ROME.
        above = parse_rome(parent) if len(code) > 1 else None
        if len(code) > 1 and above is None:
            gathering.report("CODE-INVALIDE", line=line, path="code_pere", excerpt=parent)
        gathering.add(NomenclatureEntry(code, label, broader=(above,) if above else (), line=line))
        gathering.leave_out_filled({tag: value for tag, value in item.items() if tag not in _TAKEN})


def _items(text: str, gathering: Gathering) -> Iterator[tuple[dict[str, str], int]]:
    """Yield the items with their lines: values by element."""
    line = read_prolog(text).doctype_line
    if line is not None:
        raise SourceError(gathering.file, "déclaration DOCTYPE refusée : elle peut cacher des entités piégées", line)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        cut = "tronqué" if error.lineno is not None and error.lineno >= text.rstrip().count("\n") + 1 else "mal formé"
        raise SourceError(gathering.file, f"XML {cut} ({error.msg})", error.lineno) from None
    for element in root:
        if element.tag == _ITEM:
            values = {str(child.tag): " ".join((child.text or "").split()) for child in element}
            yield values, _line(element)
        else:
            said = " ".join("".join(map(str, element.itertext())).split())
            gathering.report("ELEMENT-INCONNU", line=_line(element), path=str(element.tag), excerpt=said)


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0
