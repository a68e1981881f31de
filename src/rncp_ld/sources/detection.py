"""Which format a source has, by its content; its name only helps to say what is wrong with it."""

from __future__ import annotations

import re
from enum import Enum

from rncp_ld.errors import NotAFicheError, SourceError
from rncp_ld.sources.csv_export import looks_like_export
from rncp_ld.sources.decoding import decide_encoding
from rncp_ld.sources.gzip_stream import MAGIC as GZIP
from rncp_ld.sources.nomenclatures import list_of, refusal_of
from rncp_ld.sources.text_fiche import looks_like_text_fiche
from rncp_ld.sources.xml_prolog import read_prolog

EXPECTED = (
    "un export XML de France compétences (racine <FICHES>) ou un zip qui le contient, le zip de l'export CSV, "
    "une fiche texte du RNCP, ou une liste de codes (ROME, NSF, Formacode, IDCC)"
)

_VERSION = re.compile(r"<VERSION_FLUX>\s*4(?:\.[0-9]+)?\s*</VERSION_FLUX>")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS = (
    (b"%PDF-", "fichier PDF ; en tirer d'abord le texte (pdftotext)"),
    (b"BZh", "fichier bzip2 ; à décompresser d'abord"),
    (b"7z\xbc\xaf", "archive 7z ; à décompresser d'abord"),
    (b"\xfd7zXZ", "fichier xz ; à décompresser d'abord"),
)


class Format(Enum):
    """What a source is."""

    XML_V4 = "xml-v4"
    XML_OTHER = "xml"
    TEXT_FICHE = "fiche-texte"
    ZIP = "zip"
    CSV = "csv"
    GZIP = "gzip"
    NOMENCLATURE = "nomenclature"


def detect(head: bytes, name: str) -> Format:
    """Find the format of a source from its first bytes.

    Raises:
        SourceError: it is empty, or called .zip and none.
        NotAFicheError: it is nothing that rncp_ld knows; the message says what was expected.
    """
    if not head.strip():
        raise SourceError(name, "fichier vide")
    if head.startswith(_ZIP):
        return Format.ZIP
    if head.startswith(GZIP):
        return Format.GZIP
    if name.lower().endswith(".zip"):
        raise SourceError(name, "ce n'est pas un zip, ou son début est abîmé")
    for start, said in _OTHERS:
        if head.startswith(start):
            raise NotAFicheError(name, f"{said} ; attendu : {EXPECTED}")
    encoding = decide_encoding(head)
    return _detect_text(head[encoding.mark :].decode(encoding.name, "replace"), name)


def _detect_text(text: str, name: str) -> Format:
    if list_of(text):
        return Format.NOMENCLATURE
    if text.lstrip().startswith("<"):
        return _detect_xml(text, name)
    if looks_like_export(text):
        return Format.CSV
    if _is_text_fiche(text):
        return Format.TEXT_FICHE
    raise NotAFicheError(name, f"{refusal_of(text) or 'format inconnu'} ; attendu : {EXPECTED}")


def _detect_xml(text: str, name: str) -> Format:
    prolog = read_prolog(text)
    if prolog.root in {"FICHES", "FICHE"} or (prolog.doctype_line is not None and "<FICHE" in text):
        return Format.XML_V4 if _VERSION.search(text) else Format.XML_OTHER  # the reader refuses a document type
    if _is_text_fiche(text):
        return Format.TEXT_FICHE
    said = f"XML dont la racine est <{prolog.root}>" if prolog.root else "page HTML ou XML sans racine reconnue"
    raise NotAFicheError(name, f"{said} ; attendu : {EXPECTED}")


def _is_text_fiche(text: str) -> bool:
    return "\0" not in text and looks_like_text_fiche(text)
