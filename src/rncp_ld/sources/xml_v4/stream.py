"""Walks through an export, FICHE by FICHE; memory does not depend on its size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.reading import Reading, ShareRead, SourceDocument
from rncp_ld.sources.decoding import Readable
from rncp_ld.sources.utf8_stream import Utf8Stream
from rncp_ld.sources.xml_prolog import read_prolog
from rncp_ld.sources.xml_v4.fiche import read_fiche
from rncp_ld.sources.xml_v4.findings import Element, Findings

_V4 = re.compile(r"4(?:\.[0-9]+)?")
_ROOTS = frozenset({"FICHES", "FICHE"})
_ERRORS = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "entité qui n'existe pas en XML",
    etree.ErrorTypes.ERR_INVALID_CHAR: "caractère interdit en XML",
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "balise fermante qui ne répond pas à la balise ouverte",
    etree.ErrorTypes.ERR_DOCUMENT_END: "contenu après la fin du document",
}
"""What libxml2 says, in French; what it says elsewhere than at the end of the bytes is "XML mal formé"."""


def read_xml(stream: Readable, document: SourceDocument) -> Iterator[Reading]:
    """Read an XML export V4.1, one `Reading` per FICHE; other versions are read as far as they match.

    What belongs to the export and to no fiche (its version, its encoding, unknown elements between the fiches) is
    found in the diagnostics of the fiche beside it.

    Raises:
        NotAFicheError: the root is not that of an export.
        SourceError: the document ends too early, is not well-formed, has a document type declaration or no FICHE.
            What was read before has been yielded.
    """
    source = Utf8Stream(stream, document.name)
    _check_prolog(source, document)
    export = _Export(document)
    waiting: Reading | None = None  # one behind, so that what follows the last FICHE has a place to go
    try:
        for element in _fiches(source, document, export):
            if waiting is not None:
                yield waiting
            export.note_version()
            reading = read_fiche(element, document, suspect=source.suspect)
            waiting = export.with_notes(reading, source.take_diagnostics())
    except SourceError:
        if waiting is not None:
            yield waiting
        raise
    if waiting is None:
        raise SourceError(document.name, "export XML sans aucune FICHE")
    yield export.with_notes(waiting, source.take_diagnostics())


def _check_prolog(source: Utf8Stream, document: SourceDocument) -> None:
    if not source.head.strip():
        raise SourceError(document.name, "fichier vide")
    prolog = read_prolog(source.head)
    if prolog.doctype_line is not None:
        message = "déclaration DOCTYPE refusée : l'export n'en a pas, et elle peut cacher des entités piégées"
        raise SourceError(document.name, message, prolog.doctype_line)
    if prolog.root not in _ROOTS:
        said = f"la racine est <{prolog.root}>" if prolog.root else "pas de racine XML au début du fichier"
        raise NotAFicheError(document.name, f"{said} ; attendu : <FICHES>, la racine de l'export V4.1")


def _fiches(source: Utf8Stream, document: SourceDocument, export: _Export) -> Iterator[Element]:
    """Yield each complete FICHE, and take it out of the tree afterwards."""
    # The prolog has no document type, so there is no entity to resolve; huge_tree only lifts the limit on texts.
    walk = etree.iterparse(
        source, events=("end",), tag="FICHE", encoding="utf-8", huge_tree=True, resolve_entities=False,
        no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, remove_blank_text=True,
    )  # fmt: skip
    try:
        for _, element in walk:
            source.given = 0
            parent = element.getparent()
            if parent is not None:
                export.note_beside(parent, element)
            yield element
            element.clear(keep_tail=True)
            if parent is not None:
                del parent[: parent.index(element)]
    except etree.XMLSyntaxError as error:
        raise _as_source_error(error, walk, source, document) from None
    if walk.root is not None and walk.root.tag == "FICHES":
        export.note_beside(walk.root, None)


def _as_source_error(
    error: etree.XMLSyntaxError, walk: etree.iterparse, source: Utf8Stream, document: SourceDocument
) -> SourceError:
    """Say what the parser met first; its own exception sometimes only says that there was no element."""
    logged = [entry for entry in walk.error_log if entry.level >= etree.ErrorLevels.ERROR]
    code, said, line = (logged[0].type, logged[0].message, logged[0].line) if logged else (0, error.msg, error.lineno)
    said = str(said).split(", line ", 1)[0]
    meaning = _ERRORS.get(code)
    if meaning is not None:
        message = f"XML mal formé : {meaning} ({said})"
    elif source.is_at_end:
        message = f"XML tronqué : le fichier s'arrête au milieu d'un élément ({said})"
    else:
        message = f"XML mal formé ({said})"
    return SourceError(document.name, message, line or None)


class _Export:
    """What belongs to the export as a whole, until a reading takes it."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._version: str | None = None
        self._is_noted = False
        self._found = Findings(document.name, None)

    def note_beside(self, root: Element, fiche: Element | None) -> None:
        """Look at what stands in the root, up to a FICHE or to the end, beside the fiches."""
        if not self._is_noted and (root.text or "").strip():
            self._found.leave_piece(root, root.text or "", "Texte entre les fiches.")
        for sibling in root:
            if sibling is fiche:
                return
            if sibling.tag == "VERSION_FLUX" and self._version is None:
                self._version = (sibling.text or "").strip()
            elif sibling.tag != "FICHE":
                self._found.leave_unknown(sibling)
            if (sibling.tail or "").strip():
                self._found.leave_piece(sibling, sibling.tail or "", "Texte entre les fiches.")

    def note_version(self) -> None:
        """Report once a version that is not read."""
        if self._is_noted:
            return
        self._is_noted = True
        if self._version is None:
            self._report_version("VERSION_FLUX est absent.")
        elif not _V4.fullmatch(self._version):
            self._report_version(f"VERSION_FLUX dit « {self._version} ».")

    def _report_version(self, detail: str) -> None:
        said = Diagnostic.of("VERSION-INCONNUE", detail, file=self._document.name, path="VERSION_FLUX")
        self._found.diagnostics.append(said)

    def with_notes(self, reading: Reading, others: tuple[Diagnostic, ...]) -> Reading:
        """Return the reading with all that was noted since the last one."""
        self._found.close()
        found, self._found = self._found, Findings(self._document.name, None)
        if not (found.diagnostics or others):
            return reading
        return replace(
            reading,
            diagnostics=(*others, *found.diagnostics, *reading.diagnostics),
            unread=(*found.unread, *reading.unread),
            share=reading.share + ShareRead(0, found.lost),
        )
