"""Walks through an export, FICHE by FICHE; memory does not depend on its size.

`cut_xml` gives the fiches unparsed where the document is regular enough for that, `read_xml_fiche` reads one of them;
`read_xml` parses the whole, and knows everything that an XML document may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from rncp_ld.diagnostics import Diagnostic, Severity
from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.model.reading import Reading, ShareRead, SourceDocument
from rncp_ld.sources.decoding import Readable
from rncp_ld.sources.utf8_stream import Utf8Stream, is_suspect
from rncp_ld.sources.xml_prolog import read_prolog
from rncp_ld.sources.xml_v4.cutting import Irregular, cut
from rncp_ld.sources.xml_v4.fiche import read_fiche
from rncp_ld.sources.xml_v4.findings import Element, Findings

_KNOWN = re.compile(r"[1-4](?:[._][0-9]+)?")
_ROOTS = frozenset({"FICHES", "FICHE"})
_ERRORS = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "entité qui n'existe pas en XML",
    etree.ErrorTypes.ERR_INVALID_CHAR: "caractère interdit en XML",
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "balise fermante qui ne répond pas à la balise ouverte",
    etree.ErrorTypes.ERR_DOCUMENT_END: "contenu après la fin du document",
}
"""What libxml2 says, in French; what it says elsewhere than at the end of the bytes is "XML mal formé"."""


_SETTINGS: dict[str, Any] = {
    # The prolog has no document type, so there is no entity to resolve; huge_tree only lifts the limit on texts.
    "encoding": "utf-8", "huge_tree": True, "resolve_entities": False, "no_network": True, "load_dtd": False,
    "remove_comments": True, "remove_pis": True, "remove_blank_text": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CutFiche:
    """A FICHE that is not parsed yet: its first line in the document, its bytes, and what is told of the document with it."""

    line: int
    data: bytes
    notes: tuple[Diagnostic, ...]


def cut_xml(stream: Readable, document: SourceDocument) -> Iterator[CutFiche]:
    """Yield the fiches of a document without parsing them.

    Raises:
        Irregular: what follows must be read by `read_xml`, from the fiche on whose place in the document it names.
        SourceError: as `read_xml`, as far as it shows without a parser.
    """
    source = Utf8Stream(stream, document.name)
    _check_prolog(source, document)
    for piece in cut(source):
        head = _notes_of_head(piece.head, document) if piece.head else ()
        yield CutFiche(piece.line, piece.data, (*source.take_diagnostics(), *head))


def _notes_of_head(head: bytes, document: SourceDocument) -> tuple[Diagnostic, ...]:
    """Return what is told of the document because of what stands before its first fiche."""
    try:
        root = etree.fromstring(head + b"</FICHES>", etree.XMLParser(**_SETTINGS))
    except etree.XMLSyntaxError:
        raise Irregular(0) from None
    export = _Export(document)
    export.note_beside(root, None)
    export.note_version()
    notes = export.with_notes(Reading(document, None, None), ())
    if notes.unread:  # it counts in the share read of the fiche beside it
        raise Irregular(0)
    return notes.diagnostics


def read_xml_fiche(data: bytes, document: SourceDocument) -> Reading | None:
    """Read one FICHE that was cut out of its document; lines are counted from its own first one.

    Returns:
        None where it is not well-formed by itself.
    """
    try:
        element = etree.fromstring(data, etree.XMLParser(**_SETTINGS))
    except etree.XMLSyntaxError:
        return None
    return read_fiche(element, document, suspect=is_suspect(data))


def read_xml(stream: Readable, document: SourceDocument, skip: int = 0) -> Iterator[Reading]:
    """Read an XML export, one `Reading` per FICHE; an unknown version is read as far as it has elements of a known one.

    What belongs to the export and to no fiche (its version, its encoding, unknown elements between the fiches) is
    found in the diagnostics of the fiche beside it.

    Args:
        stream: the document.
        document: what it is called.
        skip: so many fiches were read already, and so were the notes beside them.

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
        for place, element in enumerate(_fiches(source, document, export)):
            if waiting is not None:
                yield waiting
            export.note_version()
            reading = Reading(document, None, None)
            if place >= skip:
                reading = read_fiche(element, document, suspect=source.suspect)
            noted = export.with_notes(reading, source.take_diagnostics())
            waiting = noted if place >= skip else None
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
        raise NotAFicheError(document.name, f"{said} ; attendu : <FICHES>, la racine de l'export")


def _fiches(source: Utf8Stream, document: SourceDocument, export: _Export) -> Iterator[Element]:
    """Yield each complete FICHE, and take it out of the tree afterwards."""
    walk = etree.iterparse(source, events=("end",), tag="FICHE", **_SETTINGS)
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
            self._report_version("VERSION_FLUX est absent, comme dans des exports d'avant la V4.", Severity.INFO)
        elif not _KNOWN.fullmatch(self._version):
            self._report_version(f"VERSION_FLUX dit « {self._version} ».")

    def _report_version(self, detail: str, severity: Severity | None = None) -> None:
        self._found.diagnostics.append(
            Diagnostic.of("VERSION-INCONNUE", detail, severity=severity, file=self._document.name, path="VERSION_FLUX")
        )

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
